#pragma once
#include "core/tensor.h"

#include <string>

namespace graft {

/// The pickle (protocol 2) of an OrderedDict of tensors whose storages are named "0", "1", … in the order of the entries: what
/// `torch.save(model.state_dict())` puts into `data.pkl`.
[[nodiscard]] std::string pickleStateDict(const StateDict &tensors);

} // namespace graft
