#include "nn/foldedweights.h"

#include "graph/layertype.h"

namespace graft {

FoldedWeights foldedWeights(std::span<const at::Tensor> tensors, const Layer *norm, std::span<const at::Tensor> normTensors)
{
    FoldedWeights result{tensors[0].contiguous(), tensors.size() > 1 ? tensors[1] : at::Tensor()};
    if (!norm)
        return result;
    const auto wide = [&](std::size_t index) { return normTensors[index].to(at::kDouble); };
    const at::Tensor factors = wide(0) / at::sqrt(wide(3) + doubleAttribute(*norm, "eps"));
    at::Tensor shift = wide(1) - wide(2) * factors;
    if (result.bias.defined())
        shift = shift + result.bias.to(at::kDouble) * factors;
    std::vector<std::int64_t> perOutput(static_cast<std::size_t>(result.weight.dim()), 1);
    perOutput[0] = -1;
    result.weight = result.weight * factors.to(at::kFloat).view(perOutput);
    result.bias = shift.to(at::kFloat);
    return result;
}

} // namespace graft
