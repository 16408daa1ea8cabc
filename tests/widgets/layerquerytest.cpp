#include "graph/layerquery.h"
#include "architectures/architecture.h"
#include "graph/edits.h"

#include <QTest>
#include <set>

using namespace graft;

class LayerQueryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatItAsksFor_data();
    void findsWhatItAsksFor();
    void nothingAskedFindsNothing();
    void strangeTextDoesNoHarm();

private:
    [[nodiscard]] static BlockTree tree();
    [[nodiscard]] static std::set<std::string> found(const QString &query);
};

/// ResNet-18 for ten classes, its first block frozen.
BlockTree LayerQueryTest::tree()
{
    Network network = architectures().find("resnet18")->build(10);
    setFrozen(network, matchLayers(network, "conv1,bn1,relu,maxpool,layer1").value(), true);
    network.find(network.find("fc")->id)->learningRateFactor = 0.5;
    return {network, analyse(network).value()};
}

std::set<std::string> LayerQueryTest::found(const QString &query)
{
    const BlockTree searched = tree();
    const LayerQuery asked(query);
    std::set<std::string> names;
    for (std::size_t layer = 0; layer < searched.network().layers().size(); ++layer) {
        if (asked.matches(searched, int(layer)))
            names.insert(searched.network().layers()[layer].name);
    }
    return names;
}

void LayerQueryTest::findsWhatItAsksFor_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("sample"); // one layer that is found
    QTest::addColumn<QString>("other"); // one that is not
    QTest::addColumn<int>("count"); // -1 = not counted here
    const auto add = [](const char *query, const char *sample, const char *other, int count) {
        QTest::newRow(query) << QString::fromUtf8(query) << sample << other << count;
    };
    add("downsample.0", "layer2.0.downsample.0", "fc", 3);
    add("DOWNSAMPLE.0", "layer4.0.downsample.0", "fc", 3);
    add("\"downsample.0\"", "layer2.0.downsample.0", "fc", 3);
    add("batchnorm2d", "bn1", "conv1", 20);
    add("normalization", "bn1", "conv1", 20);
    add("*.bn?", "layer1.0.bn2", "bn1", 16);
    add("linear", "fc", "conv1", 1);
    add("512×7×7", "layer4.1.bn2", "layer3.1.bn2", -1);
    add("512 x 7", "layer4.1.bn2", "layer3.1.bn2", -1);
    add("?x7x7", "layer4.1.bn2", "layer3.1.bn2", -1);
    add("10", "fc", "layer2.0.conv1", 1);
    // 512 · 512 · 9 weights; 256 · 512 · 9 makes 1.18 M.
    add(">2M", "layer4.1.conv1", "layer4.0.conv1", 3);
    add("params>2e6", "layer4.1.conv1", "layer4.0.conv1", 3);
    add("params > 2 M", "layer4.1.conv1", "layer4.0.conv1", 3);
    add("parameters<=128 batchnorm", "layer1.0.bn1", "layer2.0.bn1", 5);
    add("=5.13k", "fc", "conv1", 1);
    add("macs>=118M conv1", "conv1", "layer1.0.conv2", -1);
    add("memory>3.2MB", "conv1", "maxpool", 3);
    add("factor<1", "fc", "conv1", 1);
    add("frozen conv", "conv1", "layer2.0.conv1", 5);
    add("trainable", "fc", "conv1", -1);
    add("conv -frozen", "layer2.0.conv1", "conv1", 15);
    add("fc, maxpool", "maxpool", "conv1", 2);
    add("layer1.0 .conv2, fc", "layer1.0.conv2", "layer1.0.conv1", 2);
}

void LayerQueryTest::findsWhatItAsksFor()
{
    QFETCH(QString, query);
    QFETCH(QString, sample);
    QFETCH(QString, other);
    QFETCH(int, count);
    const std::set<std::string> names = found(query);
    QVERIFY2(names.contains(sample.toStdString()), qPrintable(sample));
    QVERIFY2(!names.contains(other.toStdString()), qPrintable(other));
    if (count >= 0)
        QCOMPARE(int(names.size()), count);
}

void LayerQueryTest::nothingAskedFindsNothing()
{
    for (const char *query : {"", "  ", ",", " , ,", "\"\"", "-"}) {
        if (QLatin1String(query) != QLatin1String("-"))
            QVERIFY2(LayerQuery(query).isEmpty(), query);
        QVERIFY2(found(query).empty(), query);
    }
}

void LayerQueryTest::strangeTextDoesNoHarm()
{
    for (const char *query : {"[", "*[", "((", "\"open", ">", "params>", "99999999999999999999", "1e999x2", ">1e999", "x", "\\", "--", "?"})
        QVERIFY(found(QString::fromUtf8(query)).size() <= tree().network().layers().size());
    QCOMPARE(found("params>abc").size(), std::size_t(0));
    QCOMPARE(found("depth>3").size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(LayerQueryTest)
#include "layerquerytest.moc"
