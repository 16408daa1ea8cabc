#pragma once
#include "core/tensor.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graft {

/// A group or a data set of an HDF5 file.
struct Hdf5Node {
    std::vector<std::pair<std::string, std::shared_ptr<const Hdf5Node>>> children; ///< of a group, in the order of their names
    std::map<std::string, std::vector<std::string>, std::less<>> texts; ///< attributes that are text: one, or a list
    std::optional<Tensor> tensor; ///< of a data set of numbers; a view of the file where it lies there in one piece
    std::string unreadable; ///< why the tensor or a part of the group could not be read; empty when nothing is missing

    [[nodiscard]] const Hdf5Node *child(std::string_view name) const; ///< nullptr when absent
    [[nodiscard]] const Hdf5Node *at(std::string_view path) const; ///< "a/b/c"; nullptr when absent
    [[nodiscard]] std::string text(std::string_view name) const; ///< of the attribute's first; "" when absent
};

inline constexpr std::string_view hdf5Signature = "\x89HDF\r\n\x1a\n";

/// Reads what Keras writes through h5py: groups (with symbol tables or with compact links), data sets of numbers (in one piece, compact, or
/// in chunks that may be deflated), attributes of text. A reader of our own, since libhdf5 crashes on files with a few wrong bytes: every
/// address and length is checked, nothing is followed twice, links that lead out of the file are passed over, and no more memory is taken
/// than 2 × the file + 64 MiB. FileCorrupt. `owner` keeps `bytes` alive; `subject` is the file's path.
[[nodiscard]] Result<std::shared_ptr<const Hdf5Node>> readHdf5(
    std::span<const std::byte> bytes, std::shared_ptr<const void> owner, const std::string &subject);

} // namespace graft
