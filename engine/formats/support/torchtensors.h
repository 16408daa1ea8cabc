#pragma once
#include "formats/support/pickle.h"

#include <functional>
#include <memory>
#include <optional>

namespace graft {

/// A storage's bytes; `owner` keeps them alive.
struct StorageBytes {
    std::shared_ptr<const void> owner;
    std::span<const std::byte> bytes;
};

/// Where a tensor lies in a storage, in elements.
struct StoragePlacement {
    std::int64_t offset = 0;
    Shape shape;
    std::vector<std::int64_t> strides;
};
/// The tensor at that place: a view where it is contiguous and aligned, else a copy. Its bytes are taken from `bytesLeft`. FileCorrupt when
/// it does not fit the storage, FileRefused when it takes more than is left. `name` and `subject` are for sentences.
[[nodiscard]] Result<Tensor> tensorOver(const StorageBytes &storage, DType type, StoragePlacement placement, std::uint64_t &bytesLeft,
    const std::string &name, const std::string &subject);

/// A storage as a pickle's persistent id describes it. `type` is nothing for bytes without type.
struct StorageReference {
    std::string key;
    std::optional<DType> type;
    std::uint64_t elements = 0; ///< bytes for an untyped one
    const PickleNode *view = nullptr; ///< what the legacy format says of a view, or nullptr
};
[[nodiscard]] Result<StorageReference> storageReference(const Pickle &pickle, const PickleNode &storage, const std::string &subject);

using StorageReader = std::function<Result<StorageBytes>(const StorageReference &)>;

/// The tensors of one pickle, one after the other. They are views of their storage where they are contiguous and aligned, else copies; all
/// sizes, strides and offsets are checked, and the tensors together are at most `maximumBytes`.
class PickledTensors {
public:
    PickledTensors(const Pickle &pickle, StorageReader readStorage, std::uint64_t maximumBytes, std::string subject);
    /// FileCorrupt when the tensor does not fit its storage, FormatUnknown for one over a type that Graft does not hold. `name` is for
    /// sentences.
    [[nodiscard]] Result<Tensor> read(const std::string &name, const PickleNode &node);

private:
    const Pickle &m_pickle;
    StorageReader m_readStorage;
    std::uint64_t m_bytesLeft;
    std::string m_subject;
};

/// The state dict in what `torch.save` was given: the object itself, or under `state_dict`, `model`, `model_state_dict`, `net`, `params`,
/// `ema…` in it. Names are kept as they are; for the tensors PickledTensors' promises hold, with
/// 4 × `fileBytes` + 256 MiB.
/// FormatUnknown when there is no state dict, FileCorrupt when a tensor does not fit its storage.
[[nodiscard]] Result<StateDict> stateDictOf(
    const Pickle &pickle, const StorageReader &readStorage, std::uint64_t fileBytes, const std::string &subject);

} // namespace graft
