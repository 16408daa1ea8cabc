// livecostbenchmark [PAIRS [SECONDS]]: what it costs to be watched. Trains the demo's network and ResNet-18, everything and the head alone,
// by turns with everything a window listens to (figures, progress, gradient norms, read from a mailbox thirty times a second) and with
// nothing, for some seconds each, and prints the ratio of what a step takes: the median over pairs of turns, and the quarters about it.
// Processor time is what counts on a machine that does anything besides; OMP_WAIT_POLICY=passive keeps waiting out of it.
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "nn/model.h"
#include "training/session.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <sys/resource.h>
#include <thread>

using namespace graft;

namespace {

constexpr int classes = 10;
constexpr int batchSize = 32;

/// One batch of noise, for ever.
class Noise : public BatchSource {
public:
    explicit Noise(const Shape &picture)
    {
        Shape shape = picture;
        shape.insert(shape.begin(), batchSize);
        std::vector<float> values(static_cast<std::size_t>(elementCount(shape)));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i * 7919 % 1000) / 500.0F - 1;
        m_batch.pictures = Tensor::fromFloats(shape, values);
        for (std::int64_t i = 0; i < batchSize; ++i)
            m_batch.labels.push_back(i % classes);
    }
    void startEpoch(std::uint64_t, int) override { }
    Result<Batch> next() override { return m_batch; }
    [[nodiscard]] std::int64_t sampleCount() const override { return batchCount() * batchSize; }
    [[nodiscard]] std::int64_t batchCount() const override { return 1'000'000'000; }

private:
    Batch m_batch;
};

struct Time {
    double wall = 0, processor = 0; ///< seconds
    Time operator-(const Time &other) const { return {wall - other.wall, processor - other.processor}; }
};

Time now()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return {std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
        seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

/// Listens by turns, and keeps what a step took in each turn.
class Turns : public TrainingObserver {
public:
    explicit Turns(double seconds) : m_seconds(seconds), m_reader([this] { read(); }) { }
    ~Turns() override
    {
        m_reads.store(false);
        m_reader.join();
    }
    void stepDone(const MetricSample &sample) override
    {
        if (m_listens)
            keep(m_samples, sample);
        ++m_steps;
        if (const Time took = now() - m_start; took.wall >= m_seconds) {
            turns.push_back({took.wall / m_steps, took.processor / m_steps});
            m_listens = !m_listens;
            if (TrainingSession *running = session.load())
                running->watchGradients(m_listens);
            m_steps = 0;
            m_start = now();
        }
    }
    void progressChanged(const Progress &progress) override
    {
        if (m_listens)
            keep(m_progress, progress);
    }
    void gradientsMeasured(const GradientNorms &norms) override
    {
        ++measured;
        keep(m_norms, norms);
    }
    void finished(const TrainingResult &result) override
    {
        if (result.reason == StopReason::Failed)
            std::printf("%s\n", result.error.message.c_str());
    }
    std::vector<Time> turns; ///< a step's, without a listener and with one by turns; the first two warm up
    std::atomic<TrainingSession *> session = nullptr;
    int measured = 0;

private:
    template <typename T>
    void keep(std::vector<T> &mailbox, const T &value)
    {
        const std::lock_guard lock(m_mutex);
        mailbox.push_back(value);
    }
    void read()
    {
        while (m_reads.load()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(33));
            const std::lock_guard lock(m_mutex);
            m_samples.clear();
            m_progress.clear();
            m_norms.clear();
        }
    }
    double m_seconds;
    bool m_listens = false;
    int m_steps = 0;
    Time m_start = now();
    std::mutex m_mutex;
    std::vector<MetricSample> m_samples;
    std::vector<Progress> m_progress;
    std::vector<GradientNorms> m_norms;
    std::atomic<bool> m_reads = true;
    std::thread m_reader; ///< the last, so that it sees the others
};

std::vector<double> sortedRatios(const std::vector<Time> &turns, double Time::*kind)
{
    std::vector<double> ratios;
    // Each turn with a listener between the two without: a machine that slows down over time slows both.
    for (std::size_t i = 3; i + 1 < turns.size(); i += 2)
        ratios.push_back(2 * turns[i].*kind / (turns[i - 1].*kind + turns[i + 1].*kind));
    std::ranges::sort(ratios);
    return ratios;
}

void compare(const std::string &architecture, const std::string &freezing, int pairs, double seconds)
{
    Network network = architectures().find(architecture)->build(1000);
    static_cast<void>(replaceHead(network, classes));
    if (!freeze(network, freezing))
        return;
    TrainingInput input;
    input.network = network;
    input.weights = initialWeights(network, 1).value();
    input.train = std::make_shared<Noise>(network.inputShape());
    TrainingConfig config;
    config.batchSize = batchSize;
    config.learningRate = 1e-6;
    Turns turns(seconds);
    auto session = TrainingSession::start(config, std::move(input), turns);
    if (!session) {
        std::printf("%s\n", session.error().message.c_str());
        return;
    }
    turns.session.store(session->get());
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds * (2 * pairs + 3.5)));
    (*session)->stop();
    (*session)->wait();
    std::printf("%-14s %-13s %8.3f ms a step, norms measured %d times", architecture.c_str(), freezing.c_str(),
        turns.turns.empty() ? 0 : turns.turns.back().wall * 1e3, turns.measured);
    for (const auto &[title, kind] : {std::pair("processor", &Time::processor), std::pair("wall", &Time::wall)}) {
        const std::vector<double> ratios = sortedRatios(turns.turns, kind);
        if (!ratios.empty())
            std::printf(
                "   %s %.4f (%.4f to %.4f)", title, ratios[ratios.size() / 2], ratios[ratios.size() / 4], ratios[ratios.size() * 3 / 4]);
    }
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

int main(int count, char **arguments)
{
    const int pairs = count > 1 ? std::atoi(arguments[1]) : 8;
    const double seconds = count > 2 ? std::atof(arguments[2]) : 3;
    for (const char *architecture : {"graft_resnet8", "resnet18"})
        for (const char *freezing : {"none", "all-but-head"})
            compare(architecture, freezing, pairs, seconds);
    return 0;
}
