#pragma once
#include "data/transform.h"
#include "graph/adapters.h"
#include "training/config.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace graft::cli {

/// What `graft-cli adapt` takes, as it was typed.
struct AdaptOptions {
    std::string model, data, out, preprocessing;
    std::string freeze = "all-but-head";
    std::string head = "published";
    std::string lora; ///< "8" or "8:16": rank and alpha; empty = none
    std::string loraLayers = "*";
    std::string augmentation = "standard";
    std::string device = "auto";
    std::string batch = "32"; ///< a number or "auto"
    std::string variants; ///< a number or "fresh"; empty = as the augmentation says
    std::string featureCache; ///< a folder or "off"; empty = the usual one
    std::int64_t featureCacheLimit = 0; ///< bytes; 0 = as much as is sensible
    std::string decodedCache = "off"; ///< a folder, "on" (the usual one) or "off"
    std::int64_t decodedCacheLimit = 0; ///< bytes; 0 = as much as is sensible
    double validationShare = 0.2;
    bool checkPictures = false;
    TrainingConfig config;
    bool resume = false;
    bool json = false;
};

void addTo(CLI::App &command, AdaptOptions &options);

/// "8" (alpha is twice the rank then) or "8:16". SettingInvalid otherwise.
[[nodiscard]] Result<LoraPlan> parseLora(const std::string &text);

/// "standard" (torchvision's recipe), "classic" (Keras' recipe: rotation, shifts, zoom, channel shift), "none", or a list
/// such as "standard,rotation=20,zoom=0.2" whose names are those of Augmentation's JSON. SettingInvalid otherwise.
[[nodiscard]] Result<Augmentation> parseAugmentation(const std::string &text);
/// A number, whose range validate() checks, or nothing for "auto". SettingInvalid otherwise.
[[nodiscard]] Result<std::optional<int>> parseBatch(const std::string &text);
/// "4", or "fresh" for 0. SettingInvalid otherwise.
[[nodiscard]] Result<int> parseVariants(const std::string &text);

} // namespace graft::cli
