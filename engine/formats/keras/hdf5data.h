#pragma once
#include "core/tensor.h"
#include "formats/keras/hdf5messages.h"

#include <memory>
#include <variant>

namespace graft::hdf5 {

/// What the reading of a data set may use; shared by all of a file.
struct DataContext {
    Bytes file;
    std::shared_ptr<const void> owner;
    std::uint64_t bytesLeft = 0; ///< that may still be unpacked or copied
};

/// A data set of numbers; `isBrainFloat`: two bytes each that an attribute calls bfloat16. A sentence part that says why not otherwise
/// ("is of a type that Graft cannot read").
[[nodiscard]] std::variant<Tensor, std::string> readDataset(DataContext &context, const std::vector<Message> &messages, bool isBrainFloat);

} // namespace graft::hdf5
