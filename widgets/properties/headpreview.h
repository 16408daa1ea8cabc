#pragma once
#include "graph/heads.h"

#include <QString>
#include <vector>

namespace graft {

/// What a head would be, before it is put on.
struct HeadPreview {
    struct Step {
        QString name, type, settings; ///< "head.fc", "Linear", "1280 → 12"
        Shape shape;
        qint64 parameters = 0;
    };
    std::vector<Step> steps; ///< the last of the trunk first, then the head's layers in their order
    qint64 parameters = 0; ///< of the head
    int auxiliaryClassifiers = 0; ///< that get the new size as well
    int removedLayers = 0; ///< that the network has now and would not have then
    QString problem; ///< why it cannot be; empty when it can
};

/// The network's head replaced by the plan.
[[nodiscard]] HeadPreview previewHead(const Network &network, const HeadPlan &plan);
/// The network cut behind `layer`, with a head by the plan there.
[[nodiscard]] HeadPreview previewCut(const Network &network, LayerId layer, const HeadPlan &plan);

} // namespace graft
