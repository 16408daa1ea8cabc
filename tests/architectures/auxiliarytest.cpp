#include <ATen/core/grad_mode.h>
#include <QTest>

#include "architectures/architecture.h"
#include "architectures/weightspool.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "nn/model.h"
#include "training/learner.h"

#include <QProcess>
#include <QTemporaryDir>
#include <cmath>

using namespace graft;

namespace {

/// BatchNorm over three pictures magnifies rounding: PyTorch's own float32 is as far from its float64, which the reference is.
constexpr double Tolerance = 5e-4;
constexpr double GradientTolerance = 5e-2;

std::vector<float> floats(const at::Tensor &tensor)
{
    const at::Tensor flat = tensor.detach().to(at::kFloat).contiguous().flatten();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

/// max |a − b| over max |b|.
double relativeDifference(std::span<const float> ours, const std::vector<float> &theirs)
{
    double difference = 0, largest = 0;
    for (std::size_t index = 0; index < theirs.size(); ++index) {
        difference = std::max(difference, std::abs(static_cast<double>(ours[index]) - theirs[index]));
        largest = std::max(largest, std::abs(static_cast<double>(theirs[index])));
    }
    return std::isfinite(difference) && largest > 0 ? difference / largest : INFINITY;
}

/// The architecture for pictures of that size, without dropout.
Network quietNetwork(const std::string &architecture, const Shape &batch)
{
    Network network = architectures().find(architecture)->build(1000);
    const std::vector<Layer> layers = network.layers();
    network.find(layers.front().id)->attributes["shape"] = Shape(batch.begin() + 1, batch.end());
    for (const Layer &layer : layers)
        if (layer.type == "Dropout")
            network.find(layer.id)->attributes["p"] = 0.0;
    return network;
}

StateDict zeros(const Network &network)
{
    StateDict weights;
    const auto expected = expectedTensors(network);
    for (const auto &[name, spec] : expected.value()) {
        const auto count = static_cast<std::size_t>(elementCount(spec.shape));
        weights.set(name,
            spec.type == DType::Int64 ? Tensor::fromInt64s(spec.shape, std::vector<std::int64_t>(count))
                                      : Tensor::fromFloats(spec.shape, std::vector<float>(count)));
    }
    return weights;
}

} // namespace

/// The auxiliary classifiers of GoogLeNet and Inception v3 in training, in evaluation, in files and under a new head.
class AuxiliaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void trainingOutputsAreTorchvisions_data() { addRows(); }
    void trainingOutputsAreTorchvisions();
    void oneStepFollowsTheWeightedSumOfLosses_data() { addRows(); }
    void oneStepFollowsTheWeightedSumOfLosses();
    void evaluationDoesNotRunThem_data() { addRows(); }
    void evaluationDoesNotRunThem();
    void frozenTrunksLeaveThemAlone_data() { addRows(); }
    void frozenTrunksLeaveThemAlone();
    void aNewHeadGivesThemItsSize_data() { addRows(); }
    void aNewHeadGivesThemItsSize();
    void filesAreRecognisedWithAndWithoutThem_data() { addRows(); }
    void filesAreRecognisedWithAndWithoutThem();
    void theyStayInASavedModel();

private:
    static void addRows();
    [[nodiscard]] nlohmann::json reference() const;

    QTemporaryDir m_folder;
    WeightsPool m_pool;
};

