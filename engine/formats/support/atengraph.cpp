#include "formats/support/atengraph.h"

#include "formats/support/atencall.h"

#include <unordered_map>

namespace graft {
namespace {

constexpr std::size_t maximumLayers = 20'000;

const AtenOperator *findOperator(std::string_view name)
{
    static const auto table = [] {
        std::unordered_map<std::string_view, const AtenOperator *> all;
        for (const auto part : {atenActivations(), atenLayers(), atenPoolings(), atenShapes(), atenArithmetic(), atenNumbers()})
            for (const AtenOperator &one : part)
                all.emplace(one.name, &one);
        return all;
    }();
    const auto found = table.find(name);
    return found == table.end() ? nullptr : found->second;
}

/// The layers in a value; lists may hold one another, so they are looked into a little only.
// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
void collectLayers(const AtenValue &value, std::vector<LayerId> &layers, int depth = 0)
{
    constexpr int deepest = 3;
    constexpr std::size_t most = 256;
    if (value.isLayer())
        layers.push_back(*value.tensor->layer);
    else if (value.items && depth < deepest)
        for (const AtenValue &item : *value.items)
            if (layers.size() < most)
                collectLayers(item, layers, depth + 1);
}

} // namespace

AtenGraph::AtenGraph(const std::string &inputName, Shape shape, TensorFinder findTensor, std::uint64_t tensorBytes)
    : m_import(inputName, std::move(shape)), m_findTensor(std::move(findTensor)), m_bytesLeft(tensorBytes)
{
}

AtenValue AtenGraph::call(const std::string &name, const AtenArguments &arguments, const AtenScope &scope)
{
    const AtenOperator *known = findOperator(name);
    std::string_view plain = name;
    const bool inPlace = !known && plain.ends_with('_') && !plain.ends_with("__");
    if (inPlace)
        plain.remove_suffix(1);
    if (!known)
        known = findOperator(plain);
    if (!known)
        return opaque(name, arguments, scope, {});
    AtenCall call(*this, plain, scope);
    call.bind(known->parameters, arguments);
    AtenValue result = call.failure() ? AtenValue{} : known->build(call);
    if (call.failure())
        result = opaque(name, arguments, scope, *call.failure());
    if (inPlace && !arguments.positional.empty() && arguments.positional.front().isLayer() && result.isTensor()) {
        *arguments.positional.front().tensor = *result.tensor;
        return arguments.positional.front();
    }
    return result;
}

Result<AtenValue> AtenGraph::addModule(
    const std::string &name, const std::string &type, Attributes attributes, LayerId input, const GraphImport::NamedTensors &tensors)
{
    if (isFull() || !spend(tensors))
        return fail(ErrorCode::FileRefused, "the file uses its tensors too often");
    const auto layer = m_import.add(name, type, std::move(attributes), {input}, tensors);
    if (!layer)
        return fail(layer.error());
    return AtenValue::ofLayer(*layer);
}

AtenValue AtenGraph::opaque(const std::string &name, const AtenArguments &arguments, const AtenScope &scope, const std::string &reason)
{
    std::vector<LayerId> inputs;
    for (const AtenValue &value : arguments.positional)
        collectLayers(value, inputs);
    for (const auto &[parameter, value] : arguments.named)
        collectLayers(value, inputs);
    if (inputs.empty() || isFull())
        return AtenValue::unknown();
    ++m_opaqueSteps;
    const bool isForeign = name.find('.') != std::string::npos;
    const std::string leaf = name.substr(name.rfind('.') + 1);
    const std::string stepName = scope.path.empty() ? leaf : scope.path + "." + leaf;
    const std::string called = isForeign ? name : "aten::" + name;
    return AtenValue::ofLayer(m_import.addOpaque(stepName, called, std::move(inputs), reason, std::nullopt));
}

std::optional<std::vector<AtenValue>> AtenGraph::sizes(const AtenValue &tensor) const
{
    std::vector<AtenValue> sizes;
    if (tensor.isConstant()) {
        for (const auto size : tensor.tensor->constant.shape())
            sizes.push_back(AtenValue::ofInteger(size));
        if (tensor.tensor->isTransposed)
            std::swap(sizes[0], sizes[1]);
        return sizes;
    }
    if (!tensor.isLayer() || tensor.tensor->isMerged || !m_import.shape(*tensor.tensor->layer))
        return std::nullopt;
    AtenValue batch = AtenValue::ofInteger(1);
    batch.isBatch = true;
    sizes.push_back(batch);
    for (const auto size : *m_import.shape(*tensor.tensor->layer))
        sizes.push_back(AtenValue::ofInteger(size));
    return sizes;
}

void AtenGraph::noteMisfit(const Misfit &misfit)
{
    if (m_misfit.channels == 0 && m_misfit.features == 0)
        m_misfit = misfit;
}

bool AtenGraph::spend(const GraphImport::NamedTensors &tensors)
{
    for (const auto &[name, tensor] : tensors) {
        const std::uint64_t bytes = tensor.bytes().size();
        if (bytes > m_bytesLeft)
            return false;
        m_bytesLeft -= bytes;
    }
    return true;
}

bool AtenGraph::isFull() const
{
    return m_import.network().layers().size() >= maximumLayers;
}

} // namespace graft
