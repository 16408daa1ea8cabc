#pragma once
#include "core/tensor.h"

#include <filesystem>
#include <memory>

namespace graft {

/// A TorchScript file in LibTorch's own interpreter, on the CPU. For checking what we wrote ourselves: TorchScript is a program, so files
/// from strangers do not go through here.
class TorchScriptRunner {
public:
    [[nodiscard]] static Result<TorchScriptRunner> load(const std::filesystem::path &path);
    TorchScriptRunner(TorchScriptRunner &&) noexcept;
    TorchScriptRunner &operator=(TorchScriptRunner &&) noexcept;
    ~TorchScriptRunner();

    /// [N, C, H, W] → its output.
    [[nodiscard]] Result<Tensor> run(const Tensor &batch) const;

private:
    struct Data;
    explicit TorchScriptRunner(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace graft
