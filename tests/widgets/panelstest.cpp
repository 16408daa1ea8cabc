#include "common/theme.h"
#include "data/datasetview.h"
#include "panelfinders.h"
#include "panelsamples.h"
#include "plots/runpanel.h"
#include "properties/augmentationpanel.h"
#include "properties/headpanel.h"
#include "properties/layerpanel.h"
#include "properties/namefield.h"
#include "properties/trainingpanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTextDocumentFragment>
#include <QtTest>

using namespace panelfinders;

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trainingPanelGivesBackTheConfigItWasGiven();
    void trainingPanelKeepsNamesThatItDoesNotKnow();
    void momentumIsShownForSgdAlone();
    void learningRateStepsAlongDecades();
    void changingAFieldSaysSoOnce();
    void augmentationPanelGivesBackWhatItWasGiven();
    void presetsChangeTheAugmentation();
    void cropEndsPushEachOther();
    void freezeSwitchAsksForTheChosenLayers();
    void partlyFrozenLayersAreFrozenByOneClick();
    void batchNormSaysThatItKeepsItsStatistics();
    void layerPanelShowsWhatTheAnalysisFound();
    void statisticsAreCopiedWithTheKeyboard();
    void headPanelOffersTheClassesFound();
    void textsFollowTheLanguage();
};

