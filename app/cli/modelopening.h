#pragma once
#include "gallery/weightscache.h"

#include <string>

namespace graft::cli {

/// What `--model` takes, in words for the help.
inline const char *const modelHelp = "a model file, published weights (resnet50, or resnet50:IMAGENET1K_V1; see gallery), or 'demo'";

/// What `--preprocessing` takes.
inline const char *const preprocessingHelp
    = "how pictures are prepared, for a file that does not say it: imagenet, caffe, tensorflow, none, or a JSON file";

/// openModel() for the commands: downloads published weights when they are not in the cache, with a progress line on a terminal; Ctrl-C
/// stops the download. `preprocessing` replaces what the model says unless it is empty; see choosePreprocessing().
[[nodiscard]] Result<ModelPackage> openOrDownload(const std::string &reference, const std::string &preprocessing = {});

/// The same for the file alone.
[[nodiscard]] Result<std::filesystem::path> downloadWithProgress(const PublishedWeights &weights);

} // namespace graft::cli
