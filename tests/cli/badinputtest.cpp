#include "clirun.h"
#include "core/files.h"
#include "data/drawnpictures.h"
#include "data/picture.h"
#include "formats/safetensors.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

/// Whatever comes in: exit 1 and one sentence, or the run goes on and says what it left out.
class BadInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void foldersThatCannotBeTrainedOn_data();
    void foldersThatCannotBeTrainedOn();
    void aClassWithOnePictureIsTrainedOnWithAWarning();
    void brokenPicturesAreLeftOutByName();
    void namesInAnyScriptAreFine();
    void modelFilesThatCannotBeOpened_data();
    void modelFilesThatCannotBeOpened();
    void settingsOutOfRange_data();
    void settingsOutOfRange();
    void wrongUsageExitsWithTwo();
    void aDivergingRunSaysSoAndKeepsWhatWasThere();
    void aFolderThatCannotBeWrittenIsSaid();
    void anExportThatFailsLeavesTheOldFile();
    void picturesThatCannotBeRead_data();
    void picturesThatCannotBeRead();
    void twoRunsInOneFolderAreRefused();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList adaptArguments(const QString &data, const QString &out, const QStringList &more = {}) const
    {
        return QStringList{
                   "adapt", "--model", "demo", "--data", path(data), "--out", path(out), "--epochs", "1", "--device", "cpu", "--json"}
        + more;
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    void draw(const QString &name, std::size_t classIndex, std::uint64_t index) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QVERIFY(graft::writePicture(path(name).toStdString(), graft::drawPicture(graft::DrawnSet::Demo, classIndex, index, 64)));
    }
    void drawTwoClasses(const QString &folder) const
    {
        for (int i = 0; i < 4; ++i) {
            draw(QString("%1/a/%2.png").arg(folder).arg(i), 0, i);
            draw(QString("%1/b/%2.png").arg(folder).arg(i), 1, i);
        }
    }

    QTemporaryDir m_folder;
};

void BadInputTest::initTestCase()
{
    drawTwoClasses("good");
}

void BadInputTest::foldersThatCannotBeTrainedOn_data()
{
    QTest::addColumn<QString>("folder");
    QDir().mkpath(path("empty"));
    QDir().mkpath(path("emptyclasses/a"));
    QDir().mkpath(path("emptyclasses/b"));
    draw("oneclass/a/1.png", 0, 0);
    draw("flat/1.png", 0, 0);
    write("onlytext/a/1.jpg", "this is no picture");
    write("onlytext/b/1.jpg", "neither is this");
    for (const char *folder : {"missing", "empty", "emptyclasses", "oneclass", "flat", "onlytext", "good/a/0.png"})
        QTest::newRow(folder) << folder;
}

void BadInputTest::foldersThatCannotBeTrainedOn()
{
    QFETCH(QString, folder);
    const CliRun run = runCli(adaptArguments(folder, "out-" + QString(folder).replace('/', '-')));
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QCOMPARE(run.last()["event"].toString(), QString("error"));
    QVERIFY(!run.last()["code"].toString().isEmpty());
}

void BadInputTest::aClassWithOnePictureIsTrainedOnWithAWarning()
{
    drawTwoClasses("single");
    draw("single/c/only.png", 2, 0);
    const CliRun run = runCli(adaptArguments("single", "out-single"));
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    QVERIFY2(run.errors.contains("'c'"), qPrintable(run.errors));
}

void BadInputTest::brokenPicturesAreLeftOutByName()
{
    drawTwoClasses("broken");
    write("broken/a/text.jpg", "no picture");
    write("broken/a/nothing.png", "");
    QFile whole(path("broken/a/0.png"));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    write("broken/b/half.png", bytes.first(bytes.size() / 2));
    const CliRun run = runCli(adaptArguments("broken", "out-broken"));
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    for (const char *name : {"text.jpg", "nothing.png", "half.png"})
        QVERIFY2(run.errors.contains(name), name);
}

