#pragma once
#include "formats/format.h"
#include "formats/support/zipdirectory.h"

namespace graft {

/// Whether an archive is one of torch.export's (.pt2), of any version.
[[nodiscard]] bool isTorchExport(const ZipDirectory &zip);

/// Reads a torch.export archive as a trainable network: its graph is JSON, with PyTorch's operators as nodes. Weights as raw files (PyTorch
/// 2.8 and later) or as state dicts in the archive (before). FileCorrupt, FileRefused; FormatUnknown for what is no network that sees
/// pictures.
[[nodiscard]] Result<FileContents> readTorchExport(const ZipDirectory &zip, const std::string &subject);

} // namespace graft
