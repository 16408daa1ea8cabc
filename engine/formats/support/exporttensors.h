#pragma once
#include "formats/support/zipdirectory.h"

#include "core/tensor.h"

#include <string>

namespace graft {

/// All tensors of a torch.export archive under their names: weights and constants. `model` is the model's name in the archive; empty for
/// the layout of PyTorch before 2.7. FileCorrupt, FileRefused, FormatUnknown.
[[nodiscard]] Result<StateDict> exportedTensors(const ZipDirectory &zip, const std::string &model, const std::string &subject);

} // namespace graft
