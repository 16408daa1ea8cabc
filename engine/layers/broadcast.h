#pragma once
#include "graph/layertype.h"

#include <ATen/ATen.h>

/// What layers of several inputs share. Internal to the engine: needs LibTorch.
namespace graft::layers {

/// The shape that two inputs' shapes (without the batch) have in common: a dimension of 1 is repeated to fit the other's, and
/// missing dimensions in front count as 1; empty optional when they do not fit.
[[nodiscard]] std::optional<Shape> broadcast(const Shape &first, const Shape &second);

/// The tensor with dimensions of 1 behind the batch until it has `dimensions` of them: then LibTorch repeats it as broadcast() says.
[[nodiscard]] at::Tensor withDimensions(at::Tensor tensor, std::int64_t dimensions);

} // namespace graft::layers
