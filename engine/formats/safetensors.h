#pragma once
#include "formats/format.h"

#include <memory>
#include <span>

namespace graft {

/// The safetensors format (https://github.com/huggingface/safetensors): 8 bytes length, a JSON header, the tensors' bytes.
/// The tensors of a read file are views of the mapped file. Every offset is checked: in range, in order, no overlap, no gap.
[[nodiscard]] Result<FileContents> readSafetensors(const std::filesystem::path &path);
/// The same for a file that is in memory already; `owner` keeps `bytes` alive (nullptr for what lives as long as the program).
[[nodiscard]] Result<FileContents> parseSafetensors(
    std::span<const std::byte> bytes, const std::shared_ptr<const void> &owner, const std::string &subject);
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path &path, const FileContents &contents);

} // namespace graft
