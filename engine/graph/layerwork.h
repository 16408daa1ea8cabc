#pragma once
#include "graph/analysis.h"

#include <array>

namespace graft {

/// Kinds of work whose time follows a measure of its own on every machine; see MachineRates.
enum class Work {
    None, ///< a view of what was there already
    Convolution, ///< dense, filters of more than one pixel
    PointConvolution, ///< dense, filters of one pixel
    DepthwiseConvolution, ///< a filter for each channel
    GroupedConvolution,
    Product, ///< Linear, MatMul
    Attention,
    BatchNormTraining, ///< with the batch's statistics
    BatchNormRunning, ///< with the running statistics
    Normalization,
    Activation, ///< a comparison or two a value: ReLU, Hardswish
    SmoothActivation, ///< an exponential function a value: SiLU, GELU
    Merge, ///< two inputs of one shape
    Scaling, ///< a number for each channel laid on all of its values
    Pooling,
    GlobalPooling,
    Copy, ///< Concatenate, Permute, Upsample
};
inline constexpr std::array allWork = {Work::None, Work::Convolution, Work::PointConvolution, Work::DepthwiseConvolution,
    Work::GroupedConvolution, Work::Product, Work::Attention, Work::BatchNormTraining, Work::BatchNormRunning, Work::Normalization,
    Work::Activation, Work::SmoothActivation, Work::Merge, Work::Scaling, Work::Pooling, Work::GlobalPooling, Work::Copy};
/// A stable name for files: "pointConvolution".
[[nodiscard]] std::string_view name(Work work);

/// What a layer has to do for one picture, and what its backward pass needs kept.
struct LayerWork {
    Work work = Work::None;
    double multiplyAdds = 0;
    double values = 0; ///< elements read and written, the layer's tensors not counted
    double parameters = 0; ///< elements of the layer's own tensors, the same for any batch
    bool keepsInputs = false, keepsOutput = false; ///< for backward
    double keptValues = 0; ///< elements besides, in the size of the others
    double keptPlaces = 0; ///< 64-bit numbers besides
    bool keepsWideInput = false; ///< in reduced precision on the processor it works on, and keeps, a float32 copy of its input instead
};

/// From figures that analysis or overview found; `training` is whether the layer acts as in training (it is not frozen).
[[nodiscard]] LayerWork workOf(const Layer &layer, InputShapes inputs, const LayerAnalysis &figures, bool training);

} // namespace graft
