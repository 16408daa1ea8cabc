#include "graph/graphview.h"
#include "architectures/architecture.h"
#include "graph/blocktree.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphoverlays.h"
#include "graph/layertable.h"
#include "graph/layertablemodel.h"
#include "graph/outlinemodel.h"
#include "graph/outlineview.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAction>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

Q_DECLARE_METATYPE(std::vector<graft::LayerId>)

using namespace graft;
using Layers = std::vector<LayerId>;

class GraphViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void foldedGraphShowsThePlanOfTheNetwork();
    void clickSelectsABlockWithAllItsLayers();
    void controlClickAddsAndShiftClickTakesTheRange();
    void foldHandleUnfoldsAndFoldsInPlace();
    void doubleClickUnfolds();
    void arrowKeysFollowTheLines();
    void spaceAsksToFreezeWhatIsSelected();
    void menuFreezesEverythingBeforeHere();
    void menuOfTheClassifierReplacesTheHead();
    void freezingKeepsFoldingZoomAndPlaces();
    void wheelZoomsOnThePointer();
    void draggingPansWithoutSelecting();
    void searchFindsInsideFoldedBlocks();
    void minimapShowsAnotherSelection();
    void wholeGraphBecomesAPicture();
    void drawingIsQuick();
    void idleGraphDoesNotPaint();
    void emptyGraphTakesEveryCommand();
    void outlineModelIsSound();
    void outlineSelectsAndFreezes();
    void tableModelIsSound();
    void tableCopiesTabSeparatedText();

private:
    [[nodiscard]] GraphCanvas &canvas() const { return *m_view->findChild<GraphCanvas *>(); }
    [[nodiscard]] int node(const QString &path) const;
    [[nodiscard]] QPoint placeOf(const QString &path) const;
    [[nodiscard]] Layers layersOf(const std::string &pattern) const { return matchLayers(m_network, pattern).value(); }
    void click(const QPoint &place, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(canvas().viewport(), Qt::LeftButton, modifiers, place);
    }
    void chooseInMenu(const QString &path, const QString &text);

    Network m_network;
    NetworkAnalysis m_analysis;
    std::unique_ptr<GraphView> m_view;
};

void GraphViewTest::init()
{
    qRegisterMetaType<Layers>();
    m_network = architectures().find("resnet18")->build(10);
    m_analysis = analyse(m_network).value();
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    m_view->setNetwork(m_network, m_analysis);
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void GraphViewTest::cleanup()
{
    m_view.reset();
}

int GraphViewTest::node(const QString &path) const
{
    const auto &nodes = canvas().graph().tree().nodes();
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const TreeNode &one) { return one.path == path && !path.isEmpty(); });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

QPoint GraphViewTest::placeOf(const QString &path) const
{
    const NodeItem *item = canvas().graph().item(node(path));
    return item ? canvas().mapFromScene(item->clickRect().center()) : QPoint(-1, -1);
}

void GraphViewTest::foldedGraphShowsThePlanOfTheNetwork()
{
    QStringList shown;
    for (const PlacedNode &placed : canvas().graph().layout().nodes)
        shown << canvas().graph().tree().node(placed.node).path;
    const QStringList expected{
        "input", "conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "flatten", "fc"};
    QCOMPARE(shown, expected);
    QVERIFY(canvas().visibleScene().contains(canvas().graph().layout().bounds));
}

void GraphViewTest::clickSelectsABlockWithAllItsLayers()
{
    QSignalSpy spy(m_view.get(), &GraphView::selectionChanged);
    click(placeOf("layer2"));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(m_view->selection(), layersOf("layer2"));
    QCOMPARE(spy.front().front().value<Layers>(), layersOf("layer2"));
    click(QPoint(5, 400));
    QVERIFY(m_view->selection().empty());
}

void GraphViewTest::controlClickAddsAndShiftClickTakesTheRange()
{
    click(placeOf("conv1"));
    click(placeOf("fc"), Qt::ControlModifier);
    QCOMPARE(m_view->selection(), layersOf("conv1,fc"));
    click(placeOf("conv1"));
    click(placeOf("maxpool"), Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), layersOf("conv1,bn1,relu,maxpool"));
}

