#pragma once
#include "core/tensor.h"
#include "data/picture.h"
#include "graph/preprocessing.h"
#include "training/batchsource.h"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <random>
#include <span>
#include <string>

namespace graft {

class PixelSource;

/// What training does to a picture before it is shown to the network: the classic recipe. Each part is off at its neutral value.
struct Augmentation {
    bool randomResizedCrop = true; ///< as torchvision's: area share cropScale, aspect 3/4 … 4/3, then to the crop's size
    std::array<double, 2> cropScale = {0.08, 1.0};
    double zoom = 0; ///< 0.2 = scale by 0.8 … 1.2 about the centre
    double rotation = 0; ///< degrees, ± this much
    double widthShift = 0; ///< share of the width, ± this much
    double heightShift = 0; ///< share of the height, ± this much
    double horizontalFlip = 0.5; ///< probability
    double channelShift = 0; ///< 0 … 255, each channel is moved by ± this much
    double brightness = 0, contrast = 0, saturation = 0, hue = 0; ///< colour jitter as torchvision's; hue 0 … 0.5
    std::string fillMode = "constant"; ///< what fills uncovered corners: "constant" (the mean colour), "nearest", "reflect", "wrap"
    /// How many views of each picture are drawn; the epochs show them in turn, so that what the frozen part makes of them can be kept.
    /// 0 = a fresh one every epoch.
    int variants = 4;
    bool operator==(const Augmentation &) const = default;
};
inline constexpr int maximumVariants = 1000;
[[nodiscard]] Augmentation noAugmentation(); ///< evaluation's transform is used for training too
[[nodiscard]] bool changesPictures(const Augmentation &augmentation); ///< false for noAugmentation(), however many variants
[[nodiscard]] nlohmann::json toJson(const Augmentation &augmentation);
[[nodiscard]] Result<Augmentation> augmentationFromJson(const nlohmann::json &json);

/// The evaluation transform: [channels, crop, crop] float32 with channelCount() channels, as torchvision's Resize(antialias) → CenterCrop →
/// ToTensor → Normalize.
[[nodiscard]] Tensor evaluationTransform(const Picture &picture, const Preprocessing &preprocessing);
/// The same into `output`, which holds channels × crop × crop floats.
void evaluationTransform(const Picture &picture, const Preprocessing &preprocessing, std::span<float> output);

/// The same from a picture file, of which only what is seen is decoded, a JPEG at a half, a quarter or an eighth of its size where that
/// is no smaller than what is asked for: the result then differs from the whole picture's by less than 2 levels of 255 on average (2.5 for
/// crops of grainy pictures) and not at all otherwise. Errors as decodePicture(), for defects of what is seen.
[[nodiscard]] Result<void> evaluationTransform(
    const std::filesystem::path &file, const Preprocessing &preprocessing, std::span<float> output);

/// The same from whatever gives pixels; or the clause with which it did not.
[[nodiscard]] tl::expected<void, std::string> evaluationTransform(
    PixelSource &pixels, const Preprocessing &preprocessing, std::span<float> output);

/// The same before normalisation: channels × crop × crop levels, of which levelScales() make the same numbers to the last bit.
[[nodiscard]] tl::expected<void, std::string> evaluationTransform(
    PixelSource &pixels, const Preprocessing &preprocessing, std::span<std::uint8_t> output);
/// Of each of the network's channels.
[[nodiscard]] std::vector<LevelScale> levelScales(const Preprocessing &preprocessing);

/// One augmented view before normalisation, for the preview and for the transform below: crop × crop RGB.
[[nodiscard]] Picture augment(
    const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random);
/// The training transform: augment, then normalise: [channels, crop, crop] float32.
[[nodiscard]] Tensor trainingTransform(
    const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random);
/// The same into `output`, which holds channels × crop × crop floats.
void trainingTransform(const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation,
    std::mt19937_64 &random, std::span<float> output);
/// The same from a picture file, as the evaluation transform above; the same random numbers give the same view.
[[nodiscard]] Result<void> trainingTransform(const std::filesystem::path &file, const Preprocessing &preprocessing,
    const Augmentation &augmentation, std::mt19937_64 &random, std::span<float> output);
/// The same from whatever gives pixels; or the clause with which it did not.
[[nodiscard]] tl::expected<void, std::string> trainingTransform(PixelSource &pixels, const Preprocessing &preprocessing,
    const Augmentation &augmentation, std::mt19937_64 &random, std::span<float> output);
/// The same before normalisation, as the evaluation transform above.
[[nodiscard]] tl::expected<void, std::string> trainingTransform(PixelSource &pixels, const Preprocessing &preprocessing,
    const Augmentation &augmentation, std::mt19937_64 &random, std::span<std::uint8_t> output);

} // namespace graft
