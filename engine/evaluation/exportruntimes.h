#pragma once
#include "core/cancellation.h"
#include "core/tensor.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace graft {

// What runs an exported file for the parity check. Each loads the file once and runs one picture after another on the CPU.

/// What a runtime answered.
struct RuntimeAnswers {
    std::string runtime; ///< who answered, with its version where it has one: "OpenCV 4.6.0"
    std::vector<Tensor> outputs; ///< one for each picture
    std::vector<double> milliseconds; ///< one for each picture
    std::string remark; ///< a sentence when something was not checked; empty for none
};

/// `pictures` are [1, C, H, W] float32. An error when the file cannot be loaded or run; Cancelled.
using RunExport
    = Result<RuntimeAnswers> (*)(const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation);

/// torch::jit, for TorchScript.
[[nodiscard]] Result<RuntimeAnswers> runWithTorchScript(
    const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation);
/// OpenCV's DNN module, for ONNX. It does not know every operator.
[[nodiscard]] Result<RuntimeAnswers> runWithOpenCv(
    const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation);
/// The script itself, by a Python that has torch and torchvision (the variable GRAFT_PYTHON, or python3). Where there is none, the
/// weights beside the script in a fresh build, and the remark says so.
[[nodiscard]] Result<RuntimeAnswers> runWithPython(
    const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation);
/// A network built anew from what the file says: for files that hold weights.
[[nodiscard]] Result<RuntimeAnswers> runFreshBuild(
    const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation);

/// Runs `one` for each picture and takes the time; the first picture is run once before, to warm up.
[[nodiscard]] Result<RuntimeAnswers> runEach(std::string runtime, std::span<const Tensor> pictures, const Cancellation &cancellation,
    const std::function<Result<Tensor>(const Tensor &)> &one);

} // namespace graft
