#pragma once
#include "formats/keras/kerasstep.h"

#include <array>

namespace graft::keras {

/// What TensorFlow's padding "same" adds along one axis.
struct SamePadding {
    std::int64_t before = 0, after = 0;
    std::int64_t outputs = 0; ///< positions of the window
};
[[nodiscard]] SamePadding samePadding(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t dilation);

/// A sliding window of two dimensions as a layer's configuration has it.
struct Window {
    Shape kernel, stride, dilation;
    bool isSame = false; ///< padding "same"; "valid" otherwise
};
/// Nothing for sizes that cannot be.
[[nodiscard]] std::optional<Window> windowOf(const Step &step, const char *kernelField, std::int64_t defaultKernel, bool stridesLikeKernel);

/// Rows and columns of what "same" adds to the step's input; nothing when its shape is not known.
[[nodiscard]] std::optional<std::array<SamePadding, 2>> samePaddings(const Step &step, const Window &window);

} // namespace graft::keras
