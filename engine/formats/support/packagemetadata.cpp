#include "architectures/architecture.h"
#include "formats/format.h"
#include "formats/packagedescription.h"
#include "formats/support/boundedjson.h"
#include "formats/support/filename.h"
#include "graph/networkjson.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

constexpr std::string_view metadataKey = "graft";
constexpr int version = 1;
constexpr int maximumDepth = 32;

tl::unexpected<Error> damaged(const std::string &subject, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt,
        "'" + fileName(subject) + "' is damaged: Graft's own description in it " + what + "; get the file again.", subject);
}

std::string textField(const nlohmann::json &json, const char *name)
{
    const auto field = json.find(name);
    return field != json.end() && field->is_string() ? field->get<std::string>() : std::string();
}

Result<std::vector<std::string>> classNamesOf(const nlohmann::json &json, const std::string &subject)
{
    const auto field = json.find("classNames");
    if (field == json.end())
        return std::vector<std::string>();
    if (!field->is_array() || !std::ranges::all_of(*field, [](const auto &name) { return name.is_string(); }))
        return damaged(subject, "has no proper class names");
    return field->get<std::vector<std::string>>();
}

/// All but the weights. `known` is the network of files that bring one of their own.
Result<ModelPackage> descriptionOf(const nlohmann::json &json, const std::optional<Network> &known, const std::string &subject)
{
    if (!json.is_object() || !(json.contains("network") || known) || !json.contains("preprocessing"))
        return damaged(subject, "is not complete");
    if (const auto field = json.find("version"); field == json.end() || !field->is_number_integer() || field->get<std::int64_t>() > version)
        return fail(ErrorCode::FormatUnknown, "'" + fileName(subject) + "' was written by a newer Graft; open it with that one.", subject);
    ModelPackage package;
    auto network = known ? Result<Network>(*known) : networkFromJson(json["network"]);
    if (!network)
        return damaged(subject, "holds a network that cannot be used (" + network.error().message + ")");
    auto preprocessing = preprocessingFromJson(json["preprocessing"]);
    if (!preprocessing)
        return damaged(subject, "holds preprocessing that cannot be used (" + preprocessing.error().message + ")");
    auto classNames = classNamesOf(json, subject);
    if (!classNames)
        return fail(classNames.error());
    if (const auto field = json.find("labelSets"); field != json.end()) {
        auto sets = labelSetsFromJson(*field, classNames->size());
        if (!sets)
            return damaged(subject, "has no proper label sets");
        package.labelSets = std::move(*sets);
    }
    package.network = std::move(*network);
    package.preprocessing = *preprocessing;
    package.classNames = std::move(*classNames);
    package.origin = textField(json, "origin");
    package.licence = textField(json, "licence");
    return package;
}

Result<ModelPackage> readDescription(
    const std::map<std::string, std::string> &metadata, const std::optional<Network> &known, const std::string &subject)
{
    const auto text = metadata.find(std::string(metadataKey));
    if (text == metadata.end())
        return damaged(subject, "is missing");
    try {
        const auto json = parseBoundedJson(text->second, largestJson, maximumDepth);
        if (!json)
            return damaged(subject, "is not what Graft writes");
        return descriptionOf(*json, known, subject);
    } catch (const nlohmann::json::exception &) {
        return damaged(subject, "is not what Graft writes");
    }
}

} // namespace

std::map<std::string, std::string> packageMetadata(const ModelPackage &package)
{
    nlohmann::json json
        = {{"version", version}, {"network", toJson(package.network)}, {"preprocessing", toJson(package.preprocessing)},
            {"classNames", package.classNames}, {"origin", package.origin}, {"licence", package.licence}};
    if (!package.labelSets.empty())
        json["labelSets"] = toJson(package.labelSets);
    // Class names come from folder names, which need not be text.
    return {{std::string(metadataKey), json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)}};
}

Result<ModelPackage> describedPackage(const std::map<std::string, std::string> &metadata, const std::string &subject)
{
    return readDescription(metadata, std::nullopt, subject);
}

Result<ModelPackage> packageFromMetadata(const FileContents &contents, const std::string &subject)
{
    auto package = readDescription(contents.metadata, contents.network, subject);
    if (!package)
        return package;
    auto weights = fitWeights(package->network, contents.tensors, subject);
    if (!weights)
        return fail(weights.error());
    package->weights = std::move(*weights);
    return package;
}

} // namespace graft
