#include <QTest>

#include "core/files.h"
#include "core/temporaryname.h"
#include "data/loader.h"
#include "data/pixelsource.h"

#include <QTemporaryDir>
#include <algorithm>
#include <csignal>
#include <fstream>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace graft;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t largeLimit = 1'000'000'000;
constexpr int side = 32; // of views

/// Patches of all sizes under noise.
Picture somePicture(int width, int height, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (std::size_t i = 0; i < pixels->size(); ++i) {
        const std::size_t x = i / 3 % static_cast<std::size_t>(width), y = i / 3 / static_cast<std::size_t>(width);
        (*pixels)[i] = static_cast<std::uint8_t>((x / 13 * 57 + y / 9 * 91 + i % 3 * 40) % 200 + (random() >> 59));
    }
    return {width, height, std::move(pixels)};
}

/// An EXIF block that says nothing but the orientation, put behind a JPEG's first two bytes.
void setOrientation(const fs::path &file, int orientation)
{
    std::string bytes = readText(file).value();
    std::string block("\xFF\xE1\0\x22"
                      "Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0",
        28);
    block += std::string{static_cast<char>(orientation), 0, 0, 0} + std::string(4, '\0');
    block[3] = static_cast<char>(block.size() - 2);
    std::ofstream(file, std::ios::binary) << bytes.insert(2, block);
}

struct Workplace {
    Workplace() { fs::create_directory(folder("pictures")); }
    [[nodiscard]] fs::path folder(const char *name) const { return root.filePath(name).toStdString(); }
    [[nodiscard]] DecodedCacheSettings settings(std::int64_t limit = largeLimit) const { return {folder("decoded"), limit}; }
    fs::path add(const std::string &name, const Picture &picture)
    {
        const fs::path file = folder("pictures") / name;
        if (!writePicture(file, picture))
            qFatal("no picture");
        samples.push_back({file, {static_cast<int>(samples.size())}});
        return file;
    }
    void addSome(int count)
    {
        for (int i = 0; i < count; ++i)
            add(std::to_string(i) + ".jpg", somePicture(60 + i, 50, static_cast<std::uint64_t>(i)));
    }
    [[nodiscard]] std::vector<fs::path> kept() const
    {
        std::vector<fs::path> files;
        for (const auto &file : fs::directory_iterator(settings().folder))
            files.push_back(file.path());
        std::ranges::sort(files);
        return files;
    }
    QTemporaryDir root;
    std::vector<Sample> samples;
};

LoaderOptions options(std::shared_ptr<DecodedCache> decoded)
{
    LoaderOptions options;
    options.batchSize = 4;
    options.preprocessing.resize = 40;
    options.preprocessing.crop = side;
    options.augmentation = Augmentation{};
    options.augmentation->variants = 0;
    options.augmentation->hue = 0.1;
    options.workers = 2;
    options.decoded = std::move(decoded);
    return options;
}

/// The pictures of an epoch; none when it fails.
std::vector<float> epochOf(BatchSource &loader, int epoch)
{
    std::vector<float> values;
    loader.startEpoch(1, epoch);
    while (true) {
        const auto batch = loader.next();
        if (!batch)
            return {};
        if (batch->labels.empty())
            return values;
        const auto floats = batch->pictures.floats();
        values.insert(values.end(), floats.begin(), floats.end());
    }
}

std::vector<float> epochOf(const Workplace &workplace, std::shared_ptr<DecodedCache> decoded, int epoch)
{
    return epochOf(*makeLoader(workplace.samples, options(std::move(decoded))), epoch);
}

std::shared_ptr<DecodedCache> cacheOf(const Workplace &workplace, std::int64_t limit = largeLimit)
{
    return std::make_shared<DecodedCache>(workplace.settings(limit), side);
}

