#include "formats/support/pickle.h"

#include <algorithm>
#include <array>

namespace graft {
namespace {

using enum PickleRole;

constexpr auto globals = std::to_array<PickleGlobal>({
    {"collections.OrderedDict", OrderedDict},
    {"torch._utils._rebuild_tensor", RebuildTensor},
    {"torch._utils._rebuild_tensor_v2", RebuildTensor},
    {"torch._utils._rebuild_tensor_v3", RebuildTypedTensor},
    {"torch._utils._rebuild_parameter", RebuildParameter},
    {"torch.Size", Sequence},
    {"torch.device", Value},
    // Protocol 2 spells sets and bytes as calls; `__builtin__` is Python 2's name, which it keeps.
    {"__builtin__.set", Value},
    {"__builtin__.frozenset", Value},
    {"__builtin__.bytes", Value},
    {"__builtin__.bytearray", Value},
    {"builtins.set", Value},
    {"builtins.frozenset", Value},
    {"builtins.bytes", Value},
    {"builtins.bytearray", Value},
    {"_codecs.encode", Value},
    {"torch.float32", Type, DType::Float32},
    {"torch.float64", Type, DType::Float64},
    {"torch.float16", Type, DType::Float16},
    {"torch.bfloat16", Type, DType::BFloat16},
    {"torch.int64", Type, DType::Int64},
    {"torch.int32", Type, DType::Int32},
    {"torch.int16", Type, DType::Int16},
    {"torch.int8", Type, DType::Int8},
    {"torch.uint8", Type, DType::UInt8},
    {"torch.bool", Type, DType::Bool},
    {"torch.uint16", Unsupported},
    {"torch.uint32", Unsupported},
    {"torch.uint64", Unsupported},
    {"torch.complex32", Unsupported},
    {"torch.complex64", Unsupported},
    {"torch.complex128", Unsupported},
});

constexpr auto storages = std::to_array<PickleGlobal>({
    {"FloatStorage", Storage, DType::Float32},
    {"DoubleStorage", Storage, DType::Float64},
    {"HalfStorage", Storage, DType::Float16},
    {"BFloat16Storage", Storage, DType::BFloat16},
    {"LongStorage", Storage, DType::Int64},
    {"IntStorage", Storage, DType::Int32},
    {"ShortStorage", Storage, DType::Int16},
    {"CharStorage", Storage, DType::Int8},
    {"ByteStorage", Storage, DType::UInt8},
    {"BoolStorage", Storage, DType::Bool},
    {"UntypedStorage", UntypedStorage},
    {"_UntypedStorage", UntypedStorage},
    {"ComplexFloatStorage", Unsupported},
    {"ComplexDoubleStorage", Unsupported},
    {"QUInt8Storage", Unsupported},
    {"QInt8Storage", Unsupported},
    {"QInt32Storage", Unsupported},
});

constexpr auto scriptGlobals = std::to_array<PickleGlobal>({
    {"torch.jit._pickle.build_intlist", Argument},
    {"torch.jit._pickle.build_doublelist", Argument},
    {"torch.jit._pickle.build_boollist", Argument},
    {"torch.jit._pickle.build_tensorlist", Argument},
    {"torch.jit._pickle.restore_type_tag", Argument},
    {"torch._utils._rebuild_qtensor", QuantizedTensor},
    {"torch.per_tensor_affine", Unsupported},
    {"torch.per_channel_affine", Unsupported},
    {"torch.per_channel_affine_float_qparams", Unsupported},
});
constexpr PickleGlobal scriptClass{"__torch__", ScriptClass};

} // namespace

const PickleGlobal *findPickleGlobal(std::string_view name, ScriptClasses classes)
{
    if (classes == ScriptClasses::Keep) {
        if (name.starts_with("__torch__."))
            return &scriptClass;
        if (const auto *found = std::ranges::find(scriptGlobals, name, &PickleGlobal::name); found != scriptGlobals.end())
            return found;
    }
    if (const auto *found = std::ranges::find(globals, name, &PickleGlobal::name); found != globals.end())
        return found;
    for (const std::string_view module : {"torch.", "torch.cuda.", "torch.storage."}) {
        if (!name.starts_with(module))
            continue;
        if (const auto *found = std::ranges::find(storages, name.substr(module.size()), &PickleGlobal::name); found != storages.end())
            return found;
    }
    return nullptr;
}

} // namespace graft
