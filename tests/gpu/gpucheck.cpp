// Checks training on a GPU against training on the CPU and prints the speed; see run.sh.
#include "architectures/architecture.h"
#include "nn/torchmodel.h"
#include "training/cudasupport.h"
#include "training/tinynetwork.h"

#include <ATen/ATen.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace graft;

namespace {

int failures = 0;

void check(bool holds, const std::string &claim)
{
    std::printf("%s  %s\n", holds ? "pass" : "FAIL", claim.c_str());
    failures += holds ? 0 : 1;
}

TrainingConfig configOn(Device device)
{
    TrainingConfig config = tiny::config();
    config.device = device;
    config.precision = "fp32";
    return config;
}

/// A GPU sums in another order, and may use TF32.
bool follows(const std::vector<MetricSample> &a, const std::vector<MetricSample> &b)
{
    if (a.size() != b.size() || a.empty())
        return false;
    return std::ranges::equal(
        a, b, [](const MetricSample &x, const MetricSample &y) { return std::abs(x.batchLoss - y.batchLoss) < 0.02; });
}

/// Keeps what is told besides.
class Listener : public tiny::Recorder {
public:
    void noteMade(const std::string &text) override { notes += text; }
    std::string notes;
};

void checkLoss(Device device)
{
    tiny::Recorder cpu, gpu, again;
    tiny::run(configOn({}), tiny::input(tiny::network(0)), cpu);
    tiny::run(configOn(device), tiny::input(tiny::network(0)), gpu);
    check(follows(cpu.steps, gpu.steps), "the loss follows the CPU's");
    tiny::run(configOn(device), tiny::input(tiny::network(0)), again);
    check(again.result.bestWeights == gpu.result.bestWeights, "the same seed gives the same weights");
    TrainingConfig automatic = configOn(device);
    automatic.precision = "auto";
    tiny::Recorder mixed;
    tiny::run(automatic, tiny::input(tiny::network(0)), mixed);
    check(mixed.result.reason == StopReason::Completed && mixed.steps.size() == gpu.steps.size(), "the automatic precision trains");
}

void checkFrozen(Device device)
{
    Network network = tiny::network();
    tiny::freezeBlock(network, "stem");
    TrainingConfig config = configOn(device);
    config.precision = "auto";
    config.weightDecay = 0.1;
    const TrainingInput input = tiny::input(network);
    tiny::Recorder recorder;
    tiny::run(config, input, recorder);
    bool holds = recorder.result.reason == StopReason::Completed;
    for (const auto &[name, before] : input.weights.entries()) {
        const Tensor *now = recorder.result.bestWeights.find(name);
        holds = holds && now && (*now == before) == isInBlock(name, "stem");
    }
    check(holds, "frozen layers keep every bit, the others move");
}

void checkCheckpoints(Device device)
{
    tiny::Recorder straight;
    tiny::run(configOn({}), tiny::input(tiny::network(0)), straight);
    const std::pair<Device, Device> ways[] = {{device, {}}, {{}, device}, {device, device}};
    for (const auto &[from, to] : ways) {
        const auto folder = std::filesystem::temp_directory_path() / "graft-gpucheck";
        std::filesystem::remove_all(folder);
        TrainingInput input = tiny::input(tiny::network(0));
        input.checkpointFolder = folder;
        tiny::Recorder before, after;
        tiny::runUntilStep(configOn(from), input, before, 8);
        input.resume = true;
        tiny::run(configOn(to), input, after);
        std::vector<MetricSample> joined = before.steps;
        joined.insert(joined.end(), after.steps.begin(), after.steps.end());
        check(after.result.reason == StopReason::Completed && follows(straight.steps, joined),
            "a checkpoint goes from " + name(from) + " to " + name(to));
        std::filesystem::remove_all(folder);
    }
}

/// What is uploaded while the device is busy must be what the computer's memory held then, however soon that is used again.
void checkUploads(Device device)
{
    const at::Device there = torchDevice(device);
    const std::int64_t size = device.isCuda() ? 2048 : 128;
    const at::Tensor matrix = at::ones({size, size}, there);
    at::Tensor busy = matrix;
    std::vector<at::Tensor> sums;
    for (int i = 0; i < 200; ++i) {
        busy = at::mm(busy, matrix).div_(static_cast<double>(size));
        const at::Tensor numbers = at::full({512, 1024}, i, at::kFloat);
        sums.push_back(cudasupport::upload(numbers, there).sum() + busy[0][0] - 1);
    }
    bool holds = true;
    for (int i = 0; i < 200; ++i)
        holds = holds && std::abs(sums[static_cast<std::size_t>(i)].item<double>() - 512.0 * 1024 * i) <= 1e-5 * 512 * 1024 * i + 1e-3;
    check(holds, "what is uploaded while the device computes arrives whole");
}

void checkLevels(Device device)
{
    const std::vector<LevelScale> scales = {{0.0171F, -2.1179F}, {0.0175F, -2.0357F}, {0.0174F, -1.8044F}};
    const at::Tensor levels = at::arange(256, at::kByte).view({1, 1, 16, 16}).expand({2, 3, 16, 16}).contiguous();
    const at::Tensor here = cudasupport::uploadScaled(levels, scales, at::kCPU);
    const at::Tensor there = cudasupport::uploadScaled(levels, scales, torchDevice(device)).to(at::kCPU);
    check((here - there).abs().max().item<float>() < 1e-6F, "levels are scaled on the device as on the CPU");
}

/// The same steps as a graph and one by one: with dropout, whose random numbers must be new ones at each step, BatchNorm and a smaller
/// batch.
void checkGraphs(Device device)
{
    for (const char *precision : {"fp32", "bf16"}) {
        TrainingConfig config = configOn(device);
        config.precision = precision;
        config.epochs = 6;
        tiny::Recorder plain;
        tiny::run(config, tiny::input(tiny::network()), plain);
        config.cudaGraphs = true;
        Listener recorded;
        tiny::run(config, tiny::input(tiny::network()), recorded);
        check(recorded.result.reason == StopReason::Completed && follows(plain.steps, recorded.steps),
            std::string("steps recorded as a CUDA graph learn the same in ") + precision + ": " + recorded.notes
                + recorded.result.error.message);
        if (device.isCuda())
            check(recorded.notes.empty(), "the step could be recorded");
    }
}

void checkFastest(Device device)
{
    TrainingConfig config = configOn(device);
    tiny::Recorder plain, fastest;
    tiny::run(config, tiny::input(tiny::network(0)), plain);
    config.deterministic = false;
    tiny::run(config, tiny::input(tiny::network(0)), fastest);
    check(follows(plain.steps, fastest.steps), "without deterministic algorithms it learns the same but for rounding");
}

/// The multi-tensor steps of a GPU against the CPU's.
void checkOptimizers(Device device)
{
    for (const std::string &optimizer : {std::string("sgd"), std::string("adam"), std::string("adamw")}) {
        tiny::Recorder cpu, gpu;
        TrainingConfig config = configOn({});
        config.optimizer = optimizer;
        config.weightDecay = 0.01;
        config.learningRate = 0.01;
        tiny::run(config, tiny::input(tiny::network(0)), cpu);
        config.device = device;
        tiny::run(config, tiny::input(tiny::network(0)), gpu);
        check(follows(cpu.steps, gpu.steps), "the loss follows the CPU's with " + optimizer);
    }
}

/// One batch, again and again.
class SameBatch : public BatchSource {
public:
    SameBatch(std::int64_t pictures, std::int64_t pixels, std::int64_t batches) : m_batches(batches)
    {
        std::vector<float> values(static_cast<std::size_t>(pictures * 3 * pixels * pixels));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i % 97) / 97.0F;
        m_batch.pictures = Tensor::fromFloats({pictures, 3, pixels, pixels}, values);
        for (std::int64_t i = 0; i < pictures; ++i)
            m_batch.labels.push_back(i % 3);
    }
    void startEpoch(std::uint64_t, int) override { m_left = m_batches; }
    [[nodiscard]] Result<Batch> next() override { return m_left-- > 0 ? m_batch : Batch{}; }
    [[nodiscard]] std::int64_t sampleCount() const override { return m_batches * std::ssize(m_batch.labels); }
    [[nodiscard]] std::int64_t batchCount() const override { return m_batches; }

private:
    Batch m_batch;
    std::int64_t m_batches, m_left = 0;
};

