#include "architectures/architecture.h"
#include "common/theme.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"
#include "graph/overlaylegend.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <limits>

using namespace graft;
using Kind = GraphOverlay::Kind;
using Layers = std::vector<LayerId>;

namespace {

/// WCAG 2's relative luminance and contrast.
double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &two)
{
    const double first = luminance(one), second = luminance(two);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/// CIE 1976 L*a*b* (D65): another model of seeing than the one that the scale is made with.
std::array<double, 3> cieLab(const QColor &color)
{
    const double r = linear(color.redF()), g = linear(color.greenF()), b = linear(color.blueF());
    const auto bent = [](double value) { return value > 0.008856 ? std::cbrt(value) : 7.787 * value + 16.0 / 116; };
    const double x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047), y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b),
                 z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

} // namespace

class GraphOverlayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init();
    void cleanup() { m_view.reset(); }

    void figuresOfTheNetworkNeedNoMeasurement();
    void blocksShowSumsAndNorms();
    void sharesAreOfTheWholeBlock();
    void scaleStepsAreEvenForTheEye_data() { addThemes(); }
    void scaleStepsAreEvenForTheEye();
    void numbersReadOnEveryColour_data() { addThemes(); }
    void numbersReadOnEveryColour();
    void scaleGoesInPowersOfTenWhereFiguresLieFarApart();
    void scaleKeepsItsEndsWhenFiguresMoveALittle();
    void scaleIsThatOfTheBoxesThatShow();
    void listChangesColoursAndLegend();
    void missingFiguresAreAskedForInTheLegend();
    void figuresStayWithTheirLayersThroughEdits();
    void newFiguresRepaintOnly();
    void problemsMarkLayersAndFoldedBlocks();
    void statisticsOfFrozenBatchNormAreMarked();

private:
    static void addThemes();
    [[nodiscard]] GraphCanvas &canvas() const { return *m_view->findChild<GraphCanvas *>(); }
    [[nodiscard]] GraphMarks &marks() const { return canvas().graph().marks(); }
    [[nodiscard]] int node(const QString &path) const;
    [[nodiscard]] QColor colorAt(const QString &path) const;

    Network m_network;
    NetworkAnalysis m_analysis;
    std::unique_ptr<GraphView> m_view;
};

void GraphOverlayTest::addThemes()
{
    QTest::addColumn<int>("theme");
    QTest::addRow("light") << int(Theme::Light);
    QTest::addRow("dark") << int(Theme::Dark);
}

void GraphOverlayTest::init()
{
    applyTheme(*qApp, Theme::Light);
    m_network = architectures().find("resnet18")->build(10);
    m_analysis = analyse(m_network).value();
    m_view = std::make_unique<GraphView>();
    m_view->resize(900, 800);
    m_view->setNetwork(m_network, m_analysis);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

int GraphOverlayTest::node(const QString &path) const
{
    const auto &nodes = canvas().graph().tree().nodes();
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const TreeNode &one) { return one.path == path; });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

/// What the screen shows in the lower middle of a box, where no text stands.
QColor GraphOverlayTest::colorAt(const QString &path) const
{
    const QRectF box = canvas().graph().item(node(path))->rect();
    const QPoint place = canvas().mapFromScene(QPointF(box.center().x(), box.bottom() - 3));
    return canvas().viewport()->grab().toImage().pixelColor(place);
}

void GraphOverlayTest::figuresOfTheNetworkNeedNoMeasurement()
{
    for (const Kind kind : {Kind::Parameters, Kind::MultiplyAdds, Kind::ActivationMemory}) {
        m_view->setOverlay(kind);
        QVERIFY(!marks().scale().isEmpty());
    }
    // ResNet-18's first convolution: 3 · 64 · 7 · 7 weights, each used at 112 · 112 places; 64 maps of float32.
    m_view->setOverlay(Kind::Parameters);
    QCOMPARE(marks().figure(node("conv1")), "9.41 K");
    m_view->setOverlay(Kind::MultiplyAdds);
    QCOMPARE(marks().figure(node("conv1")), "118 MMACs");
    m_view->setOverlay(Kind::ActivationMemory);
    QCOMPARE(marks().figure(node("conv1")), "3.21 MB");
}

void GraphOverlayTest::blocksShowSumsAndNorms()
{
    std::vector<double> values(m_network.layers().size(), std::numeric_limits<double>::quiet_NaN());
    const auto &layers = m_network.layers();
    for (std::size_t index = 0; index < layers.size(); ++index) {
        if (layers[index].name == "layer1.0.conv1")
            values[index] = 0.003;
        if (layers[index].name == "layer1.1.conv2")
            values[index] = 0.004;
    }
    m_view->setOverlayValues(Kind::Time, values);
    m_view->setOverlayValues(Kind::Gradient, values);
    m_view->setOverlay(Kind::Time);
    QCOMPARE(marks().figure(node("layer1")), "7 ms");
    QCOMPARE(marks().figure(node("layer2")), QString::fromUtf8("–"));
    m_view->setOverlay(Kind::Gradient);
    QCOMPARE(marks().figure(node("layer1")), "0.005");
}

