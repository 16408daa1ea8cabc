#include "graph/analysis.h"
#include "architectures/architecture.h"
#include "graph/limits.h"
#include "support/smallnetworks.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>

using namespace graft;
using namespace smallnetworks;

class AnalysisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shapeErrorsReadAsPeopleSpeak_data();
    void shapeErrorsReadAsPeopleSpeak();
    void aLayerBehindABrokenOneIsNotJudged();
    void costsAreThePublishedOnes_data();
    void costsAreThePublishedOnes();
    void countsFollowTheDefinition();
    void frontierIsTheLargestPartThatNoTrainableLayerFeeds();
    void liveDropoutEndsTheFrontier();
    void giantSizesAreRefused_data();
    void giantSizesAreRefused();
    void badAttributesAreRefused_data();
    void badAttributesAreRefused();
    void analysisIsFastEnoughForEveryClick();
};

void AnalysisTest::shapeErrorsReadAsPeopleSpeak_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("linear") << "fc"
                            << "in_features" << qint64{512} << "Linear `fc` expects 512 features, gets 8 from `avgpool`.";
    QTest::newRow("convolution") << "layer1.0.conv1"
                                 << "in_channels" << qint64{64} << "Conv2d `layer1.0.conv1` expects 64 channels, gets 8 from `relu`.";
    QTest::newRow("norm") << "bn1"
                          << "num_features" << qint64{4} << "BatchNorm2d `bn1` expects 4 channels, gets 8 from `conv1`.";
    QTest::newRow("groups") << "conv1"
                            << "groups" << qint64{5} << "Conv2d `conv1` has 3 input and 8 output channels, which 5 groups do not divide.";
}

void AnalysisTest::shapeErrorsReadAsPeopleSpeak()
{
    QFETCH(QString, layer);
    QFETCH(QString, attribute);
    QFETCH(qint64, value);
    QFETCH(QString, sentence);
    Network network = residual();
    network.find(network.find(layer.toStdString())->id)->attributes[attribute.toStdString()] = std::int64_t{value};
    const auto result = analyse(network);
    QVERIFY(!result);
    QCOMPARE(QString::fromStdString(result.error().message), sentence);
    QCOMPARE(QString::fromStdString(result.error().subject), layer);
}

void AnalysisTest::aLayerBehindABrokenOneIsNotJudged()
{
    Network network = residual();
    QVERIFY(problems(network).empty());
    network.find(network.find("bn1")->id)->attributes["num_features"] = std::int64_t{5};
    network.find(network.find("fc")->id)->attributes["in_features"] = std::int64_t{5};
    QCOMPARE(problems(network).size(), std::size_t{1});
    network.setOutput(LayerId{99});
    QCOMPARE(problems(network).front().code, ErrorCode::NetworkInvalid);
    QVERIFY(!problems(Network()).empty());
}

void AnalysisTest::costsAreThePublishedOnes_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<double>("gigaMultiplyAdds");
    QTest::addColumn<qint64>("parameters");
    // torchvision's documentation of its weights: GFLOPS (multiply-adds) and num_params.
    QTest::newRow("resnet18") << "resnet18" << 1.81 << qint64{11689512};
    QTest::newRow("resnet50") << "resnet50" << 4.09 << qint64{25557032};
    QTest::newRow("mobilenet_v2") << "mobilenet_v2" << 0.30 << qint64{3504872};
    QTest::newRow("mobilenet_v3_large") << "mobilenet_v3_large" << 0.22 << qint64{5483032};
    QTest::newRow("vgg16") << "vgg16" << 15.47 << qint64{138357544};
    QTest::newRow("squeezenet1_1") << "squeezenet1_1" << 0.35 << qint64{1235496};
    QTest::newRow("alexnet") << "alexnet" << 0.71 << qint64{61100840};
}

void AnalysisTest::costsAreThePublishedOnes()
{
    QFETCH(QString, architecture);
    QFETCH(double, gigaMultiplyAdds);
    QFETCH(qint64, parameters);
    const Architecture *found = architectures().find(architecture.toStdString());
    QVERIFY(found);
    const auto result = analyse(found->build(1000));
    QVERIFY2(result, result ? "" : result.error().message.c_str());
    QCOMPARE(result->parameters, std::int64_t{parameters});
    const double cost = static_cast<double>(result->multiplyAdds) / 1e9;
    QVERIFY2(std::abs(cost - gigaMultiplyAdds) <= 0.011, qPrintable(QString::number(cost)));
}

void AnalysisTest::countsFollowTheDefinition()
{
    Network network = residual(10, 16);
    network.find(network.find("conv1")->id)->frozen = true;
    const auto result = analyse(network).value();
    // conv1 3·8·9, two BatchNorms of 2·8, layer1.0.conv1 8·8·9, fc 8·10 + 10; buffers are no parameters.
    QCOMPARE(result.parameters, std::int64_t{216 + 16 + 576 + 16 + 90});
    QCOMPARE(result.trainableParameters, std::int64_t{16 + 576 + 16 + 90});
    QCOMPARE(result.multiplyAdds, std::int64_t{(216 + 576) * 16 * 16 + 80});
    QCOMPARE(result.find(network.find("fc")->id)->outputShape, Shape{10});
    QVERIFY(!result.find(LayerId{99}));
}

