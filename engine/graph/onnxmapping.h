#pragma once
#include "core/result.h"
#include "core/tensor.h"
#include "graph/layertype.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// How a layer type stands in ONNX, in neutral terms: no protobuf here nor in engine/layers. Shapes are without the batch dimension; axes
/// and dimensions are PyTorch's and ONNX's alike: 0 is the batch, negative ones count from the end.
namespace graft {

using OnnxAttribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>>;
using OnnxAttributes = std::map<std::string, OnnxAttribute, std::less<>>;
/// Names of values: what flows between nodes. "" = an optional input that is left out.
using OnnxValues = std::vector<std::string>;

/// What a layer type's `toOnnx` gets: the layer, and what it writes its nodes with.
class OnnxCall {
public:
    virtual ~OnnxCall() = default;
    const Layer *layer = nullptr;
    int opset = 0;
    std::span<const std::string> inputs; ///< values
    std::span<const Shape> inputShapes;
    std::vector<bool> inputHasBatch; ///< false for what a Parameter makes, which comes once for all pictures
    Shape outputShape;
    std::span<const std::string> tensors; ///< initializers, in the order of LayerType::tensors; those that are used are written

    /// The numbers of one of the layer's tensors, where nodes cannot make of them what is needed.
    [[nodiscard]] virtual const Tensor &value(std::size_t tensor) const = 0;

    /// Writes a node of one output, or of `outputs`, and returns what comes out.
    virtual std::string node(const std::string &operatorName, OnnxValues inputs, OnnxAttributes attributes = {}) = 0;
    virtual OnnxValues nodes(const std::string &operatorName, OnnxValues inputs, OnnxAttributes attributes, std::size_t outputs) = 0;
    /// Constants: a list of integers, numbers of a shape, one number.
    virtual std::string integers(const std::vector<std::int64_t> &values) = 0;
    virtual std::string numbers(const Shape &shape, const std::vector<float> &values) = 0;
    virtual std::string number(double value) = 0;
    /// The gather index of a table: integers of a shape.
    virtual std::string indices(const Shape &shape, const std::vector<std::int64_t> &values) = 0;
};

/// One node of a file, as a layer type's `fromOnnx` sees it.
class OnnxNode {
public:
    virtual ~OnnxNode() = default;
    [[nodiscard]] virtual const std::string &operatorName() const = 0;
    [[nodiscard]] virtual int opset() const = 0;
    [[nodiscard]] virtual std::size_t inputCount() const = 0;
    [[nodiscard]] virtual std::size_t outputCount() const = 0;
    [[nodiscard]] virtual bool hasInput(std::size_t input) const = 0;
    [[nodiscard]] virtual bool isConstant(std::size_t input) const = 0;
    /// A constant in float32; the error is a reason for a person, as all of this class.
    [[nodiscard]] virtual Result<Tensor> constant(std::size_t input) = 0;
    /// A constant list of integers.
    [[nodiscard]] virtual Result<std::vector<std::int64_t>> integers(std::size_t input) = 0;
    /// The shape that an input asks for (Reshape, Expand), without the batch: the input is a list whose first number stands for the batch.
    /// `copied` is the shape whose sizes zeros stand for; -1 stays.
    [[nodiscard]] virtual Result<Shape> wantedShape(std::size_t input, const Shape &copied) = 0;
    /// The layer that makes an input; for a constant a Parameter is made.
    [[nodiscard]] virtual Result<LayerId> input(std::size_t input) = 0;
    [[nodiscard]] virtual Result<Shape> shape(std::size_t input) = 0;
    [[nodiscard]] virtual const OnnxAttribute *attribute(std::string_view name) const = 0; ///< nullptr = missing

    using NamedTensors = std::vector<std::pair<std::string, Tensor>>;
    /// Appends a layer under the node's name; a further one of the same node gets the name with `part` behind it.
    [[nodiscard]] virtual Result<LayerId> add(const std::string &type, Attributes attributes, std::vector<LayerId> inputs,
        const NamedTensors &tensors = {}, const std::string &part = {})
        = 0;
    /// The shape of what a layer makes, appended just now or before.
    [[nodiscard]] virtual Result<Shape> shapeOf(LayerId layer) = 0;
    /// Says which layer makes an output after the first one.
    virtual void setOutput(std::size_t output, LayerId layer) = 0;

