#include "graph/segments.h"
#include "architectures/architecture.h"
#include "graph/edits.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace graft;

namespace {

using Sizes = std::vector<std::int64_t>;

/// A convolution, that there is something to train, and behind it ReLUs (which keep their outputs), pools (which keep what comes in), sums
/// and joins.
class Builder {
public:
    Builder()
    {
        m_last = network.add("input", "Input", {{"shape", Sizes{4, 32, 32}}}, {});
        m_last
            = add("Conv2d", {m_last}, {{"in_channels", std::int64_t{4}}, {"out_channels", std::int64_t{4}}, {"kernel_size", Sizes{1, 1}}});
    }
    void relus(int count)
    {
        for (int i = 0; i < count; ++i)
            m_last = add("ReLU", {m_last});
    }
    void halve() { m_last = add("AdaptiveAvgPool2d", {m_last}, {{"output_size", Sizes{m_side /= 2, m_side}}}); }
    /// Layers beside those on the way; what they end with is added to it, or laid beside it.
    void branch(const std::string &end, int onTheWay, int beside)
    {
        LayerId other = m_last;
        relus(onTheWay);
        for (int i = 0; i < beside; ++i)
            other = add("ReLU", {other});
        m_last = add(end, {m_last, other});
    }
    Network network;

private:
    LayerId add(const std::string &type, std::vector<LayerId> inputs, Attributes attributes = {})
    {
        return network.add(type + std::to_string(network.layers().size()), type, std::move(attributes), std::move(inputs));
    }
    LayerId m_last;
    std::int64_t m_side = 32;
};

/// The most that is held at a time, by the definition: while the backward pass of a layer runs, what crosses from all earlier cuts, the
/// activations of its segment up to the layer, and the gradients of its inputs and of all that it and later layers use. In values of one
/// picture.
double most(const Network &network, const std::vector<std::size_t> &cuts)
{
    const NetworkAnalysis analysis = analyse(network).value();
    const auto &layers = network.layers();
    const auto isNeeded = [&](std::size_t index, std::size_t from) { // at that place or behind
        return layers[index].id == network.output()
            || std::ranges::any_of(network.consumers(layers[index].id), [&](LayerId user) { return network.indexOf(user) >= from; });
    };
    const auto isKept = [&](std::size_t index) {
        const auto users = network.consumers(layers[index].id);
        return layers[index].type == "ReLU"
            || std::ranges::any_of(users, [&](LayerId user) { return network.find(user)->type == "AdaptiveAvgPool2d"; });
    };
    double result = 0;
    for (std::size_t layer = 1; layer < layers.size(); ++layer) {
        const auto cutsBefore = std::ranges::upper_bound(cuts, layer) - cuts.begin();
        const std::size_t first = cutsBefore > 0 ? cuts[static_cast<std::size_t>(cutsBefore) - 1] : 0;
        double held = 0;
        for (std::size_t index = 1; index <= layer; ++index) { // the picture lies before the frontier and is there in any case
            const bool crosses = std::any_of(
                cuts.begin(), cuts.begin() + cutsBefore, [&](std::size_t cut) { return index < cut && isNeeded(index, cut); });
            const int times = (crosses || (index >= first && isKept(index)) ? 1 : 0)
                + (isNeeded(index, index == layer ? layer + 1 : layer) ? 1 : 0); // the second is its gradient
            held += times * static_cast<double>(elementCount(analysis.layers[index].outputShape));
        }
        result = std::max(result, held);
    }
    return result;
}

/// Tries each set of cuts.
double leastOfAll(const Network &network)
{
    const std::size_t places = network.layers().size() - 2;
    double least = most(network, {});
    for (std::uint32_t chosen = 1; chosen < (1U << places); ++chosen) {
        std::vector<std::size_t> cuts;
        for (std::size_t place = 0; place < places; ++place)
            if (chosen & (1U << place))
                cuts.push_back(place + 2);
        least = std::min(least, most(network, cuts));
    }
    return least;
}

Network published(const std::string &architecture)
{
    return architectures().find(architecture)->build(10);
}

} // namespace

class SegmentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noOtherCutsTakeMuchLess_data();
    void noOtherCutsTakeMuchLess();
    void aLongChainTakesTheRootOfItsLength();
    void residualNetworksAreCutWhereLittleCrosses();
    void whatIsFrozenOrShortIsNotCut();
    void planningIsQuick();
};

void SegmentsTest::noOtherCutsTakeMuchLess_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("chain") << 0;
    QTest::newRow("smaller and smaller") << 1;
    QTest::newRow("residual") << 2;
    QTest::newRow("branches joined") << 3;
}

void SegmentsTest::noOtherCutsTakeMuchLess()
{
    QFETCH(int, number);
    Builder builder;
    if (number == 0)
        builder.relus(13);
    for (int part = 0; number == 1 && part < 3; ++part) {
        builder.relus(4);
        builder.halve();
    }
    for (int block = 0; number == 2 && block < 4; ++block)
        builder.branch("Add", 2, block % 2);
    for (int block = 0; number == 3 && block < 2; ++block) {
        builder.branch("Concatenate", 3, 2);
        builder.halve();
    }
    const Network &network = builder.network;
    const auto cuts = segmentCuts(network, analyse(network).value());
    QVERIFY(!cuts.empty());
    QVERIFY(std::ranges::is_sorted(cuts));
    const double got = most(network, cuts), least = leastOfAll(network);
    qInfo("%zu cuts: %.0f, least %.0f, without %.0f", cuts.size(), got, least, most(network, {}));
    QVERIFY(got <= 1.12 * least); // a tenth more than the least is allowed
}

void SegmentsTest::aLongChainTakesTheRootOfItsLength()
{
    constexpr int length = 400;
    Builder builder;
    builder.relus(length);
    const auto cuts = segmentCuts(builder.network, analyse(builder.network).value());
    const double layer = 4 * 32 * 32, got = most(builder.network, cuts) / layer;
    qInfo("%zu cuts: %.0f layers' outputs of %d", cuts.size(), got, length);
    QVERIFY(got < 2 * std::sqrt(length));
}

void SegmentsTest::residualNetworksAreCutWhereLittleCrosses()
{
    for (const char *name : {"resnet18", "resnet50", "regnet_y_400mf"}) {
        const Network network = published(name);
        const auto cuts = segmentCuts(network, analyse(network).value());
        QVERIFY2(!cuts.empty(), name);
        const auto crossing = [&](std::size_t cut) {
            return std::ranges::count_if(
                network.layers().begin(), network.layers().begin() + static_cast<std::ptrdiff_t>(cut), [&](const Layer &layer) {
                    return std::ranges::any_of(network.consumers(layer.id), [&](LayerId user) { return network.indexOf(user) >= cut; });
                });
        };
        for (const std::size_t cut : cuts)
            QVERIFY2(crossing(cut) <= 2, name); // one between blocks, and the shortcut besides within them
    }
}

void SegmentsTest::whatIsFrozenOrShortIsNotCut()
{
    Network network = published("resnet18");
    QVERIFY(freeze(network, "all-but-head"));
    QVERIFY(segmentCuts(network, analyse(network).value()).empty());
    QVERIFY(segmentCuts(Network(), NetworkAnalysis()).empty());
    Builder builder;
    builder.relus(1);
    QVERIFY(segmentCuts(builder.network, analyse(builder.network).value()).empty());

    network = published("resnet18");
    QVERIFY(freeze(network, "conv1,bn1,layer1"));
    const std::size_t frontier = network.indexOf(network.find("layer2.0.conv1")->id);
    for (const std::size_t cut : segmentCuts(network, analyse(network).value()))
        QVERIFY(cut > frontier);
}

void SegmentsTest::planningIsQuick()
{
    const Network network = published("efficientnet_b7");
    const auto analysis = analyse(network).value();
    qint64 fastest = std::numeric_limits<qint64>::max();
    for (int pass = 0; pass < 5; ++pass) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!segmentCuts(network, analysis).empty());
        fastest = std::min(fastest, timer.nsecsElapsed());
    }
    qInfo("EfficientNet-B7, %zu layers: %.2f ms", network.layers().size(), static_cast<double>(fastest) / 1e6);
    QVERIFY(fastest < 100'000'000);
}

QTEST_GUILESS_MAIN(SegmentsTest)
#include "segmentstest.moc"
