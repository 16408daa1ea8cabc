#include "formats/keras/kerasstep.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace graft::keras {
namespace {

using nlohmann::json;

const json *field(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

constexpr std::int64_t largestInteger = std::int64_t{1} << 31;

std::optional<std::int64_t> integer(const json &value)
{
    if (!value.is_number())
        return std::nullopt;
    const double number = value.get<double>();
    return std::abs(number) <= static_cast<double>(largestInteger) ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
}

/// Where the elements of a row-major tensor go one after the other.
std::vector<std::size_t> stridesOf(const Shape &shape)
{
    std::vector<std::size_t> strides(shape.size(), 1);
    for (std::size_t d = shape.size(); d > 1; --d)
        strides[d - 2] = strides[d - 1] * static_cast<std::size_t>(shape[d - 1]);
    return strides;
}

/// Reads along the source's rows and writes with steps: kernels have their outputs last and get them first, so that whole rows of the
/// source go through the cache once.
template <typename Element>
void transposeInto(std::vector<std::byte> &target, const Tensor &tensor, const std::vector<std::size_t> &order)
{
    const Shape &from = tensor.shape();
    Shape to;
    for (const std::size_t axis : order)
        to.push_back(from[axis]);
    const auto targetStrides = stridesOf(to);
    std::vector<std::size_t> steps(from.size()); // in the target, for each axis of the source
    for (std::size_t d = 0; d < order.size(); ++d)
        steps[order[d]] = targetStrides[d];
    const auto columns = static_cast<std::size_t>(from.back());
    const std::size_t rows = columns == 0 ? 0 : static_cast<std::size_t>(tensor.elementCount()) / columns;
    const std::size_t columnStep = steps.back();
    constexpr std::size_t tile = 64; // columns whose places in the target stay in the cache from row to row
    for (std::size_t first = 0; first < columns; first += tile) {
        const std::size_t last = std::min(first + tile, columns);
        std::vector<std::int64_t> index(from.size(), 0);
        std::size_t position = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            const std::byte *source = tensor.bytes().data() + row * columns * sizeof(Element);
            for (std::size_t column = first; column < last; ++column)
                std::memcpy(
                    target.data() + (position + column * columnStep) * sizeof(Element), source + column * sizeof(Element), sizeof(Element));
            for (std::size_t d = from.size() - 1; d > 0; --d) {
                position += steps[d - 1];
                if (++index[d - 1] < from[d - 1])
                    break;
                position -= steps[d - 1] * static_cast<std::size_t>(from[d - 1]);
                index[d - 1] = 0;
            }
        }
    }
}

} // namespace

Tensor transposed(const Tensor &tensor, const std::vector<std::size_t> &order)
{
    Shape to;
    for (const std::size_t axis : order)
        to.push_back(tensor.shape()[axis]);
    auto bytes = std::make_shared<std::vector<std::byte>>(tensor.bytes().size());
    switch (byteSize(tensor.type())) {
    case 2: transposeInto<std::uint16_t>(*bytes, tensor, order); break;
    case 4: transposeInto<std::uint32_t>(*bytes, tensor, order); break;
    case 8: transposeInto<std::uint64_t>(*bytes, tensor, order); break;
    default: transposeInto<std::uint8_t>(*bytes, tensor, order); break;
    }
    return {tensor.type(), std::move(to), std::shared_ptr<const std::vector<std::byte>>(std::move(bytes))};
}

Tensor reshaped(const Tensor &tensor, Shape shape)
{
    return {tensor.type(), std::move(shape), std::make_shared<const Tensor>(tensor), tensor.bytes().data()};
}

Step::Step(Context &context, const KerasLayer &stepLayer, const Call &stepCall, std::string stepName, LayerTensors tensors,
    std::vector<Value> inputs)
    : layer(stepLayer), call(stepCall), name(std::move(stepName)), m_context(context), m_tensors(std::move(tensors)),
      m_inputs(std::move(inputs))
{
}

std::string Step::text(const char *fieldName, const std::string &otherwise) const
{
    const json *found = field(layer.config, fieldName);
    return found && found->is_string() ? found->get<std::string>() : otherwise;
}

double Step::number(const char *fieldName, double otherwise) const
{
    const json *found = field(layer.config, fieldName);
    return found && found->is_number() ? found->get<double>() : otherwise;
}

bool Step::flag(const char *fieldName, bool otherwise) const
{
    const json *found = field(layer.config, fieldName);
    return found && found->is_boolean() ? found->get<bool>() : otherwise;
}

Shape Step::integers(const char *fieldName, Shape otherwise) const
{
    const json *found = field(layer.config, fieldName);
    if (!found)
        return otherwise;
    Shape values;
    constexpr std::size_t most = 16;
    for (const json &value : found->is_array() ? *found : json::array({*found})) {
        const auto one = integer(value);
        if (!one || values.size() == most)
            return otherwise;
        values.push_back(*one);
    }
    return values;
}

