#include "nn/compilednetwork.h"

#include "layers/layercall.h"
#include "nn/compiledstep.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <algorithm>

namespace graft {
namespace {

/// A step and where its values lie.
struct PlacedStep {
    CompiledStep run;
    std::vector<std::size_t> inputs; ///< slots; what is added comes last
    std::size_t result = 0;
    std::vector<std::size_t> finished; ///< slots that no later step reads
};

Result<std::vector<at::Tensor>> tensorsOf(
    const Network &network, const StateDict &weights, const Layer &layer, const std::vector<TensorSpec> &specifications, at::Device device)
{
    std::vector<at::Tensor> result;
    for (const TensorSpec &specification : specifications) {
        const std::string name = tensorName(layer, specification);
        const auto tied = network.tiedTensors.find(name);
        auto tensor = sourceTensor(weights, tied == network.tiedTensors.end() ? name : tied->second, specification);
        if (!tensor)
            return fail(tensor.error());
        result.push_back(tensor->to(device, specification.type == DType::Int64 ? at::kLong : at::kFloat));
    }
    return result;
}

} // namespace

struct CompiledNetwork::Program {
    std::vector<PlacedStep> steps;
    std::vector<std::size_t> inputs; ///< slots
    std::vector<std::size_t> outputs; ///< slots
    std::size_t slots = 0;
    at::Device device = at::kCPU;
    bool bfloat16 = false;

    void findFinished();
    [[nodiscard]] at::Tensor arranged(const at::Tensor &given) const;
    [[nodiscard]] std::vector<at::Tensor> run(const std::vector<at::Tensor> &given) const;
};

/// Each value but the outputs is let go behind the last step that reads it.
void CompiledNetwork::Program::findFinished()
{
    std::vector<bool> isKept(slots, false);
    for (const std::size_t slot : outputs)
        isKept[slot] = true;
    for (std::size_t index = steps.size(); index-- > 0;) {
        std::vector<std::size_t> touched = steps[index].inputs;
        touched.push_back(steps[index].result);
        for (const std::size_t slot : touched) {
            if (!isKept[slot])
                steps[index].finished.push_back(slot);
            isKept[slot] = true;
        }
    }
}

CompiledNetwork::CompiledNetwork(std::unique_ptr<Program> program) : m_program(std::move(program)) { }
CompiledNetwork::CompiledNetwork(CompiledNetwork &&) noexcept = default;
CompiledNetwork &CompiledNetwork::operator=(CompiledNetwork &&) noexcept = default;
CompiledNetwork::~CompiledNetwork() = default;

Result<CompiledNetwork> CompiledNetwork::create(const Network &network, const StateDict &weights, const std::vector<LayerId> &outputs,
    Device device, bool bfloat16, const std::vector<LayerId> &from)
{
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    if (auto runnable = requireRunnable(network); !runnable)
        return fail(runnable.error());
    prepareThreads();
    const std::vector<LayerId> given = from.empty() ? std::vector{network.layers().front().id} : from;
    const FusedNetwork fused = fuse(network, *analysis, outputs, given);
    auto program = std::make_unique<Program>();
    program->device = torchDevice(device);
    program->bfloat16 = bfloat16;
    program->slots = network.layers().size();
    for (const LayerId layer : given)
        program->inputs.push_back(network.indexOf(layer));
    for (const LayerId layer : fused.outputs)
        program->outputs.push_back(network.indexOf(layer));
    for (const FusedStep &step : fused.steps) {
        const auto tensors = [&](LayerId id) -> Result<std::vector<at::Tensor>> {
            return tensorsOf(network, weights, *network.find(id), analysis->find(id)->tensors, program->device);
        };
        if (network.find(step.layer)->type == "Input")
            return fail(ErrorCode::NetworkInvalid, "The layers to start from do not suffice: the picture itself is needed too.");
        auto ready = compiledStep(
            network, *analysis, step, tensors, bfloat16, std::ranges::find(fused.outputs, step.result) != fused.outputs.end());
        if (!ready)
            return fail(ready.error());
        PlacedStep placed{std::move(*ready), {}, network.indexOf(step.result), {}};
        for (const LayerId input : step.inputs)
            placed.inputs.push_back(network.indexOf(input));
        if (step.added.isValid())
            placed.inputs.push_back(network.indexOf(step.added));
        program->steps.push_back(std::move(placed));
    }
    program->findFinished();
    return CompiledNetwork(std::move(program));
}

/// As convolutions like it; what runs in bfloat16 on the CPU rounds and arranges it in one go.
at::Tensor CompiledNetwork::Program::arranged(const at::Tensor &given) const
{
    if (bfloat16 && device.is_cpu())
        return given;
    return given.dim() == 4 ? given.contiguous(at::MemoryFormat::ChannelsLast) : given.contiguous();
}

std::vector<at::Tensor> CompiledNetwork::Program::run(const std::vector<at::Tensor> &given) const
{
    std::vector<at::Tensor> values(slots);
    for (std::size_t index = 0; index < given.size(); ++index)
        values[inputs[index]] = arranged(given[index]);
    std::vector<at::Tensor> arguments;
    for (const PlacedStep &step : steps) {
        arguments.clear();
        for (const std::size_t slot : step.inputs)
            arguments.push_back(values[slot]);
        values[step.result] = step.run(arguments);
        for (const std::size_t slot : step.finished)
            values[slot].reset();
    }
    std::vector<at::Tensor> result;
    for (const std::size_t slot : outputs)
        result.push_back(values[slot]);
    return result;
}

std::int64_t CompiledNetwork::picturesTogether()
{
    constexpr std::int64_t perThread = 8;
    prepareThreads();
    return perThread * at::get_num_threads();
}

std::vector<at::Tensor> CompiledNetwork::run(const std::vector<at::Tensor> &inputs) const
{
    prepareThreads();
    const at::NoGradGuard noGradients;
    const Autocast autocast(m_program->device, m_program->bfloat16);
    const std::int64_t pictures = inputs.front().size(0);
    const std::int64_t most = m_program->device.is_cpu() ? picturesTogether() : pictures;
    if (pictures <= most)
        return m_program->run(inputs);
    // On a CPU few pictures at a time keep the memory small, and their values near.
    std::vector<std::vector<at::Tensor>> parts(m_program->outputs.size());
    for (std::int64_t first = 0; first < pictures; first += most) {
        const std::int64_t count = std::min(most, pictures - first);
        std::vector<at::Tensor> part;
        for (const at::Tensor &input : inputs)
            part.push_back(input.size(0) == pictures ? input.narrow(0, first, count) : input);
        std::vector<at::Tensor> outputs = m_program->run(part);
        for (std::size_t index = 0; index < outputs.size(); ++index)
            // What comes once and not for each picture is the same in all parts.
            if (outputs[index].size(0) == count || first == 0)
                parts[index].push_back(std::move(outputs[index]));
    }
    std::vector<at::Tensor> outputs;
    for (const std::vector<at::Tensor> &part : parts)
        outputs.push_back(part.front().size(0) == 1 ? part.front() : at::cat(part));
    return outputs;
}

} // namespace graft