void AnalysisTest::frontierIsTheLargestPartThatNoTrainableLayerFeeds()
{
    Network network = residual();
    const auto before = [&](const char *name) -> bool {
        return beforeFrontier(network)[static_cast<std::size_t>(network.find(name) - network.layers().data())];
    };
    QVERIFY(before("input") && !before("conv1") && !before("relu"));
    for (const char *name : {"conv1", "bn1", "layer1.0.bn1"})
        network.find(network.find(name)->id)->frozen = true;
    // layer1.0.bn1 is frozen, but a trainable layer feeds it.
    QVERIFY(before("conv1") && before("bn1") && before("relu"));
    QVERIFY(!before("layer1.0.conv1") && !before("layer1.0.bn1") && !before("layer1.0.add"));
    network.find(network.find("layer1.0.conv1")->id)->frozen = true;
    QVERIFY(before("layer1.0.add") && before("flatten") && !before("fc"));
}

void AnalysisTest::liveDropoutEndsTheFrontier()
{
    Network network = convolutionalHead();
    network.find(network.find("features.0")->id)->frozen = true;
    const auto index = static_cast<std::size_t>(network.find("classifier.0") - network.layers().data());
    QVERIFY(!beforeFrontier(network)[index]);
    network.find(network.find("classifier.0")->id)->frozen = true;
    QVERIFY(beforeFrontier(network)[index]);
}

void AnalysisTest::giantSizesAreRefused_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QList<qint64>>("value");
    const qint64 most = maximumDimension;
    QTest::newRow("input") << "input"
                           << "shape" << QList<qint64>{3, most, most};
    QTest::newRow("kernel") << "conv1"
                            << "kernel_size" << QList<qint64>{most, most};
    QTest::newRow("padding") << "conv1"
                             << "padding" << QList<qint64>{most, most};
    QTest::newRow("dilation") << "conv1"
                              << "dilation" << QList<qint64>{most, most};
    QTest::newRow("pool") << "avgpool"
                          << "output_size" << QList<qint64>{most, most};
    QTest::newRow("beyond") << "avgpool"
                            << "output_size" << QList<qint64>{INT64_MAX, INT64_MAX};
    QTest::newRow("negative") << "conv1"
                              << "stride" << QList<qint64>{-1, 1};
    QTest::newRow("zero") << "conv1"
                          << "stride" << QList<qint64>{0, 1};
    QTest::newRow("empty") << "conv1"
                           << "stride" << QList<qint64>{};
    QTest::newRow("long") << "conv1"
                          << "stride" << QList<qint64>{1, 1, 1};
}

void AnalysisTest::giantSizesAreRefused()
{
    QFETCH(QString, layer);
    QFETCH(QString, attribute);
    QFETCH(QList<qint64>, value);
    Network network = residual();
    network.find(network.find(layer.toStdString())->id)->attributes[attribute.toStdString()] = Ints(value.begin(), value.end());
    const auto result = analyse(network);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::AttributeInvalid || result.error().code == ErrorCode::ShapeMismatch);
    QVERIFY(result.error().message.ends_with('.'));
}

void AnalysisTest::badAttributesAreRefused_data()
{
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<int>("kind");
    QTest::newRow("unknown") << "colour" << 0;
    QTest::newRow("text for a number") << "out_channels" << 1;
    QTest::newRow("number for a flag") << "bias" << 0;
    QTest::newRow("missing") << "in_channels" << 2;
}

void AnalysisTest::badAttributesAreRefused()
{
    QFETCH(QString, attribute);
    QFETCH(int, kind);
    Network network = residual();
    auto &attributes = network.find(network.find("conv1")->id)->attributes;
    const std::string name = attribute.toStdString();
    if (kind == 2)
        attributes.erase(name);
    else
        attributes[name] = kind == 0 ? AttributeValue(std::int64_t{1}) : AttributeValue(std::string("many"));
    const auto result = analyse(network);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::AttributeInvalid);
    QVERIFY(result.error().message.find('`' + name + '`') != std::string::npos);
}

void AnalysisTest::analysisIsFastEnoughForEveryClick()
{
    const Architecture *largest = architectures().find("mobilenet_v3_large");
    QVERIFY(largest);
    const Network network = largest->build(1000);
    double best = 1e9;
    for (int repetition = 0; repetition < 20; ++repetition) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(analyse(network));
        best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    qInfo("%.3f ms", best);
    // 1 ms in a release build; leave room for sanitizers.
    QVERIFY(best < 20);
}

QTEST_GUILESS_MAIN(AnalysisTest)
#include "analysistest.moc"
