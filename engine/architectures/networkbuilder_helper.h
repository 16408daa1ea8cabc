#pragma once
#include "graph/network.h"

#include <string>

namespace graft::families {

/// A Conv2d as the families need it: square in everything.
struct Convolution {
    std::int64_t inputs = 0; ///< channels
    std::int64_t outputs = 0; ///< channels
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t padding = 0;
    std::int64_t groups = 1;
    bool bias = false;
};

struct Pooling {
    std::int64_t kernel = 2;
    std::int64_t stride = 2;
    std::int64_t padding = 0;
    bool ceilMode = false;
};

/// eps and momentum of a family's BatchNorm layers.
struct BatchNorm {
    double epsilon = 1e-5;
    double momentum = 0.1;
};

/// Scales each channel by what a small network makes of all channels' means.
struct SqueezeExcite {
    std::int64_t channels = 0;
    std::int64_t squeezed = 0; ///< channels in between
    const char *activation = "ReLU";
    const char *scaleActivation = "Sigmoid";
};

/// The multiple of `divisor` that is nearest to `value`, but not under 0.9 of it: how mobile networks round their widths.
[[nodiscard]] std::int64_t nearestMultiple(double value, std::int64_t divisor);

/// Builds a Network layer by layer; each function appends one layer behind `input` and returns it. Attributes that have their layer
/// type's default are left out.
class NetworkBuilder {
public:
    /// Starts with an Input layer of `shape`.
    NetworkBuilder(std::string architecture, Shape shape, BatchNorm batchNorm = {});

    [[nodiscard]] LayerId input() const { return m_input; }
    LayerId convolution(const std::string &name, LayerId input, const Convolution &convolution);
    LayerId batchNorm(const std::string &name, LayerId input, std::int64_t channels);
    LayerId linear(const std::string &name, LayerId input, std::int64_t inputs, std::int64_t outputs);
    LayerId maxPool(const std::string &name, LayerId input, const Pooling &pooling);
    LayerId adaptiveAvgPool(const std::string &name, LayerId input, std::int64_t size);
    /// The mean over the picture: [C, H, W] becomes [C].
    LayerId mean(const std::string &name, LayerId input);
    LayerId dropout(const std::string &name, LayerId input, double probability);
    /// A layer without attributes: "ReLU", "Flatten", "Hardswish", …
    LayerId plain(const std::string &name, const std::string &type, LayerId input);
    /// A layer without attributes that joins two branches: "Add", "Multiply", "Concatenate".
    LayerId join(const std::string &name, const std::string &type, LayerId first, LayerId second);
    /// Leaves out `input`, the residual branch of a picture, with that probability in training.
    LayerId stochasticDepth(const std::string &name, LayerId input, double probability);
    /// A learned tensor that takes no input; `name` is the tensor's.
    LayerId parameter(const std::string &name, Attributes attributes);
    LayerId layerNorm(const std::string &name, LayerId input, std::int64_t width, double epsilon);
    /// `name`.0 to .4: torchvision's MLP of two Linear layers with a GELU in between.
    LayerId transformerMlp(const std::string &name, LayerId input, std::int64_t width, std::int64_t hidden);
    LayerId concatenate(const std::string &name, std::vector<LayerId> inputs);
    /// `name`.0, .1 and .2: a convolution, its BatchNorm and, unless it is nullptr, an activation without attributes.
    LayerId convNormActivation(const std::string &name, LayerId input, const Convolution &convolution, const char *activation);
    /// torchvision's block of that name: avgpool, fc1, activation, fc2, scale_activation and the product.
    LayerId squeezeExcite(const std::string &name, LayerId input, const SqueezeExcite &block);
    LayerId add(const std::string &name, const std::string &type, Attributes attributes, LayerId input);

    /// Makes the layer an output that is used in training only.
    void setAuxiliary(LayerId layer, double lossWeight) { m_network.auxiliaryOutputs.push_back({layer, lossWeight}); }

    [[nodiscard]] Network take() { return std::move(m_network); }

private:
    Network m_network;
    BatchNorm m_batchNorm;
    LayerId m_input;
};

} // namespace graft::families
