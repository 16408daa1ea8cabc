#include "nn/tileconvolution.h"

#include "nn/tilekernel.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <cstring>
#include <vector>

namespace graft {

using tiles::Half;

namespace {

constexpr std::int64_t deepest = 32; ///< numbers of a row that one step takes at most
constexpr std::int64_t scratchNumbers = 320 * 1024; ///< of a unit's rearranged values: they should stay in a core's cache
constexpr std::int64_t cachedWeights = 384 * 1024; ///< numbers: more are not read again for each block of rows
constexpr std::int64_t slackPixels = 64; ///< behind the values, for blocks that reach over the end

std::int64_t ceilDivide(std::int64_t value, std::int64_t by)
{
    return (value + by - 1) / by;
}

/// The size of parts of `whole`, as even as can be, of `most` at the most.
std::int64_t evenPart(std::int64_t whole, std::int64_t most)
{
    return ceilDivide(whole, ceilDivide(whole, std::max<std::int64_t>(most, 1)));
}

/// Of `channels` numbers, how many a step takes; 0 when no even share of them fills a step at least half.
std::int64_t evenShare(std::int64_t channels)
{
    for (std::int64_t share = deepest; share >= deepest / 2; share -= 2)
        if (channels % share == 0)
            return share;
    return 0;
}

/// Few channels fill no step, but all that the window sees may, or all that it sees of a row: how many of its rows together; 0 = none.
std::int64_t rowsInOneStep(const SlidingWindow &window, std::int64_t channels)
{
    const std::int64_t row = channels * window.kernel[1];
    if (channels >= deepest / 2 || row > deepest || window.dilation != std::array<std::int64_t, 2>{1, 1})
        return 0;
    return row * window.kernel[0] <= deepest ? window.kernel[0] : 1;
}

/// Where a filter's pixel meets the rearranged values.
struct Tap {
    std::size_t plane = 0;
    std::int64_t rows = 0, columns = 0; ///< how far from the output's place
};

/// Every stride-th pixel from one on: with strides a picture falls into several planes, in each of which the window moves by one.
struct Plane {
    std::int64_t row = 0, column = 0;
    bool operator==(const Plane &) const = default;
};

/// The output rows of some pictures that are made in one go from values rearranged for it.
struct Unit {
    std::int64_t picture = 0, pictures = 1, row = 0, rows = 0;
};

} // namespace

struct TileConvolution::Plan {
    SlidingWindow window;
    ValueRange range;
    std::int64_t channels = 0, outputs = 0;
    std::int64_t foldedRows = 0; ///< of the window: what it sees of so many lies in one pixel of the rearranged values; 0 = not even of one
    std::int64_t pixel = 0; ///< numbers of a pixel that are multiplied
    std::int64_t stride = 0; ///< from one pixel of the rearranged values to the next
    std::int64_t depth = 0, steps = 0;
    std::vector<Plane> planes;
    std::vector<Tap> taps;
    at::Tensor weights; ///< per pair of column tiles the steps' tiles; LibTorch's memory begins where a cache line does
    std::vector<float> bias; ///< filled up to whole blocks of columns

    Plan(const FoldedWeights &folded, const SlidingWindow &givenWindow, ValueRange givenRange);
    void chooseDepth();
    void findTaps();
    [[nodiscard]] std::vector<std::int32_t> numbersOfSteps() const;
    void packWeights(const FoldedWeights &folded);

