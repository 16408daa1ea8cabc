#pragma once
#include "data/pixelsource.h"
#include "data/transform.h"

namespace graft {

/// The picture resized as `preprocessing` asks, with its centre crop: what evaluation sees and where training starts without a random crop.
struct Framing {
    std::int64_t width = 0, height = 0; ///< of the whole resized picture
    std::int64_t left = 0, top = 0; ///< of the crop in it; negative where the resized picture is smaller than the crop
};
[[nodiscard]] Framing framingOf(int width, int height, const Preprocessing &preprocessing);
[[nodiscard]] Filter filterOf(const Preprocessing &preprocessing);

/// The centre crop, crop × crop; black where the resized picture is smaller, as torchvision pads.
[[nodiscard]] tl::expected<Picture, std::string> centreCrop(PixelSource &pixels, const Preprocessing &preprocessing, Mirror mirror);

/// The part that torchvision's RandomResizedCrop would take.
[[nodiscard]] PixelRectangle randomCrop(int width, int height, const std::array<double, 2> &scale, std::mt19937_64 &random);

/// One choice of the geometric augmentations.
struct Pose {
    double zoom = 1; ///< 2 = twice as large
    double rotation = 0; ///< degrees, counter-clockwise
    double shiftX = 0; ///< pixels of the crop, to the right
    double shiftY = 0; ///< pixels of the crop, downwards
    bool flipped = false; ///< mirrored left to right, after the rest
};

/// What fills places outside the picture.
struct Fill {
    std::string mode = "constant"; ///< as Augmentation::fillMode
    std::array<double, 3> colour = {0, 0, 0}; ///< 0 … 255
};

/// The size × size part of `picture` whose top left corner is at (left, top), after zooming and turning about that part's centre and
/// shifting.
[[nodiscard]] Picture pose(const Picture &picture, int left, int top, int size, const Pose &choice, const Fill &fill);

} // namespace graft
