#pragma once
#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graft {

using Shape = std::vector<std::int64_t>;

/// Number of elements; 1 for a scalar's empty shape. Dimensions are not negative.
[[nodiscard]] std::int64_t elementCount(const Shape &shape);
/// "3 × 224 × 224" for people.
[[nodiscard]] std::string describe(const Shape &shape);

/// Element types, named as PyTorch names them.
enum class DType { Bool, UInt8, Int8, Int16, Int32, Int64, Float16, BFloat16, Float32, Float64 };
[[nodiscard]] std::size_t byteSize(DType type);
[[nodiscard]] std::string_view name(DType type); ///< "float32"
[[nodiscard]] bool isFloatingPoint(DType type);

/// A tensor at rest: an immutable, contiguous (row-major), little-endian array in the computer's memory.
/// A value type: copies share the bytes. Holds no LibTorch type, so that the window, the readers and the
/// tests can hold weights; `nn/` turns it into a live tensor without copying.
class Tensor {
public:
    Tensor() = default; ///< an empty float32 tensor of shape [0]
    /// `bytes` must hold elementCount(shape) × byteSize(type) bytes from `offset` on; asserted.
    Tensor(DType type, Shape shape, std::shared_ptr<const std::vector<std::byte>> bytes, std::size_t offset = 0);
    /// Bytes owned by something else (a mapped file); `owner` keeps them alive.
    Tensor(DType type, Shape shape, std::shared_ptr<const void> owner, const std::byte *data);

    [[nodiscard]] static Tensor fromFloats(Shape shape, std::span<const float> values);
    [[nodiscard]] static Tensor fromInt64s(Shape shape, std::span<const std::int64_t> values);

    [[nodiscard]] DType type() const { return m_type; }
    [[nodiscard]] const Shape &shape() const { return m_shape; }
    [[nodiscard]] std::int64_t elementCount() const { return graft::elementCount(m_shape); }
    [[nodiscard]] std::span<const std::byte> bytes() const;
    /// The elements as float32, whatever the type.
    [[nodiscard]] std::vector<float> toFloats() const;
    /// The elements in place; the type must be float32 (asserted).
    [[nodiscard]] std::span<const float> floats() const;
    /// Same type, shape and bytes.
    [[nodiscard]] bool operator==(const Tensor &other) const;

private:
    DType m_type = DType::Float32;
    Shape m_shape = {0};
    std::shared_ptr<const void> m_owner;
    const std::byte *m_data = nullptr;
};

/// Figures of one tensor for the window: over all elements, in double precision.
struct TensorStatistics {
    double minimum = 0, maximum = 0, mean = 0;
    double standardDeviation = 0; ///< population
    double zeroShare = 0; ///< exact zeros, 0 … 1
    std::int64_t notFinite = 0; ///< NaN or infinite elements; they are left out of the other figures
};
[[nodiscard]] TensorStatistics statistics(const Tensor &tensor);

/// Names → tensors, in the file's order: parameters and buffers of a network, without its graph.
class StateDict {
public:
    using Entry = std::pair<std::string, Tensor>;

    void set(std::string name, Tensor tensor); ///< replaces an entry of the same name in place
    [[nodiscard]] const Tensor *find(std::string_view name) const; ///< nullptr when absent
    [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::int64_t byteCount() const;
    [[nodiscard]] bool operator==(const StateDict &) const = default;

private:
    std::vector<Entry> m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index;
};

/// Fails with WeightsNotFinite and the first tensor's name when a floating-point tensor holds NaN or infinity.
[[nodiscard]] Result<void> requireFinite(const StateDict &weights, const std::string &subject);

} // namespace graft
