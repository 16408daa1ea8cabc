#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layersupport.h"
#include "layers/windowgrid.h"

#include <cmath>

namespace graft::layers {

WindowGrid::WindowGrid(const Layer &layer, std::int64_t height, std::int64_t width) : m_extent{height, width}
{
    for (std::size_t axis = 0; axis < 2; ++axis) {
        m_size[axis] = intsAttribute(layer, "window_size")[axis];
        m_count[axis] = (m_extent[axis] + m_size[axis] - 1) / m_size[axis];
        m_shift[axis] = m_count[axis] == 1 ? 0 : intsAttribute(layer, "shift_size")[axis];
    }
}

at::Tensor WindowGrid::cut(const at::Tensor &maps) const
{
    const std::int64_t height = m_count[0] * m_size[0];
    const std::int64_t width = m_count[1] * m_size[1];
    const std::int64_t channels = maps.size(3);
    at::Tensor filled = maps;
    if (height > m_extent[0] || width > m_extent[1])
        filled = at::constant_pad_nd(maps, {0, 0, 0, width - m_extent[1], 0, height - m_extent[0]});
    if (isShifted())
        filled = at::roll(filled, {-m_shift[0], -m_shift[1]}, {1, 2});
    return filled.reshape({-1, m_count[0], m_size[0], m_count[1], m_size[1], channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, cells(), channels});
}

at::Tensor WindowGrid::join(const at::Tensor &windows) const
{
    const std::int64_t channels = windows.size(2);
    at::Tensor maps = windows.reshape({-1, m_count[0], m_count[1], m_size[0], m_size[1], channels})
                          .permute({0, 1, 3, 2, 4, 5})
                          .reshape({-1, m_count[0] * m_size[0], m_count[1] * m_size[1], channels});
    if (isShifted())
        maps = at::roll(maps, {m_shift[0], m_shift[1]}, {1, 2});
    return maps.slice(1, 0, m_extent[0]).slice(2, 0, m_extent[1]);
}

/// The shift has moved what was at the start to the end: the last window holds two regions that do not belong together.
std::int64_t WindowGrid::region(std::size_t axis, std::int64_t position) const
{
    const std::int64_t extent = m_count[axis] * m_size[axis];
    if (position < extent - m_size[axis])
        return 0;
    return position < extent - m_shift[axis] ? 1 : 2;
}

at::Tensor WindowGrid::regions() const
{
    const auto all = std::make_shared<std::vector<std::int64_t>>();
    all->reserve(static_cast<std::size_t>(windows() * cells()));
    for (std::int64_t windowRow = 0; windowRow < m_count[0]; ++windowRow)
        for (std::int64_t windowColumn = 0; windowColumn < m_count[1]; ++windowColumn)
            for (std::int64_t cell = 0; cell < cells(); ++cell)
                all->push_back(
                    region(0, windowRow * m_size[0] + cell / m_size[1]) * 3 + region(1, windowColumn * m_size[1] + cell % m_size[1]));
    // A tracer keeps this as the constant that it is; it would write at::tensor() down as memory that nobody fills.
    return at::from_blob(
        all->data(), {windows(), cells()}, [all](void *) {}, at::kLong);
}

at::Tensor WindowGrid::masked(const at::Tensor &scores) const
{
    if (!isShifted())
        return scores;
    const at::Tensor region = regions();
    const at::Tensor mask = (region.unsqueeze(1) != region.unsqueeze(2)).to(at::kFloat) * -100.0;
    const std::int64_t heads = scores.size(1);
    return (scores.reshape({-1, windows(), heads, cells(), cells()}) + mask.unsqueeze(1).to(scores)).reshape({-1, heads, cells(), cells()});
}

namespace {

/// What at::roll() does: the first `shift` rows (or columns) come last; a negative shift brings the last ones to the front.
std::string rolled(OnnxCall &call, const std::string &value, std::int64_t axis, std::int64_t shift, std::int64_t extent)
{
    if (shift == 0)
        return value;
    const std::int64_t middle = shift > 0 ? shift : extent + shift;
    return call.node("Concat", {onnxSlice(call, value, axis, middle, extent), onnxSlice(call, value, axis, 0, middle)}, {{"axis", axis}});
}

} // namespace

std::string WindowGrid::cutInOnnx(OnnxCall &call) const
{
    const std::int64_t height = m_count[0] * m_size[0], width = m_count[1] * m_size[1];
    const std::int64_t channels = call.inputShapes[0][2];
    std::string value = call.inputs[0];
    if (height > m_extent[0] || width > m_extent[1])
        value = onnxPad(call, value, {0, 0, 0, 0, 0, height - m_extent[0], width - m_extent[1], 0}, "constant", 0);
    value = rolled(call, rolled(call, value, 1, m_shift[0], height), 2, m_shift[1], width);
    value = onnxReshape(call, value, {m_count[0], m_size[0], m_count[1], m_size[1], channels});
    return onnxReshape(call, onnxTranspose(call, value, {0, 1, 3, 2, 4, 5}), {windows(), cells(), channels});
}

std::string WindowGrid::joinInOnnx(OnnxCall &call, std::string windows, std::int64_t channels) const
{
    const std::int64_t height = m_count[0] * m_size[0], width = m_count[1] * m_size[1];
    windows = onnxReshape(call, windows, {m_count[0], m_count[1], m_size[0], m_size[1], channels});
    windows = onnxReshape(call, onnxTranspose(call, windows, {0, 1, 3, 2, 4, 5}), {height, width, channels});
    windows = rolled(call, rolled(call, windows, 1, -m_shift[0], height), 2, -m_shift[1], width);
    if (height > m_extent[0])
        windows = onnxSlice(call, windows, 1, 0, m_extent[0]);
    return width > m_extent[1] ? onnxSlice(call, windows, 2, 0, m_extent[1]) : windows;
}

std::string WindowGrid::maskInOnnx(OnnxCall &call) const
{
    if (!isShifted())
        return {};
    const at::Tensor region = regions();
    return onnxNumbers(call, (region.unsqueeze(1) != region.unsqueeze(2)).unsqueeze(1).to(at::kFloat) * -100.0);
}

std::vector<AttributeSchema> windowAttentionSchema(int minimumWindow)
{
    constexpr int largestWindow = 32;
    return {
        {"dim", "Channels of the input.", std::int64_t{96}, true, 1, maximumDimension / 4, {}, 0},
        {"window_size", "Height and width of a window, in cells.", Ints{7, 7}, true, minimumWindow, largestWindow, {}, 2},
        {"shift_size", "How far the windows are shifted, downwards and to the right.", Ints{0, 0}, false, 0, {}, {}, 2},
        {"num_heads", "How many parts the channels are split into; each looks for something of its own.", std::int64_t{3}, true, 1, {}, {},
            0},
        {"qkv_bias", "Whether learned numbers are added in the first projection.", true, false, {}, {}, {}, 0},
        {"proj_bias", "Whether learned numbers are added in the last projection.", true, false, {}, {}, {}, 0},
        {"attention_dropout", "In training, probability that a cell is overlooked.", 0.0, false, 0, 1, {}, 0},
        {"dropout", "In training, probability that a value of the output is set to 0.", 0.0, false, 0, 1, {}, 0},
    };
}

Attributes fittedWindowAttention(const Layer &layer, const Shape &input)
{
    Attributes fitted = withFeatures(layer, input, "dim");
    const bool divides = layer.attributes.contains("num_heads") && !input.empty() && input.back() % intAttribute(layer, "num_heads") == 0;
    if (!input.empty() && !divides)
        fitted["num_heads"] = headsFor(input.back(), 12);
    return fitted;
}

Result<Shape> windowAttentionShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto channels = intAttribute(layer, "dim");
    if (auto divides = requireHeads(layer, channels); !divides)
        return fail(divides.error());
    const Ints &size = intsAttribute(layer, "window_size");
    const Ints &shift = intsAttribute(layer, "shift_size");
    if (shift[0] >= size[0] || shift[1] >= size[1])
        return attributeError(layer, "has a `shift_size` of " + describe(shift) + ", which is not below its `window_size`");
    const Shape &input = inputs.front();
    if (input.size() != 3 || input[2] != channels)
        return shapeError(layer, "height × width × " + std::to_string(channels), shapeForPeople(input), inputNames.front());
    return input;
}

