#include "graph/surgery.h"

#include "graph/editsupport.h"
#include "graph/layeredits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace graft {
namespace {

constexpr int largestSize = 4096;
constexpr int mostChannels = 64;

/// Whether what comes out has the input's channels, one for one.
bool keepsChannels(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    return layer.inputs.size() == 1 && type
        && (type->category == "normalization" || type->category == "elementwise" || type->category == "activation"
            || layer.type == "Identity" || layer.type == "ConstantPad2d" || layer.type == "ReflectionPad2d"
            || layer.type == "ReplicationPad2d" || layer.type == "Upsample");
}

/// The layers that take the input, or what has its channels one for one, in order.
std::vector<LayerId> firstLayers(const Network &network)
{
    std::set<LayerId> carriers = {network.layers().front().id};
    std::vector<LayerId> result;
    for (const Layer &layer : network.layers()) {
        if (!std::ranges::any_of(layer.inputs, [&](LayerId input) { return carriers.contains(input); }))
            continue;
        result.push_back(layer.id);
        if (keepsChannels(layer))
            carriers.insert(layer.id);
    }
    return result;
}

/// Each filter with `channels` channels, all the same: a share of the sum, or of the mean, of those that it had.
Tensor spreadOver(const Tensor &weight, std::int64_t channels, ChannelWeights rule)
{
    const Shape &shape = weight.shape();
    const auto filters = static_cast<std::size_t>(shape[0]), before = static_cast<std::size_t>(shape[1]);
    const auto after = static_cast<std::size_t>(channels), pixels = static_cast<std::size_t>(shape[2] * shape[3]);
    const std::vector<float> old = weight.toFloats();
    const double share = 1.0 / static_cast<double>(after) / (rule == ChannelWeights::Average ? static_cast<double>(before) : 1.0);
    std::vector<float> values(filters * after * pixels);
    for (std::size_t filter = 0; filter < filters; ++filter)
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            double sum = 0;
            for (std::size_t channel = 0; channel < before; ++channel)
                sum += old[(filter * before + channel) * pixels + pixel];
            for (std::size_t channel = 0; channel < after; ++channel)
                values[(filter * after + channel) * pixels + pixel] = static_cast<float>(sum * share);
        }
    return Tensor::fromFloats({shape[0], channels, shape[2], shape[3]}, values);
}

double meanOf(const std::array<double, 3> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / 3.0;
}

void followChannels(Preprocessing &preprocessing, int channels)
{
    const bool wasGrey = preprocessing.channelOrder == "L";
    if ((channels != 1 && channels != 3) || wasGrey == (channels == 1))
        return;
    preprocessing = inGrey(preprocessing);
    preprocessing.channelOrder = channels == 1 ? "L" : "RGB";
}

} // namespace

Preprocessing inGrey(Preprocessing preprocessing)
{
    preprocessing.channelOrder = "L";
    preprocessing.mean.fill(meanOf(preprocessing.mean));
    preprocessing.standardDeviation.fill(meanOf(preprocessing.standardDeviation));
    return preprocessing;
}

Result<void> setInputSize(Network &network, Preprocessing &preprocessing, int pixels)
{
    Shape shape = network.inputShape();
    if (shape.size() != 3)
        return fail(ErrorCode::NetworkInvalid, "The network's input is no picture, so it has no size in pixels to change.");
    if (pixels < 1 || pixels > largestSize)
        return fail(ErrorCode::SettingInvalid, "Pictures are 1 to 4096 pixels high and wide, not " + std::to_string(pixels) + ".");
    shape[1] = shape[2] = pixels;
    network.find(network.layers().front().id)->attributes["shape"] = shape;
    if (preprocessing.resize > 0 && preprocessing.crop > 0) {
        const double proportion = static_cast<double>(preprocessing.resize) / preprocessing.crop;
        preprocessing.resize = std::clamp(static_cast<int>(std::lround(pixels * proportion)), 1, largestSize);
    }
    preprocessing.crop = pixels;
    return {};
}

Result<void> setInputChannels(Network &network, StateDict &weights, Preprocessing &preprocessing, int channels, ChannelWeights rule)
{
    Shape shape = network.inputShape();
    if (shape.size() != 3)
        return fail(ErrorCode::NetworkInvalid, "The network's input is no picture, so it has no channels to change.");
    if (channels < 1 || channels > mostChannels)
        return fail(ErrorCode::SettingInvalid, "Pictures have 1 to 64 channels, not " + std::to_string(channels) + ".");
    if (shape.front() == channels)
        return {};
    const std::vector<LayerId> first = firstLayers(network);
    std::vector<LayerId> others;
    for (const LayerId id : first) {
        const Layer &layer = *network.find(id);
        if (layer.type != "Conv2d")
            others.push_back(id);
        else if (validate(layer) && intAttribute(layer, "groups") != 1)
            return fail(ErrorCode::NetworkInvalid,
                "Conv2d `" + layer.name + "` takes the input's channels in groups, so their number cannot be changed; remove it first.",
                layer.name);
    }
    for (const LayerId id : first) {
        Layer &layer = *network.find(id);
        if (layer.type != "Conv2d")
            continue;
        layer.attributes["in_channels"] = std::int64_t{channels};
        const std::string name = layer.name + ".weight";
        if (const Tensor *weight = weights.find(name); weight && weight->shape().size() == 4 && weight->type() == DType::Float32)
            weights.set(name, spreadOver(*weight, channels, rule));
    }
    shape.front() = channels;
    network.find(network.layers().front().id)->attributes["shape"] = shape;
    followChannels(preprocessing, channels);
    return fitToInputs(network, others);
}

} // namespace graft
