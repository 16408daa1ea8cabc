#include <QTest>

#include "core/files.h"
#include "training/featurestore.h"

#include <QTemporaryDir>
#include <csignal>
#include <fstream>
#include <random>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace graft;
namespace fs = std::filesystem;

namespace {

FeatureSet someSet(std::uint64_t weights = 1)
{
    FeatureSet set;
    set.pictures = {7, 8};
    set.layers = {{weights, 2}, {weights, 3}};
    set.shapes = {{6}, {2, 3, 3}};
    set.type = DType::BFloat16;
    return set;
}

SampleKey keyOf(std::uint64_t picture, std::uint32_t variant = 0)
{
    return {{picture * 0x9E3779B97F4A7C15ULL + 1, picture}, variant};
}

/// What is kept of a sample: bytes that follow from its key.
std::vector<std::byte> recordOf(const SampleKey &key)
{
    std::vector<std::byte> record(someSet().recordBytes());
    for (std::size_t i = 0; i < record.size(); ++i)
        record[i] = static_cast<std::byte>((key.content.low * 31 + key.variant * 7 + i) % 251);
    return record;
}

struct Cache {
    QTemporaryDir root;
    [[nodiscard]] FeatureCacheSettings settings(std::int64_t limit = 100'000'000) const
    {
        return {root.filePath("features").toStdString(), limit};
    }
    [[nodiscard]] fs::path setFolder(const FeatureSet &set = someSet()) const { return folderOf(set, settings().folder); }
    [[nodiscard]] std::vector<fs::path> segments(const FeatureSet &set = someSet()) const
    {
        std::vector<fs::path> files;
        for (const auto &file : fs::directory_iterator(setFolder(set)))
            if (file.path().extension() == ".features")
                files.push_back(file.path());
        return files;
    }
};

void fill(FeatureStore &store, std::uint64_t from, std::uint64_t to)
{
    for (std::uint64_t picture = from; picture < to; ++picture)
        store.add(keyOf(picture), recordOf(keyOf(picture)));
}

/// How many of the pictures are found; every one that is found must be right.
int countFound(const FeatureStore &store, std::uint64_t from, std::uint64_t to)
{
    int found = 0;
    for (std::uint64_t picture = from; picture < to; ++picture)
        if (const auto record = store.find(keyOf(picture)); !record.empty()) {
            if (record != recordOf(keyOf(picture)))
                return -1;
            ++found;
        }
    return found;
}

/// Runs `work` in a process of its own, which ends with it.
template <typename Work>
pid_t inAnotherProcess(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    return child;
}

} // namespace

class FeatureStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasKeptIsFoundAgain();
    void anotherSetIsAnotherKey();
    void growsBeyondWhatWasExpected();
    void processesWriteAtOnceAndSeeEachOthersRecords();
    void aKilledWriterLeavesWholeRecordsOnly();
    void damagedFilesGiveNothingWrong_data();
    void damagedFilesGiveNothingWrong();
    void aFileThatShrinksWhileItIsReadGivesNothing();
    void aFullDiskIsSaidOnceAndWhatIsThereStays();
    void aFolderWithoutPermissionIsSaid();
    void theLimitRemovesWhatWasUsedLeastRecently();
    void oneSetThatIsTooLargeIsKeptInPart();
    void clearingFreesTheSpaceUnderARunningStore();
    void whatIsNotOfTheCacheStays();
    void setsAreReadBackOrLeftOut();
    void aSetThatNoNetworkCouldHaveIsLeftOut();
};

