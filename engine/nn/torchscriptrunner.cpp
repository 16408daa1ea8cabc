#include "nn/torchscriptrunner.h"

#include "nn/torchmodel.h"

#include <torch/script.h>

namespace graft {

struct TorchScriptRunner::Data {
    torch::jit::Module module;
    std::string subject;
};

TorchScriptRunner::TorchScriptRunner(std::unique_ptr<Data> data) : m_data(std::move(data)) { }
TorchScriptRunner::TorchScriptRunner(TorchScriptRunner &&) noexcept = default;
TorchScriptRunner &TorchScriptRunner::operator=(TorchScriptRunner &&) noexcept = default;
TorchScriptRunner::~TorchScriptRunner() = default;

Result<TorchScriptRunner> TorchScriptRunner::load(const std::filesystem::path &path)
{
    try {
        auto data = std::make_unique<Data>(Data{torch::jit::load(path.string(), at::kCPU), path.string()});
        data->module.eval();
        return TorchScriptRunner(std::move(data));
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, path.string()));
    }
}

Result<Tensor> TorchScriptRunner::run(const Tensor &batch) const
{
    try {
        const c10::InferenceMode inference;
        return fromTorch(m_data->module.forward({toTorch(batch)}).toTensor());
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, m_data->subject));
    }
}

} // namespace graft
