#include "nn/amxtiles.h"
#include "nn/device.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <fstream>
#include <string>
#include <thread>

using namespace graft;

namespace {

bool kernelNamesAmx()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("flags"))
            return line.find(" amx_bf16") != std::string::npos;
    return false;
}

double error(std::int64_t channels)
{
    const at::NoGradGuard noGradients;
    at::manual_seed(channels);
    const at::Tensor x = at::randn({2, channels, 9, 9}).contiguous(at::MemoryFormat::ChannelsLast),
                     w = at::randn({channels, channels, 3, 3});
    const at::Tensor wide = at::conv2d(x, w);
    const at::Tensor narrow = at::conv2d(x.to(at::kBFloat16), w.to(at::kBFloat16)).to(at::kFloat);
    return ((narrow - wide).norm() / wide.norm()).item<double>();
}

} // namespace

class AmxTilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyProcessorsWithTilesAreDescribed();
    void bfloat16ProductsComputeOnEveryThread();
};

void AmxTilesTest::onlyProcessorsWithTilesAreDescribed()
{
    prepareThreads();
    if (!kernelNamesAmx())
        QVERIFY(!describeTiles());
}

void AmxTilesTest::bfloat16ProductsComputeOnEveryThread()
{
    prepareThreads();
    QVERIFY(error(32) < 0.01);
    double elsewhere = 1;
    std::thread([&elsewhere] {
        prepareThreads();
        elsewhere = error(48);
    }).join();
    QVERIFY(elsewhere < 0.01);
}

QTEST_GUILESS_MAIN(AmxTilesTest)
#include "amxtilestest.moc"
