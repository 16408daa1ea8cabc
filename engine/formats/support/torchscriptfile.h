#pragma once
#include "formats/format.h"
#include "formats/support/zipdirectory.h"

namespace graft {

/// Reads a TorchScript archive, traced or scripted, as a trainable network: modules become blocks, operators layers. The file's code is
/// read, never run. Where Graft wrote the file, its own description in it is taken instead, as long as that fits the tensors.
/// FileCorrupt, FileRefused; FormatUnknown, with the reason, for what is no network that sees pictures.
[[nodiscard]] Result<FileContents> readTorchScript(ZipDirectory zip, const std::string &subject);

} // namespace graft
