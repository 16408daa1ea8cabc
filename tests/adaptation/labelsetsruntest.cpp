#include "adaptation/adaptation.h"
#include "demo/demo.h"
#include "evaluation/evaluation.h"
#include "evaluation/modelexport.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "support/labelledpictures.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace graft;

namespace fs = std::filesystem;

namespace {

struct Outcome : TrainingObserver {
    void finished(const TrainingResult &result) override { training = result; }
    TrainingResult training;
};

} // namespace

class LabelSetsRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bothLabelSetsAreLearned();
    void theRecordHasTheFiguresOfEachSet();
    void theModelFileKnowsItsLabelSets();
    void aRunOfOtherLabelSetsIsNotResumed();
    void everyExportPassesItsCheckAndKeepsTheSets_data();
    void everyExportPassesItsCheckAndKeepsTheSets();
    void theScriptTrainsOnWithTheLabelFile();

private:
    [[nodiscard]] AdaptationPlan plan() const;
    [[nodiscard]] fs::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
    Dataset m_dataset;
    Outcome m_result;
};

AdaptationPlan LabelSetsRunTest::plan() const
{
    AdaptationPlan plan;
    plan.package = demoModel().value();
    plan.dataset = m_dataset;
    plan.augmentation = noAugmentation();
    plan.config.epochs = 10;
    plan.config.batchSize = 16;
    plan.config.learningRate = 0.02;
    plan.config.seed = 4;
    plan.config.precision = "fp32";
    plan.outputFolder = path("run");
    return plan;
}

void LabelSetsRunTest::initTestCase()
{
    QVERIFY(labelledpictures::write(path("data"), 30));
    m_dataset = scanDataset(path("data")).value();
    QCOMPARE(m_dataset.samples.size(), std::size_t{180});
    auto adaptation = Adaptation::start(plan(), m_result);
    QVERIFY2(adaptation, adaptation ? "" : adaptation.error().message.c_str());
    (*adaptation)->session().wait();
    QVERIFY2(m_result.training.reason == StopReason::Completed, m_result.training.error.message.c_str());
}

void LabelSetsRunTest::bothLabelSetsAreLearned()
{
    const Split parts = split(m_dataset, 0.2, 4);
    const auto model = readModel(path("run") / "model.safetensors");
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    const auto figures = evaluate(*model, parts.validation, m_dataset.classNames, m_dataset.labelSets, {});
    QVERIFY2(figures, figures ? "" : figures.error().message.c_str());
    QVERIFY2(figures->sets[0].accuracy > 1.0 / 3 + 0.3, qPrintable(QString::number(figures->sets[0].accuracy)));
    QVERIFY2(figures->sets[1].accuracy > 1.0 / 2 + 0.3, qPrintable(QString::number(figures->sets[1].accuracy)));
    QVERIFY(figures->sets[1].samples < figures->sets[0].samples);
    const auto best = static_cast<std::size_t>(m_result.training.bestEpoch) - 1;
    const Metrics &validation = *m_result.training.epochs[best].validation;
    QVERIFY(std::abs(validation.accuracy - figures->accuracy) < 0.05);
    QVERIFY(std::abs(validation.labelSets[0].accuracy - figures->sets[0].accuracy) < 0.05);
}

void LabelSetsRunTest::theRecordHasTheFiguresOfEachSet()
{
    const auto record = nlohmann::json::parse(readText(path("run") / "run.json").value());
    QVERIFY(record["labelSets"] == nlohmann::json::parse(R"([{"name":"shape","classes":3},{"name":"colour","classes":2}])"));
    QCOMPARE(record["classNames"].size(), std::size_t{5});
    for (const auto &epoch : record["epochs"])
        for (const char *pass : {"train", "validation"}) {
            QCOMPARE(epoch[pass]["labelSets"].size(), std::size_t{2});
            QCOMPARE(epoch[pass]["labelSets"][1]["name"].get<std::string>(), std::string("colour"));
        }
}

