#pragma once
#include "formats/keras/kerasweights.h"
#include "formats/support/graphimport.h"

#include <functional>

namespace graft::keras {

/// An output inside the network that is built.
struct Value {
    LayerId layer;
    /// Of features that were a picture: its shape [C, H, W]; they stand in Graft's order then, the channels first. Empty otherwise.
    Shape picture = {};
};

/// Tensors that were turned once, so that layers which share them stay tied.
using TurnedTensors = std::map<std::pair<const std::byte *, std::vector<std::size_t>>, Tensor>;

/// One call of one layer on its way into the network. Handlers ask it for what the configuration and the file say.
///
/// Keras' [H, W, C] is Graft's [C, H, W]; shapes of one or two dimensions are the same in both.
class Step {
public:
    struct Context {
        GraphImport &graph;
        TurnedTensors &turned;
        int kerasVersion = 3; ///< 2 or 3
        std::string subject;
        std::vector<std::string> remarks = {}; ///< of the reading, for the person
    };
    Step(Context &context, const KerasLayer &layer, const Call &call, std::string name, LayerTensors tensors, std::vector<Value> inputs);

    const KerasLayer &layer;
    const Call &call;
    const std::string name; ///< with the blocks it is in
    bool isLast = false; ///< whether its output is the whole network's
    [[nodiscard]] int kerasVersion() const { return m_context.kerasVersion; }
    [[nodiscard]] const std::vector<Value> &inputs() const { return m_inputs; }
    [[nodiscard]] const Value &input() const { return m_inputs.front(); }
    [[nodiscard]] const std::optional<Shape> &shape() const { return shape(input()); } ///< of the first input
    [[nodiscard]] const std::optional<Shape> &shape(const Value &value) const { return m_context.graph.shape(value.layer); }

    // What the configuration says; the other value when it does not.
    [[nodiscard]] std::string text(const char *field, const std::string &otherwise = {}) const;
    [[nodiscard]] double number(const char *field, double otherwise) const;
    [[nodiscard]] bool flag(const char *field, bool otherwise) const;
    [[nodiscard]] Shape integers(const char *field, Shape otherwise) const; ///< 3 for [3] too
    [[nodiscard]] Shape pair(const char *field, std::int64_t otherwise) const; ///< 3 for [3, 3] too
    [[nodiscard]] std::vector<double> numbers(const char *field) const; ///< 0.5 for [0.5] too; [] when there are none
    /// "relu", whichever way it is written; "" for none.
    [[nodiscard]] std::string activation(const char *field = "activation") const;
    [[nodiscard]] bool isChannelsLast() const { return text("data_format", "channels_last") != "channels_first"; }

    /// A tensor by name, or by its place among `order` in files that number them. nullptr when the layer has none of that name.
    [[nodiscard]] const Tensor *tensor(const std::string &tensorName, const std::vector<std::string> &order) const;
    /// The same with its dimensions in another order: {3, 2, 0, 1} for a convolution's kernel.
    [[nodiscard]] Tensor turned(const Tensor &tensor, const std::vector<std::size_t> &order);

    /// Adds a layer to the network.
    [[nodiscard]] Result<Value> add(const std::string &layerName, const std::string &type, Attributes attributes,
        const std::vector<Value> &layerInputs, const GraphImport::NamedTensors &tensors = {});
    /// The same with the step's own name and first input.
    [[nodiscard]] Result<Value> add(const std::string &type, Attributes attributes = {}, const GraphImport::NamedTensors &tensors = {});
    /// The step as something to look at only.
    [[nodiscard]] Value opaque(const std::string &reason);
    void remark(const char *sentence) { m_context.remarks.emplace_back(sentence); }
    /// WeightsMismatch: the file lacks a tensor, or it has another shape.
    [[nodiscard]] tl::unexpected<Error> lacks(const std::string &tensorName) const;
    /// The value with features in Keras' order.
    [[nodiscard]] Result<Value> inOrder(const Value &value);
    /// The activation behind `value`, as a layer `<name>_<activation>`; `value` itself for none, and for a last softmax: Graft's networks
    /// end in logits.
    [[nodiscard]] Result<Value> activated(const Value &value, const std::string &kind);

private:
    Context &m_context;
    LayerTensors m_tensors;
    std::vector<Value> m_inputs;
};

using Handler = Result<Value> (*)(Step &);
using Handlers = std::map<std::string, Handler, std::less<>>;
/// Each of these adds the handlers of some classes.
void addActivations(Handlers &handlers);
void addConvolutions(Handlers &handlers);
void addMerges(Handlers &handlers);
void addNormalizations(Handlers &handlers);
void addPoolings(Handlers &handlers);
void addShapes(Handlers &handlers);

/// An elementwise function of one input by Keras' name ("relu", "swish") as a layer type; nothing when it is not known.
struct LayerOf {
    std::string type;
    Attributes attributes = {};
};
[[nodiscard]] std::optional<LayerOf> activationLayer(const std::string &kind, int kerasVersion, std::size_t dimensions);

/// Elements in another order of dimensions.
[[nodiscard]] Tensor transposed(const Tensor &tensor, const std::vector<std::size_t> &order);
/// The same elements in another shape of as many.
[[nodiscard]] Tensor reshaped(const Tensor &tensor, Shape shape);

} // namespace graft::keras
