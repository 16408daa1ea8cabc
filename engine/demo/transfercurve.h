#pragma once
#include "demo/demo.h"

#include <string>

namespace graft {

/// "epoch,transferred,from scratch" with validation accuracies, one line an epoch.
[[nodiscard]] std::string transferTable(const DemoResult &result);
/// The same as a small SVG picture for a README.
[[nodiscard]] std::string transferCurve(const DemoResult &result);

} // namespace graft
