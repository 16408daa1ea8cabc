#include "core/files.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "formats/support/legacytorch.h"
#include "formats/support/torchzip.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <random>
#include <sys/resource.h>

using namespace graft;

namespace {

/// Without the sync to disk that writeText() makes: these are many files that nobody will miss.
void put(const std::filesystem::path &path, std::string_view text)
{
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}

Result<FileContents> read(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    if (path.extension() == ".safetensors")
        return readSafetensors(path);
    return isPickle((*file)->bytes()) ? readLegacyTorch(*file, path.string()) : readTorchZip(*file, path.string());
}

/// Touches every byte of what was read, as an accepted file's tensors will be.
double sumOf(const FileContents &contents)
{
    double sum = 0;
    for (const auto &[name, tensor] : contents.tensors.entries())
        for (const float value : tensor.toFloats())
            sum += std::isfinite(value) ? value : 0;
    return sum;
}

/// The peak memory of this process so far.
long peakKilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class HostileFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aFileCutAnywhereIsRefusedInOneSentence_data() { files(); }
    void aFileCutAnywhereIsRefusedInOneSentence();
    void aFileWithFlippedBytesNeverCrashes_data() { files(); }
    void aFileWithFlippedBytesNeverCrashes();

private:
    static void files();
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void HostileFilesTest::initTestCase()
{
    QVERIFY(runPython("make_small.py", {m_folder.path()}));
}

void HostileFilesTest::files()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"zip.pth", "legacy.pth", "small.safetensors"})
        QTest::newRow(name) << QString(name);
}

void HostileFilesTest::aFileCutAnywhereIsRefusedInOneSentence()
{
    QFETCH(QString, name);
    const auto whole = readText(path(name)).value();
    QVERIFY(read(path(name)));
    const auto cut = path("cut-" + name);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        put(cut, std::string_view(whole).substr(0, length));
        const auto contents = read(cut);
        QVERIFY2(!contents, std::to_string(length).c_str());
        const auto &message = contents.error().message;
        QVERIFY2(message.find("'cut-" + name.toStdString() + "'") != std::string::npos && message.ends_with('.'), message.c_str());
    }
}

void HostileFilesTest::aFileWithFlippedBytesNeverCrashes()
{
    QFETCH(QString, name);
    const auto whole = readText(path(name)).value();
    const auto flipped = path("flipped-" + name);
    std::mt19937 random(11);
    const long before = peakKilobytes();
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text = whole;
        for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
            text[random() % text.size()] = static_cast<char>(random() % 256);
        put(flipped, text);
        const auto contents = read(flipped);
        if (contents)
            QVERIFY(std::isfinite(sumOf(*contents)));
        else
            QVERIFY(contents.error().message.ends_with('.'));
        refused += !contents;
    }
    QVERIFY(refused > 100);
    QVERIFY2(peakKilobytes() - before < 1'000'000, "a small file took a gigabyte");
}

QTEST_GUILESS_MAIN(HostileFilesTest)
#include "hostilefilestest.moc"
