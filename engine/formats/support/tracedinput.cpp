#include "formats/support/tracedinput.h"

#include "formats/support/filename.h"

#include <algorithm>
#include <array>

namespace graft {
namespace {

constexpr auto usualSizes = std::to_array<std::int64_t>({224, 32, 28, 299, 64, 128, 256, 96, 160, 192, 240, 260, 288, 300, 320, 331, 336,
    380, 384, 416, 448, 456, 480, 512, 518, 528, 600, 640, 48, 16});

/// All tensors that layers give in a result, in order.
// NOLINTNEXTLINE(misc-no-recursion): values are not deep.
void collectOutputs(const AtenValue &value, std::vector<LayerId> &outputs)
{
    if (value.isLayer())
        outputs.push_back(*value.tensor->layer);
    else if (value.items)
        for (const AtenValue &item : *value.items)
            collectOutputs(item, outputs);
}

/// A picture of so many numbers: height and width of one colour, or of three; nothing when it cannot be.
std::optional<Shape> pictureOf(std::int64_t numbers)
{
    for (const std::int64_t channels : {3, 1})
        for (const std::int64_t size : usualSizes)
            if (channels * size * size == numbers)
                return Shape{channels, size, size};
    return std::nullopt;
}

/// The attempts so far, and the best of them.
class Search {
public:
    explicit Search(const std::function<Result<TracedGraph>(const Shape &)> &attempt) : m_attempt(attempt) { }

    /// Whether this shape settles it.
    bool tries(const Shape &shape);
    [[nodiscard]] std::int64_t channels() const { return m_channels; }
    [[nodiscard]] Result<TracedGraph> take();

private:
    const std::function<Result<TracedGraph>(const Shape &)> &m_attempt;
    std::optional<TracedGraph> m_best;
    std::optional<Error> m_error;
    std::int64_t m_channels = 3;
    bool m_wasFlat = false;
};

bool Search::tries(const Shape &shape)
{
    auto traced = m_attempt(shape);
    if (!traced) {
        if (!m_error)
            m_error = traced.error();
        return false;
    }
    const AtenGraph::Misfit misfit = traced->graph.misfit();
    if (misfit.channels > 0 && misfit.channels <= 4096 && shape.front() != misfit.channels && m_channels == 3) {
        m_channels = misfit.channels;
        return tries({m_channels, shape[1], shape[2]});
    }
    const bool fits = misfit.features == 0 && misfit.channels == 0;
    if (!m_best || traced->graph.opaqueSteps() < m_best->graph.opaqueSteps())
        m_best = std::move(*traced);
    // A network of Linear layers alone says how many numbers it takes.
    if (misfit.features > 0 && !m_wasFlat)
        if (const auto picture = pictureOf(misfit.features)) {
            m_wasFlat = true;
            return tries(*picture);
        }
    return fits;
}

Result<TracedGraph> Search::take()
{
    if (m_best)
        return std::move(*m_best);
    return fail(*m_error);
}

} // namespace

Result<FileContents> contentsOf(
    const std::function<Result<TracedGraph>(const Shape &)> &attempt, std::int64_t likelySize, const std::string &subject)
{
    Search search(attempt);
    bool isSettled = likelySize != 0 && search.tries({search.channels(), likelySize, likelySize});
    for (const auto size : usualSizes)
        isSettled = isSettled || search.tries({search.channels(), size, size});
    auto traced = search.take();
    if (!traced)
        return fail(traced.error());
    return contentsOf(std::move(*traced), subject);
}

Result<FileContents> contentsOf(TracedGraph traced, const std::string &subject)
{
    std::vector<LayerId> outputs;
    collectOutputs(traced.result, outputs);
    if (outputs.empty())
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject)
                + "' gives no tensor that Graft could follow back to its input; in Python, save `model.state_dict()` "
                  "with torch.save and open that file.",
            subject);
    const Shape input = traced.graph.import().network().inputShape();
    const bool isOpaque = traced.graph.opaqueSteps() > 0;
    FileContents contents = std::move(traced.graph.import()).finish(outputs.front());
    if (std::ranges::any_of(outputs, [&](LayerId output) { return output != outputs.front(); }))
        contents.remarks.push_back("The file gives " + std::to_string(outputs.size()) + " outputs; Graft takes the first.");
    if (input.size() == 3 && !isOpaque && input[1] != 224) {
        const int size = static_cast<int>(input[1]);
        contents.preprocessing = Preprocessing{.resize = size, .crop = size};
    }
    return contents;
}

} // namespace graft
