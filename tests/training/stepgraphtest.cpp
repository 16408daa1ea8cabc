#ifndef Q_MOC_RUN // moc cannot read what these include
#include "training/stepgraph.h"

#include "training/tinynetwork.h"

#include <ATen/ATen.h>
#endif

#include <QTest>

using namespace graft;

namespace {

/// Stands for a device that records work: runs it again, and before that once in vain, as recording does.
class RunningAgain : public WorkRecorder {
public:
    void record(std::function<void()> work) override
    {
        ++recordings;
        if (fails)
            fails();
        at::Generator generator = at::globalContext().defaultGenerator(at::kCPU);
        const at::Tensor before = generator.get_state();
        work();
        generator.set_state(before);
        m_work = std::move(work);
    }
    void replay() override
    {
        ++replays;
        m_work();
    }
    static inline int recordings = 0, replays = 0;
    static inline std::function<void()> fails;

private:
    std::function<void()> m_work;
};

/// Without BatchNorm, whose statistics would see the step that is run in vain.
Network network()
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", tiny::Sizes{3, tiny::side, tiny::side}}}, {});
    last = network.add("conv", "Conv2d",
        {{"in_channels", std::int64_t{3}}, {"out_channels", std::int64_t{8}}, {"kernel_size", tiny::Sizes{3, 3}}}, {last});
    last = network.add("relu", "ReLU", {}, {last});
    last = network.add("avgpool", "AdaptiveAvgPool2d", {{"output_size", tiny::Sizes{1, 1}}}, {last});
    last = network.add("flatten", "Flatten", {}, {last});
    last = network.add("dropout", "Dropout", {{"p", 0.3}}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{8}}, {"out_features", std::int64_t{tiny::classes}}}, {last});
    return network;
}

/// Keeps what is told besides.
class Listener : public tiny::Recorder {
public:
    void noteMade(const std::string &text) override { notes += text; }
    std::string notes;
};

void train(bool cudaGraphs, Listener &listener, int samples = 44)
{
    TrainingConfig config = tiny::config();
    config.cudaGraphs = cudaGraphs;
    tiny::run(config, tiny::input(network(), samples), listener);
}

} // namespace

/// In place of the engine's, so that the CPU has one.
std::unique_ptr<WorkRecorder> graft::workRecorder(at::Device)
{
    return std::make_unique<RunningAgain>();
}

class StepGraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void recordedStepsLearnTheSame();
    void stepsOfAnotherSizeAreRunAsEver();
    void anotherKindOfStepIsNotTakenForTheRecordedOne();
    void whatCannotBeRecordedIsRunAsEverAndSaid();
    void aBrokenRecordingEndsTheRunWithASentence();
};

void StepGraphTest::init()
{
    RunningAgain::recordings = RunningAgain::replays = 0;
    RunningAgain::fails = nullptr;
}

void StepGraphTest::recordedStepsLearnTheSame()
{
    Listener plain, recorded;
    train(false, plain);
    QCOMPARE(RunningAgain::recordings, 0);
    train(true, recorded);
    QCOMPARE(recorded.result.reason, StopReason::Completed);
    // Five batches of 8 pictures an epoch and one of 4, three epochs: the fourth step is recorded and done.
    QCOMPARE(RunningAgain::recordings, 1);
    QCOMPARE(RunningAgain::replays, 12);
    QCOMPARE(plain.steps.size(), recorded.steps.size());
    for (std::size_t i = 0; i < plain.steps.size(); ++i) {
        QCOMPARE(recorded.steps[i].batchLoss, plain.steps[i].batchLoss);
        QCOMPARE(recorded.steps[i].batchAccuracy, plain.steps[i].batchAccuracy);
    }
    QVERIFY(recorded.result.bestWeights == plain.result.bestWeights);
    QCOMPARE(recorded.notes, std::string());
}

void StepGraphTest::stepsOfAnotherSizeAreRunAsEver()
{
    // Batches of 8, 8 and 4: never four of one size in a row.
    Listener plain, recorded;
    train(false, plain, 20);
    train(true, recorded, 20);
    QCOMPARE(RunningAgain::recordings, 0);
    QVERIFY(recorded.result.bestWeights == plain.result.bestWeights);
}

void StepGraphTest::anotherKindOfStepIsNotTakenForTheRecordedOne()
{
    StepGraph graph(std::make_unique<RunningAgain>(), {});
    const auto times = [](double factor) { return [factor](const std::vector<at::Tensor> &inputs) { return inputs[0] * factor; }; };
    for (int step = 0; step < 6; ++step)
        QCOMPARE((*graph.run({at::full({2}, step)}, {1}, times(2)))[0].item<double>(), 2.0 * step);
    QCOMPARE(RunningAgain::replays, 3);
    QCOMPARE((*graph.run({at::full({2}, 5.0)}, {2}, times(3)))[0].item<double>(), 15.0);
    QCOMPARE(RunningAgain::replays, 3);
}

void StepGraphTest::whatCannotBeRecordedIsRunAsEverAndSaid()
{
    RunningAgain::fails = [] { TORCH_CHECK(false, "operation not permitted when stream is capturing"); };
    Listener plain, recorded;
    train(false, plain);
    train(true, recorded);
    QCOMPARE(RunningAgain::recordings, 1);
    QCOMPARE(RunningAgain::replays, 0);
    QVERIFY2(
        recorded.notes.find("could not be recorded as a CUDA graph (operation not permitted") != std::string::npos, recorded.notes.c_str());
    QVERIFY(recorded.result.bestWeights == plain.result.bestWeights);
}

void StepGraphTest::aBrokenRecordingEndsTheRunWithASentence()
{
    RunningAgain::fails = [] { throw WorkRecorder::Broken("capture invalidated"); };
    Listener recorded;
    train(true, recorded);
    QCOMPARE(recorded.result.reason, StopReason::Failed);
    QVERIFY2(recorded.result.error.message.find("train without CUDA graphs") != std::string::npos, recorded.result.error.message.c_str());
}

QTEST_GUILESS_MAIN(StepGraphTest)
#include "stepgraphtest.moc"
