#include "graph/preprocessingpresets.h"

#include "core/files.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

PreprocessingPreset preset(std::string name, std::string help, std::array<double, 3> mean, double deviation, std::string channelOrder)
{
    Preprocessing preprocessing;
    preprocessing.mean = mean;
    preprocessing.standardDeviation = {deviation, deviation, deviation};
    preprocessing.channelOrder = std::move(channelOrder);
    return {std::move(name), std::move(help), preprocessing};
}

} // namespace

const std::vector<PreprocessingPreset> &preprocessingPresets()
{
    static const std::vector<PreprocessingPreset> all = {
        {"imagenet", "PyTorch's: RGB from 0 to 1, less ImageNet's mean, divided by its deviation.", Preprocessing()},
        preset("caffe", "Caffe's: BGR from 0 to 255, less 104, 117 and 123.", {104.0 / 255, 117.0 / 255, 123.0 / 255}, 1.0 / 255, "BGR"),
        preset("tensorflow", "TensorFlow's: RGB from -1 to 1.", {0.5, 0.5, 0.5}, 0.5, "RGB"),
        preset("none", "RGB from 0 to 1.", {0, 0, 0}, 1, "RGB"),
    };
    return all;
}

Result<Preprocessing> choosePreprocessing(const std::string &nameOrFile, const Preprocessing &current)
{
    const auto &presets = preprocessingPresets();
    const auto known = std::ranges::find(presets, nameOrFile, &PreprocessingPreset::name);
    if (known != presets.end()) {
        Preprocessing chosen = known->preprocessing;
        chosen.resize = current.resize;
        chosen.crop = current.crop;
        chosen.interpolation = current.interpolation;
        return chosen;
    }
    const auto text = readText(nameOrFile);
    if (!text)
        return fail(text.error().code,
            "'" + nameOrFile + "' is neither a file nor one of imagenet, caffe, tensorflow and none; choose one of these.", nameOrFile);
    return preprocessingFromJson(nlohmann::json::parse(*text, nullptr, false));
}

} // namespace graft
