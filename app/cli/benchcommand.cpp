#include "benchdata.h"
#include "command.h"
#include "console.h"
#include "data/drawnpictures.h"
#include "data/transform.h"
#include "demo/demo.h"
#include "graph/layeredits.h"
#include "graph/overview.h"
#include "nn/machinelimits.h"
#include "nn/model.h"
#include "speedcommand.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>

namespace graft::cli {
namespace {

struct BenchOptions {
    std::string name;
    std::string model = "mobilenet_v2:random";
    std::string data;
    std::string precision = "auto";
    int threads = 0;
    int runs = 5;
    bool json = false;
};

double secondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One number per run.
using Runs = std::vector<double>;

/// Pictures a second through the network, 32 at a time, on the CPU.
Result<Runs> benchForward(const BenchOptions &options)
{
    const auto package = openModel(options.model);
    if (!package)
        return fail(package.error());
    const auto model = Model::create(package->network, package->weights, Device{}, options.precision);
    if (!model)
        return fail(model.error());
    constexpr int pictures = 32;
    const Shape input = package->network.inputShape();
    Shape shape = {pictures};
    shape.insert(shape.end(), input.begin(), input.end());
    const Tensor batch = Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)), 0.5F));
    Runs runs;
    for (int run = -1; run < options.runs; ++run) { // the first one warms up
        Result<Tensor> output;
        const double seconds = secondsOf([&] { output = model->forward(batch); });
        if (!output)
            return fail(output.error());
        if (run >= 0)
            runs.push_back(pictures / seconds);
    }
    return runs;
}

/// Pictures a second through the training transform, on one core, from a decoded picture of 500 × 375.
Result<Runs> benchAugment(const BenchOptions &options)
{
    const Picture square = drawPicture(DrawnSet::Pretraining, 0, 0, 500);
    std::mt19937_64 random(0);
    constexpr int pictures = 64;
    Runs runs;
    for (int run = 0; run < options.runs; ++run)
        runs.push_back(pictures / secondsOf([&] {
            for (int i = 0; i < pictures; ++i)
                static_cast<void>(trainingTransform(square, Preprocessing{}, Augmentation{}, random));
        }));
    return runs;
}

/// Milliseconds from a model file to a checked network with its analysis.
Result<Runs> benchOpen(const BenchOptions &options)
{
    Runs runs;
    for (int run = 0; run < options.runs; ++run) {
        Result<ModelPackage> package;
        const double seconds = secondsOf([&] { package = openModel(options.model); });
        if (!package)
            return fail(package.error());
        runs.push_back(seconds * 1000);
    }
    return runs;
}

/// Milliseconds for an edit in the middle of the network (a layer in, one of its attributes, out again: the mean of the three) until
/// shapes, figures and problems are up to date.
Result<Runs> benchEdit(const BenchOptions &options)
{
    auto package = openModel(options.model, {.use = WeightsUse::NetworkOnly});
    if (!package)
        return fail(package.error());
    Network network = package->network;
    StateDict weights = package->weights;
    Result<void> done;
    const auto edit = [&](const auto &change) {
        Network edited = network;
        StateDict editedWeights = weights;
        if (done)
            done = change(edited, editedWeights);
        if (done && !check(edited))
            done = fail(ErrorCode::Internal, "The edited network is none.");
        network = std::move(edited);
        weights = std::move(editedWeights);
    };
    Runs runs;
    for (int run = 0; run < options.runs && done; ++run) {
        LayerId added;
        const double seconds = secondsOf([&] {
            edit([&](Network &edited, StateDict &) -> Result<void> {
                const auto inserted = insertLayer(edited, "BatchNorm2d", {edited.layers()[edited.layers().size() / 2].id, 0});
                added = inserted.value_or(LayerId());
                return inserted ? Result<void>() : fail(inserted.error());
            });
            edit([&](Network &edited, StateDict &) { return setAttribute(edited, {added}, "eps", AttributeValue(0.001)); });
            edit([&](Network &edited, StateDict &editedWeights) { return removeLayers(edited, editedWeights, {added}); });
        });
        runs.push_back(seconds * 1000 / 3);
    }
    return done ? Result<Runs>(std::move(runs)) : fail(done.error());
}

template <Result<Runs> (*measure)(const DataBenchOptions &)>
Result<Runs> benchData(const BenchOptions &options)
{
    return measure({options.data, options.threads, options.runs});
}