    [[nodiscard]] bool readsInPlace() const
    {
        return window.kernel == std::array<std::int64_t, 2>{1, 1} && window.stride == window.kernel && pixel == channels
            && window.padding == std::array<std::int64_t, 2>{0, 0};
    }
    [[nodiscard]] std::int64_t pairs() const { return ceilDivide(outputs, tiles::blockColumns); }
    [[nodiscard]] std::int64_t weightsOfPair() const { return steps * depth * tiles::blockColumns; }
};

TileConvolution::Plan::Plan(const FoldedWeights &folded, const SlidingWindow &givenWindow, ValueRange givenRange)
    : window(givenWindow), range(givenRange), channels(folded.weight.size(1)), outputs(folded.weight.size(0))
{
    chooseDepth();
    findTaps();
    steps = static_cast<std::int64_t>(taps.size()) * (pixel / depth);
    // Distances that are powers of two would put what is read together on the same few lines of the cache.
    stride = pixel % 256 == 0 ? pixel + deepest : pixel;
    packWeights(folded);
    bias.assign(static_cast<std::size_t>(pairs() * tiles::blockColumns), 0.0F);
    if (folded.bias.defined()) {
        const at::Tensor values = folded.bias.to(at::kFloat).contiguous();
        std::copy_n(values.data_ptr<float>(), outputs, bias.begin());
    }
}

void TileConvolution::Plan::chooseDepth()
{
    foldedRows = window.kernel == std::array<std::int64_t, 2>{1, 1} ? 0 : rowsInOneStep(window, channels);
    if (foldedRows > 0) {
        depth = pixel = 2 * ceilDivide(channels * foldedRows * window.kernel[1], 2);
        return;
    }
    depth = evenShare(channels);
    pixel = depth > 0 ? channels : deepest * ceilDivide(channels, deepest);
    depth = depth > 0 ? depth : deepest;
}

void TileConvolution::Plan::findTaps()
{
    for (std::int64_t row = 0; row < window.kernel[0]; row += std::max<std::int64_t>(foldedRows, 1))
        for (std::int64_t column = 0; column < (foldedRows > 0 ? 1 : window.kernel[1]); ++column) {
            const std::int64_t down = row * window.dilation[0], right = column * window.dilation[1];
            const Plane plane{down % window.stride[0], right % window.stride[1]};
            auto found = std::ranges::find(planes, plane);
            if (found == planes.end())
                found = planes.insert(planes.end(), plane);
            taps.push_back({static_cast<std::size_t>(found - planes.begin()), down / window.stride[0], right / window.stride[1]});
        }
}

/// For each number of each step, which of an output's weights it meets; -1 = none.
std::vector<std::int32_t> TileConvolution::Plan::numbersOfSteps() const
{
    const std::int64_t places = window.kernel[0] * window.kernel[1];
    const auto tapCount = static_cast<std::int64_t>(taps.size());
    std::vector<std::int32_t> numbers;
    for (std::int64_t first = 0; first < pixel; first += depth)
        for (std::int64_t tap = 0; tap < tapCount; ++tap)
            for (std::int64_t number = first; number < first + depth; ++number) {
                // Of a pixel that holds several places' channels these come first.
                const std::int64_t place = tap * (places / tapCount) + number / channels;
                const bool isThere = number < channels * (places / tapCount);
                numbers.push_back(isThere ? static_cast<std::int32_t>(number % channels * places + place) : -1);
            }
    return numbers;
}

void TileConvolution::Plan::packWeights(const FoldedWeights &folded)
{
    const std::int64_t ofOutput = folded.weight.numel() / outputs, ofTile = depth * tiles::tileColumns;
    const at::Tensor factors = folded.factors.defined() ? folded.factors.contiguous() : at::ones({outputs});
    const auto *source = folded.weight.data_ptr<float>();
    const auto *factor = factors.data_ptr<float>();
    weights = at::empty({pairs() * weightsOfPair()}, at::kBFloat16);
    auto *target = static_cast<Half *>(weights.data_ptr());
    const std::vector<std::int32_t> numbers = numbersOfSteps();
    at::parallel_for(0, pairs(), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t tile = 2 * begin * steps; tile < 2 * end * steps; ++tile) {
            const std::int64_t pair = tile / (2 * steps), step = tile / 2 % steps;
            const std::int64_t output = pair * tiles::blockColumns + tile % 2 * tiles::tileColumns;
            const std::int64_t columns = std::clamp<std::int64_t>(outputs - output, 0, tiles::tileColumns);
            tiles::packWeights({source + output * ofOutput, ofOutput, columns, factor + output, numbers.data() + step * depth, depth},
                target + tile * ofTile);
        }
    });
}

