#include "layers/broadcast.h"

#include <algorithm>

namespace graft::layers {

std::optional<Shape> broadcast(const Shape &first, const Shape &second)
{
    const Shape &longer = first.size() >= second.size() ? first : second;
    const Shape &shorter = first.size() >= second.size() ? second : first;
    Shape output = longer;
    const std::size_t missing = longer.size() - shorter.size();
    for (std::size_t axis = 0; axis < shorter.size(); ++axis) {
        const std::int64_t a = longer[missing + axis];
        const std::int64_t b = shorter[axis];
        if (a != b && a != 1 && b != 1)
            return std::nullopt;
        output[missing + axis] = std::max(a, b);
    }
    return output;
}

at::Tensor withDimensions(at::Tensor tensor, std::int64_t dimensions)
{
    while (tensor.dim() < dimensions)
        tensor = tensor.unsqueeze(1);
    return tensor;
}

} // namespace graft::layers
