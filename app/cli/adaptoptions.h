#pragma once
#include "data/transform.h"
#include "training/config.h"

#include <CLI/CLI.hpp>
#include <string>

namespace graft::cli {

/// What `graft-cli adapt` takes, as it was typed.
struct AdaptOptions {
    std::string model, data, out, preprocessing;
    std::string freeze = "all-but-head";
    std::string augmentation = "standard";
    std::string device = "auto";
    double validationShare = 0.2;
    TrainingConfig config;
    bool resume = false;
    bool json = false;
};

void addTo(CLI::App &command, AdaptOptions &options);

/// "standard" (torchvision's recipe), "classic" (Keras' recipe: rotation, shifts, zoom, channel shift), "none", or a list
/// such as "standard,rotation=20,zoom=0.2" whose names are those of Augmentation's JSON. SettingInvalid otherwise.
[[nodiscard]] Result<Augmentation> parseAugmentation(const std::string &text);

} // namespace graft::cli
