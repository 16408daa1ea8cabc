#include "common/theme.h"
#include "compare/compareview.h"
#include "data/datasetview.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "graph/layertable.h"
#include "library/libraryview.h"
#include "panelsamples.h"
#include "plots/curvesview.h"
#include "plots/runpanel.h"
#include "properties/augmentationpanel.h"
#include "properties/headpanel.h"
#include "properties/layerpanel.h"
#include "properties/trainingpanel.h"

#include <QApplication>
#include <QDir>
#include <QtTest>
#include <memory>

/// Shows every panel with usual content in both looks. With GRAFT_PANEL_PICTURES naming a folder the pictures are kept there for the eye.
class PanelsLookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPanelHasSomethingToSeeInBothLooks_data();
    void everyPanelHasSomethingToSeeInBothLooks();
};

namespace {

using Maker = std::function<std::unique_ptr<QWidget>()>;

std::unique_ptr<QWidget> layerPanel(const std::vector<int> &ids)
{
    const graft::Network network = panelsamples::network();
    const auto analysis = graft::analyse(network);
    auto panel = std::make_unique<graft::LayerPanel>();
    if (!analysis)
        return panel;
    std::vector<graft::LayerId> layers;
    graft::Network edited = network;
    for (const int id : ids) {
        layers.push_back({id});
        edited.find(graft::LayerId{id})->frozen = true;
    }
    panel->showLayers(edited, *analysis, layers);
    panel->setStatistics({{"weight", {-0.3125, 0.29884, 0.00123, 0.0871, 0.0, 0}}, {"bias", {-0.1, 0.2, 0.001, 0.05, 0.25, 2}}});
    panel->resize(340, 640);
    return panel;
}

std::unique_ptr<QWidget> trainingPanel(const std::string &optimizer, const std::string &schedule)
{
    auto panel = std::make_unique<graft::TrainingPanel>();
    panel->setChoices({{{}, "cpu", "CPU, 2 threads", 0}, {{0}, "cuda:0", "NVIDIA H100 (cuda:0)", 80'000'000'000}},
        {{"sgd", "SGD with momentum"}, {"adam", "Adam"}, {"adamw", "AdamW"}},
        {{"constant", "Constant"}, {"step", "Step"}, {"cosine", "Cosine"}, {"onecycle", "One cycle"}});
    graft::TrainingConfig config;
    config.optimizer = optimizer;
    config.schedule = schedule;
    panel->setConfig(config);
    panel->resize(340, 720);
    return panel;
}

std::unique_ptr<QWidget> curves(bool filled)
{
    auto view = std::make_unique<graft::CurvesView>();
    view->resize(1100, 320);
    view->reset(10);
    if (filled) {
        view->addSamples(panelsamples::metricSamples(800, 100), 100);
        for (int epoch = 1; epoch <= 8; ++epoch)
            view->addEpoch(panelsamples::epoch(epoch));
    }
    return view;
}

std::unique_ptr<QWidget> curvesOfSets(int sets)
{
    auto view = std::make_unique<graft::CurvesView>();
    view->resize(1100, 320);
    view->reset(10);
    view->addSamples(panelsamples::metricSamples(800, 100), 100);
    for (int number = 1; number <= 8; ++number) {
        graft::EpochResult epoch = panelsamples::epoch(number);
        for (int set = 0; set < sets; ++set) {
            const std::string name = set == 2 ? "the place where it was found growing" : "label set " + std::to_string(set + 1);
            const graft::Metrics &all = *epoch.validation;
            epoch.validation->labelSets.push_back({name, all.loss * (0.2 + 0.15 * set), all.accuracy * (1 - 0.07 * set)});
        }
        view->addEpoch(epoch);
    }
    return view;
}

std::unique_ptr<QWidget> datasetView()
{
    auto view = std::make_unique<graft::DatasetView>();
    auto *shown = view.get();
    QObject::connect(shown, &graft::DatasetView::thumbnailRequested, shown, [shown](const QString &path) {
        shown->setThumbnail(path, path.endsWith("_3.jpg") ? QImage() : panelsamples::picture(int(qHash(path) % 40)));
    });
    const graft::Dataset data = panelsamples::dataset();
    view->setDataset(data, panelsamples::split(data));
    view->resize(1100, 640);
    return view;
}

template <typename View, typename Fill>
Maker with(QSize size, Fill fill)
{
    return [size, fill] {
        auto view = std::make_unique<View>();
        fill(*view);
        view->resize(size);
        return view;
    };
}

} // namespace

void PanelsLookTest::everyPanelHasSomethingToSeeInBothLooks_data()
{
    using namespace graft;
    QTest::addColumn<Maker>("make");
    QTest::newRow("layer-nothing") << with<LayerPanel>({340, 240}, [](LayerPanel &) {});
    QTest::newRow("layer-conv") << Maker([] { return layerPanel({1}); });
    QTest::newRow("layer-batchnorm") << Maker([] { return layerPanel({2}); });
    QTest::newRow("layer-block") << Maker([] { return layerPanel({1, 2, 3}); });
    QTest::newRow("library") << with<LibraryView>({300, 700}, [](LibraryView &view) { view.setTarget("features.3.conv.1"); });
    QTest::newRow("layer-table") << with<LayerTable>({1000, 260}, [](LayerTable &table) {
        const Network network = panelsamples::network();
        table.setNetwork(network, analyse(network).value());
        table.setTimes({0, 0.0021, 0.0007, 0.0003, 0.0001, 0, 0.00002});
    });
    QTest::newRow("compare") << with<CompareView>({1200, 320}, [](CompareView &view) {
        ModelPackage left, right;
        left.network = right.network = panelsamples::network();
        right.network.find(LayerId{1})->attributes["stride"] = std::vector<std::int64_t>{2, 2};
        right.network.setOutput(right.network.add("head.relu", "ReLU", {}, {LayerId{6}}));
        const auto expected = expectedTensors(left.network).value();
        for (const auto &[name, specification] : expected) {
            const auto count = std::size_t(elementCount(specification.shape));
            left.weights.set(name, Tensor::fromFloats(specification.shape, std::vector<float>(count, 1)));
            right.weights.set(name, Tensor::fromFloats(specification.shape, std::vector<float>(count, 1 + 0.004F * float(name.size()))));
        }
        view.setComparison({left.network, QStringLiteral("flowers.pth"), QStringLiteral("flowers.pth")},
            {right.network, QStringLiteral("now"), QStringLiteral("Now")}, compareModels(left, right));
    });
    QTest::newRow("head-misfit") << with<HeadPanel>({340, 1150}, [](HeadPanel &panel) {
        panel.setNetwork(panelsamples::network());
        panel.setSelection({LayerId{2}});
        panel.setState("classifier.1", 1000, 12);
        panel.setTotals(15372, 2'239'244);
    });
    QTest::newRow("head-none") << with<HeadPanel>({340, 320}, [](HeadPanel &) {});
    QTest::newRow("training-sgd-step") << Maker([] { return trainingPanel("sgd", "step"); });
    QTest::newRow("training-adam-onecycle") << Maker([] { return trainingPanel("adam", "onecycle"); });
    QTest::newRow("augmentation") << with<AugmentationPanel>({340, 1000}, [](AugmentationPanel &panel) {
        Augmentation augmentation;
        augmentation.rotation = 15;
        panel.setAugmentation(augmentation);
        panel.setPreview({panelsamples::picture(1), panelsamples::picture(2), panelsamples::picture(3), panelsamples::picture(4),
            panelsamples::picture(5), panelsamples::picture(6)});
    });
    QTest::newRow("augmentation-empty") << with<AugmentationPanel>({340, 500}, [](AugmentationPanel &panel) { panel.setPreview({}); });
    QTest::newRow("curves") << Maker([] { return curves(true); });
    QTest::newRow("curves-sets") << Maker([] { return curvesOfSets(2); });
    QTest::newRow("curves-many-sets") << Maker([] { return curvesOfSets(8); });
    QTest::newRow("curves-empty") << Maker([] { return curves(false); });
    QTest::newRow("run-idle") << with<RunPanel>({340, 180}, [](RunPanel &panel) { panel.setHint("Choose a folder of pictures first."); });
    QTest::newRow("run-running") << with<RunPanel>({340, 180}, [](RunPanel &panel) {
        panel.setState(RunState::Running);
        panel.setProgress({3, false, 250, 1000, 40, 121}, 10);
        panel.setBest(2, 0.913);
    });
    QTest::newRow("run-failed") << with<RunPanel>({340, 200}, [](RunPanel &panel) {
        panel.setState(RunState::Failed);
        panel.setMessage("The loss became NaN in epoch 2; try a learning rate ten times smaller.");
    });
    QTest::newRow("dataset") << Maker(datasetView);
    QTest::newRow("dataset-empty") << with<DatasetView>({1000, 600}, [](DatasetView &) {});
    QTest::newRow("dataset-busy") << with<DatasetView>({800, 400}, [](DatasetView &view) { view.setBusy({312, 960}); });
    QTest::newRow("prediction") << with<PredictionView>({900, 420}, [](PredictionView &view) {
        view.setPicture("IMG_0815.jpg", panelsamples::picture(7, 400));
        view.setPrediction(panelsamples::prediction());
    });
    QTest::newRow("prediction-empty") << with<PredictionView>({800, 400}, [](PredictionView &) {});
    QTest::newRow("evaluation") << with<EvaluationView>(
        {1200, 640}, [](EvaluationView &view) { view.setEvaluation(panelsamples::evaluation(12)); });
    QTest::newRow("evaluation-many") << with<EvaluationView>(
        {1200, 640}, [](EvaluationView &view) { view.setEvaluation(panelsamples::evaluation(100)); });
    QTest::newRow("evaluation-empty") << with<EvaluationView>(
        {800, 400}, [](EvaluationView &view) { view.setHint("Train a model or open one with class names first."); });
}

void PanelsLookTest::everyPanelHasSomethingToSeeInBothLooks()
{
    QFETCH(Maker, make);
    const QString folder = qEnvironmentVariable("GRAFT_PANEL_PICTURES");
    for (const graft::Theme theme : {graft::Theme::Light, graft::Theme::Dark}) {
        graft::applyTheme(*qApp, theme);
        const auto widget = make();
        widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(widget.get()));
        QTest::qWait(120);
        const QImage image = widget->grab().toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 8, "The panel is blank.");
        if (!folder.isEmpty()) {
            QVERIFY(QDir().mkpath(folder));
            QVERIFY(
                image.save(QStringLiteral("%1/%2-%3.png")
                               .arg(folder, QString::fromLatin1(QTest::currentDataTag()), theme == graft::Theme::Dark ? "dark" : "light")));
        }
    }
}

QTEST_MAIN(PanelsLookTest)
#include "panelslooktest.moc"
