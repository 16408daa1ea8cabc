#include "graph/trainingplan.h"

#include "graph/frontier.h"
#include "graph/segments.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr double floatBytes = 4, placeBytes = 8;
// What the allocator holds beside what is in use: blocks of other sizes than those that are asked for now. Measured with tcmalloc.
constexpr double keptByAllocator = 100e6, keptShare = 2;
constexpr double gpuShare = 1.15; // what a GPU's allocator takes for what it gives out
constexpr double batchesWaiting = 3; // two that the loader prepares ahead, and the one in training
constexpr double featureCopies = 3; // of a batch: in parts, together, and as they are handed on

/// Pictures that go through at once.
std::int64_t partOf(std::int64_t batchSize, const ForecastSettings &settings)
{
    return settings.microBatchSize > 0 ? std::min(settings.microBatchSize, batchSize) : batchSize;
}

} // namespace

TrainingPlan::TrainingPlan(const Network &network, const NetworkAnalysis &analysis, Way way)
{
    const auto &layers = network.layers();
    const std::vector<bool> before = graft::beforeFrontier(network);
    const std::vector<LayerId> crossing = crossingLayers(network), start = {layers.front().id}, output = {network.output()};
    m_output = network.indexOf(network.output());
    m_steps.resize(layers.size());
    std::vector<Shape> shapes;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        shapes.clear();
        for (const LayerId input : layers[index].inputs) {
            m_steps[index].inputs.push_back(network.indexOf(input));
            shapes.push_back(analysis.layers[m_steps[index].inputs.back()].outputShape);
        }
        m_steps[index].beforeFrontier = before[index];
        describe(index, layers[index], shapes, analysis.layers[index]);
        double &bytes = before[index] && !crossing.empty() ? m_frozenBytes : m_liveBytes;
        for (const TensorSpec &tensor : analysis.layers[index].tensors)
            bytes += static_cast<double>(elementCount(tensor.shape)) * static_cast<double>(byteSize(tensor.type));
    }
    chooseWhatRuns(network, crossing);
    if (way.fuses) {
        std::vector<bool> left;
        for (const Step &step : m_steps)
            left.push_back(!step.runs);
        const FusedLayers fused = findFusedLayers(network, analysis, before, left);
        for (const auto &[last, group] : fused.groups)
            fuse(layers, last, group);
        for (std::size_t index = 0; index < layers.size(); ++index)
            m_steps[index].runs = m_steps[index].runs && !fused.within[index];
    }
    for (Step &step : m_steps)
        markRecording(step);
    m_pictureValues = m_steps.front().outputValues;
    if (!crossing.empty())
        m_frozen = compiledWork(network, analysis, crossing, start);
    m_evaluated = compiledWork(network, analysis, output, crossing.empty() ? start : crossing);
    divide(way.recomputes ? segmentCuts(network, analysis) : std::vector<std::size_t>());
}

void TrainingPlan::describe(std::size_t index, const Layer &layer, const std::vector<Shape> &shapes, const LayerAnalysis &figures)
{
    Step &step = m_steps[index];
    step.work = workOf(layer, shapes, figures, !layer.frozen);
    if (step.work.keepsOutput)
        step.kept.push_back(index);
    if (step.work.keepsInputs)
        step.kept.insert(step.kept.end(), step.inputs.begin(), step.inputs.end());
    step.outputValues = static_cast<double>(elementCount(figures.outputShape));
    step.trainable = layer.frozen ? 0 : static_cast<double>(figures.parameters);
    step.isView = step.work.work == Work::None && !step.inputs.empty();
    step.sharesGradient = step.isView || layer.type == "Add";
    m_trainable += static_cast<std::int64_t>(step.trainable);
}

/// Of what lies before the frontier nothing runs in the step itself, but its outputs come in.
void TrainingPlan::chooseWhatRuns(const Network &network, const std::vector<LayerId> &crossing)
{
    const std::vector<bool> idle = idleInTraining(network);
    for (std::size_t index = 0; index < m_steps.size(); ++index)
        m_steps[index].runs = !idle[index] && (crossing.empty() || !m_steps[index].beforeFrontier);
    for (const LayerId layer : crossing) {
        Step &step = m_steps[network.indexOf(layer)];
        step.runs = step.isGiven = true;
        step.isView = false;
        step.inputs.clear();
        step.work = {};
        m_featureValues += step.outputValues;
    }
}

