#include "architectures/architecture.h"
#include "common/theme.h"
#include "graph/edits.h"
#include "graph/freezestops.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"

#include <QSignalSpy>
#include <QTest>

Q_DECLARE_METATYPE(std::vector<graft::LayerId>)

using namespace graft;
using Layers = std::vector<LayerId>;

/// What the mouse and the keyboard do to the graph besides selecting and moving about; graphviewtest has those.
class GraphGesturesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void cleanup() { m_view.reset(); }

    void lineStandsWhereTheFrozenPartEnds();
    void lineFreezesEverythingItsRowsDependOn();
    void lineSaysWhenTheFrozenLayersAreMixed();
    void draggedLineShowsAndFreezesWhatLiesAbove();
    void escapeLetsTheLineGo();
    void shiftDragSelectsWhatItTouches();

private:
    [[nodiscard]] GraphCanvas &canvas() const { return *m_view->findChild<GraphCanvas *>(); }
    [[nodiscard]] GraphScene &graph() const { return canvas().graph(); }
    [[nodiscard]] int node(const QString &path) const;
    [[nodiscard]] QPoint placeOf(const QString &path) const;
    [[nodiscard]] Layers layersOf(const std::string &pattern) const { return matchLayers(m_network, pattern).value(); }
    void freeze(const std::string &pattern);
    void showNetwork() { m_view->setNetwork(m_network, analyse(m_network).value()); }
    void press(const QPoint &place, Qt::KeyboardModifiers modifiers = {});
    void move(const QPoint &place);
    void release(const QPoint &place, Qt::KeyboardModifiers modifiers = {});
    /// Left of the graph, on the line: where its handle is.
    [[nodiscard]] QPoint lineHandle() const;

    Network m_network;
    std::unique_ptr<GraphView> m_view;
};

void GraphGesturesTest::init()
{
    qRegisterMetaType<Layers>();
    applyTheme(*qApp, Theme::Light);
    m_network = architectures().find("resnet18")->build(10);
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    showNetwork();
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

int GraphGesturesTest::node(const QString &path) const
{
    const auto &nodes = graph().tree().nodes();
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const TreeNode &one) { return one.path == path && !path.isEmpty(); });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

QPoint GraphGesturesTest::placeOf(const QString &path) const
{
    const NodeItem *item = graph().item(node(path));
    return item ? canvas().mapFromScene(item->clickRect().center()) : QPoint(-1, -1);
}

void GraphGesturesTest::freeze(const std::string &pattern)
{
    for (const Layer &layer : m_network.layers())
        setFrozen(m_network, {layer.id}, false);
    if (!pattern.empty())
        setFrozen(m_network, layersOf(pattern), true);
    showNetwork();
}

void GraphGesturesTest::press(const QPoint &place, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseMove(canvas().viewport(), place);
    QTest::mousePress(canvas().viewport(), Qt::LeftButton, modifiers, place);
}

void GraphGesturesTest::move(const QPoint &place)
{
    QTest::mouseMove(canvas().viewport(), place);
}

void GraphGesturesTest::release(const QPoint &place, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseMove(canvas().viewport(), place);
    QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, modifiers, place);
}

QPoint GraphGesturesTest::lineHandle() const
{
    const FreezeStops stops(graph().tree(), graph().layout());
    return canvas().mapFromScene(QPointF(graph().layout().bounds.left(), stops.y(stops.place().stop))) - QPoint(30, 0);
}

void GraphGesturesTest::lineStandsWhereTheFrozenPartEnds()
{
    const auto place = [this] { return FreezeStops(graph().tree(), graph().layout()).place(); };
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
    const FreezeStops stops(graph().tree(), graph().layout());
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
    const FreezeStops::Place place = FreezeStops(graph().tree(), graph().layout()).place();
    QCOMPARE(place.stop, 2);
    QVERIFY(!place.isExact);
    freeze("conv1,bn1,layer1.0");
    QVERIFY(!FreezeStops(graph().tree(), graph().layout()).place().isExact);
}

void GraphGesturesTest::draggedLineShowsAndFreezesWhatLiesAbove()
{
    QSignalSpy requested(m_view.get(), &GraphView::freezeLineRequested), selected(m_view.get(), &GraphView::selectionChanged);
    const QPoint handle = lineHandle();
    move(handle);
    QCOMPARE(canvas().viewport()->cursor().shape(), Qt::SizeVerCursor);
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

QTEST_MAIN(GraphGesturesTest)
#include "graphgesturestest.moc"
