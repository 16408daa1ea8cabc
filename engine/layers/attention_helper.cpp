#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layersupport.h"

#include <cmath>

namespace graft::layers {

Result<void> requireHeads(const Layer &layer, std::int64_t width)
{
    const auto heads = intAttribute(layer, "num_heads");
    if (width % heads != 0)
        return attributeError(
            layer, "has a width of " + std::to_string(width) + ", which its " + std::to_string(heads) + " heads do not divide");
    return {};
}

std::int64_t attentionCost(std::int64_t tokens, std::int64_t width)
{
    const std::int64_t values = saturatingProduct(tokens, width);
    return saturatingProduct(values, saturatingSum(saturatingProduct(4, width), saturatingProduct(2, tokens)));
}

Heads split(const at::Tensor &tokens, const Projection &projection, std::int64_t heads)
{
    const std::int64_t width = tokens.size(2);
    const at::Tensor all = at::linear(tokens, projection.weight, projection.bias)
                               .reshape({-1, tokens.size(1), 3, heads, width / heads})
                               .permute({2, 0, 3, 1, 4});
    return {all.select(0, 0), all.select(0, 1), all.select(0, 2)};
}

at::Tensor scaled(const at::Tensor &query)
{
    return query * (1.0 / std::sqrt(static_cast<double>(query.size(3))));
}

at::Tensor attended(const at::Tensor &scores, const at::Tensor &value, const Projection &projection, double dropout)
{
    const at::Tensor shares = at::dropout(at::softmax(scores, -1), dropout, dropout > 0);
    const at::Tensor mixed
        = at::matmul(shares.type_as(value), value).transpose(1, 2).reshape({-1, value.size(2), value.size(1) * value.size(3)});
    return at::linear(mixed, projection.weight, projection.bias);
}

} // namespace graft::layers