/// What the norm, the addition and the activation do is done by the last of them; see nn/fusednorm.h for what is kept.
void TrainingPlan::fuse(const std::vector<Layer> &layers, std::size_t last, const FusedGroup &group)
{
    Step &step = m_steps[last];
    const Step &norm = m_steps[group.norm];
    const bool activates = group.activation != FusedActivation::None;
    step.work = norm.work;
    step.trainable = norm.trainable;
    step.inputs = {group.input};
    if (group.residual) {
        step.inputs.push_back(*group.residual);
        step.work.values += step.outputValues;
    }
    step.isView = step.sharesGradient = false;
    step.kept.clear();
    if (!layers[group.norm].frozen || (activates && !group.residual))
        step.kept.push_back(group.input);
    if (activates && group.residual)
        step.kept.push_back(last);
}

void TrainingPlan::divide(const std::vector<std::size_t> &cuts)
{
    m_segments.resize(cuts.size() + 1);
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const auto place = static_cast<std::size_t>(std::ranges::upper_bound(cuts, index) - cuts.begin());
        if (m_steps[index].runs)
            (m_steps[index].beforeFrontier && !cuts.empty() ? m_atOnce : m_segments[place]).push_back(index);
    }
}

/// Those before it have been marked.
void TrainingPlan::markRecording(Step &step) const
{
    step.records
        = step.runs && (step.trainable > 0 || std::ranges::any_of(step.inputs, [&](std::size_t input) { return m_steps[input].records; }));
}

/// Follows one step through time: who holds what, and the most that is held at once. In bytes of the batch.
class TrainingPlan::Memory {
public:
    Memory(const TrainingPlan &plan, double batch, const ForecastSettings &settings)
        : m_plan(plan), m_steps(plan.m_steps), m_output(plan.m_output), m_batch(batch),
          m_valueBytes(settings.bfloat16 ? floatBytes / 2 : floatBytes), m_widens(settings.bfloat16 && !settings.onGpu),
          m_holders(m_steps.size(), 0), m_storage(m_steps.size()), m_bytes(m_steps.size(), 0), m_gradient(m_steps.size(), 0)
    {
    }

    struct Outcome {
        double peak = 0; ///< the most that is held at once
        double kept = 0; ///< held between the passes
        double fresh = 0; ///< what the system hands out anew in each step, one page after the other
    };
    [[nodiscard]] Outcome follow()
    {
        std::vector<int> uses(m_steps.size(), 0);
        countUses(m_plan.m_atOnce, uses);
        for (const Segment &segment : m_plan.m_segments)
            countUses(segment, uses);
        ++uses[m_output];
        forward(m_plan.m_atOnce, uses, false);
        const Segment &last = m_plan.m_segments.back();
        for (const Segment &segment : m_plan.m_segments) {
            if (&segment != &last)
                changeInputs(segment, &Memory::hold);
            forward(segment, uses, &segment == &last);
        }
        const double kept = m_held;
        m_gradient[m_output] = outputBytes(m_output);
        take(m_gradient[m_output]);
        backward(last);
        for (std::size_t place = m_plan.m_segments.size() - 1; place-- > 0;)
            runAgain(m_plan.m_segments[place]);
        return {m_peak, kept, m_fresh};
    }

private:
    void take(double bytes)
    {
        m_held += bytes;
        m_peak = std::max(m_peak, m_held);
        m_fresh += freshBytes(bytes);
    }
    void hold(std::size_t index) { ++m_holders[m_storage[index]]; }
    void release(std::size_t index)
    {
        const std::size_t storage = m_storage[index];
        if (--m_holders[storage] == 0)
            m_held -= m_bytes[storage];
    }
    [[nodiscard]] double outputBytes(std::size_t index) const { return m_batch * m_steps[index].outputValues * m_valueBytes; }
    [[nodiscard]] bool keepsWide(const Step &step) const { return m_widens && step.work.keepsWideInput; }
    [[nodiscard]] double keptBytes(const Step &step) const
    {
        double bytes = step.work.keptValues * m_valueBytes + step.work.keptPlaces * placeBytes;
        if (keepsWide(step))
            bytes += step.outputValues * floatBytes;
        return m_batch * bytes;
    }
    /// Memory for a rearranged copy of the filters while they are used.
    static double workspace(const Step &step) { return step.work.multiplyAdds > 0 ? floatBytes * step.work.parameters : 0; }
    void pass(double bytes)
    {
        take(bytes);
        m_held -= bytes;
    }

