#include "training/session.h"

#include "core/files.h"
#include "graph/analysis.h"
#include "training/trainer.h"

#include <new>
#include <thread>

namespace graft {
namespace {

Result<void> requireTrainable(const TrainingInput &input)
{
    if (!input.train || input.train->sampleCount() == 0)
        return fail(ErrorCode::DataInvalid, "There is no picture to train on; choose a folder with pictures in class folders.", "data");
    const auto analysis = analyse(input.network);
    if (!analysis)
        return fail(analysis.error());
    if (analysis->trainableParameters == 0)
        return fail(ErrorCode::SettingInvalid,
            "Every layer of the network is frozen, so that there is nothing to train; thaw its head at least.", "frozen");
    const LayerAnalysis *output = analysis->find(input.network.output());
    if (!output || output->outputShape.size() != 1)
        return fail(ErrorCode::NetworkInvalid, "The network does not end in one number per class; choose a classifier.", "network");
    const std::int64_t logits = output->outputShape.front();
    if (const ClassRange last = classRanges(input.labelSets, logits).back(); last.first + last.count != logits)
        return fail(ErrorCode::DataInvalid,
            "The label sets have " + std::to_string(last.first + last.count) + " classes and the network answers with "
                + std::to_string(logits) + "; give it a head for them.",
            "data");
    return {};
}

} // namespace

struct TrainingSession::Data {
    RunControl control;
    std::atomic<bool> running = true;
    std::thread thread;
    std::mutex joining; ///< guards the join, which wait() and the destructor may both want
};

Result<std::unique_ptr<TrainingSession>> TrainingSession::start(TrainingConfig config, TrainingInput input, TrainingObserver &observer)
{
    if (auto valid = validate(config); !valid)
        return fail(valid.error());
    if (auto device = parseDevice(name(config.device)); !device)
        return fail(device.error());
    if (auto trainable = requireTrainable(input); !trainable)
        return fail(trainable.error());
    if (!input.checkpointFolder.empty())
        if (auto made = makeFolder(input.checkpointFolder); !made)
            return fail(made.error());
    prepareThreads();
    auto data = std::make_unique<Data>();
    Data &shared = *data;
    data->thread = std::thread([&shared, &observer, settings = std::move(config), what = std::move(input)]() mutable {
        TrainingResult result;
        try {
            // The trainer's memory is free again before the observer hears of the end.
            result = Trainer(std::move(settings), std::move(what), observer, shared.control).run();
        } catch (const std::bad_alloc &) {
            result.reason = StopReason::Failed;
            result.error = {
                ErrorCode::OutOfMemory, "Memory ran out while training; choose a smaller batch size or freeze more layers.", "batchSize"};
        } catch (const std::exception &exception) {
            result.reason = StopReason::Failed;
            result.error = {
                ErrorCode::Internal, std::string("Training ended by a defect of Graft (") + exception.what() + "); please report it.", {}};
        }
        returnFreeMemory();
        observer.finished(result);
        shared.running.store(false);
    });
    return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(data)));
}

TrainingSession::TrainingSession(std::unique_ptr<Data> data) : m_data(std::move(data)) { }

TrainingSession::~TrainingSession()
{
    stop();
    wait();
}

void TrainingSession::pause()
{
    m_data->control.pause();
}

void TrainingSession::resume()
{
    m_data->control.resume();
}

void TrainingSession::stop()
{
    m_data->control.stop();
}

void TrainingSession::watchGradients(bool watch)
{
    m_data->control.watchGradients(watch);
}

void TrainingSession::wait()
{
    const std::lock_guard lock(m_data->joining);
    if (m_data->thread.joinable())
        m_data->thread.join();
}

bool TrainingSession::isRunning() const
{
    return m_data->running.load();
}

} // namespace graft
