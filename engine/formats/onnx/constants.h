#pragma once
#include "core/files.h"
#include "core/tensor.h"

#include <filesystem>
#include <map>
#include <memory>
#include <onnx/onnx_pb.h>
#include <optional>
#include <string>
#include <vector>

namespace graft {

/// A number of a constant; sizes of the batch are not known: `isBatch` = as many times the number of pictures.
struct OnnxNumber {
    double value = 0;
    bool isBatch = false;
    bool operator==(const OnnxNumber &) const = default;
};
/// Where a double ends to hold integers exactly; larger ones are cut to it.
inline constexpr double largestOnnxInteger = 4503599627370496.0;

/// What a file knows without running: initializers, constants, and what is worked out of them and of shapes.
struct OnnxConstant {
    bool isInteger = false;
    Shape shape; ///< all of it: there is no batch to leave out
    Tensor tensor; ///< of floating-point numbers, any such type, unless one of them counts pictures
    std::vector<OnnxNumber> numbers; ///< integers, and floating-point numbers that count pictures
    std::string source; ///< the initializer that it came from
    Shape sourceShape;
    [[nodiscard]] std::int64_t count() const { return elementCount(shape); }
};

/// The numbers, whatever they are; nothing when there are more than `maximum`.
[[nodiscard]] std::optional<std::vector<OnnxNumber>> numbersOf(const OnnxConstant &constant, std::int64_t maximum);
/// From numbers: integers stay numbers, others become a tensor.
[[nodiscard]] OnnxConstant constantOf(Shape shape, bool isInteger, std::vector<OnnxNumber> numbers);

/// Reads a file's tensors; keeps the file's bytes where it can.
class OnnxTensors {
public:
    /// `model` owns the tensors that are read.
    OnnxTensors(std::shared_ptr<const onnx::ModelProto> model, std::filesystem::path folder, std::string subject);
    /// FileCorrupt, FileRefused for external data outside of the folder, NetworkInvalid for types that Graft does not know.
    [[nodiscard]] Result<OnnxConstant> read(const onnx::TensorProto &tensor);

private:
    struct Bytes {
        std::shared_ptr<const void> owner;
        std::span<const std::byte> bytes;
    };
    [[nodiscard]] Result<Bytes> rawBytes(const onnx::TensorProto &tensor);
    [[nodiscard]] Result<Bytes> externalBytes(const onnx::TensorProto &tensor);
    [[nodiscard]] Result<std::shared_ptr<const MappedFile>> openExternal(const std::string &location);
    [[nodiscard]] tl::unexpected<Error> damaged(const onnx::TensorProto &tensor, const std::string &complaint) const;

    std::shared_ptr<const onnx::ModelProto> m_model;
    std::filesystem::path m_folder;
    std::string m_subject;
    std::map<std::string, std::shared_ptr<const MappedFile>> m_external;
};

} // namespace graft