/// A dozen views and the evaluation's, of whatever gives pixels.
std::vector<float> viewsOf(PixelSource &pixels, int crop)
{
    Preprocessing preprocessing;
    preprocessing.crop = crop;
    preprocessing.resize = crop + crop / 7;
    Augmentation moved;
    moved.randomResizedCrop = false;
    moved.rotation = 20;
    std::vector<float> all, view(static_cast<std::size_t>(crop) * static_cast<std::size_t>(crop) * 3);
    const auto take = [&](const tl::expected<void, std::string> &made) {
        if (!made)
            qFatal("%s", made.error().c_str());
        all.insert(all.end(), view.begin(), view.end());
    };
    std::mt19937_64 random(5);
    for (int i = 0; i < 12; ++i)
        take(trainingTransform(pixels, preprocessing, i % 4 == 3 ? moved : Augmentation{}, random, view));
    take(evaluationTransform(pixels, preprocessing, view));
    return all;
}

} // namespace

class DecodedCacheTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsMadeOfAPictureIsTheSameBitByBit_data();
    void whatIsMadeOfAPictureIsTheSameBitByBit();
    void laterEpochsAndRunsNeedNoPictureFile();
    void whatIsDamagedIsMadeAgain_data();
    void whatIsDamagedIsMadeAgain();
    void aChangedPictureIsNotTakenForTheOldOne();
    void aPictureThatIsDamagedUnseenIsNotKept();
    void severalProcessesUseAFolderAtOnce();
    void whatWasUnusedLongestMakesRoom();
    void whatThisRunUsesStaysAndTheLimitIsSaid();
    void aFullDiskIsSaidAndTheRunGoesOn();
    void aFolderWithoutPermissionIsSaidAndTheRunGoesOn();
    void clearingRemovesAllOfItsOwnAndNothingElse();
    void clearingLeavesARunAtWork();
};

void DecodedCacheTest::whatIsMadeOfAPictureIsTheSameBitByBit_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("orientation");
    QTest::newRow("png") << "a.png" << 601 << 455 << 1;
    QTest::newRow("small") << "a.jpg" << 31 << 9 << 1;
    QTest::newRow("large") << "a.jpg" << 1903 << 1851 << 1;
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("orientation %d", orientation) << "a.jpg" << 1023 << 917 << orientation;
}

void DecodedCacheTest::whatIsMadeOfAPictureIsTheSameBitByBit()
{
    QFETCH(QString, name);
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, orientation);
    Workplace workplace;
    const fs::path file = workplace.add(name.toStdString(), somePicture(width, height, 3));
    if (orientation > 1)
        setOrientation(file, orientation);
    const Picture whole = decodePicture(file).value();
    QCOMPARE(whole.width, orientation >= 5 ? height : width);
    const Digest content = digestOf(readText(file).value());
    // What was kept for large views lacks sizes that small ones are made of, not the other way about.
    for (const int crop : {224, side, 100}) {
        std::vector<float> views;
        QVERIFY(withPixels(file, [&](PixelSource &pixels) -> tl::expected<void, std::string> {
            views = viewsOf(pixels, crop);
            return {};
        }));
        for (int time = 0; time < 2; ++time) // made, and then kept
            QVERIFY(DecodedCache(workplace.settings(), crop)
                        .withPixels(file, content, [&](PixelSource &pixels) -> tl::expected<void, std::string> {
                            const auto part = pixels.part({0, 0, whole.width, whole.height}, 1);
                            const bool isWhole = part && part->width == whole.width && part->height == whole.height && part->pixelBytes == 3
                                && std::equal(whole.pixels->begin(), whole.pixels->end(), part->pixels->begin());
                            return isWhole && viewsOf(pixels, crop) == views ? tl::expected<void, std::string>()
                                                                             : tl::unexpected(std::string("it differs"));
                        }));
    }
    QCOMPARE(workplace.kept().size(), std::size_t{1});
}

