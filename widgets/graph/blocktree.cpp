#include "graph/blocktree.h"

#include "common/text.h"

#include <algorithm>

namespace graft {

double TreeNode::frozenShare() const
{
    if (parameters > 0)
        return double(frozenParameters) / double(parameters);
    return layers.empty() ? 0.0 : double(frozenLayers) / double(layers.size());
}

BlockTree::BlockTree(Network network, const NetworkAnalysis &analysis) : m_network(std::move(network))
{
    TreeNode root;
    root.isBlock = true;
    m_nodes.push_back(root);
    const std::vector<Layer> &layers = m_network.layers();
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const Layer &layer = layers[index];
        TreeNode leaf;
        leaf.path = fromEngine(layer.name);
        leaf.name = leaf.path.section(QLatin1Char('.'), -1);
        leaf.parent = blockFor(std::string(parentBlock(layer.name)));
        const int leafIndex = int(m_nodes.size());
        m_nodes[std::size_t(leaf.parent)].children.push_back(leafIndex);
        m_nodes.push_back(std::move(leaf));
        m_leafOf.push_back(leafIndex);
        m_indices.emplace(layer.id.value, int(index));
        // The analysis has its layers in the network's order.
        const LayerAnalysis *figures = index < analysis.layers.size() ? &analysis.layers[index] : nullptr;
        for (int at = leafIndex; at >= 0; at = m_nodes[std::size_t(at)].parent) {
            TreeNode &node = m_nodes[std::size_t(at)];
            node.layers.push_back(int(index));
            node.frozenLayers += layer.frozen ? 1 : 0;
            if (!figures)
                continue;
            node.outputShape = figures->outputShape;
            node.parameters += figures->parameters;
            node.frozenParameters += layer.frozen ? figures->parameters : 0;
            node.multiplyAdds += figures->multiplyAdds;
        }
    }
}

int BlockTree::blockFor(const std::string &path)
{
    if (path.empty())
        return 0;
    if (const auto known = m_blocks.find(path); known != m_blocks.end())
        return known->second;
    const int parent = blockFor(std::string(parentBlock(path)));
    TreeNode block;
    block.isBlock = true;
    block.path = fromEngine(path);
    block.name = block.path.section(QLatin1Char('.'), -1);
    block.parent = parent;
    const int index = int(m_nodes.size());
    m_nodes.push_back(std::move(block));
    m_nodes[std::size_t(parent)].children.push_back(index);
    m_blocks.emplace(path, index);
    return index;
}

int BlockTree::layerIndex(LayerId id) const
{
    const auto found = m_indices.find(id.value);
    return found == m_indices.end() ? -1 : found->second;
}

int BlockTree::find(const QString &path) const
{
    const auto found = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const TreeNode &node) { return node.path == path; });
    return found == m_nodes.end() ? -1 : int(found - m_nodes.begin());
}

std::vector<LayerId> BlockTree::layerIds(int node) const
{
    std::vector<LayerId> ids;
    for (const int index : m_nodes[std::size_t(node)].layers)
        ids.push_back(layer(index).id);
    return ids;
}

bool BlockTree::hasSameTopology(const BlockTree &other) const
{
    const auto same = [](const Layer &one, const Layer &two) {
        return one.id == two.id && one.name == two.name && one.type == two.type && one.inputs == two.inputs;
    };
    const auto &mine = m_network.layers();
    const auto &others = other.m_network.layers();
    return std::equal(mine.begin(), mine.end(), others.begin(), others.end(), same);
}

} // namespace graft
