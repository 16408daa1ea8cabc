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
        leaf.parent = blockFor(parentBlock(layer.name));
        const int leafIndex = int(m_nodes.size());
        m_nodes[std::size_t(leaf.parent)].children.push_back(leafIndex);
        m_nodes.push_back(std::move(leaf));
        m_leafOf.push_back(leafIndex);
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

int BlockTree::blockFor(std::string_view path)
{
    if (path.empty())
        return 0;
    const QString text = fromEngine(std::string(path));
    const int parent = blockFor(parentBlock(path));
    for (const int child : m_nodes[std::size_t(parent)].children) {
        if (const TreeNode &node = m_nodes[std::size_t(child)]; node.isBlock && node.path == text)
            return child;
    }
    TreeNode block;
    block.isBlock = true;
    block.path = text;
    block.name = text.section(QLatin1Char('.'), -1);
    block.parent = parent;
    const int index = int(m_nodes.size());
    m_nodes.push_back(std::move(block));
    m_nodes[std::size_t(parent)].children.push_back(index);
    return index;
}

int BlockTree::layerIndex(LayerId id) const
{
    const auto &layers = m_network.layers();
    const auto found = std::find_if(layers.begin(), layers.end(), [id](const Layer &layer) { return layer.id == id; });
    return found == layers.end() ? -1 : int(found - layers.begin());
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
