#pragma once
#include "data/picture.h"

#include <array>

namespace graft {

// torchvision's adjustments of 8-bit RGB pictures, with Pillow's rounding. `pixels` holds red, green, blue in turn and is changed in place.

void adjustBrightness(std::vector<std::uint8_t> &pixels, double factor); ///< 0 = black, 1 = as it is
void adjustContrast(std::vector<std::uint8_t> &pixels, double factor); ///< 0 = the mean grey, 1 = as it is
void adjustSaturation(std::vector<std::uint8_t> &pixels, double factor); ///< 0 = grey, 1 = as it is
void adjustHue(std::vector<std::uint8_t> &pixels, double turns); ///< −0.5 … 0.5 turns of the colour wheel
void shiftChannels(std::vector<std::uint8_t> &pixels, const std::array<double, 3> &shifts); ///< levels added to red, green, blue

} // namespace graft
