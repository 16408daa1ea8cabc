#pragma once
#include "formats/onnx/constants.h"
#include "graph/onnxmapping.h"

#include <set>

namespace graft {

/// A node of a file, free of protobuf but for tensors in attributes.
struct OnnxStep {
    std::string operatorName; ///< with its domain in front when that is not ONNX's own
    std::string name;
    std::string namedAfter; ///< the operator in its name: the last part's, for what was put together
    std::vector<std::string> inputs, outputs;
    OnnxAttributes attributes;
    const onnx::NodeProto *proto = nullptr; ///< nullptr for what was put together
    bool isGone = false; ///< it has become part of another one
};

/// The nodes of a file and what is known without running them; patterns of nodes are put together here.
struct OnnxGraph {
    std::vector<OnnxStep> steps; ///< in the file's order
    std::map<std::string, OnnxConstant, std::less<>> constants;
    std::map<std::string, std::size_t, std::less<>> producers; ///< value → step
    std::map<std::string, std::vector<std::size_t>, std::less<>> consumers;
    std::set<std::string, std::less<>> outputs; ///< of the graph: not to become part of something

    [[nodiscard]] const OnnxStep *producer(const std::string &value) const;
    /// The only step that takes the value, which is no output of the graph.
    [[nodiscard]] OnnxStep *onlyConsumer(const std::string &value);
    [[nodiscard]] std::optional<double> scalar(const std::string &value) const;
    void index();
};

/// An attribute in neutral terms; nothing for tensors and graphs.
[[nodiscard]] std::optional<OnnxAttribute> neutralAttribute(const onnx::AttributeProto &attribute);
/// The shortest decimal number that is this float: 1e-5 instead of 9.99999974e-06.
[[nodiscard]] double plainNumber(float value);

/// Puts together what exporters take apart: GELU, SiLU, Hardswish, Mish, LayerNorm, MatMul with its sum.
void fusePatterns(OnnxGraph &graph);

} // namespace graft
