#include "architectures/architecture.h"
#include "formats/format.h"
#include "formats/support/readinto.h"
#include "gallery/speed.h"
#include "gallery/weightscache.h"
#include "graph/analysis.h"
#include "nn/model.h"
#include "support/shareddata.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

class PublishedWeightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("GRAFT_WEIGHTS_MIRROR", "http://127.0.0.1:9/"); } // no test reaches a real host

    void everyLineIsSound_data();
    void everyLineIsSound();
    void tableAgreesWithTorchvision();
    void everyNetworkIsKnownAndHasThePublishedParameters_data();
    void everyNetworkIsKnownAndHasThePublishedParameters();
    void defaultIsTorchvisionsNewest_data();
    void defaultIsTorchvisionsNewest();
    void unknownWeightsListTheChoices();
    void classNamesAreImageNets();
    void cacheLiesWhereTheDesktopKeepsCaches();
    void ownFileWithOtherChecksumIsTakenWithARemark();
    void ownFileOfAnotherNetworkIsRefused();
    void realWeightsOpenWithNamesAndLicence();
    void fileIsReadIntoAKnownNetwork();
    void speedIsMeasuredAndCanBeStopped();
};

void PublishedWeightsTest::everyLineIsSound_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < allPublishedWeights().size(); ++i)
        QTest::newRow(allPublishedWeights()[i].reference().c_str()) << int(i);
}

void PublishedWeightsTest::everyLineIsSound()
{
    QFETCH(int, index);
    const PublishedWeights &weights = allPublishedWeights()[std::size_t(index)];
    static QSet<QString> references, files;
    for (auto &[seen, text] : {std::pair(&references, weights.reference()), {&files, weights.fileName()}}) {
        QVERIFY(!seen->contains(QString::fromStdString(text)));
        seen->insert(QString::fromStdString(text));
    }
    QVERIFY(weights.address.starts_with("https://"));
    QVERIFY(weights.fileName().find_first_of("/?#\\") == std::string::npos && weights.fileName().size() > 5);
    QVERIFY(QRegularExpression("^[0-9a-f]{8,64}$").match(QString::fromStdString(weights.checksum)).hasMatch());
    QVERIFY(weights.aboutBytes >= weights.parameters * 4);
    QVERIFY(weights.top1 > 50 && weights.top1 < weights.top5 && weights.top5 < 100);
    QVERIFY(!weights.licence.empty() && !weights.source.empty());
    QVERIFY(weights.preprocessing.crop >= 224 && weights.preprocessing.resize >= weights.preprocessing.crop);
    QVERIFY(weights.preprocessing.interpolation == "bilinear" || weights.preprocessing.interpolation == "bicubic");
}

