#pragma once
#include "graph/onnxmapping.h"

#include <map>
#include <onnx/onnx_pb.h>
#include <set>

namespace graft {

/// Writes the layers of a network, one after the other, as nodes of a graph. One thread.
class OnnxGraphWriter : public OnnxCall {
public:
    OnnxGraphWriter(onnx::GraphProto &graph, const Network &network, const StateDict &weights, int wantedOpset);

    /// The value under which a layer's output goes on.
    void setValue(LayerId id, std::string name, bool hasBatch);
    [[nodiscard]] const std::string &valueOf(LayerId id) const { return m_values.at(id).name; }
    [[nodiscard]] std::string uniqueName(const std::string &wanted);
    /// Writes a layer; `tensorSpecs` are those that it owns.
    [[nodiscard]] Result<void> write(
        const Layer &written, std::vector<Shape> shapes, const Shape &output, const std::vector<TensorSpec> &tensorSpecs);
    /// Makes the layer's value the graph's output.
    void finish(LayerId output, const Shape &shape);

    std::string node(const std::string &operatorName, OnnxValues values, OnnxAttributes attributes = {}) override;
    OnnxValues nodes(const std::string &operatorName, OnnxValues values, OnnxAttributes attributes, std::size_t outputs) override;
    std::string integers(const std::vector<std::int64_t> &values) override;
    std::string numbers(const Shape &shape, const std::vector<float> &values) override;
    std::string number(double value) override;
    std::string indices(const Shape &shape, const std::vector<std::int64_t> &values) override;
    [[nodiscard]] const Tensor &value(std::size_t tensor) const override;

    /// Names the value's dimensions: the batch is "N".
    static void describe(onnx::ValueInfoProto &info, const std::string &name, int elementType, const Shape &shape);

private:
    struct Value {
        std::string name;
        bool hasBatch = true;
    };
    void addInitializer(const std::string &name, int elementType, const Shape &shape, std::span<const std::byte> bytes);
    void useTensor(const std::string &name);
    void rename(const std::string &from, const std::string &to);

    onnx::GraphProto &m_graph;
    const Network &m_network;
    const StateDict &m_weights;
    std::map<LayerId, Value> m_values;
    std::set<std::string, std::less<>> m_names, m_written;
    std::map<std::vector<std::int64_t>, std::string> m_lists; ///< constants are written once
    std::map<float, std::string> m_numbers;
    int m_firstNode = 0; ///< of the current layer
    std::vector<std::string> m_tensorNames, m_inputNames;
    std::vector<Shape> m_shapes;
};

} // namespace graft
