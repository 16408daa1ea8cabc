#include "formats/support/modelcard.h"

#include "core/files.h"
#include "formats/support/boundedjson.h"
#include "graph/analysis.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace graft {
namespace {

using nlohmann::json;

constexpr int largestPicture = 4096; // as Preprocessing allows

std::optional<json> jsonBeside(const std::filesystem::path &weightsFile, const char *name)
{
    const auto path = weightsFile.parent_path() / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) > largestJson || error)
        return std::nullopt;
    const auto text = readText(path);
    auto parsed = text ? parseBoundedJson(*text) : std::nullopt;
    return parsed && parsed->is_object() ? parsed : std::nullopt;
}

const json *field(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text(const json &object, const char *name)
{
    const json *found = field(object, name);
    return found && found->is_string() ? found->get<std::string>() : std::string();
}

/// A size in pixels; 0 when it is none.
int pixels(const json *value)
{
    if (!value || !value->is_number())
        return 0;
    const double number = value->get<double>();
    return number >= 1 && number <= largestPicture ? static_cast<int>(number) : 0;
}

std::optional<std::array<double, 3>> three(const json *list)
{
    if (!list || !list->is_array() || list->size() != 3)
        return std::nullopt;
    std::array<double, 3> numbers{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (!(*list)[i].is_number() || !std::isfinite((*list)[i].get<double>()))
            return std::nullopt;
        numbers[i] = (*list)[i].get<double>();
    }
    return numbers;
}

bool setColours(Preprocessing &preprocessing, const json *mean, const json *deviation)
{
    const auto means = three(mean);
    const auto deviations = three(deviation);
    if (!means || !deviations || !((*deviations)[0] > 0 && (*deviations)[1] > 0 && (*deviations)[2] > 0))
        return false;
    preprocessing.mean = *means;
    preprocessing.standardDeviation = *deviations;
    return true;
}

/// `share` of the resized picture is kept.
int resizedFor(int crop, const json *share)
{
    const double kept = share && share->is_number() ? share->get<double>() : 0.875;
    const int resized = kept > 0.1 && kept <= 1 ? static_cast<int>(std::floor(crop / kept)) : crop;
    return std::min(resized, largestPicture);
}

/// timm's: {"input_size": [3, 224, 224], "mean": …, "std": …, "crop_pct": 0.9, "interpolation": "bicubic"}.
std::optional<Preprocessing> fromTimm(const json &config)
{
    const json *nested = field(config, "pretrained_cfg");
    const json &source = nested ? *nested : config;
    const json *size = field(source, "input_size");
    Preprocessing preprocessing;
    if (!size || !size->is_array() || size->size() != 3 || !setColours(preprocessing, field(source, "mean"), field(source, "std")))
        return std::nullopt;
    preprocessing.crop = pixels(&(*size)[1]);
    preprocessing.resize = resizedFor(preprocessing.crop, field(source, "crop_pct"));
    preprocessing.interpolation = text(source, "interpolation") == "bicubic" ? "bicubic" : "bilinear";
    return preprocessing.crop > 0 ? std::optional(preprocessing) : std::nullopt;
}

/// transformers': size is a number, {"height", "width"} or {"shortest_edge"}.
std::optional<Preprocessing> fromTransformers(const json &config)
{
    Preprocessing preprocessing;
    const json *normalizes = field(config, "do_normalize");
    if (normalizes && normalizes->is_boolean() && !normalizes->get<bool>()) {
        preprocessing.mean = {0, 0, 0};
        preprocessing.standardDeviation = {1, 1, 1};
    } else if (!setColours(preprocessing, field(config, "image_mean"), field(config, "image_std"))) {
        return std::nullopt;
    }
    constexpr int bicubic = 3; // PIL's number
    preprocessing.interpolation = pixels(field(config, "resample")) == bicubic ? "bicubic" : "bilinear";
    const json *size = field(config, "size");
    const int shortest = size && size->is_object() ? pixels(field(*size, "shortest_edge")) : 0;
    const int straight = size && size->is_object() ? pixels(field(*size, "height")) : pixels(size);
    const json *cropSize = field(config, "crop_size");
    const int crop = cropSize && cropSize->is_object() ? pixels(field(*cropSize, "height")) : pixels(cropSize);
    const json *crops = field(config, "do_center_crop");
    constexpr int convNeXtWarps = 384; // from this size on its processor crops nothing
    preprocessing.resize = 0;
    if (const json *share = field(config, "crop_pct"); share || (shortest > 0 && crop == 0)) {
        preprocessing.crop = shortest > 0 ? shortest : straight;
        if (preprocessing.crop < convNeXtWarps)
            preprocessing.resize = resizedFor(preprocessing.crop, share);
    } else if (crop > 0 && (!crops || !crops->is_boolean() || crops->get<bool>())) {
        preprocessing.crop = crop;
        preprocessing.resize = std::max({shortest, straight, crop});
    } else {
        preprocessing.crop = straight;
    }
    return preprocessing.crop > 0 ? std::optional(preprocessing) : std::nullopt;
}

/// {"0": "tench", "1": …} or ["tench", …], when it names each class.
std::vector<std::string> classNamesOf(const json *labels, std::size_t classes)
{
    if (!labels || !(labels->is_object() || labels->is_array()) || labels->size() != classes)
        return {};
    std::vector<std::string> names(classes);
    for (const auto &[key, name] : labels->items()) {
        std::size_t index = classes;
        std::from_chars(key.data(), key.data() + key.size(), index);
        if (index >= classes || !name.is_string())
            return {};
        names[index] = name.get<std::string>();
    }
    return names;
}

/// Makes the network one for pictures of `size`, when nothing but its input's shape has to change.
void takeInputSize(Network &network, int size)
{
    const Shape now = network.inputShape();
    if (now.size() != 3 || (now[1] == size && now[2] == size))
        return;
    const auto tensors = expectedTensors(network);
    Network changed = network;
    changed.find(changed.layers().front().id)->attributes["shape"] = Shape{now[0], size, size};
    const auto changedTensors = expectedTensors(changed);
    const auto isSame = [](const auto &a, const auto &b) { return a.first == b.first && a.second.shape == b.second.shape; };
    if (tensors && changedTensors && std::ranges::equal(*tensors, *changedTensors, isSame))
        network = std::move(changed);
}

} // namespace