void GraphOverlayTest::sharesAreOfTheWholeBlock()
{
    std::vector<double> drift(m_network.layers().size(), 0.0), loaded(m_network.layers().size(), 0.0);
    const auto &layers = m_network.layers();
    for (std::size_t index = 0; index < layers.size(); ++index) {
        if (layers[index].name == "layer1.0.conv1") {
            drift[index] = 3;
            loaded[index] = 6;
        }
        if (layers[index].name == "layer1.1.conv2") {
            drift[index] = 4;
            loaded[index] = 8;
        }
    }
    m_view->setOverlayValues(Kind::Drift, drift, loaded);
    m_view->setOverlay(Kind::Drift);
    QCOMPARE(marks().figure(node("layer1")), "50 %");
}

void GraphOverlayTest::scaleStepsAreEvenForTheEye()
{
    QFETCH(int, theme);
    applyTheme(*qApp, Theme(theme));
    double least = 1e9, largest = 0;
    for (int step = 0; step < 20; ++step) {
        const auto one = cieLab(overlayColor(step / 20.0)), two = cieLab(overlayColor((step + 1) / 20.0));
        const double distance = std::hypot(two[0] - one[0], two[1] - one[1], two[2] - one[2]);
        least = std::min(least, distance);
        largest = std::max(largest, distance);
        // Lightness alone tells the order: also for those who do not see hues.
        QVERIFY2(Theme(theme) == Theme::Dark ? two[0] > one[0] + 1.5 : two[0] < one[0] - 1.5, qPrintable(QString::number(step)));
    }
    QVERIFY2(largest < 2.5 * least, qPrintable(QString("%1 … %2").arg(least).arg(largest)));
    // The more, the further from the ground.
    const QColor ground = QApplication::palette().color(QPalette::Base);
    QVERIFY(contrast(overlayColor(1), ground) > contrast(overlayColor(0), ground) + 3);
}

void GraphOverlayTest::numbersReadOnEveryColour()
{
    QFETCH(int, theme);
    applyTheme(*qApp, Theme(theme));
    for (int step = 0; step <= 1000; ++step) {
        const QColor fill = overlayColor(step / 1000.0);
        QVERIFY2(contrast(fill, inkOn(fill)) >= 4.5, qPrintable(fill.name()));
    }
}

void GraphOverlayTest::scaleGoesInPowersOfTenWhereFiguresLieFarApart()
{
    const OverlayScale near(std::vector<double>{1, 7, 12, 40}), far(std::vector<double>{130, 0, 9000, 2.3e6});
    QVERIFY(!near.isLogarithmic());
    QCOMPARE(near.largest(), 50.0);
    QCOMPARE(near.position(25), 0.5);
    QVERIFY(far.isLogarithmic());
    // What is less than a thousandth does not matter.
    QCOMPARE(far.least(), 2000.0);
    QVERIFY(far.isCut());
    QCOMPARE(far.largest(), 5e6);
    QCOMPARE(far.position(100), 0.0);
    QCOMPARE(far.figureAt(far.position(9000)), 9000.0);
    QVERIFY(OverlayScale(std::vector<double>{0, std::nan("")}).isEmpty());
}

void GraphOverlayTest::scaleKeepsItsEndsWhenFiguresMoveALittle()
{
    const OverlayScale before(std::vector<double>{0.0011, 0.31}), after(std::vector<double>{0.0013, 0.44});
    QCOMPARE(before.least(), after.least());
    QCOMPARE(before.largest(), after.largest());
}

void GraphOverlayTest::scaleIsThatOfTheBoxesThatShow()
{
    m_view->setOverlay(Kind::Parameters);
    // layer4 as a whole has 8.39 M parameters; its largest layer 512 · 512 · 9.
    QCOMPARE(marks().scale().largest(), 1e7);
    m_view->unfoldAll();
    QTRY_COMPARE(marks().scale().largest(), 5e6);
}

void GraphOverlayTest::listChangesColoursAndLegend()
{
    QSignalSpy changed(m_view.get(), &GraphView::overlayChanged);
    auto *list = m_view->findChild<QComboBox *>();
    const QSize before = m_view->findChild<OverlayLegend *>()->size();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(m_view->overlay(), Kind::Parameters);
    QCOMPARE(changed.size(), 1);
    QVERIFY(list->currentText().contains("Parameters"));
    QCOMPARE(colorAt("layer4").name(), marks().fill(node("layer4")).name());
    QVERIFY(marks().fill(node("layer4")) != marks().fill(node("layer1")));
    // No parameters: no colour.
    QCOMPARE(marks().fill(node("relu")), QApplication::palette().color(QPalette::Base));
    QVERIFY(m_view->findChild<OverlayLegend *>()->width() > before.width());
    QTest::keyClick(list, Qt::Key_Up);
    QCOMPARE(m_view->overlay(), Kind::Training);
}

