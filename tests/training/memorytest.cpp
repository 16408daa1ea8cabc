#ifndef Q_MOC_RUN // moc cannot read what these include
#include "limitedallocator.h"
#include "training/batchparts.h"
#include "training/learner.h"
#include "training/session.h"
#include "training/tinynetwork.h"

#include <ATen/ATen.h>
#include <utility>
#endif

#include <QTest>
#include <limits>

using namespace graft;

class MemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsOfABatchTeachWhatTheBatchDoes();
    void stepGoesOnInHalvesWhenMemoryRunsOut();
    void onePictureTooManyIsSaid();
    void runTellsOfSmallerParts();
    void checkpointedActivationsTakeLessMemoryAndTeachTheSame_data();
    void checkpointedActivationsTakeLessMemoryAndTeachTheSame();
    void activationsAreCheckpointedWhenSinglePicturesAreTooMany();
    void shortMemoryIsSeenBeforehand();
    void checkpointedRunsLearnTheSame();
};

namespace {

Batch batchOf(int samples)
{
    tiny::Pictures source(samples, samples);
    source.startEpoch(1, 1);
    return *source.next();
}

std::unique_ptr<Learner> learner(const Network &network, int microBatchSize)
{
    TrainingConfig config = tiny::config();
    config.microBatchSize = microBatchSize;
    return std::move(*Learner::create(network, *initialWeights(network, 5), config));
}

/// Many blocks of convolution, BatchNorm and ReLU with shortcuts.
Network deepNetwork(std::int64_t side, int blocks = 16)
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", Shape{3, side, side}}}, {});
    std::int64_t channels = 3;
    for (int block = 0; block < blocks; ++block) {
        const std::string name = "block" + std::to_string(block);
        const LayerId before = last;
        last = network.add(name + ".conv", "Conv2d",
            {{"in_channels", std::exchange(channels, 8)}, {"out_channels", std::int64_t{8}}, {"kernel_size", Shape{3, 3}},
                {"padding", Shape{1, 1}}, {"bias", false}},
            {last});
        last = network.add(name + ".bn", "BatchNorm2d", {{"num_features", std::int64_t{8}}}, {last});
        if (block > 0)
            last = network.add(name + ".add", "Add", {}, {last, before});
        last = network.add(name + ".relu", "ReLU", {}, {last});
    }
    last = network.add("avgpool", "AdaptiveAvgPool2d", {{"output_size", Shape{1, 1}}}, {last});
    last = network.add("flatten", "Flatten", {}, {last});
    last = network.add("dropout", "Dropout", {{"p", 0.3}}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{8}}, {"out_features", std::int64_t{tiny::classes}}}, {last});
    return network;
}

std::unique_ptr<Learner> checkpointingLearner(
    const Network &network, const std::string &checkpointing, const std::string &precision = "fp32")
{
    TrainingConfig config = tiny::config();
    config.activationCheckpointing = checkpointing;
    config.precision = precision;
    return std::move(*Learner::create(network, *initialWeights(network, 5), config));
}

double largestDifference(const StateDict &a, const StateDict &b)
{
    double most = 0;
    for (const auto &[name, tensor] : a.entries()) {
        const auto x = tensor.toFloats(), y = b.find(name)->toFloats();
        for (std::size_t i = 0; i < x.size(); ++i)
            most = std::max(most, static_cast<double>(std::abs(x[i] - y[i])));
    }
    return most;
}

} // namespace

void MemoryTest::partsOfABatchTeachWhatTheBatchDoes()
{
    Network network = tiny::network(0);
    tiny::freezeBlock(network, "stem");
    tiny::freezeBlock(network, "body"); // so that no BatchNorm looks at a part's statistics
    const Batch batch = batchOf(11);
    const auto whole = learner(network, 0), parts = learner(network, 4);
    for (int step = 0; step < 3; ++step) {
        QVERIFY(whole->train(batch, 0.1, 7));
        QVERIFY(parts->train(batch, 0.1, 7));
    }
    QVERIFY(largestDifference(*whole->weights(), *parts->weights()) < 1e-6);
    const auto expected = *whole->figures(Learner::Reading::All), got = *parts->figures(Learner::Reading::All);
    QCOMPARE(got.size(), std::size_t(3));
    for (std::size_t step = 0; step < got.size(); ++step) {
        QCOMPARE(got[step][0].samples, expected[step][0].samples);
        QCOMPARE(got[step][0].correct, expected[step][0].correct);
        QVERIFY(std::abs(got[step][0].loss - expected[step][0].loss) < 1e-5);
    }
}

void MemoryTest::stepGoesOnInHalvesWhenMemoryRunsOut()
{
    const Network network = tiny::network();
    const Batch batch = batchOf(64);
    const auto expected = learner(network, 16);
    QVERIFY(expected->train(batch, 0.1, 7));
    const auto got = learner(network, 0);
    {
        LimitedAllocator memory;
        memory.limit = 64 * 8 * tiny::side * tiny::side * sizeof(float) * 2; // two outputs of the second block: a quarter of the batch fits
        QVERIFY(got->train(batch, 0.1, 7));
        QVERIFY(memory.most <= memory.limit);
    }
    const std::string note = got->takeNote();
    QVERIFY2(note.find(" 16 at once") != std::string::npos, note.c_str());
    QVERIFY(got->takeNote().empty());
    QVERIFY(*got->weights() == *expected->weights());
}

