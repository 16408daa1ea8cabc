#include "data/transform.h"

#include <nlohmann/json.hpp>

namespace graft {
namespace {

struct NumberField {
    const char *name;
    double Augmentation::*member;
    double maximum; ///< the minimum is 0
};

constexpr std::array<NumberField, 10> numberFields
    = {{{"zoom", &Augmentation::zoom, 0.9}, {"rotation", &Augmentation::rotation, 180}, {"widthShift", &Augmentation::widthShift, 1},
        {"heightShift", &Augmentation::heightShift, 1}, {"horizontalFlip", &Augmentation::horizontalFlip, 1},
        {"channelShift", &Augmentation::channelShift, 255}, {"brightness", &Augmentation::brightness, 10},
        {"contrast", &Augmentation::contrast, 10}, {"saturation", &Augmentation::saturation, 10}, {"hue", &Augmentation::hue, 0.5}}};

tl::unexpected<Error> invalid(const std::string &name, const std::string &range)
{
    return fail(ErrorCode::SettingInvalid, "The augmentation setting '" + name + "' is missing or wrong; it must be " + range + ".", name);
}

Result<void> readNumbers(const nlohmann::json &json, Augmentation &augmentation)
{
    for (const auto &field : numberFields) {
        const auto value = json.find(field.name);
        if (value == json.end() || !value->is_number() || !(value->get<double>() >= 0 && value->get<double>() <= field.maximum)) {
            std::string maximum = std::to_string(field.maximum);
            maximum.erase(maximum.find_last_not_of('0') + 1);
            return invalid(field.name, "a number from 0 to " + (maximum.back() == '.' ? maximum.substr(0, maximum.size() - 1) : maximum));
        }
        augmentation.*field.member = value->get<double>();
    }
    return {};
}

} // namespace

Augmentation noAugmentation()
{
    Augmentation none;
    none.randomResizedCrop = false;
    none.horizontalFlip = 0;
    return none;
}

bool changesPictures(const Augmentation &augmentation)
{
    Augmentation neutral = noAugmentation();
    neutral.variants = augmentation.variants;
    return augmentation != neutral;
}

nlohmann::json toJson(const Augmentation &augmentation)
{
    nlohmann::json json = {{"randomResizedCrop", augmentation.randomResizedCrop}, {"cropScale", augmentation.cropScale},
        {"fillMode", augmentation.fillMode}, {"variants", augmentation.variants}};
    for (const auto &field : numberFields)
        json[field.name] = augmentation.*field.member;
    return json;
}

Result<Augmentation> augmentationFromJson(const nlohmann::json &json)
{
    if (!json.is_object())
        return fail(ErrorCode::SettingInvalid, "The augmentation settings are not a JSON object.", "augmentation");
    Augmentation augmentation;
    const auto crop = json.find("randomResizedCrop"), scale = json.find("cropScale"), mode = json.find("fillMode");
    if (crop == json.end() || !crop->is_boolean())
        return invalid("randomResizedCrop", "true or false");
    augmentation.randomResizedCrop = crop->get<bool>();
    if (scale == json.end() || !scale->is_array() || scale->size() != 2 || !(*scale)[0].is_number() || !(*scale)[1].is_number())
        return invalid("cropScale", "two numbers");
    augmentation.cropScale = {(*scale)[0].get<double>(), (*scale)[1].get<double>()};
    if (!(augmentation.cropScale[0] > 0 && augmentation.cropScale[0] <= augmentation.cropScale[1] && augmentation.cropScale[1] <= 1))
        return invalid("cropScale", "two rising numbers above 0 and up to 1");
    if (mode == json.end() || !mode->is_string())
        return invalid("fillMode", "constant, nearest, reflect or wrap");
    augmentation.fillMode = mode->get<std::string>();
    if (augmentation.fillMode != "constant" && augmentation.fillMode != "nearest" && augmentation.fillMode != "reflect"
        && augmentation.fillMode != "wrap")
        return invalid("fillMode", "constant, nearest, reflect or wrap");
    // Runs and projects from before there were variants have none.
    if (const auto variants = json.find("variants"); variants != json.end()) {
        if (!variants->is_number_integer() || variants->get<double>() < 0 || variants->get<double>() > maximumVariants)
            return invalid("variants", "a whole number from 0 to " + std::to_string(maximumVariants));
        augmentation.variants = variants->get<int>();
    }
    if (const auto read = readNumbers(json, augmentation); !read)
        return fail(read.error());
    return augmentation;
}

} // namespace graft
