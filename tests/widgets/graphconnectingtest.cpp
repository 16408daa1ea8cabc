#include "graph/edits.h"
#include "graph/layeredits.h"
#include "graph/linepopup.h"
#include "library/librarymodel.h"
#include "support/graphfixture.h"

#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSignalSpy>
#include <QTimer>

using namespace graft;

/// Types dropped into the graph, and its lines dragged from port to port.
class GraphConnectingTest : public QObject, private GraphFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { open(); }
    void cleanup() { m_view.reset(); }

    void typeDroppedOnALineIsInserted();
    void typeDroppedOnALineToAFoldedBlockGoesBeforeAllOfIt();
    void typeDroppedOnABoxGoesBehindIt();
    void typeDroppedOnTheGroundIsAdded();
    void otherDropsAreLeftToOthers();
    void whatIsDroppedIsOnTheScreenEachTime();
    void portDraggedToAnInputConnects();
    void lineFindsTheInputOfAFoldedBlock();
    void linePicksTheNearestOfSeveralInputs();
    void lineCannotEndAtWhatItDependsOn();
    void escapeLetsTheConnectionGo();
    void arrowDraggedAwayDisconnects();
    void arrowDraggedToAnotherInputReconnects();
    void menuOfALineInsertsAndDisconnects();
    void menuConnectsByName();

private:
    /// The lower edge's middle: where a box's output port is.
    [[nodiscard]] QPoint portOf(const QString &path) const;
    /// On the line between two boxes, nearer to its end.
    [[nodiscard]] QPoint lineTo(const QString &path) const;
    [[nodiscard]] QPoint arrowOf(const QString &path) const { return lineTo(path) + QPoint(0, 7); }
    /// Drags this type over the place and drops it there; returns whether it was taken.
    bool drop(const QString &mime, const QString &data, const QPoint &place);
};

QPoint GraphConnectingTest::portOf(const QString &path) const
{
    const QRectF rect = graph().item(node(path))->rect();
    return canvas().mapFromScene(QPointF(rect.center().x(), rect.bottom()));
}

QPoint GraphConnectingTest::lineTo(const QString &path) const
{
    const QRectF rect = graph().item(node(path))->rect();
    return canvas().mapFromScene(QPointF(rect.center().x(), rect.top())) - QPoint(0, 10);
}

bool GraphConnectingTest::drop(const QString &mime, const QString &data, const QPoint &place)
{
    QMimeData dragged;
    dragged.setData(mime, data.toUtf8());
    QDragEnterEvent enter(place - QPoint(100, 0), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas().viewport(), &enter);
    QDragMoveEvent over(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas().viewport(), &over);
    canvas().viewport()->grab();
    QDropEvent dropped(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    dropped.ignore();
    QApplication::sendEvent(canvas().viewport(), &dropped);
    return dropped.isAccepted();
}

void GraphConnectingTest::typeDroppedOnALineIsInserted()
{
    QSignalSpy inserted(m_view.get(), &GraphView::insertRequested);
    QVERIFY(drop(LibraryModel::layerTypeMime, "Dropout", lineTo("bn1") + QPoint(12, 0)));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front().at(0).toString(), "Dropout");
    QCOMPARE(inserted.front().at(1).value<LayerId>(), id("conv1"));
    QVERIFY(inserted.front().at(2).value<InputPort>() == (InputPort{id("bn1"), 0}));
}

void GraphConnectingTest::typeDroppedOnALineToAFoldedBlockGoesBeforeAllOfIt()
{
    QSignalSpy inserted(m_view.get(), &GraphView::insertBehindRequested);
    // The block's first convolution and its shortcut both take what comes in.
    QVERIFY(drop(LibraryModel::layerTypeMime, "Dropout", lineTo("layer2")));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front().at(1).value<LayerId>(), m_network.find("layer2.0.conv1")->inputs.front());
}

void GraphConnectingTest::typeDroppedOnABoxGoesBehindIt()
{
    QSignalSpy inserted(m_view.get(), &GraphView::insertBehindRequested);
    QVERIFY(drop(LibraryModel::layerTypeMime, "Dropout", placeOf("fc")));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front().at(1).value<LayerId>(), id("fc"));
}

