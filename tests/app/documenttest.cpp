#include "document/document.h"
#include "document/runplan.h"
#include "document/steps.h"
#include "support/smallpackage.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

namespace {

Dataset twoClasses()
{
    Dataset dataset;
    dataset.folder = "/pictures/pets";
    dataset.classNames = {"cat", "dog"};
    for (int i = 0; i < 10; ++i)
        dataset.samples.push_back({"/pictures/pets/" + std::to_string(i) + ".png", {i % 2}});
    return dataset;
}

LayerId idOf(const Document &document, const char *name)
{
    return document.model().network.find(name)->id;
}

} // namespace

class DocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNetworkWithAStepThatGraftCannotRunIsShown();
    void undoAndRedoBringBackTheIdenticalNetwork()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        std::vector<Network> states = {document.model().network};
        const auto keep = [&] { states.push_back(document.model().network); };
        document.setFrozen({idOf(document, "trunk.conv")}, true, QStringLiteral("freeze"));
        keep();
        document.setLearningRateFactor({idOf(document, "fc")}, 0.5);
        keep();
        document.setFrozen({idOf(document, "fc")}, true, QStringLiteral("freeze"));
        keep();
        ModelState headless = document.model();
        headless.classNames = {"cat", "dog"};
        document.replaceWeights(QStringLiteral("head"), headless);
        keep();
        for (std::size_t i = states.size() - 1; i-- > 0;) {
            document.undoStack().undo();
            QVERIFY(document.model().network == states[i]);
        }
        QVERIFY(document.model().classNames.empty());
        for (std::size_t i = 1; i < states.size(); ++i) {
            document.undoStack().redo();
            QVERIFY(document.model().network == states[i]);
        }
        QCOMPARE(document.model().classNames.size(), 2u);
    }

    void anEditThatChangesNothingLeavesNoTrace()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        document.setFrozen({idOf(document, "fc")}, false, QStringLiteral("thaw"));
        document.setLearningRateFactor({idOf(document, "fc")}, 1.0);
        QCOMPARE(document.undoStack().count(), 0);
    }

    void turningTheSameKnobAgainIsOneEdit()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        for (const double factor : {0.9, 0.5, 0.1})
            document.setLearningRateFactor({idOf(document, "fc")}, factor);
        QCOMPARE(document.undoStack().count(), 1);
        document.setLearningRateFactor({idOf(document, "trunk.conv")}, 0.1);
        QCOMPARE(document.undoStack().count(), 2);
        document.undoStack().undo();
        document.undoStack().undo();
        QCOMPARE(document.model().network.find("fc")->learningRateFactor, 1.0);
    }

    void preprocessingComesBackWithUndoAndMakesJudgementsStale()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        const Preprocessing before = document.preprocessing();
        const int weights = document.model().weightsVersion;
        Preprocessing other = before;
        for (const int crop : {7, 6}) {
            other.crop = crop;
            document.setPreprocessing(other);
        }
        QCOMPARE(document.undoStack().count(), 1);
        QVERIFY(document.package().preprocessing == other);
        QVERIFY(document.model().weightsVersion != weights);
        document.undoStack().undo();
        QVERIFY(document.preprocessing() == before);
        QCOMPARE(document.model().weightsVersion, weights);
    }

    void freezingIsSeenInTheTotalsAtOnce()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        const qint64 all = document.analysis().trainableParameters;
        QCOMPARE(all, document.analysis().parameters);
        QSignalSpy changed(&document, &Document::changed);
        document.setFrozen({idOf(document, "trunk.conv")}, true, QStringLiteral("freeze"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(document.analysis().trainableParameters, 4 * 5 + 5);
        document.undoStack().undo();
        QCOMPARE(document.analysis().trainableParameters, all);
    }

    void typingANumberIsOneStepAndTakingItBackNone()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}));
        const std::vector<LayerId> conv = {idOf(document, "trunk.conv")};
        for (const std::int64_t channels : {6, 64, 641})
            QVERIFY(document.setAttribute(conv, QStringLiteral("out_channels"), AttributeValue(channels)));
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(document.problems().size(), 1u);
        QVERIFY(!document.setAttribute(conv, QStringLiteral("out_channels"), AttributeValue(std::int64_t{-1})));
        QVERIFY(document.setAttribute(conv, QStringLiteral("out_channels"), AttributeValue(std::int64_t{4})));
        QCOMPARE(document.undoStack().count(), 0);
        QVERIFY(document.problems().empty());
        QVERIFY(document.runnablePackage()().value().weights == smallPackage(5).weights); // the filters came back with their number
    }

    void newLayersAreSelectedAndRemovedOnesAreNot()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}));
        const LayerId relu = document.insertLayer(QStringLiteral("ReLU"), {idOf(document, "pool"), 0}).value();
        QCOMPARE(document.selection(), std::vector<LayerId>{relu});
        const auto copies = document.duplicateLayers({idOf(document, "trunk.conv"), relu}).value();
        QCOMPARE(document.selection(), copies);
        QSignalSpy changed(&document, &Document::changed);
        QVERIFY(document.removeLayers({copies.front()}));
        QCOMPARE(document.selection(), std::vector<LayerId>{copies.back()});
        QVERIFY(changed.first().first().value<Changes>().testFlag(Change::Selection));
        QVERIFY(!document.removeLayers({idOf(document, "input")}));
        QCOMPARE(document.undoStack().count(), 3);
    }

    void weightsThatAreMadeAreTheSameEachTime()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}));
        document.setDataset(twoClasses());
        QVERIFY(document.replaceHead({.kind = HeadKind::Classic, .width = 8}));
        QVERIFY(document.model().classNames == document.dataset().classNames);
        QVERIFY(document.headFitsData());
        QVERIFY(!document.model().weights.contains("head.fc.weight"));
        const StateDict once = document.runnablePackage()().value().weights;
        QVERIFY(once.contains("head.fc.weight"));
        document.undoStack().undo();
        QCOMPARE(document.model().classNames.size(), 0u);
        document.undoStack().redo();
        TrainingConfig config = document.trainingConfig();
        config.seed += 1;
        document.setTrainingConfig(config);
        QVERIFY(document.runnablePackage()().value().weights == once);
        QVERIFY(document.addLayer(QStringLiteral("Add")));
        QCOMPARE(document.runnablePackage()().error().subject, std::string("add"));
    }

    void layersGoFromOneModelToTheNext()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}));
        QVERIFY(document.renameBlock(QStringLiteral("trunk"), QStringLiteral("stem")));
        const LayerClip clip = document.cutLayers({idOf(document, "stem.conv")}).value();
        QVERIFY(!document.model().network.find("stem.conv"));
        QVERIFY(document.openModel(smallPackage(5), {}));
        QVERIFY(document.pasteLayers(clip));
        QVERIFY(*document.model().weights.find("stem.conv.weight") == *document.model().weights.find("trunk.conv.weight"));
        QVERIFY(document.connectLayers(idOf(document, "input"), {idOf(document, "stem.conv"), 0}));
        QVERIFY(document.problems().empty());
    }

    void aNetworkWithProblemsIsShownWithThem()
    {
        Document document;
        ModelPackage broken = smallPackage(5);
        broken.network.find(broken.network.output())->attributes["in_features"] = std::int64_t(17);
        QVERIFY(document.openModel(broken, {}).has_value());
        QCOMPARE(document.problems().size(), 1u);
        QCOMPARE(document.problems().front().subject, std::string("fc"));
        QVERIFY(document.analysis().find(idOf(document, "fc"))->outputShape.empty());
        QVERIFY(!document.runnablePackage()());
    }

    void whatIsNoNetworkIsNotOpened()
    {
        Document document;
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        ModelPackage broken;
        broken.network.add("relu", "ReLU", {}, {});
        QVERIFY(!document.openModel(broken, {}).has_value());
        QCOMPARE(document.analysis().layers.size(), 5u);
    }

    void stepsFollowTheStory()
    {
        Document document;
        QCOMPARE(stepState(document, Step::Model), StepState::Wanting);
        QCOMPARE(stepState(document, Step::Train), StepState::NotYet);
        QVERIFY(document.openModel(smallPackage(5), {}).has_value());
        document.setDataset(twoClasses());
        QCOMPARE(stepState(document, Step::Adapt), StepState::Wanting);
        QCOMPARE(stepState(document, Step::Train), StepState::Wanting);
        ModelState trained = document.model();
        trained.network.find(trained.network.output())->attributes["out_features"] = std::int64_t(2);
        trained.classNames = {"cat", "dog"};
        TrainingRecord record;
        record.network = trained.network;
        record.dataFolder = document.dataset().folder;
        record.config = document.trainingConfig();
        record.augmentation = document.augmentation();
        record.preprocessing = document.preprocessing();
        trained.training = record;
        document.replaceWeights(QStringLiteral("train"), trained);
        QCOMPARE(stepState(document, Step::Adapt), StepState::Done);
        QCOMPARE(stepState(document, Step::Train), StepState::Done);
        QCOMPARE(stepState(document, Step::Judge), StepState::Wanting);
        TrainingConfig other = document.trainingConfig();
        other.epochs += 1;
        document.setTrainingConfig(other);
        QCOMPARE(stepState(document, Step::Train), StepState::Stale);
        document.setJudgement({{}, document.model().weightsVersion, document.dataset().folder});
        QCOMPARE(stepState(document, Step::Judge), StepState::Done);
        document.undoStack().undo();
        QCOMPARE(stepState(document, Step::Judge), StepState::Stale);
    }

    void runFoldersAreNotReused()
    {
        const QTemporaryDir base;
        const std::filesystem::path path = base.path().toStdString();
        const auto first = newRunFolder(path, "2026-01-02", "net");
        QCOMPARE(first.filename().string(), "2026-01-02 net");
        std::filesystem::create_directory(first);
        QCOMPARE(newRunFolder(path, "2026-01-02", "net").filename().string(), "2026-01-02 net (2)");
    }

    void aFolderWithoutCheckpointIsNoRunToGoOnWith()
    {
        const QTemporaryDir base;
        const std::filesystem::path path = base.path().toStdString();
        QVERIFY(!lastRunFolder(path / "nowhere"));
        RunPlan plan;
        plan.package = smallPackage(5);
        QVERIFY(writeRunPlan(path / "run", plan).has_value());
        QVERIFY(!lastRunFolder(path));
        const auto read = readRunPlan(path / "run");
        QVERIFY(!read);
        QVERIFY(!read.error().message.empty());
    }
};

void DocumentTest::aNetworkWithAStepThatGraftCannotRunIsShown()
{
    ModelPackage package = smallPackage(5);
    const LayerId fc = package.network.output();
    const LayerId strange = package.network.add("strange", "Opaque", {{"operator", std::string("CumSum")}}, {fc});
    package.network.add("relu", "ReLU", {}, {strange});
    Document document;
    QVERIFY(document.openModel(std::move(package), "/models/strange.onnx"));
    const NetworkAnalysis &analysis = document.analysis();
    QCOMPARE(analysis.layers.size(), document.model().network.layers().size());
    QCOMPARE(analysis.find(fc)->outputShape, (Shape{5}));
    QVERIFY(analysis.find(strange)->outputShape.empty());
    QVERIFY(analysis.find(idOf(document, "relu"))->outputShape.empty());
    QCOMPARE(analysis.parameters, std::int64_t{4 * 3 * 9 + 5 * 4 + 5});
    document.setFrozen({idOf(document, "trunk.conv")}, true, "Freeze");
    QCOMPARE(document.analysis().trainableParameters, std::int64_t{5 * 4 + 5});
}

QTEST_GUILESS_MAIN(DocumentTest)
#include "documenttest.moc"
