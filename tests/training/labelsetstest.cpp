#include "graph/heads.h"
#include "pythonoracle.h"
#include "tinynetwork.h"
#include "training/learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace graft;

namespace {

const std::vector<LabelSet> sets = {{"colour", 3}, {"size", 2}};

/// The tiny network with a head for each set.
Network twoHeads()
{
    Network network = tiny::network(0);
    StateDict none;
    HeadPlan plan;
    plan.kind = HeadKind::Linear;
    plan.labelSets = sets;
    if (!replaceHead(network, none, plan))
        qFatal("the head could not be replaced");
    return network;
}

/// The tiny pictures with a second label, which every third picture has not; in batch `without` none has it.
class TwoLabels : public BatchSource {
public:
    explicit TwoLabels(int samples, int without = -1) : m_pictures(samples, 8), m_without(without) { }
    void startEpoch(std::uint64_t seed, int epoch) override
    {
        m_pictures.startEpoch(seed, epoch);
        m_batch = 0;
    }
    [[nodiscard]] Result<Batch> next() override
    {
        auto batch = m_pictures.next();
        if (!batch || batch->labels.empty())
            return batch;
        std::vector<std::int64_t> labels;
        for (std::size_t i = 0; i < batch->labels.size(); ++i) {
            labels.push_back(i % 4 == 3 ? -1 : batch->labels[i]);
            labels.push_back(i % 3 == 2 || m_batch == m_without ? -1 : (batch->labels[i] + static_cast<std::int64_t>(i)) % 2);
        }
        batch->labels = std::move(labels);
        batch->labelSets = 2;
        ++m_batch;
        return batch;
    }
    [[nodiscard]] std::int64_t sampleCount() const override { return m_pictures.sampleCount(); }
    [[nodiscard]] std::int64_t batchCount() const override { return m_pictures.batchCount(); }

private:
    tiny::Pictures m_pictures;
    int m_without, m_batch = 0;
};

TrainingInput inputWith(const std::shared_ptr<BatchSource> &source)
{
    TrainingInput input = tiny::input(twoHeads());
    input.labelSets = sets;
    input.train = source;
    input.validation = std::make_shared<TwoLabels>(20);
    return input;
}

bool isNear(double got, double wanted)
{
    return std::abs(got - wanted) <= 1e-4 * std::abs(wanted) + 1e-5;
}

} // namespace

class LabelSetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lossesAndGradientsAreTorchs_data();
    void lossesAndGradientsAreTorchs();
    void epochsHaveTheFiguresOfEachSet();
    void aStoppedRunGoesOnWithTheSameFigures();
    void labelsThatDoNotFitTheHeadsAreRefused();
};

void LabelSetsTest::lossesAndGradientsAreTorchs_data()
{
    QTest::addColumn<double>("labelSmoothing");
    QTest::newRow("plain") << 0.0;
    QTest::newRow("smoothed labels") << 0.1;
}

void LabelSetsTest::lossesAndGradientsAreTorchs()
{
    if (!pythonHasTorch())
        QSKIP("Python has no torch here");
    QFETCH(const double, labelSmoothing);
    const Network network = twoHeads();
    const StateDict weights = initialWeights(network, 5).value();
    TrainingConfig config = tiny::config();
    config.labelSmoothing = labelSmoothing;
    nlohmann::json question
        = {{"sizes", {{"colour", 3}, {"size", 2}}}, {"learningRate", config.learningRate}, {"labelSmoothing", labelSmoothing}};
    for (const auto &[name, tensor] : weights.entries())
        question["weights"][name] = {{"shape", tensor.shape()}, {"values", tensor.toFloats()}};
    const auto learner = Learner::create(network, weights, config, sets);
    QVERIFY(learner);
    std::vector<Learner::Figures> figures;
    (*learner)->measureGradients();
    TwoLabels pictures(40, 2);
    pictures.startEpoch(1, 1);
    std::vector<double> norms;
    for (auto batch = pictures.next(); !batch->labels.empty(); batch = pictures.next()) {
        question["batches"].push_back({{"pictures", batch->pictures.toFloats()}, {"labels", batch->labels}});
        QVERIFY((*learner)->train(*batch, config.learningRate, 1));
        if (norms.empty())
            norms = (*learner)->takeGradientNorms().norms;
    }
    const auto read = (*learner)->figures(Learner::Reading::All);
    QVERIFY(read);
    const auto expected = askPython("labelsets.py", question);
    QVERIFY(expected);

    QCOMPARE(read->size(), std::size_t{5});
    for (std::size_t step = 0; step < read->size(); ++step)
        for (std::size_t set = 0; set < 2; ++set) {
            const SetFigures &got = (*read)[step][set];
            const double loss = got.samples > 0 ? got.loss / got.samples : got.loss;
            QVERIFY2(isNear(loss, (*expected)["losses"][step][set].get<double>()), qPrintable(QString::number(loss)));
            QCOMPARE(got.correct, (*expected)["correct"][step][set].get<double>());
        }
    QCOMPARE((*read)[2][1].samples, 0.0);
    QCOMPARE((*read)[0][0].samples, 6.0);
    for (std::size_t index = 0; index < norms.size(); ++index)
        if (const auto wanted = (*expected)["gradients"].find(network.layers()[index].name); wanted != (*expected)["gradients"].end())
            QVERIFY2(isNear(norms[index], wanted->get<double>()), network.layers()[index].name.c_str());
    QCOMPARE((*expected)["gradients"].size(), std::size_t{6});
}