void GraphViewTest::foldHandleUnfoldsAndFoldsInPlace()
{
    const int block = node("layer1");
    const NodeItem *before = canvas().graph().item(block);
    const QPoint top = canvas().mapFromScene(before->rect().topLeft() + QPointF(20, 0));
    click(canvas().mapFromScene(before->handleRect().center()));
    const NodeItem *frame = canvas().graph().item(block);
    QVERIFY(frame->isFrame());
    QVERIFY(canvas().graph().item(node("layer1.0")));
    QVERIFY((canvas().mapFromScene(frame->rect().topLeft() + QPointF(20, 0)) - top).manhattanLength() <= 3);
    click(canvas().mapFromScene(frame->handleRect().center()));
    QVERIFY(!canvas().graph().item(block)->isFrame());
    QVERIFY(!canvas().graph().item(node("layer1.0")));
}

void GraphViewTest::doubleClickUnfolds()
{
    QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("layer3"));
    QVERIFY(canvas().graph().item(node("layer3"))->isFrame());
}

void GraphViewTest::arrowKeysFollowTheLines()
{
    click(placeOf("maxpool"));
    QTest::keyClick(&canvas(), Qt::Key_Down);
    QCOMPARE(m_view->selection(), layersOf("layer1"));
    QTest::keyClick(&canvas(), Qt::Key_Up);
    QTest::keyClick(&canvas(), Qt::Key_Up);
    QCOMPARE(m_view->selection(), layersOf("relu"));
}

void GraphViewTest::spaceAsksToFreezeWhatIsSelected()
{
    QSignalSpy spy(m_view.get(), &GraphView::freezeRequested);
    click(placeOf("layer1"));
    QTest::keyClick(&canvas(), Qt::Key_Space);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().at(0).value<Layers>(), layersOf("layer1"));
    QCOMPARE(spy.front().at(1).toBool(), true);
    setFrozen(m_network, layersOf("layer1"), true);
    m_view->setNetwork(m_network, analyse(m_network).value());
    QTest::keyClick(&canvas(), Qt::Key_Space);
    QCOMPARE(spy.back().at(1).toBool(), false);
}

void GraphViewTest::chooseInMenu(const QString &path, const QString &text)
{
    bool found = false;
    QTimer::singleShot(0, this, [&] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (action->text() != text)
                continue;
            found = action->isEnabled();
            action->trigger();
        }
        if (menu)
            menu->close();
    });
    QContextMenuEvent event(QContextMenuEvent::Mouse, placeOf(path), canvas().viewport()->mapToGlobal(placeOf(path)));
    QApplication::sendEvent(canvas().viewport(), &event);
    QVERIFY2(found, qPrintable(text));
}

void GraphViewTest::menuFreezesEverythingBeforeHere()
{
    QSignalSpy spy(m_view.get(), &GraphView::freezeRequested);
    chooseInMenu("layer1", "Freeze everything before here");
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().at(0).value<Layers>(), layersOf("input,conv1,bn1,relu,maxpool"));
    QCOMPARE(spy.front().at(1).toBool(), true);
}

void GraphViewTest::menuOfTheClassifierReplacesTheHead()
{
    QSignalSpy spy(m_view.get(), &GraphView::replaceHeadRequested);
    chooseInMenu("fc", QString::fromUtf8("Replace head…"));
    QCOMPARE(spy.size(), 1);
}

