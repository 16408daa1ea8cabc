#include "nn/calibration.h"

#include "core/files.h"
#include "layers/layercall.h"
#include "nn/compilednetwork.h"
#include "nn/fusedgroup.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace graft {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Ints = std::vector<std::int64_t>;

constexpr std::int64_t batch = 16; // too many for what a large layer makes to stay near the processor
constexpr int fewestPasses = 3, mostPasses = 100; // many of a short one: other programs interrupt for milliseconds
constexpr double enoughSeconds = 0.015; // of a case, in one direction

/// A layer as networks have it, with the shapes that come in.
struct Case {
    Layer layer;
    std::vector<Shape> inputs;
    bool training = true;
};

Layer layerOf(std::string type, Attributes attributes)
{
    Layer layer;
    layer.id = {1};
    layer.name = "measured";
    layer.type = std::move(type);
    layer.attributes = std::move(attributes);
    return layer;
}

Case convolution(
    std::int64_t from, std::int64_t to, std::int64_t side, std::int64_t kernel, std::int64_t stride = 1, std::int64_t groups = 1)
{
    return {layerOf("Conv2d",
                {{"in_channels", from}, {"out_channels", to}, {"kernel_size", Ints{kernel, kernel}}, {"stride", Ints{stride, stride}},
                    {"padding", Ints{kernel / 2, kernel / 2}}, {"groups", groups}, {"bias", false}}),
        {{from, side, side}}};
}

Case depthwise(std::int64_t channels, std::int64_t side, std::int64_t kernel, std::int64_t stride)
{
    return convolution(channels, channels, side, kernel, stride, channels);
}

Case onPicture(std::string type, std::int64_t channels, std::int64_t side, Attributes attributes = {}, bool training = true)
{
    return {layerOf(std::move(type), std::move(attributes)), {{channels, side, side}}, training};
}

Case linear(std::int64_t tokens, std::int64_t from, std::int64_t to)
{
    const Shape input = tokens == 1 ? Shape{from} : Shape{tokens, from};
    return {layerOf("Linear", {{"in_features", from}, {"out_features", to}}), {input}};
}

Case attention(std::int64_t tokens, std::int64_t width, std::int64_t heads)
{
    return {layerOf("MultiheadAttention", {{"embed_dim", width}, {"num_heads", heads}}), {{tokens, width}}};
}

Case ofTwo(std::string type, Shape first, Shape second, Attributes attributes = {})
{
    return {layerOf(std::move(type), std::move(attributes)), {std::move(first), std::move(second)}};
}

/// Wide and narrow, early and late in a network, so that arithmetic, traffic and filters weigh differently.
std::vector<Case> makeCases()
{
    std::vector<Case> all = {convolution(64, 64, 56, 3), convolution(256, 256, 14, 3), convolution(512, 512, 7, 3),
        convolution(3, 64, 112, 7, 2), convolution(16, 64, 54, 3), convolution(64, 256, 28, 1), convolution(1024, 256, 14, 1),
        convolution(16, 96, 56, 1), convolution(160, 960, 7, 1), convolution(144, 24, 56, 1), depthwise(96, 56, 3, 2),
        depthwise(144, 56, 3, 1), depthwise(576, 14, 3, 1), depthwise(672, 14, 5, 1), convolution(128, 128, 28, 3, 1, 32),
        convolution(256, 256, 14, 3, 1, 4), linear(1, 2048, 1000), linear(1, 512, 10), linear(64, 768, 768), linear(196, 192, 768),
        attention(197, 192, 3), attention(64, 512, 8)};
    for (const auto &[channels, side] : {std::pair<std::int64_t, std::int64_t>{64, 56}, {512, 7}}) {
        for (const bool training : {true, false})
            all.push_back(onPicture("BatchNorm2d", channels, side, {{"num_features", channels}}, training));
        for (const char *type : {"ReLU", "SiLU", "Hardswish"})
            all.push_back(onPicture(type, channels, side));
        all.push_back(ofTwo("Add", {channels, side, side}, {channels, side, side}));
        all.push_back(ofTwo("Multiply", {channels, side, side}, {channels, 1, 1}));
        all.push_back(onPicture("AdaptiveAvgPool2d", channels, side));
        all.push_back(ofTwo("Concatenate", {channels, side, side}, {channels, side, side}));
    }
    all.push_back(onPicture("MaxPool2d", 64, 56, {{"kernel_size", Ints{3, 3}}, {"stride", Ints{2, 2}}, {"padding", Ints{1, 1}}}));
    all.push_back({layerOf("LayerNorm", {{"normalized_shape", Ints{384}}}), {{197, 384}}});
    return all;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "The measurement was stopped.", {}};
}

