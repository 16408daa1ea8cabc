#include "properties/headpanel.h"
#include "common/text.h"
#include "graph/analysis.h"
#include "panelfinders.h"
#include "panelsamples.h"
#include "properties/foldingsection.h"
#include "properties/headform.h"
#include "properties/headpreview.h"
#include "properties/headsketch.h"
#include "properties/numberfield.h"
#include "properties/surgerypanel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

using namespace graft;
using namespace panelfinders;

class HeadPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void previewCountsWhatTheFormulaSays();
    void everyFormHasASketchThatEndsInTheClasses();
    void theFormAsksOnlyForWhatItsKindNeeds();
    void theChosenPlanIsAskedFor();
    void eachLabelSetGetsAHead();
    void withoutDataTheNumberOfClassesIsTyped();
    void aPlanThatCannotBeSaysWhyAndIsNotAskedFor();
    void aCutSaysWhatItTakesAwayAndAsksForTheHeadAbove();
    void inputAndActivationsAreChangedByTheirButtons();
    void whatASearchFindsIsFrozen();
    void nothingIsAskedForDuringTraining();
    void theSectionsBelowAreNamedAtTheTopAndUnfoldFromThere();
    void itFitsANarrowDock();
};

namespace {

void fill(HeadPanel &panel, qint64 classes)
{
    panel.resize(340, 1200);
    panel.setNetwork(panelsamples::network());
    panel.setState("fc", 12, classes);
    for (FoldingSection *section : panel.findChildren<FoldingSection *>())
        section->setOpen(true);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QTest::qWait(20);
}

void chooseKind(HeadPanel &panel, HeadKind kind)
{
    auto *box = field<QComboBox>(panel, "Form");
    box->setCurrentIndex(box->findText(headKindTitle(kind)));
    Q_EMIT box->activated(box->currentIndex());
    QTest::qWait(20);
}

HeadPlan planOf(const QSignalSpy &spy)
{
    return spy.back().front().value<HeadPlan>();
}

} // namespace

void HeadPanelTest::previewCountsWhatTheFormulaSays()
{
    HeadPlan plan{HeadKind::Classic, 5};
    const HeadPreview classic = previewHead(panelsamples::network(), plan);
    QCOMPARE(classic.problem, QString());
    QCOMPARE(classic.parameters, qint64(16 * 1024 + 1024 + 1024 * 5 + 5));
    plan.kind = HeadKind::Mlp;
    plan.hiddenLayers = 2;
    plan.width = 32;
    QCOMPARE(previewHead(panelsamples::network(), plan).parameters, qint64((16 * 32 + 32) + (32 * 32 + 32) + (32 * 5 + 5)));
    plan.kind = HeadKind::Linear;
    QCOMPARE(previewHead(panelsamples::network(), plan).parameters, qint64(16 * 5 + 5));
}

void HeadPanelTest::everyFormHasASketchThatEndsInTheClasses()
{
    for (const HeadKind kind : headKinds()) {
        const HeadPreview preview = previewHead(panelsamples::network(), {kind, 7});
        QVERIFY2(preview.problem.isEmpty(), qPrintable(preview.problem));
        QVERIFY(preview.steps.size() >= 2);
        QCOMPARE(preview.steps.back().shape, Shape{7});
    }
}

void HeadPanelTest::theFormAsksOnlyForWhatItsKindNeeds()
{
    HeadPanel panel;
    fill(panel, 12);
    chooseKind(panel, HeadKind::Linear);
    QVERIFY(!field<NumberField>(panel, "Width (dense)")->isVisible());
    QVERIFY(!field<NumberField>(panel, "Dropout")->isVisible());
    chooseKind(panel, HeadKind::Classic);
    QVERIFY(field<NumberField>(panel, "Width (dense)")->isVisible());
    chooseKind(panel, HeadKind::Mlp);
    QVERIFY(field<QSpinBox>(panel, "Hidden layers")->isVisible());
    QVERIFY(field<QComboBox>(panel, "Activation")->isVisible());
    QVERIFY(field<NumberField>(panel, "Dropout")->isVisible());
}

