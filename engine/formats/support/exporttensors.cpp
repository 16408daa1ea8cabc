#include "formats/support/exporttensors.h"

#include "core/strangetext.h"
#include "formats/support/boundedjson.h"
#include "formats/support/filename.h"
#include "formats/support/torchtensors.h"

#include <nlohmann/json.hpp>

namespace graft {
namespace {

using nlohmann::json;

tl::unexpected<Error> damaged(const std::string &subject, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged: " + what + "; get the file again.", subject);
}

/// PyTorch numbers its types in the schema of torch.export.
std::optional<DType> elementType(const json &number)
{
    switch (number.is_number_integer() ? number.get<std::int64_t>() : 0) {
    case 1: return DType::UInt8;
    case 2: return DType::Int8;
    case 3: return DType::Int16;
    case 4: return DType::Int32;
    case 5: return DType::Int64;
    case 6: return DType::Float16;
    case 7: return DType::Float32;
    case 8: return DType::Float64;
    case 12: return DType::Bool;
    case 13: return DType::BFloat16;
    default: return std::nullopt;
    }
}

/// {"as_int": 3}; nothing for what is not known beforehand or is negative.
std::optional<std::int64_t> wholeOf(const json &number)
{
    const json *value = number.is_object() && number.contains("as_int") ? &number["as_int"] : nullptr;
    if (!value || !value->is_number_integer() || value->get<std::int64_t>() < 0)
        return std::nullopt;
    return value->get<std::int64_t>();
}

std::optional<std::vector<std::int64_t>> wholesOf(const json &list)
{
    constexpr std::size_t maximumDimensions = 64;
    std::vector<std::int64_t> numbers;
    if (!list.is_array() || list.size() > maximumDimensions)
        return std::nullopt;
    for (const json &item : list) {
        const auto number = wholeOf(item);
        if (!number)
            return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

/// The tensors that a state dict in the archive holds: a zip in a zip.
Result<void> addStateDict(const ZipDirectory &zip, const std::string &record, const std::string &subject, StateDict &all)
{
    const auto bytes = zip.record(record);
    if (!bytes)
        return fail(bytes.error());
    const auto inner = ZipDirectory::open(zip.file(), *bytes, subject);
    if (!inner)
        return fail(inner.error());
    const auto data = inner->record("data.pkl");
    const auto pickle = data ? parsePickle(*data, subject) : Result<Pickle>(fail(data.error()));
    if (!pickle)
        return fail(pickle.error());
    // No constants, no state dict: an empty dictionary stands for that.
    const PickleNode &root = pickle->at(pickle->root);
    if (root.kind == PickleNode::Kind::Dictionary && root.items.empty())
        return {};
    const auto storage = [&](const StorageReference &reference) -> Result<StorageBytes> {
        const auto stored = inner->record("data/" + reference.key);
        if (!stored)
            return fail(stored.error());
        return StorageBytes{.owner = inner->file(), .bytes = *stored};
    };
    const auto tensors = stateDictOf(*pickle, storage, zip.file()->bytes().size(), subject);
    if (!tensors)
        return fail(tensors.error());
    for (const auto &[name, tensor] : tensors->entries())
        all.set(name, tensor);
    return {};
}

/// One tensor of a list of raw files.
Result<Tensor> payload(const ZipDirectory &zip, const std::string &folder, const std::string &name, const json &entry,
    std::uint64_t &bytesLeft, const std::string &subject)
{
    const json meta = entry.value("tensor_meta", json());
    const auto type = elementType(meta.is_object() ? meta.value("dtype", json()) : json());
    const auto shape = type ? wholesOf(meta.value("sizes", json())) : std::nullopt;
    const auto strides = shape ? wholesOf(meta.value("strides", json())) : std::nullopt;
    const auto offset = strides ? wholeOf(meta.value("storage_offset", json())) : std::nullopt;
    const json path = entry.value("path_name", json());
    if (!offset || !path.is_string() || shape->size() != strides->size())
        return damaged(subject, "what it says of the tensor " + inQuotes(name) + " cannot be");
    const auto bytes = zip.record(folder + path.get<std::string>());
    if (!bytes)
        return fail(bytes.error());
    return tensorOver(
        {.owner = zip.file(), .bytes = *bytes}, *type, {.offset = *offset, .shape = *shape, .strides = *strides}, bytesLeft, name, subject);
}

Result<void> addPayloads(const ZipDirectory &zip, const std::string &folder, const std::string &list, const std::string &subject,
    std::uint64_t &bytesLeft, StateDict &all)
{
    const auto text = zip.text(list, largestJson);
    if (!text)
        return fail(text.error());
    const auto parsed = parseBoundedJson(*text);
    const json config = parsed && parsed->is_object() ? parsed->value("config", json()) : json();
    if (!config.is_object())
        return damaged(subject, "the list of its weights cannot be read");
    for (const auto &[name, entry] : config.items()) {
        // Objects of other kinds are pickled; no picture's way leads through them.
        if (!entry.is_object() || entry.value("use_pickle", json(false)) != json(false))
            continue;
        auto tensor = payload(zip, folder, name, entry, bytesLeft, subject);
        if (!tensor)
            return fail(tensor.error());
        all.set(name, std::move(*tensor));
    }
    return {};
}

} // namespace

Result<StateDict> exportedTensors(const ZipDirectory &zip, const std::string &model, const std::string &subject)
{
    StateDict all;
    std::uint64_t bytesLeft = 2 * zip.file()->bytes().size() + (64ULL << 20);
    const auto names = zip.names();
    for (const std::string &name : names) {
        const bool isOlder = model.empty() && (name.starts_with("serialized_state_dict.") || name.starts_with("serialized_constants."));
        Result<void> read;
        for (const std::string folder : {"data/weights/", "data/constants/"}) {
            const bool isOurs = name.starts_with(folder + model + "_") && name.ends_with("_config.json");
            if (!model.empty() && isOurs)
                read = addPayloads(zip, folder, name, subject, bytesLeft, all);
            else if (!model.empty() && name == folder + model + ".pt")
                read = addStateDict(zip, name, subject, all);
            if (!read)
                return fail(read.error());
        }
        if (isOlder)
            read = addStateDict(zip, name, subject, all);
        if (!read)
            return fail(read.error());
    }
    return all;
}

} // namespace graft
