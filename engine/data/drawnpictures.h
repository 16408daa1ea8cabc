#pragma once
#include "core/cancellation.h"
#include "data/picture.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace graft {

/// Pictures that Graft draws itself: shapes, textures and glyphs on cluttered backgrounds, so that the demo needs no download.
/// `Pretraining` has many classes; `Demo` has other ones, none of which occurs in the first set.
enum class DrawnSet { Pretraining, Demo };

[[nodiscard]] const std::vector<std::string> &drawnClasses(DrawnSet set);
/// The picture number `index` of class `classIndex`, `size` × `size`: the same numbers give the same pixels on any machine.
[[nodiscard]] Picture drawPicture(DrawnSet set, std::size_t classIndex, std::uint64_t index, int size);
/// Writes `<folder>/train/<class>/NNNN.png` and `<folder>/val/<class>/NNNN.png`.
[[nodiscard]] Result<void> writeDrawnDataset(const std::filesystem::path &folder, DrawnSet set, int trainPerClass, int validationPerClass,
    int size, const Cancellation &cancellation = {});

} // namespace graft
