#include "nn/torchmodel.h"

#include <algorithm>
#include <c10/util/Exception.h>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

namespace graft {
namespace {

constexpr std::pair<DType, at::ScalarType> types[] = {
    {DType::Bool, at::kBool},
    {DType::UInt8, at::kByte},
    {DType::Int8, at::kChar},
    {DType::Int16, at::kShort},
    {DType::Int32, at::kInt},
    {DType::Int64, at::kLong},
    {DType::Float16, at::kHalf},
    {DType::BFloat16, at::kBFloat16},
    {DType::Float32, at::kFloat},
    {DType::Float64, at::kDouble},
};

at::ScalarType scalarType(DType type)
{
    for (const auto &[ours, theirs] : types)
        if (ours == type)
            return theirs;
    TORCH_CHECK(false, "unknown element type");
}

DType elementType(at::ScalarType type)
{
    for (const auto &[ours, theirs] : types)
        if (theirs == type)
            return ours;
    TORCH_CHECK(false, "Graft has no tensors of the type ", type);
}

bool containsAny(const std::string &text, std::initializer_list<const char *> parts)
{
    return std::ranges::any_of(parts, [&](const char *part) { return text.find(part) != std::string::npos; });
}

} // namespace

at::Device torchDevice(Device device)
{
    return device.isCuda() ? at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device.cudaIndex)) : at::Device(at::kCPU);
}

at::Tensor toTorch(const Tensor &tensor)
{
    const auto options = at::TensorOptions(scalarType(tensor.type()));
    const auto bytes = tensor.bytes();
    if (!bytes.empty() && reinterpret_cast<std::uintptr_t>(bytes.data()) % byteSize(tensor.type()) == 0) {
        auto *data = const_cast<std::byte *>(bytes.data());
        return at::from_blob(
            data, tensor.shape(), [keep = tensor](void *) {}, options);
    }
    at::Tensor copy = at::empty(tensor.shape(), options);
    if (!bytes.empty())
        std::memcpy(copy.data_ptr(), bytes.data(), bytes.size());
    return copy;
}

Tensor fromTorch(const at::Tensor &tensor)
{
    const DType type = elementType(tensor.scalar_type());
    auto copy = std::make_shared<at::Tensor>(at::empty(tensor.sizes(), at::TensorOptions(tensor.scalar_type())));
    copy->copy_(tensor.detach());
    const auto *data = static_cast<const std::byte *>(copy->data_ptr());
    return {type, tensor.sizes().vec(), std::move(copy), data};
}

bool isFinite(const at::Tensor &tensor)
{
    if (!tensor.is_floating_point() || tensor.numel() == 0)
        return true;
    const at::Tensor numbers = tensor.detach();
    const bool isDense = numbers.is_non_overlapping_and_dense(); // then their order does not matter, and none is copied
    const auto [least, most] = at::aminmax(isDense ? numbers.as_strided({numbers.numel()}, {1}) : numbers);
    return std::isfinite(least.item<double>()) && std::isfinite(most.item<double>()); // NaN makes both NaN
}

Error errorFromTorch(const std::exception &exception, const std::string &subject)
{
    const auto *torchError = dynamic_cast<const c10::Error *>(&exception);
    std::string text = torchError ? torchError->what_without_backtrace() : exception.what();
    text = text.substr(0, text.find('\n'));
    if (dynamic_cast<const std::bad_alloc *>(&exception)
        || containsAny(text, {"out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED"}))
        return {ErrorCode::OutOfMemory, "There is not enough memory for this; use a smaller batch or close other programs.", subject};
    if (containsAny(text,
            {"NVIDIA driver", "CUDA driver", "CUDA-capable", "invalid device ordinal", "not compiled with CUDA", "'CUDA' backend",
                "not linked with support for cuda", "without linking ATen_cuda", "no kernel image", "Cannot initialize CUDA"}))
        return {ErrorCode::DeviceUnavailable, "The CUDA device cannot be used (" + text + "); choose the CPU.", subject};
    return {ErrorCode::Internal, "LibTorch failed (" + text + "); please report this.", subject};
}

} // namespace graft
