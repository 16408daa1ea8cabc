#include "data/dataset.h"

#include "data/brokenpictures.h"
#include "data/picture.h"
#include "support/shareddata.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <unistd.h>

using namespace graft;

namespace {

namespace fs = std::filesystem;

/// A small picture that differs from those with another number.
void writePng(const fs::path &path, int number)
{
    fs::create_directories(path.parent_path());
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(8 * 8 * 3);
    for (std::size_t i = 0; i < pixels->size(); ++i)
        (*pixels)[i] = static_cast<std::uint8_t>(i * 7 + static_cast<std::size_t>(number) * 13 + static_cast<std::size_t>(number) / 256);
    QVERIFY(writePicture(path, {8, 8, std::move(pixels)}));
}

void writeClass(const fs::path &folder, int count, int first)
{
    for (int i = 0; i < count; ++i)
        writePng(folder / (std::to_string(i) + ".png"), first + i);
}

void writeBytes(const fs::path &path, const QByteArray &bytes)
{
    fs::create_directories(path.parent_path());
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

bool mentions(const std::vector<std::string> &sentences, const std::string &word)
{
    return std::any_of(
        sentences.begin(), sentences.end(), [&](const std::string &sentence) { return sentence.find(word) != std::string::npos; });
}

std::map<int, int> countsOf(const std::vector<Sample> &samples)
{
    std::map<int, int> counts;
    for (const auto &sample : samples)
        ++counts[sample.labels.front()];
    return counts;
}

/// A data set that exists only in memory.
Dataset imagined(const std::vector<int> &counts)
{
    Dataset dataset;
    for (std::size_t label = 0; label < counts.size(); ++label) {
        dataset.classNames.push_back("class" + std::to_string(label));
        for (int i = 0; i < counts[label]; ++i)
            dataset.samples.push_back({std::to_string(label) + "/" + std::to_string(i), {static_cast<int>(label)}});
    }
    return dataset;
}

} // namespace

class DatasetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void classesAreSortedByBytesWhateverTheirScript();
    void brokenFilesAreListedWithTheirReason();
    void aClassNameThatIsNoTextIsListed();
    void hiddenFilesAreIgnored();
    void subfoldersBelongToTheirClass();
    void aLoopOfLinksEnds();
    void trainAndValidationFoldersAreTheTwoParts_data();
    void trainAndValidationFoldersAreTheTwoParts();
    void aClassCalledTrainIsAClass();
    void trainAloneIsSplit();
    void whatOnlyOnePartHasIsSaid();
    void duplicatesAreSaid();
    void aClassWithoutReadablePictureIsLeftOutAndSaid();
    void aClassWithOnePictureIsSaid();
    void filesBesideTheClassFoldersAreSaid();
    void aFolderThatCannotBeTrainedOnGivesOneSentence();
    void aFolderThatMayNotBeEnteredIsListed();
    void progressReachesTheTotalOneAtATime();
    void aScanCanBeCancelled();
    void theSplitIsStratified();
    void theSplitFollowsItsSeed();
    void aPictureLessMovesAtMostOneOther();
    void aClassThatLosesAllItsPicturesStays();
    void theSplitKeepsADataSetsOwn();
    void realFoldersAreCountedRight();

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;
};

void DatasetTest::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->path().toStdString();
}

void DatasetTest::classesAreSortedByBytesWhateverTheirScript()
{
    const std::vector<std::string> sorted = {"10", "9", "Zebra", "a b", "ant", "Ünsal", "чай", "猫", "🐝"};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        writeClass(m_folder / sorted[sorted.size() - 1 - i], 2, static_cast<int>(i) * 2);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames, sorted);
    QCOMPARE(dataset->countsPerClass(), std::vector<std::int64_t>(sorted.size(), 2));
    QVERIFY(dataset->broken.empty() && dataset->warnings.empty() && !dataset->hasOwnSplit);
    for (const auto &sample : dataset->samples)
        QCOMPARE(sample.path.parent_path().filename().string(), sorted[static_cast<std::size_t>(sample.labels.front())]);
}

