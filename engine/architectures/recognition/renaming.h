#pragma once
#include "core/tensor.h"

#include <optional>
#include <span>
#include <string>

namespace graft {

/// What is done to a tensor's numbers when it takes its new name.
enum class TensorForm {
    Same,
    ChannelColumn, ///< [C] → [C, 1, 1]
    Matrix, ///< [O, …] → [O, product of the rest]: a convolution over all there is, as the Linear it is
    Flat, ///< [a, b, …] → [a × b × …]
    FirstOfThree, ///< the first, second and last third of the rows of one tensor: query, key and value
    SecondOfThree,
    LastOfThree,
};

/// One rule of a naming scheme. `{i}` in `from` stands for a number (any lower-case letter but n), a `*` at its end for the rest; `to` may
/// use them, also as `{i+1}`, `{2i}`, `{2i-1}`, and `{n}`: how many different pairs (i, j) of NamingScheme::counted come before. An empty
/// `to` leaves the tensor out.
struct Renaming {
    const char *from = nullptr;
    const char *to = nullptr;
    const char *when = nullptr; ///< another tensor, by the same numbers, that must be in the file for the rule to hold
    TensorForm form = TensorForm::Same;
};

/// How one library names the tensors of one family that Graft knows under torchvision's names. The first rule that fits a name holds.
struct NamingScheme {
    const char *title = nullptr; ///< for people: "timm's MobileNetV2"
    const char *mark = nullptr; ///< a tensor that every file of this scheme has
    std::span<const Renaming> rules = {};
    const char *counted = nullptr; ///< "blocks.{i}.{j}.*"
    double batchNormEpsilon = 0; ///< where it differs from torchvision's; 0 = the same
    double layerNormEpsilon = 0;
};

/// All schemes; the more special of two that share their mark comes first.
[[nodiscard]] std::span<const NamingScheme> namingSchemes();

/// The tensors under torchvision's names; those that no rule fits keep theirs. Nothing when the scheme's mark is not there.
[[nodiscard]] std::optional<StateDict> renamed(const StateDict &tensors, const NamingScheme &scheme);

} // namespace graft
