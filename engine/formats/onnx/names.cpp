#include "formats/onnx/graphreader.h"

#include <algorithm>
#include <array>

namespace graft {

bool isOnnxGivenName(const std::string &name)
{
    const bool isNumber = std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
    return !isNumber && name.find("::") == std::string::npos && !name.starts_with("constant/")
        && name.find("/Constant") == std::string::npos;
}

std::string onnxOwnerOf(const std::string &initializer)
{
    static constexpr std::array<std::string_view, 16> endings
        = {".out_proj.weight", ".out_proj.bias", ".in_proj_weight", ".in_proj_bias", ".weight", ".bias", ".running_mean", ".running_var",
            ".num_batches_tracked", "_weight", "_bias", "_w_0", "_b_0", ".gamma", ".beta", "/kernel"};
    for (const std::string_view ending : endings)
        if (initializer.size() > ending.size() && initializer.ends_with(ending) && isOnnxGivenName(initializer))
            return initializer.substr(0, initializer.size() - ending.size());
    return {};
}

/// PyTorch repeats the names of nested blocks: "/layer1/layer1.0/conv1/Conv"; the last part is the operator's, perhaps with a number.
std::string onnxScopeName(const std::string &nodeName, const std::string &operatorName)
{
    if (!nodeName.starts_with('/'))
        return nodeName;
    std::string name, previous, part;
    for (std::size_t start = 1; start <= nodeName.size();) {
        const std::size_t end = std::min(nodeName.find('/', start), nodeName.size());
        part = nodeName.substr(start, end - start);
        start = end + 1;
        if (start > nodeName.size() && !operatorName.empty() && part.starts_with(operatorName))
            break;
        const bool repeats = !previous.empty() && part.starts_with(previous + ".");
        name += (name.empty() ? "" : ".") + (repeats ? part.substr(previous.size() + 1) : part);
        previous = part;
    }
    return name;
}

std::string OnnxGraphReader::freeName(const std::string &wanted)
{
    std::string plain = wanted.substr(0, 300);
    std::ranges::replace(plain, '/', '.');
    while (plain.starts_with('.'))
        plain.erase(0, 1);
    const int copies = m_names[plain]++;
    return copies == 0 ? plain : plain + "_" + std::to_string(copies);
}

void OnnxGraphReader::countScopes()
{
    for (const OnnxStep &step : m_graph.steps) {
        if (step.isGone)
            continue;
        std::string block = onnxScopeName(step.name, step.namedAfter.empty() ? step.operatorName : step.namedAfter);
        for (int depth = 0; !block.empty() && depth < 64; ++depth) {
            ++m_scopes[block];
            block = std::string(parentBlock(block));
        }
    }
}

/// PyTorch's names: those of the tensors first, then the module's, when the step is all that is left of it.
std::string OnnxGraphReader::nameFor(const OnnxStep &step) const
{
    for (const std::string &input : step.inputs)
        if (const OnnxConstant *known = constant(input))
            if (std::string owner = onnxOwnerOf(known->source); !owner.empty())
                return owner;
    if (step.name.starts_with('/')) {
        const std::string scope = onnxScopeName(step.name, step.namedAfter.empty() ? step.operatorName : step.namedAfter);
        const auto known = m_scopes.find(scope);
        if (known != m_scopes.end() && known->second == 1)
            return scope;
        return onnxScopeName(step.name, {});
    }
    if (!step.name.empty())
        return step.name;
    if (!step.outputs.empty() && isOnnxGivenName(step.outputs[0]))
        return step.outputs[0];
    return step.operatorName;
}

} // namespace graft
