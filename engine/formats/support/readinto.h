#pragma once
#include "graph/modelpackage.h"

#include <filesystem>

namespace graft {

/// Opens a model file whose network is known already: its tensors must be that network's, whatever graph or metadata the file has.
/// The errors of readModel(), and WeightsMismatch.
[[nodiscard]] Result<ModelPackage> readInto(const Network &network, const std::filesystem::path &path);

} // namespace graft
