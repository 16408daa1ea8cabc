#include "document/runplan.h"
#include "core/files.h"
#include "formats/format.h"
#include "training/checkpoint.h"

#include <nlohmann/json.hpp>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr auto planFile = "plan.json";
constexpr auto checkpointFile = "checkpoint.safetensors";

Result<RunPlan> planFromJson(const nlohmann::json &json, const std::string &subject)
{
    RunPlan plan;
    FileContents contents;
    contents.metadata = json.at("model").get<std::map<std::string, std::string>>();
    plan.dataFolder = json.at("dataFolder").get<std::string>();
    plan.validationShare = json.at("validationShare").get<double>();
    auto augmentation = augmentationFromJson(json.at("augmentation"));
    if (!augmentation)
        return fail(augmentation.error());
    auto config = trainingConfigFromJson(json.at("config"));
    if (!config)
        return fail(config.error());
    auto checkpoint = readCheckpoint(fs::path(subject).parent_path() / checkpointFile);
    if (!checkpoint)
        return fail(checkpoint.error());
    contents.tensors = std::move(checkpoint->weights);
    auto package = packageFromMetadata(contents, subject);
    if (!package)
        return fail(package.error());
    plan.package = std::move(*package);
    plan.augmentation = *augmentation;
    plan.config = *config;
    plan.epochs = std::move(checkpoint->epochs);
    return plan;
}

} // namespace

Result<void> writeRunPlan(const fs::path &folder, const RunPlan &plan)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    ModelPackage package = plan.package;
    package.weights = {};
    try {
        const nlohmann::json json
            = {{"format", "graft-run-plan"}, {"version", 1}, {"model", packageMetadata(package)}, {"dataFolder", plan.dataFolder.string()},
                {"validationShare", plan.validationShare}, {"augmentation", toJson(plan.augmentation)}, {"config", toJson(plan.config)}};
        return writeText(folder / planFile, json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    } catch (const nlohmann::json::exception &exception) {
        return fail(ErrorCode::Internal, std::string("The run's plan cannot be written down: ") + exception.what(), folder.string());
    }
}

Result<RunPlan> readRunPlan(const fs::path &folder)
{
    const fs::path file = folder / planFile;
    auto text = readText(file);
    if (!text)
        return fail(text.error());
    try {
        return planFromJson(nlohmann::json::parse(*text), file.string());
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::FileCorrupt, "'" + file.string() + "' is not a plan that Graft wrote; start a new run.", file.string());
    }
}

fs::path newRunFolder(const fs::path &base, const std::string &date, const std::string &name)
{
    const std::string stem = date + " " + name;
    fs::path folder = base / stem;
    std::error_code error;
    for (int number = 2; fs::exists(folder, error); ++number)
        folder = base / (stem + " (" + std::to_string(number) + ")");
    return folder;
}

std::optional<fs::path> lastRunFolder(const fs::path &base)
{
    std::optional<fs::path> last;
    fs::file_time_type lastTime;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(base, error)) {
        const auto time = fs::last_write_time(entry.path() / checkpointFile, error);
        if (error || !fs::exists(entry.path() / planFile, error))
            continue;
        if (!last || time > lastTime) {
            last = entry.path();
            lastTime = time;
        }
    }
    return last;
}

} // namespace graft
