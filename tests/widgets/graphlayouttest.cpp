#include "architectures/architecture.h"
#include "graph/layout.h"
#include "graph/nestedlayout.h"

#include <QElapsedTimer>
#include <QTest>
#include <random>

using namespace graft;

namespace {

QSizeF sizeOf(int)
{
    return {180, 46};
}

std::set<int> allBlocks(const BlockTree &tree)
{
    std::set<int> blocks;
    for (std::size_t node = 1; node < tree.nodes().size(); ++node) {
        if (tree.node(int(node)).isBlock)
            blocks.insert(int(node));
    }
    return blocks;
}

BlockTree treeOf(const char *architecture)
{
    const Network network = architectures().find(architecture)->build(10);
    return {network, analyse(network).value()};
}

LayeredGraph randomGraph(std::mt19937 &random, int count)
{
    LayeredGraph graph;
    for (int node = 0; node < count; ++node) {
        graph.nodes.push_back({QSizeF(40 + int(random() % 200), 20 + int(random() % 80))});
        for (int edge = 0; node > 0 && edge < 1 + int(random() % 2); ++edge)
            graph.edges.push_back({int(random() % unsigned(node)), node});
    }
    return graph;
}

/// Whether a line enters a box other than the two that it connects.
bool crosses(const QPolygonF &route, const QRectF &box)
{
    const QRectF inner = box.adjusted(1, 1, -1, -1);
    for (qsizetype index = 1; index < route.size(); ++index) {
        const QPointF from = route[index - 1], to = route[index];
        for (int step = 0; step <= 20; ++step) {
            const double t = step / 20.0, smooth = t * t * (3 - 2 * t);
            if (inner.contains(QPointF(from.x() + (to.x() - from.x()) * smooth, from.y() + (to.y() - from.y()) * t)))
                return true;
        }
    }
    return false;
}

} // namespace

class GraphLayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boxesOfAnyGraphDoNotOverlap();
    void linesRunDownwardsAndPastTheBoxes();
    void chainIsStraight();
    void tallBoxBesideAChainDoesNotTearItApart();
    void cycleIsLaidOutAllTheSame();
    void framesHoldTheirChildrenAndNothingElse_data();
    void framesHoldTheirChildrenAndNothingElse();
    void everyConnectionIsDrawn();
    void allUnfoldedTakesMilliseconds();
    void firstViewIsAPlan_data();
    void firstViewIsAPlan();
};

void GraphLayoutTest::boxesOfAnyGraphDoNotOverlap()
{
    std::mt19937 random(1);
    for (int round = 0; round < 40; ++round) {
        const LayeredLayout layout = layOut(randomGraph(random, 2 + round));
        for (std::size_t one = 0; one < layout.nodes.size(); ++one) {
            QVERIFY(QRectF(QPointF(0, 0), layout.size).adjusted(-0.01, -0.01, 0.01, 0.01).contains(layout.nodes[one]));
            for (std::size_t two = one + 1; two < layout.nodes.size(); ++two)
                QVERIFY(!layout.nodes[one].intersects(layout.nodes[two]));
        }
    }
}

void GraphLayoutTest::linesRunDownwardsAndPastTheBoxes()
{
    std::mt19937 random(2);
    for (int round = 0; round < 40; ++round) {
        const LayeredGraph graph = randomGraph(random, 2 + round);
        const LayeredLayout layout = layOut(graph);
        for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
            const QPolygonF &route = layout.routes[edge];
            const QRectF &from = layout.nodes[std::size_t(graph.edges[edge].from)], &to = layout.nodes[std::size_t(graph.edges[edge].to)];
            QCOMPARE(route.front().y(), from.bottom());
            QCOMPARE(route.back().y(), to.top());
            QVERIFY(route.back().x() >= to.left() && route.back().x() <= to.right());
            for (qsizetype point = 1; point < route.size(); ++point)
                QVERIFY(route[point].y() >= route[point - 1].y());
            for (const QRectF &box : layout.nodes)
                QVERIFY(!crosses(route, box));
        }
    }
}

void GraphLayoutTest::chainIsStraight()
{
    // A residual block: six boxes in a row and a line that passes five of them.
    LayeredGraph graph;
    graph.nodes.assign(6, {QSizeF(180, 46)});
    for (int node = 1; node < 6; ++node)
        graph.edges.push_back({node - 1, node});
    graph.edges.push_back({0, 5});
    const LayeredLayout layout = layOut(graph);
    for (const QRectF &box : layout.nodes)
        QVERIFY(std::abs(box.center().x() - layout.nodes.front().center().x()) < 0.01);
    QVERIFY(layout.routes.back().boundingRect().right() > layout.nodes.front().right());
}

