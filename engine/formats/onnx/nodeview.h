#pragma once
#include "formats/onnx/graphreader.h"

namespace graft {

/// One step of a file as layer types see it.
class OnnxNodeView : public OnnxNode {
public:
    OnnxNodeView(OnnxGraphReader &reader, const OnnxStep &step, std::string name) : m_reader(reader), m_step(step), m_name(std::move(name))
    {
    }

    [[nodiscard]] const std::string &operatorName() const override { return m_step.operatorName; }
    [[nodiscard]] int opset() const override { return m_reader.opset(); }
    [[nodiscard]] std::size_t inputCount() const override { return m_step.inputs.size(); }
    [[nodiscard]] std::size_t outputCount() const override { return m_step.outputs.size(); }
    [[nodiscard]] bool hasInput(std::size_t input) const override;
    [[nodiscard]] bool isConstant(std::size_t input) const override;
    [[nodiscard]] Result<Tensor> constant(std::size_t input) override;
    [[nodiscard]] Result<std::vector<std::int64_t>> integers(std::size_t input) override;
    [[nodiscard]] Result<Shape> wantedShape(std::size_t input, const Shape &copied) override;
    [[nodiscard]] Result<LayerId> input(std::size_t input) override;
    [[nodiscard]] Result<Shape> shape(std::size_t input) override;
    [[nodiscard]] const OnnxAttribute *attribute(std::string_view name) const override;
    [[nodiscard]] Result<LayerId> add(const std::string &type, Attributes attributes, std::vector<LayerId> inputs,
        const NamedTensors &tensors, const std::string &part) override;
    [[nodiscard]] Result<Shape> shapeOf(LayerId layer) override;
    void setOutput(std::size_t output, LayerId layer) override;

private:
    OnnxGraphReader &m_reader;
    const OnnxStep &m_step;
    std::string m_name;
};

} // namespace graft
