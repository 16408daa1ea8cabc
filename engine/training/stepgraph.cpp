#include "training/stepgraph.h"

#include <c10/util/Exception.h>

namespace graft {
namespace {

/// Steps that are run before one is recorded: libraries choose algorithms and take memory in the first ones.
constexpr int stepsBefore = 3;

std::string reasonOf(const std::exception &exception)
{
    const auto *ofTorch = dynamic_cast<const c10::Error *>(&exception);
    const std::string text = ofTorch ? ofTorch->what_without_backtrace() : exception.what();
    return text.substr(0, text.find('\n'));
}

} // namespace

StepGraph::StepGraph(std::unique_ptr<WorkRecorder> recorder, std::vector<at::Tensor> parameters)
    : m_recorder(std::move(recorder)), m_parameters(std::move(parameters))
{
}

Result<at::Tensor> StepGraph::run(const std::vector<at::Tensor> &inputs, const std::vector<std::int64_t> &kind, const Work &work)
{
    Key key{kind};
    for (const at::Tensor &input : inputs)
        key.push_back(input.sizes().vec());
    if (m_state == State::Waiting) {
        m_stepsSeen = key == m_key ? m_stepsSeen + 1 : 1;
        m_key = key;
        if (m_stepsSeen > stepsBefore)
            if (auto recorded = record(inputs, work); !recorded)
                return fail(recorded.error());
    }
    if (m_state != State::Recorded || key != m_key)
        return work(inputs);
    for (std::size_t i = 0; i < inputs.size(); ++i)
        m_inputs[i].copy_(inputs[i]);
    m_recorder->replay();
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
        m_parameters[i].mutable_grad() = m_gradients[i];
    return m_made.clone();
}

Result<void> StepGraph::record(const std::vector<at::Tensor> &inputs, const Work &work)
{
    m_work = work;
    m_inputs.clear();
    for (const at::Tensor &input : inputs)
        m_inputs.push_back(input.clone());
    try {
        m_recorder->record([this] {
            m_made = m_work(m_inputs);
            m_gradients = takeGradients();
        });
        m_state = State::Recorded;
        return {};
    } catch (const WorkRecorder::Broken &broken) {
        return fail(ErrorCode::SettingInvalid,
            std::string("A training step could not be recorded as a CUDA graph (") + broken.what() + "); train without CUDA graphs.",
            "cudaGraphs");
    } catch (const std::exception &exception) {
        m_note = "A training step could not be recorded as a CUDA graph (" + reasonOf(exception) + "); the run goes on without.";
    }
    m_state = State::GivenUp;
    m_inputs.clear();
    static_cast<void>(takeGradients()); // of half a backward pass
    return {};
}

std::vector<at::Tensor> StepGraph::takeGradients() const
{
    std::vector<at::Tensor> gradients;
    for (const at::Tensor &parameter : m_parameters)
        gradients.push_back(std::exchange(parameter.mutable_grad(), at::Tensor()));
    return gradients;
}

} // namespace graft
