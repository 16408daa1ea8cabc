#include "formats/support/picklewriter.h"

#include <cstring>
#include <limits>

namespace graft {
namespace {

constexpr std::string_view emptyOrderedDict = "ccollections\nOrderedDict\n)R";

void appendBytes(std::string &out, std::uint64_t number, std::size_t count)
{
    char bytes[sizeof(number)];
    std::memcpy(bytes, &number, sizeof(number));
    out.append(bytes, count);
}

void appendText(std::string &out, std::string_view text)
{
    out += 'X';
    appendBytes(out, text.size(), 4);
    out += text;
}

void appendInteger(std::string &out, std::int64_t number)
{
    if (number <= std::numeric_limits<std::int32_t>::max()) {
        out += 'J';
        appendBytes(out, static_cast<std::uint64_t>(number), 4);
    } else {
        out += '\x8a';
        out += '\x08';
        appendBytes(out, static_cast<std::uint64_t>(number), 8);
    }
}

std::string_view storageName(DType type)
{
    switch (type) {
    case DType::Bool: return "BoolStorage";
    case DType::UInt8: return "ByteStorage";
    case DType::Int8: return "CharStorage";
    case DType::Int16: return "ShortStorage";
    case DType::Int32: return "IntStorage";
    case DType::Int64: return "LongStorage";
    case DType::Float16: return "HalfStorage";
    case DType::BFloat16: return "BFloat16Storage";
    case DType::Float32: return "FloatStorage";
    case DType::Float64: return "DoubleStorage";
    }
    return "";
}

void appendTensor(std::string &out, const Tensor &tensor, std::size_t storage)
{
    out += "ctorch._utils\n_rebuild_tensor_v2\n((";
    appendText(out, "storage");
    out += "ctorch\n" + std::string(storageName(tensor.type())) + "\n";
    appendText(out, std::to_string(storage));
    appendText(out, "cpu");
    appendInteger(out, tensor.elementCount());
    out += "tQ";
    appendInteger(out, 0);
    out += '(';
    for (const auto dimension : tensor.shape())
        appendInteger(out, dimension);
    out += "t(";
    for (std::size_t i = 0; i < tensor.shape().size(); ++i) {
        std::int64_t stride = 1;
        for (std::size_t inner = i + 1; inner < tensor.shape().size(); ++inner)
            stride *= std::max<std::int64_t>(tensor.shape()[inner], 1);
        appendInteger(out, stride);
    }
    out += "t\x89"; // requires_grad: False
    out += emptyOrderedDict;
    out += "tR";
}

} // namespace

std::string pickleStateDict(const StateDict &tensors)
{
    std::string out("\x80\x02");
    out += emptyOrderedDict;
    out += '(';
    std::size_t storage = 0;
    for (const auto &[name, tensor] : tensors.entries()) {
        appendText(out, name);
        appendTensor(out, tensor, storage++);
    }
    out += "u.";
    return out;
}

} // namespace graft
