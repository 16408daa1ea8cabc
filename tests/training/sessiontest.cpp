#include "training/pythonoracle.h"
#include "training/tinynetwork.h"

#include <QTemporaryDir>
#include <QTest>

using namespace graft;
using namespace std::chrono_literals;

namespace {

bool sameCourse(const tiny::Recorder &a, const tiny::Recorder &b)
{
    if (a.result.epochs.size() != b.result.epochs.size() || a.result.bestEpoch != b.result.bestEpoch)
        return false;
    for (std::size_t i = 0; i < a.result.epochs.size(); ++i) {
        const EpochResult &x = a.result.epochs[i];
        const EpochResult &y = b.result.epochs[i];
        if (x.train != y.train || x.validation != y.validation || x.isBest != y.isBest)
            return false;
    }
    return a.result.bestWeights == b.result.bestWeights;
}

std::filesystem::path pathOf(const QTemporaryDir &folder)
{
    return folder.path().toStdString();
}

nlohmann::json asJson(const StateDict &weights)
{
    nlohmann::json json;
    for (const auto &[name, tensor] : weights.entries())
        json[name] = {{"values", tensor.toFloats()}, {"shape", tensor.shape()}};
    return json;
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void learns();
    void lossesFollowPyTorch_data();
    void lossesFollowPyTorch();
    void observerHearsEveryStepEpochAndOneEnd();
    void secondsLeftShrinkTowardsZero();
    void sameSeedGivesTheSameWeights();
    void everyOptimizerAndScheduleTrains();
    void stopAndResumeEqualTheUninterruptedRun_data();
    void stopAndResumeEqualTheUninterruptedRun();
    void pauseHoldsTheRunAndChangesNoNumber();
    void frozenLayersKeepEveryBit();
    void epochsCanBeRaisedAfterTheEnd();
    void destructorEndsARunningSessionQuickly();
    void stopEndsAPausedSession();
    void batchOfOnePictureTrains();
    void lossThatIsNotFiniteEndsWithASentence();
    void lastGoodCheckpointSurvivesADivergedRun();
    void epochsBeforeADivergenceAreToldOfOnce();
    void whatWasDoneBeforePicturesFailedIsKept();
    void badInputGetsOneSentence();
    void errorOfABatchEndsTheRun();
    void errorAfterAnEpochEndsTheRun();
    void bfloat16TrainsToo();
};

void SessionTest::learns()
{
    tiny::Recorder recorder;
    TrainingConfig config = tiny::config();
    config.epochs = 12;
    tiny::run(config, tiny::input(tiny::network(), 90), recorder);
    QCOMPARE(recorder.result.reason, StopReason::Completed);
    QVERIFY(recorder.result.epochs.back().train.loss < recorder.result.epochs.front().train.loss);
    const EpochResult &best = recorder.result.epochs[static_cast<std::size_t>(recorder.result.bestEpoch) - 1];
    QVERIFY2(best.validation->accuracy >= 0.9, qPrintable(QString::number(best.validation->accuracy)));
}

void SessionTest::lossesFollowPyTorch_data()
{
    QTest::addColumn<bool>("freezeStem");
    QTest::addColumn<double>("labelSmoothing");
    QTest::newRow("all trainable") << false << 0.0;
    QTest::newRow("stem frozen, smoothed labels") << true << 0.1;
}

void SessionTest::lossesFollowPyTorch()
{
    if (!pythonHasTorch())
        QSKIP("no Python with torch here");
    QFETCH(bool, freezeStem);
    QFETCH(double, labelSmoothing);
    Network network = tiny::network(0);
    if (freezeStem)
        tiny::freezeBlock(network, "stem");
    TrainingConfig config = tiny::config();
    config.epochs = 2;
    config.weightDecay = 0.01;
    config.labelSmoothing = labelSmoothing;
    const TrainingInput input = tiny::input(network);
    nlohmann::json question = {{"weights", asJson(input.weights)}, {"config", toJson(config)}, {"freezeStem", freezeStem}};
    tiny::Pictures pictures(44, 8);
    for (int epoch = 1; epoch <= config.epochs; ++epoch) {
        pictures.startEpoch(config.seed, epoch);
        for (auto batch = pictures.next(); !batch->labels.empty(); batch = pictures.next())
            question["batches"].push_back({{"pictures", batch->pictures.toFloats()}, {"labels", batch->labels}});
    }
    const auto expected = askPython("firststeps.py", question);
    QVERIFY(expected);
    tiny::Recorder recorder;
    tiny::run(config, input, recorder);
    QCOMPARE(recorder.steps.size(), expected->size());
    for (std::size_t i = 0; i < expected->size(); ++i) {
        const double wanted = (*expected)[i];
        QVERIFY2(std::abs(recorder.steps[i].batchLoss - wanted) <= 1e-4,
            qPrintable(QString("step %1: %2 instead of %3").arg(i).arg(recorder.steps[i].batchLoss).arg(wanted)));
    }
}

void SessionTest::observerHearsEveryStepEpochAndOneEnd()
{
    tiny::Recorder recorder;
    const TrainingConfig config = tiny::config();
    tiny::run(config, tiny::input(tiny::network()), recorder);
    QCOMPARE(recorder.steps.size(), std::size_t(6 * config.epochs));
    for (std::size_t i = 0; i < recorder.steps.size(); ++i) {
        QCOMPARE(recorder.steps[i].step, std::int64_t(i + 1));
        QCOMPARE(recorder.steps[i].epoch, int(i / 6) + 1);
        QCOMPARE(recorder.steps[i].learningRate, config.learningRate);
    }
    QCOMPARE(recorder.epochs.size(), std::size_t(config.epochs));
    QVERIFY(recorder.epochs == recorder.result.epochs);
    QCOMPARE(recorder.finishedCount.load(), 1);
    double loss = 0;
    for (std::size_t i = 0; i < 6; ++i)
        loss += recorder.steps[i].batchLoss * (i < 5 ? 8 : 4) / 44;
    QVERIFY(std::abs(loss - recorder.epochs[0].train.loss) < 1e-9);
}

void SessionTest::secondsLeftShrinkTowardsZero()
{
    tiny::Recorder recorder;
    tiny::run(tiny::config(), tiny::input(tiny::network()), recorder);
    const auto &progress = recorder.progress;
    QCOMPARE(progress.size(), std::size_t(3 * (6 + 3)));
    for (std::size_t i = 0; i < progress.size(); ++i) {
        QCOMPARE(progress[i].batchesDone, std::int64_t(i + 1));
        QCOMPARE(progress[i].batchesTotal, std::int64_t(27));
        QCOMPARE(progress[i].validating, i % 9 >= 6);
        QVERIFY(progress[i].secondsLeft >= 0);
    }
    QCOMPARE(progress.back().secondsLeft, 0.0);
    QVERIFY(progress.back().secondsElapsed > 0);
}

void SessionTest::sameSeedGivesTheSameWeights()
{
    tiny::Recorder first, second, other;
    TrainingConfig config = tiny::config();
    tiny::run(config, tiny::input(tiny::network()), first);
    tiny::run(config, tiny::input(tiny::network()), second);
    QVERIFY(sameCourse(first, second));
    config.seed = 12;
    tiny::run(config, tiny::input(tiny::network()), other);
    QVERIFY(!sameCourse(first, other));
}

void SessionTest::everyOptimizerAndScheduleTrains()
{
    TrainingConfig config = tiny::config();
    config.epochs = 2;
    config.learningRate = 0.01;
    for (const char *optimizer : {"sgd", "adam", "adamw"})
        for (const char *schedule : {"constant", "step", "cosine", "onecycle"}) {
            config.optimizer = optimizer;
            config.schedule = schedule;
            tiny::Recorder recorder;
            tiny::run(config, tiny::input(tiny::network()), recorder);
            QCOMPARE(recorder.result.reason, StopReason::Completed);
        }
}

void SessionTest::stopAndResumeEqualTheUninterruptedRun_data()
{
    QTest::addColumn<std::int64_t>("stopAfter");
    QTest::addColumn<QString>("optimizer");
    for (const std::int64_t step : {1, 3, 6, 7, 13, 17})
        QTest::addRow("SGD, stopped after step %d", int(step)) << step << "sgd";
    QTest::newRow("AdamW, stopped after step 8") << std::int64_t(8) << "adamw";
}

void SessionTest::stopAndResumeEqualTheUninterruptedRun()
{
    QFETCH(std::int64_t, stopAfter);
    QFETCH(QString, optimizer);
    TrainingConfig config = tiny::config();
    config.optimizer = optimizer.toStdString();
    config.schedule = "cosine";
    tiny::Recorder straight, before, after;
    tiny::run(config, tiny::input(tiny::network()), straight);

    const QTemporaryDir folder;
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointFolder = pathOf(folder);
    tiny::runUntilStep(config, input, before, stopAfter);
    QCOMPARE(before.result.reason, StopReason::Stopped);
    QCOMPARE(before.steps.back().step, stopAfter);
    input.resume = true;
    input.weights = initialWeights(input.network, 99).value(); // the checkpoint's count, not these
    tiny::run(config, input, after);
    QCOMPARE(after.result.reason, StopReason::Completed);
    QVERIFY(sameCourse(straight, after));
    QCOMPARE(before.steps.size() + after.steps.size(), straight.steps.size());
    for (std::size_t i = 0; i < after.steps.size(); ++i)
        QCOMPARE(after.steps[i].batchLoss, straight.steps[before.steps.size() + i].batchLoss);
}

void SessionTest::pauseHoldsTheRunAndChangesNoNumber()
{
    tiny::Recorder straight, paused;
    TrainingConfig config = tiny::config();
    config.epochs = 30;
    tiny::run(config, tiny::input(tiny::network()), straight);
    auto session = TrainingSession::start(config, tiny::input(tiny::network()), paused);
    QVERIFY(session);
    int pauses = 0;
    while ((*session)->isRunning() && pauses < 5) {
        (*session)->pause();
        QTest::qSleep(200); // a step that was begun is ended first
        const int steps = paused.stepCount;
        QTest::qSleep(30);
        QCOMPARE(paused.stepCount.load(), steps);
        (*session)->resume();
        ++pauses;
        QTest::qSleep(5);
    }
    (*session)->wait();
    QVERIFY(pauses > 0);
    QCOMPARE(paused.result.reason, StopReason::Completed);
    QVERIFY(sameCourse(straight, paused));
}

void SessionTest::frozenLayersKeepEveryBit()
{
    Network network = tiny::network();
    tiny::freezeBlock(network, "stem");
    TrainingConfig config = tiny::config();
    config.weightDecay = 0.1;
    for (const char *optimizer : {"sgd", "adam", "adamw"}) {
        config.optimizer = optimizer;
        const TrainingInput input = tiny::input(network);
        tiny::Recorder recorder;
        tiny::run(config, input, recorder);
        QCOMPARE(recorder.result.reason, StopReason::Completed);
        for (const auto &[name, before] : input.weights.entries()) {
            const Tensor *now = recorder.result.bestWeights.find(name);
            QVERIFY(now);
            QVERIFY2((*now == before) == isInBlock(name, "stem"), name.c_str());
        }
    }
}

void SessionTest::epochsCanBeRaisedAfterTheEnd()
{
    const QTemporaryDir folder;
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointFolder = pathOf(folder);
    TrainingConfig config = tiny::config();
    tiny::Recorder first, again, more, straight;
    tiny::run(config, input, first);
    input.resume = true;
    tiny::run(config, input, again);
    QCOMPARE(again.result.reason, StopReason::Completed);
    QVERIFY(again.steps.empty());
    QVERIFY(sameCourse(first, again));
    config.epochs = 5;
    tiny::run(config, input, more);
    tiny::run(config, tiny::input(tiny::network()), straight);
    QVERIFY(sameCourse(straight, more));
}

void SessionTest::destructorEndsARunningSessionQuickly()
{
    tiny::Recorder recorder;
    TrainingConfig config = tiny::config();
    config.epochs = 100000;
    auto session = TrainingSession::start(config, tiny::input(tiny::network()), recorder);
    QVERIFY(session);
    while (recorder.stepCount == 0)
        QTest::qSleep(1);
    const auto start = std::chrono::steady_clock::now();
    session->reset();
    QVERIFY(std::chrono::steady_clock::now() - start < 2s);
    QCOMPARE(recorder.finishedCount.load(), 1);
    QCOMPARE(recorder.result.reason, StopReason::Stopped);
}

void SessionTest::stopEndsAPausedSession()
{
    tiny::Recorder recorder;
    auto session = TrainingSession::start(tiny::config(), tiny::input(tiny::network()), recorder);
    QVERIFY(session);
    (*session)->pause();
    QTest::qSleep(20);
    (*session)->stop();
    (*session)->wait();
    QVERIFY(!(*session)->isRunning());
    QCOMPARE(recorder.finishedCount.load(), 1);
}

void SessionTest::batchOfOnePictureTrains()
{
    tiny::Recorder last, single;
    TrainingConfig config = tiny::config();
    tiny::run(config, tiny::input(tiny::network(), 17), last);
    QCOMPARE(last.result.reason, StopReason::Completed);
    QCOMPARE(last.steps.size(), std::size_t(9));
    config.batchSize = 1;
    tiny::run(config, tiny::input(tiny::network(), 1, 1), single);
    QCOMPARE(single.result.reason, StopReason::Completed);
}

void SessionTest::lossThatIsNotFiniteEndsWithASentence()
{
    TrainingInput input = tiny::input(tiny::network());
    std::dynamic_pointer_cast<tiny::Pictures>(input.train)->brightness = std::nanf("");
    tiny::Recorder recorder;
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.reason, StopReason::Failed);
    QCOMPARE(recorder.result.error.code, ErrorCode::LossNotFinite);
    QVERIFY(recorder.result.error.message.find("epoch 1, step 1") != std::string::npos);
    QVERIFY(recorder.result.error.message.find("lower the learning rate") != std::string::npos);
}

