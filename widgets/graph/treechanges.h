#pragma once
#include "graph/blocktree.h"

#include <set>

namespace graft {

/// Whether a tree came from another by edits: of the same architecture, most of the layers of the smaller one are in the other. Otherwise
/// it is another network.
[[nodiscard]] bool isEditOf(const BlockTree &before, const BlockTree &after);

/// The node that has the place of this one after an edit: the same layer, or the block of the same name or (where it was renamed) with the
/// same layers; -1 when it is gone.
[[nodiscard]] int carriedNode(const BlockTree &before, int node, const BlockTree &after);

/// What is unfolded after an edit: what was, and small blocks that are new.
[[nodiscard]] std::set<int> carriedUnfolded(const BlockTree &before, const std::set<int> &unfolded, const BlockTree &after);

} // namespace graft
