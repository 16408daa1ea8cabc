#pragma once
#include <cstdint>

/// The loops of batch normalisation together with what follows it, over rows of channels (channels-last pictures, or features). Plain
/// memory, one thread each; internal to the engine. Every array per channel has `channels` elements.
namespace graft::normkernels {

/// A bfloat16 number as LibTorch stores it.
using Bfloat16 = std::uint16_t;

enum class Activation { None, ReLU, ReLU6, Hardswish };

template <typename Number>
struct Rows {
    std::int64_t rows = 0, channels = 0;
    const Number *input = nullptr;
    const Number *residual = nullptr; ///< added before the activation; may be null
    Activation activation = Activation::None;
    const float *scale = nullptr, *offset = nullptr; ///< per channel: normalised = scale × input + offset
};

/// What a backward pass has besides. With a residual, the activation is None, ReLU or ReLU6 and `output` says where it let through;
/// without, that is computed again and `output` may be null.
template <typename Number>
struct Gradients {
    const Number *output = nullptr;
    const Number *ofOutput = nullptr;
};

/// Adds to `sums` and `squares` the input less `shift`, and its square.
void addSums(const Rows<float> &rows, const float *shift, double *sums, double *squares);
void addSums(const Rows<Bfloat16> &rows, const float *shift, double *sums, double *squares);

/// activation(scale × input + offset + residual)
void normalise(const Rows<float> &rows, float *output);
void normalise(const Rows<Bfloat16> &rows, Bfloat16 *output);

/// With g = the gradient before the activation: adds g to `sums` and g × (input − mean) to `products`.
void addGradientSums(const Rows<float> &rows, const Gradients<float> &gradients, const float *mean, double *sums, double *products);
void addGradientSums(const Rows<Bfloat16> &rows, const Gradients<Bfloat16> &gradients, const float *mean, double *sums, double *products);

/// Per channel: the input's gradient = gradientFactor × g + inputFactor × input + constant.
struct InputGradient {
    const float *gradientFactor = nullptr;
    const float *inputFactor = nullptr; ///< null = 0 and no constant: a norm that keeps its statistics
    const float *constant = nullptr;
};
/// Writes it to `ofInput`, and g to `ofResidual` where there is a residual. With a null inputFactor and a residual the input is not read.
void writeGradients(
    const Rows<float> &rows, const Gradients<float> &gradients, const InputGradient &factors, float *ofInput, float *ofResidual);
void writeGradients(const Rows<Bfloat16> &rows, const Gradients<Bfloat16> &gradients, const InputGradient &factors, Bfloat16 *ofInput,
    Bfloat16 *ofResidual);

} // namespace graft::normkernels
