#include "formats/keras/kerasweights.h"

#include <algorithm>
#include <cctype>

namespace graft::keras {
namespace {

std::vector<std::string> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        if (slash != 0)
            parts.emplace_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

/// "kernel" for "kernel:0", TensorFlow's name of a variable's first output.
std::string withoutOutput(const std::string &name)
{
    return name.substr(0, name.find(':'));
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

/// As Keras makes file names of class names: "depthwise_conv2d" for DepthwiseConv2D, "p_re_lu" for PReLU.
std::string snakeCase(std::string_view name)
{
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool startsWord = i > 0 && isUpper(name[i]) && i + 1 < name.size() && isLower(name[i + 1]);
        const bool endsWord = i > 0 && isUpper(name[i]) && isLower(name[i - 1]);
        if (startsWord || endsWord)
            result += '_';
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
    }
    return result;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the file's groups, which are bounded.
bool holdsTensors(const Hdf5Node &node)
{
    return node.tensor || std::ranges::any_of(node.children, [](const auto &child) { return holdsTensors(*child.second); });
}

/// "query_dense/0" for what lies under query_dense/vars/0.
// NOLINTNEXTLINE(misc-no-recursion)
void collectVariables(LayerTensors &tensors, const Hdf5Node &node, const std::string &prefix)
{
    for (const auto &[name, child] : node.children) {
        if (name == "vars")
            for (const auto &[index, variable] : child->children)
                tensors.emplace_back(prefix + index, variable.get());
        else if (!child->children.empty())
            collectVariables(tensors, *child, prefix + name + "/");
    }
}

} // namespace

KerasWeights KerasWeights::byName(const Hdf5Node &group)
{
    KerasWeights weights;
    for (const auto &[layer, node] : group.children) {
        // Long lists are split: weight_names0, weight_names1, …
        for (const auto &[attribute, names] : node->texts) {
            if (!attribute.starts_with("weight_names"))
                continue;
            for (const std::string &name : names) {
                const Hdf5Node *found = node->at(name);
                Entry entry{.path = partsOf(name), .node = found};
                entry.path.insert(entry.path.begin(), layer);
                if (found && entry.path.size() > 1)
                    weights.m_entries.push_back(std::move(entry));
            }
        }
    }
    weights.indexEntries();
    return weights;
}

KerasWeights KerasWeights::byOrder(const Hdf5Node &root, const KerasModel &model)
{
    // Keras 2 counted each layer with tensors twice: there, take those groups that hold some, in their order.
    const Hdf5Node *older = root.child("_layer_checkpoint_dependencies");
    const Hdf5Node *layers = older ? older : root.child("layers");
    KerasWeights weights;
    weights.m_isByOrder = true;
    std::map<std::string, std::size_t> counts;
    for (const KerasLayer &layer : model.layers) {
        const std::string base = snakeCase(layer.className == "Model" ? "Functional" : layer.className);
        std::size_t &count = counts[base];
        const auto next = [&] {
            const std::string name = count == 0 ? base : base + "_" + std::to_string(count);
            ++count;
            return layers ? layers->child(name) : nullptr;
        };
        const Hdf5Node *group = next();
        for (std::size_t more = 0; older && more < 2 && !(group && holdsTensors(*group)); ++more)
            group = next();
        weights.m_groups.emplace(layer.name, group);
    }
    return weights;
}

LayerTensors KerasWeights::of(const KerasLayer &layer) const
{
    LayerTensors tensors;
    if (m_isByOrder) {
        const auto group = m_groups.find(layer.name);
        if (group != m_groups.end() && group->second)
            collectVariables(tensors, *group->second, "");
        return tensors;
    }
    const auto known = m_index.find(layer.name);
    if (known == m_index.end())
        return tensors;
    for (const std::size_t index : known->second) {
        const Entry &entry = m_entries[index];
        if (!m_isNested && entry.path.front() != layer.name)
            continue;
        std::size_t start = 1;
        for (std::size_t i = 0; i + 1 < entry.path.size(); ++i)
            if (entry.path[i] == layer.name)
                start = i + 1;
        std::string name;
        for (std::size_t i = start; i < entry.path.size(); ++i)
            name += (name.empty() ? "" : "/") + entry.path[i];
        tensors.emplace_back(withoutOutput(name), entry.node);
    }
    return tensors;
}

KerasWeights KerasWeights::inside(const KerasLayer &layer) const
{
    if (m_isByOrder) {
        const auto group = m_groups.find(layer.name);
        return byOrder(group != m_groups.end() && group->second ? *group->second : Hdf5Node(), *layer.model);
    }
    KerasWeights weights;
    weights.m_isNested = true;
    const auto known = m_index.find(layer.name);
    if (known != m_index.end())
        for (const std::size_t index : known->second) {
            const auto position = std::ranges::find(m_entries[index].path, layer.name);
            weights.m_entries.push_back({.path = {position + 1, m_entries[index].path.end()}, .node = m_entries[index].node});
        }
    if (weights.m_entries.empty())
        weights.m_entries = m_entries; // names of deeper models need not be part of their tensors' names
    weights.indexEntries();
    return weights;
}

void KerasWeights::indexEntries()
{
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        const auto &path = m_entries[index].path;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            auto &list = m_index[path[i]];
            if (list.empty() || list.back() != index)
                list.push_back(index);
        }
    }
}

} // namespace graft::keras
