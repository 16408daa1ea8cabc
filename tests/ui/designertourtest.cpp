#include "controllers/comparecontroller.h"
#include "controllers/insightcontroller.h"
#include "graph/graphview.h"
#include "properties/featuremapspanel.h"
#include "properties/headform.h"
#include "support/tourwindow.h"

#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QPainter>
#include <QSignalSpy>

using namespace graft;

/// The designer in the real window, on a network of real size: a picture of each of its parts is kept, in the look that the environment
/// names (as for the tour).
class DesignerTourTest : public QObject, private TourWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        openWindow(QStringLiteral("designer"));
        m_graph = m_window->findChild<GraphView *>();
    }

    void aNetworkOpensFolded()
    {
        QSignalSpy opened(&m_workbench, &Workbench::modelOpened);
        m_window->openModel(QStringLiteral("resnet50:random"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 60'000);
        settle();
        take(QStringLiteral("folded"));
        m_graph->unfoldAll();
        settle();
        m_graph->fit();
        settle();
        take(QStringLiteral("unfolded"));
    }

    void layersShowTheirProperties()
    {
        m_graph->foldAll();
        m_document.select({idOf("layer3.2.conv2")});
        m_graph->showLayer(idOf("layer3.2.conv2"));
        raise(QStringLiteral("layerDock"));
        settle();
        take(QStringLiteral("layer"));
        m_document.select({idOf("layer3.2.conv1"), idOf("layer3.2.conv2"), idOf("layer3.2.conv3")});
        settle();
        take(QStringLiteral("several-layers"));
        m_document.select({idOf("layer3.2.bn2")});
        settle();
        take(QStringLiteral("batchnorm"));
    }

    void coloursTellFigures()
    {
        m_graph->foldAll();
        m_graph->fit();
        for (const auto kind : {GraphOverlay::Kind::Parameters, GraphOverlay::Kind::MultiplyAdds, GraphOverlay::Kind::Time}) {
            m_graph->setOverlay(kind);
            settle();
            take(QStringLiteral("overlay-%1").arg(static_cast<int>(kind)));
        }
        m_graph->setOverlay(GraphOverlay::Kind::Training);
    }

    void theFreezeLineStandsInTheGraph()
    {
        std::vector<LayerId> first;
        for (const Layer &layer : m_document.model().network.layers()) {
            if (layer.name.starts_with("layer3"))
                break;
            first.push_back(layer.id);
        }
        m_document.setFrozen(first, true, QStringLiteral("Freeze"));
        m_window->goTo(Step::Adapt);
        m_graph->fit();
        settle();
        take(QStringLiteral("freeze-line"));
    }

    void theHeadIsBuilt()
    {
        auto *form = m_window->findChild<HeadForm *>();
        auto *kinds = form->findChild<QComboBox *>();
        QVERIFY(kinds);
        raise(QStringLiteral("headDock"));
        for (int kind = 1; kind < kinds->count(); ++kind) {
            kinds->setCurrentIndex(kind);
            Q_EMIT kinds->activated(kind);
            settle();
            take(QStringLiteral("head-%1").arg(kind));
        }
    }

    void aWrongShapeIsSaid()
    {
        m_window->goTo(Step::Model);
        const LayerId layer = idOf("layer4.0.conv2");
        QVERIFY(m_document.setAttribute({layer}, QStringLiteral("in_channels"), AttributeValue(std::int64_t{17})));
        m_document.select({layer});
        m_graph->showLayer(layer);
        raise(QStringLiteral("problemsDock"));
        settle();
        take(QStringLiteral("problem"));
        m_document.undoStack().undo();
    }

    void layersAreFound()
    {
        m_graph->focusSearch();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("conv, >1M"));
        settle();
        take(QStringLiteral("found"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    }

    void everyPanelIsSeen()
    {
        for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>()) {
            raise(dock->objectName());
            settle();
            take(QStringLiteral("panel-") + dock->objectName());
        }
    }

    void aLayerShowsWhatItMakesOfAPicture()
    {
        QImage picture(320, 240, QImage::Format_RGB32);
        QPainter painter(&picture);
        QLinearGradient sky(0, 0, 0, 240);
        sky.setColorAt(0, QColor(90, 150, 220));
        sky.setColorAt(1, QColor(240, 230, 200));
        painter.fillRect(picture.rect(), sky);
        painter.setBrush(QColor(200, 60, 40));
        painter.drawEllipse(QPoint(180, 120), 70, 50);
        painter.end();
        const QString file = path(QStringLiteral("ball.png"));
        QVERIFY(picture.save(file));
        QSignalSpy ready(m_window->findChild<InsightController *>(), &InsightController::featuresReady);
        m_document.select({idOf("layer1.0.conv2")});
        raise(QStringLiteral("featuresDock"));
        Q_EMIT m_window->findChild<FeatureMapsPanel *>()->pictureDropped(file);
        QTRY_VERIFY_WITH_TIMEOUT(!ready.isEmpty(), 60'000);
        settle();
        take(QStringLiteral("feature-maps"));
    }

    void twoNetworksAreCompared()
    {
        QVERIFY(m_document.removeLayers({idOf("layer4.2.relu_1")}));
        auto *controller = m_window->findChild<CompareController *>();
        QSignalSpy compared(controller, &CompareController::compared);
        controller->compareWithOpened();
        QTRY_COMPARE_WITH_TIMEOUT(compared.count(), 1, 60'000);
        settle();
        take(QStringLiteral("compare"));
        m_window->goTo(Step::Model);
    }

    void theWindowCloses() { QVERIFY(m_window->close()); }

private:
    [[nodiscard]] LayerId idOf(const char *name) const { return m_document.model().network.find(name)->id; }

    /// Until layout, animation and the panels' short jobs are over.
    static void settle() { QTest::qWait(330); }
    void raise(const QString &name)
    {
        auto *dock = m_window->findChild<QDockWidget *>(name);
        QVERIFY2(dock, qPrintable(name));
        dock->show();
        dock->raise();
    }

    GraphView *m_graph = nullptr;
};

int main(int argc, char **argv)
{
    return runTour<DesignerTourTest>(argc, argv, "designertour");
}

#include "designertourtest.moc"