    // Attributes with their defaults; one of another kind counts as missing.
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t missing) const;
    [[nodiscard]] double number(std::string_view name, double missing) const;
    [[nodiscard]] std::string text(std::string_view name, const std::string &missing) const;
    [[nodiscard]] std::vector<std::int64_t> integerList(std::string_view name, const std::vector<std::int64_t> &missing) const;
    [[nodiscard]] std::vector<double> numberList(std::string_view name) const;
    /// Integers that are an attribute in old opsets and an input in newer ones; `missing` when neither is there.
    [[nodiscard]] Result<std::vector<std::int64_t>> integersOf(
        std::string_view attribute, std::size_t input, const std::vector<std::int64_t> &missing);
    /// One number of an input.
    [[nodiscard]] Result<double> scalar(std::size_t input);
};

/// A reason for a node to stay without a layer: "its weights are not in the file".
[[nodiscard]] tl::unexpected<Error> onnxReason(const std::string &reason);
/// SettingInvalid: the layer needs `opset` at least.
[[nodiscard]] tl::unexpected<Error> onnxTooOld(const OnnxCall &call, int opset);

/// The same numbers in another shape of as many; shares the bytes.
[[nodiscard]] Tensor onnxReshaped(const Tensor &tensor, Shape shape);

// Pieces of nodes that opsets write differently.
[[nodiscard]] std::string onnxReshape(OnnxCall &call, const std::string &value, Shape shape); ///< `shape` without the batch
[[nodiscard]] std::string onnxTranspose(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &order);
[[nodiscard]] std::string onnxUnsqueeze(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &axes);
[[nodiscard]] std::string onnxSqueeze(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &axes);
/// `operatorName` is ReduceMean, ReduceSum, …
[[nodiscard]] std::string onnxReduce(
    OnnxCall &call, const std::string &operatorName, const std::string &value, const std::vector<std::int64_t> &axes, bool keepsAxes);
[[nodiscard]] std::string onnxSlice(OnnxCall &call, const std::string &value, std::int64_t axis, std::int64_t start, std::int64_t end);
/// Cuts to minimum … maximum, as far as they are given.
[[nodiscard]] std::string onnxClip(OnnxCall &call, const std::string &value, std::optional<double> minimum, std::optional<double> maximum);
/// Softmax or LogSoftmax along an axis, which old opsets know for the last one only.
[[nodiscard]] std::string onnxSoftmax(
    OnnxCall &call, const std::string &operatorName, const std::string &value, std::int64_t axis, std::size_t rank);
/// Pads as ONNX has them: begins of all axes, ends of all axes, the batch included.
[[nodiscard]] std::string onnxPad(
    OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &pads, const std::string &mode, double constant);
/// The last dimension times the transposed matrix `weight` plus `bias`, which may be "".
[[nodiscard]] std::string onnxLinear(
    OnnxCall &call, const std::string &value, const std::string &weight, const std::string &bias, std::size_t rank);
/// Mean 0 and spread 1 over the last dimensions of a value of `rank` dimensions, then `weight` and `bias`, which may be "".
[[nodiscard]] std::string onnxLayerNorm(OnnxCall &call, const std::string &value, std::size_t rank, const Shape &normalized, double eps,
    const std::string &weight, const std::string &bias);
/// Input `index` with dimensions of 1 behind the batch until it has as many dimensions as the output, as LibTorch is made to see it.
[[nodiscard]] std::string onnxAligned(OnnxCall &call, std::size_t index, std::size_t rank);

// Most layer types are one node without attributes.
[[nodiscard]] OnnxWriting onnxNode(std::string operatorName);
[[nodiscard]] OnnxOperator onnxLayer(std::string operatorName, std::string layerType);

} // namespace graft
