#include "formats/support/atenvalue.h"

#include <algorithm>
#include <cstring>

namespace graft {
namespace {

/// The only element of a tensor of whole numbers.
std::optional<std::int64_t> wholeElement(const Tensor &tensor)
{
    const auto read = [&]<typename Number>(Number number) {
        std::memcpy(&number, tensor.bytes().data(), sizeof(number));
        return static_cast<std::int64_t>(number);
    };
    switch (tensor.type()) {
    case DType::Bool:
    case DType::UInt8: return read(std::uint8_t{});
    case DType::Int8: return read(std::int8_t{});
    case DType::Int16: return read(std::int16_t{});
    case DType::Int32: return read(std::int32_t{});
    case DType::Int64: return read(std::int64_t{});
    default: return std::nullopt;
    }
}

} // namespace

AtenValue AtenValue::ofLayer(LayerId layer)
{
    AtenValue value{.kind = Kind::Tensor};
    value.tensor = std::make_shared<AtenTensor>(AtenTensor{.layer = layer});
    return value;
}

AtenValue AtenValue::ofConstant(Tensor tensor, std::string name, bool isParameter)
{
    AtenValue value{.kind = Kind::Tensor};
    value.tensor = std::make_shared<AtenTensor>(
        AtenTensor{.layer = {}, .constant = std::move(tensor), .name = std::move(name), .isParameter = isParameter});
    return value;
}

AtenValue AtenValue::ofItems(Kind kind, std::vector<AtenValue> items)
{
    constexpr int deepest = 12;
    AtenValue value{.kind = kind, .depth = 1};
    for (const AtenValue &item : items)
        value.depth = std::max(value.depth, item.depth + 1);
    if (value.depth > deepest)
        return unknown();
    value.items = std::make_shared<std::vector<AtenValue>>(std::move(items));
    return value;
}

std::optional<std::int64_t> AtenValue::whole() const
{
    if ((kind == Kind::Integer && !isBatch) || kind == Kind::Boolean)
        return integer;
    return isConstant() && tensor->constant.shape().empty() ? wholeElement(tensor->constant) : std::nullopt;
}

std::optional<double> AtenValue::number() const
{
    if (kind == Kind::Real)
        return real;
    if (const auto number = whole())
        return static_cast<double>(*number);
    if (isConstant() && tensor->constant.shape().empty() && isFloatingPoint(tensor->constant.type()))
        return tensor->constant.toFloats().front();
    return std::nullopt;
}

} // namespace graft
