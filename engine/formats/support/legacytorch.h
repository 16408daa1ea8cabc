#pragma once
#include "core/files.h"
#include "formats/format.h"

namespace graft {

/// Whether a file that starts so is a pickle, as PyTorch before 1.6 wrote its files.
[[nodiscard]] bool isPickle(std::span<const std::byte> head);

/// Reads `torch.save`'s format of before PyTorch 1.6: five pickles, then the storages. FormatUnknown for any other pickle.
[[nodiscard]] Result<FileContents> readLegacyTorch(const std::shared_ptr<const MappedFile> &file, const std::string &subject);

} // namespace graft