void DatasetTest::brokenFilesAreListedWithTheirReason()
{
    writeClass(m_folder / "a", 3, 0);
    writeClass(m_folder / "b", 3, 10);
    writeBytes(m_folder / "a" / "notes.txt", "text");
    writeBytes(m_folder / "a" / "Thumbs.db", "x");
    writeBytes(m_folder / "a" / "empty.jpg", "");
    writeBytes(m_folder / "b" / "text.JPG", "no picture at all");
    writeBytes(m_folder / "b" / "noextension", "x");
    QFile whole(QString::fromStdString((m_folder / "b" / "0.png").string()));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    writeBytes(m_folder / "b" / "cut.png", whole.readAll().chopped(30));
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->samples.size(), std::size_t{6});
    std::map<std::string, std::string> reasons;
    for (const auto &broken : dataset->broken)
        reasons[broken.path.filename().string()] = broken.reason;
    QCOMPARE(reasons.size(), std::size_t{6});
    QVERIFY(reasons["notes.txt"].find("not a picture") != std::string::npos);
    QVERIFY(reasons["Thumbs.db"].find("not a picture") != std::string::npos);
    QVERIFY(reasons["noextension"].find("not a picture") != std::string::npos);
    QVERIFY(reasons["empty.jpg"].find("empty") != std::string::npos);
    QVERIFY(reasons["text.JPG"].find("does not hold") != std::string::npos);
    QVERIFY(reasons["cut.png"].find("cut off") != std::string::npos);
    for (const auto &[name, reason] : reasons)
        QVERIFY(reason.ends_with('.'));
}

void DatasetTest::aClassNameThatIsNoTextIsListed()
{
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    fs::create_directory(m_folder / "caf\xE9");
    const auto dataset = scanDataset(m_folder);
    fs::remove(m_folder / "caf\xE9"); // Qt cannot.
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(dataset->broken.size(), std::size_t{1});
    QVERIFY(dataset->broken.front().reason.find("rename") != std::string::npos);
}

void DatasetTest::hiddenFilesAreIgnored()
{
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    writeClass(m_folder / ".git", 2, 20);
    writeBytes(m_folder / "a" / ".DS_Store", "x");
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames.size(), std::size_t{2});
    QVERIFY(dataset->broken.empty() && dataset->warnings.empty());
}

void DatasetTest::subfoldersBelongToTheirClass()
{
    writeClass(m_folder / "a" / "2024" / "may", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->countsPerClass(), (std::vector<std::int64_t>{2, 2}));
}

void DatasetTest::aLoopOfLinksEnds()
{
    writeClass(m_folder / "a" / "deep", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    fs::create_directory_symlink(m_folder / "a", m_folder / "a" / "deep" / "up");
    fs::create_directory_symlink(m_folder / "a" / "self", m_folder / "a" / "self");
    fs::create_symlink(m_folder / "nowhere.png", m_folder / "a" / "dangling.png");
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->countsPerClass(), (std::vector<std::int64_t>{2, 2}));
    QCOMPARE(dataset->broken.size(), std::size_t{2}); // the two links that lead nowhere
}

void DatasetTest::trainAndValidationFoldersAreTheTwoParts_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"val", "valid", "validation", "test", "Val"})
        QTest::newRow(name) << name;
}

void DatasetTest::trainAndValidationFoldersAreTheTwoParts()
{
    QFETCH(QString, name);
    for (const char *label : {"a", "b"}) {
        writeClass(m_folder / "train" / label, 3, label[0] * 10);
        writeClass(m_folder / name.toStdString() / label, 2, label[0] * 10 + 5);
    }
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QVERIFY(dataset->hasOwnSplit && dataset->warnings.empty());
    QCOMPARE(dataset->classNames, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(dataset->samples.size(), std::size_t{6});
    QCOMPARE(dataset->validationSamples.size(), std::size_t{4});
    QCOMPARE(dataset->countsPerClass(), (std::vector<std::int64_t>{5, 5}));
}

void DatasetTest::aClassCalledTrainIsAClass()
{
    writeClass(m_folder / "train", 2, 0);
    writeClass(m_folder / "bus", 2, 10);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames, (std::vector<std::string>{"bus", "train"}));
}

void DatasetTest::trainAloneIsSplit()
{
    writeClass(m_folder / "train" / "a", 5, 0);
    writeClass(m_folder / "train" / "b", 5, 10);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QVERIFY(!dataset->hasOwnSplit);
    QCOMPARE(split(*dataset).validation.size(), std::size_t{2});
}

void DatasetTest::whatOnlyOnePartHasIsSaid()
{
    writeClass(m_folder / "train" / "a", 3, 0);
    writeClass(m_folder / "train" / "b", 3, 10);
    writeClass(m_folder / "val" / "b", 3, 20);
    writeClass(m_folder / "val" / "stranger", 3, 30);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(dataset->validationSamples.size(), std::size_t{3});
    QCOMPARE(dataset->warnings.size(), std::size_t{2});
    QVERIFY(mentions(dataset->warnings, "'a' has no validation"));
    QVERIFY(mentions(dataset->warnings, "'stranger'"));
}