void GraphViewTest::freezingKeepsFoldingZoomAndPlaces()
{
    QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("layer2"));
    m_view->zoomIn();
    const QTransform zoom = canvas().transform();
    const QRectF shown = canvas().visibleScene(), place = canvas().graph().item(node("fc"))->rect();
    setFrozen(m_network, layersOf("layer1,layer2.0"), true);
    m_view->setNetwork(m_network, analyse(m_network).value());
    QCOMPARE(canvas().transform(), zoom);
    QCOMPARE(canvas().visibleScene(), shown);
    QVERIFY(canvas().graph().item(node("layer2"))->isFrame());
    QCOMPARE(canvas().graph().item(node("fc"))->rect(), place);
}

void GraphViewTest::wheelZoomsOnThePointer()
{
    const QPoint place = placeOf("layer2");
    const QPointF before = canvas().mapToScene(place);
    const double zoom = canvas().transform().m11();
    QWheelEvent event(
        place, canvas().viewport()->mapToGlobal(place), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas().viewport(), &event);
    QVERIFY(canvas().transform().m11() > zoom * 1.3);
    const QPointF moved = (canvas().mapToScene(place) - before) * canvas().transform().m11();
    QVERIFY(moved.manhattanLength() < 4);
}

void GraphViewTest::draggingPansWithoutSelecting()
{
    const QPointF before = canvas().visibleScene().center();
    const QPoint start = placeOf("layer2");
    QTest::mousePress(canvas().viewport(), Qt::LeftButton, {}, start);
    QTest::mouseMove(canvas().viewport(), start + QPoint(30, 40));
    QTest::mouseMove(canvas().viewport(), start + QPoint(60, 80));
    QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, {}, start + QPoint(60, 80));
    QVERIFY(canvas().visibleScene().center().y() < before.y() - 40);
    QVERIFY(m_view->selection().empty());
}

void GraphViewTest::searchFindsInsideFoldedBlocks()
{
    QTest::keyClick(&canvas(), Qt::Key_F, Qt::ControlModifier);
    auto *search = m_view->findChild<QLineEdit *>();
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, "downsample.0");
    QCOMPARE(int(canvas().graph().found().size()), 3);
    QVERIFY(!canvas().graph().isDimmed(node("layer2")));
    QVERIFY(canvas().graph().isDimmed(node("layer1")));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(m_view->selection(), layersOf("layer2.0.downsample.0"));
    QVERIFY(canvas().visibleScene().contains(canvas().graph().item(node("layer2.0.downsample.0"))->rect()));
}

void GraphViewTest::minimapShowsAnotherSelection()
{
    auto *minimap = m_view->findChild<GraphMinimap *>();
    for (int step = 0; step < 8; ++step)
        m_view->zoomIn();
    QTRY_VERIFY(minimap->isVisible());
    m_view->setSelection(layersOf("conv1"));
    QTest::qWait(100);
    const QImage before = minimap->grab().toImage();
    m_view->setSelection(layersOf("fc"));
    QTRY_VERIFY(minimap->grab().toImage() != before);
}

void GraphViewTest::wholeGraphBecomesAPicture()
{
    const QImage small = m_view->grabGraph(0.5), large = m_view->grabGraph(1);
    QVERIFY(std::abs(large.height() - 2 * small.height()) <= 2);
    QVERIFY(m_view->grabGraph(1000).height() <= 16384);
}

void GraphViewTest::drawingIsQuick()
{
    const Network network = architectures().find("resnet50")->build(1000);
    QElapsedTimer timer;
    timer.start();
    m_view->setNetwork(network, analyse(network).value());
    m_view->grab();
    const qint64 folded = timer.restart();
    m_view->unfoldAll();
    m_view->grab();
    qInfo("ResNet-50: %lld ms folded, %lld ms all unfolded", folded, timer.elapsed());
    QVERIFY(folded < 1000);
}

void GraphViewTest::idleGraphDoesNotPaint()
{
    struct Counter : QObject {
        int paints = 0;
        bool eventFilter(QObject *, QEvent *event) override
        {
            paints += event->type() == QEvent::Paint ? 1 : 0;
            return false;
        }
    } counter;
    QTest::qWait(100);
    canvas().viewport()->installEventFilter(&counter);
    QTest::qWait(300);
    QCOMPARE(counter.paints, 0);
}