void checkOutOfMemory(Device device)
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", tiny::Sizes{3, 512, 512}}}, {});
    last = network.add("conv", "Conv2d",
        {{"in_channels", std::int64_t{3}}, {"out_channels", std::int64_t{1024}}, {"kernel_size", tiny::Sizes{1, 1}}}, {last});
    last = network.add("avgpool", "AdaptiveAvgPool2d", {{"output_size", tiny::Sizes{1, 1}}}, {last});
    last = network.add("flatten", "Flatten", {}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{1024}}, {"out_features", std::int64_t{3}}}, {last});
    TrainingInput input;
    input.network = network;
    input.weights = initialWeights(network, 1).value();
    input.train = std::make_shared<SameBatch>(512, 512, 1);
    tiny::Recorder tooLarge, after;
    tiny::run(configOn(device), input, tooLarge);
    check(tooLarge.result.reason == StopReason::Failed && tooLarge.result.error.code == ErrorCode::OutOfMemory,
        "running out of memory ends the run with a sentence: " + tooLarge.result.error.message);
    tiny::run(configOn(device), tiny::input(tiny::network()), after);
    check(after.result.reason == StopReason::Completed, "the next run works");
}

struct Speed {
    std::string architecture, precision = "bf16";
    std::int64_t batch = 64;
    bool deterministic = true, cudaGraphs = false;
};

