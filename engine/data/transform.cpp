#include "data/transform.h"

#include "data/colour.h"
#include "data/geometry.h"
#include "data/random.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/core/hal/intrin.hpp>

namespace graft {
namespace {

/// (level / 255 − mean) / deviation = level × factor + offset.
LevelScale scaleOf(const Preprocessing &preprocessing, std::size_t channel)
{
    const double deviation = preprocessing.standardDeviation[channel];
    return {static_cast<float>(1 / (255 * deviation)), static_cast<float>(-preprocessing.mean[channel] / deviation)};
}

float scaled(std::uint32_t level, const LevelScale &scale)
{
    return static_cast<float>(level) * scale.factor + scale.offset;
}

/// Which of the picture's red, green and blue the network's channel is.
std::size_t pictureChannel(const Preprocessing &preprocessing, std::size_t channel)
{
    return preprocessing.channelOrder == "BGR" ? 2 - channel : channel;
}

/// Calls `take` with each place and its grey, in the whole numbers that Pillow's convert("L") gives.
template <typename Take>
void forEachGrey(const Picture &picture, std::size_t count, Take take)
{
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t *pixel = picture.pixels->data() + i * 3;
        take(i, (pixel[0] * 19595U + pixel[1] * 38470U + pixel[2] * 7471U + 0x8000U) >> 16);
    }
}

/// Sixteen levels of one channel.
void normaliseBlock(const cv::v_uint8x16 &levels, const LevelScale &scale, float *out)
{
    const cv::v_float32x4 factor = cv::v_setall_f32(scale.factor), offset = cv::v_setall_f32(scale.offset);
    const auto store = [&](const cv::v_uint32x4 &four, float *place) {
        cv::v_store(place, cv::v_cvt_f32(cv::v_reinterpret_as_s32(four)) * factor + offset);
    };
    const cv::v_uint16x8 low = cv::v_expand_low(levels), high = cv::v_expand_high(levels);
    store(cv::v_expand_low(low), out);
    store(cv::v_expand_high(low), out + 4);
    store(cv::v_expand_low(high), out + 8);
    store(cv::v_expand_high(high), out + 12);
}

std::size_t pixelCount(const Picture &picture)
{
    return static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
}

/// Takes each channel of a picture apart, in the picture's order: sixteen levels of one at a time by `block(levels, channel, place)`, the
/// last ones by `one(level, channel, place)`.
template <typename Block, typename One>
void forEachChannel(const Picture &picture, std::size_t count, Block block, One one)
{
    const std::uint8_t *in = picture.pixels->data();
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        std::array<cv::v_uint8x16, 3> levels;
        cv::v_load_deinterleave(in + i * 3, levels[0], levels[1], levels[2]);
        for (std::size_t c = 0; c < 3; ++c)
            block(levels[c], c, i);
    }
    for (; i < count; ++i)
        for (std::size_t c = 0; c < 3; ++c)
            one(in[i * 3 + c], c, i);
}

/// Where each of the picture's channels goes: the network's lie one after another.
template <typename Value>
std::array<Value *, 3> planesOf(const Preprocessing &preprocessing, std::span<Value> out)
{
    std::array<Value *, 3> planes;
    for (std::size_t c = 0; c < 3; ++c)
        planes[pictureChannel(preprocessing, c)] = out.data() + c * (out.size() / 3);
    return planes;
}

/// The network's channels as they are.
void writeInto(const Picture &picture, const Preprocessing &preprocessing, std::span<std::uint8_t> out)
{
    const std::size_t count = pixelCount(picture);
    if (channelCount(preprocessing) == 1)
        return forEachGrey(picture, count, [&](std::size_t i, std::uint32_t level) { out[i] = static_cast<std::uint8_t>(level); });
    const auto planes = planesOf(preprocessing, out);
    forEachChannel(
        picture, count, [&](const cv::v_uint8x16 &levels, std::size_t c, std::size_t i) { cv::v_store(planes[c] + i, levels); },
        [&](std::uint8_t level, std::size_t c, std::size_t i) { planes[c][i] = level; });
}

/// The same, normalised.
void writeInto(const Picture &picture, const Preprocessing &preprocessing, std::span<float> out)
{
    const std::size_t count = pixelCount(picture);
    if (channelCount(preprocessing) == 1)
        return forEachGrey(
            picture, count, [&, scale = scaleOf(preprocessing, 0)](std::size_t i, std::uint32_t level) { out[i] = scaled(level, scale); });
    std::array<LevelScale, 3> scales;
    for (std::size_t c = 0; c < 3; ++c)
        scales[pictureChannel(preprocessing, c)] = scaleOf(preprocessing, c);
    const auto planes = planesOf(preprocessing, out);
    forEachChannel(
        picture, count,
        [&](const cv::v_uint8x16 &levels, std::size_t c, std::size_t i) { normaliseBlock(levels, scales[c], planes[c] + i); },
        [&](std::uint8_t level, std::size_t c, std::size_t i) { planes[c][i] = scaled(level, scales[c]); });
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

using Placed = tl::expected<Picture, std::string>;

bool movesAnything(const Augmentation &augmentation)
{
    return augmentation.zoom > 0 || augmentation.rotation > 0 || augmentation.widthShift > 0 || augmentation.heightShift > 0;
}

/// The random crop, resized.
Placed cropped(PixelSource &pixels, const PixelRectangle &part, const Preprocessing &preprocessing, Mirror mirror)
{
    const int crop = preprocessing.crop;
    return resampleFrom(pixels, {part, crop, crop, {0, 0, crop, crop}, filterOf(preprocessing), mirror});
}

/// The centre crop, moved: what comes into view at its sides is the resized picture around it, as far as a pose may look.
Placed movedCentre(PixelSource &pixels, const Preprocessing &preprocessing, const Pose &choice, const Fill &fill)
{
    const Framing framing = framingOf(pixels.width(), pixels.height(), preprocessing);
    const std::int64_t crop = preprocessing.crop;
    const auto left = std::max<std::int64_t>(framing.left - crop, 0), top = std::max<std::int64_t>(framing.top - crop, 0);
    const auto right = std::min(framing.left + 2 * crop, framing.width), bottom = std::min(framing.top + 2 * crop, framing.height);
    const PixelRectangle window
        = {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left), static_cast<int>(bottom - top)};
    const auto around
        = resampleFrom(pixels, {{0, 0, pixels.width(), pixels.height()}, framing.width, framing.height, window, filterOf(preprocessing)});
    if (!around)
        return around;
    return pose(*around, static_cast<int>(framing.left - left), static_cast<int>(framing.top - top), preprocessing.crop, choice, fill);
}

