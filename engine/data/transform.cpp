#include "data/transform.h"

#include "data/colour.h"
#include "data/geometry.h"
#include "data/random.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

/// (level / 255 − mean) / deviation for all levels of a channel, in float32 as PyTorch computes it.
std::array<float, 256> normalisedLevels(double mean, double deviation)
{
    std::array<float, 256> levels;
    for (std::size_t i = 0; i < levels.size(); ++i)
        levels[i] = (static_cast<float>(i) / 255.0F - static_cast<float>(mean)) / static_cast<float>(deviation);
    return levels;
}

/// Which of the picture's red, green and blue the network's channel is.
std::size_t pictureChannel(const Preprocessing &preprocessing, std::size_t channel)
{
    return preprocessing.channelOrder == "BGR" ? 2 - channel : channel;
}

/// One channel of grey, in the whole numbers that Pillow's convert("L") gives.
void normaliseGreyInto(const Picture &picture, const Preprocessing &preprocessing, std::span<float> out)
{
    const auto levels = normalisedLevels(preprocessing.mean[0], preprocessing.standardDeviation[0]);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint8_t *pixel = picture.pixels->data() + i * 3;
        out[i] = levels[(pixel[0] * 19595U + pixel[1] * 38470U + pixel[2] * 7471U + 0x8000U) >> 16];
    }
}

void normaliseInto(const Picture &picture, const Preprocessing &preprocessing, std::span<float> out)
{
    const std::size_t count = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    if (channelCount(preprocessing) == 1)
        return normaliseGreyInto(picture, preprocessing, out.first(count));
    for (std::size_t c = 0; c < 3; ++c) {
        const auto levels = normalisedLevels(preprocessing.mean[c], preprocessing.standardDeviation[c]);
        const std::uint8_t *in = picture.pixels->data() + pictureChannel(preprocessing, c);
        float *plane = out.data() + c * count;
        for (std::size_t i = 0; i < count; ++i)
            plane[i] = levels[in[i * 3]];
    }
}

template <typename Fill>
Tensor tensorOf(const Preprocessing &preprocessing, Fill fill)
{
    const Shape shape = {channelCount(preprocessing), preprocessing.crop, preprocessing.crop};
    const auto count = static_cast<std::size_t>(elementCount(shape));
    auto bytes = std::make_shared<std::vector<std::byte>>(count * sizeof(float));
    fill(std::span(reinterpret_cast<float *>(bytes->data()), count));
    return {DType::Float32, shape, std::move(bytes)};
}

Pose randomPose(const Augmentation &augmentation, int crop, std::mt19937_64 &random)
{
    Pose choice;
    choice.zoom = uniform(random, 1 - augmentation.zoom, 1 + augmentation.zoom);
    choice.rotation = uniform(random, -augmentation.rotation, augmentation.rotation);
    choice.shiftX = uniform(random, -augmentation.widthShift, augmentation.widthShift) * crop;
    choice.shiftY = uniform(random, -augmentation.heightShift, augmentation.heightShift) * crop;
    choice.flipped = uniform(random) < augmentation.horizontalFlip;
    return choice;
}

Fill fillOf(const Preprocessing &preprocessing, const Augmentation &augmentation)
{
    Fill fill{augmentation.fillMode, {}};
    for (std::size_t c = 0; c < 3; ++c)
        fill.colour[pictureChannel(preprocessing, c)] = std::clamp(preprocessing.mean[c] * 255, 0.0, 255.0);
    return fill;
}

/// The resized picture around the centre crop, as far as a pose may look, and where the crop lies in it.
struct Surroundings {
    Picture picture;
    int left = 0, top = 0;
};

Surroundings surroundings(const Picture &picture, const Preprocessing &preprocessing)
{
    const Framing framing = framingOf(picture, preprocessing);
    const std::int64_t crop = preprocessing.crop;
    const auto left = std::max<std::int64_t>(framing.left - crop, 0), top = std::max<std::int64_t>(framing.top - crop, 0);
    const auto right = std::min(framing.left + 2 * crop, framing.width), bottom = std::min(framing.top + 2 * crop, framing.height);
    const PixelRectangle window
        = {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left), static_cast<int>(bottom - top)};
    return {resample(picture, {0, 0, picture.width, picture.height}, framing.width, framing.height, window, filterOf(preprocessing)),
        static_cast<int>(framing.left - left), static_cast<int>(framing.top - top)};
}