void LabelSetsTest::epochsHaveTheFiguresOfEachSet()
{
    tiny::Recorder recorder;
    tiny::run(tiny::config(), inputWith(std::make_shared<TwoLabels>(44)), recorder);
    QVERIFY2(recorder.result.reason == StopReason::Completed, recorder.result.error.message.c_str());
    for (const EpochResult &epoch : recorder.epochs) {
        QCOMPARE(epoch.train.labelSets.size(), std::size_t{2});
        QCOMPARE(epoch.validation->labelSets[1].name, std::string("size"));
        for (const Metrics &metrics : {epoch.train, *epoch.validation}) {
            QVERIFY(isNear(metrics.loss, metrics.labelSets[0].loss + metrics.labelSets[1].loss));
            QVERIFY(isNear(metrics.accuracy, (metrics.labelSets[0].accuracy + metrics.labelSets[1].accuracy) / 2));
        }
    }
    const nlohmann::json json = toJson(recorder.epochs.front());
    QCOMPARE(json["train"]["labelSets"][0]["name"].get<std::string>(), std::string("colour"));
    tiny::Recorder single;
    tiny::run(tiny::config(), tiny::input(tiny::network()), single);
    QVERIFY(!toJson(single.epochs.front())["train"].contains("labelSets"));
}

void LabelSetsTest::aStoppedRunGoesOnWithTheSameFigures()
{
    QTemporaryDir folder;
    tiny::Recorder straight, stopped, resumed;
    tiny::run(tiny::config(), inputWith(std::make_shared<TwoLabels>(44)), straight);
    TrainingInput input = inputWith(std::make_shared<TwoLabels>(44));
    input.checkpointFolder = folder.path().toStdString();
    tiny::runUntilStep(tiny::config(), input, stopped, 8);
    QCOMPARE(stopped.result.reason, StopReason::Stopped);
    input.resume = true;
    tiny::run(tiny::config(), input, resumed);
    QVERIFY2(resumed.result.reason == StopReason::Completed, resumed.result.error.message.c_str());
    QVERIFY(resumed.result.bestWeights == straight.result.bestWeights);
    for (std::size_t epoch = 0; epoch < straight.result.epochs.size(); ++epoch)
        QVERIFY(resumed.result.epochs[epoch].train == straight.result.epochs[epoch].train);
}

void LabelSetsTest::labelsThatDoNotFitTheHeadsAreRefused()
{
    tiny::Recorder recorder;
    TrainingInput input = inputWith(std::make_shared<TwoLabels>(16));
    input.labelSets = {{"colour", 3}, {"size", 4}};
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::DataInvalid);
    input.labelSets.clear();
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::DataInvalid);
    input.labelSets = {{"colour", 2}, {"size", 3}}; // a colour of class 3
    tiny::run(tiny::config(), input, recorder);
    QCOMPARE(recorder.result.error.code, ErrorCode::DataInvalid);
}

QTEST_GUILESS_MAIN(LabelSetsTest)
#include "labelsetstest.moc"
