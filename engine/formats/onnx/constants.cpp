#include "formats/onnx/constants.h"

#include "formats/support/filename.h"
#include "graph/limits.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace graft {
namespace {

using onnx::TensorProto;

std::optional<DType> elementType(int type)
{
    switch (type) {
    case TensorProto::FLOAT: return DType::Float32;
    case TensorProto::DOUBLE: return DType::Float64;
    case TensorProto::FLOAT16: return DType::Float16;
    case TensorProto::BFLOAT16: return DType::BFloat16;
    case TensorProto::INT64: return DType::Int64;
    case TensorProto::INT32: return DType::Int32;
    case TensorProto::INT16: return DType::Int16;
    case TensorProto::INT8: return DType::Int8;
    case TensorProto::UINT8: return DType::UInt8;
    case TensorProto::BOOL: return DType::Bool;
    default: return std::nullopt;
    }
}

template <typename Value>
std::vector<std::byte> packed(const auto &values)
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(values.size()) * sizeof(Value));
    std::size_t offset = 0;
    for (const auto value : values) {
        const auto element = static_cast<Value>(value);
        std::memcpy(bytes.data() + offset, &element, sizeof element);
        offset += sizeof element;
    }
    return bytes;
}

/// The fields that hold numbers one by one, as bytes of the tensor's type.
std::vector<std::byte> listedBytes(const TensorProto &tensor, DType type)
{
    switch (type) {
    case DType::Float32: return packed<float>(tensor.float_data());
    case DType::Float64: return packed<double>(tensor.double_data());
    case DType::Int64: return packed<std::int64_t>(tensor.int64_data());
    case DType::Int32: return packed<std::int32_t>(tensor.int32_data());
    case DType::Float16:
    case DType::BFloat16:
    case DType::Int16: return packed<std::uint16_t>(tensor.int32_data());
    default: return packed<std::uint8_t>(tensor.int32_data());
    }
}

template <typename Value>
void appendIntegers(std::vector<OnnxNumber> &numbers, std::span<const std::byte> bytes)
{
    for (std::size_t offset = 0; offset < bytes.size(); offset += sizeof(Value)) {
        Value value{};
        std::memcpy(&value, bytes.data() + offset, sizeof value);
        numbers.push_back({std::clamp(static_cast<double>(value), -largestOnnxInteger, largestOnnxInteger), false});
    }
}

std::vector<OnnxNumber> integersOf(DType type, std::span<const std::byte> bytes)
{
    std::vector<OnnxNumber> numbers;
    numbers.reserve(bytes.size() / byteSize(type));
    switch (type) {
    case DType::Int64: appendIntegers<std::int64_t>(numbers, bytes); break;
    case DType::Int32: appendIntegers<std::int32_t>(numbers, bytes); break;
    case DType::Int16: appendIntegers<std::int16_t>(numbers, bytes); break;
    case DType::Int8: appendIntegers<std::int8_t>(numbers, bytes); break;
    default: appendIntegers<std::uint8_t>(numbers, bytes); break;
    }
    return numbers;
}

/// Like isWithinLimits(), but a size of 0 is allowed: such tensors stand for "not given".
bool isReasonable(const Shape &shape)
{
    Shape filled = shape;
    std::ranges::replace(filled, 0, 1);
    return filled.size() <= 16 && isWithinLimits(filled);
}

std::uint64_t numberOf(const std::string &text, bool &isGood)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    isGood = error == std::errc() && end == text.data() + text.size();
    return value;
}

} // namespace

std::optional<std::vector<OnnxNumber>> numbersOf(const OnnxConstant &constant, std::int64_t maximum)
{
    if (constant.count() > maximum)
        return std::nullopt;
    if (constant.isInteger || !constant.numbers.empty())
        return constant.numbers;
    std::vector<OnnxNumber> numbers;
    for (const float value : constant.tensor.toFloats())
        numbers.push_back({value, false});
    return numbers;
}

OnnxConstant constantOf(Shape shape, bool isInteger, std::vector<OnnxNumber> numbers)
{
    OnnxConstant constant;
    constant.isInteger = isInteger;
    constant.shape = std::move(shape);
    if (isInteger || std::ranges::any_of(numbers, &OnnxNumber::isBatch)) {
        constant.numbers = std::move(numbers);
        return constant;
    }
    std::vector<float> values(numbers.size());
    std::ranges::transform(numbers, values.begin(), [](const OnnxNumber &number) { return static_cast<float>(number.value); });
    constant.tensor = Tensor::fromFloats(constant.shape, values);
    return constant;
}

OnnxTensors::OnnxTensors(std::shared_ptr<const onnx::ModelProto> model, std::filesystem::path folder, std::string subject)
    : m_model(std::move(model)), m_folder(std::move(folder)), m_subject(std::move(subject))
{
}