void DecodedCacheTest::laterEpochsAndRunsNeedNoPictureFile()
{
    Workplace workplace;
    workplace.addSome(9);
    std::vector<std::vector<float>> expected;
    for (int epoch = 1; epoch <= 3; ++epoch)
        expected.push_back(epochOf(workplace, nullptr, epoch));
    const auto loader = makeLoader(workplace.samples, options(cacheOf(workplace)));
    QVERIFY(epochOf(*loader, 1) == expected[0]);
    QCOMPARE(workplace.kept().size(), std::size_t{9});
    // Contents that were known before stay known, as they do for a folder that is remembered.
    for (const Sample &sample : workplace.samples)
        fs::remove(sample.path);
    QVERIFY(epochOf(*loader, 2) == expected[1]);
    QVERIFY(epochOf(*loader, 3) == expected[2]);
}

void DecodedCacheTest::whatIsDamagedIsMadeAgain_data()
{
    QTest::addColumn<QString>("damage");
    for (const char *damage : {"pixels", "header", "table", "version", "cut", "longer", "empty", "another's"})
        QTest::newRow(damage) << damage;
}

void DecodedCacheTest::whatIsDamagedIsMadeAgain()
{
    QFETCH(QString, damage);
    Workplace workplace;
    workplace.addSome(5);
    const auto expected = epochOf(workplace, nullptr, 1);
    QVERIFY(epochOf(workplace, cacheOf(workplace), 1) == expected);
    const auto files = workplace.kept();
    std::vector<std::string> whole;
    for (const fs::path &file : files)
        whole.push_back(readText(file).value());
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::string bytes = whole[i];
        const auto flip = [&](std::size_t place) { bytes[place] = static_cast<char>(bytes[place] ^ 0x10); };
        if (damage == "pixels")
            for (std::size_t place = 200; place < bytes.size(); place += 50)
                flip(place);
        else if (damage == "header")
            flip(36); // the picture's height
        else if (damage == "table")
            flip(154);
        else if (damage == "version")
            flip(12); // of the decoders
        else if (damage == "cut")
            bytes.resize(bytes.size() / 2);
        else if (damage == "longer")
            bytes += "more";
        else if (damage == "empty")
            bytes.clear();
        else
            bytes = whole[(i + 1) % whole.size()];
        std::ofstream(files[i], std::ios::binary) << bytes;
    }
    const auto cache = cacheOf(workplace);
    QVERIFY(epochOf(workplace, cache, 1) == expected);
    QVERIFY(cache->takeProblem().empty());
    QCOMPARE(workplace.kept(), files);
    for (std::size_t i = 0; i < files.size(); ++i)
        QVERIFY(readText(files[i]).value() == whole[i]);
}

void DecodedCacheTest::aChangedPictureIsNotTakenForTheOldOne()
{
    Workplace workplace;
    workplace.addSome(3);
    QVERIFY(!epochOf(workplace, cacheOf(workplace), 1).empty());
    QVERIFY(writePicture(workplace.samples[1].path, somePicture(80, 70, 77)));
    const auto expected = epochOf(workplace, nullptr, 1);
    QVERIFY(epochOf(workplace, cacheOf(workplace), 1) == expected);
    QCOMPARE(workplace.kept().size(), std::size_t{4});
    // And one that changes after its content was looked at is not kept under the old one's name.
    const Digest old = digestOf(std::string_view("what it was"));
    QVERIFY(
        cacheOf(workplace)->withPixels(workplace.samples[0].path, old, [](PixelSource &) { return tl::expected<void, std::string>(); }));
    QCOMPARE(workplace.kept().size(), std::size_t{4});
}

void DecodedCacheTest::aPictureThatIsDamagedUnseenIsNotKept()
{
    Workplace workplace;
    const fs::path file = workplace.add("a.jpg", somePicture(400, 400, 1));
    const std::string bytes = readText(file).value();
    std::ofstream(file, std::ios::binary) << bytes.substr(0, bytes.size() * 3 / 4);
    const Digest content = digestOf(readText(file).value());
    const auto seen = [](PixelSource &pixels) { return pixels.part({0, 0, 400, 20}, 1).map([](const PixelPart &) {}); };
    const auto unseen = [](PixelSource &pixels) { return pixels.part({0, 380, 400, 20}, 1).map([](const PixelPart &) {}); };
    QVERIFY(cacheOf(workplace)->withPixels(file, content, seen));
    const auto failed = cacheOf(workplace)->withPixels(file, content, unseen);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::PictureUnreadable);
    QVERIFY(workplace.kept().empty());
}

