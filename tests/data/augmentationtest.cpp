#include "data/colour.h"
#include "data/geometry.h"
#include "data/random.h"
#include "data/transform.h"

#include "pythonscript.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

using namespace graft;

namespace {

using Pixels = std::vector<std::uint8_t>;

Picture noise(int width, int height, std::uint64_t seed = 1)
{
    std::mt19937_64 random(seed);
    auto pixels = std::make_shared<Pixels>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (auto &value : *pixels)
        value = static_cast<std::uint8_t>(random() >> 56);
    return {width, height, std::move(pixels)};
}

std::array<int, 3> at(const Picture &picture, int x, int y)
{
    const std::uint8_t *pixel = picture.pixels->data()
        + (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 3;
    return {pixel[0], pixel[1], pixel[2]};
}

/// Counts the pixels of the result that are not what `expected(x, y)` says.
template <typename Expected>
int wrongPixels(const Picture &picture, Expected expected)
{
    int wrong = 0;
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            wrong += at(picture, x, y) != expected(x, y);
    return wrong;
}

/// No resizing: a 32 × 32 picture passes as it is.
Preprocessing plain(int size = 32)
{
    Preprocessing preprocessing;
    preprocessing.resize = size;
    preprocessing.crop = size;
    return preprocessing;
}

const Fill grey{"constant", {10, 20, 30}};

} // namespace

class AugmentationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void withoutAugmentationTrainingSeesWhatEvaluationSees();
    void aFlipMirrorsExactly();
    void aFlipComesAsOftenAsAsked();
    void aShiftByWholePixelsMovesByThem();
    void aQuarterTurnIsExactAndCounterClockwise();
    void aTurnIsPillows();
    void aZoomByTwoShowsTheMiddleHalf();
    void eachFillModeFillsAsItsNameSays();
    void rangesOfZoomTurnAndShiftAreKept();
    void theRandomCropFollowsTorchvisionsRule();
    void theRandomCropFallsBackToTheCentre();
    void colourAdjustmentsAreTorchvisions_data();
    void colourAdjustmentsAreTorchvisions();
    void channelShiftMovesEachChannel();
    void jitterStaysWithinItsRange();
    void sameRandomNumbersGiveTheSameView();
    void randomNumbersAreTheSameAnywhere();
    void tinyAndEndlesslyLongPicturesPass();
    void settingsSurviveJson();
    void settingsOutOfRangeAreNamed();

private:
    QTemporaryDir m_folder;
};

void AugmentationTest::initTestCase()
{
    const QString said = runPython("augmentation_reference.py", {m_folder.path()});
    QVERIFY2(said.isEmpty(), qPrintable(said));
}

void AugmentationTest::withoutAugmentationTrainingSeesWhatEvaluationSees()
{
    const Picture picture = noise(301, 207);
    std::mt19937_64 random(1);
    QVERIFY(trainingTransform(picture, {}, noAugmentation(), random) == evaluationTransform(picture, {}));
}

void AugmentationTest::aFlipMirrorsExactly()
{
    Augmentation augmentation = noAugmentation();
    augmentation.horizontalFlip = 1;
    const Picture picture = noise(33, 33);
    std::mt19937_64 random(1);
    const Picture view = augment(picture, plain(33), augmentation, random);
    QCOMPARE(wrongPixels(view, [&](int x, int y) { return at(picture, 32 - x, y); }), 0);
    QCOMPARE(wrongPixels(pose(picture, 0, 0, 33, {1, 0, 0, 0, true}, grey), [&](int x, int y) { return at(picture, 32 - x, y); }), 0);
}

void AugmentationTest::aFlipComesAsOftenAsAsked()
{
    Augmentation augmentation = noAugmentation();
    augmentation.horizontalFlip = 0.25;
    const Picture picture = noise(4, 4);
    std::mt19937_64 random(1);
    int flipped = 0;
    for (int i = 0; i < 2000; ++i)
        flipped += at(augment(picture, plain(4), augmentation, random), 0, 0) != at(picture, 0, 0);
    QVERIFY2(std::abs(flipped - 500) < 80, qPrintable(QString::number(flipped)));
}

