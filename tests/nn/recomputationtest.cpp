#ifndef Q_MOC_RUN // moc cannot read what these include
#include "nn/recomputation.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/frontier.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#endif

#include <QTest>
#include <map>
#include <set>

using namespace graft;

namespace {

constexpr int classes = 5;
constexpr std::int64_t samples = 3;

Network small(const std::string &architecture, std::int64_t side)
{
    Network network = architectures().find(architecture)->build(classes);
    network.find(network.layers().front().id)->attributes["shape"] = Shape{3, side, side};
    return network;
}

TorchModel modelOf(const Network &network, const std::vector<LayerId> &from = {})
{
    return TorchModel::create(network, initialWeights(network, 3).value(), {}, from).value();
}

struct Outcome {
    double loss = 0;
    std::vector<at::Tensor> gradients; ///< of all that is trained; undefined = none
    StateDict state; ///< with the running statistics after the step
    at::Tensor nextRandom;
    std::map<std::string, int> visits;
};

/// Gradients of two parts of a batch, added up, with the losses of auxiliary classifiers.
Outcome step(const TorchModel &model, const std::vector<std::vector<at::Tensor>> &parts, bool bfloat16)
{
    at::manual_seed(7);
    Outcome outcome;
    const at::Tensor labels = at::arange(samples).remainder(classes);
    for (const auto &part : parts) {
        at::Tensor loss = at::zeros({});
        at::Tensor logits;
        {
            const Autocast autocast(at::kCPU, bfloat16);
            logits = model.forward(part, TorchModel::Mode::Training, [&](const Layer &layer, const at::Tensor &output) {
                ++outcome.visits[layer.name];
                for (const AuxiliaryOutput &auxiliary : model.network().auxiliaryOutputs)
                    if (auxiliary.layer == layer.id)
                        loss = loss + auxiliary.lossWeight * at::cross_entropy_loss(output.to(at::kFloat), labels);
            });
        }
        loss = loss + at::cross_entropy_loss(logits.to(at::kFloat), labels);
        loss.backward();
        outcome.loss += loss.item<double>();
    }
    for (const TorchModel::NamedTensor &named : model.tensors())
        if (!named.isBuffer && !named.isTied)
            outcome.gradients.push_back(named.tensor.grad());
    outcome.state = model.stateDict();
    outcome.nextRandom = at::rand({4});
    return outcome;
}

QString difference(const TorchModel &model, const Outcome &expected, const Outcome &got)
{
    if (got.loss != expected.loss)
        return QString("the loss is %1 instead of %2").arg(got.loss, 0, 'g', 17).arg(expected.loss, 0, 'g', 17);
    std::size_t place = 0;
    for (const TorchModel::NamedTensor &named : model.tensors()) {
        if (named.isBuffer || named.isTied)
            continue;
        const at::Tensor &a = expected.gradients[place], &b = got.gradients[place];
        ++place;
        const bool same = a.defined() == b.defined() && (!a.defined() || at::equal(a, b));
        if (!same)
            return QString::fromStdString("the gradient of " + named.name + " differs by ")
                + (a.defined() && b.defined() ? QString::number((a - b).abs().max().item<double>() / a.abs().max().item<double>())
                                              : QString("all of it"));
    }
    for (const auto &[name, tensor] : expected.state.entries())
        if (!(*got.state.find(name) == tensor))
            return QString::fromStdString(name + " is another");
    if (!at::equal(expected.nextRandom, got.nextRandom))
        return "random numbers go on elsewhere";
    return expected.visits == got.visits ? QString() : QString("other layers are visited");
}

} // namespace

class RecomputationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gradientsAndStatisticsAreTheSame_data();
    void gradientsAndStatisticsAreTheSame();
    void featuresAreAStartToo();
    void nothingIsMadeAgainWithoutNeed();
    void sharedWeightsLearnFromEachUse();
    void evaluationStaysAsItIs();
};

void RecomputationTest::gradientsAndStatisticsAreTheSame_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("frozen");
    QTest::addColumn<bool>("bfloat16");
    const std::tuple<const char *, int, const char *> cases[]
        = {{"resnet18", 64, "none"}, {"resnet18", 64, "layer1,layer3.0"}, {"mobilenet_v2", 64, "none"}, {"googlenet", 64, "none"},
            {"squeezenet1_1", 64, "none"}, {"efficientnet_b0", 64, "none"}, {"shufflenet_v2_x0_5", 64, "conv1"}, {"swin_t", 32, "none"}};
    for (const auto &[architecture, side, frozen] : cases)
        for (const bool bfloat16 : {false, true})
            QTest::addRow("%s, frozen: %s, %s", architecture, frozen, bfloat16 ? "bf16" : "fp32")
                << architecture << side << frozen << bfloat16;
}

