#include "graph/treechanges.h"

#include <algorithm>

namespace graft {

namespace {

constexpr std::size_t smallBlock = 12; ///< layers

/// The blocks around a node that have names, from the inside out; runs come and go with edits.
std::vector<int> blocksAround(const BlockTree &tree, int node)
{
    std::vector<int> blocks;
    for (int at = tree.node(node).parent; at > 0; at = tree.node(at).parent) {
        if (!tree.node(at).isRun)
            blocks.push_back(at);
    }
    return blocks;
}

/// By the first layer that is still there.
int renamedBlock(const BlockTree &before, int node, const BlockTree &after)
{
    for (const int layer : before.node(node).layers) {
        const int there = after.layerIndex(before.layer(layer).id);
        if (there < 0)
            continue;
        const std::vector<int> blocks = blocksAround(before, before.leafOf(layer)), now = blocksAround(after, after.leafOf(there));
        const auto level = std::size_t(std::find(blocks.begin(), blocks.end(), node) - blocks.begin());
        return level < now.size() ? now[level] : -1;
    }
    return -1;
}

} // namespace

bool isEditOf(const BlockTree &before, const BlockTree &after)
{
    const std::string &architecture = before.network().architecture, &nextArchitecture = after.network().architecture;
    if (!architecture.empty() && !nextArchitecture.empty() && architecture != nextArchitecture)
        return false;
    const auto &layers = before.network().layers();
    const auto same = [&](const Layer &layer) {
        const int index = after.layerIndex(layer.id);
        return index >= 0 && after.layer(index).type == layer.type && after.layer(index).name == layer.name;
    };
    const auto renamed = [&](const Layer &layer) {
        const int index = after.layerIndex(layer.id);
        return index >= 0 && after.layer(index).type == layer.type;
    };
    const auto smaller = std::ptrdiff_t(std::min(layers.size(), after.network().layers().size()));
    return smaller > 0
        && (std::count_if(layers.begin(), layers.end(), same) * 2 >= smaller
            || std::count_if(layers.begin(), layers.end(), renamed) * 10 >= smaller * 9);
}

int carriedNode(const BlockTree &before, int node, const BlockTree &after)
{
    if (node <= 0 || &before == &after)
        return node;
    const TreeNode &at = before.node(node);
    if (!at.isBlock) {
        const int layer = after.layerIndex(before.layer(at.layers.front()).id);
        return layer < 0 ? -1 : after.leafOf(layer);
    }
    if (at.isRun) {
        const int first = carriedNode(before, at.children.front(), after);
        return first < 0 ? -1 : after.runOf(first);
    }
    const int same = after.block(at.path);
    return same >= 0 ? same : renamedBlock(before, node, after);
}

std::set<int> carriedUnfolded(const BlockTree &before, const std::set<int> &unfolded, const BlockTree &after)
{
    std::set<int> carried;
    std::vector<char> isKnown(after.nodes().size(), 0);
    for (std::size_t node = 1; node < before.nodes().size(); ++node) {
        const int now = before.node(int(node)).isBlock ? carriedNode(before, int(node), after) : -1;
        if (now <= 0)
            continue;
        isKnown[std::size_t(now)] = 1;
        if (unfolded.contains(int(node)))
            carried.insert(now);
    }
    for (std::size_t node = 1; node < after.nodes().size(); ++node) {
        const TreeNode &at = after.node(int(node));
        if (isKnown[node] || !at.isBlock)
            continue;
        if (!at.isRun) {
            if (at.layers.size() <= smallBlock)
                carried.insert(int(node));
            continue;
        }
        // A run that an edit made or left over is open when its blocks showed one by one.
        const int first = carriedNode(after, at.children.front(), before);
        const int run = first < 0 ? -1 : before.runOf(first);
        if (first >= 0 && (run < 0 || unfolded.contains(run)))
            carried.insert(int(node));
    }
    return carried;
}

} // namespace graft
