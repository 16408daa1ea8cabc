#include "data/datasetindex.h"
#include "data/contentdigests.h"
#include "data/headercheck.h"
#include "data/picture.h"

#include "core/files.h"
#include "data/dataset.h"
#include "pythonscript.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace graft;

namespace {

namespace fs = std::filesystem;

constexpr int files = 1200; // enough to be remembered

FileRecord recordOf(const fs::path &file, CheckDepth depth)
{
    FileRecord record;
    record.identity = identityOf(file).value();
    record.depth = depth;
    record.width = 5;
    return record;
}

void overwrite(const fs::path &file, const std::string &content)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

} // namespace

class DatasetIndexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWasKeptIsFoundAgain();
    void aFileThatChangedIsNotFound();
    void eachChangeToAFileShows();
    void anIndexThatIsDamagedCountsAsNone();
    void theIndexOfAnotherFolderCountsAsNone();
    void aNamedPipeInItsPlaceIsNotWaitedFor();
    void aHugeFileInItsPlaceIsNotReadIn();
    void aSmallFolderLeavesNothingOnDisk();
    void aFolderLookedThroughAgainIsTheSame();
    void aPictureThatBreaksIsNoticedTheNextTime();
    void contentIsReadOnce();
    void aDoubtfulEndIsNotPlausible_data();
    void aDoubtfulEndIsNotPlausible();
    void aWholePictureIsPlausibleAndHasItsSize();

private:
    [[nodiscard]] DatasetIndex filledIndex() const;
    QTemporaryDir m_temporary;
    fs::path m_folder, m_pictures;
};

void DatasetIndexTest::initTestCase()
{
    const fs::path root = m_temporary.path().toStdString();
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((root / "cache").string()));
    m_folder = root / "data";
    const QString said = runPython("make_large_dataset.py", {QString::fromStdString(m_folder.string()), QString::number(files), "2"});
    QVERIFY2(said.isEmpty(), qPrintable(said));
    m_pictures = root / "pictures";
    QVERIFY(QDir().mkpath(QString::fromStdString((m_pictures / "bad").string())));
    QVERIFY(QDir().mkpath(QString::fromStdString((m_pictures / "fuzzed").string())));
    const QString alsoSaid = runPython("make_pictures.py", {QString::fromStdString(m_pictures.string())});
    QVERIFY2(alsoSaid.isEmpty(), qPrintable(alsoSaid));
    // Files that were written this moment are not remembered.
    QTest::qWait(2100);
}

DatasetIndex DatasetIndexTest::filledIndex() const
{
    DatasetIndex index(m_folder);
    for (int i = 0; i < files; ++i)
        index.add("/" + std::to_string(i), recordOf(m_folder / "class000" / "picture_000000.jpg", CheckDepth::Header),
            i == 7 ? "It is broken." : "");
    return index;
}

void DatasetIndexTest::whatWasKeptIsFoundAgain()
{
    filledIndex().write();
    DatasetIndex index = DatasetIndex::read(m_folder);
    QCOMPARE(index.size(), std::size_t{files});
    const auto identity = identityOf(m_folder / "class000" / "picture_000000.jpg").value();
    for (const int i : {0, 1, 2, 7, 1199, 3, 600}) {
        const FileRecord *record = index.find("/" + std::to_string(i), identity);
        QVERIFY(record && record->depth == CheckDepth::Header && record->width == 5);
        QCOMPARE(index.defectOf(*record), std::string(i == 7 ? "It is broken." : ""));
    }
    QVERIFY(!index.find("/1200", identity));
}

void DatasetIndexTest::aFileThatChangedIsNotFound()
{
    filledIndex().write();
    DatasetIndex index = DatasetIndex::read(m_folder);
    const auto identity = identityOf(m_folder / "class000" / "picture_000000.jpg").value();
    for (auto change : {&FileIdentity::size, &FileIdentity::state}) {
        FileIdentity other = identity;
        ++(other.*change);
        QVERIFY(!index.find("/3", other));
    }
    QVERIFY(index.find("/3", identity));
}

