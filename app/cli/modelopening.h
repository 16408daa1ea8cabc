#pragma once
#include "gallery/weightscache.h"

#include <string>

namespace graft::cli {

/// What `--model` takes, in words for the help.
inline const char *const modelHelp = "a model file, published weights (resnet50, or resnet50:IMAGENET1K_V1; see gallery), or 'demo'";

/// openModel() for the commands: downloads published weights when they are not in the cache, with a progress line on a terminal; Ctrl-C
/// stops the download.
[[nodiscard]] Result<ModelPackage> openOrDownload(const std::string &reference);

/// The same for the file alone.
[[nodiscard]] Result<std::filesystem::path> downloadWithProgress(const PublishedWeights &weights);

} // namespace graft::cli
