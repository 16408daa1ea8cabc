#include "common/theme.h"
#include "controllers/insightcontroller.h"
#include "data/drawnpictures.h"
#include "graph/graphview.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "nn/calibration.h"
#include "properties/featuregrid.h"
#include "properties/featuremapspanel.h"
#include "properties/forecastpanel.h"
#include "training/forecastsettings.h"
#include "ui/hands.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace graft;

/// What is found out about the open model, in the real window.
class InsightTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theForecastIsSeenBesideTheGraph_data();
    void theForecastIsSeenBesideTheGraph();
    void theForecastFollowsAFreezeAtOnce();
    void measuringThisMachineBringsTimes();
    void theLargestBatchGoesIntoTheSettings();
    void aClickedLayerShowsWhatItMakesOfThePicture();
    void aLayersTimeIsMeasuredAndLaidOnTheGraph();
    void trainingTellsItsGradientsAndWhatItChanged();

private:
    [[nodiscard]] QString text(const QWidget &panel) const;
    [[nodiscard]] LayerId layer(const char *name) { return document().model().network.find(name)->id; }
    Document &document() { return m_workbench->document(); }
    void take(const QString &name) const;

    QTemporaryDir m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
    ForecastPanel *m_forecast = nullptr;
    FeatureMapsPanel *m_features = nullptr;
    GraphView *m_graph = nullptr;
};

void InsightTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    qputenv("XDG_CACHE_HOME", m_folder.path().toUtf8());
    QVERIFY(writeDrawnDataset(m_folder.filePath("pictures").toStdString(), DrawnSet::Demo, 6, 2, 64, {}).has_value());
    m_appearance = std::make_unique<Appearance>();
    m_appearance->setLanguage(QStringLiteral("en"));
    m_appearance->setTheme(qgetenv("GRAFT_TOUR_THEME") == "dark" ? Theme::Dark : Theme::Light);
}

