#pragma once
#include <array>

namespace graft {

class Document;

/// The story's steps in their order; they can be visited in any.
enum class Step { Model, Data, Adapt, Train, Judge, Export };
inline constexpr std::array allSteps = {Step::Model, Step::Data, Step::Adapt, Step::Train, Step::Judge, Step::Export};

/// The others have a page of their own.
[[nodiscard]] constexpr bool showsGraph(Step step)
{
    return step == Step::Model || step == Step::Adapt || step == Step::Train;
}

enum class StepState {
    NotYet, ///< something before it is wanting
    Wanting, ///< the next thing to do
    Done,
    Stale, ///< done, but what it was done on has changed since
};

[[nodiscard]] StepState stepState(const Document &document, Step step);

} // namespace graft
