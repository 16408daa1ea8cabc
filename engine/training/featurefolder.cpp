#include "training/featurefolder.h"

#include "core/cachefolder.h"
#include "core/files.h"
#include "core/temporaryname.h"

#include <algorithm>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t cacheVersion = 1; // raised when the same set would hold other values
constexpr std::size_t maximumLayers = 4096, maximumDimensions = 8;
constexpr std::int64_t maximumElements = std::int64_t{1} << 31; // of a record
constexpr std::uintmax_t largestSetFile = std::uintmax_t{1} << 20;

const char *const setFile = "set.json";

nlohmann::json toJson(const FeatureSet &set)
{
    nlohmann::json layers = nlohmann::json::array();
    for (std::size_t i = 0; i < set.layers.size(); ++i)
        layers.push_back({{"digest", hex(set.layers[i])}, {"shape", set.shapes[i]}});
    return {{"version", cacheVersion}, {"pictures", hex(set.pictures)}, {"type", name(set.type)}, {"layers", std::move(layers)}};
}

/// Whether a network could have outputs of these shapes: what they take is not too much for a number.
bool areSensible(const std::vector<Shape> &shapes)
{
    std::int64_t left = maximumElements;
    for (const Shape &shape : shapes) {
        std::int64_t elements = 1;
        if (shape.size() > maximumDimensions)
            return false;
        for (const std::int64_t size : shape) {
            if (size < 1 || size > maximumElements / elements)
                return false;
            elements *= size;
        }
        left -= elements;
        if (left < 0)
            return false;
    }
    return true;
}

bool areDifferent(std::vector<Digest> digests)
{
    std::ranges::sort(digests);
    return std::ranges::adjacent_find(digests) == digests.end();
}

/// A set without layers for anything that is none.
FeatureSet setFromJson(const nlohmann::json &json)
{
    FeatureSet set;
    try {
        if (json.at("version").get<std::uint64_t>() != cacheVersion || json.at("layers").size() > maximumLayers)
            return {};
        set.pictures = digestFromHex(json.at("pictures").get<std::string>());
        set.type = json.at("type").get<std::string>() == name(DType::BFloat16) ? DType::BFloat16 : DType::Float32;
        for (const nlohmann::json &layer : json.at("layers")) {
            set.layers.push_back(digestFromHex(layer.at("digest").get<std::string>()));
            set.shapes.push_back(layer.at("shape").get<Shape>());
        }
    } catch (const nlohmann::json::exception &) {
        return {};
    }
    return areSensible(set.shapes) && areDifferent(set.layers) ? set : FeatureSet{};
}

/// The folders of sets, by their time of last use; with what Graft itself has put there.
struct KeptFolder {
    fs::path path;
    fs::file_time_type used;
    std::vector<fs::path> files;
    std::int64_t bytes = 0;
};

/// The cache may lie in a folder of the person's own: what bears another name is not touched.
bool isOurs(const fs::directory_entry &file)
{
    const std::string name = file.path().filename().string();
    std::error_code error;
    return (name == setFile || nameBehindTemporary(name) == setFile || file.path().extension() == segmentExtension)
        && file.symlink_status(error).type() == fs::file_type::regular;
}

KeptFolder keptFolder(const fs::path &path)
{
    std::error_code error;
    KeptFolder kept{path, fs::last_write_time(path / setFile, error), {}, 0};
    if (error)
        kept.used = fs::file_time_type::min();
    error.clear();
    for (fs::directory_iterator file(path, error), end; !error && file != end; file.increment(error)) {
        if (!isOurs(*file))
            continue;
        std::error_code vanished;
        const auto size = file->file_size(vanished);
        kept.files.push_back(file->path());
        kept.bytes += vanished ? 0 : static_cast<std::int64_t>(size);
    }
    return kept;
}