bool takeModelCard(ModelPackage &package, const std::filesystem::path &weightsFile)
{
    const auto config = jsonBeside(weightsFile, "config.json");
    const auto processor = jsonBeside(weightsFile, "preprocessor_config.json");
    const auto classes = static_cast<std::size_t>(classCount(package.network));
    std::vector<std::string> names = config ? classNamesOf(field(*config, "id2label"), classes) : std::vector<std::string>();
    if (config && names.empty())
        names = classNamesOf(field(*config, "label_names"), classes);
    auto preprocessing = processor ? fromTransformers(*processor) : std::nullopt;
    if (!preprocessing && config)
        preprocessing = fromTimm(*config);
    const std::string source = preprocessing && processor ? "'preprocessor_config.json'" : "'config.json'";
    if (!names.empty()) {
        package.classNames = std::move(names);
        package.remarks.emplace_back("The class names are those of 'config.json' beside the file.");
    }
    if (preprocessing) {
        package.preprocessing = *preprocessing;
        takeInputSize(package.network, preprocessing->crop);
        package.remarks.emplace_back("The preprocessing is that of " + source + " beside the file.");
    }
    if (config && text(*config, "architecture").starts_with("tf_"))
        package.remarks.emplace_back(
            "These weights were made for TensorFlow's padding, which this network does not have; check its accuracy before you use it.");
    return preprocessing.has_value();
}

} // namespace graft