void GraphConnectingTest::typeDroppedOnTheGroundIsAdded()
{
    QSignalSpy added(m_view.get(), &GraphView::addRequested);
    QVERIFY(drop(LibraryModel::layerTypeMime, "ReLU", QPoint(60, 300)));
    QCOMPARE(added.size(), 1);
    QCOMPARE(added.front().front().toString(), "ReLU");
}

void GraphConnectingTest::otherDropsAreLeftToOthers()
{
    QSignalSpy added(m_view.get(), &GraphView::addRequested);
    QVERIFY(!drop("text/uri-list", "file:///picture.jpg", QPoint(60, 300)));
    QCOMPARE(added.size(), 0);
    // The window around gets it.
    struct Window : QWidget {
        int entered = 0;
        void dragEnterEvent(QDragEnterEvent *event) override
        {
            ++entered;
            event->accept();
        }
    } window;
    window.setAcceptDrops(true);
    m_view->setParent(&window);
    QMimeData dragged;
    dragged.setText("file:///picture.jpg");
    QDragEnterEvent enter(QPoint(60, 300), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas().viewport(), &enter);
    m_view->setParent(nullptr);
    QCOMPARE(window.entered, 1);
}

/// A picture of the screen, not of what would be painted if it were asked for now, which is what it is compared with.
void GraphConnectingTest::whatIsDroppedIsOnTheScreenEachTime()
{
    connect(m_view.get(), &GraphView::insertRequested, this, [this](const QString &type, LayerId, InputPort to) {
        QVERIFY(insertLayer(m_network, type.toStdString(), to));
        showNetwork();
    });
    const auto shown = [this] {
        QImage last, now;
        do { // it is laid out and glides to its place
            last = now;
            QTest::qWait(300);
            now = m_view->screen()->grabWindow(m_view->winId()).toImage().convertToFormat(QImage::Format_RGB32);
        } while (now != last);
        return now;
    };
    QImage before = shown();
    for (int round = 0; round < 3; ++round) {
        const std::size_t layers = m_network.layers().size();
        QVERIFY(drop(LibraryModel::layerTypeMime, "Dropout", lineTo("bn1") + QPoint(12, 0)));
        QCOMPARE(m_network.layers().size(), layers + 1);
        const QImage now = shown();
        QVERIFY2(now != before, "the screen shows the graph without the new layer");
        QVERIFY2(now == m_view->grab().toImage().convertToFormat(QImage::Format_RGB32), "the screen is not up to date");
        before = now;
    }
}

void GraphConnectingTest::portDraggedToAnInputConnects()
{
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested), selected(m_view.get(), &GraphView::selectionChanged);
    const QPoint port = portOf("conv1");
    move(placeOf("conv1"));
    move(port);
    QTRY_COMPARE(canvas().viewport()->cursor().shape(), Qt::CrossCursor);
    press(port);
    // Where it fits stands out, the rest steps back.
    QVERIFY(!graph().isDimmed(node("relu")));
    QVERIFY(graph().isDimmed(node("fc")));
    QVERIFY(graph().isDimmed(node("input")));
    move(placeOf("bn1"));
    move(placeOf("maxpool"));
    canvas().viewport()->grab();
    release(placeOf("maxpool"));
    QVERIFY(!graph().isDimmed(node("fc")));
    QCOMPARE(connected.size(), 1);
    QCOMPARE(connected.front().at(0).value<LayerId>(), id("conv1"));
    QVERIFY(connected.front().at(1).value<InputPort>() == (InputPort{id("maxpool"), 0}));
    QCOMPARE(selected.size(), 0);
}

void GraphConnectingTest::lineFindsTheInputOfAFoldedBlock()
{
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested);
    // It takes that already.
    press(portOf("maxpool"));
    QVERIFY(graph().isDimmed(node("layer1")));
    move(placeOf("layer2"));
    release(placeOf("layer1") + QPoint(40, 0));
    QCOMPARE(connected.size(), 0);
    press(portOf("relu"));
    QVERIFY(!graph().isDimmed(node("layer1")));
    move(placeOf("layer2"));
    release(placeOf("layer1") + QPoint(40, 0));
    QCOMPARE(connected.size(), 1);
    QCOMPARE(connected.front().at(0).value<LayerId>(), id("relu"));
    QVERIFY(connected.front().at(1).value<InputPort>() == (InputPort{id("layer1.0.conv1"), 0}));
}

