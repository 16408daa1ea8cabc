#pragma once
#include "formats/support/atengraph.h"

#include <functional>

namespace graft {

/// A PyTorch graph that has been gone through for one shape of the input.
struct TracedGraph {
    AtenGraph graph;
    AtenValue result{}; ///< what it gives
};

/// What all uses of a file's tensors may take together.
[[nodiscard]] constexpr std::uint64_t tensorBudget(std::uint64_t fileBytes)
{
    return 2 * fileBytes + (64ULL << 20);
}

/// Goes through a graph whose file does not say what it takes, with the shapes of usual pictures (`likelySize` pixels first, when that is
/// not 0), and keeps the first that everything fits, or fits best. The error of the first attempt when none succeeds.
[[nodiscard]] Result<FileContents> contentsOf(
    const std::function<Result<TracedGraph>(const Shape &)> &attempt, std::int64_t likelySize, const std::string &subject);

/// The network that gives `traced.result`: its first tensor, and a remark when there are more.
[[nodiscard]] Result<FileContents> contentsOf(TracedGraph traced, const std::string &subject);

} // namespace graft