bool movesAnything(const Augmentation &augmentation)
{
    return augmentation.zoom > 0 || augmentation.rotation > 0 || augmentation.widthShift > 0 || augmentation.heightShift > 0;
}

Picture mirrored(const Picture &picture)
{
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(*picture.pixels);
    const auto width = static_cast<std::size_t>(picture.width);
    for (std::size_t start = 0; start < pixels->size(); start += width * 3)
        for (std::size_t x = 0; x < width / 2; ++x)
            std::swap_ranges(
                pixels->data() + start + x * 3, pixels->data() + start + x * 3 + 3, pixels->data() + start + (width - 1 - x) * 3);
    return {picture.width, picture.height, std::move(pixels)};
}

Picture placed(const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random)
{
    const int crop = preprocessing.crop;
    Surroundings around;
    if (augmentation.randomResizedCrop) {
        const PixelRectangle part = randomCrop(picture.width, picture.height, augmentation.cropScale, random);
        around.picture = resample(picture, part, crop, crop, {0, 0, crop, crop}, filterOf(preprocessing));
    }
    const Pose choice = randomPose(augmentation, crop, random);
    if (!movesAnything(augmentation)) {
        const Picture still = augmentation.randomResizedCrop ? around.picture : centreCrop(picture, preprocessing);
        return choice.flipped ? mirrored(still) : still;
    }
    if (!augmentation.randomResizedCrop)
        around = surroundings(picture, preprocessing);
    return pose(around.picture, around.left, around.top, crop, choice, fillOf(preprocessing, augmentation));
}

/// torchvision's ColorJitter: each part that is on, in a random order.
void jitter(std::vector<std::uint8_t> &pixels, const Augmentation &augmentation, std::mt19937_64 &random)
{
    const auto factor = [&](double strength) { return uniform(random, std::max(0.0, 1 - strength), 1 + strength); };
    const double brightness = factor(augmentation.brightness), contrast = factor(augmentation.contrast),
                 saturation = factor(augmentation.saturation);
    const double hue = uniform(random, -augmentation.hue, augmentation.hue);
    std::vector<int> order = {0, 1, 2, 3};
    shuffle(order, random);
    for (const int part : order) {
        if (part == 0 && augmentation.brightness > 0)
            adjustBrightness(pixels, brightness);
        else if (part == 1 && augmentation.contrast > 0)
            adjustContrast(pixels, contrast);
        else if (part == 2 && augmentation.saturation > 0)
            adjustSaturation(pixels, saturation);
        else if (part == 3 && augmentation.hue > 0)
            adjustHue(pixels, hue);
    }
}

bool changesColours(const Augmentation &augmentation)
{
    return augmentation.channelShift > 0 || augmentation.brightness > 0 || augmentation.contrast > 0 || augmentation.saturation > 0
        || augmentation.hue > 0;
}

} // namespace

Tensor evaluationTransform(const Picture &picture, const Preprocessing &preprocessing)
{
    return tensorOf(preprocessing, [&](std::span<float> out) { evaluationTransform(picture, preprocessing, out); });
}

void evaluationTransform(const Picture &picture, const Preprocessing &preprocessing, std::span<float> output)
{
    normaliseInto(centreCrop(picture, preprocessing), preprocessing, output);
}

Picture augment(const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random)
{
    Picture view = placed(picture, preprocessing, augmentation, random);
    if (!changesColours(augmentation))
        return view;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(*view.pixels);
    jitter(*pixels, augmentation, random);
    if (augmentation.channelShift > 0) {
        std::array<double, 3> shifts;
        for (double &shift : shifts)
            shift = uniform(random, -augmentation.channelShift, augmentation.channelShift);
        shiftChannels(*pixels, shifts);
    }
    view.pixels = std::move(pixels);
    return view;
}

Tensor trainingTransform(
    const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random)
{
    return tensorOf(preprocessing, [&](std::span<float> out) { trainingTransform(picture, preprocessing, augmentation, random, out); });
}

void trainingTransform(const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation,
    std::mt19937_64 &random, std::span<float> output)
{
    normaliseInto(augment(picture, preprocessing, augmentation, random), preprocessing, output);
}

} // namespace graft
