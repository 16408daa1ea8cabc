#include "nn/torchscriptrunner.h"

#include "nn/torchmodel.h"

#include <torch/script.h>

namespace graft {

Result<Tensor> runTorchScript(const std::filesystem::path &path, const Tensor &batch)
{
    try {
        const c10::InferenceMode inference;
        torch::jit::Module module = torch::jit::load(path.string(), at::kCPU);
        module.eval();
        return fromTorch(module.forward({toTorch(batch)}).toTensor());
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, path.string()));
    }
}

} // namespace graft
