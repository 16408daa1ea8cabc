#include "evaluation/exportruntimes.h"

#include "formats/format.h"
#include "nn/model.h"
#include "nn/torchscriptrunner.h"

#include <chrono>

namespace graft {

Result<RuntimeAnswers> runEach(std::string runtime, std::span<const Tensor> pictures, const Cancellation &cancellation,
    const std::function<Result<Tensor>(const Tensor &)> &one)
{
    using Clock = std::chrono::steady_clock;
    RuntimeAnswers answers{.runtime = std::move(runtime), .outputs = {}, .milliseconds = {}, .remark = {}};
    if (const auto warmUp = one(pictures.front()); !warmUp)
        return fail(warmUp.error());
    for (const Tensor &picture : pictures) {
        if (cancellation.requested())
            return fail(ErrorCode::Cancelled, "The check was stopped.");
        const auto begin = Clock::now();
        auto output = one(picture);
        if (!output)
            return fail(output.error());
        answers.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        answers.outputs.push_back(std::move(*output));
    }
    return answers;
}

Result<RuntimeAnswers> runWithTorchScript(
    const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    const auto script = TorchScriptRunner::load(path);
    if (!script)
        return fail(script.error());
    return runEach("torch::jit", pictures, cancellation, [&](const Tensor &picture) { return script->run(picture); });
}

Result<RuntimeAnswers> runFreshBuild(const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    const auto package = readModel(path);
    if (!package)
        return fail(package.error());
    const auto model = Model::create(package->network, package->weights, Device{});
    if (!model)
        return fail(model.error());
    return runEach("a fresh build from the file", pictures, cancellation, [&](const Tensor &picture) { return model->forward(picture); });
}

} // namespace graft
