#pragma once
#include "core/files.h"
#include "data/picture.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

/// Pictures with two labels: a disc, a square or a bar, in warm or cold colours, on noise.
namespace labelledpictures {

inline constexpr std::array shapes = {"bar", "disc", "square"};
inline constexpr std::array colours = {"cold", "warm"};

inline graft::Picture draw(int shape, int colour, unsigned number, int side = 64)
{
    std::mt19937 random(number * 7 + static_cast<unsigned>(shape * 2 + colour));
    const auto upTo = [&](unsigned limit) { return static_cast<int>(random() % limit); };
    const int x0 = side / 2 + upTo(17) - 8, y0 = side / 2 + upTo(17) - 8, radius = side / 5 + upTo(6);
    const int strong = 170 + upTo(80), weak = upTo(90);
    auto pixels = std::make_shared<std::vector<std::uint8_t>>();
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const int dx = std::abs(x - x0), dy = std::abs(y - y0);
            const bool isIn = shape == 0 ? dx <= radius * 3 / 2 && dy <= radius / 3
                : shape == 1             ? dx * dx + dy * dy <= radius * radius
                                         : dx <= radius && dy <= radius;
            const int grey = 60 + upTo(80);
            const int red = isIn ? (colour == 1 ? strong : weak) : grey, blue = isIn ? (colour == 1 ? weak : strong) : grey;
            for (const int value : {red, isIn ? weak : grey, blue})
                pixels->push_back(static_cast<std::uint8_t>(value));
        }
    return {side, side, std::move(pixels)};
}

/// `perCombination` pictures of each shape in each colour, and a labels.csv with the columns `shape` and `colour`; of every seventh picture
/// the colour is not known.
inline graft::Result<void> write(const std::filesystem::path &folder, int perCombination)
{
    std::string labels = "file,shape,colour\n";
    unsigned number = 0;
    if (auto made = graft::makeFolder(folder / "pictures"); !made)
        return made;
    for (int index = 0; index < perCombination; ++index)
        for (int shape = 0; shape < 3; ++shape)
            for (int colour = 0; colour < 2; ++colour, ++number) {
                const std::string file = "pictures/" + std::to_string(number) + ".png";
                if (auto written = graft::writePicture(folder / file, draw(shape, colour, number)); !written)
                    return written;
                labels += file + "," + shapes[static_cast<std::size_t>(shape)] + ","
                    + (number % 7 == 6 ? "" : colours[static_cast<std::size_t>(colour)]) + "\n";
            }
    return graft::writeText(folder / "labels.csv", labels);
}

} // namespace labelledpictures
