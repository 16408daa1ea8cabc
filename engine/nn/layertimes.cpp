#include "nn/layertimes.h"

#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace graft {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int mostPasses = 7, fewestPasses = 3;
constexpr double enoughSeconds = 3;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// A stopwatch that is read between the layers. What is asked of a GPU is waited for at each reading.
class Stopwatch {
public:
    void start() { m_last = Clock::now(); }
    double lap(const at::Tensor &made)
    {
        if (made.is_cuda())
            static_cast<void>(made.reshape(-1).slice(0, 0, 1).to(at::kFloat).item<float>());
        const auto now = Clock::now();
        return std::chrono::duration<double>(now - std::exchange(m_last, now)).count();
    }

private:
    Clock::time_point m_last;
};

struct Pass {
    std::vector<double> forward, backward;
};

/// One step. The gradient of a layer's output is ready when its backward begins; what follows until the next one is ready is its time.
Pass runOnce(const TorchModel &model, const at::Tensor &pictures, bool bfloat16)
{
    const auto &layers = model.network().layers();
    Pass pass{std::vector<double>(layers.size(), unknown), std::vector<double>(layers.size(), unknown)};
    Stopwatch watch;
    std::size_t running = layers.size();
    std::set<const void *> hooked; // a layer that hands its input on has no backward of its own
    at::Tensor output;
    {
        const Autocast autocast(model.device(), bfloat16);
        watch.start();
        output = model.forward(pictures, TorchModel::Mode::Training, [&](const Layer &layer, const at::Tensor &made) {
            const auto index = static_cast<std::size_t>(&layer - layers.data());
            pass.forward[index] = watch.lap(made);
            if (made.requires_grad() && hooked.insert(made.grad_fn().get()).second)
                made.register_hook([&, index](const at::Tensor &gradient) {
                    const double took = watch.lap(gradient);
                    if (running < layers.size())
                        pass.backward[running] = took;
                    running = index;
                });
            watch.start();
        });
    }
    if (!output.requires_grad())
        return pass;
    const at::Tensor gradient = at::ones_like(output);
    watch.start();
    output.backward(gradient);
    if (running < layers.size())
        pass.backward[running] = watch.lap(gradient);
    for (const TorchModel::NamedTensor &named : model.tensors())
        named.tensor.mutable_grad() = at::Tensor();
    return pass;
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::ranges::nth_element(values, middle);
    return *middle;
}

std::vector<double> medians(const std::vector<Pass> &passes, std::vector<double> Pass::*times)
{
    std::vector<double> result;
    for (std::size_t layer = 0; layer < (passes.front().*times).size(); ++layer) {
        std::vector<double> values;
        for (const Pass &pass : passes)
            values.push_back((pass.*times)[layer]);
        result.push_back(std::isnan(values.front()) ? unknown : medianOf(std::move(values)));
    }
    return result;
}

} // namespace

Result<LayerTimes> measureLayerTimes(const Network &network, const StateDict &weights, const LayerTimesOptions &options,
    const std::function<void(double)> &progress, const Cancellation &cancellation)
{
    try {
        const auto model = TorchModel::create(network, weights, options.device); // copies: running statistics may move
        if (!model)
            return fail(model.error());
        Shape shape = network.inputShape();
        shape.insert(shape.begin(), options.batchSize);
        const at::Tensor pictures = at::empty(shape, at::TensorOptions(at::kFloat).device(model->device())).uniform_(-1, 1);
        std::vector<Pass> passes;
        double spent = 0;
        for (int pass = -1; pass < fewestPasses || (pass < mostPasses && spent < enoughSeconds); ++pass) {
            if (cancellation.requested())
                return fail(ErrorCode::Cancelled, "The measurement was stopped.");
            if (progress)
                progress(std::max((pass + 1.0) / (mostPasses + 1), std::min(0.9, spent / enoughSeconds)));
            const auto start = Clock::now();
            Pass times = runOnce(*model, pictures, options.bfloat16);
            if (pass < 0)
                continue; // it warms up
            spent += std::chrono::duration<double>(Clock::now() - start).count();
            passes.push_back(std::move(times));
        }
        return LayerTimes{
            medians(passes, &Pass::forward), medians(passes, &Pass::backward), options.batchSize, static_cast<int>(passes.size())};
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, network.architecture));
    }
}

} // namespace graft
