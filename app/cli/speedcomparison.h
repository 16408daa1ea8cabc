#pragma once
#include "speedcommand.h"
#include "speedtrial.h"

namespace graft::cli {

/// What the script does, in its own words, and Graft as well.
struct SpeedWork {
    std::string architecture;
    std::string trained; ///< "head", "layer4", "all", "evaluate", "load", "load-validation"
    /// Evaluating and loading are compared by pictures a second, training by the time for all epochs.
    [[nodiscard]] bool isRate() const { return isLoading() || trained == "evaluate"; }
    [[nodiscard]] bool isLoading() const { return trained.starts_with("load"); }
};

/// How Graft does it.
struct SpeedWay {
    std::string variants = "4";
    std::string precision = "auto";
    bool fillsCache = true; ///< starts with an empty feature cache; otherwise with the one that such a run has left
};

/// A line of the table.
struct SpeedComparison {
    std::string name; ///< "head-resnet18-fresh"
    std::string title; ///< for people
    SpeedWork work;
    SpeedWay way;
    double wantedToUsual = 0, wantedToBest = 0; ///< ratios that Graft wants to reach; 0 = none
};

/// All of them, in an order in which a filled cache comes after the run that filled it.
[[nodiscard]] const std::vector<SpeedComparison> &speedComparisons();

/// Flags that make the script fast where they work, from the usual way (none) on.
[[nodiscard]] std::vector<std::vector<std::string>> scriptFlags(const SpeedWork &work);

/// The two sides as programs. `folder` is where Graft's runs, caches and models lie.
[[nodiscard]] SpeedTrial scriptTrial(const SpeedWork &work, const std::vector<std::string> &flags, const SpeedOptions &options);
[[nodiscard]] SpeedTrial graftTrial(const SpeedComparison &comparison, const SpeedOptions &options, const std::filesystem::path &folder);

/// Leaves the folder as the comparison's run of Graft wants to find it: no earlier run, no cache where it fills one, a model where it
/// evaluates one.
[[nodiscard]] Result<void> prepareFor(const SpeedComparison &comparison, const SpeedOptions &options, const std::filesystem::path &folder);

} // namespace graft::cli