void DatasetIndexTest::eachChangeToAFileShows()
{
    const fs::path file = m_folder.parent_path() / "changing";
    overwrite(file, "one");
    std::vector<FileIdentity> states = {identityOf(file).value()};
    const auto noteState = [&] {
        QTest::qWait(20); // the file system's clock goes in steps
        states.push_back(identityOf(file).value());
    };
    QTest::qWait(20);
    overwrite(file, "two");
    noteState();
    const auto time = fs::last_write_time(file);
    overwrite(file, "six");
    fs::last_write_time(file, time); // as copying tools do
    noteState();
    overwrite(file.string() + "2", "ten");
    fs::rename(file.string() + "2", file);
    noteState();
    for (std::size_t i = 0; i < states.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(!(states[i] == states[j]));
    QVERIFY(identityOf(file).value() == states.back());
    QVERIFY(!identityOf(m_folder));
}

void DatasetIndexTest::anIndexThatIsDamagedCountsAsNone()
{
    filledIndex().write();
    const fs::path file = DatasetIndex::fileFor(m_folder);
    const std::string whole = readText(file).value();
    for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 997) {
        overwrite(file, whole.substr(0, size));
        QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{0});
    }
    for (std::size_t place = 0; place < whole.size(); place += place < 200 ? 1 : 997) {
        std::string damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x40);
        overwrite(file, damaged);
        QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{0});
    }
    overwrite(file, whole + "x");
    QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{0});
    overwrite(file, whole);
    QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{files});
}

void DatasetIndexTest::theIndexOfAnotherFolderCountsAsNone()
{
    filledIndex().write();
    const fs::path other = m_folder.parent_path() / "other";
    fs::copy_file(DatasetIndex::fileFor(m_folder), DatasetIndex::fileFor(other), fs::copy_options::overwrite_existing);
    QCOMPARE(DatasetIndex::read(other).size(), std::size_t{0});
}

void DatasetIndexTest::aNamedPipeInItsPlaceIsNotWaitedFor()
{
    const fs::path file = DatasetIndex::fileFor(m_folder);
    fs::create_directories(file.parent_path());
    fs::remove(file);
    QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
    QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{0});
    filledIndex().write(); // which takes its place
    QCOMPARE(DatasetIndex::read(m_folder).size(), std::size_t{files});
}

