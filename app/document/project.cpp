#include "document/project.h"
#include "core/strangetext.h"
#include "formats/packagedescription.h"
#include "formats/safetensors.h"
#include "formats/support/boundedjson.h"
#include "formats/support/detached.h"
#include "graph/networkjson.h"
#include "graph/overview.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr auto projectKey = "graft-project";
constexpr int version = 1;

std::string nameOf(const fs::path &file)
{
    return inQuotes(file.filename().string(), '\'');
}

tl::unexpected<Error> damaged(const fs::path &file, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt, nameOf(file) + " is damaged: " + what + "; open another copy of the project.", file.string());
}

/// Where a folder lies as seen from the project file, for those that are moved together; empty when they have nothing in common.
std::string fromHere(const fs::path &folder, const fs::path &file)
{
    if (folder.empty() || !file.is_absolute())
        return {};
    const fs::path relative = folder.lexically_relative(file.parent_path());
    return relative.empty() || relative.begin()->string() == ".." ? std::string() : relative.string();
}

fs::path foundFolder(const json &data, const fs::path &file)
{
    const fs::path folder = data.at("folder").get<std::string>();
    const std::string relative = data.value("folderFromHere", std::string());
    std::error_code error;
    if (relative.empty() || fs::is_directory(folder, error))
        return folder;
    const fs::path moved = (file.parent_path() / relative).lexically_normal();
    return fs::is_directory(moved, error) ? moved : folder;
}

json recordToJson(const TrainingRecord &record)
{
    return {{"network", toJson(record.network)}, {"dataFolder", record.dataFolder.string()}, {"validationShare", record.validationShare},
        {"config", toJson(record.config)}, {"augmentation", toJson(record.augmentation)}, {"preprocessing", toJson(record.preprocessing)},
        {"runFolder", record.runFolder.string()}, {"bestEpoch", record.bestEpoch}};
}

double shareOf(const json &field)
{
    const double share = field.get<double>();
    return std::isfinite(share) ? std::clamp(share, 0.0, 0.9) : 0.2;
}

/// The settings that a project and the record of its run have in common.
template <typename Settings>
Result<void> readSettings(const json &fields, Settings &settings)
{
    auto config = trainingConfigFromJson(fields.at("config"));
    if (!config)
        return fail(config.error());
    auto augmentation = augmentationFromJson(fields.at("augmentation"));
    if (!augmentation)
        return fail(augmentation.error());
    settings.config = *config;
    settings.augmentation = *augmentation;
    settings.validationShare = shareOf(fields.at("validationShare"));
    return {};
}

Result<TrainingRecord> recordFromJson(const json &fields)
{
    TrainingRecord record;
    auto network = networkFromJson(fields.at("network"));
    if (!network)
        return fail(network.error());
    auto preprocessing = preprocessingFromJson(fields.at("preprocessing"));
    if (!preprocessing)
        return fail(preprocessing.error());
    if (auto read = readSettings(fields, record); !read)
        return fail(read.error());
    record.network = std::move(*network);
    record.preprocessing = *preprocessing;
    record.dataFolder = fields.at("dataFolder").get<std::string>();
    record.runFolder = fields.at("runFolder").get<std::string>();
    record.bestEpoch = fields.at("bestEpoch").get<int>();
    return record;
}

/// Only what the network can use: of the type that weights have at rest, and of the shape that the layer expects where that is known.
Result<StateDict> usableWeights(const Network &network, const StateDict &tensors, const fs::path &file)
{
    std::map<std::string, Shape> expected;
    if (const auto figures = overview(network))
        for (std::size_t i = 0; i < figures->layers.size(); ++i)
            for (const TensorSpec &spec : figures->layers[i].tensors)
                expected.emplace(tensorName(network.layers()[i], spec), spec.shape);
    StateDict usable;
    for (const auto &[name, tensor] : tensors.entries()) {
        if (tensor.type() != DType::Float32 && tensor.type() != DType::Int64)
            return damaged(file, "the tensor " + inQuotes(name, '\'') + " is of a type that no project has");
        const auto shape = expected.find(name);
        if (shape == expected.end() || shape->second == tensor.shape())
            usable.set(name, tensor);
    }
    return usable;
}