    void countUses(const Segment &segment, std::vector<int> &uses) const
    {
        for (const std::size_t index : segment)
            for (const std::size_t input : m_steps[index].inputs)
                ++uses[input];
    }

    void forward(const Segment &segment, std::vector<int> &uses, bool records)
    {
        for (const std::size_t index : segment) {
            const Step &step = m_steps[index];
            m_storage[index] = step.isView ? m_storage[step.inputs.front()] : index;
            if (!step.isView) {
                // Features are made float32 for what learns from them.
                m_bytes[index] = step.isGiven ? m_batch * step.outputValues * floatBytes : outputBytes(index);
                take(m_bytes[index]);
            }
            hold(index); // until its last use
            pass(workspace(step));
            if (step.records && records)
                keep(index);
            for (const std::size_t input : step.inputs)
                if (--uses[input] == 0)
                    release(input);
            if (uses[index] == 0)
                release(index);
        }
    }

    /// Of what comes into a segment, each output once.
    void changeInputs(const Segment &segment, void (Memory::*change)(std::size_t))
    {
        std::vector<std::size_t> inputs;
        for (const std::size_t index : segment)
            for (const std::size_t input : m_steps[index].inputs)
                if (!std::ranges::binary_search(segment, input) && std::ranges::find(inputs, input) == inputs.end())
                    inputs.push_back(input);
        for (const std::size_t input : inputs)
            (this->*change)(input);
    }

    void runAgain(const Segment &segment)
    {
        std::vector<int> uses(m_steps.size(), 0), allUses(m_steps.size(), 0);
        countUses(segment, uses);
        for (const Segment &any : m_plan.m_segments)
            countUses(any, allUses);
        ++allUses[m_output];
        std::vector<std::size_t> outputs;
        for (const std::size_t index : segment)
            if (allUses[index] > uses[index])
                outputs.push_back(index);
        for (const std::size_t index : outputs)
            ++uses[index];
        // What comes in stays for its other users.
        for (const std::size_t index : segment)
            for (const std::size_t input : m_steps[index].inputs)
                uses[input] += std::ranges::binary_search(segment, input) ? 0 : 1;
        forward(segment, uses, true);
        backward(segment);
        for (const std::size_t index : outputs)
            release(index);
        changeInputs(segment, &Memory::release);
    }

    void keep(std::size_t index)
    {
        const Step &step = m_steps[index];
        take(keptBytes(step));
        if (!keepsWide(step))
            for (const std::size_t kept : step.kept)
                hold(kept);
    }

    void backward(const Segment &segment)
    {
        for (std::size_t place = segment.size(); place-- > 0;) {
            const std::size_t index = segment[place];
            const Step &step = m_steps[index];
            if (!step.records)
                continue;
            for (const std::size_t input : step.inputs)
                if (m_steps[input].records)
                    passGradient(step, index, input);
            take(step.trainable * floatBytes);
            pass(workspace(step));
            letGo(index);
        }
    }

    void passGradient(const Step &step, std::size_t index, std::size_t input)
    {
        const double bytes = outputBytes(input);
        if (m_gradient[input] > 0) {
            if (!step.sharesGradient)
                pass(bytes); // added to the one that is there
        } else if (step.sharesGradient && m_gradient[index] > 0) {
            m_gradient[input] = m_gradient[index]; // the same memory changes hands
            m_gradient[index] = 0;
        } else {
            m_gradient[input] = bytes;
            take(bytes);
        }
    }

    void letGo(std::size_t index)
    {
        const Step &step = m_steps[index];
        m_held -= m_gradient[index] + keptBytes(step);
        m_gradient[index] = 0;
        if (!keepsWide(step))
            for (const std::size_t kept : step.kept)
                release(kept);
    }

    const TrainingPlan &m_plan;
    const std::vector<Step> &m_steps;
    std::size_t m_output;
    double m_batch, m_valueBytes;
    bool m_widens;
    std::vector<int> m_holders; ///< per storage
    std::vector<std::size_t> m_storage; ///< per layer: the layer whose memory its output is
    std::vector<double> m_bytes; ///< per storage
    std::vector<double> m_gradient; ///< per layer: bytes of its output's gradient, 0 = none held
    double m_held = 0, m_peak = 0, m_fresh = 0;
};

