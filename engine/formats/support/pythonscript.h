#pragma once
#include "graph/analysis.h"
#include "graph/modelpackage.h"

#include <string>

namespace graft {

/// A script for Python's torch and torchvision that rebuilds the network, loads the weights beside it (its name ending in .weights.pth),
/// predicts, and trains on: with preprocessing, class names, frozen layers and learning-rate factors of the package. `scriptName` is for
/// the help text.
[[nodiscard]] std::string pythonScript(const ModelPackage &package, const NetworkAnalysis &analysis, const std::string &scriptName);

/// The part of it that makes the network: `def build_network()`, and the class it needs where torchvision has none.
[[nodiscard]] std::string pythonNetwork(const Network &network, const NetworkAnalysis &analysis);

} // namespace graft