void finish(const at::Tensor &tensor)
{
    if (!tensor.is_cuda())
        return;
    at::Tensor one = tensor;
    while (one.dim() > 0)
        one = one.select(0, 0);
    static_cast<void>(one.item<float>()); // waits for all that was asked of the device
}

at::Tensor filled(const Shape &shape, at::ScalarType type, at::Device device)
{
    const auto format = shape.size() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    return at::empty(shape, at::TensorOptions(type).device(device).memory_format(format)).uniform_(0.1, 1);
}

/// What comes into a case with that shape.
at::Tensor inputOf(Shape shape, std::int64_t pictures, const RatesKey &key)
{
    shape.insert(shape.begin(), pictures);
    return filled(shape, key.bfloat16 ? at::kBFloat16 : at::kFloat, torchDevice(key.device));
}

template <typename Pass>
double fastest(Pass pass)
{
    static_cast<void>(pass()); // it warms up
    double best = std::numeric_limits<double>::max(), spent = 0;
    for (int count = 0; count < fewestPasses || (spent < enoughSeconds && count < mostPasses); ++count) {
        const auto start = Clock::now();
        best = std::min(best, std::chrono::duration<double>(pass()).count());
        spent += std::chrono::duration<double>(Clock::now() - start).count();
    }
    return best;
}

/// Live inputs and tensors of one case.
class Bench {
public:
    Bench(const Case &what, const LayerAnalysis &figures, const RatesKey &key)
        : m_case(what), m_device(torchDevice(key.device)), m_bfloat16(key.bfloat16),
          m_fuses(m_device.is_cpu() && what.layer.type == "BatchNorm2d")
    {
        for (const Shape &shape : what.inputs)
            m_inputs.push_back(inputOf(shape, batch, key));
        for (const TensorSpec &spec : figures.tensors) {
            m_tensors.push_back(filled(spec.shape, at::kFloat, m_device));
            if (spec.type == DType::Int64)
                m_tensors.back() = m_tensors.back().to(at::kLong);
        }
    }

    [[nodiscard]] double forwardSeconds()
    {
        setGradients(true, true);
        return fastest([this] {
            const auto start = Clock::now();
            finish(run());
            return Clock::now() - start;
        });
    }
    [[nodiscard]] double backwardSeconds(bool ofInputs, bool ofTensors)
    {
        setGradients(ofInputs, ofTensors);
        return fastest([this] {
            const at::Tensor output = run();
            const at::Tensor gradient = at::ones_like(output);
            finish(gradient);
            const auto start = Clock::now();
            output.backward(gradient);
            if (!m_inputs.empty() && m_inputs.front().grad().defined())
                finish(m_inputs.front().grad());
            const auto took = Clock::now() - start;
            for (auto *tensors : {&m_inputs, &m_tensors})
                for (at::Tensor &tensor : *tensors)
                    tensor.mutable_grad() = at::Tensor();
            return took;
        });
    }
    [[nodiscard]] bool hasTrainableTensors() const
    {
        return std::ranges::any_of(m_tensors, [](const at::Tensor &tensor) { return tensor.is_floating_point(); });
    }

private:
    void setGradients(bool ofInputs, bool ofTensors)
    {
        for (at::Tensor &input : m_inputs)
            input.requires_grad_(ofInputs);
        for (std::size_t index = 0; index < m_tensors.size(); ++index)
            if (m_tensors[index].is_floating_point())
                m_tensors[index].requires_grad_(ofTensors && index < 2); // a BatchNorm's statistics come third
    }
    [[nodiscard]] at::Tensor run() const
    {
        const Autocast autocast(m_device, m_bfloat16);
        if (m_fuses) // with what mostly follows it
            return runFused({.activation = FusedActivation::ReLU}, m_case.layer, m_inputs[0], {}, m_tensors, m_case.training);
        return layerTypes().find(m_case.layer.type)->forward({m_case.layer, m_inputs, m_tensors, m_case.training});
    }

