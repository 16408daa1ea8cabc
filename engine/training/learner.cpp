#include "training/learner.h"

#include "nn/torchversion.h"
#include "training/batchparts.h"
#include "training/cudasupport.h"
#include "training/forecastsettings.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
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

/// Per label set the pictures whose label is known.
std::vector<std::int64_t> knownLabels(const Batch &batch)
{
    std::vector<std::int64_t> known(static_cast<std::size_t>(batch.labelSets));
    for (std::size_t i = 0; i < batch.labels.size(); ++i)
        known[i % known.size()] += batch.labels[i] >= 0 ? 1 : 0;
    return known;
}

/// What a forward pass in training changes: a step that starts anew must not count a picture twice.
class RunningStatistics {
public:
    /// Of a model on the CPU: there it costs next to nothing, while on a GPU each small copy is a wait of its own.
    explicit RunningStatistics(const TorchModel &model)
    {
        const at::NoGradGuard noGradients;
        for (const TorchModel::NamedTensor &named : model.tensors())
            if (named.isBuffer && !named.isTied && model.device().is_cpu())
                m_values.push_back(named.tensor.clone());
    }
    void restore(const TorchModel &model) const
    {
        const at::NoGradGuard noGradients;
        auto value = m_values.begin();
        for (const TorchModel::NamedTensor &named : model.tensors())
            if (named.isBuffer && !named.isTied && model.device().is_cpu())
                at::Tensor(named.tensor).copy_(*value++);
    }

private:
    std::vector<at::Tensor> m_values;
};

} // namespace

Result<std::unique_ptr<Learner>> Learner::create(const Network &network, const StateDict &weights, const TrainingConfig &config,
    const std::vector<LabelSet> &labelSets, const std::vector<LayerId> &from)
{
    try {
        auto model = TorchModel::create(network, weights, config.device, from);
        if (!model)
            return fail(model.error());
        std::unique_ptr<Learner> learner(new Learner(std::move(*model), config, labelSets, from));
        learner->chooseCheckpointing();
        learner->prepareGraph();
        return learner;
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, name(config.device)));
    }
}

Learner::Learner(TorchModel model, const TrainingConfig &config, const std::vector<LabelSet> &labelSets, std::vector<LayerId> from)
    : m_model(std::move(model)), m_from(std::move(from)), m_config(config), m_loss(labelSets),
      m_bfloat16(usesBfloat16(config.precision, config.device)), m_partSize(config.microBatchSize)
{
    cudasupport::prepare(m_model.device(), config.deterministic);
    m_optimizer = optimizerTypes().find(config.optimizer)->create(parameterGroups(m_model), config);
}

void Learner::chooseCheckpointing()
{
    const Network &network = m_model.network();
    const auto analysis = analyse(network);
    const ForecastSettings settings = forecastSettings(m_config);
    const auto expected = analysis ? forecast(network, *analysis, settings, nullptr) : fail(analysis.error());
    if (!expected || !expected->checkpointsActivations)
        return;
    m_checkpoints = m_model.setActivationCheckpointing(true);
    if (m_checkpoints && settings.checkpointing == ActivationCheckpointing::Auto)
        m_checkpointNote = "Training needs more memory than the " + std::to_string(settings.freeBytes / 1'000'000) + " MB that "
            + name(m_config.device) + " has free, so most activations are made again in the backward pass, which takes longer.";
}

void Learner::prepareGraph()
{
    if (!m_config.cudaGraphs)
        return;
    auto recorder = m_checkpoints ? nullptr : workRecorder(m_model.device());
    if (!recorder) {
        m_graphNote
            = "Steps cannot be recorded as CUDA graphs here: that takes a GPU, LibTorch 2.6 or later and no activation checkpointing.";
        return;
    }
    std::vector<at::Tensor> parameters;
    for (const TorchModel::NamedTensor &named : m_model.tensors())
        if (named.tensor.requires_grad() && !named.isTied)
            parameters.push_back(named.tensor);
    m_graph = std::make_unique<StepGraph>(std::move(recorder), std::move(parameters));
}

bool Learner::checkpointAfterAll()
{
    if (m_checkpoints || m_config.activationCheckpointing == "off")
        return false;
    m_checkpoints = m_model.setActivationCheckpointing(true);
    if (m_checkpoints) {
        m_partSize = m_config.microBatchSize;
        m_partNote.clear();
        m_checkpointNote = "Memory ran out with single pictures too, so most activations are made again in the backward pass, which takes "
                           "longer.";
    }
    return m_checkpoints;
}

