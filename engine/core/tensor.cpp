#include "core/tensor.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

namespace graft {
namespace {

float fromHalf(std::uint16_t bits)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
    const std::uint32_t exponent = (bits >> 10) & 0x1Fu;
    const std::uint32_t fraction = bits & 0x3FFu;
    if (exponent == 0) {
        const float value = std::ldexp(static_cast<float>(fraction), -24);
        return sign ? -value : value;
    }
    const std::uint32_t wide = exponent == 31 ? 0xFFu : exponent + 112u;
    return std::bit_cast<float>(sign | (wide << 23) | (fraction << 13));
}

template <typename Element, typename Convert>
void convertInto(std::vector<float> &out, std::span<const std::byte> bytes, Convert convert)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        Element element;
        std::memcpy(&element, bytes.data() + i * sizeof(Element), sizeof(Element));
        out[i] = static_cast<float>(convert(element));
    }
}

template <typename Element>
Tensor fromElements(DType type, Shape shape, std::span<const Element> values)
{
    assert(elementCount(shape) == static_cast<std::int64_t>(values.size()));
    const auto raw = std::as_bytes(values);
    return {type, std::move(shape), std::make_shared<const std::vector<std::byte>>(raw.begin(), raw.end())};
}

} // namespace

std::int64_t elementCount(const Shape &shape)
{
    std::int64_t count = 1;
    for (const auto dimension : shape)
        count *= dimension;
    return count;
}

std::string describe(const Shape &shape)
{
    if (shape.empty())
        return "scalar";
    std::string text;
    for (const auto dimension : shape)
        text += (text.empty() ? "" : " × ") + std::to_string(dimension);
    return text;
}

std::size_t byteSize(DType type)
{
    switch (type) {
    case DType::Bool:
    case DType::UInt8:
    case DType::Int8: return 1;
    case DType::Int16:
    case DType::Float16:
    case DType::BFloat16: return 2;
    case DType::Int32:
    case DType::Float32: return 4;
    case DType::Int64:
    case DType::Float64: return 8;
    }
    return 0;
}

std::string_view name(DType type)
{
    switch (type) {
    case DType::Bool: return "bool";
    case DType::UInt8: return "uint8";
    case DType::Int8: return "int8";
    case DType::Int16: return "int16";
    case DType::Int32: return "int32";
    case DType::Int64: return "int64";
    case DType::Float16: return "float16";
    case DType::BFloat16: return "bfloat16";
    case DType::Float32: return "float32";
    case DType::Float64: return "float64";
    }
    return "";
}

bool isFloatingPoint(DType type)
{
    return type == DType::Float16 || type == DType::BFloat16 || type == DType::Float32 || type == DType::Float64;
}

Tensor::Tensor(DType type, Shape shape, std::shared_ptr<const std::vector<std::byte>> bytes, std::size_t offset)
    : m_type(type), m_shape(std::move(shape))
{
    assert(bytes && offset + static_cast<std::size_t>(elementCount()) * byteSize(type) <= bytes->size());
    m_data = bytes->data() + offset;
    m_owner = std::move(bytes);
}

Tensor::Tensor(DType type, Shape shape, std::shared_ptr<const void> owner, const std::byte *data)
    : m_type(type), m_shape(std::move(shape)), m_owner(std::move(owner)), m_data(data)
{
}

Tensor Tensor::fromFloats(Shape shape, std::span<const float> values)
{
    return fromElements(DType::Float32, std::move(shape), values);
}

Tensor Tensor::fromInt64s(Shape shape, std::span<const std::int64_t> values)
{
    return fromElements(DType::Int64, std::move(shape), values);
}

std::span<const std::byte> Tensor::bytes() const
{
    return {m_data, static_cast<std::size_t>(elementCount()) * byteSize(m_type)};
}

