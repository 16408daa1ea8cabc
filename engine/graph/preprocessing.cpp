#include "graph/preprocessing.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

using Json = nlohmann::json;

tl::unexpected<Error> invalid(const std::string &field, const std::string &expected)
{
    return fail(ErrorCode::SettingInvalid, "The preprocessing's `" + field + "` must be " + expected + ".", field);
}

Result<int> readSize(const Json &json, const std::string &field, int minimum)
{
    constexpr int maximum = 4096;
    const std::string expected = "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum);
    const auto value = json.find(field);
    if (value == json.end() || !value->is_number_integer())
        return invalid(field, expected);
    // What is beyond int64 comes as an unsigned number: compared as a double it is out of range like any other.
    const auto size = value->get<double>();
    if (size < minimum || size > maximum)
        return invalid(field, expected);
    return static_cast<int>(size);
}

Result<std::array<double, 3>> readTriple(const Json &json, const std::string &field)
{
    const auto values = json.find(field);
    if (values == json.end() || !values->is_array() || values->size() != 3)
        return invalid(field, "three numbers");
    std::array<double, 3> result{};
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const Json &value = (*values)[channel];
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return invalid(field, "three numbers");
        result[channel] = value.get<double>();
    }
    return result;
}

} // namespace

int channelCount(const Preprocessing &preprocessing)
{
    return preprocessing.channelOrder == "L" ? 1 : 3;
}

Json toJson(const Preprocessing &preprocessing)
{
    return {{"resize", preprocessing.resize}, {"crop", preprocessing.crop}, {"interpolation", preprocessing.interpolation},
        {"channelOrder", preprocessing.channelOrder}, {"mean", preprocessing.mean}, {"standardDeviation", preprocessing.standardDeviation}};
}

Result<Preprocessing> preprocessingFromJson(const Json &json)
{
    if (!json.is_object())
        return fail(ErrorCode::SettingInvalid, "The preprocessing is not a JSON object.");
    const auto resize = readSize(json, "resize", 0);
    const auto crop = readSize(json, "crop", 1);
    const auto mean = readTriple(json, "mean");
    const auto deviation = readTriple(json, "standardDeviation");
    if (!resize)
        return fail(resize.error());
    if (!crop)
        return fail(crop.error());
    if (!mean)
        return fail(mean.error());
    if (!deviation)
        return fail(deviation.error());
    for (const double value : *deviation)
        if (value <= 0)
            return invalid("standardDeviation", "three numbers above 0");
    const auto interpolation = json.find("interpolation");
    if (interpolation == json.end() || (*interpolation != "bilinear" && *interpolation != "bicubic"))
        return invalid("interpolation", "\"bilinear\" or \"bicubic\"");
    const auto order = json.value("channelOrder", Json("RGB"));
    if (order != "RGB" && order != "BGR" && order != "L")
        return invalid("channelOrder", "\"RGB\", \"BGR\" or \"L\"");
    return Preprocessing{*resize, *crop, interpolation->get<std::string>(), *mean, *deviation, order.get<std::string>()};
}

} // namespace graft
