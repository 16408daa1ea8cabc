#include "common/theme.h"
#include "graph/edits.h"
#include "graph/findbar.h"
#include "graph/freezestops.h"
#include "graph/linepopup.h"
#include "support/graphfixture.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTimer>

using namespace graft;

/// The freeze line, keys, menus and find of the graph; graphviewtest has selecting and moving about, graphconnectingtest lines and drops.
class GraphGesturesTest : public QObject, private GraphFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { open(); }
    void cleanup() { m_view.reset(); }

    void lineStandsWhereTheFrozenPartEnds();
    void lineFreezesEverythingItsRowsDependOn();
    void lineSaysWhenTheFrozenLayersAreMixed();
    void draggedLineShowsAndFreezesWhatLiesAbove();
    void draggedLineShowsFrozenBoxesInAnyOverlay();
    void escapeLetsTheLineGo();
    void shiftDragSelectsWhatItTouches();
    void keysMoveTheLineByRows();
    void keysAskForEdits();
    void doubleClickOnALayerRenamesIt();
    void f2RenamesABlock();
    void menuFreezesAllOfAType();
    void menuSetsTheLearningRate();
    void patternIsJudgedWhileItIsTyped();
    void findGoesForwardsAndBackwards();
    void shownLayerFlashesAndRestsAgain();

private:
    [[nodiscard]] Layers layersOf(const std::string &pattern) const { return matchLayers(m_network, pattern).value(); }
    void freeze(const std::string &pattern);
    /// Left of the graph, on the line: where its handle is.
    [[nodiscard]] QPoint lineHandle() const;
};

void GraphGesturesTest::freeze(const std::string &pattern)
{
    for (const Layer &layer : m_network.layers())
        setFrozen(m_network, {layer.id}, false);
    if (!pattern.empty())
        setFrozen(m_network, layersOf(pattern), true);
    showNetwork();
}

QPoint GraphGesturesTest::lineHandle() const
{
    const FreezeStops stops(graph().drawn());
    return canvas().mapFromScene(QPointF(graph().layout().bounds.left(), stops.y(stops.place().stop))) - QPoint(30, 0);
}

void GraphGesturesTest::lineStandsWhereTheFrozenPartEnds()
{
    const auto place = [this] { return FreezeStops(graph().drawn()).place(); };
    QCOMPARE(place().stop, 0);
    // Rows: input, conv1, bn1, relu, maxpool, layer1, …
    freeze("conv1,bn1");
    QCOMPARE(place().stop, 3);
    QVERIFY(place().isExact);
    freeze("input,conv1,bn1,relu,maxpool");
    QCOMPARE(place().stop, 5);
    freeze("*");
    QCOMPARE(place().stop, 12);
    QVERIFY(place().isExact);
}

void GraphGesturesTest::lineFreezesEverythingItsRowsDependOn()
{
    m_view->unfoldAll();
    const FreezeStops stops(graph().drawn());
    for (int stop = 0; stop < stops.count(); ++stop) {
        // The definition: the layers of the boxes above the line, with all their ancestors.
        std::set<LayerId> expected;
        for (const PlacedNode &placed : graph().layout().nodes) {
            if (placed.isFrame || placed.rect.bottom() > stops.y(stop))
                continue;
            const LayerId layer = graph().tree().layerIds(placed.node).front();
            expected.insert(layer);
            for (const LayerId before : ancestors(m_network, layer))
                expected.insert(before);
        }
        std::set<LayerId> found;
        const std::vector<bool> frozen = stops.frozen(stop);
        for (std::size_t layer = 0; layer < frozen.size(); ++layer) {
            if (frozen[layer])
                found.insert(m_network.layers()[layer].id);
        }
        QVERIFY(found == expected);
        QCOMPARE(stops.nearest(stops.y(stop)), stop);
    }
}

void GraphGesturesTest::lineSaysWhenTheFrozenLayersAreMixed()
{
    freeze("conv1,layer3");
    const FreezeStops::Place place = FreezeStops(graph().drawn()).place();
    QCOMPARE(place.stop, 2);
    QVERIFY(!place.isExact);
    freeze("conv1,bn1,layer1.0");
    QVERIFY(!FreezeStops(graph().drawn()).place().isExact);
}

void GraphGesturesTest::draggedLineShowsAndFreezesWhatLiesAbove()
{
    QSignalSpy requested(m_view.get(), &GraphView::freezeLineRequested), selected(m_view.get(), &GraphView::selectionChanged);
    const QPoint handle = lineHandle();
    move(handle);
    QTRY_COMPARE(canvas().viewport()->cursor().shape(), Qt::SizeVerCursor);
    press(handle);
    const QPoint below(handle.x(), placeOf("layer2").y() + 20);
    move(QPoint(handle.x(), placeOf("conv1").y()));
    move(below);
    // A preview only, at once.
    QCOMPARE(graph().marks().frozenShare(node("layer2")), 1.0);
    QCOMPARE(graph().marks().frozenShare(node("layer3")), 0.0);
    QVERIFY(!graph().marks().keepsStatistics(node("layer3")));
    QCOMPARE(requested.size(), 0);
    release(below);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.front().front().value<Layers>(), layersOf("input,conv1,bn1,relu,maxpool,layer1,layer2"));
    QCOMPARE(graph().marks().frozenShare(node("layer2")), 0.0);
    QCOMPARE(selected.size(), 0);
    // The window freezes them: the line is where it was dropped.
    freeze("input,conv1,bn1,relu,maxpool,layer1,layer2");
    QVERIFY(std::abs(lineHandle().y() - below.y()) < 30);
    press(lineHandle());
    release(lineHandle());
    QCOMPARE(requested.size(), 1);
}

