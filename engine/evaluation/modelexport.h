#pragma once
#include "evaluation/paritycheck.h"

namespace graft {

/// What a person asks for when a model is taken away as a file.
struct ExportRequest {
    std::filesystem::path path;
    std::string formatName;
    Attributes options; ///< what differs from the defaults of the format's schema
    bool check = true;
    std::vector<std::filesystem::path> pictures; ///< for the check; none = drawn ones
    bool mergesAdapters = false; ///< LoRA branches are folded into the layers beside them first; see graph/adapters.h
};

struct ExportOutcome {
    std::filesystem::path path; ///< where the file lies now: as asked, or under failedCheckName() when its check did not pass
    std::uint64_t bytes = 0; ///< with its companions
    std::optional<ParityReport> check; ///< none when none was asked for
    [[nodiscard]] bool passed() const { return !check || check->pass; }
};

/// Writes the model beside `request.path`, checks what was written, and only then gives it its name: at the asked name there is the old
/// file or a new one that passed, never another. What fails its check is kept as failedCheckName(). Any thread; seconds.
[[nodiscard]] Result<ExportOutcome> exportModel(
    const ModelPackage &package, const ExportRequest &request, const Cancellation &cancellation = {});

/// "flowers.failed-check.onnx" for "flowers.onnx".
[[nodiscard]] std::filesystem::path failedCheckName(const std::filesystem::path &path);

/// All files that such an export writes: `path`, and its companions.
[[nodiscard]] std::vector<std::filesystem::path> exportedFiles(const std::filesystem::path &path, const Format &format);

} // namespace graft