Result<Project> projectFromJson(const json &fields, const fs::path &file)
{
    Project project;
    if (auto read = readSettings(fields, project); !read)
        return fail(read.error());
    if (const auto model = fields.find("model"); model != fields.end()) {
        auto preprocessing = preprocessingFromJson(model->at("originalPreprocessing"));
        if (!preprocessing)
            return fail(preprocessing.error());
        project.originalPreprocessing = *preprocessing;
        project.modelFile = model->at("file").get<std::string>();
        project.seed = model->at("seed").get<std::uint64_t>();
        project.selection = model->at("selection").get<std::vector<std::string>>();
    }
    if (const auto data = fields.find("data"); data != fields.end())
        project.dataFolder = foundFolder(*data, file);
    if (const auto record = fields.find("training"); record != fields.end()) {
        auto training = recordFromJson(*record);
        if (!training)
            return fail(training.error());
        project.training = std::move(*training);
    }
    return project;
}

} // namespace

std::map<std::string, std::string> projectMetadata(const Project &project, const fs::path &file)
{
    json fields = {{"format", projectKey}, {"version", version}, {"validationShare", project.validationShare},
        {"config", toJson(project.config)}, {"augmentation", toJson(project.augmentation)}};
    if (!project.dataFolder.empty())
        fields["data"] = {{"folder", project.dataFolder.string()}, {"folderFromHere", fromHere(project.dataFolder, file)}};
    std::map<std::string, std::string> metadata;
    if (!project.package.network.empty()) {
        fields["model"] = {{"originalPreprocessing", toJson(project.originalPreprocessing)}, {"file", project.modelFile.string()},
            {"selection", project.selection}, {"seed", project.seed}};
        if (project.training)
            fields["training"] = recordToJson(*project.training);
        metadata = packageMetadata(project.package);
    }
    // Paths need not be text.
    metadata[projectKey] = fields.dump(-1, ' ', false, json::error_handler_t::replace);
    return metadata;
}

Result<Project> projectFromMetadata(const std::map<std::string, std::string> &metadata, StateDict tensors, const fs::path &file)
{
    const auto text = metadata.find(projectKey);
    if (text == metadata.end())
        return fail(ErrorCode::FormatUnknown, nameOf(file) + " is no project of Graft's; open it as a model instead.", file.string());
    const auto fields = parseBoundedJson(text->second);
    if (!fields || !fields->is_object())
        return damaged(file, "its description is not what Graft writes");
    try {
        if (fields->at("version").get<std::int64_t>() > version)
            return fail(ErrorCode::FormatUnknown, nameOf(file) + " was written by a newer Graft; open it with that one.", file.string());
        auto project = projectFromJson(*fields, file);
        if (!project)
            return damaged(file, "its description cannot be used (" + project.error().message + ")");
        if (!fields->contains("model"))
            return project;
        auto package = describedPackage(metadata, file.string());
        if (!package)
            return fail(package.error());
        auto weights = usableWeights(package->network, tensors, file);
        if (!weights)
            return fail(weights.error());
        project->package = std::move(*package);
        project->package.weights = std::move(*weights);
        return project;
    } catch (const json::exception &) {
        return damaged(file, "its description is not what Graft writes");
    }
}

Result<void> writeProject(const fs::path &path, const Project &project)
{
    try {
        std::error_code error;
        FileContents contents;
        contents.metadata = projectMetadata(project, fs::absolute(path, error));
        contents.tensors = project.package.weights;
        return writeSafetensors(path, contents);
    } catch (const json::exception &exception) {
        return fail(ErrorCode::Internal, std::string("The project cannot be written down: ") + exception.what(), path.string());
    }
}

Result<Project> readProject(const fs::path &path)
{
    try {
        auto contents = readSafetensors(path);
        if (!contents)
            return fail(contents.error().code, asSentence(contents.error().message), path.string());
        std::error_code error;
        auto project = projectFromMetadata(contents->metadata, std::move(contents->tensors), fs::absolute(path, error));
        if (project)
            project->package.weights = detached(project->package.weights);
        else
            project.error().message = asSentence(std::move(project.error().message));
        return project;
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, "There is not enough memory to open " + nameOf(path) + "; close other programs and try again.",
            path.string());
    }
}

} // namespace graft