void printSpeed(Device device, const Speed &speed)
{
    const Architecture *known = architectures().find(speed.architecture);
    TrainingInput input;
    input.network = known->build(3);
    input.weights = initialWeights(input.network, 1).value();
    input.train = std::make_shared<SameBatch>(speed.batch, known->preprocessing.crop, 24);
    TrainingConfig config = configOn(device);
    config.epochs = 2;
    config.batchSize = static_cast<int>(speed.batch);
    config.learningRate = 1e-4;
    config.precision = speed.precision;
    config.deterministic = speed.deterministic;
    config.cudaGraphs = speed.cudaGraphs;
    tiny::Recorder recorder;
    tiny::run(config, input, recorder);
    if (recorder.result.reason != StopReason::Completed)
        return check(false, speed.architecture + " trains: " + recorder.result.error.message);
    // The first epoch warms up.
    const double seconds = recorder.result.epochs[1].seconds;
    std::printf("speed %s, %s, batch %lld%s%s: %.0f pictures a second\n", speed.architecture.c_str(), speed.precision.c_str(),
        static_cast<long long>(speed.batch), speed.deterministic ? "" : ", fastest algorithms", speed.cudaGraphs ? ", as a graph" : "",
        static_cast<double>(24 * speed.batch) / seconds);
}

} // namespace

int main(int count, char **arguments)
{
    const auto device = parseDevice(count > 1 ? arguments[1] : "cuda");
    if (!device) {
        std::printf("%s Nothing was checked.\n", device.error().message.c_str());
        return EXIT_SUCCESS;
    }
    std::printf("checking %s\n", name(*device).c_str());
    checkLoss(*device);
    checkFrozen(*device);
    checkCheckpoints(*device);
    checkUploads(*device);
    checkLevels(*device);
    checkOptimizers(*device);
    checkFastest(*device);
    checkGraphs(*device);
    if (device->isCuda()) {
        checkOutOfMemory(*device);
        for (const char *architecture : {"resnet18", "resnet50", "mobilenet_v2"}) {
            printSpeed(*device, {.architecture = architecture, .precision = "fp32"});
            for (const bool deterministic : {true, false})
                for (const bool cudaGraphs : {false, true})
                    printSpeed(*device, {.architecture = architecture, .deterministic = deterministic, .cudaGraphs = cudaGraphs});
        }
    } else {
        printSpeed(*device, {.architecture = "cifar_resnet20", .precision = "fp32", .batch = 8});
    }
    std::printf("%d checks failed\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
