#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"
#include "graph/treechanges.h"
#include "support/largenetworks.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QProxyStyle>
#include <QStyleOption>
#include <QTest>
#include <QTimer>

using namespace graft;

class GraphFoldingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void equalBlocksInARowAreOneBox();
    void differingBlocksStayApart();
    void equalBlocksUnfoldAndFoldTogetherAgain();
    void parentOfNothingButEqualBlocksNeedsNoRun();
    void runShowsTheSumOfItsBlocks();
    void largeGraphIsDrawnByAWorkerWhileTheOldPictureStays();
    void onlyTheLastOfManyFoldingsIsDrawn();
    void clickedNodeStaysOnTheScreenInALargeGraph();
    void everyNodeGlidesFromItsOldPlaceToItsNew();
    void foldingGlidesOnlyWhereThePlatformAnimates();
    void addedLayerKeepsFoldingPlaceZoomAndSelection();
    void renamedBlockStaysUnfolded();
    void removedLayerSplitsARunWithoutUnfoldingIt();
    void anotherNetworkStartsAnew();
    void changedSettingDoesNotMoveTheBoxes();

private:
    void show(const Network &network);
    [[nodiscard]] GraphCanvas &canvas() const { return *m_view->findChild<GraphCanvas *>(); }
    [[nodiscard]] GraphScene &graph() const { return canvas().graph(); }
    [[nodiscard]] int block(const QString &path) const { return graph().tree().block(path); }
    [[nodiscard]] int layer(const char *name) const
    {
        return graph().tree().leafOf(graph().tree().layerIndex(m_network.find(std::string_view(name))->id));
    }
    [[nodiscard]] QPointF screenPlace(int node) const { return canvas().mapFromScene(graph().item(node)->rect().topLeft()); }
    void doubleClick(int node)
    {
        const QPoint place = canvas().mapFromScene(graph().item(node)->clickRect().center());
        QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, place);
    }

    Network m_network;
    std::unique_ptr<GraphView> m_view;
};

namespace {

const QString run = QStringLiteral("layer3.1 … layer3.5");

/// A layer between two others, with the ids of all others kept.
Network withInserted(const Network &network, const char *after)
{
    Network edited;
    const LayerId at = network.find(std::string_view(after))->id;
    edited = network;
    const LayerId added = edited.add("inserted", "ReLU", {}, {at});
    edited.setOutput(network.output());
    for (const LayerId consumer : network.consumers(at)) {
        for (LayerId &input : edited.find(consumer)->inputs)
            input = input == at ? added : input;
    }
    return edited;
}

} // namespace

void GraphFoldingTest::init()
{
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    show(architectures().find("resnet50")->build(10));
}

void GraphFoldingTest::cleanup()
{
    m_view.reset();
}

void GraphFoldingTest::show(const Network &network)
{
    m_network = network;
    m_view->setNetwork(m_network, analyse(m_network).value_or(NetworkAnalysis()));
}

void GraphFoldingTest::equalBlocksInARowAreOneBox()
{
    doubleClick(block("layer3"));
    QVERIFY(graph().item(block("layer3"))->isFrame());
    QVERIFY(graph().item(block("layer3.0")));
    const NodeItem *box = graph().item(block(run));
    QVERIFY(box && !box->isFrame());
    QCOMPARE(box->texts().title, run);
    QCOMPARE(box->texts().name, QString("× 5"));
    QVERIFY(!graph().item(block("layer3.2")));
}

void GraphFoldingTest::differingBlocksStayApart()
{
    // In DenseNet every layer of a block takes more channels than the one before.
    show(architectures().find("densenet121")->build(10));
    for (const TreeNode &node : graph().tree().nodes())
        QVERIFY(!node.isRun);
}

void GraphFoldingTest::equalBlocksUnfoldAndFoldTogetherAgain()
{
    doubleClick(block("layer3"));
    doubleClick(block(run));
    QVERIFY(!graph().item(block(run)));
    for (const char *path : {"layer3.0", "layer3.1", "layer3.3", "layer3.5"})
        QVERIFY(graph().item(block(path)));
    QCOMPARE(graph().item(block("layer3.2"))->texts().name, QString("2 of 5"));
    const QPointF before = screenPlace(block("layer3.2"));
    QTimer::singleShot(0, this, [] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu->actions()) {
            if (action->text() == QLatin1String("Fold 5 equal blocks together"))
                action->trigger();
        }
        menu->close();
    });
    const QPoint place = canvas().mapFromScene(graph().item(block("layer3.2"))->rect().center());
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, canvas().viewport()->mapToGlobal(place));
    QApplication::sendEvent(canvas().viewport(), &event);
    QVERIFY(graph().item(block(run)));
    QVERIFY(!graph().item(block("layer3.2")));
    QVERIFY((screenPlace(block(run)) - before).manhattanLength() <= 3);
}

