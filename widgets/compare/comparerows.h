#pragma once
#include "common/wording.h"
#include "graph/compare.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace graft {

/// One of the networks that are compared.
struct CompareSide {
    Network network;
    Wording title; ///< "resnet18.pth, as opened"
    Wording heading; ///< of its column: "As opened"
};

/// How a layer, or a pair of layers that stand for each other, differs between two networks.
struct CompareRow {
    enum class Mark { Same, Added, Removed, Changed };
    Mark mark = Mark::Same; ///< of the layer; its weights may have changed all the same
    LayerId left, right; ///< invalid where there is none
    QString leftName, leftType, rightName, rightType;
    QStringList differences; ///< in words: "stride: 2 × 2 → 1 × 1"
    qint64 leftParameters = 0, rightParameters = 0;
    std::optional<double> drift; ///< of its largest tensor: ‖right − left‖ / ‖left‖; none when there is nothing to compare
    QStringList weights; ///< each tensor that is not equal, in words: "weight: 3.2 %"
    [[nodiscard]] bool isDifferent() const { return mark != Mark::Same || !weights.isEmpty(); }
};

/// One row for each layer of either network, in the left one's order; added layers stand behind what comes before them in the right one.
[[nodiscard]] std::vector<CompareRow> compareRows(const Network &left, const Network &right, const ModelDifference &difference);

/// The rows in a sentence or two: "2 layers added, 1 removed, 3 changed; the weights of 20 of 53 layers changed, most in `fc` (12 %)."
[[nodiscard]] QString compareSummary(const std::vector<CompareRow> &rows, const ModelDifference &difference);

/// "3.2 %"; "new" for what was all zeros before.
[[nodiscard]] QString formatDrift(double drift);

} // namespace graft
