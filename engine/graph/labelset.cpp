#include "graph/labelset.h"

#include <nlohmann/json.hpp>

namespace graft {

std::vector<ClassRange> classRanges(const std::vector<LabelSet> &sets, std::int64_t classes)
{
    if (sets.empty())
        return {{"", 0, classes}};
    std::vector<ClassRange> ranges;
    for (const LabelSet &set : sets)
        ranges.push_back({set.name, ranges.empty() ? 0 : ranges.back().first + ranges.back().count, set.classes});
    return ranges;
}

nlohmann::json toJson(const std::vector<LabelSet> &sets)
{
    auto json = nlohmann::json::array();
    for (const LabelSet &set : sets)
        json.push_back({{"name", set.name}, {"classes", set.classes}});
    return json;
}

Result<std::vector<LabelSet>> labelSetsFromJson(const nlohmann::json &json, std::size_t classes)
{
    const auto corrupt = [] { return fail(ErrorCode::FileCorrupt, "The label sets are not what Graft writes; get the file again."); };
    if (!json.is_array() || json.size() == 1)
        return corrupt();
    std::vector<LabelSet> sets;
    std::size_t sum = 0;
    for (const auto &field : json) {
        const auto name = field.is_object() ? field.find("name") : field.end();
        const auto count = field.is_object() ? field.find("classes") : field.end();
        if (name == field.end() || !name->is_string() || count == field.end() || !count->is_number_unsigned())
            return corrupt();
        const auto size = count->get<std::size_t>();
        if (size < 1 || size > classes - sum)
            return corrupt();
        sum += size;
        sets.push_back({name->get<std::string>(), static_cast<std::int64_t>(size)});
    }
    if (!sets.empty() && sum != classes)
        return corrupt();
    return sets;
}

} // namespace graft
