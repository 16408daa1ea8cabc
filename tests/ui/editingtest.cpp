#include "common/text.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"
#include "gui/messagebar.h"
#include "gui/problemsview.h"
#include "library/librarymodel.h"
#include "properties/layerpanel.h"
#include "properties/numberfield.h"
#include "support/demowindow.h"
#include "widgets/panelfinders.h"

#include <QDropEvent>
#include <QMimeData>
#include <QTest>

using namespace graft;

/// Edits in the real window: what the person does in a view changes the document, and all views follow.
class EditingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_graft.open();
        unfold();
    }
    void cleanup() { m_graft.close(); }

    void deleteTakesTheLayerOutAndUndoBringsItBackToTheLetter();
    void anInputThatADeletionLeavesOpenIsSaidAtOnce();
    void aTypedAttributeIsOneStepAndItsShapeErrorIsListedAndMarked();
    void aRefusedNameIsExplainedInItsField();
    void aTypeDroppedOnALineIsInsertedThere();
    void copiedLayersArePastedIntoAnotherModel();
    void theFreezeLineFreezesExactlyWhatIsBeforeIt();
    void anInputMovedWithinALayerReplacesTheOneThatWasMeant();
    void anEditedModelStillAnswers();

private:
    [[nodiscard]] Document &document() { return m_graft.document(); }
    [[nodiscard]] const Network &network() { return document().model().network; }
    [[nodiscard]] GraphView &graph() { return *m_graft.window->findChild<GraphView *>(); }
    [[nodiscard]] GraphCanvas &canvas() { return *graph().findChild<GraphCanvas *>(); }
    [[nodiscard]] LayerId layerOf(const std::string &type) { return m_graft.layerOf(type); }
    [[nodiscard]] QPoint placeOf(LayerId layer);
    void unfold();

    DemoWindow m_graft;
};

void EditingTest::unfold()
{
    graph().unfoldAll();
    QTRY_VERIFY(!canvas().graph().isBehind());
}

QPoint EditingTest::placeOf(LayerId layer)
{
    graph().showLayer(layer);
    QTest::qWait(50);
    canvas().graph().catchUp();
    const BlockTree &tree = canvas().graph().tree();
    const NodeItem *item = canvas().graph().item(tree.leafOf(tree.layerIndex(layer)));
    return canvas().mapFromScene(item->clickRect().center());
}

void EditingTest::deleteTakesTheLayerOutAndUndoBringsItBackToTheLetter()
{
    const Network before = network();
    const LayerId activation = layerOf("ReLU");
    const std::vector<LayerId> consumers = before.consumers(activation);
    const LayerId source = before.find(activation)->inputs.front();
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, placeOf(activation));
    QCOMPARE(document().selection(), std::vector{activation});
    QTest::keyClick(canvas().viewport(), Qt::Key_Delete);
    QVERIFY(!network().find(activation));
    for (const LayerId consumer : consumers)
        QVERIFY(std::ranges::count(network().find(consumer)->inputs, source) > 0);
    QVERIFY(document().problems().empty());
    document().undoStack().undo();
    QCOMPARE(network() == before, true);
}

void EditingTest::anInputThatADeletionLeavesOpenIsSaidAtOnce()
{
    auto *message = m_graft.window->findChild<MessageBar *>();
    LayerId convolution; // the last one: it widens, so that what came before does not fit what follows
    for (const Layer &layer : network().layers())
        if (layer.type == "Conv2d" && intAttribute(layer, "in_channels") != intAttribute(layer, "out_channels"))
            convolution = layer.id;
    const std::string follower = network().find(network().consumers(convolution).front())->name;
    Q_EMIT graph().deleteRequested({convolution});
    QVERIFY(message->isVisible());
    QVERIFY2(
        message->text().startsWith(QString::fromStdString(follower) + QStringLiteral(" has an open input")), qPrintable(message->text()));
    document().undoStack().undo();
    QVERIFY2(!message->isVisible(), "it is mended");
    Q_EMIT graph().deleteRequested({layerOf("ReLU")});
    QVERIFY2(!message->isVisible(), "its neighbours fit each other");
}

void EditingTest::aTypedAttributeIsOneStepAndItsShapeErrorIsListedAndMarked()
{
    LayerId convolution;
    for (const Layer &layer : network().layers())
        if (layer.type == "Conv2d")
            convolution = layer.id; // the last one, so that something follows that does not fit
    const Network before = network();
    document().select({convolution});
    LayerPanel &panel = *m_graft.window->findChild<LayerPanel *>();
    auto *field = panelfinders::field<NumberField>(panel, QStringLiteral("out_channels"));
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("77"));
    QTRY_COMPARE(intAttribute(*network().find(convolution), "out_channels"), 77);
    QVERIFY(!document().problems().empty());
    QVERIFY(m_graft.window->findChild<ProblemsView *>()->count() >= int(document().problems().size()));
    QCOMPARE(document().undoStack().count(), 1);
    document().undoStack().undo();
    QCOMPARE(network() == before, true);
    QVERIFY(document().problems().empty());
}

