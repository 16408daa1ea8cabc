#include "clirun.h"
#include "core/files.h"
#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "formats/format.h"

#include "support/labelledpictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

/// The main job on the command line, on pictures that Graft draws.
class CliTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void inspectListsLayersWithTheirCosts();
    void adaptPrintsALineAnEpochAndLeavesAModelByItself();
    void evaluateAgreesWithTheRunsBestEpoch();
    void predictNamesTheClasses();
    void predictComputesInThePrecisionAskedFor();
    void severalLabelSetsAreTrainedJudgedAndPredicted();
    void exportsAreCheckedAgainstAnotherReader_data();
    void exportsAreCheckedAgainstAnotherReader();
    void aFailedCheckIsSaidAndKeepsTheOldFile();
    void theSameSeedGivesTheSameNumbers();
    void decodedPicturesAreKeptWhenAskedAndChangeNoNumber();
    void freezingABlockLeavesTheRestTrainable();
    void lowRankBranchesAreTrainedAndMergedOnExport();
    void comparingTellsWhatIsDifferent();
    void aNewRunInAnOldFolderKeepsTheOldModel();
    void automaticBatchIsSaidAndWritten();
    void benchPrintsItsRuns();
    void speedIsTheRatioToTheScript();
    void speedTellsTheWholeProgramsTooFromStartToEnd();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString somePicture() const; ///< of the validation pictures
    [[nodiscard]] CliRun adapt(const QString &out, const QStringList &more = {}) const;

    QTemporaryDir m_folder;
};

CliRun CliTest::adapt(const QString &out, const QStringList &more) const
{
    return runCli(QStringList{"adapt", "--model", "demo", "--data", path("pictures"), "--out", path(out), "--epochs", "2", "--batch", "16",
                      "--lr", "0.05", "--device", "cpu", "--json"}
        + more);
}

QString CliTest::somePicture() const
{
    const QString classes = path("pictures/val");
    const QString folder = classes + "/" + QDir(classes).entryList(QDir::Dirs | QDir::NoDotAndDotDot).first();
    return folder + "/" + QDir(folder).entryList(QDir::Files).first();
}

void CliTest::initTestCase()
{
    QVERIFY(graft::writeDrawnDataset(path("pictures").toStdString(), graft::DrawnSet::Demo, 6, 3, 64));
    const CliRun run = adapt("run");
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
}

void CliTest::inspectListsLayersWithTheirCosts()
{
    const CliRun run = runCli({"inspect", "resnet50", "--json"});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject network = run.last();
    QCOMPARE(network["architecture"].toString(), QString("resnet50"));
    QCOMPARE(network["inputShape"].toArray(), (QJsonArray{3, 224, 224}));
    // torchvision's documentation: 25,557,032 parameters, 4.09 GFLOPS (multiply-adds).
    QCOMPARE(network["totals"].toObject()["parameters"].toInteger(), 25'557'032);
    QVERIFY(qAbs(network["totals"].toObject()["multiplyAdds"].toDouble() / 1e9 - 4.09) < 0.01);
    bool found = false;
    for (const auto &entry : network["layers"].toArray()) {
        const QJsonObject layer = entry.toObject();
        if (layer["name"].toString() != "layer1.0.conv1")
            continue;
        found = true;
        QCOMPARE(layer["type"].toString(), QString("Conv2d"));
        QCOMPARE(layer["outputShape"].toArray(), (QJsonArray{64, 56, 56}));
        QCOMPARE(layer["parameters"].toInteger(), 64 * 64);
        QCOMPARE(layer["multiplyAdds"].toInteger(), 64 * 64 * 56 * 56);
        QCOMPARE(layer["frozen"].toBool(true), false);
    }
    QVERIFY(found);
}

void CliTest::adaptPrintsALineAnEpochAndLeavesAModelByItself()
{
    const CliRun run = adapt("run2");
    const auto lines = run.lines();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0]["event"].toString(), QString("epoch"));
    QCOMPARE(lines[0]["epoch"].toInt(), 1);
    QVERIFY(lines[1]["train"].toObject().contains("loss") && lines[1]["validation"].toObject().contains("accuracy"));
    QCOMPARE(lines[2]["event"].toString(), QString("done"));
    QVERIFY(lines[2]["best"].toObject()["epoch"].toInt() >= 1);
    QVERIFY(QFile::exists(path("run2/model.safetensors")));
    QFile record(path("run2/run.json"));
    QVERIFY(record.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(record.readAll()).isObject());
    const CliRun inspected = runCli({"inspect", path("run2/model.safetensors"), "--json"});
    const QStringList classes = QDir(path("pictures/train")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(inspected.last()["totals"].toObject()["classes"].toInt(), static_cast<int>(classes.size()));
}

