#include "speedcomparison.h"

#include <map>

namespace graft::cli {
namespace {

namespace fs = std::filesystem;

std::string thisProgram()
{
    return fs::read_symlink("/proc/self/exe").string();
}

fs::path cacheFolder(const SpeedComparison &comparison, const fs::path &folder)
{
    return folder / ("features-" + comparison.work.architecture + "-" + comparison.work.trained + "-" + comparison.way.variants);
}

fs::path runFolder(const fs::path &folder)
{
    return folder / "run";
}

fs::path modelFolder(const SpeedWork &work, const fs::path &folder)
{
    return folder / ("model-" + work.architecture);
}

std::vector<std::string> adaptArguments(const SpeedWork &work, const SpeedOptions &options, const fs::path &out)
{
    static const std::map<std::string, std::string> frozen
        = {{"head", "all-but-head"}, {"layer4", "conv1,bn1,layer1,layer2,layer3"}, {"all", "none"}, {"evaluate", "all-but-head"}};
    return {thisProgram(), "adapt", "--model", work.architecture + ":random", "--data", options.data, "--out", out.string(), "--freeze",
        frozen.at(work.trained), "--json"};
}

void append(std::vector<std::string> &list, const std::vector<std::string> &more)
{
    list.insert(list.end(), more.begin(), more.end());
}

} // namespace

const std::vector<SpeedComparison> &speedComparisons()
{
    static const std::vector<SpeedComparison> all = {
        {"head-resnet18-fresh", "ResNet-18, new head, fresh augmentation", {"resnet18", "head"}, {.variants = "fresh"}, 8, 3},
        {"head-resnet18-cold", "ResNet-18, new head, 4 variants, empty cache", {"resnet18", "head"}, {}, 20, 8},
        {"head-resnet18-warm", "ResNet-18, new head, 4 variants, filled cache", {"resnet18", "head"}, {.fillsCache = false}, 200, 0},
        {"head-mobilenet-cold", "MobileNetV2, new head, 4 variants, empty cache", {"mobilenet_v2", "head"}, {}, 20, 8},
        {"layer4-resnet18-cold", "ResNet-18, `layer4` and head, 4 variants, empty cache", {"resnet18", "layer4"}, {}, 4, 0},
        {"all-resnet18", "ResNet-18, everything", {"resnet18", "all"}, {}, 2, 1.1},
        {"all-mobilenet", "MobileNetV2, everything", {"mobilenet_v2", "all"}, {}, 2, 1.1},
        {"all-resnet18-fp32", "ResNet-18, everything, fp32", {"resnet18", "all"}, {.precision = "fp32"}, 1, 0},
        {"all-mobilenet-fp32", "MobileNetV2, everything, fp32", {"mobilenet_v2", "all"}, {.precision = "fp32"}, 1, 0},
        {"load-training", "decoding and augmentation", {"resnet18", "load"}, {}, 3, 0},
        {"load-validation", "decoding for validation", {"resnet18", "load-validation"}, {}, 3, 0},
        {"evaluate-resnet18", "ResNet-18, evaluation", {"resnet18", "evaluate"}, {}, 8, 0},
        {"evaluate-mobilenet", "MobileNetV2, evaluation", {"mobilenet_v2", "evaluate"}, {}, 8, 0},
    };
    return all;
}

std::vector<std::vector<std::string>> scriptFlags(const SpeedWork &work)
{
    if (work.isLoading())
        return {{}};
    return {{}, {"--channels-last"}, {"--channels-last", "--autocast"}};
}

SpeedTrial scriptTrial(const SpeedWork &work, const std::vector<std::string> &flags, const SpeedOptions &options)
{
    SpeedTrial trial;
    trial.name = "script " + work.architecture + " " + work.trained;
    for (const std::string &flag : flags)
        trial.name += " " + flag;
    trial.arguments
        = {options.python, options.script, options.data, work.architecture, work.trained, "--epochs", std::to_string(options.scriptEpochs)};
    append(trial.arguments, flags);
    trial.environment = options.scriptEnvironment;
    trial.isRate = work.isRate();
    trial.said = work.isRate() ? "picturesPerSecond" : "seconds";
    trial.share = work.isRate() ? 1 : static_cast<double>(options.scriptEpochs) / options.epochs;
    return trial;
}

SpeedTrial graftTrial(const SpeedComparison &comparison, const SpeedOptions &options, const fs::path &folder)
{
    const SpeedWork &work = comparison.work;
    SpeedTrial trial;
    trial.isRate = work.isRate();
    trial.name = "graft " + comparison.name;
    if (work.isLoading()) {
        const char *benchmark = work.trained == "load" ? "decode" : "decode-evaluation";
        trial.arguments = {thisProgram(), "bench", benchmark, "--data", options.data, "--json"};
        trial.said = "median";
    } else if (work.trained == "evaluate") {
        trial.arguments = {thisProgram(), "evaluate", "--model", (modelFolder(work, folder) / "model.safetensors").string(), "--data",
            options.data, "--json"};
        trial.said = "picturesPerSecond";
    } else {
        trial.arguments = adaptArguments(work, options, runFolder(folder));
        trial.said = "seconds";
        append(trial.arguments,
            {"--epochs", std::to_string(options.epochs), "--variants", comparison.way.variants, "--precision", comparison.way.precision,
                "--feature-cache", cacheFolder(comparison, folder).string()});
    }
    return trial;
}

Result<void> prepareFor(const SpeedComparison &comparison, const SpeedOptions &options, const fs::path &folder)
{
    std::error_code ignored;
    fs::remove_all(runFolder(folder), ignored);
    if (comparison.way.fillsCache)
        fs::remove_all(cacheFolder(comparison, folder), ignored);
    if (comparison.work.trained != "evaluate" || fs::exists(modelFolder(comparison.work, folder)))
        return {};
    SpeedTrial trial;
    trial.name = "training the model to be evaluated";
    trial.arguments = adaptArguments(comparison.work, options, modelFolder(comparison.work, folder));
    append(trial.arguments, {"--epochs", "1", "--feature-cache", "off"});
    trial.said = "seconds";
    const auto trained = runTrial(trial, folder);
    return trained ? Result<void>() : fail(trained.error());
}

} // namespace graft::cli
