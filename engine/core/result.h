#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace graft {

/// What went wrong, as a small closed set that a front end can translate and a script can test for.
enum class ErrorCode {
    Cancelled, ///< the person stopped it
    FileNotFound, ///< the path names nothing, or not the kind of thing that was asked for
    FileUnreadable, ///< permission denied or an input error
    FileUnwritable, ///< permission denied, no such folder
    DiskFull, ///< no space left while writing
    FileCorrupt, ///< truncated, wrong sizes, not what its header says
    FileRefused, ///< understood, and refused because it is unsafe (a pickle that runs code, say)
    FormatUnknown, ///< no reader knows this file
    ArchitectureUnknown, ///< tensors that fit no known architecture
    WeightsMismatch, ///< tensors that do not fit the network
    WeightsNotFinite, ///< weights that hold NaN or infinity
    ShapeMismatch, ///< a layer gets a shape that it cannot take
    NetworkInvalid, ///< a graph that cannot be run: cycle, missing input, unknown layer type
    AttributeInvalid, ///< a layer's attribute is missing or out of range
    DataInvalid, ///< a folder that cannot be trained on
    PictureUnreadable, ///< a picture that cannot be decoded
    SettingInvalid, ///< a training setting out of range, an unknown name
    DeviceUnavailable, ///< no such device on this machine
    OutOfMemory, ///< memory of the computer or the GPU ran out
    LossNotFinite, ///< training diverged
    Unreachable, ///< a server that cannot be reached or does not send what was asked for
    Busy, ///< another Graft works on the same folder
    Internal, ///< a defect of Graft
};

/// The code's stable name for scripts: "fileNotFound".
[[nodiscard]] std::string_view name(ErrorCode code);

/// One failure. `message` is one English sentence that says what, where and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string subject; ///< the file, layer or setting that it is about; may be empty
    bool operator==(const Error &) const = default;
};

/// What a fallible engine function returns; test it before use.
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::FileCorrupt, "…", path);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string subject = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(subject)});
}

/// Hands an error on: `if (!network) return fail(network.error());`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace graft
