#pragma once
#include "formats/support/atengraph.h"

#include <map>
#include <span>
#include <string_view>

namespace graft {

/// One call of an operator, while it becomes layers. What an accessor cannot give makes the call fail: the step stands as Opaque then, with
/// the first reason; what follows is ignored, so that operators read straight on.
class AtenCall {
public:
    AtenCall(AtenGraph &graph, std::string_view name, const AtenScope &scope) : m_graph(graph), m_name(name), m_scope(scope) { }
    /// Names the arguments as "input weight bias" lists them. Fails for too many.
    void bind(std::string_view parameters, const AtenArguments &arguments);

    [[nodiscard]] AtenGraph &graph() const { return m_graph; }
    [[nodiscard]] std::string_view name() const { return m_name; } ///< without the underscore of what works in place
    [[nodiscard]] const std::optional<std::string> &failure() const { return m_failure; }
    AtenValue fails(std::string reason);

    [[nodiscard]] const AtenValue &value(std::string_view parameter) const; ///< None when it was not given
    [[nodiscard]] bool has(std::string_view parameter) const { return !value(parameter).isNone(); }
    [[nodiscard]] bool boolean(std::string_view parameter, bool missing);
    [[nodiscard]] std::int64_t integer(std::string_view parameter, std::int64_t missing);
    [[nodiscard]] double real(std::string_view parameter, double missing);
    /// A list of whole numbers; a single one counts as a list.
    [[nodiscard]] std::vector<std::int64_t> integers(std::string_view parameter, std::vector<std::int64_t> missing);
    /// The same, of height and width: one number stands for both.
    [[nodiscard]] std::vector<std::int64_t> pair(std::string_view parameter, std::vector<std::int64_t> missing);

    /// What a layer gives. Most steps cannot take rows of all pictures of a batch.
    enum class Rows { Refused, Allowed };
    [[nodiscard]] LayerId layer(std::string_view parameter, Rows rows = Rows::Refused);
    /// The same for the operand of a broadcasting step; a constant becomes a Parameter that fits `rank` dimensions, the batch included.
    [[nodiscard]] LayerId operand(const AtenValue &value, std::size_t rank);
    /// A tensor that the file holds; fails for what a layer gives.
    [[nodiscard]] AtenTensor *constant(std::string_view parameter);
    /// Without the batch; fails when it is not known.
    [[nodiscard]] Shape shape(LayerId layer);
    /// Dimensions with the batch; 0 when they are not known, which is no failure.
    [[nodiscard]] std::size_t rank(const AtenValue &value) const;
    /// A dimension counted from the front, the batch is 0; fails when it is the batch and `Batch::Refused`.
    enum class Batch { Refused, Allowed };
    [[nodiscard]] std::int64_t axis(std::int64_t dim, std::size_t rank, Batch batch = Batch::Refused);

    /// Adds a layer; the name is `owner`, or follows from the scope.
    AtenValue step(const std::string &type, Attributes attributes, std::vector<LayerId> inputs,
        const GraphImport::NamedTensors &tensors = {}, const std::string &owner = {});
    /// The module that owns a tensor: "layer1.0.conv1" of "layer1.0.conv1.weight" when `leaf` is "weight".
    [[nodiscard]] std::string ownerOf(const AtenTensor &tensor, std::string_view leaf) const;

private:
    [[nodiscard]] std::string stepName() const;

    AtenGraph &m_graph;
    std::string_view m_name;
    const AtenScope &m_scope;
    std::map<std::string_view, AtenValue> m_values;
    std::optional<std::string> m_failure;
};

/// An operator, and how it becomes layers.
struct AtenOperator {
    std::string_view name; ///< "conv2d"; stands for "conv2d_" too
    std::string_view parameters; ///< "input weight bias stride", in order
    AtenValue (*build)(AtenCall &call);
};

// Each file of operators gives its part of the table.
[[nodiscard]] std::span<const AtenOperator> atenActivations();
[[nodiscard]] std::span<const AtenOperator> atenLayers();
[[nodiscard]] std::span<const AtenOperator> atenPoolings();
[[nodiscard]] std::span<const AtenOperator> atenShapes();
[[nodiscard]] std::span<const AtenOperator> atenArithmetic();
[[nodiscard]] std::span<const AtenOperator> atenNumbers();

} // namespace graft
