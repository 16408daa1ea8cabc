#include "core/files.h"
#include "formats/format.h"
#include "formats/keras/kerasimport.h"
#include "formats/support/boundedjson.h"
#include "formats/support/filename.h"
#include "formats/support/zipdirectory.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

/// Keras' whole models: `.h5` of Keras 1 to 3 and the `.keras` archive. Nothing in them is run.
namespace graft::fileformats::keras {
namespace {

using namespace graft::keras;

constexpr std::size_t largestConfiguration = 4 << 20; // EfficientNet-B7's has 0.6 MB

std::string_view textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

bool isHdf5(std::span<const std::byte> head)
{
    return textOf(head).starts_with(hdf5Signature);
}

/// A zip archive whose first record is one of Keras'.
bool isArchive(std::span<const std::byte> head)
{
    constexpr std::size_t headerBytes = 30, sizeAt = 26;
    const std::string_view text = textOf(head);
    if (!text.starts_with("PK\x03\x04") || text.size() < headerBytes)
        return false;
    std::uint16_t nameBytes = 0;
    std::memcpy(&nameBytes, head.data() + sizeAt, sizeof(nameBytes));
    const std::string_view name = text.substr(headerBytes, nameBytes);
    return name == "metadata.json" || name == "config.json" || name == "model.weights.h5";
}

bool recognises(std::span<const std::byte> head, std::uint64_t)
{
    return isHdf5(head) || isArchive(head);
}

Result<KerasModel> modelFrom(std::string_view text, const std::string &subject)
{
    const auto json = parseBoundedJson(text, largestConfiguration);
    if (!json)
        return fail(ErrorCode::FileCorrupt,
            "'" + fileName(subject) + "' is damaged: its model configuration is no JSON of a sensible size; get the file again.", subject);
    return parseModel(*json, subject);
}

/// "2" for "2.13.1"; what is older than 2 is like it.
int majorVersion(const std::string &version)
{
    return !version.empty() && version.front() >= '3' && version.front() <= '9' ? 3 : 2;
}

Result<FileContents> readWholeModel(const Hdf5Node &root, const std::string &subject)
{
    const std::string configuration = root.text("model_config");
    if (configuration.empty())
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject)
                + "' is an HDF5 file without a Keras model's configuration, such as bare weights; save the whole model with "
                  "`model.save(\"model.h5\")`.",
            subject);
    const auto model = modelFrom(configuration, subject);
    if (!model)
        return fail(model.error());
    const Hdf5Node *group = root.child("model_weights");
    return importModel(*model, KerasWeights::byName(group ? *group : root),
        {.kerasVersion = majorVersion(root.text("keras_version")), .subject = subject});
}

Result<FileContents> readArchive(const std::shared_ptr<const MappedFile> &file, const std::string &subject)
{
    const auto zip = ZipDirectory::open(file, subject);
    if (!zip)
        return fail(zip.error());
    const auto configuration = zip->record("config.json");
    if (!configuration)
        return fail(configuration.error());
    const auto model = modelFrom(textOf(*configuration), subject);
    if (!model)
        return fail(model.error());
    const auto weights = zip->record("model.weights.h5");
    if (!weights)
        return fail(weights.error());
    const auto root = readHdf5(*weights, file, subject);
    if (!root)
        return fail(root.error());
    int version = 3;
    if (zip->contains("metadata.json")) {
        const auto text = zip->record("metadata.json");
        const auto metadata = text ? parseBoundedJson(textOf(*text), largestConfiguration) : std::nullopt;
        if (metadata && metadata->is_object() && metadata->contains("keras_version") && metadata->at("keras_version").is_string())
            version = majorVersion(metadata->at("keras_version").get<std::string>());
    }
    return importModel(*model, KerasWeights::byOrder(**root, *model), {.kerasVersion = version, .subject = subject});
}

Result<FileContents> read(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    try {
        if (!isHdf5((*file)->bytes()))
            return readArchive(*file, path.string());
        const auto root = readHdf5((*file)->bytes(), *file, path.string());
        if (!root)
            return fail(root.error());
        return readWholeModel(**root, path.string());
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::FileCorrupt,
            "'" + fileName(path) + "' is damaged: its model configuration is not what Keras writes; get the file again.", path.string());
    }
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "keras",
        .title = "Keras model",
        .extensions = {"keras", "h5", "hdf5"},
        .recognises = recognises,
        .read = read,
        .write = nullptr});
}

} // namespace graft::fileformats::keras
