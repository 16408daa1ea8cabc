#include "core/files.h"
#include "formats/onnx/graphreader.h"
#include "formats/onnx/onnxfile.h"
#include "formats/onnx/wirecheck.h"
#include "formats/support/filename.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <limits>

namespace graft {
namespace {

constexpr std::uint64_t freeBytes = 96 << 20;
constexpr int deepestMessage = 64;

Result<std::shared_ptr<const onnx::ModelProto>> parse(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    const auto bytes = (*file)->bytes();
    if (bytes.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        return fail(ErrorCode::FileRefused,
            "'" + fileName(path) + "' is larger than an ONNX file may be (2 GiB); keep its weights in a file beside it.", path.string());
    WireCheck check(freeBytes + 2 * bytes.size());
    const bool isSound = check.accepts(bytes);
    if (check.isTooCostly())
        return fail(ErrorCode::FileRefused,
            "'" + fileName(path) + "' would take far more memory than a file of its size should; get it from somebody you trust.",
            path.string());
    auto model = std::make_shared<onnx::ModelProto>();
    google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t *>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetRecursionLimit(deepestMessage);
    if (!isSound || !model->ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
        return fail(ErrorCode::FileCorrupt, "'" + fileName(path) + "' is cut off or damaged; get the file again.", path.string());
    return model;
}

} // namespace

Result<FileContents> readOnnx(const std::filesystem::path &path)
{
    try {
        auto model = parse(path);
        if (!model)
            return fail(model.error());
        return OnnxGraphReader(std::move(*model), path).read();
    } catch (const std::bad_alloc &) {
        throw; // readModel() has the sentence for it
    } catch (const std::exception &error) {
        return fail(ErrorCode::FileCorrupt, "'" + fileName(path) + "' cannot be read: " + error.what() + ".", path.string());
    }
}

} // namespace graft
