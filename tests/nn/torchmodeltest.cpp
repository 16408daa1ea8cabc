#include <QTest>

#include "graph/edits.h"
#include "graph/frontier.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "support/smallnetworks.h"

#include <cmath>
#include <set>

using namespace graft;
using namespace smallnetworks;

namespace {

TorchModel modelOf(const Network &network)
{
    return TorchModel::create(network, initialWeights(network, 3).value(), {}).value();
}

const at::Tensor &tensorOf(const TorchModel &model, const std::string &name)
{
    for (const auto &entry : model.tensors())
        if (entry.name == name)
            return entry.tensor;
    throw std::out_of_range(name);
}

} // namespace

class TorchModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { at::manual_seed(1); }
    void frozenBatchNormKeepsItsStatistics();
    void trainedBatchNormMovesItsStatisticsAsPyTorch();
    void frozenDropoutIsOff();
    void onlyTrainableLayersGetGradients();
    void beforeTheFrontierNothingIsRecorded();
    void evaluationRecordsNothingAndChangesNothing();
    void outputsAreReleasedAfterTheirLastUse();
    void fromTheFrontierItGoesOnAsFromThePicture();
    void valuesGoInAndOutUnchanged();
    void everyElementTypeCrosses();
    void errorsOfLibTorchBecomeSentences();
    void aNumberThatIsNotFiniteIsFoundWhereverItIs();
};

void TorchModelTest::frozenBatchNormKeepsItsStatistics()
{
    Network network = residual();
    QVERIFY(freeze(network, "bn1"));
    const TorchModel model = modelOf(network);
    const StateDict before = model.stateDict();
    static_cast<void>(model.forward(at::randn({4, 3, 16, 16}), TorchModel::Mode::Training));
    const StateDict after = model.stateDict();
    for (const auto &[name, tensor] : before.entries())
        QVERIFY2((*after.find(name) == tensor) == !(name.starts_with("layer1.0.bn1.running") || name == "layer1.0.bn1.num_batches_tracked"),
            name.c_str());
}

void TorchModelTest::trainedBatchNormMovesItsStatisticsAsPyTorch()
{
    const TorchModel model = modelOf(residual());
    at::Tensor into;
    static_cast<void>(
        model.forward(at::randn({4, 3, 16, 16}), TorchModel::Mode::Training, [&](const Layer &layer, const at::Tensor &output) {
            if (layer.name == "conv1")
                into = output.detach().clone();
        }));
    const at::Tensor mean = into.mean({0, 2, 3}) * 0.1;
    const at::Tensor variance = into.var({0, 2, 3}, true, false) * 0.1 + 0.9;
    QVERIFY(at::allclose(tensorOf(model, "bn1.running_mean"), mean, 1e-4, 1e-6));
    QVERIFY(at::allclose(tensorOf(model, "bn1.running_var"), variance, 1e-4, 1e-6));
    QCOMPARE(tensorOf(model, "bn1.num_batches_tracked").item<std::int64_t>(), std::int64_t{1});
}

void TorchModelTest::frozenDropoutIsOff()
{
    Network network = convolutionalHead();
    const at::Tensor batch = at::randn({2, 3, 16, 16});
    const auto differs = [&](TorchModel::Mode mode) {
        const TorchModel model = modelOf(network);
        return !at::equal(model.forward(batch, mode), model.forward(batch, mode));
    };
    QVERIFY(differs(TorchModel::Mode::Training));
    QVERIFY(!differs(TorchModel::Mode::Evaluation));
    QVERIFY(freeze(network, "classifier.0"));
    QVERIFY(!differs(TorchModel::Mode::Training));
}

void TorchModelTest::onlyTrainableLayersGetGradients()
{
    Network network = residual();
    QVERIFY(freeze(network, "conv1,layer1.0.bn1"));
    const TorchModel model = modelOf(network);
    model.forward(at::randn({4, 3, 16, 16}), TorchModel::Mode::Training).square().mean().backward();
    for (const auto &entry : model.tensors()) {
        const bool trains = !entry.isBuffer && !network.find(entry.layer)->frozen;
        QVERIFY2(entry.tensor.requires_grad() == trains, entry.name.c_str());
        QVERIFY2(entry.tensor.grad().defined() == trains, entry.name.c_str());
    }
}

void TorchModelTest::beforeTheFrontierNothingIsRecorded()
{
    Network network = residual();
    QVERIFY(freeze(network, "all-but-head"));
    const TorchModel model = modelOf(network);
    static_cast<void>(
        model.forward(at::randn({2, 3, 16, 16}), TorchModel::Mode::Training, [&](const Layer &layer, const at::Tensor &output) {
            QVERIFY2(output.requires_grad() == (layer.name == "fc"), layer.name.c_str());
        }));
}

void TorchModelTest::evaluationRecordsNothingAndChangesNothing()
{
    const TorchModel model = modelOf(residual());
    const StateDict before = model.stateDict();
    QVERIFY(!model.forward(at::randn({2, 3, 16, 16}), TorchModel::Mode::Evaluation).requires_grad());
    QVERIFY(model.stateDict() == before);
}

