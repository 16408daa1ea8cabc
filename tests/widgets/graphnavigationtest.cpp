#include "architectures/architecture.h"
#include "common/theme.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"

#include <QApplication>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace graft;

class GraphNavigationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }

    void dragWithTheSpaceBarPansAndDoesNotFreeze();
    void fitSelectionShowsIt();
    void actualSizeIsAPixelToAUnit();
    void pinchZoomsOnItsMiddle();
    void twoFingersOnATouchpadPan();
    void longGraphIsFittedWhole();
    void svgHoldsEveryTextAsText();
    void pdfIsOnePage();
    void exportIsLightInADarkWindowToo();
    void emptyGraphExportsNothing();

private:
    [[nodiscard]] GraphCanvas &canvas() const { return *m_view->findChild<GraphCanvas *>(); }
    [[nodiscard]] QPoint middle() const { return canvas().viewport()->rect().center(); }
    [[nodiscard]] double zoom() const { return canvas().transform().m11(); }

    Network m_network;
    std::unique_ptr<GraphView> m_view;
};

void GraphNavigationTest::init()
{
    m_network = architectures().find("resnet18")->build(10);
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    m_view->setNetwork(m_network, analyse(m_network).value());
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void GraphNavigationTest::dragWithTheSpaceBarPansAndDoesNotFreeze()
{
    QSignalSpy frozen(m_view.get(), &GraphView::freezeRequested), selected(m_view.get(), &GraphView::selectionChanged);
    m_view->setSelection(matchLayers(m_network, "layer1").value());
    const QPointF before = canvas().visibleScene().center();
    QTest::keyPress(&canvas(), Qt::Key_Space);
    QTest::mousePress(canvas().viewport(), Qt::LeftButton, {}, middle());
    QTest::mouseMove(canvas().viewport(), middle() + QPoint(1, 3));
    QTest::mouseMove(canvas().viewport(), middle() + QPoint(2, 60));
    QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, {}, middle() + QPoint(2, 60));
    QTest::keyRelease(&canvas(), Qt::Key_Space);
    QVERIFY(std::abs((before.y() - canvas().visibleScene().center().y()) * zoom() - 60) < 3);
    QCOMPARE(frozen.size(), 0);
    QCOMPARE(selected.size(), 0);
    QTest::keyClick(&canvas(), Qt::Key_Space);
    QCOMPARE(frozen.size(), 1);
}

void GraphNavigationTest::fitSelectionShowsIt()
{
    m_view->setSelection(matchLayers(m_network, "layer1,layer2").value());
    QTest::keyClick(&canvas(), Qt::Key_F, Qt::ShiftModifier);
    const BlockTree &tree = canvas().graph().tree();
    const QRectF shown = canvas().visibleScene();
    for (const char *path : {"layer1", "layer2"})
        QVERIFY(shown.contains(canvas().graph().item(tree.block(path))->rect()));
    QVERIFY(!shown.contains(canvas().graph().layout().bounds));
    QTest::keyClick(&canvas(), Qt::Key_F);
    QVERIFY(canvas().visibleScene().contains(canvas().graph().layout().bounds));
}

void GraphNavigationTest::actualSizeIsAPixelToAUnit()
{
    m_view->zoomOut();
    QTest::keyClick(&canvas(), Qt::Key_1);
    QCOMPARE(zoom(), 1.0);
}

void GraphNavigationTest::pinchZoomsOnItsMiddle()
{
    const double before = zoom();
    const QPointF place = canvas().mapToScene(middle());
    QNativeGestureEvent event(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, middle(), middle(),
        canvas().viewport()->mapToGlobal(middle()), 0.25, {});
    QApplication::sendEvent(canvas().viewport(), &event);
    QCOMPARE(zoom(), before * 1.25);
    QVERIFY(((canvas().mapToScene(middle()) - place) * zoom()).manhattanLength() < 4);
}

void GraphNavigationTest::twoFingersOnATouchpadPan()
{
    const QPointingDevice touchpad(QStringLiteral("touchpad"), 7, QInputDevice::DeviceType::TouchPad, QPointingDevice::PointerType::Finger,
        QInputDevice::Capability::Scroll, 2, 1);
    const double before = zoom();
    const QPointF place = canvas().visibleScene().center();
    QWheelEvent event(middle(), canvas().viewport()->mapToGlobal(middle()), QPoint(-30, -50), QPoint(-60, -100), Qt::NoButton,
        Qt::NoModifier, Qt::ScrollUpdate, false, Qt::MouseEventNotSynthesized, &touchpad);
    QApplication::sendEvent(canvas().viewport(), &event);
    QCOMPARE(zoom(), before);
    QVERIFY(((canvas().visibleScene().center() - place) * zoom() - QPointF(30, 50)).manhattanLength() < 3);
}

void GraphNavigationTest::longGraphIsFittedWhole()
{
    Network network;
    LayerId at = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{8}}}, {});
    for (int layer = 0; layer < 1200; ++layer)
        at = network.add("layer" + std::to_string(layer), "ReLU", {}, {at});
    m_view->setNetwork(network, analyse(network).value());
    QTRY_VERIFY(!canvas().graph().isBehind());
    QVERIFY(canvas().visibleScene().contains(canvas().graph().layout().bounds));
}

void GraphNavigationTest::svgHoldsEveryTextAsText()
{
    m_view->unfoldAll();
    const QByteArray svg = m_view->exportGraph(GraphFormat::Svg, QStringLiteral("ResNet-18"));
    QVERIFY(QSvgRenderer(svg).isValid());
    QSet<QString> texts;
    QXmlStreamReader reader(svg);
    QString title;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("text"))
            texts << reader.readElementText().trimmed();
        else if (reader.name() == QLatin1String("title"))
            title = reader.readElementText();
        QVERIFY(reader.name() != QLatin1String("image"));
    }
    QVERIFY(!reader.hasError());
    QCOMPARE(title, QString("ResNet-18"));
    for (const NodeItem &item : canvas().graph().drawn().items)
        QVERIFY2(texts.contains(item.texts().title), qPrintable(item.texts().title));
}

void GraphNavigationTest::pdfIsOnePage()
{
    const QByteArray pdf = m_view->exportGraph(GraphFormat::Pdf, QStringLiteral("ResNet-18"));
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.contains("/Count 1\n") || pdf.contains("/Count 1 "));
}

void GraphNavigationTest::exportIsLightInADarkWindowToo()
{
    auto &application = *static_cast<QApplication *>(QApplication::instance());
    applyTheme(application, Theme::Light);
    const QByteArray light = m_view->exportGraph(GraphFormat::Png, {});
    applyTheme(application, Theme::Dark);
    const QByteArray dark = m_view->exportGraph(GraphFormat::Png, {});
    QVERIFY(isDark());
    applyTheme(application, Theme::Light);
    const QImage one = QImage::fromData(light), other = QImage::fromData(dark);
    QVERIFY(!one.isNull());
    QCOMPARE(one.pixelColor(0, 0), QColor(Qt::white));
    QCOMPARE(one, other);
}

void GraphNavigationTest::emptyGraphExportsNothing()
{
    m_view->setNetwork({}, {});
    for (const GraphFormat format : {GraphFormat::Svg, GraphFormat::Png, GraphFormat::Pdf})
        QVERIFY(m_view->exportGraph(format, {}).isEmpty());
}

QTEST_MAIN(GraphNavigationTest)
#include "graphnavigationtest.moc"
