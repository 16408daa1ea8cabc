#include "graph/editsupport.h"
#include "graph/layeredits.h"
#include "graph/limits.h"

#include <algorithm>

namespace graft {
namespace {

constexpr std::string_view unfitCharacters = "*?,'\"`\\"; // patterns and sentences use them

/// Well-formed UTF-8 without spaces and control characters.
bool isPlainText(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = byte < 0x80 ? 1
            : byte >= 0xC2 && byte < 0xE0      ? 2
            : byte >= 0xE0 && byte < 0xF0      ? 3
            : byte < 0xF5                      ? 4
                                               : 0;
        if (length == 0 || (byte >= 0x80 && byte < 0xC2) || at + length > text.size() || byte <= 0x20 || byte == 0x7F)
            return false;
        for (std::size_t next = at + 1; next < at + length; ++next)
            if ((static_cast<unsigned char>(text[next]) & 0xC0) != 0x80)
                return false;
        at += length;
    }
    return true;
}

Result<void> requireGoodName(const std::string &name)
{
    const bool hasEmptyPart = name.empty() || name.front() == '.' || name.back() == '.' || name.find("..") != std::string::npos;
    if (hasEmptyPart || name.size() > maximumNameLength || !isPlainText(name) || name.find_first_of(unfitCharacters) != std::string::npos)
        return fail(ErrorCode::SettingInvalid,
            "A layer's name is made of letters, digits, '_' and '-', with dots between its blocks (layer1.0.conv1); this one is not.",
            name);
    return {};
}

using Names = std::map<std::string, std::string, std::less<>>; ///< a layer's name → its new one

Result<void> rename(Network &network, StateDict &weights, const Names &names)
{
    NameTable others;
    for (const Layer &layer : network.layers())
        if (!names.contains(layer.name))
            others.take(layer.name);
    for (const auto &[before, name] : names) {
        if (!others.isFree(name))
            return fail(ErrorCode::NetworkInvalid,
                "Another layer or block is named `" + name + "`, or a layer stands in that name's place; choose another name.", before);
        others.take(name);
    }
    const TensorOwners owners(network);
    const auto renamed = [&](const std::string &tensor) {
        const Layer *owner = owners.of(tensor);
        const auto found = owner ? names.find(owner->name) : names.end();
        return found == names.end() ? tensor : found->second + tensor.substr(owner->name.size());
    };
    StateDict moved;
    for (const auto &[name, tensor] : weights.entries())
        moved.set(renamed(name), tensor);
    std::map<std::string, std::string, std::less<>> ties;
    for (const auto &[tied, owner] : network.tiedTensors)
        ties.emplace(renamed(tied), renamed(owner));
    std::vector<std::pair<LayerId, std::string>> changes;
    for (const Layer &layer : network.layers())
        if (const auto found = names.find(layer.name); found != names.end())
            changes.emplace_back(layer.id, found->second);
    for (auto &[id, name] : changes)
        network.find(id)->name = std::move(name);
    weights = std::move(moved);
    network.tiedTensors = std::move(ties);
    return {};
}

} // namespace

Result<void> renameLayer(Network &network, StateDict &weights, LayerId layer, const std::string &name)
{
    const auto found = requireLayer(network, layer);
    if (!found)
        return fail(found.error());
    if ((*found)->name == name)
        return {};
    if (auto good = requireGoodName(name); !good)
        return good;
    return rename(network, weights, {{(*found)->name, name}});
}

Result<void> renameBlock(Network &network, StateDict &weights, const std::string &block, const std::string &name)
{
    if (block == name)
        return {};
    if (auto good = requireGoodName(name); !good)
        return good;
    Names names;
    for (const Layer &layer : network.layers())
        if (!block.empty() && layer.name != block && isInBlock(layer.name, block))
            names.emplace(layer.name, name + layer.name.substr(block.size()));
    if (names.empty())
        return fail(ErrorCode::NetworkInvalid, "There is no block named `" + block + "` any more; choose another.", block);
    return rename(network, weights, names);
}

std::string freeName(const Network &network, const std::string &wanted)
{
    return NameTable(network).free(wanted);
}

} // namespace graft