void GraphGesturesTest::draggedLineShowsFrozenBoxesInAnyOverlay()
{
    m_view->setOverlay(GraphOverlay::Kind::Parameters);
    QVERIFY(graph().marks().isColored());
    press(lineHandle());
    move(QPoint(lineHandle().x(), placeOf("layer3").y() + 20));
    QVERIFY(!graph().marks().isColored());
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    QVERIFY(graph().marks().isColored());
    release(QPoint(5, 5));
}

void GraphGesturesTest::escapeLetsTheLineGo()
{
    QSignalSpy requested(m_view.get(), &GraphView::freezeLineRequested);
    const QPoint handle = lineHandle();
    press(handle);
    move(QPoint(handle.x(), placeOf("layer4").y()));
    QVERIFY(graph().marks().frozenShare(node("layer1")) > 0);
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    QCOMPARE(graph().marks().frozenShare(node("layer1")), 0.0);
    release(QPoint(handle.x(), placeOf("layer4").y()));
    QCOMPARE(requested.size(), 0);
}

void GraphGesturesTest::shiftDragSelectsWhatItTouches()
{
    const QRectF first = graph().item(node("bn1"))->rect(), last = graph().item(node("maxpool"))->rect();
    const QPoint from = canvas().mapFromScene(first.topLeft() + QPointF(-20, 10)), to = canvas().mapFromScene(last.center());
    press(from, Qt::ShiftModifier);
    move((from + to) / 2);
    release(to, Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), layersOf("bn1,relu,maxpool"));
    const QPoint other = canvas().mapFromScene(graph().item(node("fc"))->rect().bottomLeft() + QPointF(-5, 5));
    press(other, Qt::ShiftModifier | Qt::ControlModifier);
    release(placeOf("fc"), Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(m_view->selection(), layersOf("bn1,relu,maxpool,fc"));
}

void GraphGesturesTest::keysMoveTheLineByRows()
{
    QSignalSpy requested(m_view.get(), &GraphView::freezeLineRequested);
    const auto down = [this] { QTest::keyClick(&canvas(), Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier); };
    canvas().setFocus();
    freeze("input,conv1");
    down();
    QCOMPARE(requested.back().front().value<Layers>(), layersOf("input,conv1,bn1"));
    freeze("input,conv1,bn1");
    down();
    QCOMPARE(requested.back().front().value<Layers>(), layersOf("input,conv1,bn1,relu"));
    freeze("input,conv1,bn1,relu");
    QTest::keyClick(&canvas(), Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(requested.back().front().value<Layers>(), layersOf("input,conv1,bn1"));
    freeze("*");
    down();
    QCOMPARE(requested.size(), 3);
}

void GraphGesturesTest::keysAskForEdits()
{
    const auto asks = [this](auto signal, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QSignalSpy spy(m_view.get(), signal);
        QTest::keyClick(&canvas(), key, modifiers);
        return spy.size() == 1 ? spy.front() : QVariantList();
    };
    QVERIFY(asks(&GraphView::deleteRequested, Qt::Key_Delete).isEmpty());
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("layer1"));
    const Layers block = layersOf("layer1");
    QCOMPARE(asks(&GraphView::deleteRequested, Qt::Key_Delete).value(0).value<Layers>(), block);
    QCOMPARE(asks(&GraphView::deleteRequested, Qt::Key_Backspace).value(0).value<Layers>(), block);
    QCOMPARE(asks(&GraphView::duplicateRequested, Qt::Key_D, Qt::ControlModifier).value(0).value<Layers>(), block);
    QCOMPARE(asks(&GraphView::copyRequested, Qt::Key_C, Qt::ControlModifier).value(0).value<Layers>(), block);
    QCOMPARE(asks(&GraphView::cutRequested, Qt::Key_X, Qt::ControlModifier).value(0).value<Layers>(), block);
    QSignalSpy pasted(m_view.get(), &GraphView::pasteRequested);
    QTest::keyClick(&canvas(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(pasted.size(), 1);
    QTest::keyClick(&canvas(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selection().size(), m_network.layers().size());
}

void GraphGesturesTest::doubleClickOnALayerRenamesIt()
{
    QSignalSpy renamed(m_view.get(), &GraphView::renameRequested);
    QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("conv1"));
    auto *editor = canvas().findChild<QLineEdit *>();
    QVERIFY(editor && editor->hasFocus());
    QCOMPARE(editor->text(), "conv1");
    QVERIFY(editor->geometry().contains(canvas().mapFromScene(graph().item(node("conv1"))->rect().center() + QPointF(40, 0))));
    QTest::keyClicks(editor, "stem");
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(renamed.size(), 1);
    QCOMPARE(renamed.front().at(0).value<LayerId>(), m_network.find("conv1")->id);
    QCOMPARE(renamed.front().at(1).toString(), "stem");
    QTRY_VERIFY(!canvas().findChild<QLineEdit *>());
    QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("conv1"));
    QTest::keyClicks(canvas().findChild<QLineEdit *>(), "other");
    QTest::keyClick(canvas().findChild<QLineEdit *>(), Qt::Key_Escape);
    QCOMPARE(renamed.size(), 1);
}

void GraphGesturesTest::f2RenamesABlock()
{
    QSignalSpy renamed(m_view.get(), &GraphView::renameBlockRequested);
    m_view->showLayer(m_network.find("layer2.0.conv1")->id);
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, placeOf("layer2.0"));
    QTest::keyClick(&canvas(), Qt::Key_F2);
    auto *editor = canvas().findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, "first");
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(renamed.size(), 1);
    QCOMPARE(renamed.front().at(0).toString(), "layer2.0");
    QCOMPARE(renamed.front().at(1).toString(), "layer2.first");
}

