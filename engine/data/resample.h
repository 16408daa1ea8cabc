#pragma once
#include "data/picture.h"

namespace graft {

/// A rectangle of whole pixels.
struct PixelRectangle {
    int left = 0, top = 0, width = 0, height = 0;
};

enum class Filter { Bilinear, Bicubic };

/// Resizes the part `source` of a picture to `width` × `height` with Pillow's antialiased filter and gives the part `window` of the result;
/// only that part is computed. Both rectangles must lie within their pictures (asserted). The pixels are Pillow's (rarely one level off in
/// a tie).
[[nodiscard]] Picture resample(const Picture &picture, const PixelRectangle &source, std::int64_t width, std::int64_t height,
    const PixelRectangle &window, Filter filter);

} // namespace graft