Placed placed(PixelSource &pixels, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random)
{
    const int crop = preprocessing.crop;
    PixelRectangle part;
    if (augmentation.randomResizedCrop)
        part = randomCrop(pixels.width(), pixels.height(), augmentation.cropScale, random);
    const Pose choice = randomPose(augmentation, crop, random);
    if (!movesAnything(augmentation)) {
        const Mirror mirror = choice.flipped ? Mirror::LeftToRight : Mirror::No;
        return augmentation.randomResizedCrop ? cropped(pixels, part, preprocessing, mirror) : centreCrop(pixels, preprocessing, mirror);
    }
    const Fill fill = fillOf(preprocessing, augmentation);
    if (!augmentation.randomResizedCrop)
        return movedCentre(pixels, preprocessing, choice, fill);
    const auto still = cropped(pixels, part, preprocessing, Mirror::No);
    return still ? Placed(pose(*still, 0, 0, crop, choice, fill)) : still;
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

/// What happens to colours, in place.
void recolour(Picture &view, const Augmentation &augmentation, std::mt19937_64 &random)
{
    if (!changesColours(augmentation))
        return;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(*view.pixels);
    jitter(*pixels, augmentation, random);
    if (augmentation.channelShift > 0) {
        std::array<double, 3> shifts;
        for (double &shift : shifts)
            shift = uniform(random, -augmentation.channelShift, augmentation.channelShift);
        shiftChannels(*pixels, shifts);
    }
    view.pixels = std::move(pixels);
}

} // namespace

Tensor evaluationTransform(const Picture &picture, const Preprocessing &preprocessing)
{
    return tensorOf(preprocessing, [&](std::span<float> out) { evaluationTransform(picture, preprocessing, out); });
}

void evaluationTransform(const Picture &picture, const Preprocessing &preprocessing, std::span<float> output)
{
    DecodedSource pixels(picture);
    writeInto(*centreCrop(pixels, preprocessing, Mirror::No), preprocessing, output);
}

tl::expected<void, std::string> evaluationTransform(PixelSource &pixels, const Preprocessing &preprocessing, std::span<float> output)
{
    return centreCrop(pixels, preprocessing, Mirror::No).map([&](const Picture &view) { writeInto(view, preprocessing, output); });
}

tl::expected<void, std::string> evaluationTransform(PixelSource &pixels, const Preprocessing &preprocessing, std::span<std::uint8_t> output)
{
    return centreCrop(pixels, preprocessing, Mirror::No).map([&](const Picture &view) { writeInto(view, preprocessing, output); });
}

std::vector<LevelScale> levelScales(const Preprocessing &preprocessing)
{
    std::vector<LevelScale> scales;
    for (std::int64_t channel = 0; channel < channelCount(preprocessing); ++channel)
        scales.push_back(scaleOf(preprocessing, static_cast<std::size_t>(channel)));
    return scales;
}

Result<void> evaluationTransform(const std::filesystem::path &file, const Preprocessing &preprocessing, std::span<float> output)
{
    return withPixels(file, [&](PixelSource &pixels) { return evaluationTransform(pixels, preprocessing, output); });
}

Picture augment(const Picture &picture, const Preprocessing &preprocessing, const Augmentation &augmentation, std::mt19937_64 &random)
{
    DecodedSource pixels(picture);
    Picture view = *placed(pixels, preprocessing, augmentation, random);
    recolour(view, augmentation, random);
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
    writeInto(augment(picture, preprocessing, augmentation, random), preprocessing, output);
}

tl::expected<void, std::string> trainingTransform(PixelSource &pixels, const Preprocessing &preprocessing, const Augmentation &augmentation,
    std::mt19937_64 &random, std::span<float> output)
{
    return placed(pixels, preprocessing, augmentation, random).map([&](Picture view) {
        recolour(view, augmentation, random);
        writeInto(view, preprocessing, output);
    });
}

tl::expected<void, std::string> trainingTransform(PixelSource &pixels, const Preprocessing &preprocessing, const Augmentation &augmentation,
    std::mt19937_64 &random, std::span<std::uint8_t> output)
{
    return placed(pixels, preprocessing, augmentation, random).map([&](Picture view) {
        recolour(view, augmentation, random);
        writeInto(view, preprocessing, output);
    });
}

Result<void> trainingTransform(const std::filesystem::path &file, const Preprocessing &preprocessing, const Augmentation &augmentation,
    std::mt19937_64 &random, std::span<float> output)
{
    return withPixels(file, [&](PixelSource &pixels) { return trainingTransform(pixels, preprocessing, augmentation, random, output); });
}

} // namespace graft