void GraphViewTest::emptyGraphTakesEveryCommand()
{
    GraphView view;
    for (int round = 0; round < 2; ++round) {
        view.fit();
        view.zoomIn();
        view.unfoldAll();
        view.foldAll();
        view.setSelection({LayerId{3}});
        view.showLayer(LayerId{3});
        for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Right, Qt::Key_Space, Qt::Key_Return, Qt::Key_F})
            QTest::keyClick(view.findChild<GraphCanvas *>(), key);
        QTest::keyClick(view.findChild<GraphCanvas *>(), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(!view.grabGraph(1).isNull());
        QVERIFY(view.selection().empty());
        view.setNetwork({}, {});
    }
}

void GraphViewTest::outlineModelIsSound()
{
    OutlineModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTree(BlockTree(m_network, m_analysis));
    OutlineFilter filter;
    const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    filter.setFilterFixedString("downsample");
    QCOMPARE(filter.rowCount(), 3);
    setFrozen(m_network, layersOf("layer2.0.conv1"), true);
    const QPersistentModelIndex kept(model.indexOf(1));
    model.setTree(BlockTree(m_network, m_analysis));
    QVERIFY(kept.isValid());
    QCOMPARE(model.index(6, OutlineModel::FrozenColumn).data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
}

void GraphViewTest::outlineSelectsAndFreezes()
{
    OutlineView outline;
    outline.resize(300, 600);
    outline.setNetwork(m_network, m_analysis);
    outline.show();
    outline.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&outline));
    QSignalSpy selected(&outline, &OutlineView::selectionChanged), frozen(&outline, &OutlineView::freezeRequested);
    outline.setSelection(layersOf("layer1.1.conv1,fc"));
    QCOMPARE(selected.size(), 0);
    QCOMPARE(outline.selection(), layersOf("layer1.1.conv1,fc"));
    auto *tree = outline.findChild<QAbstractItemView *>();
    const QModelIndex conv1 = tree->model()->index(1, OutlineModel::NameColumn);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(conv1).center());
    QCOMPARE(selected.back().front().value<Layers>(), layersOf("conv1"));
    const QModelIndex snowflake = conv1.siblingAtColumn(OutlineModel::FrozenColumn);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(snowflake).center());
    QCOMPARE(frozen.size(), 1);
    QCOMPARE(frozen.front().at(0).value<Layers>(), layersOf("conv1"));
    QCOMPARE(frozen.front().at(1).toBool(), true);
    QTest::keyClick(tree, Qt::Key_Space);
    QCOMPARE(frozen.size(), 2);
}

void GraphViewTest::tableModelIsSound()
{
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setNetwork(m_network, m_analysis);
    QCOMPARE(model.rowCount(), int(m_network.layers().size()));
    const QModelIndex parameters = model.index(1, LayerTableModel::ParametersColumn);
    QCOMPARE(parameters.data(LayerTableModel::SortRole).toLongLong(), 3 * 64 * 7 * 7);
    const Network other = architectures().find("squeezenet1_1")->build(10);
    model.setNetwork(other, analyse(other).value());
    QCOMPARE(model.rowCount(), int(other.layers().size()));
}

void GraphViewTest::tableCopiesTabSeparatedText()
{
    LayerTable table;
    table.setNetwork(m_network, m_analysis);
    QCOMPARE(table.selectedText().count('\n'), qsizetype(m_network.layers().size() + 1));
    table.setSelection(layersOf("fc"));
    const QStringList lines = table.selectedText().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1], QString("fc\tLinear\t10\t5130\t5120\t40\t0"));
}

QTEST_MAIN(GraphViewTest)
#include "graphviewtest.moc"
