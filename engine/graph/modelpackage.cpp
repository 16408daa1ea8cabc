#include "graph/modelpackage.h"

namespace graft {

std::string className(const ModelPackage &package, std::size_t index)
{
    return index < package.classNames.size() ? package.classNames[index] : "class " + std::to_string(index);
}

std::vector<ClassRange> classRanges(const ModelPackage &package, std::size_t outputs)
{
    const auto count = static_cast<std::int64_t>(outputs);
    auto ranges = classRanges(package.labelSets, count);
    const bool fits = ranges.back().first + ranges.back().count == count;
    return fits ? ranges : classRanges(std::vector<LabelSet>(), count);
}

} // namespace graft
