#pragma once
#include "core/tensor.h"

namespace graft {

/// One channel of a layer's output for one picture.
struct FeatureMap {
    std::int64_t channel = 0;
    std::int64_t width = 0, height = 0;
    std::vector<float> values; ///< rows from the top
    float minimum = 0, maximum = 0;
    double strength = 0; ///< mean of the absolute values
    bool operator==(const FeatureMap &) const = default;
};

/// What a layer makes of one picture, in a form that can be looked at.
struct FeatureMaps {
    enum class Form {
        Maps, ///< a picture for each channel
        TokenMaps, ///< tokens of a transformer, laid back on the grid that they were cut from
        Table, ///< tokens that make no grid, as rows of one map
        Vector, ///< numbers without a place: one map of height 1
    };
    Form form = Form::Maps;
    Shape shape; ///< of the output, without the batch
    std::vector<FeatureMap> maps; ///< by channel
    float minimum = 0, maximum = 0; ///< over all values that are finite
    double zeroShare = 0; ///< exact zeros, 0 … 1
    std::int64_t notFinite = 0;
};

/// `output` is a layer's output for one picture, [1, …] float32. Channels come first ([C, H, W]) unless the first two dimensions alone
/// are equal ([H, W, C], as Swin Transformers keep their pictures). Any thread.
[[nodiscard]] FeatureMaps featureMaps(const Tensor &output);

} // namespace graft
