#include "evaluation/evaluation.h"

#include "evaluation/figures.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

using namespace graft;

namespace {

const std::vector<std::string> colours = {"blue", "green", "red"};

Picture plain(std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    auto pixels = std::make_shared<std::vector<std::uint8_t>>();
    for (int i = 0; i < 8 * 8; ++i)
        pixels->insert(pixels->end(), {red, green, blue});
    return {8, 8, std::move(pixels)};
}

/// Answers with the means of the red, green and blue channel, times ten.
ModelPackage colourModel()
{
    ModelPackage package;
    const LayerId input = package.network.add("input", "Input", {{"shape", std::vector<std::int64_t>{3, 8, 8}}}, {});
    const LayerId pool = package.network.add("pool", "AdaptiveAvgPool2d", {{"output_size", std::vector<std::int64_t>{1, 1}}}, {input});
    const LayerId flat = package.network.add("flatten", "Flatten", {}, {pool});
    package.network.add("fc", "Linear", {{"in_features", std::int64_t{3}}, {"out_features", std::int64_t{3}}}, {flat});
    const std::vector<float> weight = {10, 0, 0, 0, 10, 0, 0, 0, 10}, bias = {0, 0, 0};
    package.weights.set("fc.weight", Tensor::fromFloats({3, 3}, weight));
    package.weights.set("fc.bias", Tensor::fromFloats({3}, bias));
    package.preprocessing = {8, 8, "bilinear", {0, 0, 0}, {1, 1, 1}};
    package.classNames = {"red", "green", "blue"};
    return package;
}

template <typename T>
std::vector<T> rawFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray raw = file.readAll();
    std::vector<T> values(static_cast<std::size_t>(raw.size()) / sizeof(T));
    std::memcpy(values.data(), raw.constData(), values.size() * sizeof(T));
    return values;
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void figuresAreThoseOfPyTorchAndTheDefinitions();
    void noSampleMakesNoFigure();
    void classesAreMatchedByName();
    void aModelWithoutNamesIsTakenByOrder();
    void unknownClassesAreNamed();
    void aModelWithMoreClassesIsRefused();
    void labelSetsAreJudgedApart();
    void labelSetsAreMatchedByName();
    void aPredictionAnswersEachLabelSet();
    void noPictureIsRefused();
    void aPictureGoneBadIsNamed();
    void answersThatAreNoNumbersAreRefused();
    void progressCountsPicturesAndCancellingStops();
    void aPredictionIsSortedAndSumsToOne();
    void aPredictorRefusesNothingToLookAt();

private:
    [[nodiscard]] Result<Evaluation> evaluateOn(const ModelPackage &package, const std::vector<std::string> &classNames = colours) const;
    QTemporaryDir m_folder;
    std::vector<Sample> m_samples; ///< labels index `colours`
};

void EvaluationTest::initTestCase()
{
    const std::vector<std::pair<Picture, int>> pictures = {{plain(250, 0, 0), 2}, {plain(200, 40, 40), 2}, {plain(0, 250, 0), 1},
        {plain(0, 0, 250), 0}, {plain(0, 240, 0), 0}, {plain(9, 9, 200), 0}};
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("%1.png").arg(i)).toStdString();
        QVERIFY(writePicture(path, pictures[i].first));
        m_samples.push_back({path, {pictures[i].second}});
    }
}

Result<Evaluation> EvaluationTest::evaluateOn(const ModelPackage &package, const std::vector<std::string> &classNames) const
{
    return evaluate(package, m_samples, classNames, {}, Device{});
}

