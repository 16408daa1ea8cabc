#include "core/files.h"
#include "formats/onnx/graphwriter.h"
#include "formats/onnx/onnxfile.h"
#include "graph/analysis.h"

#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <onnx/checker.h>

namespace graft {
namespace {

/// The version of the file format that came with an opset.
int fileVersion(std::int64_t opset)
{
    static constexpr std::pair<std::int64_t, int> versions[] = {{15, 8}, {12, 7}, {11, 6}, {10, 5}, {9, 4}};
    for (const auto &[first, version] : versions)
        if (opset >= first)
            return version;
    return 3;
}

/// Layers that lead to the output: auxiliary classifiers are for training.
std::set<LayerId> usedLayers(const Network &network)
{
    std::set<LayerId> used = {network.output()};
    for (auto layer = network.layers().rbegin(); layer != network.layers().rend(); ++layer)
        if (used.contains(layer->id))
            used.insert(layer->inputs.begin(), layer->inputs.end());
    return used;
}

/// (x / 255 − mean) / deviation of uint8 pixels, as nodes.
std::string writePreprocessing(OnnxGraphWriter &graph, const std::string &pictures, const Preprocessing &preprocessing)
{
    std::string value = graph.node("Cast", {pictures}, {{"to", std::int64_t{onnx::TensorProto::FLOAT}}});
    value = onnxTranspose(graph, value, {0, 3, 1, 2});
    if (preprocessing.channelOrder == "BGR")
        value = graph.node("Concat", {onnxSlice(graph, value, 1, 2, 3), onnxSlice(graph, value, 1, 1, 2), onnxSlice(graph, value, 1, 0, 1)},
            {{"axis", std::int64_t{1}}});
    std::vector<float> factors, offsets;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        factors.push_back(static_cast<float>(1 / (255 * preprocessing.standardDeviation[channel])));
        offsets.push_back(static_cast<float>(-preprocessing.mean[channel] / preprocessing.standardDeviation[channel]));
    }
    value = graph.node("Mul", {value, graph.numbers({1, 3, 1, 1}, factors)});
    return graph.node("Add", {value, graph.numbers({1, 3, 1, 1}, offsets)});
}

void addMetadata(onnx::ModelProto &model, const std::string &key, const std::string &value)
{
    if (value.empty())
        return;
    auto &entry = *model.add_metadata_props();
    entry.set_key(key);
    entry.set_value(value);
}

/// Graft's own description without the network, which the graph is, and the same as plain texts for others.
void writeMetadata(onnx::ModelProto &model, const ModelPackage &package)
{
    auto json = nlohmann::json::parse(packageMetadata(package).at("graft"));
    json.erase("network");
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    addMetadata(model, "graft", json.dump(-1, ' ', false, replace));
    addMetadata(model, "preprocessing", json["preprocessing"].dump());
    if (!package.classNames.empty())
        addMetadata(model, "class_names", json["classNames"].dump(-1, ' ', false, replace));
    if (!package.labelSets.empty())
        addMetadata(model, "label_sets", json["labelSets"].dump(-1, ' ', false, replace));
    addMetadata(model, "architecture", package.network.architecture);
    addMetadata(model, "origin", json["origin"].get<std::string>());
    addMetadata(model, "licence", json["licence"].get<std::string>());
}

void writeInput(OnnxGraphWriter &writer, onnx::ModelProto &model, const ModelPackage &package, const OnnxWriteOptions &options)
{
    const Network &network = package.network;
    const Layer &input = network.layers().front();
    onnx::GraphProto &graph = *model.mutable_graph();
    const Shape shape = network.inputShape();
    std::string value = writer.uniqueName(options.takesPictures ? "pictures" : input.name);
    OnnxGraphWriter::describe(*graph.add_input(), value, options.takesPictures ? onnx::TensorProto::UINT8 : onnx::TensorProto::FLOAT,
        options.takesPictures ? Shape{shape[1], shape[2], 3} : shape);
    if (options.takesPictures) {
        value = writePreprocessing(writer, value, package.preprocessing);
        OnnxGraphWriter::describe(*graph.add_value_info(), value, onnx::TensorProto::FLOAT, shape);
        addMetadata(model, onnxInputKey, value);
    }
    writer.setValue(input.id, value, true);
}

Result<void> writeGraph(onnx::ModelProto &model, const ModelPackage &package, const OnnxWriteOptions &options)
{
    const Network &network = package.network;
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    model.mutable_graph()->set_name(network.architecture.empty() ? "network" : network.architecture);
    OnnxGraphWriter writer(*model.mutable_graph(), network, package.weights, static_cast<int>(options.opset));
    writeInput(writer, model, package, options);
    const std::set<LayerId> used = usedLayers(network);
    for (std::size_t index = 1; index < network.layers().size(); ++index) {
        const Layer &layer = network.layers()[index];
        if (!used.contains(layer.id))
            continue;
        std::vector<Shape> shapes;
        for (const LayerId input : layer.inputs)
            shapes.push_back(analysis->find(input)->outputShape);
        if (auto done = writer.write(layer, std::move(shapes), analysis->layers[index].outputShape, analysis->layers[index].tensors); !done)
            return done;
    }
    writer.finish(network.output(), analysis->find(network.output())->outputShape);
    return {};
}

Result<void> checkRequest(const ModelPackage &package, const OnnxWriteOptions &options)
{
    if (auto runnable = requireRunnable(package.network); !runnable)
        return runnable;
    if (package.weights.byteCount() > std::numeric_limits<std::int32_t>::max() - (16 << 20))
        return fail(ErrorCode::SettingInvalid, "The weights are too large for an ONNX file, which ends at 2 GiB; choose safetensors.");
    const Shape shape = package.network.inputShape();
    if (options.takesPictures && (shape.size() != 3 || shape[0] != 3))
        return fail(ErrorCode::SettingInvalid,
            "The network takes " + describe(shape) + ", no pictures of three colours; leave the option `preprocessing` off.");
    return {};
}

} // namespace

Result<void> writeOnnx(const std::filesystem::path &path, const ModelPackage &package, const OnnxWriteOptions &options)
{
    try {
        if (auto possible = checkRequest(package, options); !possible)
            return possible;
        onnx::ModelProto model;
        model.set_ir_version(fileVersion(options.opset));
        model.set_producer_name("Graft");
        auto &operators = *model.add_opset_import();
        operators.set_domain("");
        operators.set_version(options.opset);
        if (auto written = writeGraph(model, package, options); !written)
            return written;
        writeMetadata(model, package);
        onnx::checker::check_model(model);
        return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
            google::protobuf::io::OstreamOutputStream output(&stream);
            if (!model.SerializeToZeroCopyStream(&output))
                return fail(ErrorCode::FileUnwritable, "The ONNX file could not be written; check the disk.", path.string());
            return {};
        });
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, "There is not enough memory to write the ONNX file; close other programs and try again.");
    } catch (const std::exception &error) {
        return fail(ErrorCode::Internal, std::string("The network could not be written as ONNX: ") + error.what(), path.string());
    }
}

} // namespace graft
