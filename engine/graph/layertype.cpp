#include "graph/layertype.h"

#include "graph/limits.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace graft {
namespace {

template <typename Value>
const Value &attribute(const Layer &layer, std::string_view name)
{
    const auto own = layer.attributes.find(name);
    if (own != layer.attributes.end()) {
        assert(std::holds_alternative<Value>(own->second));
        return std::get<Value>(own->second);
    }
    const LayerType *type = layerTypes().find(layer.type);
    assert(type);
    const AttributeSchema *schema = findSchema(*type, name);
    assert(schema && std::holds_alternative<Value>(schema->defaultValue));
    return std::get<Value>(schema->defaultValue);
}

std::string_view kindForPeople(const AttributeValue &value)
{
    static constexpr std::string_view kinds[] = {"true or false", "a whole number", "a number", "a text", "a list of whole numbers"};
    return kinds[value.index()];
}

std::string title(const Layer &layer)
{
    return layer.type + " `" + layer.name + "`";
}

tl::unexpected<Error> attributeError(const Layer &layer, const AttributeSchema &schema, const std::string &expected)
{
    const auto own = layer.attributes.find(schema.name);
    const std::string got = own == layer.attributes.end() ? "nothing" : describe(own->second);
    return fail(
        ErrorCode::AttributeInvalid, title(layer) + " expects " + expected + " for `" + schema.name + "`, gets " + got + ".", layer.name);
}

bool isInRange(const AttributeSchema &schema, double value)
{
    return std::isfinite(value) && (!schema.minimum || value >= *schema.minimum) && (!schema.maximum || value <= *schema.maximum);
}

bool isIntInRange(const AttributeSchema &schema, std::int64_t value)
{
    return value >= -maximumDimension && value <= maximumDimension && isInRange(schema, static_cast<double>(value));
}

std::string rangeForPeople(const AttributeSchema &schema)
{
    std::string range = "a number";
    if (schema.minimum && schema.maximum)
        range += " from " + describe(AttributeValue(*schema.minimum)) + " to " + describe(AttributeValue(*schema.maximum));
    else if (schema.minimum)
        range += " of at least " + describe(AttributeValue(*schema.minimum));
    else if (schema.maximum)
        range += " of at most " + describe(AttributeValue(*schema.maximum));
    else
        range += " that is not so large";
    return range;
}

Result<void> validateInts(const Layer &layer, const AttributeSchema &schema, const std::vector<std::int64_t> &values)
{
    if (values.empty() || (schema.length != 0 && values.size() != schema.length))
        return attributeError(layer, schema, (schema.length != 0 ? std::to_string(schema.length) : "some") + " whole numbers");
    if (!std::ranges::all_of(values, [&](std::int64_t value) { return isIntInRange(schema, value); }))
        return attributeError(layer, schema, rangeForPeople(schema) + " each time");
    return {};
}

Result<void> validateAttribute(const Layer &layer, const AttributeSchema &schema, const AttributeValue &value)
{
    if (value.index() != schema.defaultValue.index())
        return attributeError(layer, schema, std::string(kindForPeople(schema.defaultValue)));
    if (const auto *integer = std::get_if<std::int64_t>(&value); integer && !isIntInRange(schema, *integer))
        return attributeError(layer, schema, rangeForPeople(schema));
    if (const auto *number = std::get_if<double>(&value); number && !isInRange(schema, *number))
        return attributeError(layer, schema, rangeForPeople(schema));
    if (const auto *values = std::get_if<std::vector<std::int64_t>>(&value))
        return validateInts(layer, schema, *values);
    if (const auto *text = std::get_if<std::string>(&value);
        text && !schema.choices.empty() && std::ranges::find(schema.choices, *text) == schema.choices.end()) {
        std::string list;
        for (const std::string &choice : schema.choices)
            list += (list.empty() ? "" : ", ") + choice;
        return attributeError(layer, schema, "one of " + list);
    }
    return {};
}

/// "2", "2 or more", "1 to 3".
std::string inputsForPeople(const LayerType &type)
{
    std::string expected = std::to_string(type.minimumInputs);
    if (type.maximumInputs < 0)
        expected += " or more";
    else if (type.maximumInputs != type.minimumInputs)
        expected += " to " + std::to_string(type.maximumInputs);
    return expected + (expected == "1" ? " input" : " inputs");
}

Result<void> validateInputCount(const Layer &layer, const LayerType &type)
{
    const auto count = static_cast<int>(layer.inputs.size());
    const bool isTooFew = count < type.minimumInputs;
    if (!isTooFew && (type.maximumInputs < 0 || count <= type.maximumInputs))
        return {};
    return fail(ErrorCode::NetworkInvalid,
        title(layer) + " expects " + inputsForPeople(type) + ", gets " + std::to_string(count)
            + (isTooFew ? "; connect what is missing." : "; disconnect what is too many."),
        layer.name);
}

} // namespace

std::string tensorName(const Layer &layer, const TensorSpec &specification)
{
    return specification.name.empty() ? layer.name : layer.name + "." + specification.name;
}

bool boolAttribute(const Layer &layer, std::string_view name)
{
    return attribute<bool>(layer, name);
}

std::int64_t intAttribute(const Layer &layer, std::string_view name)
{
    return attribute<std::int64_t>(layer, name);
}

double doubleAttribute(const Layer &layer, std::string_view name)
{
    return attribute<double>(layer, name);
}

const std::string &stringAttribute(const Layer &layer, std::string_view name)
{
    return attribute<std::string>(layer, name);
}

const std::vector<std::int64_t> &intsAttribute(const Layer &layer, std::string_view name)
{
    return attribute<std::vector<std::int64_t>>(layer, name);
}

const AttributeSchema *findSchema(const LayerType &type, std::string_view name)
{
    const auto position = std::ranges::find(type.schema, name, &AttributeSchema::name);
    return position == type.schema.end() ? nullptr : &*position;
}

Result<void> validateWhileEdited(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    if (!type)
        return fail(ErrorCode::NetworkInvalid,
            "Layer `" + layer.name + "` is of the type '" + layer.type + "', which this Graft does not know; it knows "
                + layerTypes().names() + ".",
            layer.name);
    for (const auto &[name, value] : layer.attributes) {
        const AttributeSchema *schema = findSchema(*type, name);
        if (!schema)
            return fail(ErrorCode::AttributeInvalid, title(layer) + " has no attribute `" + name + "`; remove it.", layer.name);
        if (auto valid = validateAttribute(layer, *schema, value); !valid)
            return valid;
    }
    for (const AttributeSchema &schema : type->schema)
        if (schema.required && !layer.attributes.contains(schema.name))
            return attributeError(layer, schema, std::string(kindForPeople(schema.defaultValue)));
    const bool mayHaveMore = static_cast<int>(layer.inputs.size()) < type->minimumInputs;
    return mayHaveMore ? Result<void>() : validateInputCount(layer, *type);
}

Result<void> validate(const Layer &layer)
{
    if (auto valid = validateWhileEdited(layer); !valid)
        return valid;
    return validateInputCount(layer, *layerTypes().find(layer.type));
}

tl::unexpected<Error> shapeError(const Layer &layer, const std::string &expected, const std::string &got, const std::string &inputName)
{
    return fail(
        ErrorCode::ShapeMismatch, title(layer) + " expects " + expected + ", gets " + got + " from `" + inputName + "`.", layer.name);
}

} // namespace graft