void GraphLayoutTest::tallBoxBesideAChainDoesNotTearItApart()
{
    // A chain of seven; beside it a box as tall as three of them.
    LayeredGraph graph;
    graph.nodes.assign(7, {QSizeF(180, 46)});
    for (int node = 1; node < 7; ++node)
        graph.edges.push_back({node - 1, node});
    const LayeredLayout plain = layOut(graph);
    graph.nodes.push_back({QSizeF(200, 170)});
    graph.edges.push_back({0, 7});
    graph.edges.push_back({7, 6});
    const LayeredLayout layout = layOut(graph);
    QVERIFY(layout.size.height() < plain.size.height() + 80);
    for (int node = 0; node < 7; ++node)
        QVERIFY(!layout.nodes[std::size_t(node)].intersects(layout.nodes.back()));
    QCOMPARE(layout.nodes.back().height(), 170.0);
    QCOMPARE(layout.routes.back().front().y(), layout.nodes.back().bottom());
}

void GraphLayoutTest::cycleIsLaidOutAllTheSame()
{
    LayeredGraph graph;
    graph.nodes.assign(3, {QSizeF(100, 40)});
    graph.edges = {{0, 1}, {1, 2}, {2, 1}};
    const LayeredLayout layout = layOut(graph);
    QVERIFY(layout.nodes[1].bottom() < layout.nodes[2].top());
    QCOMPARE(layout.routes[2].front().y(), layout.nodes[2].top());
    QCOMPARE(layout.routes[2].back().y(), layout.nodes[1].bottom());
}

void GraphLayoutTest::framesHoldTheirChildrenAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("architecture");
    for (const char *name : {"resnet18", "resnet50", "mobilenet_v2", "mobilenet_v3_small", "squeezenet1_1", "vgg16_bn"})
        QTest::addRow("%s", name) << QByteArray(name);
}

void GraphLayoutTest::framesHoldTheirChildrenAndNothingElse()
{
    QFETCH(QByteArray, architecture);
    const BlockTree tree = treeOf(architecture.constData());
    const GraphLayout layout = layOutGraph(tree, allBlocks(tree), sizeOf);
    QCOMPARE(layout.nodes.size(), tree.nodes().size() - 1);
    const auto isWithin = [&tree](int node, int block) {
        while (node > 0 && node != block)
            node = tree.node(node).parent;
        return node == block;
    };
    for (const PlacedNode &one : layout.nodes) {
        QVERIFY(layout.bounds.adjusted(-0.01, -0.01, 0.01, 0.01).contains(one.rect));
        for (const PlacedNode &two : layout.nodes) {
            if (one.node == two.node)
                continue;
            if (isWithin(two.node, one.node))
                QVERIFY(one.rect.contains(two.rect));
            else if (!isWithin(one.node, two.node))
                QVERIFY(!one.rect.intersects(two.rect));
        }
    }
}

void GraphLayoutTest::everyConnectionIsDrawn()
{
    const BlockTree tree = treeOf("mobilenet_v3_small");
    const GraphLayout layout = layOutGraph(tree, allBlocks(tree), sizeOf);
    std::set<std::pair<int, int>> drawn;
    for (const PlacedEdge &edge : layout.edges) {
        QVERIFY(edge.route.size() >= 2);
        drawn.insert(edge.ends.begin(), edge.ends.end());
    }
    for (std::size_t index = 0; index < tree.network().layers().size(); ++index) {
        for (const LayerId input : tree.layer(int(index)).inputs)
            QVERIFY(drawn.contains({tree.leafOf(tree.layerIndex(input)), tree.leafOf(int(index))}));
    }
}

void GraphLayoutTest::allUnfoldedTakesMilliseconds()
{
    const BlockTree tree = treeOf("resnet152");
    const std::set<int> blocks = allBlocks(tree);
    QElapsedTimer timer;
    timer.start();
    const GraphLayout layout = layOutGraph(tree, blocks, sizeOf);
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6;
    qInfo("ResNet-152, %zu boxes and frames: %.1f ms", layout.nodes.size(), milliseconds);
    QVERIFY(milliseconds < 250);
}

void GraphLayoutTest::firstViewIsAPlan_data()
{
    framesHoldTheirChildrenAndNothingElse_data();
}

void GraphLayoutTest::firstViewIsAPlan()
{
    QFETCH(QByteArray, architecture);
    const BlockTree tree = treeOf(architecture.constData());
    const GraphLayout layout = layOutGraph(tree, initiallyUnfolded(tree), sizeOf);
    QVERIFY(layout.nodes.size() >= 5);
    QVERIFY(layout.nodes.size() <= 50);
}

QTEST_GUILESS_MAIN(GraphLayoutTest)
#include "graphlayouttest.moc"
