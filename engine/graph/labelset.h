#pragma once
#include "core/result.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace graft {

/// One of several questions that a classifier answers about a picture, such as its species and its health. The classes of all sets stand
/// one after another: in the names, and in the logits of the network's one output.
struct LabelSet {
    std::string name;
    std::int64_t classes = 0; ///< how many of them are this set's
    bool operator==(const LabelSet &) const = default;
};

/// Where a label set's classes stand among all of them.
struct ClassRange {
    std::string name; ///< of the set
    std::int64_t first = 0, count = 0;
};

/// The places of the sets; one place for all `classes`, without a name, when there are no sets.
[[nodiscard]] std::vector<ClassRange> classRanges(const std::vector<LabelSet> &sets, std::int64_t classes);

/// [{"name":"species","classes":3},…]
[[nodiscard]] nlohmann::json toJson(const std::vector<LabelSet> &sets);
/// FileCorrupt unless they are none, or two or more that make up `classes`.
[[nodiscard]] Result<std::vector<LabelSet>> labelSetsFromJson(const nlohmann::json &json, std::size_t classes);

} // namespace graft
