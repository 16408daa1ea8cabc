#include "formats/support/atencall.h"

#include <array>

namespace graft {
namespace {

using Kind = AtenValue::Kind;

AtenValue window(AtenCall &call, const char *type, Attributes more)
{
    const auto kernel = call.pair("kernel_size", {1, 1});
    more.insert({{"kernel_size", kernel}, {"stride", call.pair("stride", kernel)}, {"padding", call.pair("padding", {0, 0})},
        {"ceil_mode", call.boolean("ceil_mode", false)}});
    return call.step(type, std::move(more), {call.layer("self")});
}

AtenValue maxPool(AtenCall &call)
{
    if (call.pair("dilation", {1, 1}) != Shape{1, 1})
        return call.fails("its windows have gaps");
    return window(call, "MaxPool2d", {});
}

AtenValue maxPoolWithIndices(AtenCall &call)
{
    return AtenValue::ofItems(Kind::Tuple, {maxPool(call), AtenValue::unknown()});
}

AtenValue averagePool(AtenCall &call)
{
    if (call.has("divisor_override"))
        return call.fails("it divides by a number of its own");
    return window(call, "AvgPool2d", {{"count_include_pad", call.boolean("count_include_pad", true)}});
}

/// Height and width of the output; None in the list keeps the input's.
Shape outputSize(AtenCall &call)
{
    const AtenValue &given = call.value("output_size");
    if (!given.isSequence() || given.items->size() != 2)
        return call.pair("output_size", {1, 1});
    const Shape input = call.shape(call.layer("self"));
    Shape size;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const AtenValue &item = (*given.items)[axis];
        const auto number = item.whole();
        if (!number && (!item.isNone() || input.size() != 3))
            call.fails("its `output_size` is not known beforehand");
        size.push_back(number.value_or(input.size() == 3 ? input[axis + 1] : 1));
    }
    return size;
}

AtenValue adaptiveAverage(AtenCall &call)
{
    return call.step("AdaptiveAvgPool2d", {{"output_size", outputSize(call)}}, {call.layer("self")});
}

AtenValue adaptiveMax(AtenCall &call)
{
    const AtenValue output = call.step("AdaptiveMaxPool2d", {{"output_size", outputSize(call)}}, {call.layer("self")});
    return AtenValue::ofItems(Kind::Tuple, {output, AtenValue::unknown()});
}

const char *reductionType(std::string_view name)
{
    return name == "sum" ? "Sum" : name == "amax" ? "Max" : name == "amin" ? "Min" : "Mean";
}

/// A sum over a list of numbers too.
AtenValue reduce(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (self.kind == Kind::List) {
        std::int64_t total = 0;
        for (const AtenValue &item : *self.items) {
            const auto number = item.whole();
            if (!number || __builtin_add_overflow(total, *number, &total))
                return call.fails("its numbers are not known beforehand");
        }
        return AtenValue::ofInteger(total);
    }
    if (!call.has("dim") || call.value("dim").kind == Kind::Boolean)
        return call.fails("it works across the pictures of a batch");
    const std::size_t rank = call.rank(self);
    Shape dims;
    for (const auto dim : call.integers("dim", {}))
        dims.push_back(call.axis(dim, rank));
    if (dims.empty())
        return call.fails("it works across the pictures of a batch");
    return call.step(reductionType(call.name()), {{"dim", dims}, {"keepdim", call.boolean("keepdim", false)}}, {call.layer("self")});
}

AtenValue resize(AtenCall &call)
{
    const std::string_view name = call.name();
    const std::string mode = name.find("bilinear") != std::string_view::npos ? "bilinear"
        : name.find("bicubic") != std::string_view::npos                     ? "bicubic"
                                                                             : "nearest";
    Attributes attributes = {{"mode", mode}};
    if (mode != "nearest")
        attributes["align_corners"] = call.boolean("align_corners", false);
    if (call.has("output_size")) {
        attributes["size"] = call.pair("output_size", {1, 1});
    } else {
        const AtenValue &factors = call.value(call.has("scale_factors") ? "scale_factors" : "scales_h");
        const AtenValue &first = factors.isSequence() && !factors.items->empty() ? factors.items->front() : factors;
        const AtenValue &last = factors.isSequence() && !factors.items->empty() ? factors.items->back() : call.value("scales_w");
        if (!first.number() || first.number() != last.number())
            return call.fails("it scales height and width differently");
        attributes["scale_factor"] = *first.number();
    }
    return call.step("Upsample", std::move(attributes), {call.layer("input")});
}

AtenValue pad(AtenCall &call)
{
    Shape padding = call.integers("pad", {});
    bool isNone = true;
    for (const auto pixels : padding)
        isNone = isNone && pixels == 0;
    if (isNone)
        return call.value("self");
    const std::string mode = call.name() == "reflection_pad2d" ? "reflect"
        : call.name() == "replication_pad2d"                   ? "replicate"
        : call.value("mode").kind == Kind::Text                ? call.value("mode").text
                                                               : "constant";
    // What is listed behind height and width are channels and pictures.
    while (padding.size() > 4 && padding.back() == 0)
        padding.pop_back();
    padding.resize(std::max<std::size_t>(padding.size(), 4), 0);
    if (padding.size() != 4)
        return call.fails("it adds more than pixels");
    const LayerId input = call.layer("self");
    if (mode == "reflect")
        return call.step("ReflectionPad2d", {{"padding", padding}}, {input});
    if (mode == "replicate")
        return call.step("ReplicationPad2d", {{"padding", padding}}, {input});
    if (mode != "constant")
        return call.fails("its mode is " + mode);
    return call.step("ConstantPad2d", {{"padding", padding}, {"value", call.real("value", 0)}}, {input});
}

AtenValue shuffle(AtenCall &call)
{
    if (call.name() == "channel_shuffle")
        return call.step("ChannelShuffle", {{"groups", call.integer("groups", 1)}}, {call.layer("self")});
    return call.step("PixelShuffle", {{"upscale_factor", call.integer("upscale_factor", 1)}}, {call.layer("self")});
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"max_pool2d", "self kernel_size stride padding dilation ceil_mode", maxPool},
    {"max_pool2d_with_indices", "self kernel_size stride padding dilation ceil_mode", maxPoolWithIndices},
    {"avg_pool2d", "self kernel_size stride padding ceil_mode count_include_pad divisor_override", averagePool},
    {"adaptive_avg_pool2d", "self output_size", adaptiveAverage},
    {"_adaptive_avg_pool2d", "self output_size", adaptiveAverage},
    {"adaptive_max_pool2d", "self output_size", adaptiveMax},
    {"mean", "self dim keepdim dtype", reduce},
    {"sum", "self dim keepdim dtype", reduce},
    {"amax", "self dim keepdim", reduce},
    {"amin", "self dim keepdim", reduce},
    {"upsample_nearest2d", "input output_size scale_factors scales_w", resize},
    {"upsample_bilinear2d", "input output_size align_corners scale_factors scales_w", resize},
    {"upsample_bicubic2d", "input output_size align_corners scale_factors scales_w", resize},
    {"constant_pad_nd", "self pad value", pad},
    {"pad", "self pad mode value", pad},
    {"reflection_pad2d", "self pad", pad},
    {"replication_pad2d", "self pad", pad},
    {"channel_shuffle", "self groups", shuffle},
    {"pixel_shuffle", "self upscale_factor", shuffle},
});

} // namespace

std::span<const AtenOperator> atenPoolings()
{
    return operators;
}

} // namespace graft