void EditingTest::aRefusedNameIsExplainedInItsField()
{
    const Network before = network();
    document().select({layerOf("ReLU")});
    LayerPanel &panel = *m_graft.window->findChild<LayerPanel *>();
    const std::string taken = network().find(layerOf("Conv2d"))->name;
    Q_EMIT panel.renameRequested(layerOf("ReLU"), QString::fromStdString(taken));
    QCOMPARE(network() == before, true);
    QVERIFY(panelfinders::shows(panel, QString::fromStdString(taken)));
}

void EditingTest::aTypeDroppedOnALineIsInsertedThere()
{
    const LayerId activation = layerOf("ReLU");
    const LayerId source = network().find(activation)->inputs.front();
    QPoint place = placeOf(activation);
    const BlockTree &tree = canvas().graph().tree();
    const QRectF box = canvas().graph().item(tree.leafOf(tree.layerIndex(activation)))->rect();
    place = canvas().mapFromScene(QPointF(box.center().x(), box.top() - 8));
    QMimeData data;
    data.setData(QLatin1String(LibraryModel::layerTypeMime), "Dropout");
    QWidget *target = canvas().viewport();
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(target, &enter);
    QDragMoveEvent move(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(target, &move);
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(target, &drop);
    const Layer &inserted = *network().find(network().find(activation)->inputs.front());
    QCOMPARE(QString::fromStdString(inserted.type), QStringLiteral("Dropout"));
    QCOMPARE(inserted.inputs, std::vector{source});
    QCOMPARE(document().selection(), std::vector{inserted.id});
    QVERIFY(document().problems().empty());
}

void EditingTest::copiedLayersArePastedIntoAnotherModel()
{
    const LayerId convolution = layerOf("Conv2d");
    const std::string weight = network().find(convolution)->name + ".weight";
    const Tensor copied = *document().model().weights.find(weight);
    document().select({convolution});
    canvas().setFocus();
    QTest::keyClick(canvas().viewport(), Qt::Key_C, Qt::ControlModifier);
    m_graft.openDemo();
    unfold();
    const std::size_t before = network().layers().size();
    canvas().setFocus();
    QTest::keyClick(canvas().viewport(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(network().layers().size(), before + 1);
    QCOMPARE(document().selection().size(), std::size_t(1));
    const Layer &pasted = *network().find(document().selection().front());
    QCOMPARE(QString::fromStdString(pasted.type), QStringLiteral("Conv2d"));
    const Tensor *tensor = document().model().weights.find(pasted.name + ".weight");
    QVERIFY(tensor && *tensor == copied);
    QVERIFY2(!document().problems().empty(), "nothing feeds the pasted layer yet, and that is said");
}

void EditingTest::theFreezeLineFreezesExactlyWhatIsBeforeIt()
{
    const LayerId classifier = classifierLayer(network());
    const std::vector<LayerId> before = ancestors(network(), classifier);
    document().setFrozen({classifier}, true, QStringLiteral("freeze"));
    Q_EMIT graph().freezeLineRequested(before);
    for (const Layer &layer : network().layers())
        QCOMPARE(layer.frozen, std::ranges::count(before, layer.id) > 0);
}

void EditingTest::anInputMovedWithinALayerReplacesTheOneThatWasMeant()
{
    const LayerId join = document().addLayer(QStringLiteral("Concatenate")).value();
    const LayerId a = network().layers()[1].id, b = network().layers()[2].id, c = network().layers()[3].id;
    int index = 0;
    for (const LayerId from : {a, b, c})
        QVERIFY(document().connectLayers(from, {join, index++}).has_value());
    QVERIFY(document().reconnect(a, {{join, 0}}, {join, 1}).has_value());
    QCOMPARE(network().find(join)->inputs, (std::vector{a, c}));
}

void EditingTest::anEditedModelStillAnswers()
{
    QVERIFY(document().insertLayerBehind(QStringLiteral("BatchNorm2d"), layerOf("Conv2d")).has_value());
    QVERIFY(document().replaceHead({.kind = HeadKind::Mlp, .classes = 5, .width = 32}).has_value());
    QVERIFY(document().problems().empty());
    const auto package = document().runnablePackage()();
    QVERIFY2(package.has_value(), package ? "" : package.error().message.c_str());
    QCOMPARE(classCount(package->network), std::int64_t(5));
    const auto expected = expectedTensors(package->network);
    QVERIFY(expected.has_value());
    for (const auto &[name, specification] : *expected)
        QVERIFY2(package->weights.find(name), name.c_str());
}

QTEST_MAIN(EditingTest)
#include "editingtest.moc"
