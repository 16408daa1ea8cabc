#include "architectures/networkbuilder_helper.h"

#include <algorithm>

namespace graft::families {

namespace {

std::vector<std::int64_t> square(std::int64_t size)
{
    return {size, size};
}

void setUnlessDefault(Attributes &attributes, const std::string &name, std::int64_t value, std::int64_t defaultValue)
{
    if (value != defaultValue)
        attributes[name] = square(value);
}

} // namespace

std::int64_t nearestMultiple(double value, std::int64_t divisor)
{
    const auto half = static_cast<double>(divisor) / 2;
    const std::int64_t rounded = std::max(divisor, static_cast<std::int64_t>(value + half) / divisor * divisor);
    return static_cast<double>(rounded) < 0.9 * value ? rounded + divisor : rounded;
}

NetworkBuilder::NetworkBuilder(std::string architecture, Shape shape, BatchNorm batchNorm) : m_batchNorm(batchNorm)
{
    m_network.architecture = std::move(architecture);
    m_input = m_network.add("input", "Input", {{"shape", std::move(shape)}}, {});
}

LayerId NetworkBuilder::add(const std::string &name, const std::string &type, Attributes attributes, LayerId input)
{
    return m_network.add(name, type, std::move(attributes), {input});
}

LayerId NetworkBuilder::plain(const std::string &name, const std::string &type, LayerId input)
{
    return m_network.add(name, type, {}, {input});
}

LayerId NetworkBuilder::join(const std::string &name, const std::string &type, LayerId first, LayerId second)
{
    return m_network.add(name, type, {}, {first, second});
}

LayerId NetworkBuilder::stochasticDepth(const std::string &name, LayerId input, double probability)
{
    constexpr double defaultProbability = 0.5;
    return add(name, "StochasticDepth", probability == defaultProbability ? Attributes{} : Attributes{{"p", probability}}, input);
}

LayerId NetworkBuilder::parameter(const std::string &name, Attributes attributes)
{
    return m_network.add(name, "Parameter", std::move(attributes), {});
}

LayerId NetworkBuilder::layerNorm(const std::string &name, LayerId input, std::int64_t width, double epsilon)
{
    constexpr double defaultEpsilon = 1e-5;
    Attributes attributes{{"normalized_shape", Shape{width}}};
    if (epsilon != defaultEpsilon)
        attributes["eps"] = epsilon;
    return add(name, "LayerNorm", std::move(attributes), input);
}

LayerId NetworkBuilder::transformerMlp(const std::string &name, LayerId input, std::int64_t width, std::int64_t hidden)
{
    LayerId x = linear(name + ".0", input, width, hidden);
    x = plain(name + ".1", "GELU", x);
    x = dropout(name + ".2", x, 0);
    x = linear(name + ".3", x, hidden, width);
    return dropout(name + ".4", x, 0);
}

LayerId NetworkBuilder::concatenate(const std::string &name, std::vector<LayerId> inputs)
{
    return m_network.add(name, "Concatenate", {}, std::move(inputs));
}

LayerId NetworkBuilder::convolution(const std::string &name, LayerId input, const Convolution &convolution)
{
    Attributes attributes{
        {"in_channels", convolution.inputs}, {"out_channels", convolution.outputs}, {"kernel_size", square(convolution.kernel)}};
    setUnlessDefault(attributes, "stride", convolution.stride, 1);
    setUnlessDefault(attributes, "padding", convolution.padding, 0);
    if (convolution.groups != 1)
        attributes["groups"] = convolution.groups;
    if (!convolution.bias)
        attributes["bias"] = false;
    return add(name, "Conv2d", std::move(attributes), input);
}

LayerId NetworkBuilder::batchNorm(const std::string &name, LayerId input, std::int64_t channels)
{
    Attributes attributes{{"num_features", channels}};
    const BatchNorm defaults;
    if (m_batchNorm.epsilon != defaults.epsilon)
        attributes["eps"] = m_batchNorm.epsilon;
    if (m_batchNorm.momentum != defaults.momentum)
        attributes["momentum"] = m_batchNorm.momentum;
    return add(name, "BatchNorm2d", std::move(attributes), input);
}

LayerId NetworkBuilder::convNormActivation(const std::string &name, LayerId input, const Convolution &parameters, const char *activation)
{
    LayerId x = convolution(name + ".0", input, parameters);
    x = batchNorm(name + ".1", x, parameters.outputs);
    return activation ? plain(name + ".2", activation, x) : x;
}

LayerId NetworkBuilder::squeezeExcite(const std::string &name, LayerId input, const SqueezeExcite &block)
{
    LayerId scale = adaptiveAvgPool(name + ".avgpool", input, 1);
    scale = convolution(name + ".fc1", scale, {.inputs = block.channels, .outputs = block.squeezed, .bias = true});
    scale = plain(name + ".activation", block.activation, scale);
    scale = convolution(name + ".fc2", scale, {.inputs = block.squeezed, .outputs = block.channels, .bias = true});
    scale = plain(name + ".scale_activation", block.scaleActivation, scale);
    return join(name + ".mul", "Multiply", scale, input);
}

LayerId NetworkBuilder::linear(const std::string &name, LayerId input, std::int64_t inputs, std::int64_t outputs)
{
    return add(name, "Linear", {{"in_features", inputs}, {"out_features", outputs}}, input);
}

LayerId NetworkBuilder::maxPool(const std::string &name, LayerId input, const Pooling &pooling)
{
    Attributes attributes{{"kernel_size", square(pooling.kernel)}, {"stride", square(pooling.stride)}};
    setUnlessDefault(attributes, "padding", pooling.padding, 0);
    if (pooling.ceilMode)
        attributes["ceil_mode"] = true;
    return add(name, "MaxPool2d", std::move(attributes), input);
}

LayerId NetworkBuilder::adaptiveAvgPool(const std::string &name, LayerId input, std::int64_t size)
{
    Attributes attributes;
    setUnlessDefault(attributes, "output_size", size, 1);
    return add(name, "AdaptiveAvgPool2d", std::move(attributes), input);
}

LayerId NetworkBuilder::mean(const std::string &name, LayerId input)
{
    return add(name, "Mean", {{"dim", std::vector<std::int64_t>{2, 3}}}, input);
}

LayerId NetworkBuilder::dropout(const std::string &name, LayerId input, double probability)
{
    constexpr double defaultProbability = 0.5;
    return add(name, "Dropout", probability == defaultProbability ? Attributes{} : Attributes{{"p", probability}}, input);
}

} // namespace graft::families