void SessionTest::lastGoodCheckpointSurvivesADivergedRun()
{
    const QTemporaryDir folder;
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointFolder = pathOf(folder);
    input.checkpointInterval = {};
    const auto pictures = std::dynamic_pointer_cast<tiny::Pictures>(input.train);
    tiny::Recorder recorder;
    recorder.afterStep = [&](const MetricSample &sample) {
        if (sample.step == 8)
            pictures->brightness = std::nanf("");
    };
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::LossNotFinite);
    QCOMPARE(recorder.result.epochs.size(), std::size_t(1));
    pictures->brightness = 0.6F;
    input.resume = true;
    tiny::Recorder resumed, straight;
    tiny::run(tiny::config(), input, resumed);
    QCOMPARE(resumed.steps.front().step, std::int64_t(7));
    tiny::run(tiny::config(), tiny::input(tiny::network()), straight);
    QVERIFY(sameCourse(straight, resumed));
}

void SessionTest::epochsBeforeADivergenceAreToldOfOnce()
{
    const QTemporaryDir folder;
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointFolder = pathOf(folder);
    input.checkpointInterval = std::chrono::hours(1);
    std::vector<std::size_t> told;
    input.afterCheckpoint = [&](const std::vector<EpochResult> &epochs, const StateDict &best) -> Result<void> {
        if (!best.empty())
            told.push_back(epochs.size());
        return {};
    };
    tiny::Recorder recorder;
    recorder.afterStep = [pictures = std::dynamic_pointer_cast<tiny::Pictures>(input.train)](const MetricSample &sample) {
        if (sample.step == 14)
            pictures->brightness = std::nanf("");
    };
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::LossNotFinite);
    QCOMPARE(told, std::vector<std::size_t>{2});
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("checkpoint.safetensors"))));
}