void HeadPanelTest::theChosenPlanIsAskedFor()
{
    qRegisterMetaType<HeadPlan>("graft::HeadPlan");
    HeadPanel panel;
    fill(panel, 5);
    QSignalSpy spy(&panel, &HeadPanel::replaceHeadRequested);
    auto *kinds = field<QComboBox>(panel, "Form");
    kinds->setFocus();
    for (std::size_t step = 0; step < headKinds().size() && kinds->currentText() != headKindTitle(HeadKind::Mlp); ++step)
        QTest::keyClick(kinds, Qt::Key_Down);
    auto *layers = field<QSpinBox>(panel, "Hidden layers");
    layers->setFocus();
    QTest::keyClick(layers, Qt::Key_Up);
    auto *width = field<NumberField>(panel, "Width (dense)");
    width->setFocus();
    width->selectAll();
    QTest::keyClicks(width, "64");
    QTest::qWait(20);
    QVERIFY(shows(panel, formatCount(16 * 64 + 64 + 64 * 64 + 64 + 64 * 5 + 5)));
    QTest::mouseClick(button(panel, "Replace the head: 5 classes"), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    const HeadPlan plan = planOf(spy);
    QVERIFY(plan.kind == HeadKind::Mlp);
    QCOMPARE(plan.classes, 5);
    QCOMPARE(plan.hiddenLayers, 2);
    QCOMPARE(plan.width, 64);
}

void HeadPanelTest::eachLabelSetGetsAHead()
{
    qRegisterMetaType<HeadPlan>("graft::HeadPlan");
    const std::vector<LabelSet> sets = {{"species", 3}, {"health", 2}};
    HeadPanel panel;
    panel.setLabelSets({}, sets);
    fill(panel, 5);
    QVERIFY(shows(panel, "species 3, health 2"));
    QVERIFY(shows(panel, "2 label sets, so the head does not fit yet"));
    QTest::qWait(50);
    QVERIFY(shows(panel, formatCount(16 * 5 + 5))); // parameters of both
    QSignalSpy spy(&panel, &HeadPanel::replaceHeadRequested);
    QTest::mouseClick(button(panel, "Replace the head: one for each of 2 label sets"), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QVERIFY(planOf(spy).labelSets == sets);
    panel.setLabelSets(sets, sets);
    panel.setState("head.species.fc", 5, 5);
    QVERIFY(shows(panel, "It fits the 2 label sets"));
    panel.setLabelSets(sets, {});
    panel.setState("head.species.fc", 5, 5);
    QVERIFY(shows(panel, "so the head does not fit yet"));
    QVERIFY(button(panel, "Replace the head: 5 classes"));
}

void HeadPanelTest::withoutDataTheNumberOfClassesIsTyped()
{
    HeadPanel panel;
    fill(panel, 0);
    auto *classes = field<NumberField>(panel, "Classes");
    QVERIFY(classes->isEnabled());
    classes->setFocus();
    classes->selectAll();
    QTest::keyClicks(classes, "3");
    QVERIFY(button(panel, "Replace the head: 3 classes")->isEnabled());
    panel.setState("fc", 12, 8);
    QVERIFY(!classes->isEnabled());
    QVERIFY(button(panel, "Replace the head: 8 classes")->isEnabled());
}

void HeadPanelTest::aPlanThatCannotBeSaysWhyAndIsNotAskedFor()
{
    HeadPanel panel;
    fill(panel, 5);
    chooseKind(panel, HeadKind::DropoutLinear);
    auto *dropout = field<NumberField>(panel, "Dropout");
    dropout->setFocus();
    dropout->selectAll();
    QTest::keyClicks(dropout, "1.5");
    QTest::qWait(20);
    QVERIFY(shows(panel, "probability from 0 to 1"));
    QVERIFY(!button(panel, "Replace the head: 5 classes")->isEnabled());
}

void HeadPanelTest::aCutSaysWhatItTakesAwayAndAsksForTheHeadAbove()
{
    HeadPanel panel;
    fill(panel, 5);
    int cutAt = -1;
    HeadPlan plan;
    connect(&panel, &HeadPanel::cutRequested, &panel, [&](LayerId layer, const HeadPlan &head) {
        cutAt = layer.value;
        plan = head;
    });
    QVERIFY(!button(panel, "Cut here and put this head on")->isEnabled());
    panel.setSelection({LayerId{2}});
    QVERIFY(shows(panel, "4 layers"));
    QTest::mouseClick(button(panel, "Cut behind features.0.bn"), Qt::LeftButton);
    QCOMPARE(cutAt, 2);
    QCOMPARE(plan.classes, 5);
}

void HeadPanelTest::inputAndActivationsAreChangedByTheirButtons()
{
    HeadPanel panel;
    fill(panel, 5);
    int size = 0, channels = 0;
    bool sum = true;
    std::vector<LayerId> swapped;
    QString activation;
    connect(&panel, &HeadPanel::inputSizeRequested, &panel, [&](int pixels) { size = pixels; });
    connect(&panel, &HeadPanel::inputChannelsRequested, &panel, [&](int count, ChannelWeights rule) {
        channels = count;
        sum = rule == ChannelWeights::Sum;
    });
    connect(&panel, &HeadPanel::swapActivationsRequested, &panel, [&](const std::vector<LayerId> &layers, const QString &type) {
        swapped = layers;
        activation = type;
    });
    const auto set = [&](const QString &name, const QString &text) {
        auto *number = field<NumberField>(panel, name);
        number->setFocus();
        number->selectAll();
        QTest::keyClicks(number, text);
    };
    auto *setSize = field<QPushButton>(panel, "Set the side of the input pictures");
    QVERIFY(!setSize->isEnabled());
    set("Side of the input pictures (px)", "96");
    QTest::mouseClick(setSize, Qt::LeftButton);
    QCOMPARE(size, 96);
    set("Channels of the input", "1");
    field<QComboBox>(panel, "What becomes of the first convolution's filters")->setCurrentIndex(1);
    QTest::mouseClick(field<QPushButton>(panel, "Set the channels of the input"), Qt::LeftButton);
    QCOMPARE(channels, 1);
    QVERIFY(!sum);
    QCOMPARE(field<QComboBox>(panel, "Activation to replace")->currentText(), QStringLiteral("ReLU (1)"));
    field<QComboBox>(panel, "Activation to put in its place")->setCurrentText("SiLU");
    QTest::mouseClick(button(panel, "Swap activations"), Qt::LeftButton);
    QCOMPARE(swapped, std::vector<LayerId>{LayerId{3}});
    QCOMPARE(activation, QStringLiteral("SiLU"));
}

void HeadPanelTest::whatASearchFindsIsFrozen()
{
    HeadPanel panel;
    fill(panel, 5);
    std::vector<LayerId> asked;
    bool wanted = false;
    connect(&panel, &HeadPanel::freezeRequested, &panel, [&](const std::vector<LayerId> &layers, bool frozen) {
        asked = layers;
        wanted = frozen;
    });
    QVERIFY(!button(panel, "Freeze these")->isEnabled());
    QTest::keyClicks(field<QLineEdit>(panel, "Layers to freeze or train"), "BatchNorm*");
    QVERIFY(shows(panel, "1 layer found"));
    QTest::mouseClick(button(panel, "Freeze these"), Qt::LeftButton);
    QCOMPARE(asked, std::vector<LayerId>{LayerId{2}});
    QVERIFY(wanted);
}

void HeadPanelTest::nothingIsAskedForDuringTraining()
{
    HeadPanel panel;
    fill(panel, 5);
    panel.setSelection({LayerId{2}});
    panel.setEditable(false);
    for (const QPushButton *one : panel.findChildren<QPushButton *>())
        QVERIFY2(!one->isEnabled(), qPrintable(one->text()));
}

void HeadPanelTest::theSectionsBelowAreNamedAtTheTopAndUnfoldFromThere()
{
    HeadPanel panel;
    fill(panel, 5);
    auto *surgery = panel.findChild<SurgeryPanel *>();
    for (FoldingSection *section : surgery->sections())
        section->setOpen(false);
    QVERIFY(shows(panel, "LoRA"));
    auto *rank = field<NumberField>(panel, "Rank of the adapters");
    QVERIFY(!rank->isVisible());
    panel.resize(340, 300);
    for (QLabel *label : panel.findChildren<QLabel *>())
        if (label->text().contains(QStringLiteral("LoRA")) && label->isVisible())
            Q_EMIT label->linkActivated(QStringLiteral("0"));
    QVERIFY(surgery->sections()[SurgeryPanel::Adapters]->isOpen());
    QTRY_VERIFY(rank->isVisible() && !rank->visibleRegion().isEmpty());
}

void HeadPanelTest::itFitsANarrowDock()
{
    HeadPanel panel;
    fill(panel, 5);
    panel.setSelection({LayerId{1}});
    const QWidget *content = panel.findChild<QScrollArea *>()->widget();
    for (const HeadKind kind : headKinds()) {
        chooseKind(panel, kind);
        QVERIFY2(content->minimumSizeHint().width() <= 300, qPrintable(QString::number(content->minimumSizeHint().width())));
    }
}

QTEST_MAIN(HeadPanelTest)
#include "headpaneltest.moc"
