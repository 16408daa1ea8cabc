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
        int row = 0; ///< steps below one another
        int branch = -1; ///< of several heads side by side the one that it belongs to; -1 = all of them
    };
    std::vector<Step> steps; ///< the last of the trunk first, then the head's layers in their order
    std::vector<QString> branches; ///< the names of several heads' blocks ("species"); empty = one head
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