void SessionTest::whatWasDoneBeforePicturesFailedIsKept()
{
    const QTemporaryDir folder;
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointFolder = pathOf(folder);
    input.checkpointInterval = std::chrono::hours(1);
    const auto pictures = std::dynamic_pointer_cast<tiny::Pictures>(input.train);
    int batches = 0;
    pictures->beforeBatch = [&]() -> Result<void> {
        if (++batches == 10) // the third of the second epoch: one call more is an epoch's end
            return fail(ErrorCode::PictureUnreadable, "'a.jpg' is no picture any more; remove it.", "a.jpg");
        return {};
    };
    tiny::Recorder failed, resumed, straight;
    tiny::run(tiny::config(), input, failed);
    QCOMPARE(failed.result.error.code, ErrorCode::PictureUnreadable);
    QCOMPARE(failed.steps.back().step, std::int64_t(8));
    pictures->beforeBatch = {};
    input.resume = true;
    tiny::run(tiny::config(), input, resumed);
    QCOMPARE(resumed.steps.front().step, std::int64_t(9));
    tiny::run(tiny::config(), tiny::input(tiny::network()), straight);
    QVERIFY(sameCourse(straight, resumed));
}

void SessionTest::badInputGetsOneSentence()
{
    const auto codeOf = [](const TrainingConfig &config, const TrainingInput &input) {
        tiny::Recorder recorder;
        tiny::run(config, input, recorder);
        const std::string &message = recorder.result.error.message;
        return recorder.result.reason == StopReason::Failed && message.ends_with(".") ? std::optional(recorder.result.error.code)
                                                                                      : std::nullopt;
    };
    TrainingConfig config = tiny::config();
    config.learningRate = -1;
    QCOMPARE(codeOf(config, tiny::input(tiny::network())), ErrorCode::SettingInvalid);

    Network frozen = tiny::network();
    tiny::freezeBlock(frozen, "");
    QCOMPARE(codeOf(tiny::config(), tiny::input(frozen)), ErrorCode::SettingInvalid);

    TrainingInput nothing = tiny::input(tiny::network());
    nothing.train = nullptr;
    QCOMPARE(codeOf(tiny::config(), nothing), ErrorCode::DataInvalid);
    QCOMPARE(codeOf(tiny::config(), tiny::input(tiny::network(), 0)), ErrorCode::DataInvalid);

    TrainingInput weightless = tiny::input(tiny::network());
    weightless.weights = {};
    QCOMPARE(codeOf(tiny::config(), weightless), ErrorCode::WeightsMismatch);

    Network wide = tiny::network();
    wide.find(wide.layers().front().id)->attributes["shape"] = tiny::Sizes{3, 16, 16};
    QCOMPARE(codeOf(tiny::config(), tiny::input(wide)), ErrorCode::ShapeMismatch);

    Network twoClasses = tiny::network();
    twoClasses.find(twoClasses.output())->attributes["out_features"] = std::int64_t{2};
    QCOMPARE(codeOf(tiny::config(), tiny::input(twoClasses)), ErrorCode::DataInvalid);

    TrainingInput nowhere = tiny::input(tiny::network());
    nowhere.checkpointFolder = "/proc/graft";
    QCOMPARE(codeOf(tiny::config(), nowhere), ErrorCode::FileUnwritable);

    config = tiny::config();
    config.device.cudaIndex = 77;
    const auto code = codeOf(config, tiny::input(tiny::network()));
    QVERIFY(code == ErrorCode::DeviceUnavailable);
}

