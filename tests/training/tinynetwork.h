#pragma once
#include "graph/network.h"
#include "nn/model.h"
#include "training/session.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

namespace tiny {

using namespace graft;
using Sizes = std::vector<std::int64_t>;

constexpr std::int64_t side = 8;
constexpr int classes = 3;

/// Two convolutions with BatchNorm, a pool, Dropout and a Linear head; block "stem" is what the tests freeze.
inline Network network(double dropout = 0.3)
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", Sizes{3, side, side}}}, {});
    const auto conv = [&](const std::string &block, std::int64_t from, std::int64_t to) {
        last = network.add(block + ".conv", "Conv2d",
            {{"in_channels", from}, {"out_channels", to}, {"kernel_size", Sizes{3, 3}}, {"padding", Sizes{1, 1}}, {"bias", false}}, {last});
        last = network.add(block + ".bn", "BatchNorm2d", {{"num_features", to}}, {last});
        last = network.add(block + ".relu", "ReLU", {}, {last});
    };
    conv("stem", 3, 6);
    conv("body", 6, 8);
    last = network.add("avgpool", "AdaptiveAvgPool2d", {{"output_size", Sizes{1, 1}}}, {last});
    last = network.add("flatten", "Flatten", {}, {last});
    last = network.add("dropout", "Dropout", {{"p", dropout}}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{8}}, {"out_features", std::int64_t{classes}}}, {last});
    return network;
}

inline void freezeBlock(Network &network, const std::string &block)
{
    for (const Layer &layer : std::vector<Layer>(network.layers()))
        if (isInBlock(layer.name, block))
            network.find(layer.id)->frozen = true;
}

/// Noise whose class is the brightest channel; what it looks like depends on the picture's number, the order on seed and epoch.
class Pictures : public BatchSource {
public:
    Pictures(int samples, int batchSize, int firstPicture = 0) : m_samples(samples), m_batchSize(batchSize), m_first(firstPicture) { }

    void startEpoch(std::uint64_t seed, int epoch) override
    {
        m_order.resize(static_cast<std::size_t>(m_samples));
        for (int i = 0; i < m_samples; ++i)
            m_order[static_cast<std::size_t>(i)] = i;
        std::mt19937_64 random(seed * 1000 + static_cast<std::uint64_t>(epoch));
        std::shuffle(m_order.begin(), m_order.end(), random);
        m_position = 0;
    }
    [[nodiscard]] Result<Batch> next() override
    {
        if (beforeBatch)
            if (auto allowed = beforeBatch(); !allowed)
                return fail(allowed.error());
        Batch batch;
        std::vector<float> values;
        while (m_position < m_order.size() && std::ssize(batch.labels) < m_batchSize)
            append(m_order[m_position++], values, batch.labels);
        if (!batch.labels.empty())
            batch.pictures = Tensor::fromFloats({std::ssize(batch.labels), 3, side, side}, values);
        return batch;
    }
    [[nodiscard]] std::int64_t sampleCount() const override { return m_samples; }
    [[nodiscard]] std::int64_t batchCount() const override { return (m_samples + m_batchSize - 1) / m_batchSize; }

    std::function<Result<void>()> beforeBatch; ///< called on the training thread
    float brightness = 0.6F;

private:
    void append(int picture, std::vector<float> &values, std::vector<std::int64_t> &labels) const
    {
        std::mt19937 random(static_cast<std::uint32_t>(m_first + picture));
        std::normal_distribution<float> noise;
        const std::int64_t label = (m_first + picture) % classes;
        for (std::int64_t channel = 0; channel < 3; ++channel)
            for (std::int64_t pixel = 0; pixel < side * side; ++pixel)
                values.push_back(noise(random) + (channel == label ? brightness : 0));
        labels.push_back(label);
    }
    int m_samples, m_batchSize, m_first;
    std::vector<int> m_order;
    std::size_t m_position = 0;
};

/// Keeps all it hears; may act after a number of steps.
class Recorder : public TrainingObserver {
public:
    void stepDone(const MetricSample &sample) override
    {
        steps.push_back(sample);
        ++stepCount;
        if (afterStep)
            afterStep(sample);
    }
    void progressChanged(const Progress &value) override { progress.push_back(value); }
    void epochDone(const EpochResult &value) override { epochs.push_back(value); }
    void finished(const TrainingResult &value) override
    {
        result = value;
        ++finishedCount;
    }
    std::function<void(const MetricSample &)> afterStep; ///< on the training thread
    std::vector<MetricSample> steps;
    std::vector<Progress> progress;
    std::vector<EpochResult> epochs;
    TrainingResult result;
    std::atomic<int> finishedCount = 0, stepCount = 0;
};

inline TrainingConfig config()
{
    TrainingConfig config;
    config.precision = "fp32"; // compared with Python to many digits
    config.epochs = 3;
    config.batchSize = 8;
    config.learningRate = 0.05;
    config.seed = 11;
    return config;
}

inline TrainingInput input(const Network &network, int samples = 44, int batchSize = 8)
{
    TrainingInput input;
    input.network = network;
    input.weights = initialWeights(network, 5).value();
    input.train = std::make_shared<Pictures>(samples, batchSize);
    input.validation = std::make_shared<Pictures>(20, batchSize, 1000);
    return input;
}

/// Runs to the end; `act` gets the session before the first step is taken, on the test's thread.
inline void run(const TrainingConfig &config, TrainingInput input, Recorder &recorder)
{
    auto session = TrainingSession::start(config, std::move(input), recorder);
    if (!session) {
        recorder.result.reason = StopReason::Failed;
        recorder.result.error = session.error();
        return;
    }
    (*session)->wait();
}

/// Runs until `steps` optimiser steps are done (or the end), stops there and waits.
inline void runUntilStep(const TrainingConfig &config, TrainingInput input, Recorder &recorder, std::int64_t steps)
{
    std::mutex mutex;
    std::condition_variable ready;
    TrainingSession *running = nullptr;
    recorder.afterStep = [&](const MetricSample &sample) {
        if (sample.step < steps)
            return;
        std::unique_lock lock(mutex);
        ready.wait(lock, [&] { return running != nullptr; });
        running->stop();
    };
    auto session = TrainingSession::start(config, std::move(input), recorder);
    if (!session) {
        recorder.result.reason = StopReason::Failed;
        recorder.result.error = session.error();
        return;
    }
    {
        const std::lock_guard lock(mutex);
        running = session->get();
    }
    ready.notify_all();
    (*session)->wait();
    recorder.afterStep = nullptr;
}

} // namespace tiny
