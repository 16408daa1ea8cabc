#pragma once
#include "core/tensor.h"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// What a global that a pickle may name stands for. There is no other: everything else is refused by name.
enum class PickleRole {
    OrderedDict,
    Sequence, ///< torch.Size: its only argument is its value
    Value, ///< a value that no reader here looks into: a set, bytes, a device
    RebuildTensor, ///< torch._utils._rebuild_tensor, …_v2 (storage, offset, size, stride, …)
    RebuildTypedTensor, ///< torch._utils._rebuild_tensor_v3: the same with a type, over an untyped storage
    RebuildParameter, ///< its first argument is its value
    Storage, ///< torch.FloatStorage and so on: a storage's type
    UntypedStorage, ///< bytes
    Type, ///< torch.float32
    Argument, ///< a function of TorchScript's whose first argument is its value: a list with a type
    ScriptClass, ///< a class of TorchScript's, below `__torch__`: data, and the name of the code that goes with it
    QuantizedTensor, ///< a tensor of integers with scales; harmless, and nothing that Graft could use
    Unsupported, ///< a type of storage or element that Graft does not hold (complex, quantised); harmless as such
};

struct PickleGlobal {
    std::string_view name; ///< "torch.FloatStorage"
    PickleRole role = PickleRole::Value;
    DType type = DType::UInt8; ///< of Storage and Type
};

/// One object of a pickle. Objects refer to one another by index; cycles are possible.
struct PickleNode {
    enum class Kind { None, Boolean, Integer, Real, Text, Value, Tuple, List, Dictionary, Global, Storage, Tensor, Object };
    Kind kind = Kind::None;
    std::int64_t integer = 0; ///< Boolean, Integer
    double real = 0; ///< Real
    std::string_view text{}; ///< Text: a view of the pickle's bytes. Object, and Global of a script class: the class's name
    const PickleGlobal *global = nullptr; ///< Global; of a Tensor: the function that rebuilds it
    /// Tuple, List: the items. Dictionary: keys and values in turn. Storage: the persistent id. Tensor: the arguments.
    /// Object: its state, when it has been given one.
    std::vector<std::uint32_t> items{};
};

/// A parsed pickle: data only, nothing of it has been run.
struct Pickle {
    std::vector<PickleNode> nodes;
    std::deque<std::string> classNames; ///< what the names of script classes are views of
    std::uint32_t root = 0;
    std::size_t length = 0; ///< bytes of it, up to its end
    [[nodiscard]] const PickleNode &at(std::uint32_t index) const { return nodes[index]; }
    /// The value under a text key of a Dictionary; the last one when there are several; nullptr when absent.
    [[nodiscard]] const PickleNode *find(const PickleNode &dictionary, std::string_view key) const;
};

/// Whether objects of TorchScript's classes (`__torch__.…`) are kept, as plain data, or refused as any other global.
enum class ScriptClasses { Refuse, Keep };

/// Reads the pickle (protocols 2 to 5) that `bytes` starts with; the texts in the result are views of `bytes`. Never runs anything:
/// globals outside a short list are refused (FileRefused, with the name), odd or endless pickles too (FileCorrupt). Memory and depth
/// are bounded; nothing is recursive.
[[nodiscard]] Result<Pickle> parsePickle(
    std::span<const std::byte> bytes, const std::string &subject, ScriptClasses classes = ScriptClasses::Refuse);

/// The allowed global of that name ("collections.OrderedDict"); nullptr for every other. Those of TorchScript files only where classes are
/// kept.
[[nodiscard]] const PickleGlobal *findPickleGlobal(std::string_view name, ScriptClasses classes);

} // namespace graft