void DatasetIndexTest::aHugeFileInItsPlaceIsNotReadIn()
{
    constexpr std::uint64_t bytes = std::uint64_t{3} << 30, rows = bytes / sizeof(FileRecord) - 10;
    filledIndex().write();
    const fs::path file = DatasetIndex::fileFor(m_folder);
    std::string header = readText(file).value().substr(0, 56);
    std::memcpy(header.data() + 16, &rows, sizeof rows);
    overwrite(file, header);
    fs::resize_file(file, bytes); // with a hole, which takes no room
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(DatasetIndex::read(m_folder).size() == 0 ? 0 : 1);
    int status = -1;
    rusage used{};
    QCOMPARE(::wait4(child, &status, 0, &used), child);
    QCOMPARE(status, 0);
    QVERIFY2(used.ru_maxrss < 500'000, qPrintable(QStringLiteral("%1 kB").arg(used.ru_maxrss)));
    fs::remove(file);
}

void DatasetIndexTest::aSmallFolderLeavesNothingOnDisk()
{
    const fs::path small = m_folder.parent_path() / "small";
    for (const char *name : {"a", "b"}) {
        fs::create_directories(small / name);
        fs::copy_file(m_folder / "class000" / "picture_000000.jpg", small / name / "1.jpg");
    }
    QVERIFY(scanDataset(small));
    QVERIFY(!fs::exists(DatasetIndex::fileFor(small)));
}

void DatasetIndexTest::aFolderLookedThroughAgainIsTheSame()
{
    fs::remove(DatasetIndex::fileFor(m_folder));
    const auto first = scanDataset(m_folder);
    QVERIFY(first);
    QVERIFY(fs::exists(DatasetIndex::fileFor(m_folder)));
    const auto second = scanDataset(m_folder);
    QVERIFY(second);
    QCOMPARE(second->samples.size(), std::size_t{files});
    QVERIFY(second->samples == first->samples && second->warnings == first->warnings && second->broken.empty());
}

void DatasetIndexTest::aPictureThatBreaksIsNoticedTheNextTime()
{
    const fs::path picture = m_folder / "class001" / "picture_000101.jpg";
    const std::string whole = readText(picture).value();
    QVERIFY(scanDataset(m_folder));
    // Damaged in the middle: only decoding shows it.
    std::string hollow = whole;
    std::fill(hollow.begin() + static_cast<std::ptrdiff_t>(hollow.size() / 3), hollow.end() - 2, '\0');
    overwrite(picture, hollow);
    QCOMPARE(scanDataset(m_folder)->broken.size(), std::size_t{0});
    const auto checked = scanDataset(m_folder, {}, {}, PictureCheck::Whole);
    QCOMPARE(checked->broken.size(), std::size_t{1});
    QVERIFY(checked->broken.front().path == picture);
    // What decoding found is remembered, once the file is old enough.
    QTest::qWait(2100);
    QCOMPARE(scanDataset(m_folder, {}, {}, PictureCheck::Whole)->broken.size(), std::size_t{1});
    const auto remembered = scanDataset(m_folder);
    QCOMPARE(remembered->broken.size(), std::size_t{1});
    QCOMPARE(remembered->broken.front().reason, checked->broken.front().reason);
    // Cut off: its end shows it.
    overwrite(picture, whole.substr(0, whole.size() - 100));
    const auto cut = scanDataset(m_folder);
    QCOMPARE(cut->broken.size(), std::size_t{1});
    QVERIFY(cut->broken.front().reason.find("cut off") != std::string::npos);
    overwrite(picture, whole);
    QCOMPARE(scanDataset(m_folder)->broken.size(), std::size_t{0});
}

void DatasetIndexTest::contentIsReadOnce()
{
    QVERIFY(scanDataset(m_folder));
    const fs::path picture = m_folder / "class000" / "picture_000002.jpg";
    const Digest expected = digestOf(readText(picture).value());
    QCOMPARE(ContentDigests(m_folder).of(picture), expected);
    DatasetIndex index = DatasetIndex::read(m_folder);
    FileRecord *record = index.find("/class000/picture_000002.jpg", identityOf(picture).value());
    QVERIFY(record);
    QCOMPARE(record->content, expected);
    // Another digest on disk shows that the file is not read again …
    record->content = {1, 2};
    index.write();
    QCOMPARE(ContentDigests(m_folder).of(picture), (Digest{1, 2}));
    // … unless it has changed.
    overwrite(picture, readText(picture).value() + "more");
    QVERIFY(ContentDigests(m_folder).of(picture) == digestOf(readText(picture).value()));
    QVERIFY(ContentDigests(m_folder).of("/no/such/file").isNull());
}

void DatasetIndexTest::aDoubtfulEndIsNotPlausible_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &file : QDir(QString::fromStdString((m_pictures / "bad").string()))
                                   .entryList({"cut*", "wide*", "huge*", "many*", "text*", "gif*", "empty*"}, QDir::Files))
        QTest::newRow(qPrintable(file)) << file;
}

void DatasetIndexTest::aDoubtfulEndIsNotPlausible()
{
    QFETCH(QString, name);
    const auto check = checkHeader(m_pictures / "bad" / name.toStdString());
    QVERIFY(check);
    QVERIFY(!check->isPlausible);
}

void DatasetIndexTest::aWholePictureIsPlausibleAndHasItsSize()
{
    for (const char *name :
        {"rgb.jpg", "progressive.jpg", "grey.jpg", "turned6.jpg", "wrongname.png", "rgb.png", "palette.png", "alpha.png"}) {
        const auto check = checkHeader(m_pictures / name);
        QVERIFY2(check && check->isPlausible, name);
        QCOMPARE(check->width, 53);
        QCOMPARE(check->height, 37);
    }
    QVERIFY(!checkHeader(m_pictures / "no such file.jpg"));
    QVERIFY(!checkHeader(m_pictures));
}

QTEST_GUILESS_MAIN(DatasetIndexTest)
#include "datasetindextest.moc"
