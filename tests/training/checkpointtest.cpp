#include "training/checkpoint.h"
#include "training/tinynetwork.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace graft;

namespace {

std::filesystem::path fileIn(const QTemporaryDir &folder)
{
    return std::filesystem::path(folder.path().toStdString()) / "checkpoint.safetensors";
}

Checkpoint example()
{
    Checkpoint checkpoint;
    checkpoint.network = tiny::network();
    checkpoint.config = tiny::config();
    checkpoint.weights = initialWeights(checkpoint.network, 1).value();
    checkpoint.bestWeights = checkpoint.weights;
    checkpoint.bestWeights.set("fc.bias", Tensor::fromFloats({3}, std::vector<float>{1, 2, 3}));
    checkpoint.optimizerState.set("steps", Tensor::fromInt64s({1}, std::vector<std::int64_t>{9}));
    checkpoint.epochs = {{1, {0.1 + 0.2, 0.5, {{"shape", 0.1, 0.25}, {"Farbe", 0.2, 0.75}}}, Metrics{1.5, 0.25}, 2.5, true},
        {2, {0.25, 0.75}, std::nullopt, 2, false}};
    checkpoint.bestEpoch = 1;
    checkpoint.step = 9;
    checkpoint.batchInEpoch = 3;
    checkpoint.sums = {{1.0 / 3, 7, 24}, {0.1, 2, 3}};
    checkpoint.seconds = 6.5;
    checkpoint.secondsInEpoch = 2;
    checkpoint.trainSamples = 44;
    return checkpoint;
}

} // namespace

class CheckpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsEverything();
    void truncatedFileGetsASentence();
    void missingFileAndForeignFileGetASentence();
    void otherRunIsRefusedWithWhatDiffers();
};

void CheckpointTest::keepsEverything()
{
    const QTemporaryDir folder;
    const Checkpoint written = example();
    QVERIFY(writeCheckpoint(fileIn(folder), written));
    const auto read = readCheckpoint(fileIn(folder));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(read->config == written.config);
    QVERIFY(read->weights == written.weights);
    QVERIFY(read->bestWeights == written.bestWeights);
    QVERIFY(read->optimizerState == written.optimizerState);
    QVERIFY(read->epochs == written.epochs);
    QCOMPARE(read->bestEpoch, written.bestEpoch);
    QCOMPARE(read->step, written.step);
    QCOMPARE(read->batchInEpoch, written.batchInEpoch);
    QVERIFY(read->sums == written.sums);
    QCOMPARE(read->seconds, written.seconds);
    QCOMPARE(read->secondsInEpoch, written.secondsInEpoch);
    QVERIFY(requireSameRun(*read, written.config, written.network, written.trainSamples, fileIn(folder)));
}

void CheckpointTest::truncatedFileGetsASentence()
{
    const QTemporaryDir folder;
    QVERIFY(writeCheckpoint(fileIn(folder), example()));
    QFile file(fileIn(folder).c_str());
    for (qint64 size = file.size() - 1; size >= 0; size = size > 4000 ? size - 997 : size - 61) {
        QVERIFY(file.resize(size));
        const auto read = readCheckpoint(fileIn(folder));
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::FileCorrupt || read.error().code == ErrorCode::FormatUnknown);
        QVERIFY(read.error().message.ends_with("."));
    }
}

void CheckpointTest::missingFileAndForeignFileGetASentence()
{
    const QTemporaryDir folder;
    QCOMPARE(readCheckpoint(fileIn(folder)).error().code, ErrorCode::FileNotFound);
    QFile file(fileIn(folder).c_str());
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray header = R"({"__metadata__":{"a":"b"}})";
    const auto length = static_cast<quint64>(header.size());
    file.write(reinterpret_cast<const char *>(&length), 8);
    file.write(header);
    file.close();
    QCOMPARE(readCheckpoint(fileIn(folder)).error().code, ErrorCode::FormatUnknown);
}

void CheckpointTest::otherRunIsRefusedWithWhatDiffers()
{
    const Checkpoint checkpoint = example();
    const auto says = [&](const Result<void> &result, const char *part) {
        return !result && result.error().message.find(part) != std::string::npos && result.error().message.ends_with(".");
    };
    const auto &[network, config] = std::tie(checkpoint.network, checkpoint.config);
    Network other = network;
    tiny::freezeBlock(other, "stem");
    QVERIFY(says(requireSameRun(checkpoint, config, other, 44, "c"), "`stem.conv` was not frozen"));
    other = network;
    other.find(other.output())->attributes["out_features"] = std::int64_t{5};
    QVERIFY(says(requireSameRun(checkpoint, config, other, 44, "c"), "`fc` had other attributes"));
    TrainingConfig changed = config;
    changed.learningRate = 0.5;
    QVERIFY(says(requireSameRun(checkpoint, changed, network, 44, "c"), "learningRate 0.05 and the settings say 0.5"));
    changed = config;
    changed.epochs = 2;
    QVERIFY(says(requireSameRun(checkpoint, changed, network, 44, "c"), "choose at least 3"));
    changed.epochs = 30;
    changed.device.cudaIndex = 0;
    QVERIFY(requireSameRun(checkpoint, changed, network, 44, "c"));
    QVERIFY(says(requireSameRun(checkpoint, config, network, 45, "c"), "44 training pictures"));
}

QTEST_GUILESS_MAIN(CheckpointTest)
#include "checkpointtest.moc"
