#include "pythonoracle.h"
#include "tinynetwork.h"

#include <QTest>
#include <cmath>
#include <future>

using namespace graft;

namespace {

/// Keeps the norms with the time that each came at.
class GradientRecorder : public tiny::Recorder {
public:
    void gradientsMeasured(const GradientNorms &norms) override { measured.push_back(norms); }
    std::vector<GradientNorms> measured;
};

/// Runs with the gradients watched from the first step on.
void runWatched(const TrainingConfig &config, TrainingInput input, GradientRecorder &recorder)
{
    std::promise<void> watched;
    auto pictures = std::static_pointer_cast<tiny::Pictures>(input.train);
    pictures->beforeBatch = [future = watched.get_future().share()]() -> Result<void> {
        future.wait();
        return {};
    };
    auto session = TrainingSession::start(config, std::move(input), recorder);
    QVERIFY(session);
    (*session)->watchGradients(true);
    watched.set_value();
    (*session)->wait();
}

} // namespace

class GradientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void normsAreTorchs_data();
    void normsAreTorchs();
    void nobodyIsToldUnlessSomeoneWatches();
    void newsComeAtMostFiveTimesASecond();
    void watchingChangesNoNumber();
};

void GradientTest::normsAreTorchs_data()
{
    QTest::addColumn<bool>("freezeStem");
    QTest::newRow("all trained") << false;
    QTest::newRow("stem frozen") << true;
}

void GradientTest::normsAreTorchs()
{
    QFETCH(bool, freezeStem);
    if (!pythonHasTorch())
        QSKIP("Python has no torch here");
    Network network = tiny::network(0.0);
    if (freezeStem)
        tiny::freezeBlock(network, "stem");
    const TrainingConfig config = tiny::config();
    const TrainingInput input = tiny::input(network);
    nlohmann::json question = {{"config", toJson(config)}, {"freezeStem", freezeStem}, {"gradients", true}};
    for (const auto &[name, tensor] : input.weights.entries())
        question["weights"][name] = {{"shape", tensor.shape()}, {"values", tensor.toFloats()}};
    tiny::Pictures pictures(44, 8);
    pictures.startEpoch(config.seed, 1);
    const auto batch = pictures.next();
    question["batches"] = {{{"pictures", batch->pictures.toFloats()}, {"labels", batch->labels}}};
    const auto expected = askPython("firststeps.py", question);
    QVERIFY(expected);

    GradientRecorder recorder;
    runWatched(config, input, recorder);
    QVERIFY(!recorder.measured.empty());
    const GradientNorms &first = recorder.measured.front();
    QCOMPARE(first.step, std::int64_t{1});
    QCOMPARE(first.norms.size(), network.layers().size());
    for (std::size_t index = 0; index < first.norms.size(); ++index) {
        const std::string &name = network.layers()[index].name;
        if (!expected->contains(name)) {
            QVERIFY2(std::isnan(first.norms[index]), name.c_str());
            continue;
        }
        const double wanted = expected->at(name);
        QVERIFY2(std::abs(first.norms[index] - wanted) <= 1e-5 * wanted + 1e-6,
            qPrintable(QString("%1: %2 instead of %3").arg(name.c_str()).arg(first.norms[index]).arg(wanted)));
    }
    QCOMPARE(expected->size(), std::size_t(freezeStem ? 3 : 5));
}

void GradientTest::nobodyIsToldUnlessSomeoneWatches()
{
    GradientRecorder recorder;
    tiny::run(tiny::config(), tiny::input(tiny::network()), recorder);
    QCOMPARE(recorder.measured.size(), std::size_t{0});
}

void GradientTest::newsComeAtMostFiveTimesASecond()
{
    GradientRecorder recorder;
    TrainingConfig config = tiny::config();
    config.epochs = 10;
    const auto start = std::chrono::steady_clock::now();
    runWatched(config, tiny::input(tiny::network()), recorder);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    QVERIFY(!recorder.measured.empty());
    QVERIFY(static_cast<double>(recorder.measured.size()) <= 1 + 5 * seconds);
    for (std::size_t i = 1; i < recorder.measured.size(); ++i)
        QVERIFY(recorder.measured[i].step > recorder.measured[i - 1].step);
}

void GradientTest::watchingChangesNoNumber()
{
    GradientRecorder watched, alone;
    runWatched(tiny::config(), tiny::input(tiny::network()), watched);
    tiny::run(tiny::config(), tiny::input(tiny::network()), alone);
    QVERIFY(watched.result.bestWeights == alone.result.bestWeights);
    QVERIFY(!alone.result.bestWeights.empty());
}

QTEST_GUILESS_MAIN(GradientTest)
#include "gradienttest.moc"