namespace {

/// One run: sizes, and where things lie.
class Run {
public:
    Run(const TileConvolution::Plan &plan, const at::Tensor &input, const at::Tensor &added, at::Tensor &result);
    void operator()() const;

private:
    void chooseUnits();
    void runInPlace() const;
    void runUnit(std::int64_t index, std::int64_t firstPair, std::int64_t endPair) const;
    void arrange(const Unit &unit, Half *values) const;
    void arrangeRow(std::int64_t picture, std::int64_t row, const Plane &plane, Half *values) const;
    void arrangeFoldedRow(std::int64_t picture, std::int64_t row, const Plane &plane, Half *values) const;
    /// Places from one picture of a unit to the next, and of all in one plane.
    [[nodiscard]] std::int64_t picturePlaces(const Unit &unit) const { return (unit.rows + m_reach - m_sharedRows) * m_row; }
    [[nodiscard]] std::int64_t places(const Unit &unit) const { return unit.pictures * picturePlaces(unit) + m_sharedRows * m_row; }
    [[nodiscard]] std::vector<std::int64_t> offsets(std::int64_t planeNumbers) const;
    [[nodiscard]] std::vector<std::int32_t> pixelsOf(const Unit &unit) const;
    void multiply(tiles::Products products, std::int64_t rows, const std::int32_t *pixels, std::int64_t firstPixel, std::int64_t firstPair,
        std::int64_t endPair) const;

    const TileConvolution::Plan &m_plan;
    const Half *m_input;
    const Half *m_added;
    Half *m_result;
    std::int64_t m_pictures, m_height, m_width;
    std::int64_t m_outputHeight, m_outputWidth;
    std::int64_t m_reach = 0; ///< rows of a plane that a unit needs besides one for each of the output
    std::int64_t m_row = 0; ///< pixels from one row of a plane to the next
    std::int64_t m_sharedRows = 0; ///< of zeros, that end one picture of a unit and begin the next
    std::vector<Unit> m_units;
};

Run::Run(const TileConvolution::Plan &plan, const at::Tensor &input, const at::Tensor &added, at::Tensor &result)
    : m_plan(plan), m_input(static_cast<const Half *>(input.data_ptr())),
      m_added(added.defined() ? static_cast<const Half *>(added.data_ptr()) : nullptr), m_result(static_cast<Half *>(result.data_ptr())),
      m_pictures(input.size(0)), m_height(input.size(2)), m_width(input.size(3)), m_outputHeight(result.size(2)),
      m_outputWidth(result.size(3))
{
    std::int64_t reach = 0;
    for (const Tap &tap : plan.taps) {
        m_reach = std::max(m_reach, tap.rows);
        reach = std::max(reach, tap.columns);
    }
    // Zeros at the end of a row serve as those before the next one's beginning.
    const bool sharesZeros = plan.planes.size() == 1 && reach == 2 * plan.window.padding[1] && plan.window.stride[1] == 1;
    m_row = m_outputWidth + (sharesZeros ? plan.window.padding[1] : reach);
    if (plan.planes.size() == 1 && m_reach == 2 * plan.window.padding[0] && plan.window.stride[0] == 1)
        m_sharedRows = plan.window.padding[0];
    chooseUnits();
}

void Run::chooseUnits()
{
    const auto planes = static_cast<std::int64_t>(m_plan.planes.size());
    const std::int64_t rowNumbers = planes * m_row * m_plan.stride;
    const std::int64_t rows = evenPart(m_outputHeight, scratchNumbers / rowNumbers - m_reach);
    const std::int64_t share = ceilDivide(m_pictures, at::get_num_threads());
    const std::int64_t pictures = rows < m_outputHeight ? 1 : evenPart(share, scratchNumbers / (rowNumbers * (m_outputHeight + m_reach)));
    for (std::int64_t picture = 0; picture < m_pictures; picture += pictures)
        for (std::int64_t row = 0; row < m_outputHeight; row += rows)
            m_units.push_back({picture, std::min(pictures, m_pictures - picture), row, std::min(rows, m_outputHeight - row)});
}

void Run::operator()() const
{
    if (m_plan.readsInPlace() && m_pictures * m_height * m_width >= tiles::blockRows) {
        runInPlace();
        return;
    }
    const auto units = static_cast<std::int64_t>(m_units.size());
    // One picture's outputs are shared out when there are too few pictures.
    const std::int64_t shares = units >= at::get_num_threads() ? 1 : std::min<std::int64_t>(at::get_num_threads(), m_plan.pairs());
    at::parallel_for(0, units * shares, 1, [&](std::int64_t begin, std::int64_t end) {
        tiles::configure(m_plan.depth);
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t share = task % shares;
            runUnit(task / shares, m_plan.pairs() * share / shares, m_plan.pairs() * (share + 1) / shares);
        }
        tiles::release();
    });
}

