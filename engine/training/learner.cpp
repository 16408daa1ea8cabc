#include "training/learner.h"

#include "nn/torchversion.h"
#include "training/cudasupport.h"

#include <cmath>
#include <limits>
#include <map>
#include <mutex>

namespace graft {
namespace {

/// Trainable parameters by their layers' learning-rate factors.
std::vector<ParameterGroup> parameterGroups(const TorchModel &model)
{
    std::map<double, ParameterGroup> groups;
    for (const TorchModel::NamedTensor &named : model.tensors()) {
        const Layer *layer = model.network().find(named.layer);
        if (named.isBuffer || named.isTied || !layer || layer->frozen)
            continue;
        ParameterGroup &group = groups[layer->learningRateFactor];
        group.learningRateFactor = layer->learningRateFactor;
        group.parameters.push_back(named.tensor);
    }
    std::vector<ParameterGroup> result;
    for (auto &[factor, group] : groups)
        result.push_back(std::move(group));
    return result;
}

void seedGenerator(at::Device device, std::uint64_t seed)
{
    at::Generator generator = at::globalContext().defaultGenerator(device);
    const std::lock_guard lock(generator.mutex());
    generator.set_current_seed(seed);
}

} // namespace

Result<std::unique_ptr<Learner>> Learner::create(const Network &network, const StateDict &weights, const TrainingConfig &config,
    const std::vector<LabelSet> &labelSets, const std::vector<LayerId> &from)
{
    try {
        auto model = TorchModel::create(network, weights, config.device, from);
        if (!model)
            return fail(model.error());
        return std::unique_ptr<Learner>(new Learner(std::move(*model), config, labelSets, from));
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, name(config.device)));
    }
}

Learner::Learner(TorchModel model, const TrainingConfig &config, const std::vector<LabelSet> &labelSets, std::vector<LayerId> from)
    : m_model(std::move(model)), m_from(std::move(from)), m_config(config), m_loss(labelSets),
      m_bfloat16(usesBfloat16(config.precision, config.device))
{
    cudasupport::prepare(m_model.device());
    m_optimizer = optimizerTypes().find(config.optimizer)->create(parameterGroups(m_model), config);
}

template <typename Function>
auto Learner::guarded(Function function) const -> decltype(function())
{
    try {
        return function();
    } catch (const std::exception &exception) {
        return fail(failure(exception));
    }
}

Error Learner::failure(const std::exception &exception) const
{
    Error error = errorFromTorch(exception, name(m_config.device));
    if (error.code == ErrorCode::OutOfMemory)
        error.message = "Memory ran out while training on " + name(m_config.device) + " with batches of "
            + std::to_string(m_config.batchSize) + "; choose a smaller batch size or freeze more layers.";
    else if (m_bfloat16 && std::string_view(exception.what()).find("BFloat16") != std::string_view::npos)
        error = {ErrorCode::SettingInvalid,
            "This network has a layer that cannot train in bf16 on " + name(m_config.device) + "; choose the precision fp32.", "precision"};
    return error;
}

std::vector<at::Tensor> Learner::upload(const Batch &batch) const
{
    std::vector<at::Tensor> inputs;
    for (const Tensor &features : batch.features)
        inputs.push_back(cudasupport::upload(toTorch(features), m_model.device()).to(at::kFloat));
    if (inputs.empty())
        inputs.push_back(cudasupport::upload(toTorch(batch.pictures), m_model.device()));
    return inputs;
}

Result<at::Tensor> Learner::evaluatedLogits(const std::vector<at::Tensor> &inputs)
{
    if (!m_compiled) {
        const Network &network = m_model.network();
        auto compiled = CompiledNetwork::create(network, m_model.stateDict(), {network.output()}, m_config.device, m_bfloat16, m_from);
        if (!compiled)
            return fail(compiled.error());
        m_compiled = std::move(*compiled);
    }
    return m_compiled->run(inputs).front().to(at::kFloat);
}

Learner::TrainedLogits Learner::trainedLogits(const std::vector<at::Tensor> &inputs) const
{
    const Autocast autocast(m_model.device(), m_bfloat16);
    TrainedLogits result;
    const auto keepAuxiliary = [&](const Layer &layer, const at::Tensor &output) {
        for (const AuxiliaryOutput &auxiliary : m_model.network().auxiliaryOutputs)
            if (auxiliary.layer == layer.id)
                result.auxiliary.emplace_back(auxiliary.lossWeight, output.to(at::kFloat));
    };
    result.main = m_model.forward(inputs, TorchModel::Mode::Training, keepAuxiliary).to(at::kFloat);
    return result;
}