void DatasetTest::duplicatesAreSaid()
{
    writeClass(m_folder / "train" / "a", 3, 0);
    writeClass(m_folder / "train" / "b", 3, 10);
    writeClass(m_folder / "val" / "a", 2, 20);
    writeClass(m_folder / "val" / "b", 2, 30);
    QVERIFY(scanDataset(m_folder)->warnings.empty());
    fs::copy_file(m_folder / "train" / "a" / "0.png", m_folder / "val" / "a" / "copy.png");
    auto dataset = scanDataset(m_folder);
    QCOMPARE(dataset->warnings.size(), std::size_t{1});
    QVERIFY(mentions(dataset->warnings, "copy.png"));
    QVERIFY(mentions(dataset->warnings, "training pictures too: 1"));
    fs::copy_file(m_folder / "train" / "b" / "0.png", m_folder / "train" / "a" / "copy.png");
    dataset = scanDataset(m_folder);
    QVERIFY(mentions(dataset->warnings, "more than once: 1"));
    QVERIFY(mentions(dataset->warnings, "two classes: 1"));
}

void DatasetTest::aClassWithoutReadablePictureIsLeftOutAndSaid()
{
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    fs::create_directory(m_folder / "empty");
    writeBytes(m_folder / "broken" / "x.jpg", "x");
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QCOMPARE(dataset->classNames, (std::vector<std::string>{"a", "b"}));
    QVERIFY(mentions(dataset->warnings, "'empty'") && mentions(dataset->warnings, "'broken'"));
}

void DatasetTest::aClassWithOnePictureIsSaid()
{
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 1, 10);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QVERIFY(mentions(dataset->warnings, "'b' has one picture"));
}

void DatasetTest::filesBesideTheClassFoldersAreSaid()
{
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    writePng(m_folder / "stray.png", 20);
    const auto dataset = scanDataset(m_folder);
    QVERIFY(dataset);
    QVERIFY(mentions(dataset->warnings, "stray.png"));
}

void DatasetTest::aFolderThatCannotBeTrainedOnGivesOneSentence()
{
    const auto refusal = [](const fs::path &folder) {
        const auto dataset = scanDataset(folder);
        return dataset ? std::string() : std::string(name(dataset.error().code)) + ": " + dataset.error().message;
    };
    QVERIFY(refusal(m_folder / "missing").find("dataInvalid: ") == 0);
    QVERIFY(refusal(m_folder).find("no class folders") != std::string::npos);
    writeBytes(m_folder / "file", "x");
    QVERIFY(refusal(m_folder / "file").find("not a folder") != std::string::npos);
    writeBytes(m_folder / "a" / "x.jpg", "x");
    writeBytes(m_folder / "b" / "x.jpg", "x");
    QVERIFY(refusal(m_folder).find("can be read") != std::string::npos);
    writeClass(m_folder / "a", 2, 0);
    QVERIFY(refusal(m_folder).find("one class only ('a')") != std::string::npos);
}

void DatasetTest::aFolderThatMayNotBeEnteredIsListed()
{
    if (::geteuid() == 0)
        QSKIP("root may enter every folder");
    writeClass(m_folder / "a", 2, 0);
    writeClass(m_folder / "b", 2, 10);
    fs::create_directory(m_folder / "b" / "closed");
    fs::permissions(m_folder / "b" / "closed", fs::perms::none);
    const auto dataset = scanDataset(m_folder);
    fs::permissions(m_folder / "b" / "closed", fs::perms::owner_all);
    QVERIFY(dataset);
    QCOMPARE(dataset->broken.size(), std::size_t{1});
    QVERIFY(dataset->broken.front().reason.find("permissions") != std::string::npos);
}

void DatasetTest::progressReachesTheTotalOneAtATime()
{
    writeClass(m_folder / "a", 40, 0);
    writeClass(m_folder / "b", 40, 100);
    std::atomic<int> inside = 0;
    bool overlapped = false, rising = true;
    ScanProgress last;
    const auto dataset = scanDataset(m_folder, [&](const ScanProgress &progress) {
        overlapped |= ++inside > 1;
        rising &= progress.done == last.done + 1 && progress.total == 80;
        last = progress;
        --inside;
    });
    QVERIFY(dataset);
    QVERIFY(!overlapped && rising);
    QCOMPARE(last.done, std::int64_t{80});
}