double TrainingPlan::mostFlow(std::int64_t batchSize, const ForecastSettings &settings) const
{
    const auto batch = static_cast<double>(batchSize), valueBytes = settings.bfloat16 ? floatBytes / 2 : floatBytes;
    const double features = settings.onGpu ? 0 : batch * m_featureValues * valueBytes;
    const double together = static_cast<double>(std::min(settings.picturesTogether, batchSize));
    const double frozen = together * m_frozen.mostValues * valueBytes + featureCopies * features;
    const auto part = static_cast<double>(partOf(batchSize, settings));
    const double training = m_trainable > 0 ? features + Memory(*this, part, settings).follow().peak : 0;
    // Validation has the weights of now once more as it runs them, and the best ones are copied beside it.
    const double validation = m_liveBytes * (valueBytes / floatBytes + (settings.onGpu ? 0 : 1));
    return std::max({frozen, training, validation});
}

MemoryForecast TrainingPlan::memory(std::int64_t batchSize, const ForecastSettings &settings) const
{
    const auto batch = static_cast<double>(batchSize);
    const double trained = static_cast<double>(m_trainable) * floatBytes;
    const double flow = mostFlow(batchSize, settings);
    const double stepping = trained * (1 + settings.optimizer.temporaries);
    // Beside those that the program has: live ones, the best ones, live ones rounded for products, and frozen ones folded for theirs.
    double weights = (settings.onGpu ? 1 : 2) * m_liveBytes + m_frozenBytes;
    if (settings.bfloat16)
        weights += (m_liveBytes - m_frozenBytes) / 2;
    MemoryForecast result;
    result.weights = std::llround(weights);
    result.gradients = std::llround(trained);
    result.optimizer = std::llround(trained * settings.optimizer.slots + std::max(0.0, stepping - std::max(flow, trained)));
    const double activations = std::max(0.0, flow - trained);
    result.activations
        = std::llround(settings.onGpu ? activations * gpuShare : activations + std::min(activations * keptShare, keptByAllocator));
    result.pictures = std::llround((settings.onGpu ? 2 : batchesWaiting) * batch * m_pictureValues * floatBytes);
    return result;
}

std::int64_t TrainingPlan::keptForBackward(std::int64_t batchSize, const ForecastSettings &settings) const
{
    return std::llround(Memory(*this, static_cast<double>(batchSize), settings).follow().kept);
}

TimeForecast TrainingPlan::step(std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates) const
{
    const auto batch = static_cast<double>(batchSize);
    std::vector<int> gradients(m_steps.size(), 0); // that come back to each layer
    for (const Step &step : m_steps)
        for (const std::size_t input : step.inputs)
            gradients[input] += step.records ? 1 : 0;
    const double before = secondsOf(m_frozen, batchSize, settings, rates);
    double behind = 0;
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const Step &step = m_steps[index];
        if (!step.runs || step.isGiven)
            continue;
        const WorkRate &rate = rates.of(step.work.work);
        behind += seconds(rate.forward, step.work, batch) + rates.forwardCall;
        if (!step.records)
            continue;
        behind += rates.backwardCall;
        if (std::ranges::any_of(step.inputs, [&](std::size_t input) { return m_steps[input].records; }))
            behind += seconds(rate.backward, step.work, batch);
        if (step.trainable > 0)
            behind += seconds(rate.weightGradient, step.work, batch);
        if (gradients[index] > 1)
            behind += (gradients[index] - 1) * 3 * batch * step.outputValues * rates.of(Work::Merge).forward.perValue;
    }
    for (std::size_t segment = 0; segment + 1 < m_segments.size(); ++segment)
        for (const std::size_t index : m_segments[segment])
            behind += seconds(rates.of(m_steps[index].work.work).forward, m_steps[index].work, batch) + rates.forwardCall;
    if (!settings.onGpu)
        behind += Memory(*this, batch, settings).follow().fresh * rates.freshByte;
    behind += static_cast<double>(m_trainable) * settings.optimizer.passes * rates.optimizerValue;
    return {.secondsPerStep = before + behind, .frozenShare = before / (before + behind)};
}

double TrainingPlan::evaluationSeconds(
    std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates, Start start) const
{
    const double behind = secondsOf(m_evaluated, batchSize, settings, rates);
    return start == Start::Frontier ? behind : secondsOf(m_frozen, batchSize, settings, rates) + behind;
}

} // namespace graft
