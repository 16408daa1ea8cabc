#pragma once
#include "core/files.h"
#include "formats/format.h"

namespace graft {

/// Reads what PyTorch writes as a zip: a state dict of `torch.save` (1.6 and later), with Graft's metadata where Graft wrote it, or a
/// TorchScript or torch.export archive. FormatUnknown for any other zip.
[[nodiscard]] Result<FileContents> readTorchZip(const std::shared_ptr<const MappedFile> &file, const std::string &subject);

/// Writes the tensors as an OrderedDict that `torch.load(path, weights_only=True)` reads, and the metadata's "graft" beside it, where
/// `torch.load` does not look.
[[nodiscard]] Result<void> writeTorchZip(const std::filesystem::path &path, const FileContents &contents);

} // namespace graft
