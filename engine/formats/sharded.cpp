#include "core/files.h"
#include "core/strangetext.h"
#include "formats/format.h"
#include "formats/support/boundedjson.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <nlohmann/json.hpp>

/// A model in several files, as HuggingFace's libraries write large ones: `model.safetensors.index.json` tells which tensor is in which of
/// the files beside it.
namespace graft::fileformats::sharded {
namespace {

constexpr std::size_t mostShards = 1024;

bool recognises(std::span<const std::byte> head, std::uint64_t)
{
    const std::string_view text(reinterpret_cast<const char *>(head.data()), head.size());
    const auto start = text.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && text[start] == '{' && text.find("\"weight_map\"") != std::string_view::npos;
}

tl::unexpected<Error> damaged(const std::string &subject, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged: " + what + "; get the file again.", subject);
}

/// A file beside the index: nothing that leads elsewhere.
bool isPlainName(std::string_view name)
{
    const bool isText
        = std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '/' || c == '\\' || c == ':'; });
    constexpr std::size_t longest = 200;
    return isText && name.size() <= longest && (name.ends_with(".safetensors") || name.ends_with(".bin")) && !name.starts_with('.');
}

/// File → the tensors in it.
using Shards = std::map<std::string, std::vector<std::string>>;

Result<Shards> shardsOf(std::string_view text, const std::string &subject)
{
    const auto json = parseBoundedJson(text);
    if (!json || !json->is_object() || !json->contains("weight_map") || !json->at("weight_map").is_object())
        return damaged(subject, "it is no list of a model's files");
    Shards shards;
    for (const auto &[tensor, file] : json->at("weight_map").items()) {
        if (!file.is_string() || !isPlainName(file.get_ref<const std::string &>()))
            return fail(ErrorCode::FileRefused,
                "'" + fileName(subject) + "' names a file that is no .safetensors or .bin file beside it, so it was not opened.", subject);
        shards[file.get<std::string>()].push_back(tensor);
        if (shards.size() > mostShards)
            return damaged(subject, "it names more than " + std::to_string(mostShards) + " files");
    }
    if (shards.empty())
        return damaged(subject, "it names no file");
    return shards;
}

Result<FileContents> readShard(const std::filesystem::path &path, const std::string &indexName)
{
    const auto file = MappedFile::open(path);
    if (!file && file.error().code == ErrorCode::FileNotFound)
        return fail(ErrorCode::FileNotFound,
            "'" + indexName + "' needs '" + fileName(path) + "', which is not beside it; put that file into the same folder.",
            path.string());
    if (!file)
        return fail(file.error());
    const auto bytes = (*file)->bytes();
    for (const char *name : {"safetensors", "pth"})
        if (const Format *format = formats().find(name); format->recognises(bytes, bytes.size()))
            return format->read(path);
    return fail(ErrorCode::FormatUnknown, "'" + fileName(path) + "' is no .safetensors or .bin file; get the file again.", path.string());
}

Result<FileContents> readAll(const std::filesystem::path &path, const Shards &shards)
{
    FileContents all;
    for (const auto &[name, tensorNames] : shards) {
        const auto shard = readShard(path.parent_path() / name, fileName(path));
        if (!shard)
            return fail(shard.error());
        for (const std::string &tensorName : tensorNames) {
            const Tensor *tensor = shard->tensors.find(tensorName);
            if (!tensor)
                return damaged(path.string(),
                    "it says that " + inQuotes(tensorName, '\'') + " is in " + inQuotes(name, '\'') + ", which has no such tensor");
            all.tensors.set(tensorName, *tensor);
        }
    }
    return all;
}

Result<FileContents> read(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    const auto bytes = (*file)->bytes();
    const auto shards = shardsOf({reinterpret_cast<const char *>(bytes.data()), bytes.size()}, path.string());
    if (!shards)
        return fail(shards.error());
    return readAll(path, *shards);
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "sharded",
        .title = "Model in several files (index.json)",
        .extensions = {"json"},
        .recognises = recognises,
        .read = read,
        .write = nullptr});
}

} // namespace graft::fileformats::sharded