void SessionTest::errorOfABatchEndsTheRun()
{
    TrainingInput input = tiny::input(tiny::network());
    int batches = 0;
    std::dynamic_pointer_cast<tiny::Pictures>(input.train)->beforeBatch = [&]() -> Result<void> {
        if (++batches == 4)
            return fail(ErrorCode::PictureUnreadable, "'a.jpg' is no picture any more; remove it.", "a.jpg");
        return {};
    };
    tiny::Recorder recorder;
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.reason, StopReason::Failed);
    QCOMPARE(recorder.result.error.code, ErrorCode::PictureUnreadable);
    QCOMPARE(recorder.steps.size(), std::size_t(3));
}

void SessionTest::errorAfterAnEpochEndsTheRun()
{
    TrainingInput input = tiny::input(tiny::network());
    input.checkpointInterval = {};
    input.afterCheckpoint = [](const std::vector<EpochResult> &epochs, const StateDict &best) -> Result<void> {
        if (epochs.size() == 2)
            return fail(ErrorCode::DiskFull, "The disk is full.", {});
        return best.empty() ? Result<void>(fail(ErrorCode::Internal, "No weights.", {})) : Result<void>();
    };
    tiny::Recorder recorder;
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::DiskFull);
    QCOMPARE(recorder.epochs.size(), std::size_t(1));
}

void SessionTest::bfloat16TrainsToo()
{
    TrainingConfig config = tiny::config();
    tiny::Recorder full, half;
    tiny::run(config, tiny::input(tiny::network(0)), full);
    config.precision = "bf16";
    tiny::run(config, tiny::input(tiny::network(0)), half);
    QCOMPARE(half.result.reason, StopReason::Completed);
    QVERIFY(half.steps.front().batchLoss != full.steps.front().batchLoss);
    QVERIFY(std::abs(half.steps.front().batchLoss - full.steps.front().batchLoss) < 0.05);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "sessiontest.moc"
