#include "compare/compareview.h"
#include "controllers/comparecontroller.h"
#include "graph/outlineview.h"
#include "gui/historyview.h"
#include "gui/problemsview.h"
#include "library/librarymodel.h"
#include "library/libraryview.h"
#include "properties/headform.h"
#include "properties/headpanel.h"
#include "properties/namefield.h"
#include "support/demowindow.h"
#include "widgets/panelfinders.h"

#include <QComboBox>
#include <QDockWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace graft;

/// The panels around the graph in the real window: what is asked for there changes the document as one step.
class PanelsWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_graft.open(); }
    void cleanup() { m_graft.close(); }

    void doubleClickInTheLibraryInsertsBehindTheChosenLayer();
    void aHeadFromTheAdaptPanelIsOneStep();
    void theHistoryGoesBackToAnyStep();
    void aClickOnAProblemLeadsToItsLayer();
    void theComparisonShowsWhatWasEdited();
    void aCancelledComparisonLeavesThePage();
    void menuAndOutlineKeysActOnTheChosenLayers();
    void theStepsOfTheHistoryFollowTheLanguage();
    void trainingIsNotOfferedWithoutPictures();
    void panelsKeepTheirSizesWhileAnotherPageIsShown();
    void panelsShownOrHiddenOnAnotherPageStaySo();

private:
    [[nodiscard]] Document &document() { return m_graft.document(); }
    [[nodiscard]] const Network &network() { return document().model().network; }
    [[nodiscard]] LayerId layerOf(const std::string &type) { return m_graft.layerOf(type); }
    [[nodiscard]] QAction *action(const QString &text);
    /// Brings a dock to the front.
    void raise(const QString &dock);
    [[nodiscard]] bool isInFront(const QString &dock) { return !m_graft.window->findChild<QDockWidget *>(dock)->visibleRegion().isEmpty(); }

    DemoWindow m_graft;
};

QAction *PanelsWindowTest::action(const QString &text)
{
    for (QAction *one : m_graft.window->findChildren<QAction *>())
        if (one->text().remove(QLatin1Char('&')) == text)
            return one;
    qFatal("no action '%s'", qPrintable(text));
}

void PanelsWindowTest::raise(const QString &dock)
{
    m_graft.window->findChild<QDockWidget *>(dock)->raise();
    QTest::qWait(50);
}

