#pragma once
#include "graph/layertype.h"

/// What sliding windows (convolutions, poolings) share in ONNX.
namespace graft::layers {

/// "kernel_shape", "strides", "pads" of a layer with a windowSchema().
[[nodiscard]] OnnxAttributes onnxWindow(const Layer &layer);

/// A node's window, whatever way the file says it.
struct OnnxWindow {
    std::vector<std::int64_t> kernel, stride, dilation; ///< height, width
    std::vector<std::int64_t> begin, end; ///< padding at the top and left, at the bottom and right
};
/// `kernel` = what counts when the node does not say it; empty = it must. A reason when it is not a picture's window.
[[nodiscard]] Result<OnnxWindow> readWindow(const OnnxNode &node, const Shape &input, std::vector<std::int64_t> kernel);

/// Puts a ConstantPad2d in front of a layer.
[[nodiscard]] Result<LayerId> addPadding(OnnxNode &node, LayerId input, const OnnxWindow &window, double value);

} // namespace graft::layers