void InsightTest::init()
{
    m_workbench = std::make_unique<Workbench>();
    m_window = std::make_unique<MainWindow>(
        *m_workbench, *m_appearance, Places{m_folder.filePath("runs").toStdString(), m_folder.filePath("drawn")});
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_forecast = m_window->findChild<ForecastPanel *>();
    m_features = m_window->findChild<FeatureMapsPanel *>();
    m_graph = m_window->findChild<GraphView *>();
    QSignalSpy model(m_workbench.get(), &Workbench::modelOpened), data(m_workbench.get(), &Workbench::dataOpened);
    m_workbench->openModel(QStringLiteral("demo"));
    m_workbench->openData(m_folder.filePath("pictures"));
    QTRY_VERIFY_WITH_TIMEOUT(model.count() == 1 && data.count() == 1, 60'000);
    m_window->goTo(Step::Model);
}

void InsightTest::cleanup()
{
    m_window.reset();
    m_workbench.reset();
}

QString InsightTest::text(const QWidget &panel) const
{
    QStringList texts;
    for (const QLabel *label : panel.findChildren<QLabel *>())
        if (label->isVisible())
            texts += label->text();
    return texts.join(QLatin1Char('\n'));
}

void InsightTest::take(const QString &name) const
{
    const QString folder
        = QStringLiteral(GRAFT_TOUR_FOLDER) + (isDark() ? "-dark" : "") + (qgetenv("QT_SCALE_FACTOR").isEmpty() ? "" : "-double");
    QDir().mkpath(folder);
    QTest::qWait(300); // animations
    m_window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

void InsightTest::theForecastIsSeenBesideTheGraph_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("Model") << static_cast<int>(Step::Model);
    QTest::newRow("Adapt") << static_cast<int>(Step::Adapt);
    QTest::newRow("Train") << static_cast<int>(Step::Train);
}

void InsightTest::theForecastIsSeenBesideTheGraph()
{
    QFETCH(int, step);
    m_window->goTo(static_cast<Step>(step));
    take(QStringLiteral("forecast-%1").arg(QTest::currentDataTag()));
    QVERIFY(m_forecast->isVisible());
    QVERIFY(m_forecast->height() > 250);
    QVERIFY(m_window->rect().contains(QRect(m_forecast->mapTo(m_window.get(), QPoint()), m_forecast->size())));
    QVERIFY2(text(*m_forecast).contains(u"trained (100\u00a0%)"), qPrintable(text(*m_forecast)));
}

void InsightTest::theForecastFollowsAFreezeAtOnce()
{
    std::vector<LayerId> trunk;
    for (const Layer &one : document().model().network.layers())
        if (one.id != document().model().network.output())
            trunk.push_back(one.id);
    QElapsedTimer timer;
    timer.start();
    document().setFrozen(trunk, true, "Freeze");
    qInfo("the edit and all that follows it: %lld ms", timer.elapsed());
    QVERIFY2(!text(*m_forecast).contains(u"(100\u00a0%)"), qPrintable(text(*m_forecast)));
    QVERIFY(text(*m_forecast).contains("less memory than training everything"));
    document().undoStack().undo();
    QVERIFY(text(*m_forecast).contains(u"(100\u00a0%)"));
}

void InsightTest::measuringThisMachineBringsTimes()
{
    QVERIFY(text(*m_forecast).contains("Not measured yet"));
    auto *measure = m_forecast->findChild<QAbstractButton *>(QStringLiteral("measureMachine"));
    hands::click(measure);
    QTRY_VERIFY_WITH_TIMEOUT(!text(*m_forecast).contains("Not measured yet"), 120'000);
    QVERIFY2(text(*m_forecast).contains("for 96 pictures") || text(*m_forecast).contains(" pictures\n"), qPrintable(text(*m_forecast)));
    QCOMPARE(measure->text(), QStringLiteral("Measure again"));
    QVERIFY(readRates(ratesKey(document().trainingConfig()), m_folder.filePath("graft").toStdString()));
    document().setFrozen({layer("conv1")}, true, "Freeze");
    take("forecast-measured");
}

void InsightTest::theLargestBatchGoesIntoTheSettings()
{
    Q_EMIT m_forecast->batchRequested(57);
    QCOMPARE(document().trainingConfig().batchSize, 57);
    QVERIFY2(
        text(*m_forecast).contains("Not measured yet") || text(*m_forecast).contains("for 57 pictures"), qPrintable(text(*m_forecast)));
}

void InsightTest::aClickedLayerShowsWhatItMakesOfThePicture()
{
    for (QDockWidget *dock : m_window->findChildren<QDockWidget *>())
        if (dock->widget() == m_features)
            dock->raise();
    QTRY_VERIFY(m_features->isVisible());
    auto *insight = m_window->findChild<InsightController *>();
    QSignalSpy ready(insight, &InsightController::featuresReady);
    const Network &network = document().model().network;
    const auto convolution = std::ranges::find(network.layers(), "Conv2d", &Layer::type);
    document().select({convolution->id});
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 30'000);
    const auto *grid = m_features->findChild<FeatureGrid *>();
    QCOMPARE(static_cast<std::int64_t>(grid->shownChannels().size()), document().analysis().find(convolution->id)->outputShape[0]);
    QVERIFY(text(*m_features).contains(QString::fromStdString(convolution->name)));
    take("features");
    QElapsedTimer timer;
    timer.start();
    document().select({network.output()});
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, 30'000);
    qInfo("the next layer: %lld ms", timer.elapsed());
    QVERIFY(text(*m_features).contains("numbers; values from"));
    take("features-vector");
}

void InsightTest::aLayersTimeIsMeasuredAndLaidOnTheGraph()
{
    auto *insight = m_window->findChild<InsightController *>();
    QSignalSpy times(insight, &InsightController::layerTimesChanged);
    m_graph->setOverlay(GraphOverlay::Kind::Time);
    Q_EMIT m_graph->overlayRequested(GraphOverlay::Kind::Time);
    QTRY_COMPARE_WITH_TIMEOUT(times.count(), 1, 120'000);
    const auto seconds = times.first().first().value<std::vector<double>>();
    QCOMPARE(seconds.size(), document().model().network.layers().size());
    QVERIFY(std::ranges::count_if(seconds, [](double value) { return value > 0; }) > 10);
    m_graph->unfoldAll();
    take("times");
}

void InsightTest::trainingTellsItsGradientsAndWhatItChanged()
{
    TrainingConfig config = document().trainingConfig();
    config.epochs = 2;
    config.batchSize = 4;
    document().setTrainingConfig(config);
    QSignalSpy news(&m_window->runs(), &RunController::newsArrived), ended(&m_window->runs(), &RunController::ended);
    m_graph->setOverlay(GraphOverlay::Kind::Gradient);
    Q_EMIT m_graph->overlayChanged(GraphOverlay::Kind::Gradient); // as the chooser does
    m_window->runs().start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 120'000);
    const bool told = std::ranges::any_of(
        news, [](const QList<QVariant> &arguments) { return arguments.first().value<TrainingNews>().gradients.has_value(); });
    QVERIFY(told);
    take("gradients");
    auto *insight = m_window->findChild<InsightController *>();
    QSignalSpy drift(insight, &InsightController::driftChanged);
    m_graph->setOverlay(GraphOverlay::Kind::Drift);
    Q_EMIT m_graph->overlayChanged(GraphOverlay::Kind::Drift);
    QTRY_VERIFY_WITH_TIMEOUT(drift.count() > 0, 30'000);
    const auto changes = drift.first().first().value<std::vector<double>>();
    const auto convolution = std::ranges::find(document().model().network.layers(), "Conv2d", &Layer::type);
    QVERIFY(changes[static_cast<std::size_t>(convolution - document().model().network.layers().begin())] > 0);
    take("drift");
}

QTEST_MAIN(InsightTest)
#include "insighttest.moc"