void CliTest::evaluateAgreesWithTheRunsBestEpoch()
{
    const CliRun run = adapt("run3");
    const CliRun evaluated
        = runCli({"evaluate", "--model", path("run3/model.safetensors"), "--data", path("pictures"), "--device", "cpu", "--json"});
    QVERIFY2(evaluated.exitCode == 0, qPrintable(evaluated.errors));
    QVERIFY(qAbs(evaluated.last()["accuracy"].toDouble() - run.last()["best"].toObject()["accuracy"].toDouble()) < 1e-9);
    QVERIFY(qAbs(evaluated.last()["loss"].toDouble() - run.last()["best"].toObject()["loss"].toDouble()) < 1e-4);
    // A folder without a split of its own is judged whole: the same pictures give the same figures.
    const CliRun whole
        = runCli({"evaluate", "--model", path("run3/model.safetensors"), "--data", path("pictures/val"), "--device", "cpu", "--json"});
    QCOMPARE(whole.last()["samples"].toInt(), evaluated.last()["samples"].toInt());
    QCOMPARE(whole.last()["accuracy"].toDouble(), evaluated.last()["accuracy"].toDouble());
}

void CliTest::predictNamesTheClasses()
{
    const QStringList classes = QDir(path("pictures/val")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    const CliRun run = runCli({"predict", "--model", path("run/model.safetensors"), somePicture(), "--top", "3", "--logits", "--json"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const QJsonArray top = run.last()["top"].toArray();
    QCOMPARE(top.size(), 3);
    QVERIFY(classes.contains(top[0].toObject()["class"].toString()));
    QVERIFY(top[0].toObject()["probability"].toDouble() >= top[1].toObject()["probability"].toDouble());
    QCOMPARE(run.last()["logits"].toArray().size(), classes.size());
    // The best class's probability is the softmax of the logits.
    double sum = 0, best = -1e30;
    for (const auto &logit : run.last()["logits"].toArray())
        best = qMax(best, logit.toDouble());
    for (const auto &logit : run.last()["logits"].toArray())
        sum += std::exp(logit.toDouble() - best);
    QVERIFY(qAbs(top[0].toObject()["probability"].toDouble() - 1 / sum) < 1e-5);
}

void CliTest::predictComputesInThePrecisionAskedFor()
{
    const auto logits = [&](const QString &precision) {
        const CliRun run = runCli({"predict", "--model", path("run/model.safetensors"), somePicture(), "--precision", precision, "--device",
            "cpu", "--logits", "--json"});
        return run.last()["logits"].toArray();
    };
    const QJsonArray exact = logits("fp32"), half = logits("bf16");
    QVERIFY(!exact.isEmpty() && exact.size() == half.size());
    QVERIFY(exact != half);
    double largest = 0, difference = 0;
    for (qsizetype i = 0; i < exact.size(); ++i) {
        largest = qMax(largest, qAbs(exact[i].toDouble()));
        difference = qMax(difference, qAbs(exact[i].toDouble() - half[i].toDouble()));
    }
    QVERIFY2(difference < 0.1 * largest, qPrintable(QString::number(difference / largest)));
    QCOMPARE(runCli({"predict", "--model", "demo", somePicture(), "--precision", "fp8"}).exitCode, 2);
}

void CliTest::severalLabelSetsAreTrainedJudgedAndPredicted()
{
    QVERIFY(labelledpictures::write(path("leaves").toStdString(), 6));
    const CliRun run = runCli({"adapt", "--model", "demo", "--data", path("leaves"), "--out", path("leavesrun"), "--epochs", "2", "--batch",
        "8", "--lr", "0.02", "--device", "cpu", "--head", "dropout", "--freeze", "all-but-head", "--json"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    QCOMPARE(run.lines().size(), 3);
    for (int epoch = 0; epoch < 2; ++epoch) {
        const QJsonArray sets = run.lines()[epoch]["validation"].toObject()["labelSets"].toArray();
        QCOMPARE(sets.size(), 2);
        QCOMPARE(sets[0].toObject()["name"].toString(), QString("shape"));
        QCOMPARE(sets[1].toObject()["name"].toString(), QString("colour"));
    }
    QCOMPARE(run.last()["best"].toObject()["labelSets"].toArray().size(), 2);
    const QString model = path("leavesrun/model.safetensors");
    const CliRun evaluated = runCli({"evaluate", "--model", model, "--data", path("leaves"), "--device", "cpu", "--json"});
    QVERIFY2(evaluated.exitCode == 0, qPrintable(evaluated.errors));
    const QJsonArray judged = evaluated.last()["labelSets"].toArray();
    QCOMPARE(judged.size(), 2);
    QCOMPARE(judged[0].toObject()["perClass"].toArray().size(), 3);
    QCOMPARE(judged[1].toObject()["confusion"].toArray().size(), 2);
    QCOMPARE(judged[0].toObject()["samples"].toInt(), 36);
    QCOMPARE(judged[1].toObject()["samples"].toInt(), 31); // every seventh colour is not known
    const double mean = (judged[0].toObject()["accuracy"].toDouble() + judged[1].toObject()["accuracy"].toDouble()) / 2;
    QVERIFY(qAbs(evaluated.last()["accuracy"].toDouble() - mean) < 1e-12);
    const CliRun predicted = runCli({"predict", "--model", model, path("leaves/pictures/0.png"), "--top", "2", "--json"});
    QVERIFY2(predicted.exitCode == 0, qPrintable(predicted.errors));
    const QJsonArray sets = predicted.last()["sets"].toArray();
    QVERIFY(sets.size() == 2 && !predicted.last().contains("top"));
    QCOMPARE(sets[1].toObject()["name"].toString(), QString("colour"));
    QCOMPARE(sets[1].toObject()["top"].toArray().size(), 2);
    const CliRun inspected = runCli({"inspect", model, "--json"});
    const QJsonObject shape{{"name", "shape"}, {"classes", QJsonArray{"bar", "disc", "square"}}};
    const QJsonObject colour{{"name", "colour"}, {"classes", QJsonArray{"cold", "warm"}}};
    QCOMPARE(inspected.last()["labelSets"].toArray(), (QJsonArray{shape, colour}));
    QVERIFY(runCli({"inspect", model}).output.contains("5 classes of 2 label sets (shape 3, colour 2)\n"));
    QVERIFY(!runCli({"inspect", path("run/model.safetensors"), "--json"}).last().contains("labelSets"));
    const CliRun wrong = runCli({"evaluate", "--model", model, "--data", path("pictures"), "--device", "cpu"});
    QVERIFY(wrong.failedWithOneSentence());
    QVERIFY(wrong.errors.contains("labels.csv"));
}

void CliTest::exportsAreCheckedAgainstAnotherReader_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"safetensors", "pth", "torchscript", "python"})
        QTest::newRow(format) << format;
}

void CliTest::exportsAreCheckedAgainstAnotherReader()
{
    QFETCH(QString, format);
    const CliRun run = runCli({"export", "--model", path("run/model.safetensors"), "--format", format, "--out", path("exported." + format),
        "--check", "--data", path("pictures"), "--json"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const QJsonObject check = run.last()["check"].toObject();
    QVERIFY(check["pictures"].toInt() >= 4 && check["pictures"].toInt() <= 32);
    QVERIFY(check["ownPictures"].toBool());
    QVERIFY(check["latency"].toObject()["original"].toDouble() > 0 && check["latency"].toObject()["exported"].toDouble() > 0);
    QVERIFY(check["pass"].toBool());
    QVERIFY(check["maxDifference"].toDouble(1) <= 1e-4);
    QCOMPARE(check["top1Agreement"].toDouble(), 1.0);
}

void CliTest::aFailedCheckIsSaidAndKeepsTheOldFile()
{
    // Weights that are numbers, and answers that are none.
    graft::ModelPackage package = graft::demoModel().value();
    auto values = package.weights.find("fc.weight")->toFloats();
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = i % 2 == 0 ? 3e38F : -3e38F;
    package.weights.set("fc.weight", graft::Tensor::fromFloats(package.weights.find("fc.weight")->shape(), values));
    QVERIFY(graft::writeModel(path("overflow.safetensors").toStdString(), "safetensors", package));
    QVERIFY(graft::writeText(path("good.pt").toStdString(), "an older file"));
    const CliRun run = runCli(
        {"export", "--model", path("overflow.safetensors"), "--format", "torchscript", "--out", path("good.pt"), "--check", "--json"});
    QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
    QVERIFY2(run.errors.contains("good.failed-check.pt"), qPrintable(run.errors));
    QVERIFY(!run.last()["check"].toObject()["pass"].toBool(true));
    QCOMPARE(run.last()["file"].toString(), path("good.failed-check.pt"));
    QCOMPARE(graft::readText(path("good.pt").toStdString()).value(), std::string("an older file"));
    QVERIFY(QFile::exists(path("good.failed-check.pt")));
}

void CliTest::theSameSeedGivesTheSameNumbers()
{
    const QStringList options = {"--freeze", "none", "--seed", "5"};
    const auto first = adapt("same1", options).lines();
    const auto second = adapt("same2", options).lines();
    QCOMPARE(first.size(), 3);
    for (int epoch = 0; epoch < 2; ++epoch) {
        QCOMPARE(first[epoch]["train"], second[epoch]["train"]);
        QCOMPARE(first[epoch]["validation"], second[epoch]["validation"]);
    }
    QVERIFY(adapt("same3", {"--freeze", "none", "--seed", "6"}).lines()[0]["train"] != first[0]["train"]);
}

void CliTest::decodedPicturesAreKeptWhenAskedAndChangeNoNumber()
{
    const auto expected = adapt("fresh", {"--freeze", "none"}).lines();
    const QString kept = path("decoded");
    for (const QString &place : {kept, kept, QString("/proc/nowhere/decoded")}) {
        const CliRun run = adapt("fresh", {"--freeze", "none", "--decoded-cache", place, "--decoded-cache-limit", "1GB"});
        for (int epoch = 0; epoch < 2; ++epoch)
            QCOMPARE(run.lines()[epoch]["train"], expected[epoch]["train"]);
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.errors.contains("decoded in every epoch"), place != kept);
    }
    QVERIFY(!QDir(kept).isEmpty());
    QCOMPARE(runCli({"adapt", "--decoded-cache-limit", "much"}).exitCode, 2);
}

void CliTest::freezingABlockLeavesTheRestTrainable()
{
    const CliRun run = adapt("block", {"--freeze", "conv1,bn1,layer1,layer2"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const CliRun unknown = adapt("unknown", {"--freeze", "layer9"});
    QVERIFY(unknown.failedWithOneSentence());
    QVERIFY(unknown.errors.contains("layer9"));
}

void CliTest::lowRankBranchesAreTrainedAndMergedOnExport()
{
    const CliRun run = adapt("lora", {"--lora", "2:4", "--lora-layers", "layer3", "--head", "dropout", "--epochs", "1"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const QString trained = path("lora/model.safetensors"), merged = path("merged.safetensors");
    const CliRun written
        = runCli({"export", "--model", trained, "--format", "safetensors", "--out", merged, "--merge-adapters", "--check", "--json"});
    QVERIFY2(written.exitCode == 0, qPrintable(written.errors));
    const CliRun compared = runCli({"compare", trained, merged, "--json"});
    QCOMPARE(compared.exitCode, 0);
    int gone = 0;
    for (const auto &entry : compared.last()["layers"].toArray())
        gone += entry.toObject()["kind"].toString() == "removed" ? 1 : 0;
    QCOMPARE(gone, 3 * 4); // beside each of the block's convolutions a, b, scale and sum
    int changed = 0;
    for (const auto &entry : compared.last()["tensors"].toArray())
        changed += entry.toObject()["kind"].toString() == "changed" && !entry.toObject()["equal"].toBool() ? 1 : 0;
    QCOMPARE(changed, 3);
    for (const QString &wrong : {QStringLiteral("0"), QStringLiteral("4:"), QStringLiteral("four"), QStringLiteral("4:8:1")})
        QVERIFY2(adapt("wrong", {"--lora", wrong}).failedWithOneSentence(), qPrintable(wrong));
    QVERIFY(adapt("wrong", {"--head", "square"}).failedWithOneSentence());
}

void CliTest::comparingTellsWhatIsDifferent()
{
    const CliRun same = runCli({"compare", "demo", "demo", "--json"});
    QCOMPARE(same.exitCode, 0);
    QVERIFY(same.last()["layers"].toArray().isEmpty());
    const CliRun trained = runCli({"compare", "demo", path("run/model.safetensors")});
    QCOMPARE(trained.exitCode, 0);
    QVERIFY(trained.output.contains("~ fc.weight"));
    QVERIFY(runCli({"compare", "demo", "nothing.pth"}).failedWithOneSentence());
}

void CliTest::aNewRunInAnOldFolderKeepsTheOldModel()
{
    QVERIFY(adapt("twice", {"--seed", "1"}).exitCode == 0);
    QFile first(path("twice/model.safetensors"));
    QVERIFY(first.open(QIODevice::ReadOnly));
    const QByteArray bytes = first.readAll();
    QVERIFY(adapt("twice", {"--seed", "2"}).exitCode == 0);
    QFile previous(path("twice/model.previous.safetensors"));
    QVERIFY(previous.open(QIODevice::ReadOnly));
    QCOMPARE(previous.readAll(), bytes);
}

void CliTest::automaticBatchIsSaidAndWritten()
{
    const QStringList settings{"--batch", "auto", "--epochs", "1"};
    const QStringList common{"adapt", "--model", "demo", "--data", path("pictures"), "--out", path("auto"), "--device", "cpu", "--json"};
    const CliRun run = runCli(common + settings);
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    QFile record(path("auto/run.json"));
    QVERIFY(record.open(QIODevice::ReadOnly));
    const QJsonObject used = QJsonDocument::fromJson(record.readAll()).object()["settings"].toObject();
    const int batch = used["training"].toObject()["batchSize"].toInt();
    QVERIFY2(batch > 0 && batch <= 256, qPrintable(QString::number(batch)));
    QVERIFY2(run.errors.contains(QString("batches of %1 pictures").arg(batch)), qPrintable(run.errors));
    const CliRun wrong = runCli(common + QStringList{"--batch", "many"});
    QVERIFY(wrong.exitCode != 0);
    QVERIFY(wrong.output.contains("no batch size"));
}

void CliTest::benchPrintsItsRuns()
{
    const CliRun run = runCli({"bench", "forward", "--model", "demo", "--runs", "3", "--json"});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.last()["runs"].toArray().size(), 3);
    QVERIFY(run.last()["median"].toDouble() > 0);
}

/// A script that says made-up figures, which the ratios must follow from.
void CliTest::speedIsTheRatioToTheScript()
{
    QFile script(path("script.sh"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("case \"$*\" in *autocast*) kill -ILL $$;; *channels-last*) rate=50;; *) rate=$RATE;; esac\n"
                 "echo \"{\\\"picturesPerSecond\\\": $rate, \\\"seconds\\\": 1}\"\n");
    script.close();
    const CliRun run = runCli({"bench", "speed", "--data", path("pictures"), "--python", "sh", "--script", script.fileName(),
        "--script-environment", "RATE=10", "--only", "evaluate-resnet18", "--runs", "2", "--json"});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject row = run.last();
    const double seconds = row["graft"].toObject()["median"].toDouble();
    QVERIFY(seconds > 0);
    QCOMPARE(row["usual"].toObject()["median"].toDouble(), 0.1);
    QVERIFY(row["ratioToUsual"].toObject()["lowest"].toDouble() <= 0.1 / seconds);
    QVERIFY(row["ratioToUsual"].toObject()["highest"].toDouble() >= 0.1 / seconds);
    QCOMPARE(row["bestFlags"].toString(), QStringLiteral("--channels-last")); // the faster one was ended by a signal
    QCOMPARE(row["best"].toObject()["median"].toDouble(), 0.02);
    QVERIFY(!row.contains("program")); // a rate says nothing of it
}

void CliTest::speedTellsTheWholeProgramsTooFromStartToEnd()
{
    QFile script(path("slow to start.sh"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("sleep 0.5\necho '{\"seconds\": 0.1}'\n");
    script.close();
    QElapsedTimer clock;
    clock.start();
    const CliRun run = runCli({"bench", "speed", "--data", path("pictures"), "--python", "sh", "--script", script.fileName(), "--epochs",
        "2", "--script-epochs", "1", "--only", "head-resnet18-cold", "--runs", "1", "--json"});
    const double all = static_cast<double>(clock.elapsed()) / 1000;
    QVERIFY2(run.exitCode == 0, qPrintable(run.errors));
    const QJsonObject row = run.last();
    const auto median = [&row](const char *name) { return row[QLatin1String(name)].toObject()["median"].toDouble(); };
    QCOMPARE(median("usual"), 0.2); // it did half of the epochs
    QVERIFY2(median("usualProgram") >= 0.6 && median("usualProgram") < 0.6 + all, qPrintable(run.output)); // but it starts once
    QVERIFY2(median("program") > median("graft") && median("program") < all, qPrintable(run.output));
    QCOMPARE(median("programRatioToUsual"), median("usualProgram") / median("program"));
}

QTEST_GUILESS_MAIN(CliTest)
#include "clitest.moc"
