#include "nn/fusednorm.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <torch/csrc/autograd/custom_function.h>

namespace graft {
namespace {

using namespace normkernels;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t enoughChannels = 64; // below, a row is too short for wide registers
constexpr std::int64_t valuesPerThread = 1 << 15;

at::Tensor inRows(const at::Tensor &tensor)
{
    return tensor.contiguous(tensor.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

/// How a tensor is gone through: as rows of channels, several short ones taken as one.
struct Layout {
    std::int64_t rows = 0, channels = 0, together = 1; ///< `channels` counts those of all rows taken together
    [[nodiscard]] std::int64_t own() const { return channels / together; }
};

Layout layoutOf(const at::Tensor &input)
{
    Layout layout{input.numel() / input.size(1), input.size(1)};
    while (layout.channels < enoughChannels && layout.rows % 2 == 0) {
        layout.rows /= 2;
        layout.channels *= 2;
        layout.together *= 2;
    }
    return layout;
}

/// One value a channel, again for each of the rows taken together.
class PerChannel {
public:
    template <typename Function>
    PerChannel(const Layout &layout, Function function) : m_values(static_cast<std::size_t>(layout.channels))
    {
        for (std::int64_t c = 0; c < layout.channels; ++c)
            m_values[static_cast<std::size_t>(c)] = static_cast<float>(function(static_cast<std::size_t>(c % layout.own())));
    }
    [[nodiscard]] const float *data() const { return m_values.data(); }

private:
    std::vector<float> m_values;
};

using Sums = std::vector<double>;

/// Calls `function(first, last)` for shares of the rows, one a thread.
template <typename Function>
void inShares(const Layout &layout, Function function)
{
    at::parallel_for(0, layout.rows, std::max<std::int64_t>(1, valuesPerThread / layout.channels), function);
}

/// Two sums a channel, each thread's added in the threads' order, so that they are the same on each run.
template <typename Function>
std::pair<Sums, Sums> summed(const Layout &layout, Function function)
{
    const auto threads = static_cast<std::size_t>(at::get_num_threads());
    const auto channels = static_cast<std::size_t>(layout.channels);
    Sums parts(threads * 2 * channels);
    inShares(layout, [&](std::int64_t first, std::int64_t last) {
        double *part = parts.data() + static_cast<std::size_t>(at::get_thread_num()) * 2 * channels;
        function(first, last, part, part + channels);
    });
    std::pair<Sums, Sums> result{Sums(static_cast<std::size_t>(layout.own())), Sums(static_cast<std::size_t>(layout.own()))};
    for (std::size_t thread = 0; thread < threads; ++thread)
        for (std::size_t c = 0; c < channels; ++c) {
            result.first[c % result.first.size()] += parts[thread * 2 * channels + c];
            result.second[c % result.first.size()] += parts[(thread * 2 + 1) * channels + c];
        }
    return result;
}

/// `function` of a number type, which tells how the tensor's elements are stored.
template <typename Function>
auto withNumbers(const at::Tensor &tensor, Function function)
{
    return tensor.scalar_type() == at::kBFloat16 ? function(Bfloat16()) : function(float());
}

template <typename Number>
Number *elements(const at::Tensor &tensor)
{
    return tensor.defined() ? static_cast<Number *>(tensor.data_ptr()) : nullptr;
}

template <typename Number>
Rows<Number> share(const Rows<Number> &all, std::int64_t first, std::int64_t last)
{
    Rows<Number> rows = all;
    rows.rows = last - first;
    rows.input += first * all.channels;
    if (rows.residual)
        rows.residual += first * all.channels;
    return rows;
}

template <typename Number>
Gradients<Number> share(const Gradients<Number> &all, std::int64_t offset)
{
    return {all.output ? all.output + offset : nullptr, all.ofOutput + offset};
}

/// Mean and variance of each channel over the batch.
struct Statistics {
    at::Tensor mean, variance; ///< float32
};

/// Near the mean: the sums of what is left lose no digits.
PerChannel shiftOf(const at::Tensor &input, const Layout &layout)
{
    constexpr std::int64_t samples = 16;
    const std::int64_t step = std::max<std::int64_t>(1, layout.rows / samples), count = std::min(samples, layout.rows);
    return withNumbers(input, [&](auto number) {
        const auto *values = elements<decltype(number)>(input);
        return PerChannel(layout, [&](std::size_t channel) {
            double sum = 0;
            for (std::int64_t row = 0; row < count; ++row) {
                const auto value = values[row * step * layout.channels + static_cast<std::int64_t>(channel)];
                if constexpr (std::is_same_v<decltype(number), float>)
                    sum += value;
                else
                    sum += static_cast<float>(at::BFloat16(value, at::BFloat16::from_bits()));
            }
            return std::isfinite(sum) ? sum / static_cast<double>(count) : 0.0;
        });
    });
}

Statistics statisticsOf(const at::Tensor &input, const Layout &layout)
{
    const PerChannel shift = shiftOf(input, layout);
    const auto [sums, squares] = withNumbers(input, [&](auto number) {
        Rows<decltype(number)> rows{layout.rows, layout.channels, elements<decltype(number)>(input)};
        return summed(layout, [&](std::int64_t first, std::int64_t last, double *sum, double *square) {
            addSums(share(rows, first, last), shift.data(), sum, square);
        });
    });
    Statistics result{at::empty(layout.own(), at::kFloat), at::empty(layout.own(), at::kFloat)};
    const auto count = static_cast<double>(layout.rows * layout.together);
    for (std::size_t c = 0; c < sums.size(); ++c) {
        const double offset = sums[c] / count;
        result.mean.data_ptr<float>()[c] = static_cast<float>(shift.data()[c] + offset);
        const double variance = squares[c] / count - offset * offset;
        result.variance.data_ptr<float>()[c] = static_cast<float>(variance < 0 ? 0 : variance);
    }
    return result;
}

void keepStatistics(const FusedNorm &norm, const Statistics &batch, double count)
{
    const double unbiased = count / (count - 1);
    at::Tensor mean = norm.runningMean, variance = norm.runningVariance;
    mean.mul_(1 - norm.momentum).add_(batch.mean, norm.momentum);
    variance.mul_(1 - norm.momentum).add_(batch.variance, norm.momentum * unbiased);
}

struct Scaling {
    PerChannel scale, offset;
};

Scaling scalingOf(
    const Layout &layout, const at::Tensor &mean, const at::Tensor &inverseDeviation, const at::Tensor &weight, const at::Tensor &bias)
{
    const float *m = mean.data_ptr<float>(), *d = inverseDeviation.data_ptr<float>(), *w = weight.data_ptr<float>(),
                *b = bias.data_ptr<float>();
    return {PerChannel(layout, [&](std::size_t c) { return w[c] * d[c]; }),
        PerChannel(layout, [&](std::size_t c) { return b[c] - m[c] * w[c] * d[c]; })};
}

/// What a backward pass starts from.
struct Saved {
    at::Tensor input, output, mean, inverseDeviation, weight, bias;
    Activation activation;
    bool usesBatch, hasResidual, wantsInput, wantsWeights;
};

struct AllGradients {
    at::Tensor input, residual, weight, bias;
};

template <typename Number>
AllGradients backwardOf(const Saved &saved, const at::Tensor &ofOutput)
{
    const Layout layout = layoutOf(ofOutput);
    const Scaling scaling = scalingOf(layout, saved.mean, saved.inverseDeviation, saved.weight, saved.bias);
    // The kernels read no residual backward, but have to know that there was one.
    const Rows<Number> rows{layout.rows, layout.channels, elements<Number>(saved.input.defined() ? saved.input : ofOutput),
        saved.hasResidual ? elements<Number>(ofOutput) : nullptr, saved.activation, scaling.scale.data(), scaling.offset.data()};
    const Gradients<Number> gradients{elements<Number>(saved.output.defined() ? saved.output : ofOutput), elements<Number>(ofOutput)};
    const float *mean = saved.mean.template data_ptr<float>(), *inverse = saved.inverseDeviation.template data_ptr<float>();
    AllGradients result;
    Sums sums(static_cast<std::size_t>(layout.own())), products = sums;
    if (saved.usesBatch || saved.wantsWeights) {
        const PerChannel means(layout, [&](std::size_t c) { return mean[c]; });
        std::tie(sums, products) = summed(layout, [&](std::int64_t first, std::int64_t last, double *sum, double *product) {
            addGradientSums(share(rows, first, last), share(gradients, first * layout.channels), means.data(), sum, product);
        });
    }
    if (saved.wantsWeights) {
        result.weight = at::empty(layout.own(), at::kFloat);
        result.bias = at::empty(layout.own(), at::kFloat);
        for (std::size_t c = 0; c < sums.size(); ++c) {
            result.weight.template data_ptr<float>()[c] = static_cast<float>(products[c] * inverse[c]);
            result.bias.template data_ptr<float>()[c] = static_cast<float>(sums[c]);
        }
    }
    if (!saved.wantsInput && !saved.hasResidual)
        return result;
    const auto count = static_cast<double>(layout.rows * layout.together);
    const float *weight = saved.weight.template data_ptr<float>();
    const auto inputFactor
        = [&](std::size_t c) { return -static_cast<double>(weight[c]) * inverse[c] * inverse[c] * inverse[c] * products[c] / count; };
    const PerChannel inputFactors(layout, inputFactor), constants(layout, [&](std::size_t c) {
        return -static_cast<double>(weight[c]) * inverse[c] * sums[c] / count - inputFactor(c) * mean[c];
    });
    const InputGradient factors{scaling.scale.data(), saved.usesBatch ? inputFactors.data() : nullptr, constants.data()};
    result.input = at::empty_like(ofOutput);
    if (saved.hasResidual)
        result.residual = at::empty_like(ofOutput);
    inShares(layout, [&](std::int64_t first, std::int64_t last) {
        const std::int64_t offset = first * layout.channels;
        Number *residual = elements<Number>(result.residual);
        writeGradients(share(rows, first, last), share(gradients, offset), factors, elements<Number>(result.input) + offset,
            residual ? residual + offset : nullptr);
    });
    return result;
}

class Function : public torch::autograd::Function<Function> {
public:
    static at::Tensor forward(AutogradContext *context, const at::Tensor &givenInput, const c10::optional<at::Tensor> &givenResidual,
        const at::Tensor &weight, const at::Tensor &bias, const FusedNorm *norm)
    {
        const at::Tensor input = inRows(givenInput);
        const at::Tensor residual = givenResidual ? inRows(givenResidual->to(input.scalar_type())) : at::Tensor();
        const Layout layout = layoutOf(input);
        Statistics statistics{norm->runningMean, norm->runningVariance};
        if (norm->usesBatch) {
            statistics = statisticsOf(input, layout);
            keepStatistics(*norm, statistics, static_cast<double>(layout.rows * layout.together));
        }
        const at::Tensor inverse = at::rsqrt(statistics.variance + norm->epsilon),
                         mean = norm->usesBatch ? statistics.mean : statistics.mean.clone();
        const Scaling scaling = scalingOf(layout, mean, inverse, weight, bias);
        at::Tensor output = at::empty_like(input);
        withNumbers(input, [&](auto number) {
            using Number = decltype(number);
            const Rows<Number> rows{layout.rows, layout.channels, elements<Number>(input), elements<Number>(residual), norm->activation,
                scaling.scale.data(), scaling.offset.data()};
            inShares(layout, [&](std::int64_t first, std::int64_t last) {
                normalise(share(rows, first, last), elements<Number>(output) + first * layout.channels);
            });
        });
        const bool needsOutput = residual.defined() && norm->activation != Activation::None;
        const bool needsInput = norm->usesBatch || weight.requires_grad() || (!residual.defined() && norm->activation != Activation::None);
        context->save_for_backward({needsInput ? input : at::Tensor(), needsOutput ? output : at::Tensor(), mean, inverse, weight, bias});
        context->saved_data["activation"] = static_cast<std::int64_t>(norm->activation);
        context->saved_data["usesBatch"] = norm->usesBatch;
        context->saved_data["hasResidual"] = residual.defined();
        return output;
    }

    static variable_list backward(AutogradContext *context, const variable_list &ofOutputs)
    {
        const variable_list tensors = context->get_saved_variables();
        const Saved saved{tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], tensors[5],
            static_cast<Activation>(context->saved_data["activation"].toInt()), context->saved_data["usesBatch"].toBool(),
            context->saved_data["hasResidual"].toBool(), true, tensors[4].requires_grad() || tensors[5].requires_grad()};
        const at::Tensor ofOutput = inRows(ofOutputs[0]);
        const AllGradients all
            = ofOutput.scalar_type() == at::kBFloat16 ? backwardOf<Bfloat16>(saved, ofOutput) : backwardOf<float>(saved, ofOutput);
        return {all.input, all.residual, all.weight, all.bias, at::Tensor()};
    }
};

} // namespace

bool canFuseNorm(const at::Tensor &input)
{
    return input.is_cpu() && (input.scalar_type() == at::kFloat || input.scalar_type() == at::kBFloat16)
        && (input.dim() == 2 || input.dim() == 4) && input.numel() > 0;
}

at::Tensor fusedNorm(const at::Tensor &input, const at::Tensor &residual, const FusedNorm &norm)
{
    const auto added = residual.defined() ? c10::make_optional(residual) : c10::nullopt;
    return Function::apply(input, added, norm.weight, norm.bias, &norm);
}

} // namespace graft
