#pragma once
#include "formats/onnx/onnxgraph.h"
#include "formats/support/graphimport.h"

#include <memory>

namespace graft {

/// Turns a file's graph into a Network, node by node in the file's order. One thread.
class OnnxGraphReader {
public:
    OnnxGraphReader(std::shared_ptr<const onnx::ModelProto> model, const std::filesystem::path &path);
    [[nodiscard]] Result<FileContents> read();

    // For the node that is read at the moment.
    [[nodiscard]] const OnnxConstant *constant(const std::string &value) const;
    [[nodiscard]] Result<Tensor> numbers(const std::string &value); ///< in float32; asked again, the same bytes
    [[nodiscard]] Result<LayerId> layer(const std::string &value) const;
    /// The layer of a constant, made when it is first asked for; `rank` counts the batch.
    [[nodiscard]] Result<LayerId> parameter(const std::string &value, std::size_t rank, const std::string &nodeName);
    [[nodiscard]] GraphImport &import() { return *m_import; }
    [[nodiscard]] int opset() const { return m_opset; }
    [[nodiscard]] std::int64_t bakedBatch() const { return m_batch; } ///< 0 when the file leaves it open
    void setLayer(const std::string &value, LayerId id);
    /// A name that no layer has, near to the wanted one.
    [[nodiscard]] std::string freeName(const std::string &wanted);

private:
    [[nodiscard]] Result<void> readOpset();
    [[nodiscard]] Result<void> readConstants();
    [[nodiscard]] Result<void> readConstant(const std::string &name, const onnx::TensorProto &tensor);
    [[nodiscard]] Result<void> readSteps();
    [[nodiscard]] Result<bool> readConstantNode(const onnx::NodeProto &node);
    [[nodiscard]] Result<void> readInput();
    [[nodiscard]] bool startsWithTranspose(const std::string &input, Shape &shape);
    void foldConstants();
    [[nodiscard]] Result<bool> fold(const OnnxStep &step);
    [[nodiscard]] Result<bool> foldShape(const OnnxStep &step);
    [[nodiscard]] Result<void> keepFolded(const std::string &value, OnnxConstant constant);
    void markUnused();
    [[nodiscard]] Result<void> readStep(const OnnxStep &step);
    void addOpaque(const OnnxStep &step, const std::string &reason);
    [[nodiscard]] Result<LayerId> output();
    [[nodiscard]] Result<LayerId> withoutSoftmax(LayerId id);
    void describeFile(FileContents &contents);
    [[nodiscard]] std::string nameFor(const OnnxStep &step) const;
    void countScopes();
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string &complaint) const;

    std::shared_ptr<const onnx::ModelProto> m_model;
    std::string m_subject;
    OnnxTensors m_tensors;
    OnnxGraph m_graph;
    int m_opset = 0;
    std::int64_t m_batch = 0;
    std::uint64_t m_foldedBytes = 0, m_mostFoldedBytes = 0;
    std::optional<GraphImport> m_import;
    std::map<std::string, LayerId, std::less<>> m_layers;
    std::map<std::string, std::string, std::less<>> m_unreadable; ///< constants → why
    std::map<std::string, Tensor, std::less<>> m_float32; ///< what has been converted
    std::map<std::string, LayerId, std::less<>> m_parameters;
    std::map<std::string, std::optional<Shape>, std::less<>> m_namedShapes; ///< without the batch, as the file says them
    std::map<std::string, std::size_t, std::less<>> m_scopes; ///< block → steps in it
    std::map<std::string, int, std::less<>> m_names;
    std::vector<std::string> m_remarks;
};

/// "layer1.0.conv1" of "/layer1/layer1.0/conv1/Conv", "conv1" of "conv1.weight"; "" when it says nothing.
[[nodiscard]] std::string onnxScopeName(const std::string &nodeName, const std::string &operatorName);
[[nodiscard]] std::string onnxOwnerOf(const std::string &initializer);
/// Whether a person named it: not "onnx::Conv_193", "493".
[[nodiscard]] bool isOnnxGivenName(const std::string &name);

} // namespace graft
