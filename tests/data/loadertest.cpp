#include "data/loader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace graft;

namespace {

/// What a whole pass gives: the batches' labels and values one after another.
struct Pass {
    std::vector<std::int64_t> labels;
    std::vector<float> values;
    std::vector<std::int64_t> sizes;
    std::string error;
    bool operator==(const Pass &) const = default;
};

Pass passOf(BatchSource &loader, std::uint64_t seed, int epoch)
{
    Pass pass;
    loader.startEpoch(seed, epoch);
    while (true) {
        const auto batch = loader.next();
        if (!batch) {
            pass.error = batch.error().message;
            return pass;
        }
        if (batch->labels.empty())
            return pass;
        pass.labels.insert(pass.labels.end(), batch->labels.begin(), batch->labels.end());
        const auto values = batch->pictures.floats();
        pass.values.insert(pass.values.end(), values.begin(), values.end());
        pass.sizes.push_back(batch->pictures.shape().front());
    }
}

Augmentation strong()
{
    Augmentation augmentation;
    augmentation.rotation = 30;
    augmentation.hue = 0.2;
    augmentation.channelShift = 20;
    return augmentation;
}

} // namespace

class LoaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyPictureComesOnceAndTheLastBatchIsKept();
    void withoutShuffleTheOrderIsKept();
    void theNumberOfThreadsChangesNothing();
    void eachEpochAndSeedHasItsOwnOrderAndViews();
    void aPassStartedAgainIsTheSame();
    void aPassCanBeGivenUpAtAnyTime();
    void aBatchInUseIsNoOtherLoadersMemory();
    void destructionNeverHangs();
    void valuesAreTheTransforms();
    void levelsAreTheValuesBeforeTheyAreScaled_data();
    void levelsAreTheValuesBeforeTheyAreScaled();
    void aPictureGoneBadEndsThePassWithItsName();
    void aPictureGoneBadIsLeftOutWhereThatIsAsked();
    void tooManyPicturesGoneBadEndThePass();
    void aClassGoneBadEndsThePass();
    void noSamplesMakeNoBatch();
    void variantsOfAPictureComeInTurnWhateverTheSeed();
    void whatIsKnownIsNotMade();
    void skippedBatchesAreNotMade();
    void settingsTellWhatMakesPictures();

private:
    LoaderOptions options(int workers, bool augmented = true) const;
    QTemporaryDir m_folder;
    std::vector<Sample> m_samples;
};

void LoaderTest::initTestCase()
{
    std::mt19937_64 random(1);
    for (int i = 0; i < 23; ++i) {
        auto pixels = std::make_shared<std::vector<std::uint8_t>>(40 * 30 * 3);
        for (auto &value : *pixels)
            value = static_cast<std::uint8_t>(random() >> 56);
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("图 %1.png").arg(i)).toStdString();
        QVERIFY(writePicture(path, {40, 30, std::move(pixels)}));
        m_samples.push_back({path, {i}});
    }
}

LoaderOptions LoaderTest::options(int workers, bool augmented) const
{
    LoaderOptions options;
    options.batchSize = 4;
    options.preprocessing.resize = 20;
    options.preprocessing.crop = 16;
    options.shuffle = augmented;
    options.workers = workers;
    if (augmented)
        options.augmentation = strong();
    return options;
}

void LoaderTest::everyPictureComesOnceAndTheLastBatchIsKept()
{
    const auto loader = makeLoader(m_samples, options(2));
    QCOMPARE(loader->sampleCount(), std::int64_t{23});
    QCOMPARE(loader->batchCount(), std::int64_t{6});
    const Pass pass = passOf(*loader, 1, 1);
    QCOMPARE(pass.sizes, (std::vector<std::int64_t>{4, 4, 4, 4, 4, 3}));
    QCOMPARE(std::set(pass.labels.begin(), pass.labels.end()).size(), std::size_t{23});
    QVERIFY(!std::is_sorted(pass.labels.begin(), pass.labels.end()));
    QVERIFY(loader->next()->labels.empty());
}

void LoaderTest::withoutShuffleTheOrderIsKept()
{
    const auto loader = makeLoader(m_samples, options(3, false));
    const Pass pass = passOf(*loader, 1, 1);
    QVERIFY(std::is_sorted(pass.labels.begin(), pass.labels.end()));
}

void LoaderTest::theNumberOfThreadsChangesNothing()
{
    const Pass one = passOf(*makeLoader(m_samples, options(1)), 7, 3);
    QCOMPARE(one.labels.size(), std::size_t{23});
    for (const int workers : {2, 3, 8, 0})
        QVERIFY(passOf(*makeLoader(m_samples, options(workers)), 7, 3) == one);
}

