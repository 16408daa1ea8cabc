#include "graph/featuremaps.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <numeric>

using namespace graft;

namespace {

/// 0, 1, 2, … in that shape, one picture.
Tensor counted(Shape shape)
{
    shape.insert(shape.begin(), 1);
    std::vector<float> values(static_cast<std::size_t>(elementCount(shape)));
    std::iota(values.begin(), values.end(), 0.0F);
    return Tensor::fromFloats(shape, values);
}

} // namespace

class FeatureMapsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void channelsOfAPictureAreCutApart();
    void channelsBehindTheirPictureAreFound();
    void tokensGoBackToTheirGrid();
    void aClassTokenHasNoPlaceInTheGrid();
    void tokensWithoutAGridMakeATable();
    void numbersWithoutAPlaceMakeALine();
    void figuresFollowTheirDefinitions();
};

void FeatureMapsTest::channelsOfAPictureAreCutApart()
{
    const FeatureMaps maps = featureMaps(counted({3, 2, 4}));
    QCOMPARE(maps.form, FeatureMaps::Form::Maps);
    QCOMPARE(maps.shape, (Shape{3, 2, 4}));
    QCOMPARE(maps.maps.size(), std::size_t{3});
    QCOMPARE(maps.maps[1].channel, std::int64_t{1});
    QCOMPARE(maps.maps[1].width, std::int64_t{4});
    QCOMPARE(maps.maps[1].height, std::int64_t{2});
    QCOMPARE(maps.maps[1].values, (std::vector<float>{8, 9, 10, 11, 12, 13, 14, 15}));
}

void FeatureMapsTest::channelsBehindTheirPictureAreFound()
{
    const FeatureMaps maps = featureMaps(counted({2, 2, 3}));
    QCOMPARE(maps.maps.size(), std::size_t{3});
    QCOMPARE(maps.maps[1].values, (std::vector<float>{1, 4, 7, 10}));
}

void FeatureMapsTest::tokensGoBackToTheirGrid()
{
    const FeatureMaps maps = featureMaps(counted({4, 3}));
    QCOMPARE(maps.form, FeatureMaps::Form::TokenMaps);
    QCOMPARE(maps.maps.size(), std::size_t{3});
    QCOMPARE(maps.maps[2].width, std::int64_t{2});
    QCOMPARE(maps.maps[2].values, (std::vector<float>{2, 5, 8, 11}));
}

void FeatureMapsTest::aClassTokenHasNoPlaceInTheGrid()
{
    const FeatureMaps maps = featureMaps(counted({5, 3}));
    QCOMPARE(maps.form, FeatureMaps::Form::TokenMaps);
    QCOMPARE(maps.maps[0].values, (std::vector<float>{3, 6, 9, 12}));
}

void FeatureMapsTest::tokensWithoutAGridMakeATable()
{
    const FeatureMaps maps = featureMaps(counted({7, 2}));
    QCOMPARE(maps.form, FeatureMaps::Form::Table);
    QCOMPARE(maps.maps.size(), std::size_t{1});
    QCOMPARE(maps.maps[0].height, std::int64_t{7});
    QCOMPARE(maps.maps[0].values.size(), std::size_t{14});
}

void FeatureMapsTest::numbersWithoutAPlaceMakeALine()
{
    for (const Shape &shape : {Shape{6}, Shape{6, 1, 1}, Shape{1, 6}}) {
        const FeatureMaps maps = featureMaps(counted(shape));
        QCOMPARE(maps.form, FeatureMaps::Form::Vector);
        QCOMPARE(maps.maps.size(), std::size_t{1});
        QCOMPARE(maps.maps[0].width, std::int64_t{6});
        QCOMPARE(maps.maps[0].values, (std::vector<float>{0, 1, 2, 3, 4, 5}));
    }
}

void FeatureMapsTest::figuresFollowTheirDefinitions()
{
    const float infinite = std::numeric_limits<float>::infinity();
    const FeatureMaps maps = featureMaps(Tensor::fromFloats({1, 2, 1, 4}, std::vector<float>{-3, 0, 1, 0, 2, infinite, NAN, 2}));
    QCOMPARE(maps.maps[0].minimum, -3.0F);
    QCOMPARE(maps.maps[0].maximum, 1.0F);
    QCOMPARE(maps.maps[0].strength, 1.0);
    QCOMPARE(maps.maps[1].minimum, 2.0F);
    QCOMPARE(maps.maps[1].maximum, 2.0F);
    QCOMPARE(maps.minimum, -3.0F);
    QCOMPARE(maps.maximum, 2.0F);
    QCOMPARE(maps.zeroShare, 0.25);
    QCOMPARE(maps.notFinite, std::int64_t{2});
}

QTEST_GUILESS_MAIN(FeatureMapsTest)
#include "featuremapstest.moc"
