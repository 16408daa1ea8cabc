#pragma once
#include "formats/format.h"

/// ONNX through protobuf and libonnx; no other file of the engine includes their headers. Exceptions of both are caught here.
namespace graft {

/// Whether these bytes start as a ModelProto does; protobuf has no magic number.
[[nodiscard]] bool startsLikeOnnx(std::span<const std::byte> head);

/// The file's own graph as a trainable Network; nodes that Graft has no layer for stand as Opaque. FileCorrupt, FileRefused (what would
/// need more memory than it should, or reaches out of the file's folder), FormatUnknown (an opset before 7).
[[nodiscard]] Result<FileContents> readOnnx(const std::filesystem::path &path);

inline constexpr std::int64_t oldestOnnxOpset = 7;
inline constexpr std::int64_t newestOnnxOpset = 17; ///< that libonnx 1.12 can check

struct OnnxWriteOptions {
    std::int64_t opset = newestOnnxOpset;
    /// Whether the file takes pictures as they are: uint8 [N, height, width, 3], RGB, of the size that the network takes. Resizing stays
    /// outside: ONNX before opset 18 has none that smooths as Graft's does, and other numbers would come out.
    bool takesPictures = false;
};
[[nodiscard]] Result<void> writeOnnx(const std::filesystem::path &path, const ModelPackage &package, const OnnxWriteOptions &options);

/// The key of the metadata that names the value where preprocessed numbers go in, in a file that takes pictures.
inline constexpr const char *onnxInputKey = "graft.input";

} // namespace graft