void BadInputTest::namesInAnyScriptAreFine()
{
    for (int i = 0; i < 3; ++i) {
        draw(QString("scripts/向日葵 🌻/图 %1.png").arg(i), 0, i);
        draw(QString("scripts/Ärger & \"Spaß\"/%1.png").arg(i), 1, i);
    }
    const CliRun run = runCli(adaptArguments("scripts", "aus gang é"));
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const CliRun predicted
        = runCli({"predict", "--model", path("aus gang é/model.safetensors"), path("scripts/向日葵 🌻/图 0.png"), "--top", "2", "--json"});
    QVERIFY2(predicted.output.contains("向日葵 🌻"), qPrintable(predicted.output + predicted.errors));
}

void BadInputTest::modelFilesThatCannotBeOpened_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("code");
    const CliRun exported = runCli({"export", "--model", "demo", "--format", "safetensors", "--out", path("whole.safetensors")});
    QVERIFY2(exported.exitCode == 0, qPrintable(exported.errors));
    QVERIFY(runCli({"export", "--model", "demo", "--format", "pth", "--out", path("whole.pth")}).exitCode == 0);
    for (const char *name : {"whole.safetensors", "whole.pth"}) {
        QFile whole(path(name));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        for (const int length : {1, 9, 500, static_cast<int>(bytes.size() / 2), static_cast<int>(bytes.size() - 1)}) {
            const QString file = QString("cut%1-%2").arg(length).arg(name);
            write(file, bytes.first(length));
            QTest::newRow(qPrintable(file)) << file << QString();
        }
    }
    write("empty.pth", "");
    QTest::newRow("empty") << "empty.pth" << QString();
    write("text.pth", "hello, I am a text\n");
    QTest::newRow("text") << "text.pth"
                          << "formatUnknown";
    QTest::newRow("missing") << "missing.pth"
                             << "fileNotFound";
    QTest::newRow("folder") << "good" << QString();
    // protocol 2: GLOBAL 'posix system', a string, TUPLE1, REDUCE.
    write("evil.pth",
        QByteArray("\x80\x02"
                   "cposix\nsystem\nX\x04\x00\x00\x00true\x85R.",
            30));
    QTest::newRow("malicious") << "evil.pth" << QString();
    graft::FileContents contents;
    const std::vector<float> values(64, 1.0F);
    contents.tensors.set("some.weight", graft::Tensor::fromFloats({8, 8}, values));
    QVERIFY(graft::writeSafetensors(path("other.safetensors").toStdString(), contents));
    QTest::newRow("unknown architecture") << "other.safetensors"
                                          << "architectureUnknown";
    auto diverged = graft::readSafetensors(path("whole.safetensors").toStdString());
    QVERIFY(diverged);
    const graft::Tensor *weight = diverged->tensors.find("fc.weight");
    QVERIFY(weight);
    std::vector<float> bad = weight->toFloats();
    bad[3] = std::numeric_limits<float>::quiet_NaN();
    diverged->tensors.set("fc.weight", graft::Tensor::fromFloats(weight->shape(), bad));
    QVERIFY(graft::writeSafetensors(path("nan.safetensors").toStdString(), *diverged));
    QTest::newRow("NaN weights") << "nan.safetensors"
                                 << "weightsNotFinite";
}

void BadInputTest::modelFilesThatCannotBeOpened()
{
    QFETCH(QString, file);
    QFETCH(QString, code);
    const CliRun run = runCli({"inspect", path(file), "--json"});
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QVERIFY2(run.errors.contains(file) || run.errors.contains(path(file)), qPrintable(run.errors));
    if (!code.isEmpty())
        QCOMPARE(run.last()["code"].toString(), code);
}

