#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::activations {
namespace {

/// An elementwise function of LibTorch's, without parameters.
template <auto function>
at::Tensor plain(const LayerCall &call)
{
    return function(call.inputs[0]);
}

/// The same for a function whose backward pass knows no bfloat16 on the CPU (the Hardtanh family): float32 in between.
template <auto function>
at::Tensor inFloat32OnCpu(const LayerCall &call)
{
    const at::Tensor &input = call.inputs[0];
    if (input.is_cpu() && input.scalar_type() == at::kBFloat16)
        return function(input.to(at::kFloat)).to(at::kBFloat16);
    return function(input);
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &))
{
    LayerType type;
    type.name = name;
    type.category = "activation";
    type.help = help;
    type.outputShape = sameShape;
    type.forward = forward;
    all.add(std::move(type));
}

constexpr auto relu = [](const at::Tensor &x) { return at::relu(x); };
constexpr auto relu6 = [](const at::Tensor &x) { return at::hardtanh(x, 0, 6); };
constexpr auto hardswish = [](const at::Tensor &x) { return at::hardswish(x); };
constexpr auto hardsigmoid = [](const at::Tensor &x) { return at::hardsigmoid(x); };
constexpr auto sigmoid = [](const at::Tensor &x) { return at::sigmoid(x); };
constexpr auto silu = [](const at::Tensor &x) { return at::silu(x); };

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "ReLU", "Negative values become 0.", plain<relu>);
    addOne(all, "ReLU6", "Values are cut to 0 … 6.", inFloat32OnCpu<relu6>);
    addOne(all, "Hardswish", "x × ReLU6(x + 3) / 6, a cheap SiLU.", inFloat32OnCpu<hardswish>);
    addOne(all, "Hardsigmoid", "ReLU6(x + 3) / 6, a cheap Sigmoid.", inFloat32OnCpu<hardsigmoid>);
    addOne(all, "Sigmoid", "1 / (1 + exp(−x)).", plain<sigmoid>);
    addOne(all, "SiLU", "x × Sigmoid(x), also known as Swish.", inFloat32OnCpu<silu>);
}

} // namespace graft::layers::activations
