#include "formats/support/atencall.h"

#include <array>
#include <utility>

namespace graft {
namespace {

/// Operators with a layer type of their own and nothing to choose.
constexpr auto plainTypes = std::to_array<std::pair<std::string_view, const char *>>({{"relu", "ReLU"}, {"relu6", "ReLU6"},
    {"hardswish", "Hardswish"}, {"hardsigmoid", "Hardsigmoid"}, {"sigmoid", "Sigmoid"}, {"silu", "SiLU"}, {"tanh", "Tanh"},
    {"mish", "Mish"}, {"selu", "SELU"}, {"exp", "Exp"}, {"log", "Log"}, {"abs", "Abs"}, {"reciprocal", "Reciprocal"}, {"erf", "Erf"}});

AtenValue plain(AtenCall &call)
{
    for (const auto &[name, type] : plainTypes)
        if (name == call.name())
            return call.step(type, {}, {call.layer("self")});
    return call.fails({});
}

AtenValue hardtanh(AtenCall &call)
{
    const double low = call.real("min_val", -1), high = call.real("max_val", 1);
    if (low == 0 && high == 6)
        return call.step("ReLU6", {}, {call.layer("self")});
    return call.step("Hardtanh", {{"min_val", low}, {"max_val", high}}, {call.layer("self")});
}

AtenValue clamp(AtenCall &call)
{
    Attributes limits;
    if (call.has("min"))
        limits["min"] = call.real("min", 0);
    if (call.has("max"))
        limits["max"] = call.real("max", 0);
    return call.step("Clamp", std::move(limits), {call.layer("self")});
}

AtenValue gelu(AtenCall &call)
{
    const bool isTanh = call.value("approximate").text == "tanh";
    return call.step("GELU", {{"approximate", std::string(isTanh ? "tanh" : "none")}}, {call.layer("self")});
}

AtenValue leakyRelu(AtenCall &call)
{
    return call.step("LeakyReLU", {{"negative_slope", call.real("negative_slope", 0.01)}}, {call.layer("self")});
}

AtenValue elu(AtenCall &call)
{
    if (call.real("scale", 1) != 1 || call.real("input_scale", 1) != 1)
        return call.fails("it scales besides");
    return call.step(call.name() == "celu" ? "CELU" : "ELU", {{"alpha", call.real("alpha", 1)}}, {call.layer("self")});
}

AtenValue softplus(AtenCall &call)
{
    return call.step("Softplus", {{"beta", call.real("beta", 1)}, {"threshold", call.real("threshold", 20)}}, {call.layer("self")});
}

AtenValue prelu(AtenCall &call)
{
    const AtenTensor *weight = call.constant("weight");
    if (!weight)
        return {};
    return call.step("PReLU", {{"num_parameters", weight->constant.elementCount()}}, {call.layer("self")}, {{"weight", weight->constant}},
        call.ownerOf(*weight, "weight"));
}

AtenValue softmax(AtenCall &call)
{
    const std::int64_t dim = call.axis(call.integer("dim", 1), call.rank(call.value("self")));
    return call.step(call.name().ends_with("log_softmax") ? "LogSoftmax" : "Softmax", {{"dim", dim}}, {call.layer("self")});
}

AtenValue dropout(AtenCall &call)
{
    const LayerId input = call.layer("input");
    const double probability = call.real("p", 0.5);
    // One that never acts is none.
    if (probability == 0)
        return call.value("input");
    return call.step(call.name().starts_with("feature") ? "Dropout2d" : "Dropout", {{"p", probability}}, {input});
}

AtenValue nativeDropout(AtenCall &call)
{
    return AtenValue::ofItems(AtenValue::Kind::Tuple, {dropout(call), AtenValue::unknown()});
}

AtenValue stochasticDepth(AtenCall &call)
{
    const double probability = call.real("p", 0);
    if (probability == 0)
        return call.value("input");
    const std::string mode = call.value("mode").text == "batch" ? "batch" : "row";
    return call.step("StochasticDepth", {{"p", probability}, {"mode", mode}}, {call.layer("input")});
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"relu", "self", plain},
    {"relu6", "self", plain},
    {"hardswish", "self", plain},
    {"hardsigmoid", "self", plain},
    {"sigmoid", "self", plain},
    {"silu", "self", plain},
    {"tanh", "self", plain},
    {"mish", "self", plain},
    {"selu", "self", plain},
    {"exp", "self", plain},
    {"log", "self", plain},
    {"abs", "self", plain},
    {"reciprocal", "self", plain},
    {"erf", "self", plain},
    {"hardtanh", "self min_val max_val", hardtanh},
    {"clamp", "self min max", clamp},
    {"clip", "self min max", clamp},
    {"clamp_min", "self min", clamp},
    {"clamp_max", "self max", clamp},
    {"gelu", "self approximate", gelu},
    {"leaky_relu", "self negative_slope", leakyRelu},
    {"elu", "self alpha scale input_scale", elu},
    {"celu", "self alpha", elu},
    {"softplus", "self beta threshold", softplus},
    {"prelu", "self weight", prelu},
    {"_prelu_kernel", "self weight", prelu},
    {"softmax", "self dim dtype", softmax},
    {"_softmax", "self dim half_to_float", softmax},
    {"log_softmax", "self dim dtype", softmax},
    {"_log_softmax", "self dim half_to_float", softmax},
    {"dropout", "input p train", dropout},
    {"feature_dropout", "input p train", dropout},
    {"native_dropout", "input p train", nativeDropout},
    {"stochastic_depth", "input p mode training", stochasticDepth},
});

} // namespace

std::span<const AtenOperator> atenActivations()
{
    return operators;
}

} // namespace graft