tl::unexpected<Error> OnnxTensors::damaged(const TensorProto &tensor, const std::string &complaint) const
{
    return fail(ErrorCode::FileCorrupt,
        "'" + fileName(m_subject) + "' is damaged: its tensor `" + tensor.name() + "` " + complaint + "; get the file again.", m_subject);
}

Result<OnnxConstant> OnnxTensors::read(const TensorProto &tensor)
{
    const auto type = elementType(tensor.data_type());
    if (!type)
        return fail(ErrorCode::NetworkInvalid, "its numbers are of a kind that Graft does not know");
    OnnxConstant constant;
    constant.shape.assign(tensor.dims().begin(), tensor.dims().end());
    if (!isReasonable(constant.shape))
        return damaged(tensor, "has a shape that cannot be");
    constant.isInteger = !isFloatingPoint(*type);
    constant.source = tensor.name();
    constant.sourceShape = constant.shape;
    auto raw = rawBytes(tensor);
    if (!raw)
        return fail(raw.error());
    if (!raw->owner) {
        auto listed = std::make_shared<const std::vector<std::byte>>(listedBytes(tensor, *type));
        raw = Bytes{listed, *listed};
    }
    const auto wanted = static_cast<std::uint64_t>(constant.count()) * byteSize(*type);
    if (raw->bytes.size() != wanted)
        return damaged(tensor, "should have " + std::to_string(wanted) + " bytes and has " + std::to_string(raw->bytes.size()));
    if (constant.isInteger) {
        constexpr std::size_t mostIntegers = 1 << 18;
        if (static_cast<std::size_t>(constant.count()) > mostIntegers)
            return fail(ErrorCode::NetworkInvalid, "it has a large table of integers");
        constant.numbers = integersOf(*type, raw->bytes);
        return constant;
    }
    const bool isAligned = reinterpret_cast<std::uintptr_t>(raw->bytes.data()) % byteSize(*type) == 0;
    if (isAligned && !raw->bytes.empty()) {
        constant.tensor = Tensor(*type, constant.shape, raw->owner, raw->bytes.data());
    } else {
        auto copy = std::make_shared<const std::vector<std::byte>>(raw->bytes.begin(), raw->bytes.end());
        constant.tensor = Tensor(*type, constant.shape, std::move(copy));
    }
    return constant;
}

/// Without an owner when the numbers are listed one by one.
Result<OnnxTensors::Bytes> OnnxTensors::rawBytes(const TensorProto &tensor)
{
    if (tensor.data_location() == TensorProto::EXTERNAL)
        return externalBytes(tensor);
    if (!tensor.has_raw_data())
        return Bytes{};
    return Bytes{m_model, std::as_bytes(std::span(tensor.raw_data()))};
}

Result<OnnxTensors::Bytes> OnnxTensors::externalBytes(const TensorProto &tensor)
{
    std::string location;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length;
    bool isGood = true;
    for (const auto &entry : tensor.external_data()) {
        bool isNumber = true;
        if (entry.key() == "location")
            location = entry.value();
        else if (entry.key() == "offset")
            offset = numberOf(entry.value(), isNumber);
        else if (entry.key() == "length")
            length = numberOf(entry.value(), isNumber);
        isGood = isGood && isNumber;
    }
    const auto file = openExternal(location);
    if (!file)
        return fail(file.error());
    const auto bytes = (*file)->bytes();
    if (!isGood || offset > bytes.size() || length.value_or(0) > bytes.size() - offset)
        return damaged(tensor, "lies beyond the end of '" + location + "'");
    return Bytes{*file, bytes.subspan(offset, length.value_or(bytes.size() - offset))};
}

/// Only what lies in the model's own folder, with no way out: neither `..` nor links.
Result<std::shared_ptr<const MappedFile>> OnnxTensors::openExternal(const std::string &location)
{
    if (const auto known = m_external.find(location); known != m_external.end())
        return known->second;
    const std::filesystem::path relative(location);
    const auto refused = [&]() -> Result<std::shared_ptr<const MappedFile>> {
        return fail(ErrorCode::FileRefused,
            "'" + fileName(m_subject) + "' wants to read '" + location
                + "' for its weights, which is not in its own folder; Graft does not.",
            m_subject);
    };
    if (location.empty() || location.find('\0') != std::string::npos || relative.is_absolute()
        || std::ranges::find(relative, std::filesystem::path("..")) != relative.end())
        return refused();
    std::error_code error;
    const auto folder = std::filesystem::canonical(m_folder.empty() ? "." : m_folder, error);
    const auto path = std::filesystem::weakly_canonical(folder / relative, error);
    if (error || std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first != folder.end())
        return refused();
    auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error().code,
            "'" + fileName(m_subject) + "' keeps its weights in '" + location + "', which cannot be read; put both into one folder.",
            m_subject);
    m_external.emplace(location, *file);
    return *file;
}

} // namespace graft
