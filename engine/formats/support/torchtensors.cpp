#include "formats/support/torchtensors.h"

#include "formats/support/filename.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

namespace graft {
namespace {

using Kind = PickleNode::Kind;

constexpr std::size_t maximumDimensions = 64;
constexpr std::size_t maximumNesting = 3; ///< {"checkpoint": {"model": {"state_dict": …}}}
/// Keys under which training scripts keep the state dict, the preferred first.
constexpr std::array<std::string_view, 16> stateDictKeys = {"state_dict", "model_state_dict", "model_state", "model", "net", "network",
    "params", "weights", "module", "checkpoint", "params_ema", "ema_state_dict", "state_dict_ema", "model_ema", "ema_model", "ema"};

bool holdsTensors(const Pickle &pickle, const PickleNode &dictionary)
{
    for (std::size_t i = 1; i < dictionary.items.size(); i += 2)
        if (pickle.at(dictionary.items[i]).kind == Kind::Tensor)
            return true;
    return false;
}

const PickleNode *findStateDict(const Pickle &pickle)
{
    const PickleNode *node = &pickle.at(pickle.root);
    for (std::size_t level = 0; level <= maximumNesting; ++level) {
        if (node->kind != Kind::Dictionary)
            return nullptr;
        if (holdsTensors(pickle, *node))
            return node;
        const PickleNode *next = nullptr;
        for (const auto key : stateDictKeys) {
            const PickleNode *candidate = pickle.find(*node, key);
            if (!next && candidate && candidate->kind == Kind::Dictionary && !candidate->items.empty())
                next = candidate;
        }
        if (!next)
            return nullptr;
        node = next;
    }
    return nullptr;
}

tl::unexpected<Error> damaged(const std::string &name, const std::string &subject)
{
    return fail(ErrorCode::FileCorrupt,
        "'" + fileName(subject) + "' is damaged: the tensor '" + name + "' does not fit its data; get the file again.", subject);
}

std::optional<std::vector<std::int64_t>> integers(const Pickle &pickle, const PickleNode &tuple)
{
    if (tuple.kind != Kind::Tuple && tuple.kind != Kind::List)
        return std::nullopt;
    if (tuple.items.size() > maximumDimensions)
        return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const auto item : tuple.items) {
        if (pickle.at(item).kind != Kind::Integer || pickle.at(item).integer < 0)
            return std::nullopt;
        numbers.push_back(pickle.at(item).integer);
    }
    return numbers;
}

std::optional<StoragePlacement> placementOf(const Pickle &pickle, const PickleNode &node)
{
    const PickleNode &offset = pickle.at(node.items[1]);
    auto shape = integers(pickle, pickle.at(node.items[2]));
    auto strides = integers(pickle, pickle.at(node.items[3]));
    if (offset.kind != Kind::Integer || offset.integer < 0 || !shape || !strides || shape->size() != strides->size())
        return std::nullopt;
    return StoragePlacement{.offset = offset.integer, .shape = std::move(*shape), .strides = std::move(*strides)};
}

/// The number of elements and the end of the last one in the storage; nothing when a number overflows.
struct Extent {
    std::int64_t elements = 0, end = 0;
};
std::optional<Extent> extentOf(const StoragePlacement &placement)
{
    std::int64_t product = 1, last = placement.offset;
    bool empty = false;
    for (std::size_t i = 0; i < placement.shape.size(); ++i) {
        const auto dimension = placement.shape[i];
        std::int64_t reach = 0;
        empty = empty || dimension == 0;
        if (__builtin_mul_overflow(product, std::max<std::int64_t>(dimension, 1), &product))
            return std::nullopt;
        if (dimension > 1
            && (__builtin_mul_overflow(dimension - 1, placement.strides[i], &reach) || __builtin_add_overflow(last, reach, &last)))
            return std::nullopt;
    }
    if (empty)
        return Extent{};
    if (__builtin_add_overflow(last, 1, &last))
        return std::nullopt;
    return Extent{.elements = product, .end = last};
}

bool isContiguous(const StoragePlacement &placement)
{
    std::int64_t expected = 1;
    for (std::size_t i = placement.shape.size(); i > 0; --i) {
        if (placement.shape[i - 1] == 1)
            continue;
        if (placement.strides[i - 1] != expected)
            return false;
        expected *= placement.shape[i - 1];
    }
    return true;
}

/// The elements in row-major order; all of them lie in the storage.
std::vector<std::byte> gather(const std::byte *storage, const StoragePlacement &placement, std::int64_t elements, std::size_t elementBytes)
{
    std::vector<std::byte> out(static_cast<std::size_t>(elements) * elementBytes);
    std::vector<std::int64_t> index(placement.shape.size(), 0);
    std::int64_t position = placement.offset;
    for (std::int64_t i = 0; i < elements; ++i) {
        std::memcpy(out.data() + static_cast<std::size_t>(i) * elementBytes, storage + static_cast<std::size_t>(position) * elementBytes,
            elementBytes);
        for (std::size_t d = index.size(); d > 0; --d) {
            position += placement.strides[d - 1];
            if (++index[d - 1] < placement.shape[d - 1])
                break;
            position -= placement.strides[d - 1] * placement.shape[d - 1];
            index[d - 1] = 0;
        }
    }
    return out;
}

std::optional<DType> typeOf(const Pickle &pickle, const PickleNode &node, const StorageReference &storage)
{
    if (node.global->role != PickleRole::RebuildTypedTensor)
        return storage.type;
    if (node.items.size() < 7)
        return std::nullopt;
    const PickleNode &type = pickle.at(node.items[6]);
    return type.kind == Kind::Global && type.global->role == PickleRole::Type ? std::optional(type.global->type) : std::nullopt;
}

/// Names go into JSON, windows and terminals: they must be text.
bool isName(std::string_view text)
{
    if (text.size() > 1024 || std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        return false;
    try {
        return !nlohmann::json(text).dump().empty();
    } catch (const nlohmann::json::exception &) {
        return false;
    }
}

} // namespace

Result<StorageReference> storageReference(const Pickle &pickle, const PickleNode &storage, const std::string &subject)
{
    const PickleNode &type = pickle.at(storage.items[1]);
    const PickleNode &key = pickle.at(storage.items[2]);
    const PickleNode &elements = pickle.at(storage.items[4]);
    if (type.kind != Kind::Global || key.kind != Kind::Text || elements.kind != Kind::Integer || elements.integer < 0)
        return fail(ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged: it refers to data that cannot be; get the file again.",
            subject);
    StorageReference reference{.key = std::string(key.text), .type = {}, .elements = static_cast<std::uint64_t>(elements.integer)};
    if (type.global->role == PickleRole::Storage)
        reference.type = type.global->type;
    else if (type.global->role != PickleRole::UntypedStorage)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject) + "' holds tensors over `" + std::string(type.global->name)
                + "`, which Graft cannot read; save the model with floating-point weights.",
            subject);
    if (storage.items.size() > 5 && pickle.at(storage.items[5]).kind == Kind::Tuple)
        reference.view = &pickle.at(storage.items[5]);
    return reference;
}