    const Case &m_case;
    at::Device m_device;
    bool m_bfloat16, m_fuses;
    std::vector<at::Tensor> m_inputs, m_tensors;
};

/// Of layers one behind the other, as CompiledNetwork runs them, with as many pictures as it takes at once.
Result<double> layersSeconds(const Shape &input, const std::vector<Layer> &layers, const RatesKey &key)
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", input}}, {});
    for (std::size_t index = 0; index < layers.size(); ++index)
        last = network.add("layer" + std::to_string(index), layers[index].type, layers[index].attributes, {last});
    const auto weights = initialWeights(network, 1);
    if (!weights)
        return fail(weights.error());
    const auto compiled = CompiledNetwork::create(network, *weights, {last}, key.device, key.bfloat16);
    if (!compiled)
        return fail(compiled.error());
    std::vector<at::Tensor> inputs{inputOf(input, CompiledNetwork::picturesTogether(), key)};
    if (input.size() == 3 && input.front() == 3) // pictures come as the loader makes them
        inputs.front() = inputs.front().to(at::kFloat).contiguous();
    return fastest([&] {
        const auto start = Clock::now();
        finish(compiled->run(inputs).front());
        return Clock::now() - start;
    });
}

/// A case as CompiledNetwork runs it in the middle of a network; none where that is as the layer runs by itself.
Result<std::optional<double>> compiledSeconds(const Case &what, Work work, const RatesKey &key)
{
    const Shape &input = what.inputs.front();
    if (what.layer.type == "Conv2d") // with what mostly follows it
        return layersSeconds(input, {what.layer, layerOf("ReLU", {})}, key);
    if (work == Work::Product && input.size() > 1) // the answers of a network are not rounded
        return layersSeconds(input, {what.layer, layerOf("Flatten", {})}, key);
    if (work == Work::Product || work == Work::Pooling || work == Work::GlobalPooling)
        return layersSeconds(input, {what.layer}, key);
    if (work != Work::SmoothActivation)
        return std::nullopt;
    // What it adds to the layer that makes its input.
    const Layer before = depthwise(input[0], input[1], 1, 1).layer;
    const auto without = layersSeconds(input, {before}, key), with = layersSeconds(input, {before, what.layer}, key);
    if (!without || !with)
        return fail(without ? with.error() : without.error());
    return std::max(*with - *without, 0.1 * *with);
}

/// What was measured of one kind of work.
struct Samples {
    std::vector<PassSample> forward, backward, weightGradient, compiled;
};

Result<void> measure(Case what, const RatesKey &key, std::map<Work, Samples> &samples)
{
    what.layer.inputs.assign(what.inputs.size(), LayerId{0});
    const auto figures = analyseLayer(what.layer, what.inputs, std::vector<std::string>(what.inputs.size(), "input"));
    if (!figures)
        return fail(figures.error());
    const LayerWork work = workOf(what.layer, what.inputs, *figures, what.training);
    Bench bench(what, *figures, key);
    const auto sampleOf = [&](std::int64_t count, double seconds) {
        const auto pictures = static_cast<double>(count);
        return PassSample{pictures * work.multiplyAdds, pictures * work.values, work.parameters, seconds};
    };
    const auto sample = [&](double seconds) { return sampleOf(batch, seconds); };
    Samples &kind = samples[work.work];
    kind.forward.push_back(sample(bench.forwardSeconds()));
    const auto compiled = compiledSeconds(what, work.work, key);
    if (!compiled)
        return fail(compiled.error());
    kind.compiled.push_back(*compiled ? sampleOf(CompiledNetwork::picturesTogether(), **compiled) : kind.forward.back());
    const double backward = bench.backwardSeconds(true, false);
    kind.backward.push_back(sample(backward));
    if (!bench.hasTrainableTensors())
        return {};
    // At least a little: two noisy times are subtracted.
    const double both = bench.backwardSeconds(true, true);
    kind.weightGradient.push_back(sample(std::max(both - backward, work.multiplyAdds > 0 ? 0.3 * both : 0.02 * both)));
    return {};
}

