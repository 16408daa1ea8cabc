#ifndef Q_MOC_RUN // moc cannot read what these include
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/trainingplan.h"
#include "limitedallocator.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <ATen/ATen.h>
#endif

#include <QTest>
#include <cmath>

using namespace graft;

/// What a training step holds between its passes, counted where memory is given out, against what is forecast of it.
class KeptMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forecastKeepsForBackwardWhatAStepHolds_data();
    void forecastKeepsForBackwardWhatAStepHolds();
};

void KeptMemoryTest::forecastKeepsForBackwardWhatAStepHolds_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("frozen");
    QTest::addColumn<bool>("bfloat16");
    for (const bool bfloat16 : {false, true})
        for (const auto &[architecture, frozen] :
            {std::pair("resnet18", ""), std::pair("resnet18", "layer2"), std::pair("mobilenet_v2", ""), std::pair("mobilenet_v3_small", ""),
                std::pair("densenet121", ""), std::pair("efficientnet_b0", "")})
            QTest::addRow("%s %s %s", architecture, frozen, bfloat16 ? "bf16" : "fp32")
                << QString::fromLatin1(architecture) << QString::fromLatin1(frozen) << bfloat16;
}

void KeptMemoryTest::forecastKeepsForBackwardWhatAStepHolds()
{
    QFETCH(const QString, architecture);
    QFETCH(const QString, frozen);
    QFETCH(const bool, bfloat16);
    constexpr std::int64_t batch = 2, side = 96;
    Network network = architectures().find(architecture.toStdString())->build(10);
    network.find(network.layers().front().id)->attributes["shape"] = std::vector<std::int64_t>{3, side, side};
    if (!frozen.isEmpty())
        QVERIFY(freeze(network, frozen.toStdString()));
    const LimitedAllocator allocator;
    const auto model = TorchModel::create(network, initialWeights(network, 1).value(), {});
    QVERIFY(model);
    const std::size_t before = LimitedAllocator::out();
    const at::Tensor pictures = at::rand({batch, 3, side, side}).contiguous(at::MemoryFormat::ChannelsLast);
    const Autocast autocast(at::kCPU, bfloat16);
    const at::Tensor logits = model->forward(pictures, TorchModel::Mode::Training);
    auto kept = static_cast<double>(LimitedAllocator::out() - before);
    const auto analysis = analyse(network).value();
    ForecastSettings settings;
    settings.bfloat16 = bfloat16;
    if (bfloat16) {
        // Pictures are kept as they come and rounded; rounded weights are forecast with the weights.
        kept -= static_cast<double>(pictures.nbytes());
        for (const LayerAnalysis &layer : analysis.layers)
            if (layer.multiplyAdds > 0)
                kept -= 2 * static_cast<double>(layer.parameters);
    }
    const auto forecast = static_cast<double>(TrainingPlan(network, analysis, {.fuses = true}).keptForBackward(batch, settings));
    qInfo("%.2f MB, forecast %.2f MB", kept / 1e6, forecast / 1e6);
    QVERIFY(std::abs(forecast - kept) < 0.05 * kept + 20'000);
}

QTEST_GUILESS_MAIN(KeptMemoryTest)
#include "keptmemorytest.moc"
