#pragma once
#include "core/result.h"

#include <ATen/ATen.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace graft {

/// Records what a device is given to do, and has it done again with what then lies in the same memory. Training thread only.
class WorkRecorder {
public:
    virtual ~WorkRecorder() = default;
    /// Runs `work`, which can be run again as long as the recorder lives; what it gives the device is recorded and not done. What it throws
    /// comes through, and the device can be used as before; Broken when that is not so.
    virtual void record(std::function<void()> work) = 0;
    /// Does what was recorded, with the numbers that now lie where they lay then. Throws c10::Error.
    virtual void replay() = 0;
    struct Broken : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
};
/// By CUDA graphs, with LibTorch 2.6 or later; null where there is nothing of the kind.
[[nodiscard]] std::unique_ptr<WorkRecorder> workRecorder(at::Device device);

/// The forward and backward passes of a training step. After a few of one size their work is recorded; from then on steps of that size are
/// started as a whole and all others are run as ever. Training thread only; passes on what LibTorch throws.
class StepGraph {
public:
    StepGraph(std::unique_ptr<WorkRecorder> recorder, std::vector<at::Tensor> parameters);

    /// Gives the parameters, which have none, their gradients, and returns something besides. It may depend on the inputs' numbers, the
    /// parameters, what else lies on the device, the device's random numbers and the step's kind, and change what lies on the device. What
    /// it refers to outlives this.
    using Work = std::function<at::Tensor(const std::vector<at::Tensor> &inputs)>;
    /// What `work` makes of the inputs. `kind` tells works apart whose inputs are of the same sizes. SettingInvalid when the device is not
    /// what it was after an attempt to record.
    [[nodiscard]] Result<at::Tensor> run(const std::vector<at::Tensor> &inputs, const std::vector<std::int64_t> &kind, const Work &work);
    /// Why nothing is recorded, once; else empty.
    [[nodiscard]] std::string takeNote() { return std::exchange(m_note, {}); }

private:
    using Key = std::vector<std::vector<std::int64_t>>;
    enum class State { Waiting, Recorded, GivenUp };
    [[nodiscard]] Result<void> record(const std::vector<at::Tensor> &inputs, const Work &work);
    [[nodiscard]] std::vector<at::Tensor> takeGradients() const;

    std::unique_ptr<WorkRecorder> m_recorder;
    std::vector<at::Tensor> m_parameters;
    State m_state = State::Waiting;
    Key m_key; ///< of what is recorded, or is going to be
    int m_stepsSeen = 0; ///< of that key
    Work m_work; ///< what is recorded
    std::vector<at::Tensor> m_inputs, m_gradients; ///< where it reads and writes
    at::Tensor m_made;
    std::string m_note;
};

} // namespace graft
