#pragma once
#include "architectures/architecture.h"
#include "architectures/recognition/tensorfit.h"

namespace graft {

/// Whether a model was saved with its auxiliary classifiers: torchvision's `aux_logits`.
enum class Auxiliary { With, Without };

/// What recognition needs of an architecture, made once.
struct KnownArchitecture {
    const Architecture *architecture = nullptr;
    Auxiliary auxiliary = Auxiliary::With;
    ExpectedTensors tensors; ///< for the published number of classes
    /// Indices into `tensors`, the main classifier's first; the first dimension of each is the number of classes.
    std::vector<std::size_t> classifierTensors;

    [[nodiscard]] Network build(int classes) const;
};

/// The architectures whose family has layers of the same names as the tensors; none for tensors of something else. Only these are built, so
/// that one file is recognised in milliseconds, however many architectures there are. Any thread.
[[nodiscard]] Result<std::vector<const KnownArchitecture *>> architecturesNamedLike(const StateDict &tensors);

} // namespace graft
