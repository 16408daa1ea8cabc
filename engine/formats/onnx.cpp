#include "formats/onnx/onnxfile.h"

namespace graft::fileformats::onnx {
namespace {

/// The newest whose Clip and LayerNormalization OpenCV 4.6, which checks exports, can read.
constexpr std::int64_t defaultOpset = 10;

Result<void> write(const std::filesystem::path &path, const ModelPackage &package, const Attributes &options)
{
    return writeOnnx(path, package,
        {.opset = std::get<std::int64_t>(options.at("opset")), .takesPictures = std::get<bool>(options.at("preprocessing"))});
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "onnx",
        .title = "ONNX",
        .extensions = {"onnx"},
        .recognises = [](std::span<const std::byte> head, std::uint64_t) { return startsLikeOnnx(head); },
        .read = readOnnx,
        .options = {{"opset", "Version of ONNX's operators; older runtimes want older ones.", defaultOpset, false, oldestOnnxOpset,
                        newestOnnxOpset, {}, 0},
            {"preprocessing",
                "Whether the file takes pictures as they are (uint8, N × height × width × 3, RGB, of the network's size) and prepares them "
                "itself.",
                false, false, {}, {}, {}, 0}},
        .write = write,
        .takesPixels = [](const Attributes &options) { return std::get<bool>(options.at("preprocessing")); }});
}

} // namespace graft::fileformats::onnx
