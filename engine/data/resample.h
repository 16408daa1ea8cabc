#pragma once
#include "data/picture.h"

namespace graft {

/// A rectangle of whole pixels.
struct PixelRectangle {
    int left = 0, top = 0, width = 0, height = 0;
};

enum class Filter { Bilinear, Bicubic };
enum class Mirror { No, LeftToRight };

/// What resampling is to give: the part `source` of a picture, resized to `width` × `height` with Pillow's antialiased filter, and of that
/// the part `window`; only that part is computed. Both rectangles lie within their pictures.
struct ResampleOrder {
    PixelRectangle source;
    std::int64_t width = 0, height = 0;
    PixelRectangle window;
    Filter filter = Filter::Bilinear;
    Mirror mirror = Mirror::No; ///< the window's pixels left to right
};

/// The result's pixels are Pillow's (rarely one level off).
[[nodiscard]] Picture resample(const Picture &picture, const ResampleOrder &order);

/// Decoded pixels of a part of a picture, perhaps reduced. Internal to data/.
struct PixelPart {
    std::shared_ptr<const std::vector<std::uint8_t>> pixels; ///< rows without padding, from the start on
    int width = 0, height = 0; ///< of what is there
    int pixelBytes = 3; ///< red, green, blue and, where it is 4, one that means nothing
    int left = 0, top = 0; ///< where its corner lies in the picture, in the picture's pixels; may be just outside where it is turned
    int reduction = 1; ///< one of its pixels stands for that many by that many of the picture's
};

/// How far a picture may be reduced before it is resampled, so that what is left is no smaller than the result: 1, 2, 4 or 8.
[[nodiscard]] int reductionFor(const ResampleOrder &order);
/// The pixels of the picture that the result hangs on.
[[nodiscard]] PixelRectangle neededFor(const ResampleOrder &order);
/// The same from a part that holds neededFor(order).
[[nodiscard]] Picture resample(const PixelPart &part, const ResampleOrder &order);

} // namespace graft
