#pragma once
#include "core/tensor.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// The JSON header of a safetensors file, field by field; nothing is checked against the file's size yet.
struct SafetensorsHeader {
    struct Entry {
        std::string name;
        std::string type; ///< "F32"
        Shape shape;
        std::vector<std::uint64_t> offsets; ///< begin and end after the header
    };
    std::vector<Entry> entries; ///< in the header's order
    std::map<std::string, std::string> metadata;
};

/// Reads the header without building a JSON tree, so that its memory stays in proportion to the text; FileCorrupt for anything that the
/// format does not allow: other fields, double names, deeper nesting. `subject` is the file's path.
[[nodiscard]] Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, const std::string &subject);

/// The DType for "F32" and the like; FormatUnknown for a type that Graft does not hold.
[[nodiscard]] Result<DType> safetensorsType(std::string_view type, const std::string &subject);
[[nodiscard]] std::string_view safetensorsName(DType type);

} // namespace graft