void GraphGesturesTest::menuFreezesAllOfAType()
{
    QSignalSpy frozen(m_view.get(), &GraphView::freezeRequested);
    QVERIFY(chooseInMenu(placeOf("layer1"), "All BatchNorm2d"));
    QCOMPARE(frozen.size(), 1);
    QCOMPARE(frozen.front().at(0).value<Layers>().size(), std::size_t(20));
    QVERIFY(frozen.front().at(1).toBool());
}

void GraphGesturesTest::menuSetsTheLearningRate()
{
    QSignalSpy rated(m_view.get(), &GraphView::learningRateFactorRequested);
    QVERIFY(chooseInMenu(placeOf("layer4"), QString::fromUtf8("× 0.1")));
    QCOMPARE(rated.size(), 1);
    QCOMPARE(rated.front().at(0).value<Layers>(), layersOf("layer4"));
    QCOMPARE(rated.front().at(1).toDouble(), 0.1);
}

void GraphGesturesTest::patternIsJudgedWhileItIsTyped()
{
    QSignalSpy frozen(m_view.get(), &GraphView::freezeRequested);
    QVERIFY(chooseInMenu(QPoint(5, 400), "Freeze by pattern") || chooseInMenu(placeOf("conv1"), "By pattern"));
    auto *popup = m_view->findChild<LinePopup *>();
    QVERIFY(popup);
    auto *line = popup->findChild<QLineEdit *>();
    QTest::keyClicks(line, "nowhere");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(frozen.size(), 0);
    line->clear();
    QTest::keyClicks(line, "*.bn1");
    bool saysCount = false;
    for (const QLabel *label : popup->findChildren<QLabel *>())
        saysCount = saysCount || label->text().contains("8 layers");
    QVERIFY(saysCount);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(frozen.size(), 1);
    QCOMPARE(frozen.front().at(0).value<Layers>(), layersOf("*.bn1"));
}

void GraphGesturesTest::findGoesForwardsAndBackwards()
{
    QTest::keyClick(&canvas(), Qt::Key_F, Qt::ControlModifier);
    auto *line = m_view->findChild<FindBar *>()->findChild<QLineEdit *>();
    QTRY_VERIFY(line->hasFocus());
    QTest::keyClicks(line, "512 x 7 conv2d");
    const Layers found = layersOf("layer4.0.conv1,layer4.0.conv2,layer4.0.downsample.0,layer4.1.conv1,layer4.1.conv2");
    QCOMPARE(graph().found().size(), found.size());
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(m_view->selection(), Layers{found[0]});
    QTest::keyClick(line, Qt::Key_F3);
    QCOMPARE(m_view->selection(), Layers{found[1]});
    QTest::keyClick(line, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(line, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(m_view->selection(), Layers{found[4]});
    QVERIFY(m_view->findChild<FindBar *>()->findChild<QLabel *>()->text().contains("5 of 5"));
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(canvas().hasFocus());
    QVERIFY(graph().found().empty());
}

void GraphGesturesTest::shownLayerFlashesAndRestsAgain()
{
    m_view->showLayer(id("layer2.0.conv1"));
    const QRectF box = graph().item(node("layer2.0.conv1"))->rect();
    const auto shown = [&] {
        const QRect area = canvas().mapFromScene(box.adjusted(-12, -8, 12, 8)).boundingRect();
        return canvas().viewport()->grab(area).toImage();
    };
    QTest::qWait(100);
    const QImage lit = shown();
    QTest::qWait(1300);
    const QImage rested = shown();
    QVERIFY(lit != rested);
    QVERIFY(rested == shown());
}

QTEST_MAIN(GraphGesturesTest)
#include "graphgesturestest.moc"
