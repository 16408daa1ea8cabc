#pragma once
#include "core/digest.h"
#include "graph/network.h"

#include <unordered_map>
#include <vector>

namespace graft {

/// The layers before the frozen frontier (see beforeFrontier()) whose outputs the rest of the network uses, in the order of
/// Network::layers(): with these outputs in hand a picture need not be run through what lies before. Empty when nothing with weights lies
/// before the frontier, so that there is nothing to save.
[[nodiscard]] std::vector<LayerId> crossingLayers(const Network &network);

/// Per layer (in the order of Network::layers()) whether it is run to make the outputs of `to` when those of `from` are given: `to` belong,
/// `from` do not. With no `from`: from the picture.
[[nodiscard]] std::vector<bool> layersBetween(const Network &network, const std::vector<LayerId> &from, const std::vector<LayerId> &to);

/// Whether the outputs of `from` are all that is needed of the picture to make those of `to`.
[[nodiscard]] bool cutsOff(const Network &network, const std::vector<LayerId> &from, const std::vector<LayerId> &to);

/// For each layer that `outputs` depend on (and these themselves) a digest of all that decides its output for a picture: types, attributes
/// (what is left out counts as its default), the bytes of the weights, and how layers are connected. Names, ids, what is frozen and what
/// comes after count for nothing. Layers whose digests are equal have the same output in evaluation mode.
/// WeightsMismatch when a tensor is missing. Reads all weights that it covers: some 5 ms for 45 MB.
[[nodiscard]] Result<std::unordered_map<int, Digest>> layerDigests(
    const Network &network, const StateDict &weights, const std::vector<LayerId> &outputs);

} // namespace graft
