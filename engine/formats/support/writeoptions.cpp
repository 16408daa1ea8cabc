#include "formats/format.h"

#include <algorithm>
#include <charconv>

namespace graft {
namespace {

const AttributeSchema *findOption(const Format &format, std::string_view name)
{
    const auto position = std::ranges::find(format.options, name, &AttributeSchema::name);
    return position == format.options.end() ? nullptr : &*position;
}

tl::unexpected<Error> unknownOption(const Format &format, const std::string &name)
{
    std::string choices;
    for (const AttributeSchema &option : format.options)
        choices += (choices.empty() ? "" : ", ") + option.name;
    return fail(ErrorCode::SettingInvalid,
        "The format " + format.name + " has no option '" + name + "'; " + (choices.empty() ? "it has none" : "it has " + choices) + ".",
        name);
}

std::string expectation(const AttributeSchema &option)
{
    std::string list;
    for (const std::string &choice : option.choices)
        list += (list.empty() ? "" : ", ") + choice;
    if (!list.empty())
        return "one of " + list;
    static constexpr std::string_view kinds[] = {"true or false", "a whole number", "a number", "a text", "whole numbers"};
    std::string text(kinds[option.defaultValue.index()]);
    const auto limit = [](double value) { return describe(AttributeValue(value)); };
    if (option.minimum)
        text += " from " + limit(*option.minimum);
    if (option.maximum)
        text += (option.minimum ? " to " : " up to ") + limit(*option.maximum);
    return text;
}

tl::unexpected<Error> invalidOption(const Format &format, const AttributeSchema &option, const std::string &got)
{
    return fail(ErrorCode::SettingInvalid,
        "The option '" + option.name + "' of the format " + format.name + " must be " + expectation(option) + ", not '" + got + "'.",
        option.name);
}

bool isInRange(const AttributeSchema &option, double value)
{
    return value >= option.minimum.value_or(value) && value <= option.maximum.value_or(value);
}

bool isValid(const AttributeSchema &option, const AttributeValue &value)
{
    if (value.index() != option.defaultValue.index())
        return false;
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        return isInRange(option, static_cast<double>(*integer));
    if (const auto *number = std::get_if<double>(&value))
        return isInRange(option, *number);
    if (const auto *text = std::get_if<std::string>(&value))
        return option.choices.empty() || std::ranges::find(option.choices, *text) != option.choices.end();
    return true;
}

template <typename Number>
std::optional<AttributeValue> numberOf(const std::string &text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// A text as the kind of value that the option has.
std::optional<AttributeValue> valueOf(const AttributeSchema &option, const std::string &text)
{
    if (std::holds_alternative<std::int64_t>(option.defaultValue))
        return numberOf<std::int64_t>(text);
    if (std::holds_alternative<double>(option.defaultValue))
        return numberOf<double>(text);
    if (std::holds_alternative<std::string>(option.defaultValue))
        return text;
    if (std::holds_alternative<bool>(option.defaultValue) && (text == "true" || text == "false"))
        return text == "true";
    return std::nullopt;
}

} // namespace

Result<Attributes> completeOptions(const Format &format, const Attributes &options)
{
    for (const auto &[name, value] : options) {
        const AttributeSchema *option = findOption(format, name);
        if (!option)
            return unknownOption(format, name);
        if (!isValid(*option, value))
            return invalidOption(format, *option, describe(value));
    }
    Attributes complete = options;
    for (const AttributeSchema &option : format.options)
        complete.emplace(option.name, option.defaultValue);
    return complete;
}

Result<Attributes> parseOptions(const Format &format, const std::vector<std::string> &texts)
{
    Attributes options;
    for (const std::string &text : texts) {
        const std::string name = text.substr(0, text.find('='));
        const std::string value = text.size() > name.size() ? text.substr(name.size() + 1) : std::string();
        const AttributeSchema *option = findOption(format, name);
        if (!option)
            return unknownOption(format, name);
        const auto parsed = valueOf(*option, value);
        if (!parsed || !isValid(*option, *parsed))
            return invalidOption(format, *option, value);
        options.insert_or_assign(name, *parsed);
    }
    return options;
}

} // namespace graft
