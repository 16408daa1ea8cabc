#pragma once
#include "formats/onnx/onnxgraph.h"

namespace graft {

/// The output of a step whose inputs are all known; "" inputs are nullptr. Nothing when the operator is none that is worked out here, or
/// the numbers are too many.
[[nodiscard]] std::optional<OnnxConstant> foldStep(const OnnxStep &step, const std::vector<const OnnxConstant *> &inputs, int opset);

} // namespace graft