void Run::runInPlace() const
{
    const std::int64_t rows = m_pictures * m_height * m_width;
    const std::int64_t most = std::max(scratchNumbers / m_plan.pixel, tiles::blockRows);
    const std::int64_t share = std::min(most, ceilDivide(rows, at::get_num_threads()));
    const std::int64_t chunk = std::max(share / tiles::blockRows * tiles::blockRows, tiles::blockRows);
    const std::int64_t chunks = rows / chunk; // the last one takes the rest
    std::vector<std::int64_t> steps;
    for (std::int64_t step = 0; step < m_plan.steps; ++step)
        steps.push_back(step * m_plan.depth);
    at::parallel_for(0, chunks, 1, [&](std::int64_t begin, std::int64_t end) {
        tiles::configure(m_plan.depth);
        for (std::int64_t index = begin; index < end; ++index) {
            const std::int64_t first = index * chunk;
            const std::int64_t count = index + 1 < chunks ? chunk : rows - first;
            const tiles::Products products{m_input + first * m_plan.pixel, m_plan.pixel, steps.data(), m_plan.steps, m_plan.depth, nullptr};
            multiply(products, count, nullptr, first, 0, m_plan.pairs());
        }
        tiles::release();
    });
}

std::vector<std::int64_t> Run::offsets(std::int64_t planeNumbers) const
{
    std::vector<std::int64_t> result;
    // The taps come one after the other, so that they find what the one before has read in the nearest cache.
    for (std::int64_t number = 0; number < m_plan.pixel; number += m_plan.depth)
        for (const Tap &tap : m_plan.taps)
            result.push_back(
                static_cast<std::int64_t>(tap.plane) * planeNumbers + (tap.rows * m_row + tap.columns) * m_plan.stride + number);
    return result;
}

/// For each place of the rearranged values, the output pixel (from the unit's first on) that a window makes there; -1 = none.
std::vector<std::int32_t> Run::pixelsOf(const Unit &unit) const
{
    std::vector<std::int32_t> result(static_cast<std::size_t>(places(unit)), -1);
    for (std::int64_t picture = 0; picture < unit.pictures; ++picture)
        for (std::int64_t row = 0; row < unit.rows; ++row)
            for (std::int64_t column = 0; column < m_outputWidth; ++column)
                result[static_cast<std::size_t>(picture * picturePlaces(unit) + row * m_row + column)]
                    = static_cast<std::int32_t>((picture * m_outputHeight + row) * m_outputWidth + column);
    return result;
}

void Run::runUnit(std::int64_t index, std::int64_t firstPair, std::int64_t endPair) const
{
    thread_local at::Tensor scratch; // LibTorch's memory begins where a cache line does
    const Unit &unit = m_units[static_cast<std::size_t>(index)];
    const std::int64_t planeNumbers = places(unit) * m_plan.stride;
    const std::int64_t needed = static_cast<std::int64_t>(m_plan.planes.size()) * planeNumbers + slackPixels * m_plan.stride;
    if (!scratch.defined() || scratch.numel() < needed)
        scratch = at::empty({needed}, at::kBFloat16);
    auto *values = static_cast<Half *>(scratch.data_ptr());
    arrange(unit, values);
    const std::vector<std::int64_t> steps = offsets(planeNumbers);
    const std::vector<std::int32_t> pixels = pixelsOf(unit);
    const tiles::Products products{values, m_plan.stride, steps.data(), m_plan.steps, m_plan.depth, nullptr};
    const std::int64_t rows = (unit.pictures - 1) * picturePlaces(unit) + (unit.rows - 1) * m_row + m_outputWidth;
    multiply(products, rows, pixels.data(), (unit.picture * m_outputHeight + unit.row) * m_outputWidth, firstPair, endPair);
}