void AuxiliaryTest::initTestCase()
{
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(GRAFT_PYTHON, {GRAFT_SOURCE_DIR "/tests/architectures/auxiliary_oracle.py", m_folder.path()});
    QVERIFY2(python.waitForFinished(300'000) && python.exitCode() == 0, "the oracle needs a python3 with torch and torchvision");
    QVERIFY(m_pool.load(m_folder.filePath("pool.bin")));
}

void AuxiliaryTest::addRows()
{
    QTest::addColumn<QStringList>("classifiers");
    QTest::newRow("googlenet") << QStringList{"aux1.fc2", "aux2.fc2"};
    QTest::newRow("inception_v3") << QStringList{"AuxLogits.fc"};
}

nlohmann::json AuxiliaryTest::reference() const
{
    QFile file(m_folder.filePath(QString(QTest::currentDataTag()) + ".json"));
    return file.open(QIODevice::ReadOnly) ? nlohmann::json::parse(file.readAll().toStdString()) : nlohmann::json();
}

void AuxiliaryTest::trainingOutputsAreTorchvisions()
{
    QFETCH(QStringList, classifiers);
    const nlohmann::json theirs = reference();
    const Network network = quietNetwork(QTest::currentDataTag(), theirs["input"]["shape"]);
    const auto model = TorchModel::create(network, m_pool.weights(theirs["tensors"]), Device());
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    std::map<std::string, std::vector<float>> outputs;
    const auto keep = [&](const Layer &layer, const at::Tensor &output) {
        if (classifiers.contains(QString::fromStdString(layer.name)))
            outputs[layer.name] = floats(output);
    };
    const at::Tensor pictures = toTorch(m_pool.pictures(theirs["input"]));
    const std::vector<float> logits = floats(model->forward(pictures, TorchModel::Mode::Training, keep));
    QVERIFY(relativeDifference(logits, theirs["logits"]) <= Tolerance);
    QCOMPARE(network.auxiliaryOutputs.size(), static_cast<std::size_t>(classifiers.size()));
    for (qsizetype index = 0; index < classifiers.size(); ++index) {
        const std::string name = classifiers[index].toStdString();
        const AuxiliaryOutput &auxiliary = network.auxiliaryOutputs[static_cast<std::size_t>(index)];
        QCOMPARE(network.find(auxiliary.layer)->name, name);
        QCOMPARE(auxiliary.lossWeight, theirs["lossWeights"][static_cast<std::size_t>(index)].get<double>());
        const double difference = relativeDifference(outputs[name], theirs["auxiliary"][static_cast<std::size_t>(index)]);
        QVERIFY2(difference <= Tolerance, qPrintable(QString("%1 differs by %2").arg(classifiers[index]).arg(difference)));
    }
}

void AuxiliaryTest::oneStepFollowsTheWeightedSumOfLosses()
{
    const nlohmann::json theirs = reference();
    const Network network = quietNetwork(QTest::currentDataTag(), theirs["input"]["shape"]);
    const StateDict before = m_pool.weights(theirs["tensors"]);
    TrainingConfig config;
    config.momentum = 0;
    config.precision = "fp32";
    const auto learner = Learner::create(network, before, config);
    QVERIFY2(learner, learner ? "" : learner.error().message.c_str());
    QVERIFY((*learner)->train({m_pool.pictures(theirs["input"]), theirs["labels"]}, theirs["learningRate"], 1));
    const auto figures = (*learner)->figures(Learner::Reading::All).value();
    const SetFigures &step = figures.front().front();
    const double expectedLoss = theirs["loss"];
    QVERIFY2(std::abs(step.loss / step.samples - expectedLoss) < 1e-4 * expectedLoss, "the main loss alone");
    const StateDict after = (*learner)->weights().value();
    for (const auto &[name, change] : theirs["steps"].items()) {
        const std::vector<float> expected = change;
        std::vector<float> ours;
        for (std::size_t index = 0; index < expected.size(); ++index)
            ours.push_back(after.find(name)->floats()[index] - before.find(name)->floats()[index]);
        const double difference = relativeDifference(ours, expected);
        const bool passesNoBatchNorm = name.find("fc") != std::string::npos;
        QVERIFY2(difference <= (passesNoBatchNorm ? Tolerance : GradientTolerance),
            qPrintable(QString("%1 differs by %2").arg(name.c_str()).arg(difference)));
    }
}

void AuxiliaryTest::evaluationDoesNotRunThem()
{
    QFETCH(QStringList, classifiers);
    const nlohmann::json theirs = reference();
    const Network network = quietNetwork(QTest::currentDataTag(), theirs["input"]["shape"]);
    const StateDict weights = m_pool.weights(theirs["tensors"]);
    const auto model = TorchModel::create(network, weights, Device());
    QVERIFY(model);
    QStringList run;
    const at::Tensor picture = toTorch(m_pool.pictures(theirs["input"])).slice(0, 0, 1);
    const at::NoGradGuard noGradients;
    const auto logits = model->forward(
        picture, TorchModel::Mode::Evaluation, [&](const Layer &layer, const at::Tensor &) { run << QString::fromStdString(layer.name); });
    QVERIFY(run.filter(QRegularExpression("^(aux|Aux)")).isEmpty());
    const Network rest = withoutAuxiliary(network);
    QCOMPARE(static_cast<std::size_t>(run.size()), rest.layers().size());
    QVERIFY(rest.auxiliaryOutputs.empty());
    const auto without = TorchModel::create(rest, weights, Device());
    QVERIFY(at::equal(without->forward(picture, TorchModel::Mode::Evaluation), logits));
    const auto asked = Model::create(network, weights, Device())->intermediates(fromTorch(picture), {classifiers.front().toStdString()});
    QCOMPARE(asked.error().code, ErrorCode::NetworkInvalid);
}

void AuxiliaryTest::frozenTrunksLeaveThemAlone()
{
    const nlohmann::json theirs = reference();
    Network network = quietNetwork(QTest::currentDataTag(), theirs["input"]["shape"]);
    QVERIFY(freeze(network, "all-but-head"));
    for (const Layer &layer : network.layers())
        QVERIFY2(layer.frozen == !layer.name.starts_with("fc") || layer.type == "Dropout" || layer.type == "Flatten", layer.name.c_str());
    const auto model = TorchModel::create(network, m_pool.weights(theirs["tensors"]), Device());
    QVERIFY(model);
    const Network rest = withoutAuxiliary(network);
    LayerId last;
    bool leftAlone = true;
    const auto look = [&](const Layer &layer, const at::Tensor &) {
        last = layer.id;
        leftAlone = leftAlone && rest.find(layer.name);
    };
    const at::Tensor pictures = toTorch(m_pool.pictures(theirs["input"]));
    QVERIFY(model->forward(pictures, TorchModel::Mode::Training, look).requires_grad());
    QVERIFY(leftAlone);
    QCOMPARE(last, network.output());
}

void AuxiliaryTest::aNewHeadGivesThemItsSize()
{
    QFETCH(QStringList, classifiers);
    Network network = architectures().find(QTest::currentDataTag())->build(1000);
    QVERIFY(replaceHead(network, 5));
    QVERIFY(network == architectures().find(QTest::currentDataTag())->build(5));
    const StateDict head = headWeights(network, 3).value();
    QCOMPARE(head.size(), static_cast<std::size_t>(2 * (classifiers.size() + 1)));
    for (const QString &classifier : classifiers << "fc")
        QCOMPARE(head.find(classifier.toStdString() + ".weight")->shape().front(), std::int64_t{5});
}

void AuxiliaryTest::filesAreRecognisedWithAndWithoutThem()
{
    const Architecture *architecture = architectures().find(QTest::currentDataTag());
    for (const int classes : {1000, 5}) {
        const Network whole = architecture->build(classes);
        const Network rest = withoutAuxiliary(whole);
        for (const Network &network : {whole, rest}) {
            const StateDict weights = zeros(network);
            const auto recognition = recognise(weights, {});
            QVERIFY2(recognition, recognition ? "" : recognition.error().message.c_str());
            QVERIFY(recognition->architecture == architecture);
            QCOMPARE(recognition->classes, classes);
            QVERIFY(recognition->network == network);
        }
    }
}

void AuxiliaryTest::theyStayInASavedModel()
{
    const Architecture *architecture = architectures().find("googlenet");
    ModelPackage package;
    package.network = architecture->build(3);
    package.weights = initialWeights(package.network, 2).value();
    package.preprocessing = architecture->preprocessing;
    const std::filesystem::path file = m_folder.filePath("googlenet.safetensors").toStdString();
    QVERIFY(writeModel(file, "safetensors", package));
    const auto read = readModel(file);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(read->network == package.network);
    QVERIFY(read->weights == package.weights);
}

QTEST_GUILESS_MAIN(AuxiliaryTest)
#include "auxiliarytest.moc"
