#include "formats/support/pythontext.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

/// The shortest text that is the same number again; always with a point or an exponent, so that it stays a float.
std::string numberText(double value)
{
    if (std::isinf(value))
        return value > 0 ? "float(\"inf\")" : "-float(\"inf\")";
    if (std::isnan(value))
        return "float(\"nan\")";
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    std::string result(text, end);
    return result.find_first_of(".e") == std::string::npos ? result + ".0" : result;
}

std::string tuple(const std::vector<std::int64_t> &values)
{
    std::string text;
    for (const std::int64_t value : values)
        text += (text.empty() ? "" : ", ") + std::to_string(value);
    return "(" + text + (values.size() == 1 ? ",)" : ")");
}

} // namespace

std::string toPython(const std::string &text)
{
    // JSON's escapes are Python's too; what is no UTF-8 is replaced, as a script that is none cannot be read.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string toPython(const AttributeValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "True" : "False";
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        return std::to_string(*integer);
    if (const auto *number = std::get_if<double>(&value))
        return numberText(*number);
    if (const auto *text = std::get_if<std::string>(&value))
        return toPython(*text);
    return tuple(std::get<std::vector<std::int64_t>>(value));
}

} // namespace graft
