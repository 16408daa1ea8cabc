#pragma once
#include "graph/analysis.h"

#include <QString>
#include <string>
#include <unordered_map>
#include <vector>

namespace graft {

/// A layer or a block of the tree that the dotted names make, or a run: equal blocks in a row that can be folded together.
struct TreeNode {
    QString name; ///< the last part: "conv1"
    QString path; ///< "layer1.0.conv1"
    int parent = -1;
    std::vector<int> children; ///< in the order of their first layer; empty for a layer
    std::vector<int> layers; ///< indices into Network::layers() of all that lies within, ascending; of a layer: itself
    bool isBlock = false; ///< runs are blocks too
    bool isRun = false; ///< no block of the network: has no name of its own, its path is made of the first and the last block's
    Shape outputShape; ///< of the last layer within
    std::int64_t parameters = 0;
    std::int64_t frozenParameters = 0;
    std::int64_t multiplyAdds = 0;
    int frozenLayers = 0;

    /// How much of it is frozen, 0 … 1: of the parameters, or of the layers where there are none.
    [[nodiscard]] double frozenShare() const;
};

/// A network as its tree of blocks, with the sums that folded blocks show. A value type.
class BlockTree {
public:
    enum class Repeats { Apart, AsRuns };

    BlockTree() = default;
    BlockTree(Network network, const NetworkAnalysis &analysis, Repeats repeats = Repeats::Apart);

    [[nodiscard]] const Network &network() const { return m_network; }
    /// The root, an unnamed block of everything, is the first.
    [[nodiscard]] const std::vector<TreeNode> &nodes() const { return m_nodes; }
    [[nodiscard]] const TreeNode &node(int index) const { return m_nodes[std::size_t(index)]; }
    [[nodiscard]] const Layer &layer(int layerIndex) const { return m_network.layers()[std::size_t(layerIndex)]; }
    /// The tree node of a layer, by its index in Network::layers().
    [[nodiscard]] int leafOf(int layerIndex) const { return m_leafOf[std::size_t(layerIndex)]; }
    /// The index in Network::layers(); -1 when there is none.
    [[nodiscard]] int layerIndex(LayerId id) const;
    [[nodiscard]] std::vector<LayerId> layerIds(int node) const;
    /// The block with this path; -1 when there is none.
    [[nodiscard]] int block(const QString &path) const;
    /// The run that a block belongs to; -1 for none.
    [[nodiscard]] int runOf(int node) const;
    /// The same layers with the same names, types and connections; settings and frozen flags may differ.
    [[nodiscard]] bool hasSameTopology(const BlockTree &other) const;

private:
    int blockFor(const std::string &path);
    void groupRepeats();
    void groupRepeatsOf(int parent);
    void addRun(int parent, std::size_t first, std::size_t count);
    [[nodiscard]] bool areEqual(int one, int two) const;

    Network m_network;
    std::vector<TreeNode> m_nodes;
    std::vector<int> m_leafOf;
    std::unordered_map<int, int> m_indices; ///< per layer's id
    std::unordered_map<std::string, int> m_blocks; ///< per path
};

} // namespace graft
