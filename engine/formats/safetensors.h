#pragma once
#include "formats/format.h"

namespace graft {

/// The safetensors format (https://github.com/huggingface/safetensors): 8 bytes length, a JSON header, the tensors' bytes.
/// The tensors of a read file are views of the mapped file. Every offset is checked: in range, in order, no overlap, no gap.
[[nodiscard]] Result<FileContents> readSafetensors(const std::filesystem::path &path);
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path &path, const FileContents &contents);

} // namespace graft
