#include "controllers/comparecontroller.h"
#include "controllers/insightcontroller.h"
#include "graph/graphview.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "properties/featuremapspanel.h"
#include "properties/headform.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// The designer in the real window, on a network of real size: a picture of each of its parts is kept, in the look that the environment
/// names (as for the tour).
class DesignerTourTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        m_name = qEnvironmentVariable("GRAFT_TOUR_NAME", QStringLiteral("light"));
        QDir(pictureFolder()).removeRecursively();
        QVERIFY(QDir().mkpath(pictureFolder()));
        m_appearance.restore();
        Theme theme = Theme::Light;
        QVERIFY(Appearance::parseTheme(qEnvironmentVariable("GRAFT_TOUR_THEME", QStringLiteral("light")), theme));
        m_appearance.setTheme(theme);
        QVERIFY(m_appearance.setLanguage(qEnvironmentVariable("GRAFT_TOUR_LANGUAGE", QStringLiteral("en"))));
        const Places places{m_folder.filePath(QStringLiteral("runs")).toStdString(), m_folder.filePath(QStringLiteral("drawn"))};
        m_window = std::make_unique<MainWindow>(m_workbench, m_appearance, places);
        m_window->resize(qEnvironmentVariableIsSet("QT_SCALE_FACTOR") ? QSize(1280, 800) : QSize(1440, 900));
        m_window->move(0, 0);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
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
        const QString path = m_folder.filePath(QStringLiteral("ball.png"));
        QVERIFY(picture.save(path));
        QSignalSpy ready(m_window->findChild<InsightController *>(), &InsightController::featuresReady);
        m_document.select({idOf("layer1.0.conv2")});
        raise(QStringLiteral("featuresDock"));
        Q_EMIT m_window->findChild<FeatureMapsPanel *>()->pictureDropped(path);
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
    [[nodiscard]] QString pictureFolder() const { return QStringLiteral(GRAFT_TOUR_FOLDER "/designer-") + m_name; }
    [[nodiscard]] LayerId idOf(const char *name) const { return m_document.model().network.find(name)->id; }

    /// Until layout, animation and the panels' short jobs are over.
    static void settle() { QTest::qWait(450); }
    void take(const QString &what)
    {
        const QString file = QStringLiteral("%1/%2-%3.png").arg(pictureFolder()).arg(++m_number, 2, 10, QLatin1Char('0')).arg(what);
        QVERIFY2(m_window->grab().save(file), qPrintable(file));
    }
    void raise(const QString &name)
    {
        auto *dock = m_window->findChild<QDockWidget *>(name);
        QVERIFY2(dock, qPrintable(name));
        dock->show();
        dock->raise();
    }

    QTemporaryDir m_folder;
    QString m_name;
    int m_number = 0;
    Appearance m_appearance;
    Workbench m_workbench;
    Document &m_document = m_workbench.document();
    std::unique_ptr<MainWindow> m_window;
    GraphView *m_graph = nullptr;
};

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("designertour"));
    DesignerTourTest tour;
    return QTest::qExec(&tour, argc, argv);
}

#include "designertourtest.moc"
