#include "cli/clirun.h"
#include "formats/format.h"
#include "gallery/loopbackserver.h"
#include "gallery/publishedweights.h"
#include "nn/model.h"
#include "support/shareddata.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// The command line's gallery, with a cache of its own and a server on the loopback address in the place of the real one.
class GalleryCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_CACHE_HOME", m_folder.path().toUtf8());
        qputenv("GRAFT_WEIGHTS_MIRROR", QByteArray::fromStdString(m_server.address()));
        ModelPackage package;
        package.network = networkOf(findWeights("squeezenet1_1").value()).value();
        package.weights = initialWeights(package.network, 1).value();
        QVERIFY(writeModel(path("own.pth").toStdString(), "pth", package).has_value());
    }

    void listSaysWhatThereIs()
    {
        const CliRun table = runCli({"gallery"});
        QCOMPARE(table.exitCode, 0);
        QVERIFY(table.output.contains("resnet50:IMAGENET1K_V2"));
        const CliRun json = runCli({"gallery", "--json"});
        QCOMPARE(json.lines().size(), qsizetype(publishedWeights().size()));
        for (const QJsonObject &line : json.lines())
            if (line["architecture"] == "resnet50" && line["weights"] == "IMAGENET1K_V1") {
                QCOMPARE(line["top1"].toDouble(), 76.13); // as torchvision publishes them
                QCOMPARE(line["parameters"].toInteger(), 25'557'032);
                QCOMPARE(line["multiplyAdds"].toInteger(), 4'089'184'256);
                QCOMPARE(line["licence"].toString(), "BSD-3-Clause");
                QCOMPARE(line["cached"].toBool(), false);
            }
    }

    void wrongFileFromTheServerIsRefusedInOneSentence()
    {
        for (const QStringList &arguments : {QStringList{"gallery", "download", "squeezenet1_1", "--json"},
                 QStringList{"export", "--model", "squeezenet1_1", "--format", "pth", "--out", path("never.pth"), "--json"}}) {
            const CliRun run = runCli(arguments);
            QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
            QCOMPARE(run.last()["code"].toString(), "fileCorrupt");
            QVERIFY(run.errors.contains("b8a52dc0"));
        }
        QVERIFY(!QFile::exists(path("never.pth")));
    }

    void unreachableServerIsSaidInOneSentence()
    {
        qputenv("GRAFT_WEIGHTS_MIRROR", "http://127.0.0.1:9/");
        const CliRun run = runCli({"gallery", "download", "resnet18", "--json"});
        qputenv("GRAFT_WEIGHTS_MIRROR", QByteArray::fromStdString(m_server.address()));
        QVERIFY2(run.failedWithOneSentence(), qPrintable(run.errors));
        QCOMPARE(run.last()["code"].toString(), "unreachable");
        QVERIFY(run.errors.contains("https://download.pytorch.org/models/resnet18-f37072fd.pth"));
        QVERIFY(run.errors.contains("graft-cli gallery adopt resnet18:IMAGENET1K_V1"));
    }

    void inspectNeedsNoDownload()
    {
        const auto asked = m_server.requests().size();
        const CliRun run = runCli({"inspect", "resnet50", "--json"});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.last()["totals"].toObject()["parameters"].toInteger(), 25'557'032);
        QCOMPARE(runCli({"inspect", "resnet50:IMAGENET1K_V9"}).exitCode, 1);
        QCOMPARE(m_server.requests().size(), asked);
    }

    void adoptedFileIsUsedUnderItsName()
    {
        const CliRun adopted = runCli({"gallery", "adopt", "squeezenet1_1", path("own.pth"), "--json"});
        QVERIFY2(adopted.exitCode == 0, qPrintable(adopted.errors));
        QVERIFY(adopted.errors.contains("own.pth"));
        QVERIFY(QFile::exists(adopted.last()["file"].toString()));
        const auto asked = m_server.requests().size();
        QImage picture(300, 260, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        QVERIFY(picture.save(path("green.png")));
        const CliRun prediction = runCli({"predict", "--model", "squeezenet1_1", path("green.png"), "--json", "--device", "cpu"});
        QVERIFY2(prediction.exitCode == 0, qPrintable(prediction.errors));
        const std::string first = prediction.last()["top"].toArray().first().toObject()["class"].toString().toStdString();
        QVERIFY2(std::ranges::count(imageNetClassNames(), first) > 0, first.c_str());
        const CliRun exported
            = runCli({"export", "--model", "squeezenet1_1:IMAGENET1K_V1", "--format", "safetensors", "--out", path("out.safetensors")});
        QVERIFY2(exported.exitCode == 0, qPrintable(exported.errors));
        const auto package = readModel(path("out.safetensors").toStdString());
        QVERIFY(package.has_value());
        QCOMPARE(package->classNames, imageNetClassNames());
        QCOMPARE(package->licence, "BSD-3-Clause");
        QVERIFY(package->origin.starts_with("squeezenet1_1:IMAGENET1K_V1"));
        QCOMPARE(m_server.requests().size(), asked);
        QCOMPARE(runCli({"gallery", "remove", "squeezenet1_1"}).exitCode, 0);
        QVERIFY(!QFile::exists(adopted.last()["file"].toString()));
    }

    void wrongUsageEndsWithTwo()
    {
        QCOMPARE(runCli({"gallery", "download"}).exitCode, 2);
        QCOMPARE(runCli({"gallery", "fetch"}).exitCode, 2);
        QVERIFY(runCli({"gallery", "download", "resnet51"}).failedWithOneSentence());
        QVERIFY(runCli({"gallery", "adopt", "resnet18", path("none.pth")}).failedWithOneSentence());
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    LoopbackServer m_server{
        [](const auto &request, QTcpSocket &socket) { LoopbackServer::serve(request, socket, QByteArray(500'000, 'x'), "\"x\""); }};
};

QTEST_GUILESS_MAIN(GalleryCommandTest)
#include "gallerycommandtest.moc"