void DatasetTest::aScanCanBeCancelled()
{
    writeClass(m_folder / "a", 40, 0);
    writeClass(m_folder / "b", 40, 100);
    const Cancellation cancellation;
    std::int64_t done = 0;
    const auto dataset = scanDataset(
        m_folder,
        [&](const ScanProgress &progress) {
            done = progress.done;
            cancellation.request();
        },
        cancellation);
    QVERIFY(!dataset);
    QCOMPARE(dataset.error().code, ErrorCode::Cancelled);
    QVERIFY(done < 80);
}

void DatasetTest::theSplitIsStratified()
{
    const Dataset dataset = imagined({10, 1, 2, 7, 100});
    const Split parts = split(dataset, 0.2, 5);
    QCOMPARE(countsOf(parts.validation), (std::map<int, int>{{0, 2}, {2, 1}, {3, 1}, {4, 20}}));
    QCOMPARE(countsOf(parts.train), (std::map<int, int>{{0, 8}, {1, 1}, {2, 1}, {3, 6}, {4, 80}}));
    std::set<fs::path> all;
    for (const auto *part : {&parts.train, &parts.validation})
        for (const auto &sample : *part)
            QVERIFY(all.insert(sample.path).second);
    QCOMPARE(all.size(), dataset.samples.size());
    QVERIFY(split(dataset, 0, 5).validation.empty());
    QCOMPARE(countsOf(split(dataset, 1, 5).train), (std::map<int, int>{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}}));
}

void DatasetTest::theSplitFollowsItsSeed()
{
    const Dataset dataset = imagined({50, 50});
    QVERIFY(split(dataset, 0.2, 5).validation == split(dataset, 0.2, 5).validation);
    QVERIFY(split(dataset, 0.2, 5).validation != split(dataset, 0.2, 6).validation);
}

void DatasetTest::aPictureLessMovesAtMostOneOther()
{
    const Dataset dataset = imagined({40, 60});
    const Split before = split(dataset, 0.25, 7);
    for (const std::size_t out : {3U, 17U, 41U, 99U}) {
        Dataset less = dataset;
        const Sample sample = less.samples[out];
        QCOMPARE(leaveOut(less, {{sample.path, "It is damaged."}, {"elsewhere.jpg", "It is damaged."}}), std::size_t{1});
        QCOMPARE(less.samples.size(), std::size_t{99});
        QCOMPARE(less.broken.size(), std::size_t{1});
        QVERIFY(less.broken.front().path == fs::path(sample.path) && less.warnings.empty());
        QCOMPARE(leaveOut(less, {{sample.path, "It is damaged."}}), std::size_t{0});
        const Split after = split(less, 0.25, 7);
        for (const auto &[now, then] : {std::pair(&after.train, &before.train), std::pair(&after.validation, &before.validation)})
            QVERIFY(std::ranges::count_if(*now, [then = then](const Sample &one) { return std::ranges::count(*then, one) == 0; }) <= 1);
    }
}

void DatasetTest::aClassThatLosesAllItsPicturesStays()
{
    Dataset dataset = imagined({2, 5});
    const auto names = dataset.classNames;
    QCOMPARE(leaveOut(dataset, {{dataset.samples[0].path, "It is damaged."}, {dataset.samples[1].path, "It is damaged."}}), std::size_t{2});
    QVERIFY(dataset.classNames == names && dataset.warnings.size() == 1);
}

void DatasetTest::theSplitKeepsADataSetsOwn()
{
    Dataset dataset = imagined({3, 3});
    dataset.hasOwnSplit = true;
    dataset.validationSamples = {{"v", {1}}};
    const Split parts = split(dataset, 0.5, 1);
    QVERIFY(parts.train == dataset.samples && parts.validation == dataset.validationSamples);
}

void DatasetTest::realFoldersAreCountedRight()
{
    const auto data = sharedData();
    if (!data)
        QSKIP("the folder of real photos is not here");
    const auto insects = scanDataset(*data / "photos" / "hymenoptera");
    QVERIFY(insects);
    QCOMPARE(insects->classNames, (std::vector<std::string>{"ants", "bees"}));
    QCOMPARE(insects->samples.size(), std::size_t{244});
    QCOMPARE(insects->validationSamples.size(), std::size_t{153});
    QCOMPARE(insects->broken.size(), std::size_t{1});
    QCOMPARE(insects->broken.front().path.filename().string(), std::string("imageNotFound.gif"));
    QVERIFY(insects->broken.front().reason.find(".gif") != std::string::npos);
}

QTEST_GUILESS_MAIN(DatasetTest)
#include "datasettest.moc"