void PanelsWindowTest::doubleClickInTheLibraryInsertsBehindTheChosenLayer()
{
    const LayerId convolution = layerOf("Conv2d");
    document().select({convolution});
    raise(QStringLiteral("libraryDock"));
    auto *tree = m_graft.window->findChild<LibraryView *>()->findChild<QTreeView *>();
    const auto found = tree->model()->match(
        tree->model()->index(0, 0), LibraryModel::TypeRole, QStringLiteral("Dropout"), 1, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    tree->scrollTo(found.front());
    const QPoint place = tree->visualRect(found.front()).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    const LayerId inserted = document().selection().front();
    QCOMPARE(network().find(inserted)->type, std::string("Dropout"));
    QCOMPARE(network().find(inserted)->inputs, std::vector{convolution});
    QCOMPARE(document().undoStack().count(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete); // no click into the graph is needed
    QVERIFY(!network().find(inserted));
}

void PanelsWindowTest::aHeadFromTheAdaptPanelIsOneStep()
{
    raise(QStringLiteral("headDock"));
    HeadPanel &panel = *m_graft.window->findChild<HeadPanel *>();
    const Network before = network();
    auto *kinds = panelfinders::field<QComboBox>(panel, QStringLiteral("Form"));
    kinds->setFocus();
    for (std::size_t step = 0; step < headKinds().size() && kinds->currentText() != headKindTitle(HeadKind::Mlp); ++step)
        QTest::keyClick(kinds, Qt::Key_Down);
    QTest::qWait(50);
    const auto classes = int(classCount(network()));
    QTest::mouseClick(panelfinders::button(panel, QStringLiteral("Replace the head: %1 classes").arg(classes)), Qt::LeftButton);
    QVERIFY(network().find("head.fc1"));
    QCOMPARE(int(classCount(network())), classes);
    QVERIFY(document().problems().empty());
    QCOMPARE(document().undoStack().count(), 1);
    document().undoStack().undo();
    QVERIFY(network() == before);
}

void PanelsWindowTest::theHistoryGoesBackToAnyStep()
{
    const Network before = network();
    document().setFrozen({layerOf("Conv2d")}, true, QStringLiteral("Freeze"));
    QVERIFY(document().removeLayers({layerOf("ReLU")}));
    const Network after = network();
    raise(QStringLiteral("historyDock"));
    auto *history = m_graft.window->findChild<HistoryView *>();
    QCOMPARE(history->model()->rowCount(), 3);
    const auto click = [history](int row) {
        QTest::mouseClick(history->viewport(), Qt::LeftButton, {}, history->visualRect(history->model()->index(row, 0)).center());
    };
    click(0);
    QVERIFY(network() == before);
    click(2);
    QVERIFY(network() == after);
}

void PanelsWindowTest::aClickOnAProblemLeadsToItsLayer()
{
    LayerId convolution;
    for (const Layer &layer : network().layers())
        if (layer.type == "Conv2d")
            convolution = layer.id; // the last one, so that something follows that does not fit
    QVERIFY(document().setAttribute({convolution}, QStringLiteral("out_channels"), AttributeValue(std::int64_t{77})));
    QVERIFY(!document().problems().empty());
    document().select({});
    raise(QStringLiteral("problemsDock"));
    auto *problems = m_graft.window->findChild<ProblemsView *>();
    QTest::mouseClick(problems->viewport(), Qt::LeftButton, {}, problems->visualItemRect(problems->topLevelItem(0)).center());
    QCOMPARE(document().selection().size(), std::size_t{1});
    QCOMPARE(network().find(document().selection().front())->name, document().problems().front().subject);
}

void PanelsWindowTest::theComparisonShowsWhatWasEdited()
{
    const QStringList front{QStringLiteral("historyDock"), QStringLiteral("headDock"), QStringLiteral("problemsDock")};
    for (const QString &dock : front)
        raise(dock);
    const LayerId activation = layerOf("ReLU");
    const QString name = QString::fromStdString(network().find(activation)->name);
    QVERIFY(document().removeLayers({activation}));
    action(QStringLiteral("Compare with the model as opened"))->trigger();
    auto *view = m_graft.window->findChild<CompareView *>();
    auto *table = view->findChild<QTableView *>();
    QTRY_VERIFY(table->isVisible() && table->model()->rowCount() > 0);
    QVERIFY(view->text().contains(name));
    QVERIFY(panelfinders::shows(*view, QStringLiteral("1 removed")));
    QTest::mouseClick(panelfinders::button(*view, QStringLiteral("Back to the graph")), Qt::LeftButton);
    QVERIFY(!view->isVisible());
    for (const QString &dock : front)
        QVERIFY2(isInFront(dock), qPrintable(dock));
}

void PanelsWindowTest::aCancelledComparisonLeavesThePage()
{
    auto *view = m_graft.window->findChild<CompareView *>();
    action(QStringLiteral("Compare with the model as opened"))->trigger();
    QVERIFY(view->isVisible());
    m_graft.workbench->jobs().cancel(CompareController::lane);
    QVERIFY(!view->isVisible());
    action(QStringLiteral("Compare with the model as opened"))->trigger();
    action(QStringLiteral("Compare with the model as opened"))->trigger();
    auto *table = view->findChild<QTableView *>();
    QTRY_VERIFY(table->isVisible() && !m_graft.workbench->jobs().isRunning(CompareController::lane));
}

void PanelsWindowTest::menuAndOutlineKeysActOnTheChosenLayers()
{
    const Network before = network();
    const LayerId activation = layerOf("ReLU");
    document().select({activation});
    action(QStringLiteral("Duplicate"))->trigger();
    QCOMPARE(network().layers().size(), before.layers().size() + 1);
    raise(QStringLiteral("outlineDock"));
    auto *outline = m_graft.window->findChild<OutlineView *>();
    outline->setFocus();
    QTest::keyClick(outline->focusProxy(), Qt::Key_Delete);
    QCOMPARE(network().layers().size(), before.layers().size());
    document().select({activation});
    QTest::keyClick(outline->focusProxy(), Qt::Key_F2);
    QTRY_VERIFY(m_graft.window->findChild<NameField *>()->isAncestorOf(QApplication::focusWidget()));
    action(QStringLiteral("Select all"))->trigger();
    QCOMPARE(document().selection().size(), network().layers().size());
}

void PanelsWindowTest::theStepsOfTheHistoryFollowTheLanguage()
{
    QVERIFY(document().removeLayers({layerOf("ReLU")}));
    const QString english = document().undoStack().text(0);
    QVERIFY(m_graft.appearance->setLanguage(QStringLiteral("zh_CN")));
    QTRY_VERIFY(document().undoStack().text(0) != english);
    QVERIFY(document().undoStack().text(0).contains(QStringLiteral("relu")));
    QVERIFY(m_graft.appearance->setLanguage(QStringLiteral("en")));
    QTRY_COMPARE(document().undoStack().text(0), english);
}

void PanelsWindowTest::trainingIsNotOfferedWithoutPictures()
{
    const QAction *train = m_graft.window->findChild<QToolButton *>(QStringLiteral("trainButton"))->defaultAction();
    QVERIFY(!train->isEnabled());
    QCOMPARE(train->toolTip(), QStringLiteral("Choose a folder of pictures first (step 2, Data)."));
}

void PanelsWindowTest::panelsKeepTheirSizesWhileAnotherPageIsShown()
{
    MainWindow &window = *m_graft.window;
    window.resize(1280, 800);
    window.resizeDocks(
        {window.findChild<QDockWidget *>(QStringLiteral("outlineDock")), window.findChild<QDockWidget *>(QStringLiteral("layerDock"))},
        {280, 320}, Qt::Horizontal);
    QTest::qWait(50);
    const auto sizes = [&] {
        QList<QSize> all;
        for (const char *name : {"outlineDock", "layerDock", "forecastDock", "tableDock"})
            all.append(window.findChild<QDockWidget *>(QLatin1String(name))->size());
        return all;
    };
    const QList<QSize> before = sizes();
    QCOMPARE(before[0].width(), 280);
    QCOMPARE(before[1].width(), 320);
    for (int round = 0; round < 3; ++round) {
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(!window.findChild<QDockWidget *>(QStringLiteral("outlineDock"))->isVisible());
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(sizes(), before);
    }
}

void PanelsWindowTest::panelsShownOrHiddenOnAnotherPageStaySo()
{
    MainWindow &window = *m_graft.window;
    const auto dock = [&](const char *name) { return window.findChild<QDockWidget *>(QLatin1String(name)); };
    const auto hidden = [&] {
        QStringList names;
        for (const QDockWidget *one : window.findChildren<QDockWidget *>())
            if (one->isHidden())
                names.append(one->objectName());
        names.sort();
        return names;
    };
    const auto show = [&](const char *page, Qt::Key key) {
        QTest::keyClick(&window, key, Qt::ControlModifier);
        QTRY_VERIFY2(dock("layerDock")->isVisible() == (key == Qt::Key_1), page);
    };
    dock("logDock")->toggleViewAction()->trigger();
    QCOMPARE(hidden(), QStringList{QStringLiteral("logDock")});
    show("data", Qt::Key_2);
    dock("logDock")->toggleViewAction()->trigger();
    dock("outlineDock")->toggleViewAction()->trigger();
    dock("historyDock")->toggleViewAction()->trigger();
    dock("outlineDock")->toggleViewAction()->trigger(); // shown and hidden again
    show("judge", Qt::Key_5);
    QVERIFY(dock("logDock")->isVisible() && dock("historyDock")->isVisible());
    dock("historyDock")->close(); // by its own button
    show("model", Qt::Key_1);
    QTRY_COMPARE(hidden(), (QStringList{QStringLiteral("historyDock"), QStringLiteral("outlineDock")}));
    QVERIFY2(isInFront(QStringLiteral("logDock")), "what was asked for is seen");
    // And there is no more to it: from here on it is as with any other panels.
    show("data", Qt::Key_2);
    show("model", Qt::Key_1);
    QTRY_COMPARE(hidden(), (QStringList{QStringLiteral("historyDock"), QStringLiteral("outlineDock")}));
    show("data", Qt::Key_2);
    dock("outlineDock")->toggleViewAction()->trigger();
    action(QStringLiteral("Reset the layout"))->trigger();
    show("model", Qt::Key_1);
    QTRY_COMPARE(hidden(), QStringList());
}

QTEST_MAIN(PanelsWindowTest)
#include "panelswindowtest.moc"