void EvaluationTest::figuresAreThoseOfPyTorchAndTheDefinitions()
{
    QProcess python;
    python.start(
        QStringLiteral(GRAFT_PYTHON), {QStringLiteral(GRAFT_SOURCE_DIR "/tests/evaluation/figures_reference.py"), m_folder.path()});
    QVERIFY(python.waitForFinished(60'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const auto logits = rawFile<float>(m_folder.filePath("logits.f32"));
    const auto truth = rawFile<std::int64_t>(m_folder.filePath("truth.i64"));
    QCOMPARE(logits.size(), truth.size() * 9);
    FigureCounter counter(9);
    for (std::size_t i = 0; i < truth.size(); ++i)
        counter.add(std::span(logits).subspan(i * 9, 9), static_cast<std::size_t>(truth[i]));
    const SetEvaluation figures = counter.figures(std::vector<std::string>(9, "name"));

    QFile file(m_folder.filePath("figures.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto expected = nlohmann::json::parse(file.readAll().toStdString());
    QCOMPARE(figures.samples, std::int64_t{400});
    QVERIFY(std::abs(figures.accuracy - expected["accuracy"].get<double>()) < 1e-12);
    QVERIFY(std::abs(figures.top5 - expected["top5"].get<double>()) < 1e-12);
    QVERIFY(std::abs(figures.loss - expected["loss"].get<double>()) < 1e-9);
    QVERIFY(figures.confusion == expected["confusion"].get<std::vector<std::vector<std::int64_t>>>());
    for (std::size_t c = 0; c < 9; ++c) {
        QVERIFY(std::abs(figures.perClass[c].precision - expected["precision"][c].get<double>()) < 1e-12);
        QVERIFY(std::abs(figures.perClass[c].recall - expected["recall"][c].get<double>()) < 1e-12);
        QVERIFY(std::abs(figures.perClass[c].f1 - expected["f1"][c].get<double>()) < 1e-12);
    }
    QCOMPARE(figures.perClass[3].precision, 0.0);
    QCOMPARE(figures.perClass[8].recall, 0.0);
}

void EvaluationTest::noSampleMakesNoFigure()
{
    const SetEvaluation figures = FigureCounter(2).figures({"a", "b"});
    QCOMPARE(figures.accuracy, 0.0);
    QCOMPARE(figures.loss, 0.0);
    QCOMPARE(figures.perClass[1].f1, 0.0);
}

void EvaluationTest::classesAreMatchedByName()
{
    // The model says red, green, blue; the folder says blue, green, red. One blue picture is green.
    const auto figures = evaluateOn(colourModel());
    QVERIFY2(figures, figures ? "" : figures.error().message.c_str());
    QVERIFY(figures->sets[0].confusion == (std::vector<std::vector<std::int64_t>>{{2, 1, 0}, {0, 1, 0}, {0, 0, 2}}));
    QCOMPARE(figures->accuracy, 5.0 / 6);
    QCOMPARE(figures->sets[0].top5, 1.0);
    QCOMPARE(figures->sets[0].perClass[0].name, std::string("blue"));
    QCOMPARE(figures->sets[0].perClass[0].samples, std::int64_t{3});
    QCOMPARE(figures->sets[0].perClass[0].recall, 2.0 / 3);
    QCOMPARE(figures->sets[0].perClass[1].precision, 0.5);
    QCOMPARE(figures->sets[0].perClass[1].f1, 2.0 / 3);
}

void EvaluationTest::aModelWithoutNamesIsTakenByOrder()
{
    ModelPackage package = colourModel();
    package.classNames.clear();
    const auto figures = evaluateOn(package);
    QVERIFY(figures);
    QCOMPARE(figures->accuracy, 1.0 / 6); // green alone keeps its place
    QCOMPARE(evaluateOn(package, {"a", "b", "c", "d"}).error().code, ErrorCode::DataInvalid);
}

void EvaluationTest::unknownClassesAreNamed()
{
    const auto figures = evaluateOn(colourModel(), {"blue", "猫", "mauve"});
    QVERIFY(!figures);
    QCOMPARE(figures.error().code, ErrorCode::DataInvalid);
    QVERIFY(figures.error().message.find("'猫', 'mauve'") != std::string::npos);
    QVERIFY(figures.error().message.find("'blue'") == std::string::npos);
}

void EvaluationTest::aModelWithMoreClassesIsRefused()
{
    auto samples = m_samples;
    for (auto &sample : samples)
        sample.labels = {0};
    const auto figures = evaluate(colourModel(), samples, {"blue", "green"}, {}, Device{});
    QVERIFY(!figures);
    QCOMPARE(figures.error().code, ErrorCode::DataInvalid);
    QVERIFY(figures.error().message.find("3 classes") != std::string::npos);
}

namespace {

/// Says whether red, green or blue is strongest, and whether there is more of red or of blue: logits r g b, r b.
ModelPackage twoQuestions()
{
    ModelPackage package = colourModel();
    package.network.find(package.network.output())->attributes["out_features"] = std::int64_t{5};
    const std::vector<float> weight = {10, 0, 0, 0, 10, 0, 0, 0, 10, 10, 0, 0, 0, 0, 10}, bias(5, 0.0F);
    package.weights.set("fc.weight", Tensor::fromFloats({5, 3}, weight));
    package.weights.set("fc.bias", Tensor::fromFloats({5}, bias));
    package.classNames = {"red", "green", "blue", "warm", "cold"};
    package.labelSets = {{"colour", 3}, {"warmth", 2}};
    return package;
}

} // namespace

void EvaluationTest::labelSetsAreJudgedApart()
{
    // The folder has the sets and their classes in another order: cold, warm; blue, green, red.
    std::vector<Sample> samples = m_samples;
    for (Sample &sample : samples)
        sample.labels = {sample.labels[0] == 2 ? 1 : 0, sample.labels[0]};
    samples[2].labels[0] = -1;
    samples[4].labels = {-1, 1};
    const auto figures = evaluate(twoQuestions(), samples, {"cold", "warm", "blue", "green", "red"}, {{"warmth", 2}, {"colour", 3}}, {});
    QVERIFY2(figures, figures ? "" : figures.error().message.c_str());
    QCOMPARE(figures->samples, std::int64_t{6});
    QCOMPARE(figures->sets.size(), std::size_t{2});
    const SetEvaluation &warmth = figures->sets[0], &colour = figures->sets[1];
    QCOMPARE(warmth.name, std::string("warmth"));
    QCOMPARE(warmth.samples, std::int64_t{4});
    QVERIFY(warmth.confusion == (std::vector<std::vector<std::int64_t>>{{2, 0}, {0, 2}}));
    QCOMPARE(colour.samples, std::int64_t{6});
    QVERIFY(colour.confusion == (std::vector<std::vector<std::int64_t>>{{2, 0, 0}, {0, 2, 0}, {0, 0, 2}}));
    QCOMPARE(figures->accuracy, (warmth.accuracy + colour.accuracy) / 2);
    QCOMPARE(figures->loss, warmth.loss + colour.loss);
    QCOMPARE(colour.perClass[2].name, std::string("red"));
}

void EvaluationTest::labelSetsAreMatchedByName()
{
    const auto error = [&](const std::vector<std::string> &names, const std::vector<LabelSet> &sets, std::vector<int> labels) {
        const auto figures = evaluate(twoQuestions(), {{m_samples[0].path, std::move(labels)}}, names, sets, {});
        return figures ? std::string() : figures.error().message;
    };
    QVERIFY(error({"warm", "cold", "a", "b"}, {{"warmth", 2}, {"size", 2}}, {0, 0}).find("'size'") != std::string::npos);
    QVERIFY(error({"red", "green", "blue"}, {}, {0}).find("several label sets") != std::string::npos);
    QVERIFY(error({"red", "green", "mauve", "warm", "cold"}, {{"colour", 3}, {"warmth", 2}}, {0, 0}).find("'mauve'") != std::string::npos);
    ModelPackage one = colourModel();
    const auto figures = evaluate(one, {{m_samples[0].path, {0, 0}}}, {"red", "green", "a", "b"}, {{"colour", 2}, {"size", 2}}, {});
    QVERIFY(!figures && figures.error().message.find("'colour'") != std::string::npos);
}

void EvaluationTest::aPredictionAnswersEachLabelSet()
{
    const auto predictor = Predictor::create(twoQuestions(), Device{}, "fp32");
    QVERIFY(predictor);
    const auto prediction = predictor->predict(plain(51, 255, 102), 2);
    QVERIFY(prediction);
    QCOMPARE(prediction->logits.size(), std::size_t{5});
    QCOMPARE(prediction->sets.size(), std::size_t{2});
    QCOMPARE(prediction->sets[0].name, std::string("colour"));
    QCOMPARE(prediction->sets[0].top.size(), std::size_t{2});
    QCOMPARE(prediction->sets[0].top[0].className, std::string("green"));
    QCOMPARE(prediction->sets[1].top[0].className, std::string("cold"));
    QCOMPARE(prediction->sets[1].top[0].classIndex, std::int64_t{4});
    QVERIFY(std::abs(prediction->sets[1].top[0].probability - 1 / (1 + std::exp(-2.0))) < 1e-6);
}

void EvaluationTest::noPictureIsRefused()
{
    const auto figures = evaluate(colourModel(), {}, colours, {}, Device{});
    QVERIFY(!figures);
    QCOMPARE(figures.error().code, ErrorCode::DataInvalid);
}

void EvaluationTest::aPictureGoneBadIsNamed()
{
    const std::vector<Sample> samples = {m_samples[0], {"/no/such/picture.png", {1}}};
    const auto figures = evaluate(colourModel(), samples, colours, {}, Device{});
    QVERIFY(!figures);
    QVERIFY(figures.error().message.find("/no/such/picture.png") != std::string::npos);
}

void EvaluationTest::answersThatAreNoNumbersAreRefused()
{
    ModelPackage package = colourModel();
    const std::vector<float> bias = {0, std::numeric_limits<float>::quiet_NaN(), 0};
    package.weights.set("fc.bias", Tensor::fromFloats({3}, bias));
    const auto figures = evaluateOn(package);
    QVERIFY(!figures);
    QCOMPARE(figures.error().code, ErrorCode::WeightsNotFinite);
}

void EvaluationTest::progressCountsPicturesAndCancellingStops()
{
    std::vector<Sample> many;
    for (int i = 0; i < 20; ++i)
        many.insert(many.end(), m_samples.begin(), m_samples.end());
    std::int64_t last = 0;
    bool rising = true;
    QVERIFY(evaluate(colourModel(), many, colours, {}, Device{}, [&](std::int64_t done, std::int64_t total) {
        rising &= done > last && total == 120;
        last = done;
    }));
    QVERIFY(rising);
    QCOMPARE(last, std::int64_t{120});
    const Cancellation cancellation;
    const auto stopped = evaluate(
        colourModel(), many, colours, {}, Device{}, [&](std::int64_t, std::int64_t) { cancellation.request(); }, cancellation);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
}

void EvaluationTest::aPredictionIsSortedAndSumsToOne()
{
    const auto predictor = Predictor::create(colourModel(), Device{}, "fp32");
    QVERIFY(predictor);
    const auto prediction = predictor->predict(plain(51, 255, 102));
    QVERIFY(prediction);
    QCOMPARE(prediction->sets[0].top.size(), std::size_t{3});
    QCOMPARE(prediction->sets[0].top[0].className, std::string("green"));
    QCOMPARE(prediction->sets[0].top[1].className, std::string("blue"));
    QCOMPARE(prediction->sets[0].top[1].classIndex, std::int64_t{2});
    const double sum = std::exp(2.0) + std::exp(10.0) + std::exp(4.0);
    QVERIFY(std::abs(prediction->sets[0].top[0].probability - std::exp(10.0) / sum) < 1e-6);
    QVERIFY(std::abs(prediction->sets[0].top[2].probability - std::exp(2.0) / sum) < 1e-6);
    QCOMPARE(prediction->logits.size(), std::size_t{3});
    QVERIFY(std::abs(prediction->logits[1] - 10) < 1e-4);
    QCOMPARE(predictor->predict(plain(1, 2, 3), 1)->sets[0].top.size(), std::size_t{1});
}

void EvaluationTest::aPredictorRefusesNothingToLookAt()
{
    const auto predictor = Predictor::create(colourModel(), Device{});
    QVERIFY(predictor);
    QCOMPARE(predictor->predict(Picture{}).error().code, ErrorCode::PictureUnreadable);
    ModelPackage incomplete = colourModel();
    incomplete.weights = {};
    QCOMPARE(Predictor::create(incomplete, Device{}).error().code, ErrorCode::WeightsMismatch);
}

QTEST_GUILESS_MAIN(EvaluationTest)
#include "evaluationtest.moc"