void LoaderTest::eachEpochAndSeedHasItsOwnOrderAndViews()
{
    const auto loader = makeLoader(m_samples, options(2));
    const Pass first = passOf(*loader, 7, 1), second = passOf(*loader, 7, 2), other = passOf(*loader, 8, 1);
    QVERIFY(first.labels != second.labels && first.labels != other.labels);
    auto unshuffled = options(2);
    unshuffled.shuffle = false;
    const auto ordered = makeLoader(m_samples, unshuffled);
    QVERIFY(passOf(*ordered, 7, 1).values != passOf(*ordered, 7, 2).values);
}

void LoaderTest::aPassStartedAgainIsTheSame()
{
    const auto loader = makeLoader(m_samples, options(2));
    const Pass first = passOf(*loader, 7, 5);
    QVERIFY(passOf(*loader, 1, 1).labels != first.labels);
    QVERIFY(passOf(*loader, 7, 5) == first);
}

void LoaderTest::aBatchInUseIsNoOtherLoadersMemory()
{
    const auto loader = makeLoader(m_samples, options(2)), other = makeLoader(m_samples, options(2));
    const Pass expected = passOf(*loader, 7, 1), ofOther = passOf(*other, 8, 1);
    loader->startEpoch(7, 1);
    std::vector<float> values;
    for (std::size_t i = 0; i < expected.sizes.size(); ++i) {
        const auto batch = loader->next();
        QVERIFY(batch);
        QVERIFY(passOf(*other, 8, 1) == ofOther);
        values.insert(values.end(), batch->pictures.floats().begin(), batch->pictures.floats().end());
    }
    QVERIFY(values == expected.values);
}

void LoaderTest::aPassCanBeGivenUpAtAnyTime()
{
    const auto loader = makeLoader(m_samples, options(3));
    const Pass whole = passOf(*loader, 7, 5);
    for (int taken = 0; taken < 6; ++taken) {
        loader->startEpoch(3, taken);
        for (int i = 0; i < taken; ++i)
            QCOMPARE(loader->next()->labels.size(), std::size_t{4});
        QVERIFY(passOf(*loader, 7, 5) == whole);
    }
}

void LoaderTest::destructionNeverHangs()
{
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 60; ++i) {
        const auto loader = makeLoader(m_samples, options(1 + i % 4));
        if (i % 3 > 0)
            loader->startEpoch(1, i);
        if (i % 3 > 1)
            QVERIFY(loader->next());
    }
    QVERIFY(timer.elapsed() < 10'000);
}

void LoaderTest::valuesAreTheTransforms()
{
    const auto evaluation = makeLoader(m_samples, options(2, false));
    evaluation->startEpoch(1, 1);
    const auto batch = evaluation->next();
    QVERIFY(batch);
    QCOMPARE(batch->pictures.shape(), (Shape{4, 3, 16, 16}));
    const std::size_t size = 3 * 16 * 16;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto expected = evaluationTransform(*decodePicture(m_samples[i].path), options(2).preprocessing);
        QVERIFY(std::ranges::equal(batch->pictures.floats().subspan(i * size, size), expected.floats()));
    }
}

void LoaderTest::levelsAreTheValuesBeforeTheyAreScaled_data()
{
    QTest::addColumn<QString>("channels");
    QTest::addColumn<bool>("augmented");
    for (const char *channels : {"RGB", "BGR", "L"})
        for (const bool augmented : {false, true})
            QTest::addRow("%s, %s", channels, augmented ? "augmented" : "as it is") << channels << augmented;
}

void LoaderTest::levelsAreTheValuesBeforeTheyAreScaled()
{
    QFETCH(QString, channels);
    QFETCH(bool, augmented);
    LoaderOptions asked = options(2, augmented);
    asked.preprocessing.channelOrder = channels.toStdString();
    const auto values = makeLoader(m_samples, asked);
    asked.asLevels = true;
    const auto levels = makeLoader(m_samples, asked);
    values->startEpoch(3, 2);
    levels->startEpoch(3, 2);
    for (;;) {
        const auto expected = values->next(), batch = levels->next();
        QVERIFY(expected && batch);
        QCOMPARE(batch->labels, expected->labels);
        if (batch->labels.empty())
            break;
        QCOMPARE(batch->pictures.type(), DType::UInt8);
        QVERIFY(batch->pictures.shape() == expected->pictures.shape());
        QVERIFY(expected->scales.empty());
        QCOMPARE(static_cast<std::int64_t>(batch->scales.size()), batch->pictures.shape()[1]);
        const std::vector<float> numbers = expected->pictures.toFloats(), given = batch->pictures.toFloats();
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const LevelScale &scale = batch->scales[i / (16 * 16) % batch->scales.size()];
            if (given[i] * scale.factor + scale.offset != numbers[i])
                QFAIL(qPrintable(QString("value %1: %2 from level %3").arg(i).arg(numbers[i]).arg(given[i])));
        }
    }
}