void Run::arrange(const Unit &unit, Half *values) const
{
    for (const Plane &plane : m_plan.planes) {
        for (std::int64_t picture = 0; picture < unit.pictures; ++picture)
            for (std::int64_t row = 0; row < unit.rows + m_reach; ++row) {
                Half *place = values + (picture * picturePlaces(unit) + row * m_row) * m_plan.stride;
                if (m_plan.foldedRows > 0)
                    arrangeFoldedRow(unit.picture + picture, unit.row + row, plane, place);
                else
                    arrangeRow(unit.picture + picture, unit.row + row, plane, place);
            }
        values += places(unit) * m_plan.stride;
    }
    std::fill_n(values, slackPixels * m_plan.stride, Half{0});
}

void Run::arrangeRow(std::int64_t picture, std::int64_t row, const Plane &plane, Half *values) const
{
    const SlidingWindow &window = m_plan.window;
    const std::int64_t inputRow = row * window.stride[0] + plane.row - window.padding[0];
    const std::int64_t before = plane.column - window.padding[1]; // the input's column at the row's beginning
    // Places from `first` to `end` have pixels of the input.
    const std::int64_t first = std::clamp<std::int64_t>(ceilDivide(std::max<std::int64_t>(-before, 0), window.stride[1]), 0, m_row);
    const bool isInside = inputRow >= 0 && inputRow < m_height;
    const std::int64_t end
        = isInside && m_width > before ? std::clamp<std::int64_t>(ceilDivide(m_width - before, window.stride[1]), first, m_row) : first;
    const std::int64_t channels = m_plan.channels, pixel = m_plan.stride;
    std::fill_n(values, first * pixel, Half{0});
    std::fill_n(values + end * pixel, (m_row - end) * pixel, Half{0});
    if (end == first)
        return;
    const Half *source = m_input + ((picture * m_height + inputRow) * m_width + before + first * window.stride[1]) * channels;
    if (window.stride[1] == 1 && pixel == channels) {
        std::memcpy(values + first * pixel, source, static_cast<std::size_t>((end - first) * channels) * sizeof(Half));
        return;
    }
    for (std::int64_t place = first; place < end; ++place, source += window.stride[1] * channels) {
        std::memcpy(values + place * pixel, source, static_cast<std::size_t>(channels) * sizeof(Half));
        std::fill_n(values + place * pixel + channels, pixel - channels, Half{0});
    }
}

void Run::arrangeFoldedRow(std::int64_t picture, std::int64_t row, const Plane &plane, Half *values) const
{
    const SlidingWindow &window = m_plan.window;
    const std::int64_t channels = m_plan.channels, part = window.kernel[1] * channels;
    std::fill_n(values, m_row * m_plan.stride, Half{0});
    // Places from `first` to `end` see no edge.
    const std::int64_t first = std::min(ceilDivide(window.padding[1], window.stride[1]), m_outputWidth);
    const std::int64_t room = m_width + window.padding[1] - window.kernel[1];
    const std::int64_t end = std::clamp<std::int64_t>(room < 0 ? 0 : room / window.stride[1] + 1, first, m_outputWidth);
    for (std::int64_t fold = 0; fold < m_plan.foldedRows; ++fold) {
        const std::int64_t inputRow = row * window.stride[0] + plane.row + fold - window.padding[0];
        if (inputRow < 0 || inputRow >= m_height)
            continue;
        const Half *source = m_input + (picture * m_height + inputRow) * m_width * channels;
        const auto edge = [&](std::int64_t place) {
            const std::int64_t column = place * window.stride[1] - window.padding[1];
            const std::int64_t begin = std::max<std::int64_t>(column, 0), stop = std::min(column + window.kernel[1], m_width);
            if (begin < stop)
                std::memcpy(values + place * m_plan.stride + fold * part + (begin - column) * channels, source + begin * channels,
                    static_cast<std::size_t>((stop - begin) * channels) * sizeof(Half));
        };
        for (std::int64_t place = 0; place < first; ++place)
            edge(place);
        tiles::copyWindows(source + (first * window.stride[1] - window.padding[1]) * channels, window.stride[1] * channels, part,
            end - first, values + first * m_plan.stride + fold * part, m_plan.stride);
        for (std::int64_t place = end; place < m_outputWidth; ++place)
            edge(place);
    }
}