void LabelSetsRunTest::theModelFileKnowsItsLabelSets()
{
    const auto model = readModel(path("run") / "model.safetensors");
    QVERIFY(model);
    QVERIFY(model->labelSets == m_dataset.labelSets && model->classNames == m_dataset.classNames);
    QVERIFY(!layersInBlock(model->network, "head.shape").empty() && !layersInBlock(model->network, "head.colour").empty());
    const auto predictor = Predictor::create(*model, {});
    QVERIFY(predictor);
    int right = 0;
    for (unsigned number = 1000; number < 1006; ++number) {
        const int shape = static_cast<int>(number % 3), colour = static_cast<int>(number % 2);
        const auto prediction = predictor->predict(labelledpictures::draw(shape, colour, number));
        QVERIFY(prediction);
        right += prediction->sets[0].top[0].className == labelledpictures::shapes[static_cast<std::size_t>(shape)] ? 1 : 0;
        right += prediction->sets[1].top[0].className == labelledpictures::colours[static_cast<std::size_t>(colour)] ? 1 : 0;
    }
    QVERIFY2(right >= 9, qPrintable(QString::number(right)));
}

void LabelSetsRunTest::aRunOfOtherLabelSetsIsNotResumed()
{
    AdaptationPlan other = plan();
    other.resume = true;
    other.dataset.labelSets[1].name = "color";
    Outcome result;
    const auto refused = Adaptation::start(std::move(other), result);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find("labelSets") != std::string::npos, refused.error().message.c_str());
}

void LabelSetsRunTest::everyExportPassesItsCheckAndKeepsTheSets_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("file");
    QTest::newRow("onnx") << "onnx"
                          << "model.onnx";
    QTest::newRow("torchscript") << "torchscript"
                                 << "model.pt";
    QTest::newRow("pth") << "pth"
                         << "model.pth";
    QTest::newRow("python") << "python"
                            << "model.py";
}

void LabelSetsRunTest::everyExportPassesItsCheckAndKeepsTheSets()
{
    QFETCH(const QString, format);
    QFETCH(const QString, file);
    const auto model = readModel(path("run") / "model.safetensors");
    const ExportRequest request{.path = path(qPrintable(file)), .formatName = format.toStdString(), .options = {}, .pictures = {}};
    const auto outcome = exportModel(*model, request);
    QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
    QVERIFY(outcome->passed() && outcome->check);
    QCOMPARE(outcome->check->top1Agreement, 1.0);
    if (format == "python") {
        QVERIFY(readText(request.path)->find("LABEL_SETS = [\n    (\"shape\", 3),\n    (\"colour\", 2),\n]") != std::string::npos);
        return;
    }
    const auto again = readModel(request.path);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY(again->labelSets == m_dataset.labelSets && again->classNames == m_dataset.classNames);
}

void LabelSetsRunTest::theScriptTrainsOnWithTheLabelFile()
{
    QProcess python;
    python.start(GRAFT_PYTHON, {"-c", "import torchvision"});
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        QSKIP("Python has no torchvision here");
    const QString script = m_folder.filePath("model.py"), picture = m_folder.filePath("data/pictures/0.png");
    python.start(GRAFT_PYTHON, {"-B", script, "--train", m_folder.filePath("data"), "--epochs", "1", "--lr", "0.001", picture});
    QVERIFY(python.waitForFinished(100'000));
    const QString said = python.readAllStandardOutput();
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QVERIFY2(said.contains("epoch 1:") && said.contains("shape: bar") && said.contains("colour: cold"), qPrintable(said));
    // What the model learned here it knows there.
    const double accuracy = said.section("accuracy ", 1, 1).section('%', 0, 0).toDouble();
    QVERIFY2(accuracy > 70, qPrintable(said));
}

QTEST_GUILESS_MAIN(LabelSetsRunTest)
#include "labelsetsruntest.moc"