/// What a layer costs beside its numbers: a tiny one.
void measureCalls(const RatesKey &key, MachineRates &rates)
{
    Case tiny = onPicture("ReLU", 4, 2);
    tiny.layer.inputs = {LayerId{0}};
    const auto figures = analyseLayer(tiny.layer, tiny.inputs, {"input"});
    Bench bench(tiny, *figures, key);
    rates.forwardCall = bench.forwardSeconds();
    rates.backwardCall = bench.backwardSeconds(true, false);
}

void measureOptimizer(const RatesKey &key, MachineRates &rates)
{
    const at::NoGradGuard noGradients;
    constexpr std::int64_t values = 1 << 20, tensors = 4;
    const at::Device device = torchDevice(key.device);
    const std::vector<at::Tensor> to(tensors, at::zeros(values, device)), from(tensors, at::ones(values, device));
    double best = std::numeric_limits<double>::max();
    for (int pass = 0; pass <= fewestPasses; ++pass) {
        const auto start = Clock::now();
        at::_foreach_add_(to, from, 0.5);
        finish(to.back());
        if (pass > 0)
            best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    rates.optimizerValue = best / (values * tensors);
}

/// What the first touch of memory costs beside writing to it.
void measureFreshMemory(const RatesKey &key, MachineRates &rates)
{
    if (key.device.isCuda())
        return; // its allocator keeps what it has
    constexpr std::int64_t values = 16 << 20;
    double first = std::numeric_limits<double>::max(), again = first;
    for (int pass = 0; pass < fewestPasses; ++pass) {
        const at::Tensor block = at::empty(values);
        for (double *best : {&first, &again}) {
            const auto start = Clock::now();
            block.fill_(1);
            *best = std::min(*best, std::chrono::duration<double>(Clock::now() - start).count());
        }
    }
    rates.freshByte = std::max(0.0, first - again) / (values * 4);
}

MachineRates fitted(const std::map<Work, Samples> &samples)
{
    MachineRates rates;
    for (const auto &[kind, measured] : samples)
        rates.of(kind)
            = {fitRate(measured.forward), fitRate(measured.backward), fitRate(measured.weightGradient), fitRate(measured.compiled)};
    return rates;
}

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name"))
            if (const auto colon = line.find(": "); colon != std::string::npos)
                return line.substr(colon + 2);
    return "unknown processor";
}

fs::path ratesFile(const fs::path &folder)
{
    return folder / "machine.json";
}

nlohmann::json readAll(const fs::path &folder)
{
    const auto text = readText(ratesFile(folder));
    auto all = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    return all.is_object() ? all : nlohmann::json::object();
}

} // namespace

std::string describe(const RatesKey &key)
{
    prepareThreads();
    return processorName() + ", " + std::to_string(at::get_num_threads()) + " threads, " + name(key.device) + ", "
        + (key.bfloat16 ? "bf16" : "fp32") + ", LibTorch " + TORCH_VERSION;
}

Result<MachineRates> measureRates(const RatesKey &key, const std::function<void(double)> &progress, const Cancellation &cancellation)
{
    prepareThreads();
    try {
        const std::vector<Case> cases = makeCases();
        std::map<Work, Samples> samples;
        for (std::size_t index = 0; index < cases.size(); ++index) {
            if (cancellation.requested())
                return fail(cancelled());
            if (progress)
                progress(static_cast<double>(index) / static_cast<double>(cases.size()));
            if (auto measured = measure(cases[index], key, samples); !measured)
                return fail(measured.error());
        }
        MachineRates rates = fitted(samples);
        measureCalls(key, rates);
        measureFreshMemory(key, rates);
        measureOptimizer(key, rates);
        return rates;
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, name(key.device)));
    }
}

Result<MachineRates> readRates(const RatesKey &key, const fs::path &folder)
{
    const auto all = readAll(folder);
    const auto found = all.find(describe(key));
    if (found == all.end())
        return fail(ErrorCode::FileNotFound, "This machine has not been measured yet; measure it first.", ratesFile(folder).string());
    return machineRatesFromJson(*found);
}

Result<void> keepRates(const RatesKey &key, const MachineRates &rates, const fs::path &folder)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    auto all = readAll(folder);
    all[describe(key)] = toJson(rates);
    return writeText(ratesFile(folder), all.dump(1));
}

} // namespace graft
