#include "nn/model.h"

#include "nn/torchmodel.h"

#include <algorithm>
#include <c10/core/InferenceMode.h>
#include <cmath>

namespace graft {

struct Model::Data {
    TorchModel model;
};

Model::Model(std::unique_ptr<Data> data) : m_data(std::move(data)) { }
Model::Model(Model &&) noexcept = default;
Model &Model::operator=(Model &&) noexcept = default;
Model::~Model() = default;

Result<Model> Model::create(const Network &network, const StateDict &weights, Device device)
{
    try {
        auto model = TorchModel::create(network, weights, device);
        if (!model)
            return fail(model.error());
        return Model(std::make_unique<Data>(Data{std::move(*model)}));
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, network.architecture));
    }
}

Result<Tensor> Model::forward(const Tensor &batch) const
{
    const Layer *output = m_data->model.network().find(m_data->model.network().output());
    auto outputs = intermediates(batch, {output->name});
    if (!outputs)
        return fail(outputs.error());
    return std::move(outputs->front());
}

Result<std::vector<Tensor>> Model::intermediates(const Tensor &batch, const std::vector<std::string> &layerNames) const
{
    const Network &network = m_data->model.network();
    const Shape expected = network.inputShape();
    const bool fits = batch.type() == DType::Float32 && batch.shape().size() == expected.size() + 1 && batch.shape().front() > 0
        && std::equal(expected.begin(), expected.end(), batch.shape().begin() + 1);
    if (!fits)
        return fail(ErrorCode::ShapeMismatch,
            "The network expects a batch of float32 pictures of " + describe(expected) + ", gets " + std::string(name(batch.type()))
                + " of " + describe(batch.shape()) + ".");
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    for (const std::string &layerName : layerNames) {
        const Layer *layer = network.find(layerName);
        if (!layer)
            return fail(ErrorCode::NetworkInvalid, "The network has no layer `" + layerName + "`.", layerName);
        if (inTrainingOnly[static_cast<std::size_t>(layer - network.layers().data())])
            return fail(ErrorCode::NetworkInvalid,
                "`" + layerName + "` belongs to an auxiliary classifier, which runs in training only; ask for another layer.", layerName);
    }
    try {
        const c10::InferenceMode inference;
        std::vector<Tensor> results(layerNames.size());
        const auto keepWanted = [&](const Layer &layer, const at::Tensor &output) {
            for (std::size_t index = 0; index < layerNames.size(); ++index)
                if (layerNames[index] == layer.name)
                    results[index] = fromTorch(output.to(at::kFloat));
        };
        const at::Tensor input = toTorch(batch).to(m_data->model.device());
        static_cast<void>(m_data->model.forward(input, TorchModel::Mode::Evaluation, keepWanted));
        return results;
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, network.architecture));
    }
}

std::vector<std::vector<double>> probabilities(const Tensor &logits)
{
    const std::vector<float> values = logits.toFloats();
    const auto classes = static_cast<std::ptrdiff_t>(logits.shape().back());
    std::vector<std::vector<double>> result;
    for (auto row = values.begin(); row != values.end(); row += classes) {
        std::vector<double> shares(row, row + classes);
        const double largest = std::ranges::max(shares);
        double sum = 0;
        for (double &share : shares)
            sum += share = std::exp(share - largest);
        for (double &share : shares)
            share /= sum;
        result.push_back(std::move(shares));
    }
    return result;
}

} // namespace graft