void TorchModelTest::outputsAreReleasedAfterTheirLastUse()
{
    const Network network = residual();
    const TorchModel model = modelOf(network);
    std::vector<std::pair<std::string, c10::weak_intrusive_ptr<c10::TensorImpl>>> seen;
    static_cast<void>(
        model.forward(at::randn({2, 3, 16, 16}), TorchModel::Mode::Evaluation, [&](const Layer &layer, const at::Tensor &output) {
            std::set<std::string> alive;
            for (const auto &[name, tensor] : seen)
                if (!tensor.expired())
                    alive.insert(name);
            // The shortcut holds `relu` until `layer1.0.add` has taken it.
            if (layer.name == "layer1.0.bn1")
                QCOMPARE(alive, (std::set<std::string>{"relu", "layer1.0.conv1"}));
            if (layer.name == "flatten")
                QVERIFY(!alive.contains("relu") && !alive.contains("layer1.0.add"));
            seen.emplace_back(layer.name, output.getIntrusivePtr());
        }));
}

void TorchModelTest::fromTheFrontierItGoesOnAsFromThePicture()
{
    Network network = residual();
    QVERIFY(freeze(network, "conv1,bn1,layer1.0.conv1"));
    const std::vector<LayerId> crossing = crossingLayers(network);
    QCOMPARE(crossing.size(), std::size_t{2});
    const StateDict weights = initialWeights(network, 3).value();
    const TorchModel whole = TorchModel::create(network, weights, {}).value();
    const TorchModel rest = TorchModel::create(network, weights, {}, crossing).value();
    const at::Tensor pictures = at::randn({4, 3, 16, 16});
    for (const auto mode : {TorchModel::Mode::Training, TorchModel::Mode::Evaluation}) {
        std::vector<at::Tensor> features;
        const at::Tensor expected = whole.forward(pictures, mode, [&](const Layer &layer, const at::Tensor &output) {
            for (const LayerId id : crossing)
                if (id == layer.id)
                    features.push_back(output.detach().clone());
        });
        QVERIFY(at::equal(rest.forward(features, mode), expected));
    }
    QVERIFY(rest.stateDict() == whole.stateDict());
    for (const auto &entry : rest.tensors())
        QVERIFY2(!entry.name.starts_with("conv1") && !entry.name.starts_with("bn1"), entry.name.c_str());
}

void TorchModelTest::valuesGoInAndOutUnchanged()
{
    const Network network = residual();
    const StateDict first = initialWeights(network, 1).value(), second = initialWeights(network, 2).value();
    TorchModel model = TorchModel::create(network, first, {}).value();
    QVERIFY(model.stateDict() == first);
    model.load(second);
    QVERIFY(model.stateDict() == second);
    QVERIFY(tensorOf(model, "fc.weight").requires_grad());
}

void TorchModelTest::everyElementTypeCrosses()
{
    const std::vector<std::byte> raw(64, std::byte{1});
    const auto bytes = std::make_shared<const std::vector<std::byte>>(raw);
    for (const DType type : {DType::Bool, DType::UInt8, DType::Int8, DType::Int16, DType::Int32, DType::Int64, DType::Float16,
             DType::BFloat16, DType::Float32, DType::Float64})
        // From byte 1 on, nothing wider than a byte is aligned.
        for (const std::size_t offset : {std::size_t{0}, std::size_t{1}}) {
            const Tensor tensor(type, {2, 3}, bytes, offset);
            QVERIFY2(fromTorch(toTorch(tensor)) == tensor, std::string(name(type)).c_str());
        }
    QVERIFY(fromTorch(toTorch(Tensor())) == Tensor());
    // A transposed tensor comes back in row-major order.
    const at::Tensor matrix = at::arange(6, at::kFloat).reshape({2, 3}).t();
    QCOMPARE(fromTorch(matrix).toFloats(), (std::vector<float>{0, 3, 1, 4, 2, 5}));
}

void TorchModelTest::errorsOfLibTorchBecomeSentences()
{
    const auto errorOf = [](auto &&function) {
        try {
            function();
        } catch (const std::exception &exception) {
            return errorFromTorch(exception, "it");
        }
        return Error();
    };
    const Error memory = errorOf([] { at::empty({std::int64_t{1} << 60}); });
    QCOMPARE(memory.code, ErrorCode::OutOfMemory);
    QCOMPARE(errorOf([] { throw std::bad_alloc(); }).code, ErrorCode::OutOfMemory);
    const Error shapes = errorOf([] { at::mm(at::ones({2, 3}), at::ones({2, 3})); });
    QCOMPARE(shapes.code, ErrorCode::Internal);
    QVERIFY(shapes.message.find('\n') == std::string::npos);
    if (!at::hasCUDA())
        QCOMPARE(errorOf([] { at::ones({1}).to(at::kCUDA); }).code, ErrorCode::DeviceUnavailable);
}

void TorchModelTest::aNumberThatIsNotFiniteIsFoundWhereverItIs()
{
    QVERIFY(isFinite(at::empty({0})));
    QVERIFY(isFinite(at::full({3}, 1'000'000'000'000)));
    const at::Tensor rows = at::rand({4, 5, 6, 7}) * 3e38;
    for (const at::Tensor &laidOut :
        {rows, rows.contiguous(at::MemoryFormat::ChannelsLast), rows.transpose(1, 3), rows.slice(2, 1, 6, 2)}) {
        QVERIFY(isFinite(laidOut));
        for (const float wrong : {std::nanf(""), INFINITY, -INFINITY})
            for (const at::ScalarType type : {at::kFloat, at::kDouble, at::kBFloat16}) {
                const at::Tensor copy = (laidOut / 2).to(type);
                copy[3][2][1][4] = wrong;
                QVERIFY(!isFinite(copy));
                copy[3][2][1][4] = 0;
                QVERIFY(isFinite(copy));
            }
    }
    QVERIFY(!isFinite(at::full({1}, NAN).requires_grad_()));
}

QTEST_GUILESS_MAIN(TorchModelTest)
#include "torchmodeltest.moc"