void DecodedCacheTest::severalProcessesUseAFolderAtOnce()
{
    Workplace workplace;
    workplace.addSome(40);
    std::vector<std::vector<float>> expected;
    std::vector<pid_t> children;
    for (int epoch = 1; epoch <= 3; ++epoch)
        expected.push_back(epochOf(workplace, nullptr, epoch));
    for (int epoch = 1; epoch <= 3; ++epoch)
        if (children.push_back(::fork()); children.back() == 0) {
            const auto loader = makeLoader(workplace.samples, options(cacheOf(workplace)));
            const auto place = static_cast<std::size_t>(epoch - 1);
            ::_exit(epochOf(*loader, epoch) == expected[place] && epochOf(*loader, epoch) == expected[place] ? 0 : 1);
        }
    for (const pid_t child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
    }
    QCOMPARE(workplace.kept().size(), std::size_t{40}); // and nothing half-made
}

void DecodedCacheTest::whatWasUnusedLongestMakesRoom()
{
    Workplace workplace;
    workplace.addSome(8);
    QVERIFY(!epochOf(workplace, cacheOf(workplace), 1).empty());
    const auto before = workplace.kept();
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        bytes += static_cast<std::int64_t>(fs::file_size(before[i]));
        fs::last_write_time(before[i], fs::file_time_type::clock::now() - std::chrono::hours(i == 2 ? 90 : i == 5 ? 80 : 70));
    }
    for (const char *name : {"mine.decoded", "0123456789abcdef0123456789abcdef.txt"})
        QVERIFY(writeText(workplace.settings().folder / name, "not Graft's"));
    workplace.samples.clear();
    workplace.add("new.jpg", somePicture(110, 50, 100));
    const auto cache = cacheOf(workplace, bytes);
    QVERIFY(!epochOf(workplace, cache, 1).empty());
    QVERIFY(cache->takeProblem().empty());
    QVERIFY(!fs::exists(before[2]) && !fs::exists(before[5]));
    QCOMPARE(workplace.kept().size(), before.size() - 2 + 1 + 2);
}

void DecodedCacheTest::whatThisRunUsesStaysAndTheLimitIsSaid()
{
    Workplace workplace;
    workplace.addSome(12);
    const auto expected = epochOf(workplace, nullptr, 2);
    constexpr std::int64_t limit = 60'000;
    const auto cache = cacheOf(workplace, limit);
    const auto loader = makeLoader(workplace.samples, options(cache));
    QVERIFY(!epochOf(*loader, 1).empty());
    const std::string problem = cache->takeProblem();
    QVERIFY2(problem.find("reached their limit") != std::string::npos, problem.c_str());
    const auto kept = workplace.kept();
    QVERIFY(kept.size() >= 3 && kept.size() < 12);
    std::uintmax_t bytes = 0;
    for (const fs::path &file : kept)
        bytes += fs::file_size(file);
    QVERIFY(bytes <= limit + 12 * 400); // headers are not foreseen
    QVERIFY(epochOf(*loader, 2) == expected);
    QCOMPARE(workplace.kept(), kept);
    QVERIFY(cache->takeProblem().empty());
}