void GraphConnectingTest::linePicksTheNearestOfSeveralInputs()
{
    m_view->showLayer(id("layer1.0.conv1"));
    m_view->fit();
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested);
    const LayerId sum = id("layer1.0.add");
    const QRectF box = graph().item(node("layer1.0.add"))->rect();
    for (const int input : {0, 1}) {
        // Not at its arrows, which come from above.
        const QPoint place = canvas().mapFromScene(QPointF(input == 0 ? box.left() + 12 : box.right() - 12, box.bottom() - 6));
        press(portOf("layer1.0.bn1"));
        move(place - QPoint(0, 15));
        release(place);
        QCOMPARE(connected.size(), input + 1);
        QVERIFY(connected.back().at(1).value<InputPort>() == (InputPort{sum, input}));
    }
}

void GraphConnectingTest::lineCannotEndAtWhatItDependsOn()
{
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested);
    press(portOf("layer3"));
    QVERIFY(graph().isDimmed(node("layer1")));
    move(placeOf("layer2"));
    release(placeOf("layer1"));
    QCOMPARE(connected.size(), 0);
}

void GraphConnectingTest::escapeLetsTheConnectionGo()
{
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested);
    press(portOf("conv1"));
    move(placeOf("relu"));
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    QVERIFY(!graph().isDimmed(node("input")));
    release(placeOf("relu"));
    QCOMPARE(connected.size(), 0);
}

void GraphConnectingTest::arrowDraggedAwayDisconnects()
{
    QSignalSpy disconnected(m_view.get(), &GraphView::disconnectRequested);
    press(arrowOf("relu"));
    move(arrowOf("relu") + QPoint(60, 0));
    release(QPoint(700, 300));
    QCOMPARE(disconnected.size(), 1);
    QVERIFY(disconnected.front().front().value<std::vector<InputPort>>() == (std::vector{InputPort{id("relu"), 0}}));
    // Into a folded block: all that it stands for.
    press(arrowOf("layer2"));
    move(arrowOf("layer2") + QPoint(60, 0));
    release(QPoint(700, 400));
    QCOMPARE(disconnected.back().front().value<std::vector<InputPort>>().size(), std::size_t(2));
    // A click is no drag.
    press(arrowOf("relu"));
    release(arrowOf("relu"));
    QCOMPARE(disconnected.size(), 2);
}

void GraphConnectingTest::arrowDraggedToAnotherInputReconnects()
{
    QSignalSpy moved(m_view.get(), &GraphView::reconnectRequested);
    press(arrowOf("relu"));
    move(arrowOf("relu") + QPoint(60, 0));
    release(placeOf("maxpool"));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved.front().at(0).value<LayerId>(), id("bn1"));
    QVERIFY(moved.front().at(1).value<std::vector<InputPort>>() == (std::vector{InputPort{id("relu"), 0}}));
    QVERIFY(moved.front().at(2).value<InputPort>() == (InputPort{id("maxpool"), 0}));
}

void GraphConnectingTest::menuOfALineInsertsAndDisconnects()
{
    QSignalSpy inserted(m_view.get(), &GraphView::insertRequested), disconnected(m_view.get(), &GraphView::disconnectRequested);
    QVERIFY(chooseInMenu(lineTo("bn1"), "GELU"));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front().at(0).toString(), "GELU");
    QVERIFY(chooseInMenu(lineTo("bn1"), "Disconnect"));
    QCOMPARE(disconnected.size(), 1);
}

void GraphConnectingTest::menuConnectsByName()
{
    QSignalSpy connected(m_view.get(), &GraphView::connectRequested);
    QVERIFY(chooseInMenu(placeOf("conv1"), "Connect output to"));
    auto *popup = m_view->findChild<LinePopup *>();
    QVERIFY(popup);
    auto *line = popup->findChild<QLineEdit *>();
    line->setText("input");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(connected.size(), 0);
    line->setText("maxpool");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(connected.size(), 1);
    QVERIFY(connected.front().at(1).value<InputPort>() == (InputPort{id("maxpool"), 0}));
}

QTEST_MAIN(GraphConnectingTest)
#include "graphconnectingtest.moc"
