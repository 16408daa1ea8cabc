#pragma once
#include "core/registry.h"
#include "core/result.h"
#include "graph/network.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace at {
class Tensor;
}

namespace graft {

/// One attribute that a layer type understands: drives validation, the property panel, JSON and help.
struct AttributeSchema {
    std::string name; ///< PyTorch's name, in snake_case as there: "kernel_size"
    std::string help; ///< one short sentence
    AttributeValue defaultValue; ///< also says the type of the value
    bool required = false; ///< the default is only an example then
    std::optional<double> minimum, maximum; ///< inclusive, for numbers and for each element of a list
    std::vector<std::string> choices; ///< for strings; empty = any
    std::size_t length = 0; ///< for lists: how many elements; 0 = one or more
    std::string unit = {}; ///< "px"; empty for none
    std::optional<double> step = {}; ///< what an arrow key adds, for numbers with a fraction; none = by the value's size
};

/// How a tensor of a layer starts when nothing was loaded; the rules are torchvision's and PyTorch's.
enum class Initialisation {
    Zeros,
    Ones,
    KaimingNormalFanOut, ///< N(0, √(2 / fan out)): torchvision's ResNet, MobileNet convolutions
    KaimingUniform, ///< PyTorch's default of Conv2d and Linear weights: U(±1/√fan in)
    SmallNormal, ///< N(0, 0.01): torchvision's classifiers of MobileNet, SqueezeNet and VGG
    UniformFanIn, ///< PyTorch's default of Conv2d and Linear biases: U(±1/√fan in of the weight)
    XavierUniform, ///< U(±√(6 / (rows + columns))): PyTorch's MultiheadAttention
    TransformerNormal, ///< N(0, 0.02): position tables of transformers
    Constant, ///< TensorSpec::constant everywhere
    Values, ///< TensorSpec::values: a table that follows from the layer's attributes
};

/// A parameter or buffer that a layer of this type owns; tensorName() tells its full name.
struct TensorSpec {
    std::string
        name; ///< "weight", "running_mean", "out_proj.weight"; empty when the layer's own name is the tensor's (ViT's `class_token`)
    Shape shape;
    Initialisation initialisation = Initialisation::Zeros;
    bool isBuffer = false; ///< not trained, not counted as a parameter (BatchNorm's running statistics)
    DType type = DType::Float32;
    double constant = 0; ///< for Initialisation::Constant
    Tensor values = {}; ///< for Initialisation::Values; of this shape and type
};

/// The name in a StateDict: "<layer's name>.<specification's name>", or the layer's name alone when the latter is empty.
[[nodiscard]] std::string tensorName(const Layer &layer, const TensorSpec &specification);

/// Shapes without the batch dimension, in the order of the layer's inputs.
using InputShapes = std::span<const Shape>;

struct LayerCall; // layers/layercall.h, which needs LibTorch
class OnnxCall; // graph/onnxmapping.h
class OnnxNode;

/// Writes a layer's nodes and returns the value that is its output; SettingInvalid (onnxTooOld) when the opset cannot say it.
using OnnxWriting = std::function<Result<std::string>(OnnxCall &call)>;
/// Appends the layers of one node and returns the one that makes its first output. An error is the reason why the node stays without a
/// layer.
using OnnxReading = std::function<Result<LayerId>(OnnxNode &node)>;

/// A node's operator and how it is read. Operators of newer opsets also stand for their parts in older ones, which are put together before:
/// Gelu, HardSwish, Mish, Swish (SiLU), LayerNormalization.
struct OnnxOperator {
    std::string name;
    OnnxReading read;
};

/// What a type of layer is. One file in engine/layers per type (or per close family), each defining
/// `void add(LayerTypes &)` in a namespace of the file's name; see engine/README.md.
struct LayerType {
    std::string name; ///< "Conv2d"
    std::string category; ///< "convolution", "normalization", "activation", "pooling", "linear", "merge", "regularization", "shape",
                          ///< "elementwise", "attention", "parameter"
    std::string help; ///< one sentence
    std::vector<AttributeSchema> schema;
    int minimumInputs = 1;
    int maximumInputs = 1; ///< -1 = any number
    /// The output's shape without the batch dimension, or ShapeMismatch with a sentence such as
    /// "Linear `fc` expects 512 features, gets 2048 from `avgpool`" (use shapeError()). Attributes are validated before.
    Result<Shape> (*outputShape)(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames) = nullptr;
    /// The tensors the layer owns; nullptr for none. Called with shapes that outputShape accepted.
    std::vector<TensorSpec> (*tensors)(const Layer &layer, InputShapes inputs) = nullptr;
    /// The layer's attributes such that it takes an input of this shape (`in_channels`, `num_features`, …); required ones that it lacks are
    /// chosen so that the shape stays. Those of the layer when the shape is none for it; nullptr for types that take any.
    Attributes (*fittedTo)(const Layer &layer, const Shape &input) = nullptr;
    /// Multiply-adds for one picture; nullptr for none worth counting.
    std::int64_t (*multiplyAdds)(const Layer &layer, InputShapes inputs, const Shape &output) = nullptr;
    /// Runs the layer; thread-safe, differentiable where the type is. nullptr for what can be looked at only (Opaque).
    at::Tensor (*forward)(const LayerCall &call) = nullptr;
    /// The layer as an expression of Python's torch, for the exported script; none = "{new:nn.<name>}({0})". In the text,
    /// - "{0}" and "{1}" stand for the inputs, "{aligned0}" and "{aligned1}" for them with equally many dimensions (missing ones are put in
    ///   behind the batch), "{inputs}" for all of them, each for the whole batch;
    /// - "{dim}" for the value of the attribute `dim`, "{training}" for whether the layer is in training;
    /// - "{tensor:weight}" for a tensor, "{tensor:}" for the one without a name;
    /// - "{new:nn.Conv2d}" for a module of that class, made with the schema's attributes by name ("{new:nn.A, b=True}": and more); it owns
    ///   the tensors then.
    /// Known are torch, torchvision, nn, functional (torch.nn.functional) and ops (torchvision.ops).
    std::function<std::string(const Layer &layer)> python;
    /// The layer as ONNX nodes; nullptr = it cannot be written there. See graph/onnxmapping.h.
    OnnxWriting toOnnx = nullptr;
    /// The operators of ONNX that become layers of this type, or start with one; each operator stands in one type only.
    std::vector<OnnxOperator> fromOnnx = {};
};

using LayerTypes = Registry<LayerType>;
/// Every layer type of this build; filled on first use, thread-safe.
[[nodiscard]] const LayerTypes &layerTypes();

/// Reads an attribute or the schema's default. The layer's type must be registered and have that attribute with
/// that kind of value (asserted; files are validated when they are read).
[[nodiscard]] bool boolAttribute(const Layer &layer, std::string_view name);
[[nodiscard]] std::int64_t intAttribute(const Layer &layer, std::string_view name);
[[nodiscard]] double doubleAttribute(const Layer &layer, std::string_view name);
[[nodiscard]] const std::string &stringAttribute(const Layer &layer, std::string_view name);
[[nodiscard]] const std::vector<std::int64_t> &intsAttribute(const Layer &layer, std::string_view name);

/// Unknown type, unknown attribute, wrong kind, out of range, missing required one, wrong number of inputs.
[[nodiscard]] Result<void> validate(const Layer &layer);
/// All of that but for too few inputs, which a layer may have while it is edited.
[[nodiscard]] Result<void> validateWhileEdited(const Layer &layer);
/// The attribute of that name; nullptr when the type has none.
[[nodiscard]] const AttributeSchema *findSchema(const LayerType &type, std::string_view name);

/// ShapeMismatch with the sentence "<type> `<layer>` expects <expected>, gets <got> from `<input>`."
[[nodiscard]] tl::unexpected<Error> shapeError(
    const Layer &layer, const std::string &expected, const std::string &got, const std::string &inputName);

} // namespace graft
