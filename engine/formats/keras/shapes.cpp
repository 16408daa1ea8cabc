#include "formats/keras/kerasstep.h"

#include "graph/limits.h"

#include <algorithm>

namespace graft::keras {
namespace {

/// A picture's channels are the same numbers whichever way it lies.
bool isPoint(const Shape &shape)
{
    return shape.size() == 3 && shape[1] == 1 && shape[2] == 1;
}

Result<Value> flatten(Step &step)
{
    if (!step.isChannelsLast())
        return step.opaque("channels first");
    auto result = step.add("Flatten");
    if (result && step.shape() && step.shape()->size() == 3 && !isPoint(*step.shape()))
        result->picture = *step.shape();
    else if (result)
        result->picture = step.input().picture;
    return result;
}

/// The value with its numbers in the order in which Keras has them.
Result<Value> inKerasOrder(Step &step)
{
    const Shape &shape = *step.shape();
    if (shape.size() == 3 && !isPoint(shape))
        return step.add(step.name + "_channels_last", "Permute", {{"dims", Shape{0, 2, 3, 1}}}, {step.input()});
    return step.inOrder(step.input());
}

/// Gives the value Keras' shape `target`; a picture is turned to channels first then.
Result<Value> shapedAs(Step &step, const Shape &target)
{
    auto value = inKerasOrder(step);
    if (!value)
        return value;
    if (target.size() != 3)
        return step.add(step.name, "Reshape", {{"shape", target}}, {*value});
    const bool isPointTarget = target[0] == 1 && target[1] == 1;
    if (isPointTarget)
        return step.add(step.name, "Reshape", {{"shape", Shape{target[2], 1, 1}}}, {*value});
    value = step.add(step.name + "_channels_last", "Reshape", {{"shape", target}}, {*value});
    return value ? step.add(step.name, "Permute", {{"dims", Shape{0, 3, 1, 2}}}, {*value}) : value;
}

Result<Value> reshape(Step &step)
{
    Shape target = step.integers("target_shape", {});
    if (!step.shape() || target.empty())
        return step.opaque("the shape of its input or output is not known");
    std::int64_t known = 1;
    for (const std::int64_t size : target)
        if (size < -1 || size == 0)
            return step.opaque("a size out of range");
        else if (size > 0)
            known = saturatingProduct(known, size);
    std::ranges::replace(target, -1, std::max<std::int64_t>(elementCount(*step.shape()) / known, 1));
    return shapedAs(step, target);
}

/// Keras' axis of [H, W, C], counted from 1, as Graft's of [C, H, W].
std::int64_t axisOf(std::int64_t kerasAxis, std::size_t dimensions)
{
    return dimensions != 3 ? kerasAxis : kerasAxis == 3 ? 1 : kerasAxis + 1;
}

Result<Value> permute(Step &step)
{
    const Shape dims = step.integers("dims", {});
    if (!step.shape() || dims.size() != step.shape()->size() || dims.size() > 3)
        return step.opaque("dimensions that do not fit");
    auto input = step.inOrder(step.input());
    if (!input)
        return input;
    const std::size_t count = dims.size();
    Shape order = {0};
    // The output's channels, Keras' last, come first.
    if (count == 3)
        order.insert(order.end(), {axisOf(dims[2], count), axisOf(dims[0], count), axisOf(dims[1], count)});
    else
        order.insert(order.end(), dims.begin(), dims.end());
    return step.add(step.name, "Permute", {{"dims", order}}, {*input});
}

/// [[top, bottom], [left, right]], [rows, columns] or one number.
std::optional<Shape> edges(const Step &step, const char *field)
{
    const auto found = step.layer.config.find(field);
    if (found == step.layer.config.end() || !found->is_array() || found->size() != 2 || !(*found)[0].is_array()) {
        const Shape both = step.pair(field, 1);
        return Shape{both[1], both[1], both[0], both[0]};
    }
    Shape sizes;
    for (const auto &axis : *found)
        for (const auto &size : axis)
            if (size.is_number_unsigned() && size.get<std::uint64_t>() <= (1U << 20))
                sizes.push_back(size.get<std::int64_t>());
    return sizes.size() == 4 ? std::optional(Shape{sizes[2], sizes[3], sizes[0], sizes[1]}) : std::nullopt;
}

Result<Value> padded(Step &step, const char *field, std::int64_t sign)
{
    auto padding = edges(step, field);
    if (!padding || !step.isChannelsLast())
        return step.opaque("channels first or sizes out of range");
    for (std::int64_t &size : *padding)
        size *= sign;
    return step.add("ConstantPad2d", {{"padding", *padding}});
}

Result<Value> upSampling(Step &step)
{
    const Shape size = step.pair("size", 2);
    const std::string mode = step.text("interpolation", "nearest");
    const auto fits = [](std::int64_t factor) { return factor >= 1 && factor <= 64; };
    if (!step.shape() || step.shape()->size() != 3 || !std::ranges::all_of(size, fits) || (mode != "nearest" && mode != "bilinear"))
        return step.opaque("another interpolation or sizes out of range");
    const Shape &shape = *step.shape();
    return step.add("Upsample", {{"size", Shape{shape[1] * size[0], shape[2] * size[1]}}, {"mode", mode}});
}

/// Does nothing but in training; kept so that the graph shows it.
Result<Value> identity(Step &step)
{
    auto result = step.add("Identity");
    if (result)
        result->picture = step.input().picture;
    return result;
}

Result<Value> dropout(Step &step, const char *type)
{
    // [None, 1, 1, 1]: a whole picture's share of a block is dropped.
    if (const auto shape = step.layer.config.find("noise_shape"); shape != step.layer.config.end() && shape->is_array())
        type = "StochasticDepth";
    auto result = step.add(type, {{"p", std::clamp(step.number("rate", 0), 0.0, 1.0)}});
    if (result)
        result->picture = step.input().picture;
    return result;
}

} // namespace

void addShapes(Handlers &handlers)
{
    handlers["Flatten"] = flatten;
    handlers["Reshape"] = reshape;
    handlers["Permute"] = permute;
    handlers["ZeroPadding2D"] = [](Step &step) { return padded(step, "padding", 1); };
    handlers["Cropping2D"] = [](Step &step) { return padded(step, "cropping", -1); };
    handlers["UpSampling2D"] = upSampling;
    handlers["Dropout"] = [](Step &step) { return dropout(step, "Dropout"); };
    handlers["SpatialDropout2D"] = [](Step &step) { return dropout(step, "Dropout2d"); };
    for (const char *name : {"GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "StochasticDepth", "RandomFlip",
             "RandomRotation", "RandomZoom", "RandomContrast", "RandomTranslation", "RandomBrightness", "RandomHeight", "RandomWidth",
             "Identity", "FixedDropout"})
        handlers[name] = identity;
}

} // namespace graft::keras