void AugmentationTest::aShiftByWholePixelsMovesByThem()
{
    const Picture picture = noise(32, 32);
    const Picture view = pose(picture, 0, 0, 32, {1, 0, 5, -3, false}, grey);
    QCOMPARE(wrongPixels(view,
                 [&](int x, int y) {
                     const bool inside = x >= 5 && y < 29;
                     return inside ? at(picture, x - 5, y + 3) : std::array{10, 20, 30};
                 }),
        0);
}

void AugmentationTest::aQuarterTurnIsExactAndCounterClockwise()
{
    const Picture picture = noise(32, 32);
    QCOMPARE(wrongPixels(pose(picture, 0, 0, 32, {1, 90, 0, 0, false}, grey), [&](int x, int y) { return at(picture, 31 - y, x); }), 0);
    QCOMPARE(
        wrongPixels(pose(picture, 0, 0, 32, {1, 180, 0, 0, false}, grey), [&](int x, int y) { return at(picture, 31 - x, 31 - y); }), 0);
}

void AugmentationTest::aTurnIsPillows()
{
    const auto picture = decodePicture(m_folder.filePath("drawn.png").toStdString());
    const auto expected = decodePicture(m_folder.filePath("turned.png").toStdString());
    QVERIFY(picture && expected);
    const Picture view = pose(*picture, 0, 0, 301, {1, 30, 0, 0, false}, {"constant", {0, 0, 0}});
    double sum = 0;
    int count = 0;
    for (int y = 0; y < 301; ++y)
        for (int x = 0; x < 301; ++x) {
            // Beyond the circle, Graft shows more of the picture where Pillow has cut it off.
            if (std::hypot(x - 150, y - 150) > 145)
                continue;
            for (std::size_t c = 0; c < 3; ++c)
                sum += std::abs(at(view, x, y)[c] - at(*expected, x, y)[c]);
            count += 3;
        }
    QVERIFY2(sum / count < 2, qPrintable(QString::number(sum / count)));
}

void AugmentationTest::aZoomByTwoShowsTheMiddleHalf()
{
    const Picture picture = noise(33, 33);
    const Picture view = pose(picture, 0, 0, 33, {2, 0, 0, 0, false}, grey);
    for (int y = 0; y <= 32; y += 2)
        for (int x = 0; x <= 32; x += 2)
            QCOMPARE(at(view, x, y), at(picture, 8 + x / 2, 8 + y / 2));
}

void AugmentationTest::eachFillModeFillsAsItsNameSays()
{
    const Picture picture = noise(16, 16);
    const auto shifted = [&](const char *mode, int x) { return at(pose(picture, 0, 0, 16, {1, 0, 4, 0, false}, {mode, {1, 2, 3}}), x, 7); };
    for (int x = 0; x < 4; ++x) {
        QCOMPARE(shifted("constant", x), (std::array{1, 2, 3}));
        QCOMPARE(shifted("nearest", x), at(picture, 0, 7));
        QCOMPARE(shifted("reflect", x), at(picture, 3 - x, 7));
        QCOMPARE(shifted("wrap", x), at(picture, 12 + x, 7));
    }
}

void AugmentationTest::rangesOfZoomTurnAndShiftAreKept()
{
    // A white square in black: its centre and its size tell what was done.
    auto pixels = std::make_shared<Pixels>(64 * 64 * 3);
    for (int y = 24; y < 40; ++y)
        for (int x = 24 * 3; x < 40 * 3; ++x)
            (*pixels)[static_cast<std::size_t>(y * 64 * 3 + x)] = 255;
    const Picture picture{64, 64, pixels};
    Preprocessing preprocessing = plain(64);
    preprocessing.mean = {0, 0, 0};
    Augmentation augmentation = noAugmentation();
    augmentation.zoom = 0.25;
    augmentation.widthShift = 0.125;
    augmentation.heightShift = 0.0625;
    augmentation.rotation = 20;
    std::mt19937_64 random(5);
    double leastX = 99, mostX = 0, leastY = 99, mostY = 0, leastSide = 99, mostSide = 0;
    for (int i = 0; i < 300; ++i) {
        const Picture view = augment(picture, preprocessing, augmentation, random);
        double mass = 0, x0 = 0, y0 = 0;
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                const double value = at(view, x, y)[0] / 255.0;
                mass += value;
                x0 += value * x;
                y0 += value * y;
            }
        const double x = x0 / mass - 31.5, y = y0 / mass - 31.5, side = std::sqrt(mass) / 16;
        leastX = std::min(leastX, x), mostX = std::max(mostX, x), leastY = std::min(leastY, y), mostY = std::max(mostY, y);
        leastSide = std::min(leastSide, side), mostSide = std::max(mostSide, side);
    }
    const auto within = [](double least, double most, double low, double high, double slack) {
        return least > low - slack && least < low + slack * 4 && most < high + slack && most > high - slack * 4;
    };
    QVERIFY(within(leastX, mostX, -8, 8, 0.25));
    QVERIFY(within(leastY, mostY, -4, 4, 0.25));
    QVERIFY(within(leastSide, mostSide, 0.75, 1.25, 0.02));
}