namespace {

const graft::TrainingPanel::Choices optimizers = {{"sgd", "SGD"}, {"adam", "Adam"}, {"adamw", "AdamW"}};
const graft::TrainingPanel::Choices schedules
    = {{"constant", "Constant"}, {"step", "Step"}, {"cosine", "Cosine"}, {"onecycle", "One cycle"}};

void giveChoices(graft::TrainingPanel &panel)
{
    panel.setChoices({{{}, "cpu", "CPU", 0}, {{1}, "cuda:1", "GPU", 8'000'000'000}}, optimizers, schedules);
}

void showLayers(graft::LayerPanel &panel, const std::vector<int> &ids, const std::vector<int> &frozen = {})
{
    graft::Network network = panelsamples::network();
    for (const int id : frozen)
        network.find(graft::LayerId{id})->frozen = true;
    const auto analysis = graft::analyse(network);
    QVERIFY2(analysis, analysis ? "" : analysis.error().message.c_str());
    std::vector<graft::LayerId> layers;
    for (const int id : ids)
        layers.push_back({id});
    panel.showLayers(network, *analysis, layers);
}

/// Translates every text of a class into capitals, so that a text that does not follow is seen.
class Capitals : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *text, const char *, int) const override { return QString::fromUtf8(text).toUpper(); }
};

} // namespace

void PanelsTest::trainingPanelGivesBackTheConfigItWasGiven()
{
    graft::TrainingPanel panel;
    giveChoices(panel);
    QCOMPARE(panel.config() == graft::TrainingConfig{}, true);
    graft::TrainingConfig config;
    config.epochs = 37;
    config.batchSize = 17;
    config.optimizer = "adamw";
    config.learningRate = 3.7e-5;
    config.momentum = 0.875;
    config.nesterov = true;
    config.weightDecay = 1e-6;
    config.schedule = "onecycle";
    config.stepEpochs = 3;
    config.stepFactor = 0.35;
    config.warmupShare = 0.125;
    config.labelSmoothing = 0.05;
    config.seed = 18446744073709551615ULL;
    config.device.cudaIndex = 1;
    config.precision = "bf16";
    config.microBatchSize = 5;
    config.activationCheckpointing = "off";
    panel.setConfig(config);
    QVERIFY(panel.config() == config);
    giveChoices(panel);
    QVERIFY2(panel.config() == config, "New lists lose the choice.");
    panel.setValidationShare(0.25);
    QCOMPARE(panel.validationShare(), 0.25);
    panel.setValidationShareUsed(false);
    QCOMPARE(panel.validationShare(), 0.25);
}

void PanelsTest::trainingPanelKeepsNamesThatItDoesNotKnow()
{
    graft::TrainingPanel panel;
    giveChoices(panel);
    graft::TrainingConfig config;
    config.optimizer = "lion";
    config.schedule = "plateau";
    panel.setConfig(config);
    QVERIFY(panel.config() == config);
}

void PanelsTest::momentumIsShownForSgdAlone()
{
    graft::TrainingPanel panel;
    giveChoices(panel);
    panel.show();
    auto *momentum = field<QDoubleSpinBox>(panel, "Momentum");
    auto *optimizer = field<QComboBox>(panel, "Optimizer");
    QVERIFY(momentum->isVisible());
    optimizer->setFocus();
    QTest::keyClick(optimizer, Qt::Key_Down);
    QCOMPARE(QString::fromStdString(panel.config().optimizer), QStringLiteral("adam"));
    QVERIFY(!momentum->isVisible());
    QCOMPARE(panel.config().momentum, 0.9);
}

void PanelsTest::learningRateStepsAlongDecades()
{
    graft::TrainingPanel panel;
    panel.show();
    auto *rate = field<QDoubleSpinBox>(panel, "Learning rate");
    const std::vector<double> upwards = {0.002, 0.005, 0.01, 0.02};
    for (const double wanted : upwards) {
        QTest::keyClick(rate, Qt::Key_Up);
        QCOMPARE(panel.config().learningRate, wanted);
    }
    const std::vector<double> downwards = {0.01, 0.005, 0.002, 0.001, 0.0005};
    for (const double wanted : downwards) {
        QTest::keyClick(rate, Qt::Key_Down);
        QCOMPARE(panel.config().learningRate, wanted);
    }
    rate->selectAll();
    QTest::keyClicks(rate, "3e-4");
    QTest::keyClick(rate, Qt::Key_Return);
    QCOMPARE(panel.config().learningRate, 0.0003);
}

void PanelsTest::changingAFieldSaysSoOnce()
{
    graft::TrainingPanel panel;
    giveChoices(panel);
    panel.show();
    QSignalSpy spy(&panel, &graft::TrainingPanel::configChanged);
    QTest::keyClick(field<QSpinBox>(panel, "Epochs"), Qt::Key_Up);
    QCOMPARE(spy.count(), 1);
    panel.setConfig({});
    QCOMPARE(spy.count(), 1);
}

void PanelsTest::augmentationPanelGivesBackWhatItWasGiven()
{
    graft::AugmentationPanel panel;
    QVERIFY(panel.augmentation() == graft::Augmentation{});
    const graft::Augmentation odd{true, {0.123, 0.987}, 0.155, 12.5, 0.111, 0.222, 0.333, 77.5, 0.11, 0.22, 0.33, 0.044, "wrap", 7};
    panel.setAugmentation(odd);
    QVERIFY(panel.augmentation() == odd);
    panel.setAugmentation(graft::noAugmentation());
    QVERIFY(panel.augmentation() == graft::noAugmentation());
}

void PanelsTest::presetsChangeTheAugmentation()
{
    graft::AugmentationPanel panel;
    panel.show();
    QSignalSpy changed(&panel, &graft::AugmentationPanel::augmentationChanged);
    QSignalSpy preview(&panel, &graft::AugmentationPanel::previewRequested);
    QTest::mouseClick(button(panel, "None"), Qt::LeftButton);
    QVERIFY(panel.augmentation() == graft::noAugmentation());
    QTest::mouseClick(button(panel, "Classic"), Qt::LeftButton);
    QVERIFY(panel.augmentation().rotation > 0);
    QCOMPARE(changed.count(), 2);
    QVERIFY(preview.wait(2000));
    QCOMPARE(preview.count(), 1);
}

void PanelsTest::cropEndsPushEachOther()
{
    graft::AugmentationPanel panel;
    panel.show();
    auto *smallest = field<QSlider>(panel, "Smallest crop");
    auto *largest = field<QSlider>(panel, "Largest crop");
    largest->setValue(50);
    smallest->setValue(70);
    QCOMPARE(panel.augmentation().cropScale[0], 0.7);
    QCOMPARE(panel.augmentation().cropScale[1], 0.7);
}

void PanelsTest::freezeSwitchAsksForTheChosenLayers()
{
    graft::LayerPanel panel;
    showLayers(panel, {1, 2});
    panel.show();
    std::vector<graft::LayerId> asked;
    bool wanted = false;
    connect(&panel, &graft::LayerPanel::freezeRequested, &panel, [&](const std::vector<graft::LayerId> &layers, bool frozen) {
        asked = layers;
        wanted = frozen;
    });
    auto *box = field<QCheckBox>(panel, "Frozen");
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(asked.size(), std::size_t{2});
    QVERIFY(wanted);

    showLayers(panel, {1});
    graft::LayerId before;
    connect(&panel, &graft::LayerPanel::freezeBeforeRequested, &panel, [&](graft::LayerId layer) { before = layer; });
    QTest::mouseClick(button(panel, "Freeze everything before it"), Qt::LeftButton);
    QCOMPARE(before.value, 1);
}

void PanelsTest::partlyFrozenLayersAreFrozenByOneClick()
{
    graft::LayerPanel panel;
    showLayers(panel, {1, 2}, {1});
    panel.show();
    auto *box = field<QCheckBox>(panel, "Frozen");
    QCOMPARE(box->checkState(), Qt::PartiallyChecked);
    bool wanted = false;
    connect(
        &panel, &graft::LayerPanel::freezeRequested, &panel, [&](const std::vector<graft::LayerId> &, bool frozen) { wanted = frozen; });
    QTest::keyClick(box, Qt::Key_Space);
    QVERIFY(wanted);
}

void PanelsTest::batchNormSaysThatItKeepsItsStatistics()
{
    graft::LayerPanel panel;
    panel.show();
    showLayers(panel, {2});
    QVERIFY(!shows(panel, "BatchNorm keeps its statistics"));
    showLayers(panel, {2}, {2});
    QVERIFY(shows(panel, "BatchNorm keeps its statistics"));
}

void PanelsTest::layerPanelShowsWhatTheAnalysisFound()
{
    graft::LayerPanel panel;
    panel.show();
    showLayers(panel, {1});
    QTest::qWait(20);
    for (const char *text : {"features.0", "Conv2d", "16 × 64 × 64", "3 × 64 × 64", "432", "kernel_size"})
        QVERIFY2(shows(panel, QString::fromUtf8(text)), text);
    showLayers(panel, {1, 2, 3});
    QTest::qWait(20);
    QCOMPARE(panel.findChild<graft::NameField *>()->name(), QStringLiteral("features.0"));
    QVERIFY(shows(panel, "464"));
    panel.showNothing();
    QVERIFY(shows(panel, "Click a layer"));
}

void PanelsTest::statisticsAreCopiedWithTheKeyboard()
{
    graft::LayerPanel panel;
    showLayers(panel, {1});
    panel.setStatistics({{"weight", {-0.5, 0.5, 0.0, 0.25, 0.125, 0}}});
    panel.show();
    auto *table = panel.findChild<QTableWidget *>();
    table->selectAll();
    QTest::keySequence(table, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("weight\t16 × 3 × 3 × 3\t-0.5\t0.5\t0\t0.25\t12.5 %"));
}

void PanelsTest::headPanelOffersTheClassesFound()
{
    graft::HeadPanel panel;
    panel.show();
    panel.setState("fc", 1000, 12);
    panel.setTotals(6156, 11'182'668);
    QSignalSpy replace(&panel, &graft::HeadPanel::replaceHeadRequested);
    QSignalSpy freeze(&panel, &graft::HeadPanel::freezeSettingRequested);
    QTest::mouseClick(button(panel, "Replace the head: 12 classes"), Qt::LeftButton);
    QCOMPARE(replace.count(), 1);
    QTest::mouseClick(button(panel, "Freeze all but the head"), Qt::LeftButton);
    QTest::mouseClick(button(panel, "Freeze nothing"), Qt::LeftButton);
    QCOMPARE(freeze.at(0).at(0).toString(), QStringLiteral("all-but-head"));
    QCOMPARE(freeze.at(1).at(0).toString(), QStringLiteral("none"));
}

void PanelsTest::textsFollowTheLanguage()
{
    graft::TrainingPanel training;
    graft::AugmentationPanel augmentation;
    graft::HeadPanel head;
    graft::RunPanel run;
    graft::DatasetView data;
    const std::vector<QWidget *> panels = {&training, &augmentation, &head, &run, &data};
    for (QWidget *panel : panels)
        panel->show();
    Capitals capitals;
    QApplication::installTranslator(&capitals);
    QTest::qWait(20);
    for (const QWidget *panel : panels) {
        for (const QLabel *label : panel->findChildren<QLabel *>()) {
            const QString text = QTextDocumentFragment::fromHtml(label->text()).toPlainText();
            QVERIFY2(text == text.toUpper(), qPrintable(text));
        }
        for (const QPushButton *one : panel->findChildren<QPushButton *>())
            QVERIFY2(one->text() == one->text().toUpper(), qPrintable(one->text()));
    }
    QApplication::removeTranslator(&capitals);
}

QTEST_MAIN(PanelsTest)
#include "panelstest.moc"