void DecodedCacheTest::aFullDiskIsSaidAndTheRunGoesOn()
{
    Workplace workplace;
    workplace.addSome(6);
    const auto expected = epochOf(workplace, nullptr, 1);
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit tiny{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &tiny);
        const auto cache = cacheOf(workplace);
        const bool same = epochOf(workplace, cache, 1) == expected;
        const bool isSaid = cache->takeProblem().find("make room") != std::string::npos && cache->takeProblem().empty();
        ::_exit(same && isSaid ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QVERIFY(workplace.kept().empty()); // nothing half-made is left
}

void DecodedCacheTest::aFolderWithoutPermissionIsSaidAndTheRunGoesOn()
{
    Workplace workplace;
    workplace.addSome(6);
    const auto cache = std::make_shared<DecodedCache>(DecodedCacheSettings{"/proc/nowhere/decoded", 0}, side);
    QVERIFY(epochOf(workplace, cache, 1) == epochOf(workplace, nullptr, 1));
    QVERIFY(cache->takeProblem().find("decoded in every epoch") != std::string::npos);
    QVERIFY(cache->takeProblem().empty());
}

void DecodedCacheTest::clearingRemovesAllOfItsOwnAndNothingElse()
{
    Workplace workplace;
    const fs::path folder = workplace.settings().folder;
    QCOMPARE(decodedCacheBytes(folder), std::int64_t{0});
    QVERIFY(clearDecodedCache(folder)); // which is not there
    workplace.addSome(4);
    QVERIFY(!epochOf(workplace, cacheOf(workplace), 1).empty());
    const auto kept = workplace.kept();
    QCOMPARE(kept.size(), std::size_t{4});
    const fs::path leftByACrash = temporaryBeside(kept.front());
    QVERIFY(writeText(leftByACrash, "half"));
    std::int64_t bytes = 4;
    for (const fs::path &file : kept)
        bytes += static_cast<std::int64_t>(fs::file_size(file));
    const std::string ours = kept.front().filename().string();
    const fs::path elsewhere = workplace.folder("pictures") / ours;
    QVERIFY(writeText(elsewhere, "mine"));
    fs::create_directory(folder / "more");
    fs::create_directory(folder / "0123456789abcdef0123456789abcdef.decoded");
    const std::vector<fs::path> foreign = {folder / "notes.txt", folder / "mine.decoded", folder / ("." + ours),
        folder / ("." + ours + ".part"), folder / "0123456789abcdef0123456789abcdef.txt", folder / "more" / ours,
        folder / "0123456789abcdef0123456789abcdef.decoded" / "mine.txt"};
    for (const fs::path &file : foreign)
        QVERIFY(writeText(file, "mine"));
    const fs::path link = folder / "fedcba9876543210fedcba9876543210.decoded";
    fs::create_symlink(elsewhere, link);
    QCOMPARE(decodedCacheBytes(folder), bytes);
    QVERIFY(clearDecodedCache(folder));
    QCOMPARE(decodedCacheBytes(folder), std::int64_t{0});
    for (const fs::path &file : kept)
        QVERIFY(!fs::exists(file));
    QVERIFY(!fs::exists(leftByACrash));
    for (const fs::path &file : foreign)
        QCOMPARE(readText(file).value(), std::string("mine"));
    QVERIFY(fs::is_symlink(link));
    QCOMPARE(readText(elsewhere).value(), std::string("mine"));
}

void DecodedCacheTest::clearingLeavesARunAtWork()
{
    Workplace workplace;
    workplace.addSome(6);
    std::vector<std::vector<float>> expected;
    for (int epoch = 1; epoch <= 2; ++epoch)
        expected.push_back(epochOf(workplace, nullptr, epoch));
    const auto cache = cacheOf(workplace);
    const auto loader = makeLoader(workplace.samples, options(cache));
    QVERIFY(epochOf(*loader, 1) == expected[0]);
    QVERIFY(clearDecodedCache(workplace.settings().folder));
    QVERIFY(epochOf(*loader, 2) == expected[1]);
    QVERIFY(cache->takeProblem().empty());
    QCOMPARE(workplace.kept().size(), std::size_t{6}); // kept again
}

QTEST_GUILESS_MAIN(DecodedCacheTest)
#include "decodedcachetest.moc"
