#pragma once
#include "core/cancellation.h"
#include "data/dataset.h"
#include "data/picture.h"
#include "graph/modelpackage.h"
#include "nn/device.h"

#include <functional>

namespace graft {

struct ClassFigures {
    std::string name;
    std::int64_t samples = 0;
    double precision = 0, recall = 0, f1 = 0; ///< 0 where undefined
};

struct Evaluation {
    std::int64_t samples = 0;
    double accuracy = 0;
    double top5 = 0; ///< equals 1 with five classes or fewer
    double loss = 0; ///< mean cross-entropy
    std::vector<ClassFigures> perClass;
    std::vector<std::vector<std::int64_t>> confusion; ///< [truth][prediction]
};

/// Runs the model over the samples, whose labels index `classNames`. The model's own class names must be the same set (they are matched by
/// name) or be absent and as many; DataInvalid otherwise, saying which classes the model does not know.
[[nodiscard]] Result<Evaluation> evaluate(const ModelPackage &package, const std::vector<Sample> &samples,
    const std::vector<std::string> &classNames, Device device,
    const std::function<void(std::int64_t done, std::int64_t total)> &progress = {}, const Cancellation &cancellation = {});

struct ClassProbability {
    std::string className;
    std::int64_t classIndex = 0;
    double probability = 0;
};

struct Prediction {
    std::vector<ClassProbability> top; ///< most probable first
    std::vector<float> logits;
};

/// Ready to answer for one picture after another; keeps the model on the device. One thread at a time.
class Predictor {
public:
    [[nodiscard]] static Result<Predictor> create(const ModelPackage &package, Device device);
    Predictor(Predictor &&) noexcept;
    Predictor &operator=(Predictor &&) noexcept;
    ~Predictor();
    [[nodiscard]] Result<Prediction> predict(const Picture &picture, int top = 5) const;

private:
    struct Data;
    explicit Predictor(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace graft