std::string Learner::takeNote()
{
    std::string all;
    for (const std::string &note : {std::exchange(m_checkpointNote, {}), std::exchange(m_partNote, {}), std::exchange(m_graphNote, {}),
             m_graph ? m_graph->takeNote() : ""})
        all += (all.empty() || note.empty() ? "" : " ") + note;
    return all;
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
        inputs.push_back(cudasupport::uploadScaled(toTorch(batch.pictures), batch.scales, m_model.device()));
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

at::Tensor Learner::figuresOf(const at::Tensor &losses, const at::Tensor &logits, const LabelSetLoss::Labels &labels) const
{
    const at::NoGradGuard noGradients;
    return at::stack({losses.detach(), m_loss.correct(logits, labels)});
}

Result<void> Learner::train(const Batch &batch, double learningRate, std::uint64_t stepSeed)
{
    m_compiled.reset();
    const std::size_t read = m_pending.size();
    for (;;) {
        const RunningStatistics before(m_model);
        auto done = tryStep(batch, learningRate, stepSeed);
        if (done || done.error().code != ErrorCode::OutOfMemory || (!halveParts(samplesOf(batch)) && !checkpointAfterAll()))
            return done;
        m_optimizer->zeroGradients();
        m_pending.resize(read);
        m_graph.reset();
        before.restore(m_model);
    }
}

bool Learner::halveParts(std::int64_t samples)
{
    const std::int64_t now = m_partSize > 0 ? std::min(m_partSize, samples) : samples;
    if (now < 2)
        return false;
    m_partSize = (now + 1) / 2;
    m_partNote = "Memory ran out with " + std::to_string(now) + " pictures at once; the run goes on with " + std::to_string(m_partSize)
        + " at once, whose gradients are added up to batches of the same size.";
    return true;
}

Result<void> Learner::tryStep(const Batch &batch, double learningRate, std::uint64_t stepSeed)
{
    return guarded([&]() -> Result<void> {
        seedGenerator(m_model.device(), stepSeed);
        const std::int64_t samples = samplesOf(batch), partSize = m_partSize > 0 ? m_partSize : samples;
        const std::vector<std::int64_t> known = knownLabels(batch);
        for (std::int64_t first = 0; first < samples; first += partSize) {
            const std::int64_t count = std::min(partSize, samples - first);
            const std::size_t before = m_pending.size();
            const auto finite = addGradients(count == samples ? batch : partOf(batch, first, count), known);
            if (!finite)
                return fail(finite.error());
            m_pending[before].continues = first > 0;
            if (!*finite) {
                m_optimizer->zeroGradients();
                return {};
            }
        }
        if (std::exchange(m_measuresGradients, false))
            measureGradientNorms();
        m_optimizer->step(learningRate);
        m_optimizer->zeroGradients();
        return {};
    });
}

Learner::Losses Learner::losses(
    const std::vector<at::Tensor> &inputs, const LabelSetLoss::Labels &labels, const std::vector<std::int64_t> &knownInBatch) const
{
    std::vector<float> shares; // of each set's mean over the batch
    for (std::size_t set = 0; set < labels.known.size(); ++set)
        shares.push_back(static_cast<float>(labels.known[set]) / static_cast<float>(std::max<std::int64_t>(1, knownInBatch[set])));
    const bool isWhole = labels.known == knownInBatch;
    const auto lossOf = [&](const at::Tensor &perSet) {
        return isWhole ? perSet.sum() : (perSet * at::tensor(shares, perSet.options().requires_grad(false))).sum();
    };
    const auto [logits, auxiliaryLogits] = trainedLogits(inputs);
    const at::Tensor perSet = m_loss.perSet(logits, labels, m_config.labelSmoothing);
    at::Tensor loss = lossOf(perSet);
    for (const auto &[lossWeight, auxiliary] : auxiliaryLogits)
        loss = loss + lossWeight * lossOf(m_loss.perSet(auxiliary, labels, m_config.labelSmoothing));
    return {loss, figuresOf(perSet, logits, labels)};
}

Result<bool> Learner::addGradients(const Batch &part, const std::vector<std::int64_t> &knownInBatch)
{
    const auto labels = m_loss.upload(part, m_model.device());
    std::vector<at::Tensor> inputs = upload(part);
    if (m_graph && labels.known == knownInBatch) {
        inputs.push_back(labels.indices);
        const auto work = [this, known = labels.known, knownInBatch](std::vector<at::Tensor> given) {
            const LabelSetLoss::Labels givenLabels{given.back(), known};
            given.pop_back();
            const Losses made = losses(given, givenLabels, knownInBatch);
            made.loss.backward();
            return made.figures;
        };
        const auto figures = m_graph->run(inputs, labels.known, work);
        if (!figures)
            return fail(figures.error());
        m_pending.push_back({*figures, labels.known});
        return true;
    }
    const Losses made = losses(inputs, labels, knownInBatch);
    m_pending.push_back({made.figures, labels.known});
    if (m_model.device().is_cpu() && !std::isfinite(made.loss.item<float>()))
        return false;
    made.loss.backward();
    return true;
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
        m_pending.push_back({figuresOf(m_loss.perSet(*logits, labels, 0), *logits, labels), labels.known});
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
        const at::Tensor read = at::stack(values).to(at::kCPU); // [parts, 2, sets]
        const auto numbers = read.accessor<float, 3>();
        std::vector<Figures> result;
        for (std::size_t part = 0; part < m_pending.size(); ++part) {
            if (!m_pending[part].continues)
                result.emplace_back(m_pending[part].samples.size());
            for (std::size_t set = 0; set < m_pending[part].samples.size(); ++set) {
                const auto row = static_cast<std::int64_t>(part), column = static_cast<std::int64_t>(set);
                const auto samples = static_cast<double>(m_pending[part].samples[set]);
                SetFigures &figures = result.back()[set];
                figures.loss += numbers[row][0][column] * samples;
                figures.correct += numbers[row][1][column];
                figures.samples += samples;
            }
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

Result<bool> Learner::isFinite() const
{
    return guarded([&]() -> Result<bool> {
        return m_optimizer->isFinite()
            && std::ranges::all_of(m_model.tensors(), [](const auto &named) { return graft::isFinite(named.tensor); });
    });
}

} // namespace graft
