#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::dropout {
namespace {

LayerType common(const char *name, const char *help, const char *probability)
{
    LayerType type;
    type.name = name;
    type.category = "regularization";
    type.help = help;
    type.schema = {{"p", probability, 0.5, false, 0, 1, {}, 0, "", 0.05}};
    type.outputShape = sameShape;
    return type;
}

/// The residual branch of some pictures (or of all at once) is left out; the others are scaled up to keep the mean.
at::Tensor stochasticDepth(const LayerCall &call)
{
    const at::Tensor &input = call.inputs[0];
    const double keep = 1.0 - doubleAttribute(call.layer, "p");
    if (!call.training || keep == 1.0)
        return input;
    std::vector<std::int64_t> shape(static_cast<std::size_t>(input.dim()), 1);
    if (stringAttribute(call.layer, "mode") == "row")
        shape[0] = input.size(0);
    at::Tensor noise = at::empty(shape, input.options().memory_format(at::MemoryFormat::Contiguous)).bernoulli_(keep);
    if (keep > 0)
        noise.div_(keep);
    return input * noise;
}

Result<std::string> write(OnnxCall &call)
{
    const double p = doubleAttribute(*call.layer, "p");
    if (call.opset < 12)
        return call.node("Dropout", {call.inputs[0]}, {{"ratio", p}});
    return call.node("Dropout", {call.inputs[0], call.number(p)});
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto ratio = node.hasInput(1) ? node.scalar(1) : Result<double>(node.number("ratio", 0.5));
    if (!input || !ratio)
        return fail(input ? ratio.error() : input.error());
    return node.add("Dropout", {{"p", *ratio}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType values = common("Dropout", "In training, sets some values to 0 by chance and scales up the others; does nothing otherwise.",
        "Probability that a value is set to 0.");
    values.forward = [](const LayerCall &call) { return at::dropout(call.inputs[0], doubleAttribute(call.layer, "p"), call.training); };
    values.toOnnx = write;
    values.fromOnnx = {{"Dropout", read}};
    all.add(std::move(values));

    LayerType channels
        = common("Dropout2d", "In training, sets some whole channels to 0 by chance and scales up the others; does nothing otherwise.",
            "Probability that a channel is set to 0.");
    channels.forward
        = [](const LayerCall &call) { return at::feature_dropout(call.inputs[0], doubleAttribute(call.layer, "p"), call.training); };
    channels.toOnnx = write;
    all.add(std::move(channels));

    LayerType depth = common("StochasticDepth",
        "In training, leaves out a residual branch by chance and scales it up otherwise; does nothing when not training.",
        "Probability that the branch is left out.");
    depth.schema.push_back(
        {"mode", "row: for each picture by itself; batch: for all at once.", std::string("row"), false, {}, {}, {"row", "batch"}, 0});
    depth.forward = stochasticDepth;
    depth.python = [](const Layer &) { return "ops.stochastic_depth({0}, {p}, {mode}, {training})"; };
    // Files are for running: a branch is never left out there.
    depth.toOnnx = onnxNode("Identity");
    all.add(std::move(depth));
}

} // namespace graft::layers::dropout
