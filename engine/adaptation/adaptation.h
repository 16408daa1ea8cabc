#pragma once
#include "data/dataset.h"
#include "data/decodedcache.h"
#include "data/transform.h"
#include "graph/modelpackage.h"
#include "training/session.h"

#include <filesystem>
#include <memory>

namespace graft {

/// The main job as both front ends run it: a pretrained package, a folder of pictures and settings become a trained package in a run
/// folder.
struct AdaptationPlan {
    ModelPackage package; ///< with its layers frozen as wanted; its head may still be the old one
    Dataset dataset;
    double validationShare = 0.2; ///< used when the data set has no split of its own
    Augmentation augmentation;
    TrainingConfig config;
    FeatureCacheSettings featureCache; ///< where features of the frozen part are kept between runs; an empty folder = nowhere
    DecodedCacheSettings decodedCache; ///< where decoded pictures are kept; an empty folder = nowhere
    std::filesystem::path outputFolder; ///< empty = nothing is written
    bool resume = false;
};

/// The package with its head sized for the data set's classes (kept as it is when the class names and label sets are already the same),
/// names set and the new head's weights initialised from `seed`.
[[nodiscard]] Result<ModelPackage> withHeadFor(
    ModelPackage package, const std::vector<std::string> &classNames, std::uint64_t seed, const std::vector<LabelSet> &labelSets = {});

/// Runs a plan on the session's thread. With each checkpoint `model.safetensors` in the output folder is the best so far and `run.json`
/// (settings, environment, metrics) is up to date; both are written atomically, on the training thread. The folder is locked
/// while the run lasts (Busy).
/// A new run in a folder that holds one keeps the earlier files as `model.previous.safetensors` and so on; a resumed one must have the same
/// classes, pictures, augmentation and preprocessing.
class Adaptation {
public:
    [[nodiscard]] static Result<std::unique_ptr<Adaptation>> start(AdaptationPlan plan, TrainingObserver &observer);
    ~Adaptation();
    [[nodiscard]] TrainingSession &session();
    /// The trained package; call after wait().
    [[nodiscard]] ModelPackage trainedPackage() const;

private:
    struct Data;
    explicit Adaptation(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace graft