void Learner::record(const at::Tensor &losses, const at::Tensor &logits, const LabelSetLoss::Labels &labels)
{
    const at::NoGradGuard noGradients;
    m_pending.push_back({at::stack({losses.detach(), m_loss.correct(logits, labels)}), labels.known});
}

Result<void> Learner::train(const Batch &batch, double learningRate, std::uint64_t stepSeed)
{
    m_compiled.reset();
    return guarded([&]() -> Result<void> {
        seedGenerator(m_model.device(), stepSeed);
        const auto labels = m_loss.upload(batch, m_model.device());
        const auto [logits, auxiliaryLogits] = trainedLogits(upload(batch));
        const at::Tensor losses = m_loss.perSet(logits, labels, m_config.labelSmoothing);
        record(losses, logits, labels);
        at::Tensor loss = losses.sum();
        for (const auto &[lossWeight, auxiliary] : auxiliaryLogits)
            loss = loss + lossWeight * m_loss.perSet(auxiliary, labels, m_config.labelSmoothing).sum();
        if (m_model.device().is_cpu() && !std::isfinite(loss.item<float>()))
            return {};
        loss.backward();
        if (std::exchange(m_measuresGradients, false))
            measureGradientNorms();
        m_optimizer->step(learningRate);
        m_optimizer->zeroGradients();
        return {};
    });
}

void Learner::measureGradientNorms()
{
    const auto start = std::chrono::steady_clock::now();
    m_gradients.norms = gradientNorms();
    m_gradients.took = std::chrono::steady_clock::now() - start;
}

std::vector<double> Learner::gradientNorms() const
{
    const at::NoGradGuard noGradients;
    const auto &layers = m_model.network().layers();
    std::vector<std::size_t> owners; // the layer of each norm
    std::vector<at::Tensor> gradients;
    for (const TorchModel::NamedTensor &named : m_model.tensors()) {
        if (named.isTied || !named.tensor.grad().defined())
            continue;
        owners.push_back(static_cast<std::size_t>(m_model.network().find(named.layer) - layers.data()));
        gradients.push_back(named.tensor.grad());
    }
    std::vector<double> result(layers.size(), std::numeric_limits<double>::quiet_NaN());
    if (gradients.empty())
        return result;
    const at::Tensor norms = at::stack(at::_foreach_norm(gradients)).to(at::kFloat).to(at::kCPU); // one wait for a GPU
    for (std::size_t i = 0; i < owners.size(); ++i) {
        double &norm = result[owners[i]];
        norm = std::hypot(std::isnan(norm) ? 0 : norm, norms[static_cast<std::int64_t>(i)].item<float>());
    }
    return result;
}

Result<void> Learner::evaluate(const Batch &batch)
{
    return guarded([&]() -> Result<void> {
        const at::NoGradGuard noGradients;
        const auto labels = m_loss.upload(batch, m_model.device());
        const auto logits = evaluatedLogits(upload(batch));
        if (!logits)
            return fail(logits.error());
        record(m_loss.perSet(*logits, labels, 0), *logits, labels);
        return {};
    });
}

Result<std::vector<Learner::Figures>> Learner::figures(Reading reading)
{
    if (m_pending.empty() || (reading == Reading::WhenCheap && m_pending.size() < cudasupport::stepsPerReading(m_model.device())))
        return std::vector<Figures>();
    return guarded([&]() -> Result<std::vector<Figures>> {
        std::vector<at::Tensor> values;
        for (const Pending &pending : m_pending)
            values.push_back(pending.lossAndCorrect);
        const at::Tensor read = at::stack(values).to(at::kCPU); // [batches, 2, sets]
        const auto numbers = read.accessor<float, 3>();
        std::vector<Figures> result(m_pending.size());
        for (std::size_t batch = 0; batch < result.size(); ++batch)
            for (const std::int64_t known : m_pending[batch].samples) {
                const auto at = static_cast<std::int64_t>(batch), set = static_cast<std::int64_t>(result[batch].size());
                const auto samples = static_cast<double>(known);
                result[batch].push_back({numbers[at][0][set] * samples, numbers[at][1][set], samples});
            }
        m_pending.clear();
        return result;
    });
}

Result<StateDict> Learner::weights() const
{
    return guarded([&]() -> Result<StateDict> { return m_model.stateDict(); });
}

Result<StateDict> Learner::optimizerState() const
{
    return guarded([&]() -> Result<StateDict> { return m_optimizer->state(); });
}

Result<void> Learner::loadOptimizerState(const StateDict &state)
{
    return guarded([&]() -> Result<void> { return m_optimizer->loadState(state); });
}

} // namespace graft