void GraphFoldingTest::parentOfNothingButEqualBlocksNeedsNoRun()
{
    Network network;
    LayerId at = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{8}}}, {});
    for (int index = 0; index < 4; ++index)
        at = network.add("layers." + std::to_string(index) + ".relu", "ReLU", {}, {at});
    const BlockTree tree(network, {}, BlockTree::Repeats::AsRuns);
    QCOMPARE(int(tree.node(tree.block("layers")).children.size()), 4);
    QCOMPARE(tree.runOf(tree.block("layers.1")), -1);
}

void GraphFoldingTest::runShowsTheSumOfItsBlocks()
{
    setFrozen(m_network, matchLayers(m_network, "layer3.1,layer3.2").value(), true);
    show(m_network);
    const TreeNode &node = graph().tree().node(block(run));
    std::int64_t parameters = 0, frozen = 0;
    std::size_t layers = 0;
    for (const int child : node.children) {
        const TreeNode &one = graph().tree().node(child);
        parameters += one.parameters;
        frozen += one.frozenParameters;
        layers += one.layers.size();
    }
    QCOMPARE(node.parameters, parameters);
    QCOMPARE(node.frozenParameters, frozen);
    QCOMPARE(node.frozenShare(), 0.4);
    QCOMPARE(node.layers.size(), layers);
}

void GraphFoldingTest::largeGraphIsDrawnByAWorkerWhileTheOldPictureStays()
{
    show(test::residualNetwork(60));
    const std::size_t folded = graph().layout().nodes.size();
    m_view->unfoldAll();
    QVERIFY(graph().isBehind());
    QCOMPARE(graph().layout().nodes.size(), folded);
    QTRY_VERIFY(!graph().isBehind());
    QVERIFY(graph().layout().nodes.size() > 2400);
}

void GraphFoldingTest::onlyTheLastOfManyFoldingsIsDrawn()
{
    show(test::residualNetwork(60));
    int pictures = 0;
    connect(&graph(), &GraphScene::redrawn, this, [&pictures] { ++pictures; });
    std::set<int> unfolded = graph().unfolded();
    unfolded.insert(block(QStringLiteral("layer1 … layer4")));
    for (int stage = 1; stage <= 4; ++stage) {
        unfolded.insert(block(QStringLiteral("layer%1").arg(stage)));
        for (int index = 0; index < 60; ++index)
            unfolded.insert(block(QStringLiteral("layer%1.%2").arg(stage).arg(index)));
        graph().setUnfolded(unfolded);
    }
    QTRY_VERIFY(!graph().isBehind());
    QVERIFY(graph().item(block("layer4.59")));
    QCOMPARE(pictures, 1);
}

void GraphFoldingTest::clickedNodeStaysOnTheScreenInALargeGraph()
{
    show(test::residualNetwork(60));
    m_view->unfoldAll();
    QTRY_VERIFY(!graph().isBehind());
    m_view->showLayer(m_network.find(std::string_view("layer2.30.conv2"))->id);
    const int clicked = block("layer2.30");
    const QPointF before = screenPlace(clicked);
    canvas().centerOn(graph().item(clicked)->clickRect().center());
    const QPointF centered = screenPlace(clicked);
    QVERIFY(before != centered);
    doubleClick(clicked);
    QTRY_VERIFY(!graph().isBehind());
    QVERIFY(!graph().item(clicked)->isFrame());
    QVERIFY((screenPlace(clicked) - centered).manhattanLength() <= 3);
}

void GraphFoldingTest::everyNodeGlidesFromItsOldPlaceToItsNew()
{
    const auto tree = std::make_shared<const BlockTree>(m_network, analyse(m_network).value(), BlockTree::Repeats::AsRuns);
    TextWidths widths(graphFonts());
    const int layer3 = tree->block("layer3");
    const auto folded = drawGraph({tree, {}}, widths), unfolded = drawGraph({tree, {layer3}}, widths);
    for (const auto &[from, to] : {std::pair(folded, unfolded), std::pair(unfolded, folded)}) {
        GraphTransition transition(from, to, QPointF(7, 9));
        for (std::size_t index = 0; index < to->items.size(); ++index) {
            const NodeItem &item = to->items[index];
            transition.setProgress(1);
            QCOMPARE(transition.pose(index).rect, item.rect());
            QCOMPARE(transition.pose(index).opacity, 1.0);
            transition.setProgress(0);
            if (const NodeItem *before = from->item(item.node()))
                QCOMPARE(transition.pose(index).rect, before->rect().translated(7, 9));
            else
                QVERIFY(from->item(layer3)->rect().translated(7, 9).adjusted(-1, -1, 1, 1).contains(transition.pose(index).rect));
        }
        QCOMPARE(transition.leaving().empty(), to == unfolded);
    }
}