void PublishedWeightsTest::tableAgreesWithTorchvision()
{
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(GRAFT_PYTHON, {"-c", "import torchvision; print(torchvision.__version__)"});
    python.waitForFinished(60'000);
    if (!python.readAllStandardOutput().startsWith("0.14"))
        QSKIP("needs Python's torchvision 0.14");
    python.start(GRAFT_PYTHON, {GRAFT_SOURCE_DIR "/engine/gallery/make_table.py", "--check"});
    QVERIFY(python.waitForFinished(100'000));
    const QByteArray said = python.readAllStandardOutput();
    QVERIFY2(python.exitCode() == 0, said);
    QVERIFY2(said.contains("weights agree"), said);
}

void PublishedWeightsTest::everyNetworkIsKnownAndHasThePublishedParameters_data()
{
    everyLineIsSound_data();
}

void PublishedWeightsTest::everyNetworkIsKnownAndHasThePublishedParameters()
{
    QFETCH(int, index);
    const PublishedWeights &weights = allPublishedWeights()[std::size_t(index)];
    QVERIFY(architectures().find(weights.architecture));
    const auto network = networkOf(weights);
    QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
    const auto analysis = analyse(*network);
    QVERIFY2(analysis.has_value(), analysis ? "" : analysis.error().message.c_str());
    QCOMPARE(analysis->parameters, weights.parameters);
    QVERIFY(analysis->multiplyAdds > 0);
    QCOMPARE(network->inputShape(), (Shape{3, weights.preprocessing.crop, weights.preprocessing.crop}));
    QCOMPARE(classCount(*network), 1000);
}

void PublishedWeightsTest::defaultIsTorchvisionsNewest_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("only one") << "resnet18"
                              << "resnet18:IMAGENET1K_V1";
    QTest::newRow("newer recipe") << "resnet50"
                                  << "resnet50:IMAGENET1K_V2";
    QTest::newRow("said aloud") << "resnet50:DEFAULT"
                                << "resnet50:IMAGENET1K_V2";
    QTest::newRow("older one by name") << "resnet50:IMAGENET1K_V1"
                                       << "resnet50:IMAGENET1K_V1";
    QTest::newRow("own before SWAG's") << "regnet_y_16gf"
                                       << "regnet_y_16gf:IMAGENET1K_V2";
    QTest::newRow("SWAG's only") << "regnet_y_128gf"
                                 << "regnet_y_128gf:IMAGENET1K_SWAG_E2E_V1";
}

void PublishedWeightsTest::defaultIsTorchvisionsNewest()
{
    QFETCH(QString, reference);
    QFETCH(QString, wanted);
    const auto weights = findWeights(reference.toStdString());
    QVERIFY2(weights.has_value(), weights ? "" : weights.error().message.c_str());
    QCOMPARE(QString::fromStdString(weights->reference()), wanted);
}

void PublishedWeightsTest::unknownWeightsListTheChoices()
{
    const auto weights = findWeights("resnet50:IMAGENET1K_V9");
    QCOMPARE(weights.error().code, ErrorCode::SettingInvalid);
    QVERIFY(weights.error().message.find("resnet50:IMAGENET1K_V1, resnet50:IMAGENET1K_V2") != std::string::npos);
    QCOMPARE(findWeights("resnet51").error().code, ErrorCode::SettingInvalid);
    QCOMPARE(findWeights("").error().code, ErrorCode::SettingInvalid);
}

void PublishedWeightsTest::classNamesAreImageNets()
{
    QCOMPARE(imageNetClassNames().size(), 1000);
    QCOMPARE(imageNetClassNames().front(), "tench");
    QCOMPARE(imageNetClassNames()[281], "tabby");
    QCOMPARE(imageNetClassNames().back(), "toilet tissue");
}

void PublishedWeightsTest::cacheLiesWhereTheDesktopKeepsCaches()
{
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    qputenv("XDG_CACHE_HOME", "/somewhere/cache");
    QCOMPARE(weightsFolder(), std::filesystem::path("/somewhere/cache/graft/weights"));
    qputenv("XDG_CACHE_HOME", "relative");
    QCOMPARE(weightsFolder(), std::filesystem::path(qgetenv("HOME").toStdString()) / ".cache/graft/weights");
    qputenv("XDG_CACHE_HOME", before);
}

void PublishedWeightsTest::ownFileWithOtherChecksumIsTakenWithARemark()
{
    QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.filePath("weights").toStdString(),
                                file = temporary.filePath("mine.safetensors").toStdString();
    const PublishedWeights weights = findWeights("squeezenet1_1").value();
    ModelPackage package;
    package.network = networkOf(weights).value();
    package.weights = initialWeights(package.network, 1).value();
    QVERIFY(writeModel(file, "safetensors", package).has_value());
    const auto adopted = adopt(weights, file, folder, {});
    QVERIFY2(adopted.has_value(), adopted ? "" : adopted.error().message.c_str());
    QVERIFY2(adopted->remark.find("mine.safetensors") != std::string::npos, adopted->remark.c_str());
    QVERIFY(adopted->remark.find(weights.checksum) != std::string::npos);
    const auto opened = openPublished(weights, folder, {}, {}); // from the cache: nothing listens at the mirror
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    QVERIFY(opened->origin.find("mine.safetensors") != std::string::npos);
    QCOMPARE(opened->classNames, imageNetClassNames());
    QVERIFY(removeCached(weights, folder).has_value());
    QVERIFY(!cachedFile(weights, folder));
    QCOMPARE(remarkOf(weights, folder), "");
}

void PublishedWeightsTest::ownFileOfAnotherNetworkIsRefused()
{
    QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.filePath("weights").toStdString(), file = temporary.filePath("mine.pth").toStdString();
    ModelPackage package;
    package.network = networkOf(findWeights("squeezenet1_0").value()).value();
    package.weights = initialWeights(package.network, 1).value();
    QVERIFY(writeModel(file, "pth", package).has_value());
    const auto adopted = adopt(findWeights("squeezenet1_1").value(), file, folder, {});
    QCOMPARE(adopted.error().code, ErrorCode::WeightsMismatch);
    QVERIFY2(adopted.error().message.find("squeezenet1_0") != std::string::npos, adopted.error().message.c_str());
    const auto missing = adopt(findWeights("squeezenet1_1").value(), folder / "none.pth", folder, {});
    QCOMPARE(missing.error().code, ErrorCode::FileNotFound);
}

void PublishedWeightsTest::realWeightsOpenWithNamesAndLicence()
{
    const auto shared = sharedData();
    if (!shared)
        QSKIP("needs the shared weights");
    QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.filePath("weights").toStdString();
    const PublishedWeights weights = findWeights("squeezenet1_1").value();
    const auto adopted = adopt(weights, *shared / "weights/squeezenet1_1/squeezenet1_1_imagenet_f32.pth", folder, {});
    QVERIFY2(adopted.has_value(), adopted ? "" : adopted.error().message.c_str());
    const auto package = openPublished(weights, folder, {}, {});
    QVERIFY2(package.has_value(), package ? "" : package.error().message.c_str());
    QCOMPARE(package->licence, "BSD-3-Clause");
    QCOMPARE(package->preprocessing, weights.preprocessing);
    QVERIFY(package->origin.starts_with("squeezenet1_1:IMAGENET1K_V1 (torchvision)"));
}

void PublishedWeightsTest::fileIsReadIntoAKnownNetwork()
{
    QTemporaryDir temporary;
    const std::filesystem::path file = temporary.filePath("own.pth").toStdString();
    ModelPackage package;
    package.network = networkOf(findWeights("squeezenet1_1").value()).value();
    package.weights = initialWeights(package.network, 1).value();
    QVERIFY(writeModel(file, "pth", package).has_value());
    const auto same = readInto(package.network, file);
    QVERIFY2(same.has_value(), same ? "" : same.error().message.c_str());
    QCOMPARE(same->network, package.network);
    QVERIFY(same->weights == package.weights);
    const auto other = readInto(networkOf(findWeights("squeezenet1_0").value()).value(), file);
    QCOMPARE(other.error().code, ErrorCode::WeightsMismatch);
}

void PublishedWeightsTest::speedIsMeasuredAndCanBeStopped()
{
    const Network network = networkOf(findWeights("squeezenet1_1").value()).value();
    const auto speed = measureSpeed(network, Device(), 1, {});
    QVERIFY2(speed.has_value(), speed ? "" : speed.error().message.c_str());
    QVERIFY2(*speed > 0.5 && *speed < 1e5, qPrintable(QString::number(*speed)));
    const Cancellation cancellation;
    cancellation.request();
    QCOMPARE(measureSpeed(network, Device(), 1, cancellation).error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(PublishedWeightsTest)
#include "publishedweightstest.moc"
