#include "nn/foldedweights.h"

#include "graph/layertype.h"

namespace graft {

at::Tensor FoldedWeights::scaled() const
{
    if (!factors.defined())
        return weight;
    std::vector<std::int64_t> perOutput(static_cast<std::size_t>(weight.dim()), 1);
    perOutput[0] = -1;
    return weight * factors.view(perOutput);
}

FoldedWeights foldedWeights(std::span<const at::Tensor> tensors, const Layer *norm, std::span<const at::Tensor> normTensors)
{
    FoldedWeights result{tensors[0].contiguous(), {}, tensors.size() > 1 ? tensors[1] : at::Tensor()};
    if (!norm)
        return result;
    const auto wide = [&](std::size_t index) { return normTensors[index].to(at::kDouble); };
    const at::Tensor factors = wide(0) / at::sqrt(wide(3) + doubleAttribute(*norm, "eps"));
    at::Tensor shift = wide(1) - wide(2) * factors;
    if (result.bias.defined())
        shift = shift + result.bias.to(at::kDouble) * factors;
    result.factors = factors.to(at::kFloat);
    result.bias = shift.to(at::kFloat);
    return result;
}

} // namespace graft
