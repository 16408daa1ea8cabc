#include "training/optimizer.h"
#include "training/pythonoracle.h"

#include <ATen/ATen.h>
#include <QTest>
#include <cmath>

using namespace graft;

namespace {

constexpr int steps = 6;

float startValue(int parameter, int element)
{
    return static_cast<float>(std::sin(1.0 + element + 10.0 * parameter));
}

float gradientValue(int step, int parameter, int element)
{
    return static_cast<float>(0.5 * std::cos(0.7 * element + 3.0 * step + parameter));
}

constexpr int sizes[] = {12, 5};

std::vector<at::Tensor> startParameters()
{
    std::vector<at::Tensor> parameters;
    for (int p = 0; p < 2; ++p) {
        at::Tensor tensor = at::empty({sizes[p]});
        for (int i = 0; i < sizes[p]; ++i)
            tensor[i] = startValue(p, i);
        parameters.push_back(tensor.requires_grad_(true));
    }
    return parameters;
}

void setGradients(const std::vector<at::Tensor> &parameters, int step)
{
    for (int p = 0; p < 2; ++p) {
        at::Tensor gradient = at::empty({sizes[p]});
        for (int i = 0; i < sizes[p]; ++i)
            gradient[i] = gradientValue(step, p, i);
        parameters[static_cast<std::size_t>(p)].mutable_grad() = gradient;
    }
}

std::vector<TrainingConfig> allCombinations()
{
    std::vector<TrainingConfig> configs;
    for (const double weightDecay : {0.0, 0.05}) {
        TrainingConfig config;
        config.learningRate = 0.03;
        config.weightDecay = weightDecay;
        for (const double momentum : {0.0, 0.9}) {
            config.optimizer = "sgd";
            config.momentum = momentum;
            config.nesterov = false;
            configs.push_back(config);
            config.nesterov = true;
            if (momentum > 0)
                configs.push_back(config);
        }
        for (const char *optimizer : {"adam", "adamw"}) {
            config.optimizer = optimizer;
            configs.push_back(config);
        }
    }
    return configs;
}

nlohmann::json question()
{
    nlohmann::json json;
    for (const TrainingConfig &config : allCombinations())
        json["configs"].push_back(toJson(config));
    for (int p = 0; p < 2; ++p) {
        nlohmann::json values;
        for (int i = 0; i < sizes[p]; ++i)
            values.push_back(startValue(p, i));
        json["start"].push_back(values);
    }
    for (int step = 0; step < steps; ++step) {
        nlohmann::json both;
        for (int p = 0; p < 2; ++p) {
            nlohmann::json values;
            for (int i = 0; i < sizes[p]; ++i)
                values.push_back(gradientValue(step, p, i));
            both.push_back(values);
        }
        json["gradients"].push_back(both);
    }
    return json;
}

std::unique_ptr<Optimizer> make(const std::vector<at::Tensor> &parameters, const TrainingConfig &config, double factor = 1)
{
    return optimizerTypes().find(config.optimizer)->create({{parameters, factor}}, config);
}

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsAreThoseOfPyTorch();
    void savedStateGoesOnWithTheSameNumbers();
    void stateOfOtherParametersIsRefused();
    void learningRateFactorScalesTheRate();
    void parameterWithoutGradientStays();
    void stateIsFiniteUntilAGradientIsNot();
};

void OptimizerTest::stepsAreThoseOfPyTorch()
{
    if (!pythonHasTorch())
        QSKIP("no Python with torch here");
    const auto expected = askPython("optimizers.py", question());
    QVERIFY(expected);
    const auto configs = allCombinations();
    for (std::size_t c = 0; c < configs.size(); ++c) {
        const auto parameters = startParameters();
        const auto optimizer = make(parameters, configs[c]);
        for (int step = 0; step < steps; ++step) {
            setGradients(parameters, step);
            optimizer->step(configs[c].learningRate);
            for (std::size_t p = 0; p < 2; ++p)
                for (int i = 0; i < sizes[p]; ++i) {
                    const double got = parameters[p][i].item<float>();
                    const double wanted = (*expected)[c][static_cast<std::size_t>(step)][p][static_cast<std::size_t>(i)];
                    QVERIFY2(std::abs(got - wanted) <= 1e-6,
                        qPrintable(QString("%1 step %2: %3 instead of %4")
                                       .arg(QString::fromStdString(toJson(configs[c]).dump()))
                                       .arg(step)
                                       .arg(got)
                                       .arg(wanted)));
                }
        }
    }
}

void OptimizerTest::savedStateGoesOnWithTheSameNumbers()
{
    for (const TrainingConfig &config : allCombinations()) {
        const auto straight = startParameters();
        const auto first = make(straight, config);
        for (int step = 0; step < 3; ++step) {
            setGradients(straight, step);
            first->step(0.03);
        }
        std::vector<at::Tensor> copy;
        for (const at::Tensor &parameter : straight)
            copy.push_back(parameter.detach().clone().requires_grad_(true));
        const auto second = make(copy, config);
        QVERIFY(second->loadState(first->state()));
        for (int step = 3; step < steps; ++step) {
            setGradients(straight, step);
            first->step(0.03);
            setGradients(copy, step);
            second->step(0.03);
        }
        for (std::size_t p = 0; p < 2; ++p)
            QVERIFY(at::equal(straight[p], copy[p]));
        QVERIFY(first->state() == second->state());
    }
}

void OptimizerTest::stateOfOtherParametersIsRefused()
{
    TrainingConfig config;
    config.optimizer = "adam";
    const auto parameters = startParameters();
    const auto both = make(parameters, config);
    const auto one = make({parameters[0]}, config);
    QCOMPARE(one->loadState(both->state()).error().code, ErrorCode::WeightsMismatch);
    QCOMPARE(both->loadState(one->state()).error().code, ErrorCode::WeightsMismatch);
    QCOMPARE(both->loadState({}).error().code, ErrorCode::WeightsMismatch);
}

void OptimizerTest::learningRateFactorScalesTheRate()
{
    TrainingConfig config;
    const auto slow = startParameters();
    const auto plain = startParameters();
    setGradients(slow, 0);
    setGradients(plain, 0);
    make(slow, config, 0.25)->step(0.4);
    make(plain, config)->step(0.1);
    QVERIFY(at::allclose(slow[0], plain[0], 0, 1e-7));
}

void OptimizerTest::parameterWithoutGradientStays()
{
    TrainingConfig config;
    config.weightDecay = 0.1;
    for (const OptimizerType &type : optimizerTypes().all()) {
        config.optimizer = type.name;
        const auto parameters = startParameters();
        setGradients(parameters, 0);
        parameters[1].mutable_grad() = at::Tensor();
        const at::Tensor before = parameters[1].detach().clone();
        make(parameters, config)->step(0.1);
        QVERIFY(at::equal(before, parameters[1]));
    }
}

void OptimizerTest::stateIsFiniteUntilAGradientIsNot()
{
    TrainingConfig config;
    for (const OptimizerType &type : optimizerTypes().all()) {
        config.optimizer = type.name;
        const auto parameters = startParameters();
        const auto optimizer = make(parameters, config);
        QVERIFY(optimizer->isFinite());
        setGradients(parameters, 0);
        optimizer->step(0.1);
        QVERIFY(optimizer->isFinite());
        setGradients(parameters, 1);
        parameters[1].mutable_grad()[2] = INFINITY;
        optimizer->step(0.1);
        QVERIFY2(!optimizer->isFinite(), type.name.c_str());
    }
}

QTEST_GUILESS_MAIN(OptimizerTest)
#include "optimizertest.moc"
