#include "core/files.h"
#include "formats/torchgraphs.h"

#include <QTemporaryDir>
#include <fstream>
#include <random>

using namespace graft;
using namespace torchgraphs;

namespace {

const QStringList families = {"alexnet", "vgg", "resnet", "squeezenet", "densenet", "googlenet", "mobilenet_v2", "mobilenet_v3",
    "shufflenet", "mnasnet", "efficientnet", "efficientnet_v2", "regnet", "convnext"};

} // namespace

/// torch.export archives, written by make_torchexport.py as their schema describes them, against what PyTorch makes of the same modules.
class TorchExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyFamilyOpensAndGivesPythonsLogits_data();
    void everyFamilyOpensAndGivesPythonsLogits();
    void aDamagedArchiveIsRefusedInASentence();

private:
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void TorchExportTest::initTestCase()
{
    QVERIFY(runPython("make_torchexport.py", QStringList{m_folder.path()} + families));
}

void TorchExportTest::everyFamilyOpensAndGivesPythonsLogits_data()
{
    QTest::addColumn<QString>("family");
    for (const QString &family : families)
        for (const char *kind : {"raw", "older"})
            QTest::newRow(qPrintable(family + "-" + kind)) << family;
}

void TorchExportTest::everyFamilyOpensAndGivesPythonsLogits()
{
    QFETCH(QString, family);
    const Reference expected = reference(m_folder.path(), family);
    const auto package = readModel(path(QString(QTest::currentDataTag()) + ".pt2"));
    QVERIFY2(package, qPrintable(messageOf(package)));
    QVERIFY2(opaqueSteps(*package).isEmpty(), qPrintable(opaqueSteps(*package)));
    QCOMPARE(differentNames(*package, expected), QString());
    for (const int pictures : {3, 1}) {
        const double difference = largestDifference(*package, expected, pictures);
        QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
    }
}

void TorchExportTest::aDamagedArchiveIsRefusedInASentence()
{
    const auto whole = readText(path("shufflenet-raw.pt2")).value();
    std::mt19937 random(7);
    int refused = 0;
    for (int round = 0; round < 60; ++round) {
        std::string text = whole;
        // In the graph's JSON, near the start, and in the zip's directory, at the end.
        const std::size_t place = round % 2 == 0 ? random() % 100'000 : text.size() - 1 - random() % 20'000;
        text[place] = static_cast<char>(random() % 256);
        std::ofstream(path("damaged.pt2"), std::ios::binary | std::ios::trunc)
            .write(text.data(), static_cast<std::streamsize>(text.size()));
        const auto package = readModel(path("damaged.pt2"));
        refused += !package;
        QVERIFY(package || package.error().message.ends_with('.'));
    }
    QVERIFY(refused > 0);
}

QTEST_GUILESS_MAIN(TorchExportTest)
#include "torchexporttest.moc"
