#include "formats/keras/kerasstep.h"

namespace graft::keras {
namespace {

/// The step's layer is a function of each value, so that a flattened picture stays one.
Result<Value> elementwise(Step &step, const LayerOf &type)
{
    auto result = step.add(type.type, type.attributes);
    if (result)
        result->picture = step.input().picture;
    return result;
}

Result<Value> named(Step &step, const std::string &kind)
{
    if (kind == "softmax" && step.isLast)
        return step.input();
    const auto type = activationLayer(kind, step.kerasVersion(), step.shape() ? step.shape()->size() : 1);
    return type ? elementwise(step, *type) : step.opaque("");
}

Result<Value> activation(Step &step)
{
    const std::string kind = step.activation();
    if (kind == "hard_sigmoid")
        return step.activated(step.input(), kind);
    return kind.empty() ? elementwise(step, {"Identity"}) : named(step, kind);
}

Result<Value> relu(Step &step)
{
    const double slope = step.number("negative_slope", 0), threshold = step.number("threshold", 0);
    const double largest = step.number("max_value", 0); // 0 stands for none
    constexpr double six = 6;
    if (threshold != 0 || (slope != 0 && largest != 0))
        return step.opaque("a threshold, or a slope with a largest value");
    if (slope != 0)
        return elementwise(step, {"LeakyReLU", {{"negative_slope", slope}}});
    if (largest == six)
        return elementwise(step, {"ReLU6"});
    return largest == 0 ? elementwise(step, {"ReLU"}) : elementwise(step, {"Hardtanh", {{"min_val", 0.0}, {"max_val", largest}}});
}

Result<Value> leakyRelu(Step &step)
{
    constexpr double usual = 0.3;
    return elementwise(step, {"LeakyReLU", {{"negative_slope", step.number("negative_slope", step.number("alpha", usual))}}});
}

Result<Value> elu(Step &step)
{
    return elementwise(step, {"ELU", {{"alpha", step.number("alpha", 1)}}});
}

Result<Value> softmax(Step &step)
{
    const Shape axis = step.integers("axis", {-1});
    const bool isLastAxis = axis.size() == 1 && (axis[0] == -1 || (step.shape() && axis[0] == std::ssize(*step.shape())));
    return isLastAxis ? named(step, "softmax") : step.opaque("an axis that is not the last");
}

/// One factor for all, or one for each channel: Keras has one for each position unless told to share them.
Result<Value> prelu(Step &step)
{
    const Tensor *alpha = step.tensor("alpha", {"alpha"});
    if (!alpha || !step.shape() || alpha->shape().size() != step.shape()->size())
        return step.lacks("alpha");
    const Shape &shape = alpha->shape();
    if (alpha->elementCount() != shape.back() || (shape.back() != step.shape()->front() && shape.back() != 1))
        return step.opaque("a factor for each position");
    if ((!step.input().picture.empty() || shape.size() == 2) && shape.back() != 1)
        return step.opaque("a factor for each position");
    auto result = step.add("PReLU", {{"num_parameters", shape.back()}}, {{"weight", reshaped(*alpha, {shape.back()})}});
    if (result)
        result->picture = step.input().picture;
    return result;
}

} // namespace

std::optional<LayerOf> activationLayer(const std::string &kind, int kerasVersion, std::size_t dimensions)
{
    static const std::map<std::string, LayerOf> known = {
        {"relu", {"ReLU"}},
        {"relu6", {"ReLU6"}},
        {"sigmoid", {"Sigmoid"}},
        {"tanh", {"Tanh"}},
        {"swish", {"SiLU"}},
        {"silu", {"SiLU"}},
        {"gelu", {"GELU"}},
        {"elu", {"ELU"}},
        {"selu", {"SELU"}},
        {"softplus", {"Softplus"}},
        {"softsign", {"Softsign"}},
        {"mish", {"Mish"}},
        {"exponential", {"Exp"}},
        {"hard_swish", {"Hardswish"}},
        {"hard_silu", {"Hardswish"}},
        {"leaky_relu", {"LeakyReLU", {{"negative_slope", 0.2}}}},
    };
    if (kind == "softmax")
        return LayerOf{"Softmax", dimensions == 2 ? Attributes{{"dim", std::int64_t{2}}} : Attributes{}};
    // Keras 2 has another straight line here than Keras 3 and PyTorch: two layers.
    if (kind == "hard_sigmoid")
        return kerasVersion >= 3 ? std::optional(LayerOf{"Hardsigmoid"}) : std::nullopt;
    const auto found = known.find(kind);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

void addActivations(Handlers &handlers)
{
    handlers["Activation"] = activation;
    handlers["ReLU"] = relu;
    handlers["LeakyReLU"] = leakyRelu;
    handlers["ELU"] = elu;
    handlers["PReLU"] = prelu;
    handlers["Softmax"] = softmax;
}

} // namespace graft::keras
