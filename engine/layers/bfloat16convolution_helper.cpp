#include "layers/bfloat16convolution_helper.h"

#include "nn/device.h"
#include "nn/torchversion.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/custom_function.h>

namespace graft::layers {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// For what this thread asks of oneDNN within a parallel region. LibTorch brings OpenMP, or else has no such threads.
void useOneThread()
{
    using SetThreads = void (*)(int);
    static const auto setThreads = reinterpret_cast<SetThreads>(::dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (setThreads)
        setThreads(1);
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> gradients(const at::Tensor &ofOutput, const at::Tensor &input, const at::Tensor &weight,
    const ConvolutionShape &shape, std::array<bool, 3> wanted)
{
    return at::convolution_backward(ofOutput, input, weight, at::IntArrayRef{weight.size(0)}, shape.stride, shape.padding, shape.dilation,
        false, at::IntArrayRef{0, 0}, shape.groups, wanted);
}

at::Tensor weightGradient(const at::Tensor &ofOutput, const at::Tensor &input, const at::Tensor &weight, const ConvolutionShape &shape)
{
    constexpr std::array<bool, 3> weightAlone{false, true, false};
    const std::int64_t batch = input.size(0), threads = std::min<std::int64_t>(at::get_num_threads(), batch);
    if (threads < 2)
        return std::get<1>(gradients(ofOutput, input, weight, shape, weightAlone)).to(at::kFloat);
    const std::int64_t each = (batch + threads - 1) / threads;
    std::vector<at::Tensor> parts(static_cast<std::size_t>((batch + each - 1) / each));
    at::parallel_for(0, static_cast<std::int64_t>(parts.size()), 1, [&](std::int64_t first, std::int64_t last) {
        prepareThreads();
        useOneThread();
        const at::NoGradGuard noGradients;
        for (std::int64_t part = first; part < last; ++part) {
            const std::int64_t start = part * each, count = std::min(each, batch - start);
            parts[static_cast<std::size_t>(part)]
                = std::get<1>(gradients(ofOutput.narrow(0, start, count), input.narrow(0, start, count), weight, shape, weightAlone));
        }
    });
    at::Tensor sum = parts.front().to(at::kFloat);
    for (std::size_t part = 1; part < parts.size(); ++part)
        sum.add_(parts[part]);
    return sum;
}

class Convolution : public torch::autograd::Function<Convolution> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &givenInput, const at::Tensor &givenWeight,
        const c10::optional<at::Tensor> &givenBias, const ConvolutionShape *shape)
    {
        const Autocast noAutocast(at::kCPU, false);
        const at::Tensor input = givenInput.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
        const at::Tensor weight = givenWeight.to(at::kBFloat16);
        const at::Tensor bias = givenBias ? givenBias->to(at::kBFloat16) : at::Tensor();
        context->save_for_backward({input, weight});
        context->saved_data["stride"] = shape->stride;
        context->saved_data["padding"] = shape->padding;
        context->saved_data["dilation"] = shape->dilation;
        context->saved_data["groups"] = shape->groups;
        context->saved_data["inputType"] = static_cast<std::int64_t>(givenInput.scalar_type());
        context->saved_data["wantsInput"] = givenInput.requires_grad();
        context->saved_data["wantsBias"] = givenBias && givenBias->requires_grad();
        return at::convolution(
            input, weight, bias, shape->stride, shape->padding, shape->dilation, false, at::IntArrayRef{0, 0}, shape->groups);
    }

    static variable_list backward(AutogradContext *context, const variable_list &ofOutputs)
    {
        const variable_list saved = context->get_saved_variables();
        auto &data = context->saved_data;
        const ConvolutionShape shape{
            data["stride"].toIntVector(), data["padding"].toIntVector(), data["dilation"].toIntVector(), data["groups"].toInt()};
        const at::Tensor ofOutput = ofOutputs[0].contiguous(at::MemoryFormat::ChannelsLast);
        at::Tensor ofInput, ofBias;
        if (data["wantsInput"].toBool())
            ofInput = std::get<0>(gradients(ofOutput, saved[0], saved[1], shape, {true, false, false}))
                          .to(static_cast<at::ScalarType>(data["inputType"].toInt()));
        if (data["wantsBias"].toBool())
            ofBias = ofOutput.sum({0, 2, 3}, false, at::kFloat);
        return {ofInput, weightGradient(ofOutput, saved[0], saved[1], shape), ofBias, at::Tensor()};
    }
};

} // namespace

bool trainsInBfloat16(const at::Tensor &input, const at::Tensor &weight)
{
    return input.is_cpu() && input.dim() == 4 && weight.requires_grad() && at::GradMode::is_enabled()
        && torchversion::isAutocastEnabled(at::kCPU) && torchversion::autocastType(at::kCPU) == at::kBFloat16;
}

at::Tensor convolveInBfloat16(const at::Tensor &input, const at::Tensor &weight, const at::Tensor &bias, const ConvolutionShape &shape)
{
    const auto added = bias.defined() ? c10::make_optional(bias) : c10::nullopt;
    return Convolution::apply(input, weight, added, &shape);
}

} // namespace graft::layers
