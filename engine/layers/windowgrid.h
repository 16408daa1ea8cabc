#pragma once
#include "graph/layertype.h"
#include "graph/onnxmapping.h"

#include <ATen/ATen.h>
#include <array>

/// The windows of Swin transformers. Internal to the engine: needs LibTorch.
namespace graft::layers {

/// How a map of height × width × channels is cut into windows, which may be shifted against the map's edges. Zeros are added at the
/// bottom and at the right until the windows fit.
class WindowGrid {
public:
    /// The layer has the attributes `window_size` and `shift_size`. Along a side that one window spans there is no shift.
    WindowGrid(const Layer &layer, std::int64_t height, std::int64_t width);

    [[nodiscard]] std::int64_t windows() const { return m_count[0] * m_count[1]; }
    [[nodiscard]] std::int64_t cells() const { return m_size[0] * m_size[1]; } ///< of one window
    /// [N, H, W, C] → [N × windows, cells, C]
    [[nodiscard]] at::Tensor cut(const at::Tensor &maps) const;
    /// The way back.
    [[nodiscard]] at::Tensor join(const at::Tensor &windows) const;
    /// Scores of [N × windows, heads, cells, cells], less 100 for cells that only the shift made neighbours.
    [[nodiscard]] at::Tensor masked(const at::Tensor &scores) const;

    /// cut() and join() in ONNX, with windows apart from the batch: [H, W, C] ↔ [windows, cells, C].
    [[nodiscard]] std::string cutInOnnx(OnnxCall &call) const;
    [[nodiscard]] std::string joinInOnnx(OnnxCall &call, std::string windows, std::int64_t channels) const;
    /// What masked() adds, [windows, 1, cells, cells]; "" for nothing.
    [[nodiscard]] std::string maskInOnnx(OnnxCall &call) const;

private:
    [[nodiscard]] bool isShifted() const { return m_shift[0] > 0 || m_shift[1] > 0; }
    [[nodiscard]] std::int64_t region(std::size_t axis, std::int64_t position) const;
    [[nodiscard]] at::Tensor regions() const;

    std::array<std::int64_t, 2> m_extent{}, m_size{}, m_shift{}, m_count{};
};

/// The attributes that both versions of Swin's attention have; a window is at least `minimumWindow` wide.
[[nodiscard]] std::vector<AttributeSchema> windowAttentionSchema(int minimumWindow);
/// Their shape inference.
[[nodiscard]] Result<Shape> windowAttentionShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames);
/// Their LayerType::fittedTo.
[[nodiscard]] Attributes fittedWindowAttention(const Layer &layer, const Shape &input);
/// Their multiply-adds without what makes up the positions' bias.
[[nodiscard]] std::int64_t windowAttentionCost(const Layer &layer, InputShapes inputs);

/// (2 h − 1) × (2 w − 1): how many ways two cells of a window can lie to each other.
[[nodiscard]] std::int64_t relativePositions(const Layer &layer);
/// The buffer `relative_position_index`: for each pair of cells, which of these ways.
[[nodiscard]] TensorSpec relativePositionIndex(const Layer &layer);
/// [1, heads, cells, cells] from a table of [ways, heads].
[[nodiscard]] at::Tensor positionBias(const at::Tensor &table, const at::Tensor &index);

} // namespace graft::layers