void AugmentationTest::theRandomCropFollowsTorchvisionsRule()
{
    std::mt19937_64 random(3);
    double leastArea = 1, mostArea = 0, leastAspect = 9, mostAspect = 0, meanLogAspect = 0;
    constexpr int count = 4000;
    for (int i = 0; i < count; ++i) {
        const auto part = randomCrop(1000, 1000, {0.2, 0.5}, random);
        QVERIFY(part.left >= 0 && part.top >= 0 && part.left + part.width <= 1000 && part.top + part.height <= 1000);
        const double area = part.width * part.height / 1e6, aspect = static_cast<double>(part.width) / part.height;
        leastArea = std::min(leastArea, area), mostArea = std::max(mostArea, area);
        leastAspect = std::min(leastAspect, aspect), mostAspect = std::max(mostAspect, aspect);
        meanLogAspect += std::log(aspect) / count;
    }
    QVERIFY(leastArea > 0.198 && leastArea < 0.21 && mostArea < 0.502 && mostArea > 0.49);
    QVERIFY(leastAspect > 0.745 && leastAspect < 0.76 && mostAspect < 1.34 && mostAspect > 1.31);
    QVERIFY2(std::abs(meanLogAspect) < 0.01, qPrintable(QString::number(meanLogAspect)));
}

void AugmentationTest::theRandomCropFallsBackToTheCentre()
{
    // No crop of the whole area fits an extreme shape, so torchvision takes the centre with the nearest allowed aspect.
    std::mt19937_64 random(3);
    const auto wide = randomCrop(1000, 10, {1.0, 1.0}, random);
    QCOMPARE(wide.width, 13);
    QCOMPARE(wide.height, 10);
    QCOMPARE(wide.left, (1000 - 13) / 2);
    const auto tall = randomCrop(9, 1000, {1.0, 1.0}, random);
    QCOMPARE(tall.width, 9);
    QCOMPARE(tall.height, 12);
    QCOMPARE(tall.top, (1000 - 12) / 2);
}

