#pragma once
#include "graph/layertype.h"
#include "graph/onnxmapping.h"

#include <ATen/ATen.h>

/// What the kinds of self-attention share. Internal to the engine: needs LibTorch. No function remembers how many pictures there are.
namespace graft::layers {

/// AttributeInvalid unless `num_heads` divides the width.
[[nodiscard]] Result<void> requireHeads(const Layer &layer, std::int64_t width);

/// Multiply-adds of self-attention among `tokens`: the projections to queries, keys and values, the two products of tokens with tokens
/// and the last projection.
[[nodiscard]] std::int64_t attentionCost(std::int64_t tokens, std::int64_t width);

struct Projection {
    at::Tensor weight;
    at::Tensor bias; ///< undefined for none
};

/// Each [groups, heads, tokens, width / heads].
struct Heads {
    at::Tensor query, key, value;
};

/// Of [groups, tokens, width]; `projection` makes queries, keys and values in one.
[[nodiscard]] Heads split(const at::Tensor &tokens, const Projection &projection, std::int64_t heads);

/// Queries divided by the root of a head's width.
[[nodiscard]] at::Tensor scaled(const at::Tensor &query);

/// [groups, tokens, width] from scores of [groups, heads, tokens, tokens].
[[nodiscard]] at::Tensor attended(const at::Tensor &scores, const at::Tensor &value, const Projection &projection, double dropout);

/// One of the layer's tensors, live; its numbers are only read.
[[nodiscard]] at::Tensor onnxTensor(const OnnxCall &call, std::size_t index);
/// A float32 tensor as a constant of the file.
[[nodiscard]] std::string onnxNumbers(OnnxCall &call, const at::Tensor &tensor);

/// What self-attention is made of in ONNX: initializers, "" for none.
struct OnnxAttention {
    std::string inWeight, inBias, outWeight, outBias;
    std::int64_t heads = 1;
    std::string added; ///< a constant that is added to the scores
    std::string mask; ///< another
    std::string cosineScale; ///< compares directions, times this, instead of queries with keys
};
/// Of a value of `shape`, groups (if any) × tokens × width, batch apart.
[[nodiscard]] std::string onnxAttention(OnnxCall &call, const std::string &value, const Shape &shape, const OnnxAttention &attention);

} // namespace graft::layers
