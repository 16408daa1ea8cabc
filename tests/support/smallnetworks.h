#pragma once
#include "graph/network.h"

/// Small networks with the traits of the published ones, for tests.
namespace smallnetworks {

using Ints = std::vector<std::int64_t>;

inline graft::LayerId convolution(graft::Network &network, const std::string &name, graft::LayerId input, std::int64_t in, std::int64_t out,
    Ints kernel = {3, 3}, bool bias = false)
{
    const std::int64_t padding = kernel.front() / 2;
    return network.add(name, "Conv2d",
        {{"in_channels", in}, {"out_channels", out}, {"kernel_size", std::move(kernel)}, {"padding", Ints{padding, padding}},
            {"bias", bias}},
        {input});
}

inline graft::LayerId linear(graft::Network &network, const std::string &name, graft::LayerId input, std::int64_t in, std::int64_t out)
{
    return network.add(name, "Linear", {{"in_features", in}, {"out_features", out}}, {input});
}

/// Input → conv1 → bn1 → relu → one residual block layer1.0 → avgpool → flatten → fc.
inline graft::Network residual(std::int64_t classes = 10, std::int64_t pixels = 16)
{
    graft::Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{3, pixels, pixels}}}, {});
    const auto stem = convolution(network, "conv1", input, 3, 8);
    const auto stemNorm = network.add("bn1", "BatchNorm2d", {{"num_features", std::int64_t{8}}}, {stem});
    const auto relu = network.add("relu", "ReLU", {}, {stemNorm});
    const auto first = convolution(network, "layer1.0.conv1", relu, 8, 8);
    const auto norm = network.add("layer1.0.bn1", "BatchNorm2d", {{"num_features", std::int64_t{8}}}, {first});
    const auto sum = network.add("layer1.0.add", "Add", {}, {norm, relu});
    const auto pool = network.add("avgpool", "AdaptiveAvgPool2d", {}, {sum});
    const auto flat = network.add("flatten", "Flatten", {}, {pool});
    linear(network, "fc", flat, 8, classes);
    return network;
}

/// SqueezeNet's kind of head: features.0 → classifier.0 Dropout → classifier.1 1×1 Conv2d → classifier.2 ReLU → pool → flatten.
inline graft::Network convolutionalHead(std::int64_t classes = 10)
{
    graft::Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{3, 16, 16}}}, {});
    const auto features = convolution(network, "features.0", input, 3, 8);
    const auto dropout = network.add("classifier.0", "Dropout", {}, {features});
    const auto head = convolution(network, "classifier.1", dropout, 8, classes, {1, 1}, true);
    const auto relu = network.add("classifier.2", "ReLU", {}, {head});
    const auto pool = network.add("classifier.3", "AdaptiveAvgPool2d", {}, {relu});
    network.add("flatten", "Flatten", {}, {pool});
    return network;
}

} // namespace smallnetworks
