#include "nn/model.h"

#include "nn/compilednetwork.h"
#include "nn/innermostchannels.h"
#include "nn/torchmodel.h"

#include <algorithm>
#include <c10/core/InferenceMode.h>
#include <cmath>
#include <optional>

namespace graft {
namespace {

Result<void> requireBatch(const Network &network, const Tensor &batch, const std::vector<LevelScale> &scales = {})
{
    const Shape expected = network.inputShape();
    const bool isScaled = batch.type() == DType::UInt8 && !expected.empty() && std::ssize(scales) == expected.front();
    const bool fits = (isScaled || (batch.type() == DType::Float32 && scales.empty())) && batch.shape().size() == expected.size() + 1
        && batch.shape().front() > 0 && std::equal(expected.begin(), expected.end(), batch.shape().begin() + 1);
    if (fits)
        return {};
    return fail(ErrorCode::ShapeMismatch,
        "The network expects a batch of float32 pictures of " + describe(expected) + ", gets " + std::string(name(batch.type())) + " of "
            + describe(batch.shape()) + ".");
}

} // namespace

struct Model::Data {
    Network network;
    StateDict weights;
    Device device;
    bool bfloat16;
    CompiledNetwork compiled;
    std::optional<TorchModel> model; ///< made when a layer's output is asked for

    [[nodiscard]] at::Tensor pictures(const Tensor &batch, const std::vector<LevelScale> &scales) const; ///< as the network takes them
};

Model::Model(std::unique_ptr<Data> data) : m_data(std::move(data)) { }
Model::Model(Model &&) noexcept = default;
Model &Model::operator=(Model &&) noexcept = default;
Model::~Model() = default;

Result<Model> Model::create(const Network &network, const StateDict &weights, Device device, std::string_view precision)
{
    try {
        const bool bfloat16 = usesBfloat16(precision, device);
        auto compiled = CompiledNetwork::create(network, weights, {network.output()}, device, bfloat16);
        if (!compiled)
            return fail(compiled.error());
        return Model(std::make_unique<Data>(Data{network, weights, device, bfloat16, std::move(*compiled), std::nullopt}));
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, network.architecture));
    }
}

at::Tensor Model::Data::pictures(const Tensor &batch, const std::vector<LevelScale> &scales) const
{
    const at::Tensor values = toTorch(batch).to(torchDevice(device));
    if (scales.empty())
        return values;
    return bfloat16 && values.is_cpu() ? innermostChannels(values, scales) : scaled(values, scaleTable(scales).to(values.device()));
}

Result<Tensor> Model::forward(const Tensor &batch, const std::vector<LevelScale> &scales) const
{
    if (auto fits = requireBatch(m_data->network, batch, scales); !fits)
        return fail(fits.error());
    try {
        prepareThreads();
        const at::Tensor output = m_data->compiled.run({m_data->pictures(batch, scales)}).front();
        return fromTorch(output.to(at::kFloat));
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, m_data->network.architecture));
    }
}

Result<std::vector<Tensor>> Model::intermediates(const Tensor &batch, const std::vector<std::string> &layerNames) const
{
    const Network &network = m_data->network;
    if (auto fits = requireBatch(network, batch); !fits)
        return fail(fits.error());
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
        if (!m_data->model) {
            auto model = TorchModel::create(network, m_data->weights, m_data->device);
            if (!model)
                return fail(model.error());
            m_data->model = std::move(*model);
        }
        const c10::InferenceMode inference;
        std::vector<Tensor> results(layerNames.size());
        const auto keepWanted = [&](const Layer &layer, const at::Tensor &output) {
            for (std::size_t index = 0; index < layerNames.size(); ++index)
                if (layerNames[index] == layer.name)
                    results[index] = fromTorch(output.to(at::kFloat));
        };
        const at::Tensor input = toTorch(batch).to(m_data->model->device());
        static_cast<void>(m_data->model->forward(input, TorchModel::Mode::Evaluation, keepWanted));
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
