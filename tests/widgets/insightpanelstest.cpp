#include "panelfinders.h"
#include "properties/featuregrid.h"
#include "properties/featuremapspanel.h"
#include "properties/forecastpanel.h"

#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace graft;
using namespace panelfinders;

namespace {

Forecast forecast()
{
    Forecast figures;
    figures.parameters = 11'689'512;
    figures.trainableParameters = 5130;
    figures.memory = {90'000'000, 20'000, 20'000, 210'000'000, 48'000'000};
    figures.time = TimeForecast{0.42, 0.97, 0.03, 84.0};
    figures.timesFaster = 2.94;
    figures.bytesSaved = 520'000'000;
    figures.largestBatch = 184;
    return figures;
}

ForecastSettings settings()
{
    ForecastSettings settings;
    settings.batchSize = 16;
    settings.freeBytes = 12'400'000'000;
    settings.trainPictures = 2400;
    settings.validationPictures = 600;
    return settings;
}

FeatureMaps maps(int channels)
{
    FeatureMaps maps;
    maps.shape = {channels, 2, 2};
    for (int channel = 0; channel < channels; ++channel) {
        const auto strength = static_cast<float>((channel * 7) % channels);
        maps.maps.push_back({channel, 2, 2, {0, strength / 2, 0, strength}, 0, strength, strength});
        maps.maximum = std::max(maps.maximum, strength);
    }
    maps.zeroShare = 0.5;
    return maps;
}

} // namespace

class InsightPanelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::English); }
    void everyFigureIsShownWithItsUnit();
    void noFigureIsCutAtAnyWidth();
    void withoutAMeasurementOnlyTimeIsMissing();
    void theLargestBatchIsTakenByItsLink();
    void tooMuchMemoryIsSaid();
    void withoutPicturesTimeIsForAThousand();
    void whatCannotBeForecastSaysWhy();
    void measuringShowsProgressAndCancels();
    void duringTrainingNothingIsTaken();
    void channelsAreSortedByStrength();
    void mapsAreShownInTheirColours();
    void theRangeAndTheSizeAreStated();
    void aDroppedPictureIsAskedFor();
    void aMessageReplacesMaps();
};

void InsightPanelsTest::everyFigureIsShownWithItsUnit()
{
    ForecastPanel panel;
    panel.setForecast(forecast(), settings());
    panel.show();
    for (const char *text : {"5.13 K of 11.7 M trained (<\u00a00.1\u00a0%)", "348 MB of 12.4 GB free", "activations\u00a0210\u00a0MB",
             "1 min 24 s for 3,000 pictures", "0.42 s for 16 pictures, 97.0 % of it in the frozen part", "184 pictures",
             "2.9× faster and 520 MB less memory than training everything"})
        QVERIFY2(shows(panel, QString::fromUtf8(text)), text);
    QVERIFY(!shows(panel, "not been measured"));
    QVERIFY(!shows(panel, "computed a second time"));
    Forecast checkpointed = forecast();
    checkpointed.checkpointsActivations = true;
    panel.setForecast(checkpointed, settings());
    QVERIFY(shows(panel, "computed a second time"));
}

void InsightPanelsTest::noFigureIsCutAtAnyWidth()
{
    ForecastPanel panel;
    panel.setForecast(forecast(), settings());
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    for (int width = 280; width <= 420; width += 2) {
        panel.resize(width, 600);
        QCoreApplication::processEvents();
        for (const QLabel *label : panel.findChildren<QLabel *>())
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
    }
}

void InsightPanelsTest::withoutAMeasurementOnlyTimeIsMissing()
{
    ForecastPanel panel;
    Forecast figures = forecast();
    figures.time.reset();
    figures.timesFaster = 0;
    panel.setForecast(figures, settings());
    panel.show();
    QVERIFY(shows(panel, "348 MB"));
    QVERIFY(shows(panel, "Not measured yet"));
    QVERIFY(shows(panel, "520 MB less memory"));
    QSignalSpy asked(&panel, &ForecastPanel::measureRequested);
    QTest::mouseClick(button(panel, "Measure this machine (5 s)"), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
}

void InsightPanelsTest::theLargestBatchIsTakenByItsLink()
{
    ForecastPanel panel;
    panel.resize(340, 400);
    panel.setForecast(forecast(), settings());
    panel.show();
    QSignalSpy asked(&panel, &ForecastPanel::batchRequested);
    for (QLabel *label : panel.findChildren<QLabel *>())
        if (label->text().contains("use it"))
            Q_EMIT label->linkActivated("batch");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toInt(), 184);
    ForecastSettings same = settings();
    same.batchSize = 184;
    panel.setForecast(forecast(), same);
    QVERIFY(!shows(panel, "use it"));
}

void InsightPanelsTest::tooMuchMemoryIsSaid()
{
    ForecastPanel panel;
    ForecastSettings tight = settings();
    tight.freeBytes = 200'000'000;
    Forecast figures = forecast();
    figures.largestBatch = 0;
    panel.setForecast(figures, tight);
    panel.show();
    QVERIFY(shows(panel, "348 MB, more than the 200 MB that are free"));
    QVERIFY(shows(panel, "Not even one picture fits"));
}

