#include "formats/support/safetensorsheader.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace graft {
namespace {

constexpr std::size_t maximumDimensions = 64;
constexpr std::string_view metadataKey = "__metadata__";

/// Follows the parser through {"name": {"dtype": .., "shape": [..], "data_offsets": [..]}, "__metadata__": {"key": "text"}}.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    SafetensorsHeader header;
    std::string problem;

    bool null() override { return refuse("a null"); }
    bool boolean(bool) override { return refuse("a true or false"); }
    bool number_integer(number_integer_t) override { return refuse("a negative number"); }
    bool number_float(number_float_t, const string_t &) override { return refuse("a fraction"); }
    bool binary(binary_t &) override { return refuse("binary data"); }
    bool number_unsigned(number_unsigned_t value) override;
    bool string(string_t &text) override;
    bool start_object(std::size_t) override;
    bool key(string_t &name) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        return refuse("broken JSON at byte " + std::to_string(position));
    }

private:
    bool refuse(const std::string &what)
    {
        if (problem.empty())
            problem = what;
        return false;
    }

    std::size_t m_depth = 0;
    bool m_inMetadata = false;
    bool m_inArray = false;
    std::string m_field;
    std::set<std::string, std::less<>> m_names;
    std::set<std::string, std::less<>> m_fields;
};

bool HeaderHandler::number_unsigned(number_unsigned_t value)
{
    if (!m_inArray)
        return refuse("a number where none belongs");
    auto &entry = header.entries.back();
    if (m_field == "data_offsets") {
        if (entry.offsets.size() == 2)
            return refuse("more than two offsets for " + inQuotes(entry.name, '\''));
        entry.offsets.push_back(value);
        return true;
    }
    if (entry.shape.size() == maximumDimensions || value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return refuse("an impossible shape for " + inQuotes(entry.name, '\''));
    entry.shape.push_back(static_cast<std::int64_t>(value));
    return true;
}

bool HeaderHandler::string(string_t &text)
{
    if (m_depth != 2 || m_inArray || (!m_inMetadata && m_field != "dtype"))
        return refuse("a text where none belongs");
    if (m_inMetadata)
        header.metadata.emplace(m_field, std::move(text));
    else
        header.entries.back().type = std::move(text);
    return true;
}

bool HeaderHandler::start_object(std::size_t)
{
    if (m_depth == 2 || m_inArray)
        return refuse("objects that are nested too deep");
    ++m_depth;
    m_fields.clear();
    return true;
}

bool HeaderHandler::key(string_t &name)
{
    if (m_depth == 1) {
        if (!m_names.insert(name).second)
            return refuse("two entries named " + inQuotes(name, '\''));
        m_inMetadata = name == metadataKey;
        if (!m_inMetadata)
            header.entries.push_back({.name = std::move(name), .type = {}, .shape = {}, .offsets = {}});
        return true;
    }
    if (!m_inMetadata && name != "dtype" && name != "shape" && name != "data_offsets")
        return refuse("the unknown field " + inQuotes(name, '\''));
    if (!m_fields.insert(name).second)
        return refuse("the field " + inQuotes(name, '\'') + " twice");
    m_field = std::move(name);
    return true;
}

bool HeaderHandler::end_object()
{
    if (m_depth == 2 && !m_inMetadata && m_fields.size() != 3)
        return refuse("no complete description of " + inQuotes(header.entries.back().name, '\''));
    --m_depth;
    return true;
}

bool HeaderHandler::start_array(std::size_t)
{
    if (m_depth != 2 || m_inMetadata || m_inArray || m_field == "dtype")
        return refuse("a list where none belongs");
    m_inArray = true;
    return true;
}

bool HeaderHandler::end_array()
{
    m_inArray = false;
    if (m_field == "data_offsets" && header.entries.back().offsets.size() != 2)
        return refuse("less than two offsets for " + inQuotes(header.entries.back().name, '\''));
    return true;
}

struct NamedType {
    std::string_view text;
    DType type;
};
constexpr std::array<NamedType, 10> types
    = {{{"BOOL", DType::Bool}, {"U8", DType::UInt8}, {"I8", DType::Int8}, {"I16", DType::Int16}, {"I32", DType::Int32},
        {"I64", DType::Int64}, {"F16", DType::Float16}, {"BF16", DType::BFloat16}, {"F32", DType::Float32}, {"F64", DType::Float64}}};

} // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, const std::string &subject)
{
    HeaderHandler handler;
    // Whether a text is accepted is told by `problem` and the entries; the return value says no more.
    const bool read = nlohmann::json::sax_parse(json.begin(), json.end(), &handler);
    if (!read || !handler.problem.empty())
        return fail(ErrorCode::FileCorrupt,
            "'" + fileName(subject) + "' is damaged: its safetensors header holds " + handler.problem + "; get the file again.", subject);
    return std::move(handler.header);
}

Result<DType> safetensorsType(std::string_view type, const std::string &subject)
{
    const auto *const found = std::ranges::find(types, type, &NamedType::text);
    if (found == types.end())
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject) + "' holds tensors of type '" + std::string(type.substr(0, 32))
                + "', which Graft cannot read; save the model as F32, F16 or BF16.",
            subject);
    return found->type;
}

std::string_view safetensorsName(DType type)
{
    return std::ranges::find(types, type, &NamedType::type)->text;
}

} // namespace graft
