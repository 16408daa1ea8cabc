#pragma once
#include "architectures/recognition/renaming.h"

/// The naming schemes of each library, one file each.
namespace graft::naming {

[[nodiscard]] std::span<const NamingScheme> timm();
[[nodiscard]] std::span<const NamingScheme> huggingFace();
[[nodiscard]] std::span<const NamingScheme> originals(); ///< the authors' own, and torchvision's earlier ones

} // namespace graft::naming
