#include "data/transform.h"
#include "evaluation/evaluation.h"
#include "nn/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace graft {

namespace {

/// The most probable of the classes whose logits these are; `first` is the index of the first.
std::vector<ClassProbability> bestOf(const ModelPackage &package, std::span<const float> logits, std::int64_t first, int count)
{
    const auto shares = probabilities(Tensor::fromFloats({1, std::ssize(logits)}, logits)).front();
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return logits[a] > logits[b]; });
    order.resize(std::min(order.size(), static_cast<std::size_t>(std::max(count, 0))));
    std::vector<ClassProbability> best;
    for (const std::size_t place : order) {
        const std::int64_t index = first + static_cast<std::int64_t>(place);
        best.push_back({className(package, static_cast<std::size_t>(index)), index, shares[place]});
    }
    return best;
}

} // namespace

struct Predictor::Data {
    ModelPackage package; ///< without its weights, which the model holds
    Model model;
};

Predictor::Predictor(std::unique_ptr<Data> data) : m_data(std::move(data)) { }
Predictor::Predictor(Predictor &&) noexcept = default;
Predictor &Predictor::operator=(Predictor &&) noexcept = default;
Predictor::~Predictor() = default;

Result<Predictor> Predictor::create(const ModelPackage &package, Device device, const std::string &precision)
{
    auto model = Model::create(package.network, package.weights, device, precision);
    if (!model)
        return fail(model.error());
    ModelPackage description = package;
    description.weights = {};
    return Predictor(std::make_unique<Data>(Data{std::move(description), std::move(*model)}));
}

Result<Prediction> Predictor::predict(const Picture &picture, int top) const
{
    if (picture.isEmpty())
        return fail(ErrorCode::PictureUnreadable, "There is no picture to look at; choose one.");
    const Tensor input = evaluationTransform(picture, m_data->package.preprocessing);
    Shape shape = input.shape();
    shape.insert(shape.begin(), 1);
    const auto logits = m_data->model.forward(Tensor::fromFloats(shape, input.floats()));
    if (!logits)
        return fail(logits.error());
    if (logits->shape().size() != 2)
        return fail(
            ErrorCode::NetworkInvalid, "The model answers with a tensor of shape " + describe(logits->shape()) + " and is no classifier.");
    const auto values = logits->floats();
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
        return fail(
            ErrorCode::WeightsNotFinite, "The model's answers are not finite numbers; its weights or its preprocessing are damaged.");
    Prediction prediction;
    prediction.logits.assign(values.begin(), values.end());
    for (const ClassRange &range : classRanges(m_data->package, values.size()))
        prediction.sets.push_back({range.name,
            bestOf(m_data->package, values.subspan(static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.count)),
                range.first, top)});
    return prediction;
}

} // namespace graft
