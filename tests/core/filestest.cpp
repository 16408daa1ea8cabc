#include "core/files.h"
#include "core/temporaryname.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <sys/stat.h>

using namespace graft;

class FilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFailedWriteLeavesTheOldFileAndNoOther();
    void aWriteReplacesTheWholeFile();
    void aFullDiskIsSaidAndNothingIsLost();
    void aMissingFileIsOneSentence();
    void aNamedPipeIsRefusedAtOnce();
    void aFolderIsLockedOnce();
    void aTemporaryNameTellsTheNameOfItsFile();
    void otherNamesAreNoTemporaryOnes();
};

void FilesTest::aFailedWriteLeavesTheOldFileAndNoOther()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.txt").toStdString();
    QVERIFY(writeText(path, "old"));
    const auto result = writeAtomically(path, [](std::ostream &stream) -> Result<void> {
        stream << "half";
        return fail(ErrorCode::Internal, "stopped");
    });
    QVERIFY(!result);
    QCOMPARE(readText(path).value(), std::string("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void FilesTest::aWriteReplacesTheWholeFile()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.txt").toStdString();
    QVERIFY(writeText(path, "a long first text"));
    QVERIFY(writeText(path, "new"));
    QCOMPARE(readText(path).value(), std::string("new"));
}

void FilesTest::aFullDiskIsSaidAndNothingIsLost()
{
    std::error_code error;
    if (!std::filesystem::exists("/dev/full", error))
        QSKIP("this system has no /dev/full to stand for a full disk");
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.txt").toStdString();
    QVERIFY(writeText(path, "old"));
    const auto result = writeFileAtomically(path, [&](const std::filesystem::path &) -> Result<void> {
        std::ofstream full("/dev/full");
        full << "text" << std::flush;
        return full ? Result<void>() : fail(ErrorCode::DiskFull, "The disk is full.");
    });
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::DiskFull);
    QCOMPARE(readText(path).value(), std::string("old"));
}

void FilesTest::aMissingFileIsOneSentence()
{
    const auto result = readText("/no/such/file");
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::FileNotFound);
    QVERIFY(result.error().message.ends_with('.'));
}

void FilesTest::aNamedPipeIsRefusedAtOnce()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("pipe").toStdString();
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    QCOMPARE(readText(path).error().code, ErrorCode::FileNotFound);
    QCOMPARE(MappedFile::open(path).error().code, ErrorCode::FileNotFound);
}

void FilesTest::aFolderIsLockedOnce()
{
    const QTemporaryDir folder;
    {
        const auto first = FolderLock::acquire(folder.path().toStdString());
        QVERIFY(first);
        const auto second = FolderLock::acquire(folder.path().toStdString());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Busy);
    }
    QVERIFY(FolderLock::acquire(folder.path().toStdString()));
}

void FilesTest::aTemporaryNameTellsTheNameOfItsFile()
{
    for (const std::string name : {"set.json", "a", ".hidden", "树.txt", "12.34.part"}) {
        const std::filesystem::path path = std::filesystem::path("/some/folder") / name;
        const auto temporary = temporaryBeside(path);
        QCOMPARE(temporary.parent_path(), path.parent_path());
        QVERIFY(temporary.filename().string().starts_with('.'));
        QVERIFY(temporary != temporaryBeside(path));
        QCOMPARE(nameBehindTemporary(temporary.filename().string()), name);
    }
    QCOMPARE(temporaryBeside("a").parent_path(), std::filesystem::path());
}

void FilesTest::otherNamesAreNoTemporaryOnes()
{
    for (const char *name : {"", ".", ".part", "..part", ".1.part", "a.1.part", ".a.part", ".a..part", ".a.1b.part", ".a.1.par", ".a.1"})
        QVERIFY2(nameBehindTemporary(name).empty(), name);
}

QTEST_GUILESS_MAIN(FilesTest)
#include "filestest.moc"