void LoaderTest::aPictureGoneBadEndsThePassWithItsName()
{
    auto samples = m_samples;
    const std::filesystem::path path = m_folder.filePath("bad.png").toStdString();
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no picture");
    file.close();
    samples[9].path = path;
    samples[10].path = "/no/such/file.png";
    const auto loader = makeLoader(samples, options(3, false));
    for (int round = 0; round < 3; ++round) {
        const Pass pass = passOf(*loader, 1, 1);
        QCOMPARE(pass.labels.size(), std::size_t{8});
        QVERIFY2(pass.error.find("bad.png") != std::string::npos, pass.error.c_str());
        QVERIFY(loader->next()->labels.empty());
    }
}

void LoaderTest::aPictureGoneBadIsLeftOutWhereThatIsAsked()
{
    auto samples = m_samples;
    for (auto &sample : samples)
        sample.labels[0] /= 4;
    samples[9].path = "/no/such/file.png";
    samples[10].path = "/no/other/file.png";
    auto leavingOut = options(3, false);
    std::vector<std::string> named;
    leavingOut.leftOut = [&](const BrokenFile &file) {
        named.push_back(file.path.string());
        QVERIFY(file.reason.find(file.path.string()) != std::string::npos);
    };
    const auto loader = makeLoader(samples, leavingOut);
    samples.erase(samples.begin() + 9, samples.begin() + 11);
    const auto without = makeLoader(samples, options(1, false));
    for (int round = 0; round < 2; ++round) {
        const Pass pass = passOf(*loader, 1, 1), expected = passOf(*without, 1, 1);
        QVERIFY2(pass.error.empty(), pass.error.c_str());
        QCOMPARE(pass.labels, expected.labels);
        QVERIFY(pass.values == expected.values);
        QCOMPARE(pass.sizes, (std::vector<std::int64_t>{4, 4, 2, 4, 4, 3}));
    }
    QCOMPARE(named, (std::vector<std::string>{"/no/such/file.png", "/no/other/file.png"}));
}

void LoaderTest::tooManyPicturesGoneBadEndThePass()
{
    auto samples = m_samples;
    for (auto &sample : samples)
        sample.labels = {0};
    for (const std::size_t bad : {2, 9, 17})
        samples[bad].path = "/no/such/file" + std::to_string(bad) + ".png";
    auto leavingOut = options(2, false);
    leavingOut.leftOut = [](const BrokenFile &) {};
    const Pass pass = passOf(*makeLoader(samples, leavingOut), 1, 1);
    QVERIFY2(pass.error.find("3 of 23") != std::string::npos, pass.error.c_str());
    QVERIFY(pass.error.find("file17") != std::string::npos);
}

void LoaderTest::aClassGoneBadEndsThePass()
{
    auto samples = m_samples;
    samples[5].path = "/no/class/file.png";
    auto leavingOut = options(2, false);
    leavingOut.leftOut = [](const BrokenFile &) {};
    const Pass pass = passOf(*makeLoader(samples, leavingOut), 1, 1);
    QVERIFY2(pass.error.find("class in '/no/class'") != std::string::npos, pass.error.c_str());
}

void LoaderTest::noSamplesMakeNoBatch()
{
    const auto loader = makeLoader({}, options(2));
    QCOMPARE(loader->batchCount(), std::int64_t{0});
    QVERIFY(passOf(*loader, 1, 1).labels.empty());
    const auto notStarted = makeLoader(m_samples, options(2));
    QVERIFY(notStarted->next()->labels.empty());
}

namespace {

/// Each picture's values by its label.
std::map<std::int64_t, std::vector<float>> picturesOf(BatchSource &loader, std::uint64_t seed, int epoch)
{
    const Pass pass = passOf(loader, seed, epoch);
    const std::size_t size = pass.values.size() / pass.labels.size();
    std::map<std::int64_t, std::vector<float>> pictures;
    for (std::size_t i = 0; i < pass.labels.size(); ++i)
        pictures[pass.labels[i]] = {
            pass.values.begin() + static_cast<std::ptrdiff_t>(i * size), pass.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * size)};
    return pictures;
}

} // namespace

