#include "clirun.h"
#include "data/drawnpictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <csignal>

/// Ctrl-C during training.
class InterruptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ctrlCSavesACheckpointFromWhichTheRunGoesOnWithTheSameNumbers();
};

void InterruptionTest::ctrlCSavesACheckpointFromWhichTheRunGoesOnWithTheSameNumbers()
{
    const QTemporaryDir folder;
    QVERIFY(graft::writeDrawnDataset(folder.filePath("pictures").toStdString(), graft::DrawnSet::Demo, 10, 4, 64));
    const auto arguments = [&](const QString &out) {
        return QStringList{"adapt", "--model", "demo", "--data", folder.filePath("pictures"), "--out", folder.filePath(out), "--epochs",
            "4", "--batch", "4", "--lr", "0.02", "--freeze", "none", "--device", "cpu", "--json"};
    };
    const CliRun whole = runCli(arguments("whole"));
    QVERIFY2(whole.exitCode == 0, qPrintable(whole.errors));

    QProcess process;
    process.start(GRAFT_CLI, arguments("stopped"));
    QByteArray printed;
    while (!printed.contains("\"epoch\":1") && process.waitForReadyRead(60'000))
        printed += process.readAllStandardOutput();
    QVERIFY2(!printed.contains("\"event\":\"done\""), "the run was over before it could be stopped");
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const CliRun stopped = finished(process);
    QVERIFY2(stopped.failedWithOneSentence(), qPrintable(stopped.errors));
    QVERIFY(stopped.errors.contains("--resume"));
    QVERIFY(QFile::exists(folder.filePath("stopped/checkpoint.safetensors")));

    const CliRun other = runCli(arguments("stopped") << "--resume"
                                                     << "--augment"
                                                     << "none");
    QVERIFY2(other.failedWithOneSentence() && other.errors.contains("augmentation"), qPrintable(other.errors));

    const CliRun resumed = runCli(arguments("stopped") << "--resume");
    QVERIFY2(resumed.exitCode == 0, qPrintable(resumed.errors));
    const auto expected = whole.lines();
    const auto got = resumed.lines();
    QCOMPARE(got.last()["best"], expected.last()["best"]);
    const auto lastEpoch = [](const QList<QJsonObject> &lines) { return lines[lines.size() - 2]; };
    QCOMPARE(lastEpoch(got)["epoch"].toInt(), 4);
    QCOMPARE(lastEpoch(got)["train"], lastEpoch(expected)["train"]);
    QCOMPARE(lastEpoch(got)["validation"], lastEpoch(expected)["validation"]);
}

QTEST_GUILESS_MAIN(InterruptionTest)
#include "interruptiontest.moc"
