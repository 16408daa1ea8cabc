#pragma once
#include "graph/modelpackage.h"

#include <map>
#include <string>

namespace graft {

/// The package that packageMetadata() described, without its weights: for a network that is being worked on, whose weights need not be
/// complete. The sentences are those of packageFromMetadata().
[[nodiscard]] Result<ModelPackage> describedPackage(const std::map<std::string, std::string> &metadata, const std::string &subject);

} // namespace graft
