#include "formats/torchgraphs.h"
#include "nn/torchmodel.h"

#include <QTemporaryDir>

using namespace graft;
using namespace torchgraphs;

namespace {

const QStringList families = {"alexnet", "vgg", "resnet", "squeezenet", "densenet", "googlenet", "inception", "mobilenet_v2",
    "mobilenet_v3", "shufflenet", "mnasnet", "efficientnet", "efficientnet_v2", "regnet", "convnext", "vit", "swin", "odd"};

} // namespace

/// TorchScript files that Python wrote, traced and scripted, against what PyTorch makes of the same modules.
class TorchScriptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyFamilyOpensAndGivesPythonsLogits_data();
    void everyFamilyOpensAndGivesPythonsLogits();
    void everyParameterLearns_data();
    void everyParameterLearns();
    void modulesBecomeBlocksAndFunctionsBearTorchFxsNames();
    void aModuleUsedTwiceStaysTied();

private:
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void TorchScriptTest::initTestCase()
{
    QVERIFY(runPython("make_torchscript.py", QStringList{m_folder.path()} + families));
}

void TorchScriptTest::everyFamilyOpensAndGivesPythonsLogits_data()
{
    QTest::addColumn<QString>("family");
    for (const QString &family : families)
        for (const char *kind : {"traced", "scripted"})
            QTest::newRow(qPrintable(family + "-" + kind)) << family;
}

void TorchScriptTest::everyFamilyOpensAndGivesPythonsLogits()
{
    QFETCH(QString, family);
    const Reference expected = reference(m_folder.path(), family);
    const auto package = readModel(path(QString(QTest::currentDataTag()) + ".pt"));
    QVERIFY2(package, qPrintable(messageOf(package)));
    QVERIFY2(opaqueSteps(*package).isEmpty() || opaqueSteps(*package).contains("outputs"), qPrintable(opaqueSteps(*package)));
    QCOMPARE(differentNames(*package, expected), family == "odd" ? QString("+shared_1.weight +shared_1.bias ") : QString());
    for (const int pictures : {3, 1}) {
        const double difference = largestDifference(*package, expected, pictures);
        QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
    }
}

void TorchScriptTest::everyParameterLearns_data()
{
    QTest::addColumn<int>("pixels");
    for (const QString &family : families)
        QTest::newRow(qPrintable(family)) << (family == "vit" || family == "swin" ? 224 : family == "inception" ? 139 : 96);
}

void TorchScriptTest::everyParameterLearns()
{
    QFETCH(int, pixels);
    const auto package = readModel(path(QString(QTest::currentDataTag()) + "-scripted.pt"));
    QVERIFY2(package, qPrintable(messageOf(package)));
    const auto model = TorchModel::create(resized(package->network, {2, 3, pixels, pixels}), package->weights, Device());
    QVERIFY(model);
    at::manual_seed(3);
    const at::Tensor logits = model->forward(at::randn({2, 3, pixels, pixels}), TorchModel::Mode::Training);
    (logits * at::randn_like(logits)).sum().backward();
    for (const auto &entry : model->tensors())
        if (!entry.isBuffer)
            QVERIFY2(entry.tensor.grad().defined(), entry.name.c_str());
}

void TorchScriptTest::modulesBecomeBlocksAndFunctionsBearTorchFxsNames()
{
    const auto package = readModel(path("resnet-scripted.pt"));
    QVERIFY2(package, qPrintable(messageOf(package)));
    for (const char *name :
        {"layer1.0.conv1", "layer1.0.relu", "layer1.0.relu_1", "layer1.0.relu_2", "layer1.0.add", "layer1.1.add", "flatten", "fc"})
        QVERIFY2(package->network.find(name), name);
}

void TorchScriptTest::aModuleUsedTwiceStaysTied()
{
    const auto package = readModel(path("odd-traced.pt"));
    QVERIFY2(package, qPrintable(messageOf(package)));
    QCOMPARE(package->network.tiedTensors.at("shared_1.weight"), std::string("shared.weight"));
}

QTEST_GUILESS_MAIN(TorchScriptTest)
#include "torchscripttest.moc"