void FeatureStoreTest::whatWasKeptIsFoundAgain()
{
    const Cache cache;
    {
        FeatureStore store(cache.settings(), someSet(), 50);
        QCOMPARE(countFound(store, 0, 50), 0);
        fill(store, 0, 50);
        store.add(keyOf(3, 1), recordOf(keyOf(3, 1)));
        fill(store, 0, 50); // is there already
        QCOMPARE(countFound(store, 0, 60), 50);
        QVERIFY(store.takeProblem().empty());
    }
    const FeatureStore again(cache.settings(), someSet(), 50);
    QCOMPARE(countFound(again, 0, 60), 50);
    QCOMPARE(again.find(keyOf(3, 1)), recordOf(keyOf(3, 1)));
    QVERIFY(again.find(keyOf(4, 1)).empty());
    QVERIFY(featureCacheBytes(cache.settings().folder) < 20'000); // no more space than is needed
}

void FeatureStoreTest::anotherSetIsAnotherKey()
{
    const FeatureSet set = someSet();
    FeatureSet pictures = set, layers = set, shapes = set, type = set;
    pictures.pictures.low += 1;
    std::swap(layers.layers[0], layers.layers[1]);
    shapes.shapes[1] = {18};
    type.type = DType::Float32;
    std::set<Digest> keys;
    for (const FeatureSet &each : {set, pictures, layers, shapes, type})
        keys.insert(each.key());
    QCOMPARE(keys.size(), std::size_t{5});
    QCOMPARE(someSet().key(), set.key());
}

void FeatureStoreTest::growsBeyondWhatWasExpected()
{
    const Cache cache;
    FeatureStore store(cache.settings(), someSet(), 4);
    fill(store, 0, 100);
    QCOMPARE(countFound(store, 0, 100), 100);
    QVERIFY(cache.segments().size() > 1);
    QCOMPARE(countFound(FeatureStore(cache.settings(), someSet(), 4), 0, 100), 100);
}

void FeatureStoreTest::processesWriteAtOnceAndSeeEachOthersRecords()
{
    const Cache cache;
    FeatureStore here(cache.settings(), someSet(), 400);
    std::vector<pid_t> children;
    for (std::uint64_t part = 0; part < 4; ++part)
        children.push_back(inAnotherProcess([&] {
            FeatureStore store(cache.settings(), someSet(), 400);
            for (std::uint64_t picture = part * 80; picture < part * 80 + 100; ++picture) { // some are written by two
                fill(store, picture, picture + 1);
                if (picture % 10 == 0)
                    store.refresh();
            }
        }));
    fill(here, 1000, 1100);
    for (const pid_t child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
    }
    here.refresh();
    QCOMPARE(countFound(here, 0, 340), 340);
    QCOMPARE(countFound(here, 1000, 1100), 100);
}

void FeatureStoreTest::aKilledWriterLeavesWholeRecordsOnly()
{
    const Cache cache;
    for (int round = 0; round < 12; ++round) {
        const pid_t child = inAnotherProcess([&] {
            FeatureStore store(cache.settings(), someSet(), 1000);
            for (std::uint64_t picture = 0;; ++picture)
                fill(store, picture, picture + 1);
        });
        QTest::qSleep(2 + round);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        FeatureStore store(cache.settings(), someSet(), 1000);
        QVERIFY(countFound(store, 0, 2000) >= 0);
        fill(store, 5000, 5002);
        QCOMPARE(countFound(store, 5000, 5002), 2);
        QVERIFY(store.takeProblem().empty());
    }
}

void FeatureStoreTest::damagedFilesGiveNothingWrong_data()
{
    QTest::addColumn<QString>("damage");
    for (const char *damage : {"cut", "bits", "empty", "garbage", "slots", "set.json", "folder"})
        QTest::newRow(damage) << damage;
}

void FeatureStoreTest::damagedFilesGiveNothingWrong()
{
    QFETCH(QString, damage);
    std::mt19937_64 random(3);
    for (int round = 0; round < 30; ++round) {
        const Cache cache;
        {
            FeatureStore store(cache.settings(), someSet(), 40);
            fill(store, 0, 40);
        }
        const fs::path file = cache.segments().front();
        const auto size = fs::file_size(file);
        const auto overwrite = [&](std::uint64_t offset, std::uint64_t value) {
            std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekp(static_cast<std::streamoff>(offset));
            stream.write(reinterpret_cast<const char *>(&value), sizeof value);
        };
        if (damage == "cut")
            fs::resize_file(file, random() % size);
        else if (damage == "bits")
            for (int i = 0; i < 20; ++i)
                overwrite(random() % (size - 8), random());
        else if (damage == "empty")
            fs::resize_file(file, 0);
        else if (damage == "garbage")
            std::ofstream(file, std::ios::binary) << std::string(size, static_cast<char>(round * 9));
        else if (damage == "slots")
            overwrite(8, random()); // version and number of slots
        else if (damage == "set.json")
            std::ofstream(cache.setFolder() / "set.json") << "{\"layers\": 3";
        else
            fs::remove(file), fs::create_directory(file);
        FeatureStore store(cache.settings(), someSet(), 40);
        QVERIFY(countFound(store, 0, 40) >= 0);
        fill(store, 0, 40); // made again
        QCOMPARE(countFound(store, 0, 40), 40);
    }
}

void FeatureStoreTest::aFileThatShrinksWhileItIsReadGivesNothing()
{
    const Cache cache;
    FeatureStore store(cache.settings(), someSet(), 400);
    fill(store, 0, 400);
    for (const auto &file : cache.segments())
        fs::resize_file(file, 5000);
    QCOMPARE(countFound(store, 0, 400), 0);
    store.refresh();
    fill(store, 400, 401);
    QVERIFY(countFound(store, 0, 500) >= 0);
}

void FeatureStoreTest::aFullDiskIsSaidOnceAndWhatIsThereStays()
{
    const Cache cache;
    const pid_t child = inAnotherProcess([&] {
        FeatureStore store(cache.settings(), someSet(), 20);
        fill(store, 0, 20);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit tiny{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &tiny);
        fill(store, 20, 60);
        const std::string problem = store.takeProblem();
        const bool isRight = problem.find("cannot keep more") != std::string::npos && store.takeProblem().empty()
            && countFound(store, 0, 20) == 20 && countFound(store, 20, 60) == 0;
        ::_exit(isRight ? 0 : 1);
    });
    int status = -1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QCOMPARE(cache.segments().size(), std::size_t{1}); // nothing half-made is left
}

void FeatureStoreTest::aFolderWithoutPermissionIsSaid()
{
    const FeatureCacheSettings nowhere{"/proc/nowhere/features", 1000};
    FeatureStore store(nowhere, someSet(), 10);
    fill(store, 0, 3);
    QVERIFY(!store.takeProblem().empty());
    QCOMPARE(countFound(store, 0, 3), 0);
}

void FeatureStoreTest::theLimitRemovesWhatWasUsedLeastRecently()
{
    const Cache cache;
    const auto now = fs::file_time_type::clock::now();
    for (std::uint64_t weights = 1; weights <= 3; ++weights) {
        FeatureStore store(cache.settings(), someSet(weights), 100);
        fill(store, 0, 100);
        fs::last_write_time(cache.setFolder(someSet(weights)) / "set.json", now - std::chrono::hours(10 - weights));
    }
    const std::int64_t full = featureCacheBytes(cache.settings().folder);
    { // used again: the oldest is the youngest now
        const FeatureStore again(cache.settings(), someSet(1), 100);
        QCOMPARE(countFound(again, 0, 100), 100);
    }
    FeatureStore fourth(cache.settings(full + full / 10), someSet(4), 100);
    fill(fourth, 0, 100);
    QVERIFY(fourth.takeProblem().empty());
    QVERIFY(fs::exists(cache.setFolder(someSet(1))));
    QVERIFY(!fs::exists(cache.setFolder(someSet(2))));
    QVERIFY(fs::exists(cache.setFolder(someSet(3))));
    QVERIFY(featureCacheBytes(cache.settings().folder) <= full + full / 10);
}

void FeatureStoreTest::oneSetThatIsTooLargeIsKeptInPart()
{
    const Cache cache;
    FeatureStore store(cache.settings(12'000), someSet(), 60);
    fill(store, 0, 60);
    QCOMPARE(countFound(store, 0, 60), 60);
    fill(store, 60, 1000);
    QVERIFY(store.takeProblem().find("limit") != std::string::npos);
    const int kept = countFound(store, 0, 1000);
    QVERIFY(kept >= 60 && kept < 1000);
    QVERIFY(featureCacheBytes(cache.settings().folder) <= 12'000);
}

void FeatureStoreTest::clearingFreesTheSpaceUnderARunningStore()
{
    const Cache cache;
    FeatureStore store(cache.settings(), someSet(), 100);
    fill(store, 0, 50);
    QVERIFY(clearFeatureCache(cache.settings().folder));
    QCOMPARE(featureCacheBytes(cache.settings().folder), std::int64_t{0});
    QCOMPARE(countFound(store, 0, 50), 50); // what it has mapped stays
    fill(store, 50, 300);
    QVERIFY(countFound(store, 0, 300) >= 50);
    QVERIFY(clearFeatureCache("/no/such/folder"));
}

void FeatureStoreTest::whatIsNotOfTheCacheStays()
{
    const Cache cache;
    const fs::path folder = cache.settings().folder, hexFolder = folder / "0123456789abcdef0123456789abcdef";
    const fs::path elsewhere = cache.root.filePath("elsewhere").toStdString();
    {
        FeatureStore store(cache.settings(), someSet(), 40);
        fill(store, 0, 40);
    }
    const std::vector<fs::path> foreign = {folder / "notes.txt", hexFolder / "photo.jpg", folder / "holidays" / "set.json",
        cache.setFolder() / "mine.txt", elsewhere / "kept.features"};
    for (const fs::path &file : foreign) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << "mine";
    }
    fs::create_directory_symlink(elsewhere, folder / "fedcba9876543210fedcba9876543210");
    FeatureStore crowded(cache.settings(featureCacheBytes(folder) + 1), someSet(2), 40);
    fill(crowded, 0, 40); // the first set makes room
    QVERIFY(crowded.takeProblem().empty());
    QVERIFY(cache.segments().empty());
    QVERIFY(clearFeatureCache(folder));
    QCOMPARE(featureCacheBytes(folder), std::int64_t{0});
    QVERIFY(!fs::exists(cache.setFolder(someSet(2))));
    for (const fs::path &file : foreign)
        QVERIFY2(fs::exists(file), file.c_str());
}

void FeatureStoreTest::setsAreReadBackOrLeftOut()
{
    const Cache cache;
    QVERIFY(keptSets(cache.settings().folder).empty());
    for (std::uint64_t weights = 1; weights <= 3; ++weights)
        QVERIFY(openSetFolder(someSet(weights), cache.settings().folder));
    QCOMPARE(keptSets(cache.settings().folder).size(), std::size_t{3});
    QVERIFY(writeText(cache.setFolder(someSet(1)) / "set.json", "[]"));
    QVERIFY(writeText(cache.setFolder(someSet(2)) / "set.json", readText(cache.setFolder(someSet(3)) / "set.json").value()));
    QVERIFY(keptSets(cache.settings().folder) == std::vector{someSet(3)});
}

void FeatureStoreTest::aSetThatNoNetworkCouldHaveIsLeftOut()
{
    const Cache cache;
    const auto keep = [&](std::vector<Digest> layers, std::vector<Shape> shapes) {
        FeatureSet set = someSet();
        set.layers = std::move(layers);
        set.shapes = std::move(shapes);
        return openSetFolder(set, cache.settings().folder).has_value();
    };
    constexpr std::int64_t large = std::int64_t{1} << 31;
    QVERIFY(keep({{1, 2}}, {Shape(8, large)})); // 2^248 numbers
    QVERIFY(keep({{1, 2}, {3, 4}}, {{large}, {1}}));
    QVERIFY(keep({{1, 2}}, {{3, 0}}));
    QVERIFY(keep({{1, 2}}, {{3, -1}}));
    QVERIFY(keep({{1, 2}}, {Shape(9, 1)}));
    QVERIFY(keep({{1, 2}, {3, 4}, {1, 2}}, {{5}, {6}, {5}})); // a layer twice
    QVERIFY(keptSets(cache.settings().folder).empty());
    QVERIFY(keep({{1, 2}, {3, 4}}, {{large - 1}, {1}}));
    QCOMPARE(keptSets(cache.settings().folder).size(), std::size_t{1});
    QVERIFY(openSetFolder(someSet(), cache.settings().folder));
    const fs::path file = cache.setFolder() / "set.json";
    const std::string text = readText(file).value();
    QVERIFY(writeText(file, text + std::string(1000, ' ')));
    QCOMPARE(keptSets(cache.settings().folder).size(), std::size_t{2});
    QVERIFY(writeText(file, text + std::string(2'000'000, ' '))); // what nobody should have to read
    QCOMPARE(keptSets(cache.settings().folder).size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(FeatureStoreTest)
#include "featurestoretest.moc"