void AugmentationTest::colourAdjustmentsAreTorchvisions_data()
{
    QTest::addColumn<QStringList>("words");
    QFile file(m_folder.filePath("colours.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const QString &line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts))
        QTest::newRow(qPrintable(line.section('\t', 0, 1))) << line.split('\t');
}

void AugmentationTest::colourAdjustmentsAreTorchvisions()
{
    QFETCH(QStringList, words);
    const auto picture = decodePicture(m_folder.filePath("drawn.png").toStdString());
    QVERIFY(picture);
    Pixels pixels = *picture->pixels;
    const double factor = words[1].toDouble();
    if (words[0] == "brightness")
        adjustBrightness(pixels, factor);
    else if (words[0] == "contrast")
        adjustContrast(pixels, factor);
    else if (words[0] == "saturation")
        adjustSaturation(pixels, factor);
    else
        adjustHue(pixels, factor);
    QFile file(words[2]);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray expected = file.readAll();
    QCOMPARE(static_cast<std::size_t>(expected.size()), pixels.size());
    int largest = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i)
        largest = std::max(largest, std::abs(pixels[i] - static_cast<std::uint8_t>(expected[static_cast<int>(i)])));
    QVERIFY2(largest <= 1, qPrintable(QString::number(largest)));
}

void AugmentationTest::channelShiftMovesEachChannel()
{
    Pixels pixels = {0, 100, 250, 10, 20, 30};
    shiftChannels(pixels, {-5, 7, 10});
    QCOMPARE(pixels, (Pixels{0, 107, 255, 5, 27, 40}));
}

void AugmentationTest::jitterStaysWithinItsRange()
{
    const Picture picture{1, 1, std::make_shared<const Pixels>(Pixels{100, 100, 100})};
    Augmentation augmentation = noAugmentation();
    augmentation.brightness = 0.5;
    std::mt19937_64 random(9);
    std::set<int> seen;
    for (int i = 0; i < 2000; ++i)
        seen.insert(at(augment(picture, plain(1), augmentation, random), 0, 0)[0]);
    QVERIFY(*seen.begin() >= 50 && *seen.begin() <= 51 && *seen.rbegin() <= 150 && *seen.rbegin() >= 149);
}

void AugmentationTest::sameRandomNumbersGiveTheSameView()
{
    const Picture picture = noise(120, 90);
    Augmentation augmentation;
    augmentation.rotation = 20;
    augmentation.hue = 0.1;
    std::mt19937_64 first(4), second(4), other(5);
    const Picture a = augment(picture, plain(), augmentation, first), b = augment(picture, plain(), augmentation, second),
                  c = augment(picture, plain(), augmentation, other);
    QVERIFY(*a.pixels == *b.pixels);
    QVERIFY(*a.pixels != *c.pixels);
}

void AugmentationTest::randomNumbersAreTheSameAnywhere()
{
    // mt19937_64's 10000th number is laid down by the C++ standard; the mapping is ours.
    std::mt19937_64 random;
    random.discard(9999);
    QCOMPARE(uniform(random), static_cast<double>(9981545732273789042ULL >> 11) / 9007199254740992.0);
    // The known first outputs of splitmix64 seeded with 0.
    QCOMPARE(scramble(0), std::uint64_t{0xE220A8397B1DCDAF});
    QCOMPARE(scramble(0x9E3779B97F4A7C15), std::uint64_t{0x6E789E6AA1B965F4});
}

void AugmentationTest::tinyAndEndlesslyLongPicturesPass()
{
    Augmentation augmentation;
    augmentation.rotation = 180;
    augmentation.zoom = 0.9;
    augmentation.widthShift = augmentation.heightShift = 1;
    for (const auto &[width, height] : {std::pair{1, 1}, std::pair{1, 20000}, std::pair{20000, 1}, std::pair{2, 3}})
        for (const bool crop : {false, true}) {
            augmentation.randomResizedCrop = crop;
            std::mt19937_64 random(1);
            const Picture view = augment(noise(width, height), {}, augmentation, random);
            QCOMPARE(view.width, 224);
            QCOMPARE(view.height, 224);
            QCOMPARE(evaluationTransform(noise(width, height), {}).elementCount(), std::int64_t{3 * 224 * 224});
        }
}

void AugmentationTest::settingsSurviveJson()
{
    Augmentation augmentation;
    augmentation.cropScale = {0.25, 0.75};
    augmentation.zoom = 0.125;
    augmentation.hue = 0.5;
    augmentation.fillMode = "wrap";
    const auto back = augmentationFromJson(toJson(augmentation));
    QVERIFY(back);
    QVERIFY(*back == augmentation);
    QVERIFY(*augmentationFromJson(toJson(noAugmentation())) == noAugmentation());
}

void AugmentationTest::settingsOutOfRangeAreNamed()
{
    const std::vector<std::pair<std::string, nlohmann::json>> wrong = {{"hue", 0.6}, {"zoom", -0.1}, {"rotation", "a"},
        {"fillMode", "mirror"}, {"cropScale", {0.5, 0.1}}, {"cropScale", {0, 1}}, {"randomResizedCrop", 1}, {"horizontalFlip", nullptr}};
    for (const auto &[name, value] : wrong) {
        auto json = toJson(Augmentation{});
        json[name] = value;
        const auto result = augmentationFromJson(json);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::SettingInvalid);
        QCOMPARE(result.error().subject, name);
        json.erase(name);
        QVERIFY(!augmentationFromJson(json));
    }
    QVERIFY(!augmentationFromJson(nlohmann::json::array()));
}

QTEST_GUILESS_MAIN(AugmentationTest)
#include "augmentationtest.moc"