void Run::multiply(tiles::Products products, std::int64_t rows, const std::int32_t *pixels, std::int64_t firstPixel, std::int64_t firstPair,
    std::int64_t endPair) const
{
    alignas(64) std::array<std::array<float, tiles::blockRows * tiles::blockColumns>, 2> sums;
    constexpr std::array<float, tiles::blockColumns> noBias{};
    tiles::Finish before{.bias = noBias.data()};
    const Half *values = products.values;
    const std::int64_t outputs = m_plan.outputs;
    const auto block = [&](std::int64_t blockIndex, std::int64_t pair) {
        // The last block goes back over rows that are done rather than reach behind the end.
        const std::int64_t first = std::max<std::int64_t>(std::min(blockIndex * tiles::blockRows, rows - tiles::blockRows), 0);
        products.values = values + first * products.rowStride;
        products.weights = static_cast<const Half *>(m_plan.weights.data_ptr()) + pair * m_plan.weightsOfPair();
        float *free = sums[before.sums == sums[0].data() ? 1 : 0].data();
        tiles::multiply(products, before, free);
        const std::int64_t column = pair * tiles::blockColumns;
        const std::int64_t place = (firstPixel + (pixels ? 0 : first)) * outputs + column;
        before = {free, std::min(tiles::blockRows, rows - first), std::min(tiles::blockColumns, outputs - column),
            pixels ? pixels + first : nullptr, outputs, m_plan.bias.data() + column, m_plan.range.lowest, m_plan.range.highest,
            m_added ? m_added + place : nullptr, m_result + place};
    };
    const std::int64_t blocks = ceilDivide(rows, tiles::blockRows);
    if ((endPair - firstPair) * m_plan.weightsOfPair() <= cachedWeights) {
        for (std::int64_t index = 0; index < blocks; ++index)
            for (std::int64_t pair = firstPair; pair < endPair; ++pair)
                block(index, pair);
    } else {
        for (std::int64_t pair = firstPair; pair < endPair; ++pair)
            for (std::int64_t index = 0; index < blocks; ++index)
                block(index, pair);
    }
    tiles::finish(before);
}

} // namespace

bool TileConvolution::canRun(const SlidingWindow &window, std::int64_t channels)
{
    const bool isPoint = window.kernel == std::array<std::int64_t, 2>{1, 1};
    return tiles::available() && (isPoint || channels >= deepest / 2 || rowsInOneStep(window, channels) > 0);
}

TileConvolution::TileConvolution(const FoldedWeights &weights, const SlidingWindow &window, ValueRange range)
    : m_plan(std::make_shared<const Plan>(weights, window, range))
{
}

at::Tensor TileConvolution::run(const at::Tensor &input, const at::Tensor &added) const
{
    const SlidingWindow &window = m_plan->window;
    at::Tensor result = at::empty({input.size(0), m_plan->outputs, window.outputs(0, input.size(2)), window.outputs(1, input.size(3))},
        input.options().memory_format(at::MemoryFormat::ChannelsLast));
    Run(*m_plan, input, added, result)();
    return result;
}

} // namespace graft
