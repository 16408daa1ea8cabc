// forecastbenchmark [BATCH [PRECISION [CHECKPOINTING [ARCHITECTURE...]]]]: measures this machine, then trains some steps of each network
// with everything trained, its last block, and its head alone (with everything alone when activation checkpointing is on or off rather than
// auto), and prints seconds a step and the memory taken beside what was forecast.
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "nn/model.h"
#include "training/forecastsettings.h"
#include "training/session.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <limits>
#include <sstream>
#include <sys/resource.h>
#include <thread>

using namespace graft;

namespace {

constexpr int steps = 5;
constexpr int classes = 10;
constexpr int waitingBatches = 3; // as a loader has with the one that is trained

/// A line of /proc/self/status, in bytes.
double ownMemory(const std::string &wanted)
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        double kibibytes = 0;
        if (words >> name >> kibibytes && name == wanted + ":")
            return kibibytes * 1024;
    }
    return 0;
}

void forgetPeak()
{
    returnFreeMemory();
    std::ofstream("/proc/self/clear_refs") << "5";
}

/// Noise in as many batches as a loader keeps waiting.
class Noise : public BatchSource {
public:
    Noise(const Shape &picture, int batchSize)
    {
        Shape shape = picture;
        shape.insert(shape.begin(), batchSize);
        std::vector<float> values(static_cast<std::size_t>(elementCount(shape)));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i * 7919 % 1000) / 500.0F - 1;
        for (int waiting = 0; waiting < waitingBatches; ++waiting)
            m_batches.push_back({Tensor::fromFloats(shape, values), std::vector<std::int64_t>(static_cast<std::size_t>(batchSize), 1)});
    }
    void startEpoch(std::uint64_t, int) override { m_given = 0; }
    Result<Batch> next() override { return m_given == steps ? Batch{} : m_batches[static_cast<std::size_t>(m_given++ % waitingBatches)]; }
    [[nodiscard]] std::int64_t sampleCount() const override { return batchCount() * std::ssize(m_batches.front().labels); }
    [[nodiscard]] std::int64_t batchCount() const override { return steps; }

private:
    std::vector<Batch> m_batches;
    int m_given = 0;
};

/// Of all threads of this program.
double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The fastest step: others may use the machine. What its processor time alone would take on all cores is the least that it can take.
class StepClock : public TrainingObserver {
public:
    void stepDone(const MetricSample &) override
    {
        const auto now = std::chrono::steady_clock::now();
        const double processor = processorSeconds();
        if (m_last != std::chrono::steady_clock::time_point()) {
            fastest = std::min(fastest, std::chrono::duration<double>(now - m_last).count());
            leastProcessor = std::min(leastProcessor, processor - m_lastProcessor);
        }
        m_last = now;
        m_lastProcessor = processor;
    }
    void finished(const TrainingResult &result) override
    {
        if (result.reason == StopReason::Failed)
            std::printf("%s\n", result.error.message.c_str());
    }
    double fastest = std::numeric_limits<double>::max(), leastProcessor = std::numeric_limits<double>::max();

private:
    std::chrono::steady_clock::time_point m_last;
    double m_lastProcessor = 0;
};

/// Freezes all but what comes from the middle of the last tenth of the multiply-adds on.
void freezeAllButTheEnd(Network &network)
{
    const NetworkAnalysis analysis = analyse(network).value();
    std::int64_t done = 0;
    for (std::size_t index = 0; index < network.layers().size(); ++index) {
        done += analysis.layers[index].multiplyAdds;
        network.find(network.layers()[index].id)->frozen = done < analysis.multiplyAdds * 8 / 10;
    }
}

void compare(const std::string &architecture, const std::string &freezing, const TrainingConfig &config, const MachineRates &rates)
{
    Network network = architectures().find(architecture)->build(1000);
    static_cast<void>(replaceHead(network, classes));
    if (freezing == "end only")
        freezeAllButTheEnd(network);
    else if (auto frozen = freeze(network, freezing); !frozen)
        return;
    const auto begin = std::chrono::steady_clock::now();
    const auto expected = forecast(network, analyse(network).value(), forecastSettings(config), &rates);
    const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const StateDict weights = initialWeights(network, 1).value(); // stay, as they do in a program that has the model open
    TrainingInput input;
    input.network = network;
    input.weights = weights;
    StepClock clock;
    forgetPeak();
    const double before = ownMemory("VmRSS");
    input.train = std::make_shared<Noise>(network.inputShape(), config.batchSize);
    forgetPeak(); // of making the noise
    auto session = TrainingSession::start(config, std::move(input), clock);
    if (!session)
        return;
    (*session)->wait();
    const double memory = ownMemory("VmHWM") - before;
    const auto forecastBytes = static_cast<double>(expected->memory.total());
    const double least = clock.leastProcessor / std::max(1U, std::thread::hardware_concurrency());
    const double seconds = expected->time->secondsPerStep;
    std::printf("%-18s %-13s step %6.3f s (at least %6.3f), forecast %6.3f s (%4.2f, %4.2f)   memory %5.0f MB, forecast %5.0f MB (%4.2f)   "
                "in %.2f ms\n",
        architecture.c_str(), freezing.c_str(), clock.fastest, least, seconds, seconds / clock.fastest, seconds / least, memory / 1e6,
        forecastBytes / 1e6, forecastBytes / memory, took);
    std::fflush(stdout);
}

} // namespace

int main(int count, char **arguments)
{
    TrainingConfig config;
    config.epochs = 1;
    config.batchSize = count > 1 ? std::atoi(arguments[1]) : 16;
    config.precision = count > 2 ? arguments[2] : "fp32";
    config.activationCheckpointing = count > 3 ? arguments[3] : "auto";
    std::vector<std::string> names(arguments + std::min(4, count), arguments + count);
    std::vector<const char *> freezings = {"none"};
    if (config.activationCheckpointing == "auto")
        freezings.insert(freezings.end(), {"end only", "all-but-head"});
    if (names.empty())
        names = {"resnet18", "mobilenet_v2", "squeezenet1_1", "efficientnet_b0"};
    const auto start = std::chrono::steady_clock::now();
    const auto rates = measureRates(ratesKey(config), {}, {});
    if (!rates) {
        std::printf("%s\n", rates.error().message.c_str());
        return 1;
    }
    std::printf("%s: measured in %.1f s\n", describe(ratesKey(config)).c_str(),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    for (const Work kind : allWork) {
        const WorkRate &rate = rates->of(kind);
        std::printf("  %-22s", std::string(name(kind)).c_str());
        for (const PassRate &pass : {rate.forward, rate.backward, rate.weightGradient, rate.compiled})
            std::printf("  %7.2f ps/MAC %7.3f ns/value %7.2f ns/parameter", pass.perMultiplyAdd * 1e12, pass.perValue * 1e9,
                pass.perParameter * 1e9);
        std::printf("\n");
    }
    std::printf("  call %.1f and %.1f µs, optimiser %.3f ns, fresh %.3f ns/byte\n", rates->forwardCall * 1e6, rates->backwardCall * 1e6,
        rates->optimizerValue * 1e9, rates->freshByte * 1e9);
    compare("graft_resnet8", "none", config, *rates); // what LibTorch takes for good when it is used first
    for (const std::string &architecture : names)
        for (const char *freezing : freezings)
            compare(architecture, freezing, config, *rates);
    return 0;
}
