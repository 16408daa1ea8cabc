#ifndef Q_MOC_RUN // moc cannot read what these include
#include "training/cudasupport.h"

#include "nn/torchversion.h"
#include "training/tinynetwork.h"

#include <ATen/ATen.h>
#endif

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace graft;

namespace {

const std::vector<LevelScale> scales = {{0.0171F, -2.1179F}, {0.0175F, -2.0357F}, {0.0174F, -1.8044F}};

/// Pictures of levels, or of the numbers that their scales make of them by the definition.
class Levels : public tiny::Pictures {
public:
    Levels(bool asLevels, int samples, int firstPicture) : tiny::Pictures(samples, 8, firstPicture), m_asLevels(asLevels) { }
    [[nodiscard]] Result<Batch> next() override
    {
        auto batch = tiny::Pictures::next();
        if (!batch || batch->labels.empty())
            return batch;
        const std::vector<float> noise = batch->pictures.toFloats();
        auto levels = std::make_shared<std::vector<std::byte>>();
        std::vector<float> numbers;
        for (std::size_t i = 0; i < noise.size(); ++i) {
            const auto level = static_cast<std::uint8_t>(std::clamp(128 + 40 * noise[i], 0.0F, 255.0F));
            const LevelScale &scale = scales[i / (tiny::side * tiny::side) % 3];
            levels->push_back(std::byte{level});
            numbers.push_back(static_cast<float>(level) * scale.factor + scale.offset);
        }
        const Shape shape = batch->pictures.shape();
        batch->pictures = m_asLevels ? Tensor(DType::UInt8, shape, levels) : Tensor::fromFloats(shape, numbers);
        if (m_asLevels)
            batch->scales = scales;
        return batch;
    }

private:
    bool m_asLevels;
};

TrainingResult train(bool asLevels, bool frozen, int microBatchSize)
{
    Network network = tiny::network();
    if (frozen)
        tiny::freezeBlock(network, "stem");
    TrainingInput input = tiny::input(network);
    input.train = std::make_shared<Levels>(asLevels, 44, 0);
    input.validation = std::make_shared<Levels>(asLevels, 20, 1000);
    TrainingConfig config = tiny::config();
    config.microBatchSize = microBatchSize;
    tiny::Recorder recorder;
    tiny::run(config, input, recorder);
    return recorder.result;
}

} // namespace

class CudaSupportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void levelsBecomeTheNumbersOfTheirScales();
    void aRunOnLevelsLearnsTheSame_data();
    void aRunOnLevelsLearnsTheSame();
    void aWarningIsToldOnce();
};

void CudaSupportTest::levelsBecomeTheNumbersOfTheirScales()
{
    const at::Tensor levels = at::arange(256, at::kByte).view({1, 1, 16, 16}).expand({2, 3, 16, 16}).contiguous();
    const at::Tensor numbers = cudasupport::uploadScaled(levels, scales, at::kCPU);
    QCOMPARE(numbers.scalar_type(), at::kFloat);
    QVERIFY(numbers.sizes() == levels.sizes());
    for (std::int64_t channel = 0; channel < 3; ++channel)
        for (std::int64_t level = 0; level < 256; ++level) {
            const LevelScale &scale = scales[static_cast<std::size_t>(channel)];
            QCOMPARE(numbers[1][channel][level / 16][level % 16].item<float>(), static_cast<float>(level) * scale.factor + scale.offset);
        }
}

void CudaSupportTest::aRunOnLevelsLearnsTheSame_data()
{
    QTest::addColumn<bool>("frozen");
    QTest::addColumn<int>("microBatchSize");
    QTest::newRow("everything") << false << 0;
    QTest::newRow("in parts") << false << 3;
    QTest::newRow("a frozen part") << true << 0;
}

void CudaSupportTest::aRunOnLevelsLearnsTheSame()
{
    QFETCH(bool, frozen);
    QFETCH(int, microBatchSize);
    const TrainingResult numbers = train(false, frozen, microBatchSize), levels = train(true, frozen, microBatchSize);
    QCOMPARE(levels.reason, StopReason::Completed);
    QVERIFY(levels.bestWeights == numbers.bestWeights);
    QCOMPARE(levels.epochs.back().validation->loss, numbers.epochs.back().validation->loss);
}

void CudaSupportTest::aWarningIsToldOnce()
{
    QTemporaryDir folder;
    QFile said(folder.filePath("said"));
    QVERIFY(said.open(QIODevice::ReadWrite));
    std::fflush(stderr);
    const int standardError = ::dup(STDERR_FILENO);
    ::dup2(said.handle(), STDERR_FILENO);
    {
        const torchversion::EachWarningOnce once;
        for (int step = 0; step < 3; ++step) {
            TORCH_WARN("max_pool2d has no deterministic form");
            TORCH_WARN("neither has something else");
        }
    }
    TORCH_WARN("max_pool2d has no deterministic form");
    std::fflush(stderr);
    ::dup2(standardError, STDERR_FILENO);
    ::close(standardError);
    QVERIFY(said.seek(0));
    const QByteArray text = said.readAll();
    QCOMPARE(text.count("max_pool2d"), 2);
    QCOMPARE(text.count("something else"), 1);
}

QTEST_GUILESS_MAIN(CudaSupportTest)
#include "cudasupporttest.moc"