void LoaderTest::variantsOfAPictureComeInTurnWhateverTheSeed()
{
    auto three = options(2);
    three.augmentation->variants = 3;
    const auto loader = makeLoader(m_samples, three);
    std::map<std::int64_t, std::set<std::vector<float>>> views;
    for (int epoch = 1; epoch <= 3; ++epoch)
        for (const auto &[label, values] : picturesOf(*loader, 7, epoch))
            views[label].insert(values);
    QVERIFY(std::ranges::all_of(views, [](const auto &view) { return view.second.size() == 3; }));
    auto moved = m_samples; // other places and other seeds change nothing
    std::ranges::reverse(moved);
    QVERIFY(picturesOf(*makeLoader(moved, three), 8, 5) == picturesOf(*loader, 7, 2));

    loader->startEpoch(7, 1);
    std::set<std::uint32_t> numbers;
    for (auto batch = loader->next(); !batch->labels.empty(); batch = loader->next())
        for (const SampleKey &key : batch->keys)
            numbers.insert(key.variant);
    QCOMPARE(numbers, (std::set<std::uint32_t>{0, 1, 2})); // an epoch shows all kinds

    auto fresh = options(2);
    fresh.augmentation->variants = 0;
    const auto freshLoader = makeLoader(m_samples, fresh);
    QVERIFY(picturesOf(*freshLoader, 7, 1) != picturesOf(*freshLoader, 7, 4));
    freshLoader->startEpoch(7, 1);
    QVERIFY(freshLoader->next()->keys.empty());
}

void LoaderTest::whatIsKnownIsNotMade()
{
    const auto loader = makeLoader(m_samples, options(3));
    const auto whole = picturesOf(*loader, 7, 2);
    loader->useRecords([](const SampleKey &key) {
        return key.content.low % 2 == 0 ? SampleRecord{std::vector(2, static_cast<std::byte>(key.variant)), 5} : SampleRecord{};
    });
    loader->startEpoch(7, 2);
    std::size_t known = 0;
    for (auto batch = loader->next(); !batch->labels.empty(); batch = loader->next()) {
        std::size_t row = 0;
        for (std::size_t i = 0; i < batch->labels.size(); ++i) {
            if (batch->keys[i].content.low % 2 == 0) {
                ++known;
                QCOMPARE(batch->records[i].bytes, std::vector(2, static_cast<std::byte>(batch->keys[i].variant)));
                QCOMPARE(batch->records[i].stage, 5);
                continue;
            }
            const auto &expected = whole.at(batch->labels[i]);
            QVERIFY(std::ranges::equal(batch->pictures.floats().subspan(row++ * expected.size(), expected.size()), expected));
        }
        QCOMPARE(batch->pictures.elementCount(), static_cast<std::int64_t>(row * 3 * 16 * 16));
    }
    QVERIFY(known > 0 && known < m_samples.size());
}

void LoaderTest::skippedBatchesAreNotMade()
{
    const auto loader = makeLoader(m_samples, options(2));
    loader->startEpoch(7, 2);
    for (int i = 0; i < 4; ++i)
        QVERIFY(loader->next());
    const auto expected = loader->next();
    auto samples = m_samples;
    const auto resumed = makeLoader(samples, options(2));
    for (int round = 0; round < 20; ++round) {
        resumed->startEpoch(7, 2);
        QVERIFY(resumed->skip(4));
        const auto batch = resumed->next();
        QCOMPARE(batch->labels, expected->labels);
        QVERIFY(batch->pictures == expected->pictures);
        QCOMPARE(resumed->next()->labels.size(), std::size_t{3});
        QVERIFY(resumed->next()->labels.empty());
    }
}

void LoaderTest::settingsTellWhatMakesPictures()
{
    const auto settingsOf = [&](const LoaderOptions &changed) { return makeLoader(m_samples, changed)->pictureSettings(); };
    const Digest before = settingsOf(options(2));
    auto same = options(3);
    same.batchSize = 9;
    same.shuffle = false;
    same.augmentation->variants = 9;
    QVERIFY(settingsOf(same) == before);
    auto mean = options(2), augmentation = options(2), fresh = options(2);
    mean.preprocessing.mean[0] += 0.01;
    augmentation.augmentation->hue += 0.01;
    fresh.augmentation->variants = 0;
    QVERIFY(settingsOf(mean) != before);
    QVERIFY(settingsOf(augmentation) != before);
    QVERIFY(settingsOf(options(2, false)) != before);
    QVERIFY(settingsOf(fresh).isNull());
}

QTEST_GUILESS_MAIN(LoaderTest)
#include "loadertest.moc"
