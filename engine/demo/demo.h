#pragma once
#include "adaptation/adaptation.h"
#include "core/cancellation.h"
#include "gallery/weightscache.h"
#include "graph/modelpackage.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace graft {

/// The network that is built into Graft: a small ResNet trained by Graft on pictures that Graft draws (DrawnSet::Pretraining), so that
/// everything can be tried without a download. The command that makes it again is `graft-cli demo --rebuild`.
[[nodiscard]] Result<ModelPackage> demoModel();

enum class WeightsUse {
    Needed,
    NetworkOnly, ///< nothing is downloaded, and a model that is no file comes without weights
};

struct OpenOptions {
    WeightsUse use = WeightsUse::Needed;
    std::filesystem::path weightsFolder = graft::weightsFolder();
    std::function<void(DownloadProgress)> progress = {}; ///< on the caller's thread, while published weights come
    Cancellation cancellation = {}; ///< of the download
};

/// A reference as the command line takes it: a file's path, published weights ("resnet50:IMAGENET1K_V1", or "resnet50" for the newest),
/// which are downloaded when they are not in the cache, "resnet50:random" for fresh weights, or "graft_resnet8:drawn" / "demo" for the
/// built-in network. An architecture without published weights gets fresh ones. FileNotFound lists the choices when it is none of them.
[[nodiscard]] Result<ModelPackage> openModel(const std::string &reference, const OpenOptions &options = {});

/// What transfer is worth, as the demo measures it.
struct DemoResult {
    std::filesystem::path folder; ///< where pictures, runs, table and curve lie
    std::vector<EpochResult> transferred; ///< the pretrained network with a frozen trunk and a new head
    std::vector<EpochResult> fromScratch; ///< the same network from random weights, same pictures, same steps
    std::vector<std::string> classNames;
    std::int64_t steps = 0; ///< optimiser steps of each run
};

/// Draws the demo pictures (10 a class for training) into `folder`/pictures, trains both networks and writes
/// `transfer.csv`, `transfer.svg` and the two run folders. `epochDone` gets the run's name ("transferred", "from scratch") and its epoch.
[[nodiscard]] Result<DemoResult> runDemo(const std::filesystem::path &folder, const Cancellation &cancellation,
    const std::function<void(const std::string &run, const EpochResult &epoch)> &epochDone);

/// Makes the built-in network again: draws the pretraining pictures into `folder`, trains, and leaves `graft_resnet8_drawn.safetensors`
/// there.
[[nodiscard]] Result<std::filesystem::path> rebuildDemoModel(
    const std::filesystem::path &folder, const Cancellation &cancellation, const std::function<void(const EpochResult &epoch)> &epochDone);

} // namespace graft