void MemoryTest::onePictureTooManyIsSaid()
{
    const auto tooLarge = learner(tiny::network(), 0);
    const StateDict before = *tooLarge->weights();
    {
        LimitedAllocator memory;
        memory.limit = 1000;
        const auto done = tooLarge->train(batchOf(8), 0.1, 7);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::OutOfMemory);
    }
    const StateDict after = *tooLarge->weights();
    for (const auto &[name, tensor] : after.entries())
        if (name.find("running") == std::string::npos && name.find("batches") == std::string::npos)
            QVERIFY(tensor == *before.find(name));
}

void MemoryTest::runTellsOfSmallerParts()
{
    class Notes : public tiny::Recorder {
    public:
        void noteMade(const std::string &sentence) override { notes.push_back(sentence); }
        std::vector<std::string> notes;
    } recorder;
    TrainingConfig config = tiny::config();
    config.epochs = 1;
    config.batchSize = 64;
    TrainingInput input = tiny::input(tiny::network(), 128, 64);
    input.validation.reset();
    {
        LimitedAllocator memory;
        memory.limit = 64 * 8 * tiny::side * tiny::side * sizeof(float) * 3;
        tiny::run(config, std::move(input), recorder);
    }
    QCOMPARE(recorder.result.reason, StopReason::Completed);
    QVERIFY(std::ranges::any_of(recorder.notes, [](const std::string &note) { return note.find("Memory ran out") == 0; }));
}

void MemoryTest::checkpointedActivationsTakeLessMemoryAndTeachTheSame_data()
{
    QTest::addColumn<QString>("precision");
    QTest::newRow("fp32") << "fp32";
    QTest::newRow("bf16") << "bf16";
}

void MemoryTest::checkpointedActivationsTakeLessMemoryAndTeachTheSame()
{
    QFETCH(QString, precision);
    const Network network = deepNetwork(tiny::side);
    const Batch batch = batchOf(256);
    const auto train = [&](const std::string &checkpointing) {
        const auto taught = checkpointingLearner(network, checkpointing, precision.toStdString());
        LimitedAllocator memory;
        for (int step = 0; step < 3; ++step)
            if (!taught->train(batch, 0.05, 7))
                return std::pair(StateDict(), 0.0);
        return std::pair(*taught->weights(), static_cast<double>(memory.most));
    };
    const auto [expected, usual] = train("off");
    const auto [got, least] = train("on");
    qInfo("%.0f kB instead of %.0f kB", least / 1e3, usual / 1e3);
    QVERIFY(got == expected);
    QVERIFY(least < 0.5 * usual);
}

void MemoryTest::activationsAreCheckpointedWhenSinglePicturesAreTooMany()
{
    constexpr std::int64_t side = 32;
    const Network network = deepNetwork(side);
    Batch batch = batchOf(4);
    batch.pictures = Tensor::fromFloats({4, 3, side, side}, std::vector<float>(4 * 3 * side * side, 0.5F));
    constexpr std::size_t output = 8 * side * side * sizeof(float); // of one layer, for one picture
    for (const char *setting : {"auto", "off"}) {
        const auto taught = checkpointingLearner(network, setting);
        LimitedAllocator memory;
        memory.limit = 30 * output; // some 36 are kept without
        const auto done = taught->train(batch, 0.05, 7);
        QCOMPARE(done.has_value(), std::string(setting) == "auto");
        const std::string note = taught->takeNote();
        QCOMPARE(note.find("single pictures too") != std::string::npos, done.has_value());
        if (done)
            QVERIFY(taught->train(batch, 0.05, 8));
        QVERIFY(taught->takeNote().empty());
    }
}

void MemoryTest::shortMemoryIsSeenBeforehand()
{
    const Network network = deepNetwork(64);
    TrainingConfig config = tiny::config();
    const auto noteOf = [&](int batchSize, const char *setting) {
        config.batchSize = batchSize;
        config.activationCheckpointing = setting;
        return (*Learner::create(network, *initialWeights(network, 5), config))->takeNote();
    };
    constexpr int tooMany = 65536; // some 300 GB
    QVERIFY(noteOf(8, "auto").empty());
    const std::string note = noteOf(tooMany, "auto");
    QVERIFY2(note.find("more memory than the ") != std::string::npos, note.c_str());
    QVERIFY(noteOf(tooMany, "off").empty());
    QVERIFY(noteOf(tooMany, "on").empty()); // as it was told to
}

void MemoryTest::checkpointedRunsLearnTheSame()
{
    TrainingConfig config = tiny::config();
    const auto run = [&](const char *setting, int microBatchSize) {
        config.activationCheckpointing = setting;
        config.microBatchSize = microBatchSize;
        tiny::Recorder recorder;
        tiny::run(config, tiny::input(deepNetwork(tiny::side, 6)), recorder);
        return recorder.result;
    };
    for (const int microBatchSize : {0, 3}) {
        const TrainingResult expected = run("off", microBatchSize), got = run("on", microBatchSize);
        QCOMPARE(got.reason, StopReason::Completed);
        QVERIFY(got.bestWeights == expected.bestWeights);
        for (std::size_t epoch = 0; epoch < expected.epochs.size(); ++epoch) {
            QVERIFY(got.epochs[epoch].train == expected.epochs[epoch].train);
            QVERIFY(got.epochs[epoch].validation == expected.epochs[epoch].validation);
        }
    }
}

QTEST_GUILESS_MAIN(MemoryTest)
#include "memorytest.moc"