/// What this machine can do at best, on all threads; see MachineLimits. Billions a second.
Result<Runs> benchLimit(const BenchOptions &options, bool bfloat16, double MachineLimits::*limit)
{
    Runs runs;
    for (int run = 0; run < options.runs; ++run) {
        const auto limits = measureLimits(bfloat16);
        if (!limits)
            return fail(limits.error());
        runs.push_back((*limits).*limit / 1e9);
    }
    return runs;
}

Result<Runs> benchProduct(const BenchOptions &options)
{
    return benchLimit(options, false, &MachineLimits::multiplyAdds);
}

Result<Runs> benchProductBfloat16(const BenchOptions &options)
{
    return benchLimit(options, true, &MachineLimits::multiplyAdds);
}

Result<Runs> benchCopy(const BenchOptions &options)
{
    return benchLimit(options, false, &MachineLimits::bytes);
}

struct Benchmark {
    std::string name, unit;
    Result<Runs> (*measure)(const BenchOptions &options);
};

const std::array<Benchmark, 10> benchmarks = {{
    {"forward", "pictures/s", benchForward},
    {"augment", "pictures/s", benchAugment},
    {"open", "ms", benchOpen},
    {"edit", "ms", benchEdit},
    {"decode", "pictures/s", benchData<benchDecoding>},
    {"decode-evaluation", "pictures/s", benchData<benchDecodingForEvaluation>},
    {"index", "ms", benchData<benchIndexing>},
    {"product", "billion multiply-adds/s", benchProduct},
    {"product-bf16", "billion multiply-adds/s", benchProductBfloat16},
    {"copy", "GB/s", benchCopy},
}};

int bench(const BenchOptions &options)
{
    const auto benchmark = std::ranges::find(benchmarks, options.name, &Benchmark::name);
    prepareThreads();
    auto runs = benchmark->measure(options);
    if (!runs)
        return report(runs.error(), options.json);
    const Runs inOrder = *runs;
    std::ranges::sort(*runs);
    const double median = (*runs)[runs->size() / 2];
    if (options.json)
        printLine({{"name", options.name}, {"median", median}, {"unit", benchmark->unit}, {"runs", inOrder}, {"peakMemory", peakMemory()}});
    else
        std::cout << options.name << ": median " << median << " " << benchmark->unit << " (" << runs->front() << " to " << runs->back()
                  << ", " << runs->size() << " runs, the first " << inOrder.front() << "); peak memory " << std::lround(peakMemory() / 1e6)
                  << " MB\n";
    return 0;
}

} // namespace

void addBench(CLI::App &program, int &status)
{
    auto options = std::make_shared<BenchOptions>();
    CLI::App *command = program.add_subcommand("bench", "Run one of Graft's own benchmarks");
    std::vector<std::string> names = {"speed"};
    for (const Benchmark &benchmark : benchmarks)
        names.push_back(benchmark.name);
    command->add_option("NAME", options->name, CLI::detail::join(names, ", "))->required()->check(CLI::IsMember(names));
    command->add_option("--data", options->data,
        "for decode, decode-evaluation, index and speed: a folder of class folders, for speed with train/ and val/");
    command->add_option("--threads", options->threads, "for decode and decode-evaluation; 0 = one per core")->check(CLI::Range(0, 1024));
    command->add_option("--model", options->model, "for forward, open and edit: a model file, or an architecture as in resnet50:random")
        ->capture_default_str();
    command->add_option("--precision", options->precision, "for forward: auto, fp32 or bf16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
    command->add_option("--runs", options->runs)->check(CLI::Range(1, 1000))->capture_default_str();
    command->add_flag("--json", options->json, "one JSON object");
    auto speed = std::make_shared<SpeedOptions>();
    command->add_option("--script", speed->script, "for speed: the script to compare with")->capture_default_str();
    command->add_option("--python", speed->python, "for speed: a Python with torch and torchvision")->capture_default_str();
    command->add_option("--script-environment", speed->scriptEnvironment, "for speed: NAME=value, for the script alone");
    command->add_option("--script-epochs", speed->scriptEpochs, "for speed: epochs that the script runs; its time is scaled to --epochs")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--epochs", speed->epochs, "for speed: epochs of training")->check(CLI::Range(1, 1000))->capture_default_str();
    command->add_option("--only", speed->only, "for speed: the comparisons with this in their name");
    command->callback([options, speed, &status] {
        speed->data = options->data;
        speed->runs = options->runs;
        speed->json = options->json;
        status = options->name == "speed" ? benchSpeed(*speed) : bench(*options);
    });
}

} // namespace graft::cli
