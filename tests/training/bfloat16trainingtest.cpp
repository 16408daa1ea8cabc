#ifndef Q_MOC_RUN // moc cannot read what these include
#include "architectures/architecture.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#endif

#include <QTest>
#include <map>
#include <optional>
#include <set>

using namespace graft;

namespace {

constexpr int classes = 5;
constexpr std::int64_t manyParameters = 7'000'000; ///< from which on only the smallest with the same types of layers is trained
constexpr std::int64_t tooManyParameters = 90'000'000;
constexpr std::int64_t manyMultiplyAdds = 1'000'000'000; ///< for one picture
constexpr double closeDirection = 0.9; ///< cosine of the angle between the gradients in bf16 and in float32

struct Small {
    Network network;
    NetworkAnalysis analysis;
    std::int64_t side = 0;
};

/// For pictures as small as the network takes, without what is random in training.
std::optional<Small> smallNetwork(const Architecture &architecture)
{
    Network network = architecture.build(classes);
    for (const Layer &layer : std::vector<Layer>(network.layers()))
        if (layer.type == "Dropout" || layer.type == "StochasticDepth")
            network.find(layer.id)->attributes["p"] = 0.0;
    const std::int64_t usual = network.inputShape()[1];
    for (const std::int64_t side : {std::int64_t(64), std::int64_t(128), usual}) {
        if (side > usual)
            continue;
        network.find(network.layers().front().id)->attributes["shape"] = Shape{3, side, side};
        if (auto analysis = analyse(network))
            return Small{network, *analysis, side};
    }
    return {};
}

/// Coarse patterns: what differs between the pictures reaches the last layers.
at::Tensor pictures(std::int64_t samples, std::int64_t side)
{
    const at::Tensor coarse = at::randn({samples, 3, 4, 4}) + at::randn({samples, 3, 1, 1});
    return at::upsample_bilinear2d(coarse, {side, side}, false).contiguous(at::MemoryFormat::ChannelsLast);
}

/// Most of what a BatchNorm gives is positive then. Without, the gradients of deep random networks hang on which activations happen to be
/// cut: rounding the weights alone turns them anywhere, in float32 too.
void shiftNorms(const TorchModel &model)
{
    const at::NoGradGuard noGradients;
    for (const TorchModel::NamedTensor &named : model.tensors())
        if (model.network().find(named.layer)->type == "BatchNorm2d" && named.name.ends_with(".bias"))
            at::Tensor(named.tensor).fill_(1.5);
}

struct Step {
    double loss = 0;
    std::vector<at::Tensor> gradients; ///< of all that is trained, flattened; undefined = none
};

Step step(const TorchModel &model, const at::Tensor &batch, bool bfloat16)
{
    const at::Tensor labels = at::arange(batch.size(0)).remainder(classes);
    at::Tensor logits;
    {
        const Autocast autocast(at::kCPU, bfloat16);
        logits = model.forward(batch, TorchModel::Mode::Training).to(at::kFloat);
    }
    const at::Tensor loss = at::cross_entropy_loss(logits, labels);
    loss.backward();
    Step result{loss.item<double>(), {}};
    for (const TorchModel::NamedTensor &named : model.tensors())
        if (!named.isBuffer && !named.isTied) {
            result.gradients.push_back(named.tensor.grad().defined() ? named.tensor.grad().to(at::kFloat).flatten() : at::Tensor());
            named.tensor.mutable_grad() = at::Tensor();
        }
    return result;
}

/// Empty when bf16 gives what float32 does as far as it can be expected to.
QString difference(const Step &exact, const Step &reduced)
{
    if (!std::isfinite(exact.loss) || std::abs(reduced.loss - exact.loss) > 0.05 * std::max(1.0, exact.loss))
        return QString("the loss is %1 and in float32 %2").arg(reduced.loss).arg(exact.loss);
    double product = 0, exactSquare = 0, reducedSquare = 0;
    for (std::size_t i = 0; i < exact.gradients.size(); ++i) {
        const at::Tensor &a = exact.gradients[i], &b = reduced.gradients[i];
        if (a.defined() != b.defined())
            return "other tensors have gradients";
        if (!a.defined())
            continue;
        product += a.dot(b).item<double>();
        exactSquare += a.dot(a).item<double>();
        reducedSquare += b.dot(b).item<double>();
    }
    const double cosine = product / std::sqrt(exactSquare * reducedSquare), length = std::sqrt(reducedSquare / exactSquare);
    if (cosine > closeDirection && length > 0.8 && length < 1.25) // false for what is not finite
        return {};
    return QString("the gradient's direction is %1 alike and its length %2 times float32's").arg(cosine).arg(length);
}

} // namespace

class Bfloat16TrainingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gradientsInBfloat16PointWhereFloat32sDo_data();
    void gradientsInBfloat16PointWhereFloat32sDo();
};

void Bfloat16TrainingTest::gradientsInBfloat16PointWhereFloat32sDo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isSmall");
    std::map<std::set<std::string>, std::int64_t> least;
    const auto typesAndParameters = [](const Architecture &architecture) {
        const Network network = architecture.build(classes);
        std::set<std::string> types;
        for (const Layer &layer : network.layers())
            types.insert(layer.type);
        return std::pair(types, analyse(network).value().parameters);
    };
    for (const Architecture &architecture : architectures().all()) {
        const auto [types, parameters] = typesAndParameters(architecture);
        std::int64_t &known = least.try_emplace(types, parameters).first->second;
        known = std::min(known, parameters);
    }
    for (const Architecture &architecture : architectures().all()) {
        const auto [types, parameters] = typesAndParameters(architecture);
        const std::int64_t most = parameters == least[types] ? tooManyParameters : manyParameters;
        QTest::newRow(architecture.name.c_str()) << QString::fromStdString(architecture.name) << (parameters < most);
    }
}

void Bfloat16TrainingTest::gradientsInBfloat16PointWhereFloat32sDo()
{
    QFETCH(QString, name);
    QFETCH(bool, isSmall);
    if (!isSmall)
        QSKIP("too large to be trained in a test; a smaller one has the same types of layers, or their own tests suffice");
    const auto small = smallNetwork(*architectures().find(name.toStdString()));
    QVERIFY(small);
    const auto model = TorchModel::create(small->network, initialWeights(small->network, 3).value(), Device());
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    shiftNorms(*model);
    at::manual_seed(5);
    const at::Tensor batch = pictures(small->analysis.multiplyAdds > manyMultiplyAdds ? 2 : 8, small->side);
    const Step exact = step(*model, batch, false), reduced = step(*model, batch, true);
    const QString wrong = difference(exact, reduced);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(Bfloat16TrainingTest)
#include "bfloat16trainingtest.moc"
