#include "graph/weightdrift.h"

#include "graph/analysis.h"

#include <cmath>
#include <limits>

namespace graft {
namespace {

struct Squares {
    double change = 0, reference = 0;
    bool known = false;
};

void add(Squares &sum, std::span<const float> now, std::span<const float> then)
{
    // Several sums side by side, so that the processor need not wait for one.
    constexpr std::size_t lanes = 8;
    double changes[lanes] = {}, references[lanes] = {};
    const auto addOne = [&](std::size_t index, std::size_t lane) {
        const double old = then[index], difference = now[index] - old;
        changes[lane] += difference * difference;
        references[lane] += old * old;
    };
    std::size_t index = 0;
    for (; index + lanes <= then.size(); index += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            addOne(index + lane, lane);
    for (; index < then.size(); ++index)
        addOne(index, 0);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        sum.change += changes[lane];
        sum.reference += references[lane];
    }
    sum.known = true;
}

void add(Squares &sum, const Tensor &now, const Tensor &then)
{
    if (now.type() == DType::Float32 && then.type() == DType::Float32)
        return add(sum, now.floats(), then.floats());
    const std::vector<float> nowFloats = now.toFloats(), thenFloats = then.toFloats();
    add(sum, nowFloats, thenFloats);
}

} // namespace

std::vector<WeightDrift> weightDrift(const Network &network, const NetworkAnalysis &analysis, const StateDict &weights,
    const Network &openedNetwork, const StateDict &openedWeights, const Cancellation &cancellation)
{
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    std::vector<WeightDrift> result(network.layers().size(), {unknown, unknown});
    for (std::size_t index = 0; index < result.size() && !cancellation.requested(); ++index) {
        const Layer &layer = network.layers()[index];
        const Layer *opened = openedNetwork.find(layer.id);
        if (!opened || opened->type != layer.type)
            continue;
        Squares sum;
        bool fits = true;
        for (const TensorSpec &spec : analysis.layers[index].tensors) {
            if (spec.isBuffer)
                continue;
            const Tensor *now = weights.find(tensorName(layer, spec)), *then = openedWeights.find(tensorName(*opened, spec));
            fits = fits && now && then && now->shape() == then->shape();
            if (fits)
                add(sum, *now, *then);
        }
        if (fits && sum.known)
            result[index] = {std::sqrt(sum.change), std::sqrt(sum.reference)};
    }
    return result;
}

} // namespace graft
