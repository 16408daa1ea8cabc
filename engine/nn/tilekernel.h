#pragma once
#include <cstddef>
#include <cstdint>

/// The innermost loops on AMX's tiles and AVX-512. Internal to the engine.
namespace graft::tiles {

/// A bfloat16 number's bits.
using Half = std::uint16_t;

/// Rows and columns of sums that are made at a time: two by two tiles.
inline constexpr std::int64_t blockRows = 32, blockColumns = 32, tileColumns = 16;

/// Sums of products: row m of the result is the sum over all steps of (values + offsets[step] + m × rowStride)[0 … depth) times the step's
/// weights.
struct Products {
    const Half *values = nullptr; ///< of row 0
    std::int64_t rowStride = 0; ///< in numbers
    const std::int64_t *offsets = nullptr; ///< per step, in numbers
    std::int64_t steps = 0;
    std::int64_t depth = 0; ///< numbers that one step takes of a row: even, up to 32
    const Half *weights = nullptr; ///< per step two tiles of depth / 2 rows, of 16 columns each
};

/// Whether the processor has what is used here and the system lets this process use it.
[[nodiscard]] bool available();
/// Sets this thread's tiles up for steps of that depth; release() gives them back.
void configure(std::int64_t depth);
void release();
/// The weights of a tile's outputs.
struct OutputWeights {
    const float *weights = nullptr; ///< the first output's
    std::int64_t distance = 0; ///< to the next output's
    std::int64_t outputs = 0; ///< up to tileColumns; the other columns are 0
    const float *factors = nullptr; ///< per output, what they are multiplied with
    const std::int32_t *numbers = nullptr; ///< per row of values' number, which of an output's weights it meets; -1 = none
    std::int64_t depth = 0;
};
/// A tile of weights holds pairs that meet neighbouring numbers of a row: [depth / 2][column][2].
void packWeights(const OutputWeights &from, Half *tile);

/// Copies `length` numbers (up to 32), `count` times, each time a distance further on either side.
void copyWindows(
    const Half *source, std::int64_t sourceDistance, std::int64_t length, std::int64_t count, Half *target, std::int64_t targetDistance);

/// How a block's sums become values: with the bias and, where there are any, the added values, cut to the range, rounded.
struct Finish {
    const float *sums = nullptr; ///< blockRows × blockColumns, row by row, where a cache line begins
    std::int64_t rows = 0, columns = 0; ///< how many of the block are wanted
    const std::int32_t *pixels = nullptr; ///< per row which one of the result it is, -1 = none; nullptr = one after the other
    std::int64_t stride = 0; ///< numbers from one pixel of the result to the next
    const float *bias = nullptr; ///< blockColumns of them
    float lowest = 0, highest = 0;
    const Half *added = nullptr; ///< to the result's pixel 0; nullptr = none
    Half *values = nullptr; ///< of the result's pixel 0
};
void finish(const Finish &how);

/// Makes blockRows × blockColumns sums and meanwhile finishes an earlier block, which costs next to nothing: tiles and other registers are
/// worked on side by side. `before` may have no rows.
void multiply(const Products &products, const Finish &before, float *sums);

} // namespace graft::tiles