Shape Step::pair(const char *fieldName, std::int64_t otherwise) const
{
    const Shape values = integers(fieldName, {otherwise});
    if (values.size() == 2)
        return values;
    return values.empty() ? Shape{otherwise, otherwise} : Shape{values[0], values[0]};
}

std::vector<double> Step::numbers(const char *fieldName) const
{
    const json *found = field(layer.config, fieldName);
    std::vector<double> values;
    // Keras writes statistics as lists in lists.
    for (int depth = 0; found && found->is_array() && found->size() == 1 && depth < 8; ++depth)
        found = &(*found)[0];
    if (found && found->is_number())
        return {found->get<double>()};
    for (const json &value : found && found->is_array() ? *found : json::array()) {
        if (!value.is_number())
            return {};
        values.push_back(value.get<double>());
    }
    return values;
}

std::string Step::activation(const char *fieldName) const
{
    const json *found = field(layer.config, fieldName);
    for (int depth = 0; found && found->is_object() && depth < 4; ++depth) {
        const json *inner = field(*found, "config");
        found = inner && inner->is_string() ? inner : field(*found, "class_name");
    }
    if (!found)
        return {};
    const std::string kind = found->is_string() ? found->get<std::string>() : "?";
    return kind == "linear" ? std::string() : kind;
}

const Tensor *Step::tensor(const std::string &tensorName, const std::vector<std::string> &order) const
{
    const auto place = std::ranges::find(order, tensorName) - order.begin();
    const std::string number = std::to_string(place);
    for (const auto &[found, node] : m_tensors)
        if (node->tensor && (found == tensorName || (found == number && place < std::ssize(order))))
            return &*node->tensor;
    return nullptr;
}

Tensor Step::turned(const Tensor &tensor, const std::vector<std::size_t> &order)
{
    const auto key = std::pair(tensor.bytes().data(), order);
    const auto known = m_context.turned.find(key);
    if (known != m_context.turned.end() && known->second.elementCount() == tensor.elementCount())
        return known->second;
    Tensor result = transposed(tensor, order);
    m_context.turned.insert_or_assign(key, result);
    return result;
}

Result<Value> Step::add(const std::string &layerName, const std::string &type, Attributes attributes, const std::vector<Value> &layerInputs,
    const GraphImport::NamedTensors &tensors)
{
    std::vector<LayerId> ids;
    for (const Value &value : layerInputs)
        ids.push_back(value.layer);
    auto added = m_context.graph.add(layerName, type, std::move(attributes), std::move(ids), tensors);
    if (!added)
        return fail(added.error());
    return Value{*added};
}

Result<Value> Step::add(const std::string &type, Attributes attributes, const GraphImport::NamedTensors &tensors)
{
    return add(name, type, std::move(attributes), {input()}, tensors);
}

Value Step::opaque(const std::string &reason)
{
    std::vector<LayerId> ids;
    for (const Value &value : m_inputs)
        ids.push_back(value.layer);
    return {m_context.graph.addOpaque(name, layer.className, std::move(ids), reason, std::nullopt)};
}

tl::unexpected<Error> Step::lacks(const std::string &tensorName) const
{
    return fail(ErrorCode::WeightsMismatch,
        "'" + fileName(m_context.subject) + "' has no " + inQuotes(tensorName) + " that fits " + inQuotes(layer.className) + " "
            + inQuotes(name) + "; save the whole model again, with its weights.",
        m_context.subject);
}

Result<Value> Step::inOrder(const Value &value)
{
    if (value.picture.empty() || (value.picture[1] == 1 && value.picture[2] == 1))
        return Value{value.layer};
    const Shape &picture = value.picture;
    auto shaped = add(name + "_picture", "Reshape", {{"shape", picture}}, {value});
    if (shaped)
        shaped = add(name + "_channels_last", "Permute", {{"dims", Shape{0, 2, 3, 1}}}, {*shaped});
    return shaped ? add(name + "_features", "Flatten", {}, {*shaped}) : shaped;
}

Result<Value> Step::activated(const Value &value, const std::string &kind)
{
    if (kind.empty() || (kind == "softmax" && isLast))
        return value;
    const auto &known = shape(value);
    const auto type = activationLayer(kind, kerasVersion(), known ? known->size() : 1);
    const std::string layerName = name + "_" + kind.substr(0, 100);
    if (kind == "hard_sigmoid" && !type) {
        // Keras 2: a straight line from −2.5 to 2.5.
        auto line = add(layerName + "_line", "Scale", {{"factor", 0.2}, {"offset", 0.5}}, {value});
        auto result = line ? add(layerName, "Hardtanh", {{"min_val", 0.0}, {"max_val", 1.0}}, {*line}) : line;
        if (result)
            result->picture = value.picture;
        return result;
    }
    if (!type)
        return Value{m_context.graph.addOpaque(layerName, kind, {value.layer}, "", known)};
    auto result = add(layerName, type->type, type->attributes, {value});
    if (result)
        result->picture = value.picture;
    return result;
}

} // namespace graft::keras
