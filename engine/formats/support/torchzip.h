#pragma once
#include "core/files.h"
#include "formats/format.h"

namespace graft {

/// Reads a state dict in the zip format of `torch.save` (PyTorch 1.6 and later), with Graft's metadata where Graft wrote it.
/// FormatUnknown for a TorchScript file and for any other zip.
[[nodiscard]] Result<FileContents> readTorchZip(const std::shared_ptr<const MappedFile> &file, const std::string &subject);

/// Writes the tensors as an OrderedDict that `torch.load(path, weights_only=True)` reads, and the metadata's "graft" beside it, where
/// `torch.load` does not look.
[[nodiscard]] Result<void> writeTorchZip(const std::filesystem::path &path, const FileContents &contents);

} // namespace graft
