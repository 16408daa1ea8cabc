#include "formats/keras/kerasstep.h"

#include <algorithm>

namespace graft::keras {
namespace {

/// The inputs with features in one order: as they are when all were flattened from pictures of one shape.
Result<std::vector<Value>> alike(Step &step)
{
    const auto &inputs = step.inputs();
    const auto isSame = [&](const Value &value) { return value.picture == inputs.front().picture; };
    if (std::ranges::all_of(inputs, isSame))
        return inputs;
    std::vector<Value> ordered;
    for (const Value &value : inputs) {
        auto one = step.inOrder(value);
        if (!one)
            return fail(one.error());
        ordered.push_back(*one);
    }
    return ordered;
}

/// `x + 5` in the file's graph: a number among the arguments.
Result<Value> withConstant(Step &step, const std::string &type)
{
    const double number = step.call.constants.front();
    double factor = 1, offset = 0;
    if (type == "Add" || type == "Subtract")
        offset = type == "Add" ? number : -number;
    else if (type == "Multiply" || (type == "Divide" && number != 0))
        factor = type == "Multiply" ? number : 1 / number;
    else
        return step.opaque("a number among its arguments");
    auto result = step.add("Scale", {{"factor", factor}, {"offset", offset}});
    if (result)
        result->picture = step.input().picture;
    return result;
}

Result<Value> merge(Step &step, const std::string &type)
{
    if (step.inputs().size() == 1 && step.call.constants.size() == 1)
        return withConstant(step, type);
    const auto inputs = alike(step);
    if (!inputs)
        return fail(inputs.error());
    Value value = inputs->front();
    for (std::size_t i = 1; i < inputs->size(); ++i) {
        const bool isWhole = i + 1 == inputs->size();
        auto joined = step.add(isWhole ? step.name : step.name + "_part", type, {}, {value, (*inputs)[i]});
        if (!joined)
            return joined;
        value = {joined->layer, inputs->front().picture};
    }
    return value;
}

Result<Value> average(Step &step)
{
    const auto count = static_cast<double>(step.inputs().size());
    auto sum = merge(step, "Add");
    if (!sum)
        return sum;
    auto mean = step.add(step.name + "_mean", "Scale", {{"factor", 1 / count}}, {*sum});
    if (mean)
        mean->picture = sum->picture;
    return mean;
}

/// Of keras.applications' Inception-ResNet: the first input and the second, made smaller.
Result<Value> customScale(Step &step)
{
    if (step.inputs().size() != 2)
        return step.opaque("not two inputs");
    auto scaled = step.add(step.name + "_scaled", "Scale", {{"factor", step.number("scale", 1)}}, {step.inputs()[1]});
    return scaled ? step.add(step.name, "Add", {}, {step.input(), *scaled}) : scaled;
}

Result<Value> concatenate(Step &step)
{
    std::vector<Value> inputs;
    std::size_t dimensions = 0;
    for (const Value &value : step.inputs()) {
        auto ordered = step.inOrder(value);
        if (!ordered)
            return fail(ordered.error());
        inputs.push_back(*ordered);
        dimensions = step.shape(value) ? step.shape(value)->size() : dimensions;
    }
    const Shape axes = step.integers("axis", {-1});
    std::int64_t axis = axes.size() == 1 ? axes[0] : 0;
    if (axis < 0)
        axis += static_cast<std::int64_t>(dimensions) + 1;
    if (axis < 1 || axis > static_cast<std::int64_t>(dimensions))
        return step.opaque("an axis out of range");
    if (dimensions == 3)
        axis = axis == 3 ? 1 : axis + 1;
    return step.add(step.name, "Concatenate", {{"dim", axis}}, inputs);
}

/// An operator of TensorFlow that stands in the graph by itself. Its function is a name in the file: a few are known, none is run.
Result<Value> operatorLayer(Step &step)
{
    static const std::map<std::string, std::string> known = {
        {"math.add", "Add"},
        {"__operators__.add", "Add"},
        {"math.subtract", "Subtract"},
        {"__operators__.sub", "Subtract"},
        {"math.multiply", "Multiply"},
        {"__operators__.mul", "Multiply"},
        {"math.truediv", "Divide"},
        {"math.divide", "Divide"},
        {"__operators__.truediv", "Divide"},
    };
    static const std::map<std::string, std::string> activations
        = {{"nn.relu", "relu"}, {"nn.relu6", "relu6"}, {"nn.silu", "silu"}, {"nn.swish", "swish"}, {"math.sigmoid", "sigmoid"}};
    const std::string function = step.text("function", step.text("symbol"));
    const auto found = known.find(function);
    const bool isUsable = step.call.constants.size() + step.inputs().size() == 2;
    if (found != known.end() && isUsable)
        return merge(step, found->second);
    if (const auto activation = activations.find(function); activation != activations.end() && step.inputs().size() == 1) {
        const auto type = activationLayer(activation->second, step.kerasVersion(), 3);
        return step.add(type->type, type->attributes);
    }
    return step.opaque(function.substr(0, 100));
}

} // namespace

void addMerges(Handlers &handlers)
{
    handlers["Add"] = [](Step &step) { return merge(step, "Add"); };
    handlers["Subtract"] = [](Step &step) { return merge(step, "Subtract"); };
    handlers["Multiply"] = [](Step &step) { return merge(step, "Multiply"); };
    handlers["Maximum"] = [](Step &step) { return merge(step, "Maximum"); };
    handlers["Minimum"] = [](Step &step) { return merge(step, "Minimum"); };
    handlers["Divide"] = handlers["TrueDivide"] = [](Step &step) { return merge(step, "Divide"); };
    handlers["Average"] = average;
    handlers["Concatenate"] = concatenate;
    handlers["CustomScaleLayer"] = customScale;
    handlers["TFOpLambda"] = operatorLayer;
    handlers["SlicingOpLambda"] = [](Step &step) -> Result<Value> { return step.opaque("a slice"); };
    handlers["Lambda"] = [](Step &step) -> Result<Value> { return step.opaque("Python code, which Graft never runs"); };
}

} // namespace graft::keras