void InsightPanelsTest::withoutPicturesTimeIsForAThousand()
{
    ForecastPanel panel;
    ForecastSettings none = settings();
    none.trainPictures = none.validationPictures = 0;
    panel.setForecast(forecast(), none);
    panel.show();
    QVERIFY(shows(panel, "30 s for each 1000 pictures"));
}

void InsightPanelsTest::whatCannotBeForecastSaysWhy()
{
    ForecastPanel panel;
    panel.show();
    QVERIFY(shows(panel, "Open a model"));
    panel.setForecast(forecast(), settings());
    panel.setReason("The output of `fc` is not known.");
    QVERIFY(shows(panel, "The output of `fc` is not known."));
    QVERIFY(!shows(panel, "348 MB"));
}

void InsightPanelsTest::measuringShowsProgressAndCancels()
{
    ForecastPanel panel;
    panel.setForecast(forecast(), settings());
    panel.show();
    panel.setMeasuring(0.4);
    QSignalSpy cancelled(&panel, &ForecastPanel::cancelMeasuringRequested);
    QTest::mouseClick(button(panel, "Cancel"), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    panel.setMeasuring(std::nullopt);
    QVERIFY(button(panel, "Measure again")->isVisible());
}

void InsightPanelsTest::duringTrainingNothingIsTaken()
{
    ForecastPanel panel;
    panel.setForecast(forecast(), settings());
    panel.setEditable(false);
    panel.show();
    QVERIFY(!shows(panel, "use it"));
    QVERIFY(!button(panel, "Measure again")->isEnabled());
}

void InsightPanelsTest::channelsAreSortedByStrength()
{
    FeatureMapsPanel panel;
    panel.resize(800, 300);
    panel.setMaps("conv1", maps(5)); // strengths 0, 2, 4, 1, 3
    panel.show();
    const auto *grid = panel.findChild<FeatureGrid *>();
    QCOMPARE(grid->shownChannels(), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
    field<QComboBox>(panel, "Order of the channels")->setCurrentIndex(1);
    QCOMPARE(grid->shownChannels(), (std::vector<std::int64_t>{2, 4, 1, 3, 0}));
}

void InsightPanelsTest::mapsAreShownInTheirColours()
{
    // matplotlib's viridis at its ends and in the middle.
    QCOMPARE(mapColor(0), qRgb(68, 1, 84));
    QCOMPARE(mapColor(1), qRgb(253, 231, 37));
    const QRgb middle = mapColor(0.5);
    QVERIFY(std::abs(qRed(middle) - 33) < 10 && std::abs(qGreen(middle) - 145) < 10 && std::abs(qBlue(middle) - 140) < 10);
    const QImage image = mapImage({0, 2, 1, {-1, 3}, -1, 3, 2}, -1, 3);
    QCOMPARE(image.pixel(0, 0), mapColor(0));
    QCOMPARE(image.pixel(1, 0), mapColor(1));
    QCOMPARE(mapImage({0, 2, 1, {NAN, 5}, 5, 5, 5}, 5, 5).pixel(0, 0), qRgb(128, 128, 128));
    QCOMPARE(mapImage({0, 2, 1, {NAN, 5}, 5, 5, 5}, 5, 5).pixel(1, 0), mapColor(0));
}

void InsightPanelsTest::theRangeAndTheSizeAreStated()
{
    FeatureMapsPanel panel;
    panel.setMaps("layer1.0.conv1", maps(5));
    panel.show();
    QVERIFY(shows(panel, "layer1.0.conv1"));
    QVERIFY(shows(panel, QString::fromUtf8("5 channels of 2 × 2; values from 0 to 4, 50.0 % of them 0")));
    FeatureMaps line;
    line.form = FeatureMaps::Form::Vector;
    line.maps = {{0, 1000, 1, std::vector<float>(1000, 0.5F), 0.5F, 0.5F, 0.5}};
    line.minimum = line.maximum = 0.5F;
    panel.setMaps("fc", line);
    QVERIFY(shows(panel, "1,000 numbers; values from 0.5 to 0.5"));
}

void InsightPanelsTest::aDroppedPictureIsAskedFor()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("cat.png");
    QImage(4, 4, QImage::Format_RGB32).save(path);
    FeatureMapsPanel panel;
    panel.show();
    QSignalSpy dropped(&panel, &FeatureMapsPanel::pictureDropped), choose(&panel, &FeatureMapsPanel::choosePictureRequested);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&panel, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&panel, &drop);
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.first().first().toString(), path);
    QTest::mouseClick(button(panel, QString::fromUtf8("Choose a picture…")), Qt::LeftButton);
    QCOMPARE(choose.size(), 1);
}

void InsightPanelsTest::aMessageReplacesMaps()
{
    FeatureMapsPanel panel;
    panel.show();
    QVERIFY(shows(panel, "Choose a layer in the graph and a picture"));
    panel.setMaps("conv1", maps(3));
    QVERIFY(panel.findChild<FeatureGrid *>()->isVisible());
    panel.setMessage("`detect` is a NonMaxSuppression.");
    QVERIFY(shows(panel, "`detect` is a NonMaxSuppression."));
    QVERIFY(!panel.findChild<FeatureGrid *>()->isVisible());
}

QTEST_MAIN(InsightPanelsTest)
#include "insightpanelstest.moc"