std::vector<KeptFolder> keptFolders(const fs::path &cache)
{
    std::vector<KeptFolder> result;
    std::error_code error;
    for (fs::directory_iterator folder(cache, error), end; !error && folder != end; folder.increment(error)) {
        std::error_code vanished;
        if (digestFromHex(folder->path().filename().string()).isNull()
            || folder->symlink_status(vanished).type() != fs::file_type::directory)
            continue;
        if (KeptFolder kept = keptFolder(folder->path()); !kept.files.empty())
            result.push_back(std::move(kept));
    }
    std::ranges::sort(result, {}, &KeptFolder::used);
    return result;
}

/// The folder goes too unless something else lies in it.
std::error_code remove(const KeptFolder &kept)
{
    std::error_code failed;
    for (const fs::path &file : kept.files) {
        std::error_code error;
        fs::remove(file, error);
        if (error)
            failed = error;
    }
    std::error_code notEmpty;
    fs::remove(kept.path, notEmpty);
    return failed;
}

std::int64_t sumOfBytes(const std::vector<KeptFolder> &folders)
{
    std::int64_t sum = 0;
    for (const KeptFolder &folder : folders)
        sum += folder.bytes;
    return sum;
}

} // namespace

fs::path defaultFeatureFolder()
{
    return cacheFolder() / "features";
}

std::int64_t defaultFeatureLimit(const fs::path &folder)
{
    return sensibleCacheLimit(folder, featureCacheBytes(folder));
}

std::int64_t featureCacheBytes(const fs::path &folder)
{
    return sumOfBytes(keptFolders(folder));
}

Result<void> clearFeatureCache(const fs::path &folder)
{
    for (const KeptFolder &kept : keptFolders(folder)) {
        if (const std::error_code error = remove(kept))
            return fail(ErrorCode::FileUnwritable,
                "'" + kept.path.string() + "' cannot be removed (" + error.message() + "); remove the folder by hand.", kept.path.string());
    }
    return {};
}

Digest FeatureSet::key() const
{
    Hasher hasher;
    hasher.add(cacheVersion).add(pictures).add(name(type));
    for (std::size_t i = 0; i < layers.size(); ++i)
        hasher.add(layers[i]).add(std::as_bytes(std::span(shapes[i])));
    return hasher.digest();
}

std::size_t FeatureSet::recordBytes() const
{
    std::size_t bytes = 0;
    for (const Shape &shape : shapes)
        bytes += static_cast<std::size_t>(elementCount(shape)) * byteSize(type);
    return bytes;
}

fs::path folderOf(const FeatureSet &set, const fs::path &cache)
{
    return cache / hex(set.key());
}

Result<void> openSetFolder(const FeatureSet &set, const fs::path &cache)
{
    const fs::path folder = folderOf(set, cache);
    if (auto made = makeFolder(folder); !made)
        return made;
    const fs::path file = folder / setFile;
    if (::utimensat(AT_FDCWD, file.c_str(), nullptr, 0) == 0)
        return {};
    return writeText(file, toJson(set).dump());
}

std::vector<FeatureSet> keptSets(const fs::path &cache)
{
    std::vector<FeatureSet> result;
    for (const KeptFolder &kept : keptFolders(cache)) {
        std::error_code error;
        if (const auto size = fs::file_size(kept.path / setFile, error); error || size > largestSetFile)
            continue;
        const auto text = readText(kept.path / setFile);
        FeatureSet set = text ? setFromJson(nlohmann::json::parse(*text, nullptr, false)) : FeatureSet{};
        if (!set.layers.empty() && hex(set.key()) == kept.path.filename().string())
            result.push_back(std::move(set));
    }
    return result;
}

bool makeRoom(const FeatureCacheSettings &settings, const FeatureSet &kept, std::int64_t bytes)
{
    const std::int64_t limit = settings.limitBytes > 0 ? settings.limitBytes : defaultFeatureLimit(settings.folder);
    const auto folders = keptFolders(settings.folder);
    std::int64_t sum = sumOfBytes(folders);
    for (const KeptFolder &folder : folders) {
        if (sum + bytes <= limit)
            break;
        if (folder.path == folderOf(kept, settings.folder))
            continue;
        sum -= remove(folder) ? 0 : folder.bytes;
    }
    return sum + bytes <= limit;
}

} // namespace graft
