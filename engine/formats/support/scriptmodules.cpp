#include "formats/support/scriptmodules.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace graft {
namespace {

using Kind = AtenValue::Kind;
using Reading = Result<std::optional<AtenValue>>;

/// An attribute by its path below the module; None when it is not there or cannot be read.
AtenValue attributeAt(const ScriptModuleCall &call, std::string path)
{
    AtenValue value = call.module;
    while (!path.empty() && value.kind == Kind::Module) {
        const auto end = std::min(path.find('.'), path.size());
        const auto next = call.archive.attribute(value, path.substr(0, end));
        if (!next || !*next)
            return {};
        value = **next;
        path.erase(0, std::min(end + 1, path.size()));
    }
    return value;
}

/// The tensors of these names that the module has.
GraphImport::NamedTensors tensorsOf(const ScriptModuleCall &call, std::initializer_list<const char *> names)
{
    GraphImport::NamedTensors tensors;
    for (const char *name : names)
        if (const AtenValue value = attributeAt(call, name); value.isConstant())
            tensors.emplace_back(name, value.tensor->constant);
    return tensors;
}

bool holds(const GraphImport::NamedTensors &tensors, std::string_view name)
{
    return std::ranges::find(tensors, name, &GraphImport::NamedTensors::value_type::first) != tensors.end();
}

Reading added(const ScriptModuleCall &call, const char *type, Attributes attributes, const GraphImport::NamedTensors &tensors)
{
    // What does not fit the layer after all is gone through step by step.
    auto value = call.graph.addModule(call.module.text, type, std::move(attributes), *call.arguments[0].tensor->layer, tensors);
    return value ? Reading(std::optional(std::move(*value))) : Reading(std::nullopt);
}

/// The number that a traced module divides the width of a token by: its heads, which nothing else tells. 0 when there is none.
Result<std::int64_t> tracedHeads(const ScriptModuleCall &call, const ScriptFunction &method, std::int64_t width)
{
    const ScriptCode &code = call.archive.code();
    for (const auto index : method.body) {
        const ScriptStatement &statement = code.statements[index];
        if (!statement.value || code.expressions[*statement.value].kind != ScriptExpression::Kind::Call)
            continue;
        const ScriptExpression &division = code.expressions[*statement.value];
        const std::string &name = code.expressions[division.items[0]].text;
        if ((name != "div" && name != "floor_divide" && name != "floordiv") || division.items.size() < 3)
            continue;
        const ScriptExpression &divisor = code.expressions[division.items[2]];
        AtenValue number = AtenValue::ofInteger(divisor.integer);
        if (divisor.kind == ScriptExpression::Kind::Attribute && divisor.text.size() < 9) {
            auto constant = call.archive.constant(static_cast<std::size_t>(std::atoi(divisor.text.c_str() + 1)));
            if (!constant)
                return fail(constant.error());
            number = std::move(*constant);
        }
        if (const auto heads = number.whole(); heads && *heads > 0 && width % *heads == 0)
            return *heads;
    }
    return 0;
}

/// nn.MultiheadAttention as a tracer that needs gradients writes it down: its settings are to be found in its code.
Reading tracedMultiHeadAttention(const ScriptModuleCall &call, const ScriptClass &definition)
{
    const auto tensors = tensorsOf(call, {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"});
    const ScriptFunction *method = definition.method(call.method);
    if (!method || !holds(tensors, "in_proj_weight") || tensors.front().second.shape().size() != 2)
        return std::nullopt;
    const std::int64_t width = tensors.front().second.shape()[1];
    const auto heads = tracedHeads(call, *method, width);
    if (!heads)
        return fail(heads.error());
    if (*heads == 0)
        return std::nullopt;
    return added(
        call, "MultiheadAttention", {{"embed_dim", width}, {"num_heads", *heads}, {"bias", holds(tensors, "in_proj_bias")}}, tensors);
}

/// Self-attention without masks.
Reading multiHeadAttention(const ScriptModuleCall &call)
{
    const auto &given = call.arguments;
    const auto definition = call.archive.classOf(call.module);
    if (!definition)
        return fail(definition.error());
    if (given.size() == 1 && given[0].isLayer() && *definition)
        return tracedMultiHeadAttention(call, **definition);
    const auto isLayer = [&](std::size_t index) {
        return index < given.size() && given[index].isLayer() && given[index].tensor->layer == given[0].tensor->layer;
    };
    if (!isLayer(0) || !isLayer(1) || !isLayer(2) || (given.size() > 3 && !given[3].isNone()) || (given.size() > 5 && !given[5].isNone()))
        return std::nullopt;
    const auto batchFirst = *definition ? (*definition)->constants.find("batch_first") : decltype((*definition)->constants.end()){};
    if (!*definition || batchFirst == (*definition)->constants.end()
        || call.archive.code().expressions[batchFirst->second].kind != ScriptExpression::Kind::True)
        return std::nullopt;
    const auto tensors = tensorsOf(call, {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"});
    const auto width = attributeAt(call, "embed_dim").whole(), heads = attributeAt(call, "num_heads").whole();
    if (!width || !heads || !holds(tensors, "in_proj_weight"))
        return std::nullopt;
    auto output = added(call, "MultiheadAttention",
        {{"embed_dim", *width}, {"num_heads", *heads}, {"dropout", attributeAt(call, "dropout").number().value_or(0)},
            {"bias", holds(tensors, "in_proj_bias")}},
        tensors);
    if (!output || !*output)
        return output;
    return std::optional(AtenValue::ofItems(Kind::Tuple, {**output, AtenValue{}}));
}

/// How far a traced module rolls its windows: the numbers of its `torch.roll`, which nothing else tells.
std::vector<std::int64_t> tracedShift(const ScriptCode &code, const ScriptFunction &function)
{
    const auto negated = [&](std::uint32_t index) {
        const ScriptExpression &number = code.expressions[index];
        return number.kind == ScriptExpression::Kind::Negative ? code.expressions[number.items[0]].integer : std::int64_t{0};
    };
    for (const auto index : function.body) {
        const ScriptStatement &statement = code.statements[index];
        if (!statement.value || code.expressions[*statement.value].kind != ScriptExpression::Kind::Call)
            continue;
        const ScriptExpression &call = code.expressions[*statement.value];
        if (code.expressions[call.items[0]].text != "roll" || call.items.size() < 3)
            continue;
        const auto &shifts = code.expressions[call.items[2]].items;
        if (shifts.size() == 2)
            return {negated(shifts[0]), negated(shifts[1])};
    }
    return {0, 0};
}

std::optional<std::vector<std::int64_t>> wholeNumbers(const AtenValue &list)
{
    if (!list.isSequence())
        return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const AtenValue &item : *list.items)
        numbers.push_back(item.whole().value_or(0));
    return numbers;
}

/// The side of the square windows that a table of relative positions is for: (2 × side − 1)² rows.
std::int64_t windowSide(std::int64_t rows)
{
    std::int64_t side = 1;
    while (side < 1000 && (2 * side - 1) * (2 * side - 1) < rows)
        ++side;
    return side;
}

/// torchvision's attention of Swin Transformers, scripted (its settings are attributes) or traced (they are to be found in its code).
Reading shiftedWindowAttention(const ScriptModuleCall &call)
{
    const auto tensors = tensorsOf(
        call, {"relative_position_bias_table", "relative_position_index", "qkv.weight", "qkv.bias", "proj.weight", "proj.bias"});
    const auto definition = call.archive.classOf(call.module);
    if (!definition)
        return fail(definition.error());
    const ScriptFunction *method = *definition ? (*definition)->method(call.method) : nullptr;
    if (!call.arguments[0].isLayer() || !method || !holds(tensors, "relative_position_bias_table") || !holds(tensors, "qkv.weight"))
        return std::nullopt;
    const Shape &table = tensors.front().second.shape();
    const Shape projection = attributeAt(call, "qkv.weight").tensor->constant.shape();
    if (table.size() != 2 || projection.size() != 2)
        return std::nullopt;
    const std::int64_t side = windowSide(table[0]);
    Attributes attributes = {{"dim", projection[1]}, {"num_heads", table[1]},
        {"window_size", wholeNumbers(attributeAt(call, "window_size")).value_or(Shape{side, side})},
        {"shift_size", wholeNumbers(attributeAt(call, "shift_size")).value_or(tracedShift(call.archive.code(), *method))},
        {"qkv_bias", holds(tensors, "qkv.bias")}, {"proj_bias", holds(tensors, "proj.bias")},
        {"attention_dropout", attributeAt(call, "attention_dropout").number().value_or(0)},
        {"dropout", attributeAt(call, "dropout").number().value_or(0)}};
    return added(call, "ShiftedWindowAttention", std::move(attributes), tensors);
}

constexpr auto readers = std::to_array<std::pair<std::string_view, ScriptModuleReader>>({
    {"__torch__.torch.nn.modules.activation.MultiheadAttention", multiHeadAttention},
    {"__torch__.torchvision.models.swin_transformer.ShiftedWindowAttention", shiftedWindowAttention},
});

} // namespace

ScriptModuleReader findScriptModule(const std::string &className)
{
    const auto *found = std::ranges::find(readers, className, &std::pair<std::string_view, ScriptModuleReader>::first);
    return found == readers.end() ? nullptr : found->second;
}

} // namespace graft
