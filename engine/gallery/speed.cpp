#include "gallery/speed.h"
#include "graph/analysis.h"
#include "nn/model.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace graft {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double enoughSeconds = 1.2;
constexpr int fewestPasses = 5;
constexpr double longPass = 4; // seconds: not run twice
constexpr std::int64_t bytesPerFloat = 4;

/// Weights, the batch, and the largest outputs that live side by side.
std::int64_t memoryNeeded(const NetworkAnalysis &analysis, int batch)
{
    std::int64_t largest = 0;
    for (const LayerAnalysis &layer : analysis.layers)
        largest = std::max(largest, elementCount(layer.outputShape));
    return bytesPerFloat * (analysis.parameters + 6 * largest * batch);
}

/// Zeros for every tensor of the network, all in the same bytes.
Result<StateDict> emptyWeights(const Network &network)
{
    const auto expected = expectedTensors(network);
    if (!expected)
        return fail(expected.error());
    std::size_t largest = 0;
    for (const auto &[name, spec] : *expected)
        largest = std::max(largest, static_cast<std::size_t>(elementCount(spec.shape)) * byteSize(spec.type));
    const auto zeros = std::make_shared<const std::vector<std::byte>>(largest);
    StateDict weights;
    for (const auto &[name, spec] : *expected)
        weights.set(name, Tensor(spec.type, spec.shape, zeros));
    return weights;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "The measurement was stopped.", {}};
}

} // namespace

Result<double> measureSpeed(const Network &network, Device device, int batch, const Cancellation &cancellation)
{
    if (cancellation.requested())
        return fail(cancelled());
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    const std::int64_t available = freeMemory(device);
    if (!device.isCuda() && available > 0 && memoryNeeded(*analysis, batch) > available)
        return fail(ErrorCode::OutOfMemory, network.architecture + " needs more memory than this computer has free.", network.architecture);
    const auto weights = emptyWeights(network);
    if (!weights)
        return fail(weights.error());
    const auto model = Model::create(network, *weights, device);
    if (!model)
        return fail(model.error());
    Shape shape = network.inputShape();
    shape.insert(shape.begin(), batch);
    const Tensor pictures = Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)), 0.5F));
    double spent = 0, fastest = longPass;
    for (int pass = 0; pass <= fewestPasses || spent < enoughSeconds; ++pass) {
        if (cancellation.requested())
            return fail(cancelled());
        const auto start = Clock::now();
        if (const auto output = model->forward(pictures); !output)
            return fail(output.error());
        const double took = std::chrono::duration<double>(Clock::now() - start).count();
        if (took > longPass)
            return batch / took;
        if (pass == 0)
            continue; // it warms up
        fastest = std::min(fastest, took);
        spent += took;
    }
    return batch / fastest;
}

} // namespace graft
