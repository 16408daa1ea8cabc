#pragma once
#include "graph/modelpackage.h"

#include <filesystem>

namespace graft {

/// Takes the class names and the preprocessing from `config.json` and `preprocessor_config.json` beside a weights file, as HuggingFace's
/// transformers and timm write them, and adds a remark that says so; the input's size follows where the network can take it. What is
/// missing, damaged or for another number of classes is left out. Returns whether preprocessing was found.
bool takeModelCard(ModelPackage &package, const std::filesystem::path &weightsFile);

} // namespace graft