void BadInputTest::settingsOutOfRange_data()
{
    QTest::addColumn<QStringList>("options");
    for (const auto &options : {QStringList{"--epochs", "0"}, {"--batch", "0"}, {"--lr", "-1"}, {"--optimizer", "magic"},
             {"--schedule", "magic"}, {"--device", "cuda:7"}, {"--precision", "fp8"}, {"--freeze", "nosuchlayer"}, {"--freeze", "*"},
             {"--augment", "magic"}, {"--augment", "rotation=much"}})
        QTest::newRow(qPrintable(options.join(' '))) << options;
}

void BadInputTest::settingsOutOfRange()
{
    QFETCH(QStringList, options);
    const CliRun run = runCli(adaptArguments("good", "out-settings", options));
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QVERIFY(!QFile::exists(path("out-settings/model.safetensors")));
}

void BadInputTest::wrongUsageExitsWithTwo()
{
    QCOMPARE(runCli({}).exitCode, 2);
    QCOMPARE(runCli({"adapt"}).exitCode, 2);
    QCOMPARE(runCli({"inspect", "demo", "--nonsense"}).exitCode, 2);
    QCOMPARE(runCli({"--help"}).exitCode, 0);
}

void BadInputTest::aDivergingRunSaysSoAndKeepsWhatWasThere()
{
    QCOMPARE(runCli(adaptArguments("good", "out-diverge")).exitCode, 0);
    const auto before = graft::readText(path("out-diverge/model.safetensors").toStdString());
    const CliRun run = runCli(adaptArguments(
        "good", "out-diverge2", {"--lr", "100", "--weight-decay", "1", "--freeze", "none", "--batch", "2", "--epochs", "12"}));
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QCOMPARE(run.last()["code"].toString(), QString("lossNotFinite"));
    QVERIFY(before && before == graft::readText(path("out-diverge/model.safetensors").toStdString()));
}

void BadInputTest::aFolderThatCannotBeWrittenIsSaid()
{
    const QStringList arguments = {"adapt", "--model", "demo", "--data", path("good"), "--out", "/proc/graft", "--epochs", "1", "--json"};
    const CliRun run = runCli(arguments);
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QVERIFY(run.errors.contains("/proc/graft"));
}

void BadInputTest::anExportThatFailsLeavesTheOldFile()
{
    const CliRun run = runCli({"export", "--model", path("missing.pth"), "--format", "pth", "--out", path("whole.pth")});
    QVERIFY(run.failedWithOneSentence());
    QVERIFY(QFile::exists(path("whole.pth")));
    QVERIFY(runCli({"export", "--model", "demo", "--format", "magic", "--out", path("x")}).failedWithOneSentence());
    QVERIFY(runCli({"export", "--model", "demo", "--format", "pth", "--out", "/proc/x.pth"}).failedWithOneSentence());
    QVERIFY(runCli({"export", "--model", "demo", "--format", "torchscript", "--out", "/proc/x.pt"}).failedWithOneSentence());
}

void BadInputTest::picturesThatCannotBeRead_data()
{
    QTest::addColumn<QString>("file");
    write("p/text.png", "text");
    write("p/empty.jpg", "");
    for (const char *file : {"p/text.png", "p/empty.jpg", "p/missing.jpg", "p"})
        QTest::newRow(file) << file;
}

void BadInputTest::picturesThatCannotBeRead()
{
    QFETCH(QString, file);
    const CliRun run = runCli({"predict", "--model", "demo", path(file), path("good/a/0.png"), "--json"});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.errors.contains(file), qPrintable(run.errors));
    QVERIFY2(run.last().contains("top"), "the good picture after the bad one is answered");
}

void BadInputTest::twoRunsInOneFolderAreRefused()
{
    QDir().mkpath(path("busy"));
    const auto lock = graft::FolderLock::acquire(path("busy").toStdString());
    QVERIFY(lock);
    const CliRun run = runCli(adaptArguments("good", "busy"));
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QCOMPARE(run.last()["code"].toString(), QString("busy"));
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "badinputtest.moc"