void RecomputationTest::gradientsAndStatisticsAreTheSame()
{
    QFETCH(QString, architecture);
    QFETCH(int, side);
    QFETCH(QString, frozen);
    QFETCH(bool, bfloat16);
    Network network = small(architecture.toStdString(), side);
    QVERIFY(freeze(network, frozen.toStdString()));
    at::manual_seed(5);
    const std::vector<std::vector<at::Tensor>> parts = {{at::randn({samples, 3, side, side})}, {at::randn({samples, 3, side, side})}};
    TorchModel whole = modelOf(network), segmented = modelOf(network);
    QVERIFY(segmented.setActivationCheckpointing(true));
    const Outcome expected = step(whole, parts, bfloat16), got = step(segmented, parts, bfloat16);
    const QString wrong = difference(whole, expected, got);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    if (frozen == "none" && architecture == "resnet18")
        QCOMPARE(got.state.find("bn1.num_batches_tracked")->toFloats().front(), 2.0F);
}

void RecomputationTest::featuresAreAStartToo()
{
    Network network = small("resnet18", 64);
    QVERIFY(freeze(network, "conv1,bn1,layer1"));
    const auto from = crossingLayers(network);
    at::manual_seed(5);
    const std::vector<std::vector<at::Tensor>> parts = {{at::randn({samples, 64, 16, 16})}};
    const TorchModel whole = modelOf(network, from);
    TorchModel segmented = modelOf(network, from);
    QVERIFY(segmented.setActivationCheckpointing(true));
    const QString wrong = difference(whole, step(whole, parts, false), step(segmented, parts, false));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void RecomputationTest::nothingIsMadeAgainWithoutNeed()
{
    Network network = small("resnet18", 64);
    QVERIFY(freeze(network, "all-but-head"));
    TorchModel model = modelOf(network);
    QVERIFY(!model.setActivationCheckpointing(true));
    TorchModel off = modelOf(small("resnet18", 64));
    QVERIFY(off.setActivationCheckpointing(true));
    QVERIFY(!off.setActivationCheckpointing(false));
    // Within a segment nothing is recorded in the forward pass; with checkpointing off everything is.
    const auto recorded = [](const TorchModel &any) {
        int count = 0;
        static_cast<void>(any.forward(at::randn({2, 3, 64, 64}), TorchModel::Mode::Training,
            [&](const Layer &, const at::Tensor &output) { count += output.requires_grad() ? 1 : 0; }));
        return count;
    };
    const int all = recorded(off);
    QVERIFY(off.setActivationCheckpointing(true));
    const int few = recorded(off);
    QVERIFY2(few < all && few > 0, qPrintable(QString("%1 of %2").arg(few).arg(all)));
}

void RecomputationTest::sharedWeightsLearnFromEachUse()
{
    at::manual_seed(3);
    const at::Tensor input = at::randn({4, 6}).requires_grad_(true), weight = at::randn({6, 6}).requires_grad_(true);
    int runs = 0;
    const Recomputable layer = [&](const std::vector<at::Tensor> &inputs, bool again) {
        runs += again ? 100 : 1;
        const at::Tensor product = at::tanh(at::linear(inputs[0], weight));
        return std::vector{at::dropout(product, 0.4, true), product * 2, inputs[0]};
    };
    const auto gradients = [&](bool again, bool bfloat16) {
        at::manual_seed(9);
        const auto run = [&](const at::Tensor &given) {
            return again ? runWithRecomputation(layer, {given}, {weight}, at::kCPU) : layer({given}, false);
        };
        const Autocast autocast(at::kCPU, bfloat16);
        const auto first = run(input);
        const auto second = run(first[0] + first[2]);
        const at::Tensor sum
            = (second[0].to(at::kFloat).square() + at::linear(second[0], weight).to(at::kFloat)).sum(); // one output unused
        sum.backward();
        const auto result = std::pair(input.grad().clone(), weight.grad().clone());
        input.mutable_grad() = at::Tensor();
        weight.mutable_grad() = at::Tensor();
        return result;
    };
    for (const bool bfloat16 : {false, true}) {
        const auto expected = gradients(false, bfloat16);
        QCOMPARE(std::exchange(runs, 0), 2);
        const auto got = gradients(true, bfloat16);
        QCOMPARE(std::exchange(runs, 0), 202);
        const double close = bfloat16 ? 0.02 : 1e-6; // of the largest: without checkpointing the uses are added up in bf16
        for (const auto &[a, b] : {std::pair(got.first, expected.first), std::pair(got.second, expected.second)})
            QVERIFY((a - b).abs().max().item<double>() <= close * b.abs().max().item<double>());
    }
}

void RecomputationTest::evaluationStaysAsItIs()
{
    const Network network = small("resnet18", 64);
    const TorchModel whole = modelOf(network);
    TorchModel segmented = modelOf(network);
    QVERIFY(segmented.setActivationCheckpointing(true));
    at::manual_seed(5);
    const at::Tensor batch = at::randn({2, 3, 64, 64});
    QVERIFY(at::equal(whole.forward(batch, TorchModel::Mode::Evaluation), segmented.forward(batch, TorchModel::Mode::Evaluation)));
    const at::NoGradGuard noGradients;
    QVERIFY(at::equal(whole.forward(batch, TorchModel::Mode::Training), segmented.forward(batch, TorchModel::Mode::Training)));
}

QTEST_GUILESS_MAIN(RecomputationTest)
#include "recomputationtest.moc"
