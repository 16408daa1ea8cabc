#pragma once
#include "architectures/architecture.h"

#include <array>
#include <utility>

namespace graft::families {

/// Adds an architecture for each row of a family's table: `describe(row)` makes the entry, `build(row, classes)` its network. (A
/// plain function for each row is needed: Architecture::build gets the number of classes only.)
template <const auto &variants, auto build, typename Describe>
void addVariants(Architectures &all, Describe describe)
{
    const auto addOne = [&]<std::size_t index>(std::integral_constant<std::size_t, index>) {
        Architecture entry = describe(variants[index]);
        entry.build = [](int classes) { return build(variants[index], classes); };
        all.add(std::move(entry));
    };
    const auto addEach = [&]<std::size_t... indices>(std::index_sequence<indices...>)
    {
        (addOne(std::integral_constant<std::size_t, indices>()), ...);
    };
    addEach(std::make_index_sequence<std::size(variants)>());
}

} // namespace graft::families
