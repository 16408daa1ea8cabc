#include "graph/featuremaps.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

/// Where the values of channels, rows and columns lie in the output.
struct Layout {
    std::int64_t channels = 1, height = 1, width = 1;
    std::int64_t channelStep = 0, rowStep = 0, columnStep = 1, begin = 0;
};

std::int64_t rootOf(std::int64_t count)
{
    const auto root = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(count))));
    return root * root == count ? root : 0;
}

/// [tokens, features]: a grid, with or without a token for the class before it; otherwise a table.
FeatureMaps::Form layOutTokens(const Shape &shape, Layout &layout)
{
    const std::int64_t tokens = shape[0], features = shape[1];
    const std::int64_t leading = rootOf(tokens) > 1 ? 0 : rootOf(tokens - 1) > 1 ? 1 : -1;
    if (leading < 0) {
        layout = {.channels = 1, .height = tokens, .width = features, .rowStep = features};
        return FeatureMaps::Form::Table;
    }
    const std::int64_t side = rootOf(tokens - leading);
    layout = {.channels = features,
        .height = side,
        .width = side,
        .channelStep = 1,
        .rowStep = side * features,
        .columnStep = features,
        .begin = leading * features};
    return FeatureMaps::Form::TokenMaps;
}

FeatureMaps::Form layOut(const Shape &shape, Layout &layout)
{
    if (shape.size() == 3 && shape[0] == shape[1] && shape[1] != shape[2]) {
        layout = {.channels = shape[2],
            .height = shape[0],
            .width = shape[1],
            .channelStep = 1,
            .rowStep = shape[1] * shape[2],
            .columnStep = shape[2]};
        return FeatureMaps::Form::Maps;
    }
    if (shape.size() == 3 && shape[1] * shape[2] > 1) {
        layout = {.channels = shape[0], .height = shape[1], .width = shape[2], .channelStep = shape[1] * shape[2], .rowStep = shape[2]};
        return FeatureMaps::Form::Maps;
    }
    if (shape.size() == 2 && shape[0] > 1)
        return layOutTokens(shape, layout);
    layout = {.width = elementCount(shape)};
    return FeatureMaps::Form::Vector;
}

FeatureMap mapOf(std::span<const float> values, const Layout &layout, std::int64_t channel)
{
    FeatureMap map{.channel = channel, .width = layout.width, .height = layout.height, .values = {}};
    map.values.reserve(static_cast<std::size_t>(layout.width * layout.height));
    double sum = 0;
    bool isFirst = true;
    for (std::int64_t row = 0; row < layout.height; ++row)
        for (std::int64_t column = 0; column < layout.width; ++column) {
            const auto place = layout.begin + channel * layout.channelStep + row * layout.rowStep + column * layout.columnStep;
            const float value = values[static_cast<std::size_t>(place)];
            map.values.push_back(value);
            if (!std::isfinite(value))
                continue;
            sum += std::abs(value);
            map.minimum = isFirst ? value : std::min(map.minimum, value);
            map.maximum = isFirst ? value : std::max(map.maximum, value);
            isFirst = false;
        }
    map.strength = map.values.empty() ? 0 : sum / static_cast<double>(map.values.size());
    return map;
}

} // namespace

FeatureMaps featureMaps(const Tensor &output)
{
    FeatureMaps result;
    result.shape.assign(output.shape().begin() + 1, output.shape().end());
    const std::vector<float> values = output.toFloats();
    Layout layout;
    result.form = layOut(result.shape, layout);
    for (std::int64_t channel = 0; channel < layout.channels; ++channel)
        result.maps.push_back(mapOf(values, layout, channel));
    std::int64_t zeros = 0;
    bool isFirst = true;
    for (const FeatureMap &map : result.maps) {
        for (const float value : map.values) {
            zeros += value == 0 ? 1 : 0;
            result.notFinite += std::isfinite(value) ? 0 : 1;
        }
        result.minimum = isFirst ? map.minimum : std::min(result.minimum, map.minimum);
        result.maximum = isFirst ? map.maximum : std::max(result.maximum, map.maximum);
        isFirst = false;
    }
    result.zeroShare = values.empty() ? 0 : static_cast<double>(zeros) / static_cast<double>(values.size());
    return result;
}

} // namespace graft