void GraphFoldingTest::foldingGlidesOnlyWhereThePlatformAnimates()
{
    struct Animating : QProxyStyle {
        int duration = 0;
        int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override
        {
            return hint == SH_Widget_Animation_Duration ? duration : QProxyStyle::styleHint(hint, option, widget, data);
        }
    } style;
    canvas().setStyle(&style);
    doubleClick(block("layer1"));
    QVERIFY(!graph().transition());
    style.duration = 1000;
    doubleClick(block("layer2"));
    QVERIFY(graph().transition());
    m_view->grab();
    QTRY_VERIFY_WITH_TIMEOUT(!graph().transition(), 900);
    show(test::residualNetwork(60));
    m_view->unfoldAll();
    QTRY_VERIFY(!graph().isBehind());
    QVERIFY(!graph().transition());
    canvas().setStyle(nullptr);
}

void GraphFoldingTest::addedLayerKeepsFoldingPlaceZoomAndSelection()
{
    doubleClick(block("layer2"));
    m_view->zoomIn();
    m_view->showLayer(m_network.find(std::string_view("layer2.1.conv1"))->id);
    m_view->setSelection({m_network.find(std::string_view("layer2.1.conv1"))->id});
    const QTransform zoom = canvas().transform();
    const QPointF before = screenPlace(layer("layer2.1.conv1"));
    const int shown = int(graph().layout().nodes.size());
    show(withInserted(m_network, "maxpool"));
    QCOMPARE(canvas().transform(), zoom);
    QCOMPARE(int(graph().layout().nodes.size()), shown + 1);
    QVERIFY(graph().item(layer("inserted")));
    QVERIFY((screenPlace(layer("layer2.1.conv1")) - before).manhattanLength() <= 3);
    QCOMPARE(m_view->selection(), std::vector<LayerId>{m_network.find(std::string_view("layer2.1.conv1"))->id});
}

void GraphFoldingTest::renamedBlockStaysUnfolded()
{
    doubleClick(block("layer2"));
    Network renamed = m_network;
    for (const Layer &one : m_network.layers()) {
        if (isInBlock(one.name, "layer2"))
            renamed.find(one.id)->name = "stage" + one.name.substr(6);
    }
    show(renamed);
    QCOMPARE(block("layer2"), -1);
    QVERIFY(graph().item(block("stage"))->isFrame());
}

void GraphFoldingTest::removedLayerSplitsARunWithoutUnfoldingIt()
{
    show(architectures().find("resnet101")->build(10));
    doubleClick(block("layer3"));
    QVERIFY(graph().item(block(QStringLiteral("layer3.1 … layer3.22"))));
    Network edited = m_network;
    const Layer relu = *edited.find(std::string_view("layer3.10.relu_1"));
    for (const LayerId consumer : edited.consumers(relu.id))
        edited.find(consumer)->inputs = relu.inputs;
    edited.remove(relu.id);
    show(edited);
    for (const QString &path :
        {QStringLiteral("layer3.1 … layer3.9"), QStringLiteral("layer3.10"), QStringLiteral("layer3.11 … layer3.22")})
        QVERIFY2(graph().item(block(path)) && !graph().item(block(path))->isFrame(), qPrintable(path));
}

void GraphFoldingTest::anotherNetworkStartsAnew()
{
    doubleClick(block("layer2"));
    m_view->zoomIn();
    show(architectures().find("resnet101")->build(10));
    QVERIFY(!graph().item(block("layer2"))->isFrame());
    QVERIFY(canvas().visibleScene().contains(graph().layout().bounds));
}

void GraphFoldingTest::changedSettingDoesNotMoveTheBoxes()
{
    const QRectF place = graph().item(layer("fc"))->rect();
    m_network.find(m_network.find(std::string_view("conv1"))->id)->attributes["stride"] = std::vector<std::int64_t>{4, 4};
    show(m_network);
    QVERIFY(graph().item(layer("conv1"))->texts().detail.contains("stride 4"));
    QCOMPARE(graph().item(layer("fc"))->rect(), place);
}

QTEST_MAIN(GraphFoldingTest)
#include "graphfoldingtest.moc"
