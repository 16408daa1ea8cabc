#include "formats/support/modelfolder.h"

#include "formats/support/filename.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace graft {
namespace {

bool isFile(const std::filesystem::path &path)
{
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
}

/// "model.safetensors.index.json" for "model-00001-of-00002.safetensors"; nothing for a name that is no part's.
std::optional<std::string> indexNameFor(std::string_view name)
{
    constexpr std::string_view shape = "-00000-of-00000";
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot < shape.size())
        return std::nullopt;
    const std::string_view number = name.substr(dot - shape.size(), shape.size());
    const auto fits = [](char expected, char found) { return expected == '0' ? found >= '0' && found <= '9' : expected == found; };
    if (!std::ranges::equal(shape, number, fits) || number.ends_with("00001"))
        return std::nullopt;
    return std::string(name.substr(0, dot - shape.size())) + std::string(name.substr(dot)) + ".index.json";
}

} // namespace

Result<std::filesystem::path> modelFileAt(const std::filesystem::path &path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        for (const char *name : {"model.safetensors.index.json", "model.safetensors", "pytorch_model.bin.index.json", "pytorch_model.bin"})
            if (isFile(path / name))
                return path / name;
        return path;
    }
    const auto indexName = indexNameFor(path.filename().string());
    if (!indexName || !isFile(path))
        return path;
    if (!isFile(path.parent_path() / *indexName))
        return fail(ErrorCode::FileNotFound,
            "'" + fileName(path) + "' is one part of a model; put the other parts and '" + *indexName + "' into the same folder.",
            path.string());
    return path.parent_path() / *indexName;
}

} // namespace graft