std::vector<float> Tensor::toFloats() const
{
    std::vector<float> out(static_cast<std::size_t>(elementCount()));
    const auto raw = bytes();
    const auto same = [](auto value) { return value; };
    switch (m_type) {
    case DType::Bool:
    case DType::UInt8: convertInto<std::uint8_t>(out, raw, same); break;
    case DType::Int8: convertInto<std::int8_t>(out, raw, same); break;
    case DType::Int16: convertInto<std::int16_t>(out, raw, same); break;
    case DType::Int32: convertInto<std::int32_t>(out, raw, same); break;
    case DType::Int64: convertInto<std::int64_t>(out, raw, same); break;
    case DType::Float16: convertInto<std::uint16_t>(out, raw, fromHalf); break;
    case DType::BFloat16:
        convertInto<std::uint16_t>(out, raw, [](std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); });
        break;
    case DType::Float32: convertInto<float>(out, raw, same); break;
    case DType::Float64: convertInto<double>(out, raw, same); break;
    }
    return out;
}

std::span<const float> Tensor::floats() const
{
    assert(m_type == DType::Float32 && reinterpret_cast<std::uintptr_t>(m_data) % alignof(float) == 0);
    return {reinterpret_cast<const float *>(m_data), static_cast<std::size_t>(elementCount())};
}

bool Tensor::operator==(const Tensor &other) const
{
    if (m_type != other.m_type || m_shape != other.m_shape)
        return false;
    return m_data == other.m_data || std::ranges::equal(bytes(), other.bytes());
}

TensorStatistics statistics(const Tensor &tensor)
{
    TensorStatistics result;
    const auto values = tensor.toFloats();
    double sum = 0;
    std::size_t zeros = 0;
    std::size_t count = 0;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -minimum;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        ++count;
        sum += value;
        zeros += value == 0.0F;
        minimum = std::min<double>(minimum, value);
        maximum = std::max<double>(maximum, value);
    }
    result.notFinite = static_cast<std::int64_t>(values.size() - count);
    if (count == 0)
        return result;
    result.minimum = minimum;
    result.maximum = maximum;
    result.mean = sum / static_cast<double>(count);
    result.zeroShare = static_cast<double>(zeros) / static_cast<double>(count);
    double squares = 0;
    for (const float value : values)
        if (std::isfinite(value))
            squares += (value - result.mean) * (value - result.mean);
    result.standardDeviation = std::sqrt(squares / static_cast<double>(count));
    return result;
}

void StateDict::set(std::string name, Tensor tensor)
{
    const auto existing = m_index.find(name);
    if (existing != m_index.end()) {
        m_entries[existing->second].second = std::move(tensor);
        return;
    }
    m_index.emplace(name, m_entries.size());
    m_entries.emplace_back(std::move(name), std::move(tensor));
}

const Tensor *StateDict::find(std::string_view name) const
{
    const auto position = m_index.find(name);
    return position == m_index.end() ? nullptr : &m_entries[position->second].second;
}

std::int64_t StateDict::byteCount() const
{
    std::int64_t count = 0;
    for (const auto &[name, tensor] : m_entries)
        count += static_cast<std::int64_t>(tensor.bytes().size());
    return count;
}

namespace {

/// Whether no element has all bits of its exponent set; quicker than asking for each number, and the bytes need not be aligned.
template <typename Bits>
bool isFinite(std::span<const std::byte> bytes, Bits exponent)
{
    bool finite = true;
    for (std::size_t offset = 0; offset + sizeof(Bits) <= bytes.size(); offset += sizeof(Bits)) {
        Bits bits;
        std::memcpy(&bits, bytes.data() + offset, sizeof bits);
        finite &= (bits & exponent) != exponent;
    }
    return finite;
}

bool isFinite(const Tensor &tensor)
{
    switch (tensor.type()) {
    case DType::Float16: return isFinite(tensor.bytes(), std::uint16_t{0x7C00});
    case DType::BFloat16: return isFinite(tensor.bytes(), std::uint16_t{0x7F80});
    case DType::Float32: return isFinite(tensor.bytes(), std::uint32_t{0x7F800000});
    case DType::Float64: return isFinite(tensor.bytes(), std::uint64_t{0x7FF0000000000000});
    default: return true;
    }
}

} // namespace

Result<void> requireFinite(const StateDict &weights, const std::string &subject)
{
    for (const auto &[name, tensor] : weights.entries()) {
        if (!isFinite(tensor))
            return fail(ErrorCode::WeightsNotFinite,
                "The weights in '" + subject + "' hold NaN or infinite values in '" + name
                    + "'; use a file saved before the training diverged.",
                subject);
    }
    return {};
}

} // namespace graft
