#include "graph/blocktree.h"

#include "common/text.h"

#include <algorithm>

namespace graft {

namespace {

constexpr std::size_t leastRun = 3; ///< two blocks are not worth a fold of their own

} // namespace

double TreeNode::frozenShare() const
{
    if (parameters > 0)
        return double(frozenParameters) / double(parameters);
    return layers.empty() ? 0.0 : double(frozenLayers) / double(layers.size());
}

BlockTree::BlockTree(Network network, const NetworkAnalysis &analysis, Repeats repeats) : m_network(std::move(network))
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
    if (repeats == Repeats::AsRuns)
        groupRepeats();
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

int BlockTree::block(const QString &path) const
{
    const auto found = m_blocks.find(path.toStdString());
    return found == m_blocks.end() ? -1 : found->second;
}

int BlockTree::runOf(int node) const
{
    const int parent = m_nodes[std::size_t(node)].parent;
    return parent >= 0 && m_nodes[std::size_t(parent)].isRun ? parent : -1;
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

/// Blocks that do the same: the same layers by the same names, with the same settings, connected in the same way.
bool BlockTree::areEqual(int one, int two) const
{
    const TreeNode &first = node(one), &second = node(two);
    if (!first.isBlock || !second.isBlock || first.layers.size() != second.layers.size())
        return false;
    const std::size_t firstPath = std::size_t(first.path.toUtf8().size()), secondPath = std::size_t(second.path.toUtf8().size());
    const auto placeIn = [this](const TreeNode &block, LayerId input) {
        const auto place = std::lower_bound(block.layers.begin(), block.layers.end(), layerIndex(input));
        return place != block.layers.end() && *place == layerIndex(input) ? int(place - block.layers.begin()) : -1;
    };
    for (std::size_t index = 0; index < first.layers.size(); ++index) {
        const Layer &mine = layer(first.layers[index]), &other = layer(second.layers[index]);
        if (mine.type != other.type || mine.inputs.size() != other.inputs.size() || mine.attributes != other.attributes
            || std::string_view(mine.name).substr(firstPath) != std::string_view(other.name).substr(secondPath))
            return false;
        for (std::size_t input = 0; input < mine.inputs.size(); ++input) {
            if (placeIn(first, mine.inputs[input]) != placeIn(second, other.inputs[input]))
                return false;
        }
    }
    return true;
}

void BlockTree::groupRepeats()
{
    const std::size_t count = m_nodes.size();
    for (std::size_t node = 0; node < count; ++node) {
        if (m_nodes[node].children.size() > leastRun)
            groupRepeatsOf(int(node));
    }
}

/// Where all children are equal their parent is what folds them together.
void BlockTree::groupRepeatsOf(int parent)
{
    for (std::size_t first = 0; first < m_nodes[std::size_t(parent)].children.size(); ++first) {
        const std::vector<int> &children = m_nodes[std::size_t(parent)].children;
        std::size_t end = first + 1;
        while (end < children.size() && areEqual(children[first], children[end]))
            ++end;
        if (end - first == children.size())
            return;
        if (end - first >= leastRun)
            addRun(parent, first, end - first);
    }
}

void BlockTree::addRun(int parent, std::size_t first, std::size_t count)
{
    std::vector<int> &children = m_nodes[std::size_t(parent)].children;
    const auto from = children.begin() + std::ptrdiff_t(first), to = from + std::ptrdiff_t(count);
    const int index = int(m_nodes.size());
    TreeNode run;
    run.isBlock = run.isRun = true;
    run.parent = parent;
    run.children.assign(from, to);
    run.path = node(run.children.front()).path + QStringLiteral(" … ") + node(run.children.back()).path;
    run.name = node(run.children.front()).name + QStringLiteral(" … ") + node(run.children.back()).name;
    for (const int child : run.children) {
        TreeNode &block = m_nodes[std::size_t(child)];
        block.parent = index;
        run.layers.insert(run.layers.end(), block.layers.begin(), block.layers.end());
        run.outputShape = block.outputShape;
        run.parameters += block.parameters;
        run.frozenParameters += block.frozenParameters;
        run.multiplyAdds += block.multiplyAdds;
        run.frozenLayers += block.frozenLayers;
    }
    std::sort(run.layers.begin(), run.layers.end());
    *from = index;
    children.erase(from + 1, to);
    m_blocks.emplace(run.path.toStdString(), index);
    m_nodes.push_back(std::move(run));
}

} // namespace graft