void GraphOverlayTest::missingFiguresAreAskedForInTheLegend()
{
    QSignalSpy requested(m_view.get(), &GraphView::overlayRequested);
    auto *button = m_view->findChild<OverlayLegend *>()->findChild<QPushButton *>();
    QVERIFY(!button->isVisible());
    m_view->setOverlay(Kind::Time);
    QVERIFY(button->isVisible());
    QVERIFY(m_view->findChild<OverlayLegend *>()->rect().contains(button->geometry()));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.front().front().value<Kind>(), Kind::Time);
    m_view->setOverlayValues(Kind::Time, std::vector<double>(m_network.layers().size(), 0.001), {},
        "For one picture in training, forward and backward; batches of 16 on cpu, median of 3 steps");
    QVERIFY(!button->isVisible());
    // A long note is wrapped.
    QVERIFY(m_view->findChild<OverlayLegend *>()->width() < 280);
}

void GraphOverlayTest::figuresStayWithTheirLayersThroughEdits()
{
    std::vector<double> values(m_network.layers().size());
    for (std::size_t index = 0; index < values.size(); ++index)
        values[index] = double(index + 1);
    m_view->setOverlayValues(Kind::Gradient, values);
    m_view->setOverlay(Kind::Gradient);
    const QString before = marks().figure(node("conv1"));
    Network edited = m_network;
    const LayerId added = edited.add("extra", "ReLU", {}, {edited.output()});
    m_view->setNetwork(edited, analyse(edited).value());
    QVERIFY(added.isValid());
    QCOMPARE(marks().figure(node("conv1")), before);
    QCOMPARE(marks().figure(node("extra")), QString::fromUtf8("–"));
}

void GraphOverlayTest::newFiguresRepaintOnly()
{
    m_view->setOverlay(Kind::Gradient);
    m_view->setOverlayValues(Kind::Gradient, std::vector<double>(m_network.layers().size(), 1.0));
    const QTransform zoom = canvas().transform();
    const QRectF shown = canvas().visibleScene();
    const NodeItem *item = canvas().graph().item(node("layer3"));
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; round < 10; ++round) {
        std::vector<double> values(m_network.layers().size(), 0.001);
        values.back() = 10 + round;
        m_view->setOverlayValues(Kind::Gradient, values);
    }
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(canvas().graph().item(node("layer3")), item);
    QCOMPARE(canvas().transform(), zoom);
    QCOMPARE(canvas().visibleScene(), shown);
    QCOMPARE(marks().figure(node("fc")), "19");
}

void GraphOverlayTest::problemsMarkLayersAndFoldedBlocks()
{
    const LayerId conv = m_network.find("layer1.0.conv1")->id, fc = m_network.find("fc")->id;
    m_view->setProblems({{conv, "Conv2d expects 64 channels."}, {conv, "Second."}, {fc, "Linear expects 512 features."}});
    QCOMPARE(marks().problems(node("layer1")).size(), 2);
    QCOMPARE(marks().problems(node("fc")), QStringList{"Linear expects 512 features."});
    QVERIFY(marks().problems(node("layer2")).isEmpty());
    QVERIFY(marks().explanations(node("fc")).contains("Linear expects 512 features."));
    const QRectF box = canvas().graph().item(node("fc"))->rect();
    const QImage picture = canvas().viewport()->grab().toImage();
    const auto hasRed = [&](const QRectF &where) {
        const QRect area = canvas().mapFromScene(where).boundingRect();
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x) {
                if (picture.rect().contains(x, y) && picture.pixelColor(x, y) == errorColor())
                    return true;
            }
        }
        return false;
    };
    QVERIFY(hasRed(QRectF(box.right() - 20, box.top() - 6, 26, 26)));
    QVERIFY(!hasRed(canvas().graph().item(node("layer2"))->rect()));
    m_view->setProblems({});
    QVERIFY(marks().problems(node("fc")).isEmpty());
}

void GraphOverlayTest::statisticsOfFrozenBatchNormAreMarked()
{
    QVERIFY(!marks().keepsStatistics(node("bn1")));
    QVERIFY(marks().explanations(node("bn1")).join(' ').contains("each batch"));
    setFrozen(m_network, matchLayers(m_network, "bn1,conv1").value(), true);
    m_view->setNetwork(m_network, analyse(m_network).value());
    QVERIFY(marks().keepsStatistics(node("bn1")));
    QVERIFY(!marks().keepsStatistics(node("conv1")));
    QVERIFY(marks().explanations(node("bn1")).join(' ').contains("running statistics"));
}

QTEST_MAIN(GraphOverlayTest)
#include "graphoverlaytest.moc"