PickledTensors::PickledTensors(const Pickle &pickle, StorageReader readStorage, std::uint64_t maximumBytes, std::string subject)
    : m_pickle(pickle), m_readStorage(std::move(readStorage)), m_bytesLeft(maximumBytes), m_subject(std::move(subject))
{
}

Result<Tensor> PickledTensors::read(const std::string &name, const PickleNode &node)
{
    if (node.items.size() < 4 || m_pickle.at(node.items[0]).kind != Kind::Storage)
        return damaged(name, m_subject);
    const auto storage = storageReference(m_pickle, m_pickle.at(node.items[0]), m_subject);
    if (!storage)
        return fail(storage.error());
    const auto type = typeOf(m_pickle, node, *storage);
    auto place = placementOf(m_pickle, node);
    if (!type || !place)
        return damaged(name, m_subject);
    const auto source = m_readStorage(*storage);
    if (!source)
        return fail(source.error());
    return tensorOver(*source, *type, std::move(*place), m_bytesLeft, name, m_subject);
}

Result<Tensor> tensorOver(const StorageBytes &storage, DType type, StoragePlacement place, std::uint64_t &bytesLeft,
    const std::string &name, const std::string &subject)
{
    for (std::size_t i = 0; i < place.shape.size(); ++i)
        if (place.shape[i] <= 1)
            place.strides[i] = 0; // never used, and may be anything
    const auto extent = extentOf(place);
    const std::size_t elementBytes = byteSize(type);
    if (!extent || static_cast<std::uint64_t>(extent->end) > storage.bytes.size() / elementBytes)
        return damaged(name, subject);
    const auto elements = static_cast<std::uint64_t>(extent->elements);
    if (elements > bytesLeft / elementBytes)
        return fail(ErrorCode::FileRefused,
            "'" + fileName(subject) + "' would unpack to much more than its own size at the tensor '" + name + "', so it was not opened.",
            subject);
    bytesLeft -= elements * elementBytes;
    const std::byte *data = storage.bytes.data() + static_cast<std::size_t>(elements == 0 ? 0 : place.offset) * elementBytes;
    if (isContiguous(place) && reinterpret_cast<std::uintptr_t>(data) % elementBytes == 0)
        return Tensor(type, place.shape, storage.owner, data);
    return Tensor(type, place.shape,
        std::make_shared<const std::vector<std::byte>>(gather(storage.bytes.data(), place, extent->elements, elementBytes)));
}

Result<StateDict> stateDictOf(const Pickle &pickle, const StorageReader &readStorage, std::uint64_t fileBytes, const std::string &subject)
{
    const PickleNode *dictionary = findStateDict(pickle);
    if (!dictionary)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject)
                + "' holds no state dict (names with tensors); in Python, save `model.state_dict()` and open that file.",
            subject);
    PickledTensors reader(pickle, readStorage, 4 * fileBytes + (256ULL << 20), subject);
    StateDict tensors;
    for (std::size_t i = 0; i + 1 < dictionary->items.size(); i += 2) {
        const PickleNode &key = pickle.at(dictionary->items[i]);
        const PickleNode &value = pickle.at(dictionary->items[i + 1]);
        if (value.kind != Kind::Tensor)
            continue;
        if (key.kind != Kind::Text || !isName(key.text))
            return fail(ErrorCode::FileCorrupt,
                "'" + fileName(subject)
                    + "' holds a tensor whose name is no text; in Python, save `model.state_dict()` and open that file.",
                subject);
        auto tensor = reader.read(std::string(key.text), value);
        if (!tensor)
            return fail(tensor.error());
        tensors.set(std::string(key.text), std::move(*tensor));
    }
    return tensors;
}

} // namespace graft
