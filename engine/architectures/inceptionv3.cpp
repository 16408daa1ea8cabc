#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::inceptionv3 {

namespace {

constexpr double AuxiliaryLossWeight = 0.4; ///< as torchvision's recipe has it

enum class Kernel { Square, Row, Column }; ///< n × n, 1 × n, n × 1

struct BasicConvolution {
    std::int64_t inputs = 0;
    std::int64_t outputs = 0;
    std::int64_t size = 1;
    Kernel kernel = Kernel::Square;
    std::int64_t stride = 1;
    bool padded = true; ///< so that the size stays, but for the stride
};

/// The layers of one Inception block, whose names all begin with the block's.
class Block {
public:
    Block(NetworkBuilder &builder, std::string name) : m_builder(builder), m_name(std::move(name)) { }

    LayerId convolution(const std::string &branch, LayerId input, const BasicConvolution &parameters)
    {
        using Pair = std::vector<std::int64_t>;
        const std::int64_t size = parameters.size, padding = parameters.padded ? size / 2 : 0;
        const bool isRow = parameters.kernel == Kernel::Row, isColumn = parameters.kernel == Kernel::Column;
        Attributes attributes{{"in_channels", parameters.inputs}, {"out_channels", parameters.outputs}, {"bias", false},
            {"kernel_size", Pair{isRow ? 1 : size, isColumn ? 1 : size}}};
        if (parameters.stride != 1)
            attributes["stride"] = Pair{parameters.stride, parameters.stride};
        if (padding != 0)
            attributes["padding"] = Pair{isRow ? 0 : padding, isColumn ? 0 : padding};
        LayerId x = m_builder.add(named(branch + ".conv"), "Conv2d", std::move(attributes), input);
        x = m_builder.batchNorm(named(branch + ".bn"), x, parameters.outputs);
        return m_builder.plain(named(branch + ".relu"), "ReLU", x);
    }
    /// The mean of 3 × 3 pixels, then a 1 × 1 convolution.
    LayerId pooled(LayerId input, std::int64_t inputs, std::int64_t outputs)
    {
        const std::vector<std::int64_t> one{1, 1};
        const Attributes window{{"kernel_size", std::vector<std::int64_t>{3, 3}}, {"stride", one}, {"padding", one}};
        const LayerId x = m_builder.add(named("avg_pool2d"), "AvgPool2d", window, input);
        return convolution("branch_pool", x, {inputs, outputs});
    }
    LayerId halved(LayerId input) { return m_builder.maxPool(named("max_pool2d"), input, {.kernel = 3, .stride = 2}); }
    LayerId concatenate(const std::string &name, std::vector<LayerId> inputs)
    {
        return m_builder.concatenate(named(name), std::move(inputs));
    }
    [[nodiscard]] std::string named(const std::string &name) const { return m_name.empty() ? name : m_name + "." + name; }

private:
    NetworkBuilder &m_builder;
    std::string m_name;
};

LayerId stem(NetworkBuilder &builder)
{
    Block block(builder, "");
    LayerId x = block.convolution("Conv2d_1a_3x3", builder.input(), {3, 32, 3, Kernel::Square, 2, false});
    x = block.convolution("Conv2d_2a_3x3", x, {32, 32, 3, Kernel::Square, 1, false});
    x = block.convolution("Conv2d_2b_3x3", x, {32, 64, 3});
    x = builder.maxPool("maxpool1", x, {.kernel = 3, .stride = 2});
    x = block.convolution("Conv2d_3b_1x1", x, {64, 80});
    x = block.convolution("Conv2d_4a_3x3", x, {80, 192, 3, Kernel::Square, 1, false});
    return builder.maxPool("maxpool2", x, {.kernel = 3, .stride = 2});
}

LayerId inceptionA(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs, std::int64_t pooled)
{
    Block block(builder, name);
    const LayerId narrow = block.convolution("branch1x1", input, {inputs, 64});
    LayerId wide = block.convolution("branch5x5_1", input, {inputs, 48});
    wide = block.convolution("branch5x5_2", wide, {48, 64, 5});
    LayerId twice = block.convolution("branch3x3dbl_1", input, {inputs, 64});
    twice = block.convolution("branch3x3dbl_2", twice, {64, 96, 3});
    twice = block.convolution("branch3x3dbl_3", twice, {96, 96, 3});
    return block.concatenate("cat", {narrow, wide, twice, block.pooled(input, inputs, pooled)});
}

LayerId inceptionB(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs)
{
    Block block(builder, name);
    const LayerId once = block.convolution("branch3x3", input, {inputs, 384, 3, Kernel::Square, 2, false});
    LayerId twice = block.convolution("branch3x3dbl_1", input, {inputs, 64});
    twice = block.convolution("branch3x3dbl_2", twice, {64, 96, 3});
    twice = block.convolution("branch3x3dbl_3", twice, {96, 96, 3, Kernel::Square, 2, false});
    return block.concatenate("cat", {once, twice, block.halved(input)});
}

LayerId inceptionC(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inner)
{
    constexpr std::int64_t inputs = 768, outputs = 192;
    Block block(builder, name);
    const LayerId narrow = block.convolution("branch1x1", input, {inputs, outputs});
    LayerId once = block.convolution("branch7x7_1", input, {inputs, inner});
    once = block.convolution("branch7x7_2", once, {inner, inner, 7, Kernel::Row});
    once = block.convolution("branch7x7_3", once, {inner, outputs, 7, Kernel::Column});
    LayerId twice = block.convolution("branch7x7dbl_1", input, {inputs, inner});
    twice = block.convolution("branch7x7dbl_2", twice, {inner, inner, 7, Kernel::Column});
    twice = block.convolution("branch7x7dbl_3", twice, {inner, inner, 7, Kernel::Row});
    twice = block.convolution("branch7x7dbl_4", twice, {inner, inner, 7, Kernel::Column});
    twice = block.convolution("branch7x7dbl_5", twice, {inner, outputs, 7, Kernel::Row});
    return block.concatenate("cat", {narrow, once, twice, block.pooled(input, inputs, outputs)});
}

LayerId inceptionD(NetworkBuilder &builder, const std::string &name, LayerId input)
{
    constexpr std::int64_t inputs = 768, inner = 192;
    Block block(builder, name);
    LayerId small = block.convolution("branch3x3_1", input, {inputs, inner});
    small = block.convolution("branch3x3_2", small, {inner, 320, 3, Kernel::Square, 2, false});
    LayerId large = block.convolution("branch7x7x3_1", input, {inputs, inner});
    large = block.convolution("branch7x7x3_2", large, {inner, inner, 7, Kernel::Row});
    large = block.convolution("branch7x7x3_3", large, {inner, inner, 7, Kernel::Column});
    large = block.convolution("branch7x7x3_4", large, {inner, inner, 3, Kernel::Square, 2, false});
    return block.concatenate("cat", {small, large, block.halved(input)});
}

LayerId inceptionE(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs)
{
    Block block(builder, name);
    const auto split = [&](const std::string &branch, const std::string &joined, LayerId x) {
        const LayerId row = block.convolution(branch + "a", x, {384, 384, 3, Kernel::Row});
        return block.concatenate(joined, {row, block.convolution(branch + "b", x, {384, 384, 3, Kernel::Column})});
    };
    const LayerId narrow = block.convolution("branch1x1", input, {inputs, 320});
    LayerId once = block.convolution("branch3x3_1", input, {inputs, 384});
    once = split("branch3x3_2", "cat", once);
    LayerId twice = block.convolution("branch3x3dbl_1", input, {inputs, 448});
    twice = block.convolution("branch3x3dbl_2", twice, {448, 384, 3});
    twice = split("branch3x3dbl_3", "cat_1", twice);
    return block.concatenate("cat_2", {narrow, once, twice, block.pooled(input, inputs, 192)});
}

void auxiliaryClassifier(NetworkBuilder &builder, LayerId input, int classes)
{
    Block block(builder, "AuxLogits");
    const Attributes window{{"kernel_size", std::vector<std::int64_t>{5, 5}}, {"stride", std::vector<std::int64_t>{3, 3}}};
    LayerId x = builder.add(block.named("avg_pool2d"), "AvgPool2d", window, input);
    x = block.convolution("conv0", x, {768, 128});
    x = block.convolution("conv1", x, {128, 768, 5, Kernel::Square, 1, false});
    x = builder.adaptiveAvgPool(block.named("adaptive_avg_pool2d"), x, 1);
    x = builder.plain(block.named("flatten"), "Flatten", x);
    x = builder.linear(block.named("fc"), x, 768, classes);
    builder.setAuxiliary(x, AuxiliaryLossWeight);
}

Network build(int classes)
{
    NetworkBuilder builder("inception_v3", {3, 299, 299}, {.epsilon = 0.001});
    LayerId x = stem(builder);
    x = inceptionA(builder, "Mixed_5b", x, 192, 32);
    x = inceptionA(builder, "Mixed_5c", x, 256, 64);
    x = inceptionA(builder, "Mixed_5d", x, 288, 64);
    x = inceptionB(builder, "Mixed_6a", x, 288);
    x = inceptionC(builder, "Mixed_6b", x, 128);
    x = inceptionC(builder, "Mixed_6c", x, 160);
    x = inceptionC(builder, "Mixed_6d", x, 160);
    x = inceptionC(builder, "Mixed_6e", x, 192);
    auxiliaryClassifier(builder, x, classes);
    x = inceptionD(builder, "Mixed_7a", x);
    x = inceptionE(builder, "Mixed_7b", x, 1280);
    x = inceptionE(builder, "Mixed_7c", x, 2048);
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.dropout("dropout", x, 0.5);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("fc", x, 2048, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    // The published weights were trained on (x − 0.5) / 0.5. torchvision's `transform_input` makes that of pictures normalised with
    // ImageNet's numbers; here the preprocessing says it, and the network begins with its first convolution.
    all.add({.name = "inception_v3",
        .title = "Inception v3",
        .family = "Inception",
        .preprocessing = {.resize = 342, .crop = 299, .mean = {0.5, 0.5, 0.5}, .standardDeviation = {0.5, 0.5, 0.5}},
        .build = build,
        .source = "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015",
        .torchvisionArguments = "init_weights=False"});
}

} // namespace graft::families::inceptionv3