std::int64_t windowAttentionCost(const Layer &layer, InputShapes inputs)
{
    const WindowGrid grid(layer, inputs.front()[0], inputs.front()[1]);
    return saturatingProduct(grid.windows(), attentionCost(grid.cells(), inputs.front()[2]));
}

std::int64_t relativePositions(const Layer &layer)
{
    const Ints &size = intsAttribute(layer, "window_size");
    return (2 * size[0] - 1) * (2 * size[1] - 1);
}

TensorSpec relativePositionIndex(const Layer &layer)
{
    const Ints &size = intsAttribute(layer, "window_size");
    const std::int64_t cells = size[0] * size[1];
    std::vector<std::int64_t> index;
    index.reserve(static_cast<std::size_t>(cells * cells));
    for (std::int64_t from = 0; from < cells; ++from)
        for (std::int64_t to = 0; to < cells; ++to) {
            const std::int64_t down = from / size[1] - to / size[1] + size[0] - 1;
            const std::int64_t right = from % size[1] - to % size[1] + size[1] - 1;
            index.push_back(down * (2 * size[1] - 1) + right);
        }
    TensorSpec spec{"relative_position_index", {cells * cells}, Initialisation::Values, true, DType::Int64};
    spec.values = Tensor::fromInt64s(spec.shape, index);
    return spec;
}

at::Tensor positionBias(const at::Tensor &table, const at::Tensor &index)
{
    const auto cells = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(index.numel()))));
    // The index comes with the weights, from a file by a stranger.
    const at::Tensor known = index.clamp(0, table.size(0) - 1);
    return table.index_select(0, known).reshape({cells, cells, table.size(1)}).permute({2, 0, 1}).unsqueeze(0);
}

} // namespace graft::layers
