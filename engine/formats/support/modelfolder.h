#pragma once
#include "core/result.h"

#include <filesystem>

namespace graft {

/// The file to read for what a person chose: in a folder as HuggingFace's libraries and Graft's runs have it, its model; for one of the
/// parts of a model (`model-00001-of-00002.safetensors`), the index beside it; else `path` itself. FileNotFound when that index is missing.
[[nodiscard]] Result<std::filesystem::path> modelFileAt(const std::filesystem::path &path);

} // namespace graft
