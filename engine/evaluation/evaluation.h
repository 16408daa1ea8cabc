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

/// The figures of one label set, over the pictures whose label is known.
struct SetEvaluation {
    std::string name; ///< empty when there is one set
    std::int64_t samples = 0;
    double accuracy = 0;
    double top5 = 0; ///< equals 1 with five classes or fewer
    double loss = 0; ///< mean cross-entropy
    std::vector<ClassFigures> perClass;
    std::vector<std::vector<std::int64_t>> confusion; ///< [truth][prediction]
};

struct Evaluation {
    std::int64_t samples = 0; ///< pictures
    double accuracy = 0; ///< the mean of those of the sets with a known label
    double loss = 0; ///< the sum of the sets'
    std::vector<SetEvaluation> sets; ///< one at least once something was evaluated
};

/// Runs the model over the samples, whose labels index `classNames`, of each of `labelSets` in turn (empty = one set). The model's own
/// class names must be the same set (they are matched by name, as label sets are) or be absent and as many; DataInvalid otherwise, saying
/// which classes or label sets the model does not know. Of a model with more label sets only those of the samples are judged. `precision`
/// as usesBfloat16() reads it: in bf16 a picture on the edge between two classes may fall on the other side.
[[nodiscard]] Result<Evaluation> evaluate(const ModelPackage &package, const std::vector<Sample> &samples,
    const std::vector<std::string> &classNames, const std::vector<LabelSet> &labelSets, Device device,
    const std::function<void(std::int64_t done, std::int64_t total)> &progress = {}, const Cancellation &cancellation = {},
    const std::string &precision = "auto");

struct ClassProbability {
    std::string className;
    std::int64_t classIndex = 0; ///< among the outputs
    double probability = 0;
};

/// What the model says to the question of one label set.
struct SetPrediction {
    std::string name; ///< empty when there is one set
    std::vector<ClassProbability> top; ///< most probable first; the probabilities of all the set's classes add up to 1
};

struct Prediction {
    std::vector<SetPrediction> sets; ///< one at least
    std::vector<float> logits; ///< of all sets, one after another
};

/// Ready to answer for one picture after another; keeps the model on the device. One thread at a time.
class Predictor {
public:
    /// `precision` as in evaluate().
    [[nodiscard]] static Result<Predictor> create(const ModelPackage &package, Device device, const std::string &precision = "auto");
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
