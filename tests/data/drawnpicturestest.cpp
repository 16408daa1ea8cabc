#include "data/drawnpictures.h"

#include "data/dataset.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

using namespace graft;

class DrawnPicturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSetsHaveManyClassesAndShareNone();
    void theSameNumbersGiveTheSamePixels();
    void everyPictureOfAClassDiffers();
    void sizesAreAsAsked();
    void subjectsStandOutFromTheirBackground();
    void theDataSetOnDiskScansCleanly();
    void drawingCanBeCancelled();
};

void DrawnPicturesTest::theSetsHaveManyClassesAndShareNone()
{
    const auto &pretraining = drawnClasses(DrawnSet::Pretraining);
    const auto &demo = drawnClasses(DrawnSet::Demo);
    QVERIFY(pretraining.size() >= 40);
    QVERIFY(demo.size() >= 10);
    std::set<std::string> all(pretraining.begin(), pretraining.end());
    QCOMPARE(all.size(), pretraining.size());
    all.insert(demo.begin(), demo.end());
    QCOMPARE(all.size(), pretraining.size() + demo.size());
    for (const auto &name : all)
        QVERIFY2(std::ranges::all_of(name, [](char letter) { return (letter >= 'a' && letter <= 'z') || letter == '-'; }), name.c_str());
}

void DrawnPicturesTest::theSameNumbersGiveTheSamePixels()
{
    for (const auto set : {DrawnSet::Pretraining, DrawnSet::Demo})
        for (std::size_t i = 0; i < drawnClasses(set).size(); ++i)
            QVERIFY(*drawPicture(set, i, 7, 48).pixels == *drawPicture(set, i, 7, 48).pixels);
}

void DrawnPicturesTest::everyPictureOfAClassDiffers()
{
    for (const std::size_t label : {0U, 30U, 50U}) {
        std::set<QByteArray> seen;
        for (std::uint64_t i = 0; i < 20; ++i) {
            const Picture picture = drawPicture(DrawnSet::Pretraining, label, i, 32);
            seen.insert(QByteArray(reinterpret_cast<const char *>(picture.pixels->data()), static_cast<int>(picture.pixels->size())));
        }
        QCOMPARE(seen.size(), std::size_t{20});
    }
}

void DrawnPicturesTest::sizesAreAsAsked()
{
    for (const int size : {1, 17, 64, 224}) {
        const Picture picture = drawPicture(DrawnSet::Demo, 1, 3, size);
        QCOMPARE(picture.width, size);
        QCOMPARE(picture.height, size);
        QCOMPARE(picture.pixels->size(), static_cast<std::size_t>(size * size * 3));
    }
}

void DrawnPicturesTest::subjectsStandOutFromTheirBackground()
{
    // A subject covers a part of its picture and differs in brightness, so that the brightness spreads.
    for (const auto set : {DrawnSet::Pretraining, DrawnSet::Demo})
        for (std::size_t label = 0; label < drawnClasses(set).size(); ++label) {
            double deviation = 0;
            for (std::uint64_t i = 0; i < 5; ++i) {
                const Picture picture = drawPicture(set, label, i, 48);
                double sum = 0, squares = 0;
                for (std::size_t p = 0; p < picture.pixels->size(); p += 3) {
                    const double grey = 0.299 * (*picture.pixels)[p] + 0.587 * (*picture.pixels)[p + 1] + 0.114 * (*picture.pixels)[p + 2];
                    sum += grey;
                    squares += grey * grey;
                }
                const double count = static_cast<double>(picture.pixels->size()) / 3;
                deviation += std::sqrt(squares / count - sum * sum / count / count) / 5;
            }
            QVERIFY2(deviation > 12, qPrintable(QString::fromStdString(drawnClasses(set)[label]) + QStringLiteral(": %1").arg(deviation)));
        }
}

void DrawnPicturesTest::theDataSetOnDiskScansCleanly()
{
    const QTemporaryDir folder;
    QVERIFY(writeDrawnDataset(folder.path().toStdString(), DrawnSet::Demo, 3, 2, 32));
    const auto dataset = scanDataset(folder.path().toStdString());
    QVERIFY(dataset);
    QVERIFY(dataset->hasOwnSplit && dataset->broken.empty() && dataset->warnings.empty());
    auto names = drawnClasses(DrawnSet::Demo);
    std::sort(names.begin(), names.end());
    QCOMPARE(dataset->classNames, names);
    QCOMPARE(dataset->samples.size(), names.size() * 3);
    QCOMPARE(dataset->validationSamples.size(), names.size() * 2);
}

void DrawnPicturesTest::drawingCanBeCancelled()
{
    const QTemporaryDir folder;
    const Cancellation cancellation;
    cancellation.request();
    const auto result = writeDrawnDataset(folder.path().toStdString(), DrawnSet::Demo, 3, 2, 32, cancellation);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(DrawnPicturesTest)
#include "drawnpicturestest.moc"
