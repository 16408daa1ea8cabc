#pragma once
#include "graph/network.h"

namespace graft::test {

/// Four stages of bottleneck blocks as ResNet has them, `blocks` in each, ten layers in a block; 200 blocks make 8,000 layers.
inline Network residualNetwork(int blocks)
{
    Network network;
    LayerId at = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{64, 56, 56}}}, {});
    const auto convolution = [&](const std::string &name, LayerId input, std::int64_t from, std::int64_t to, std::int64_t kernel) {
        return network.add(name, "Conv2d",
            {{"in_channels", from}, {"out_channels", to}, {"kernel_size", std::vector<std::int64_t>{kernel, kernel}},
                {"padding", std::vector<std::int64_t>{kernel / 2, kernel / 2}}, {"bias", false}},
            {input});
    };
    const auto normalized = [&](const std::string &name, LayerId input, std::int64_t features) {
        return network.add(name, "BatchNorm2d", {{"num_features", features}}, {input});
    };
    for (int stage = 1; stage <= 4; ++stage) {
        for (int block = 0; block < blocks; ++block) {
            const std::string path = "layer" + std::to_string(stage) + "." + std::to_string(block) + ".";
            LayerId way = normalized(path + "bn1", convolution(path + "conv1", at, 64, 16, 1), 16);
            way = network.add(path + "relu1", "ReLU", {}, {way});
            way = normalized(path + "bn2", convolution(path + "conv2", way, 16, 16, 3), 16);
            way = network.add(path + "relu2", "ReLU", {}, {way});
            way = normalized(path + "bn3", convolution(path + "conv3", way, 16, 64, 1), 64);
            at = network.add(path + "relu3", "ReLU", {}, {network.add(path + "add", "Add", {}, {at, way})});
        }
    }
    return network;
}

/// Blocks of four branches, 23 layers in a block; 350 blocks make 8,000 layers.
inline Network branchedNetwork(int blocks)
{
    Network network;
    LayerId at = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{64, 28, 28}}}, {});
    for (int block = 0; block < blocks; ++block) {
        const std::string path = "stage" + std::to_string(block / 50) + ".mixed" + std::to_string(block) + ".";
        std::vector<LayerId> ends;
        for (int branch = 1; branch <= 4; ++branch) {
            LayerId way = at;
            for (int step = 0; step < branch && step < 3; ++step) {
                const std::string name = path + "branch" + std::to_string(branch) + "_" + std::to_string(step);
                const std::int64_t from = step == 0 ? 64 : 16;
                way = network.add(name + ".conv", "Conv2d",
                    {{"in_channels", from}, {"out_channels", std::int64_t(16)}, {"kernel_size", std::vector<std::int64_t>{1, 1}}}, {way});
                way = network.add(name + ".bn", "BatchNorm2d", {{"num_features", std::int64_t(16)}}, {way});
                if (branch < 4 || step == 0)
                    way = network.add(name + ".relu", "ReLU", {}, {way});
            }
            ends.push_back(way);
        }
        at = network.add(path + "cat", "Concatenate", {}, ends);
    }
    return network;
}

/// Chains side by side, so that as many boxes as can be show at once; 64 chains of 125 make 8,000 layers.
inline Network wideNetwork(int chains, int length)
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{16, 8, 8}}}, {});
    std::vector<LayerId> ends;
    for (int chain = 0; chain < chains; ++chain) {
        LayerId at = input;
        for (int layer = 0; layer < length; ++layer)
            at = network.add("node" + std::to_string(chain) + "_" + std::to_string(layer), layer % 2 ? "ReLU" : "BatchNorm2d",
                layer % 2 ? Attributes{} : Attributes{{"num_features", std::int64_t(16)}}, {at});
        ends.push_back(at);
    }
    network.add("cat", "Concatenate", {}, ends);
    return network;
}

/// A chain without blocks where every third layer adds what came three before.
inline Network flatNetwork(int layers)
{
    Network network;
    std::vector<LayerId> made{network.add("input", "Input", {{"shape", std::vector<std::int64_t>{16, 8, 8}}}, {})};
    for (int layer = 1; layer < layers; ++layer) {
        const std::string name = "node" + std::to_string(layer);
        if (layer % 3 == 0 && layer > 3)
            made.push_back(network.add(name, "Add", {}, {made.back(), made[made.size() - 3]}));
        else
            made.push_back(network.add(name, "ReLU", {}, {made.back()}));
    }
    return network;
}

} // namespace graft::test
