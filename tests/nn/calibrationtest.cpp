#include "nn/calibration.h"
#include "core/files.h"

#include <QTemporaryDir>
#include <QTest>
#include <utility>

using namespace graft;

class CalibrationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfWorkGetsARate();
    void cancellingStops();
    void ratesAreKeptForEachDeviceAndPrecision();
    void aBrokenFileIsMeasuredAgain();
};

void CalibrationTest::everyKindOfWorkGetsARate()
{
    double last = -1;
    const auto rates = measureRates({}, [&](double share) { QVERIFY(share >= std::exchange(last, share) && share <= 1); }, {});
    QVERIFY(rates);
    QVERIFY(last > 0.9);
    const auto costs = [](const PassRate &rate) { return rate.perMultiplyAdd > 0 || rate.perValue > 0 || rate.perParameter > 0; };
    for (const Work kind : allWork) {
        if (kind == Work::None)
            continue;
        QVERIFY2(costs(rates->of(kind).forward), std::string(name(kind)).c_str());
        QVERIFY2(costs(rates->of(kind).backward), std::string(name(kind)).c_str());
        QVERIFY2(costs(rates->of(kind).compiled), std::string(name(kind)).c_str());
    }
    for (const Work kind : {Work::Convolution, Work::PointConvolution, Work::DepthwiseConvolution, Work::Product})
        QVERIFY2(costs(rates->of(kind).weightGradient), std::string(name(kind)).c_str());
    QVERIFY(rates->forwardCall > 0 && rates->backwardCall > 0 && rates->optimizerValue > 0);
}

void CalibrationTest::cancellingStops()
{
    const Cancellation cancellation;
    cancellation.request();
    QCOMPARE(measureRates({}, {}, cancellation).error().code, ErrorCode::Cancelled);
}

void CalibrationTest::ratesAreKeptForEachDeviceAndPrecision()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("cache/graft").toStdString();
    const RatesKey plain, reduced{{}, true};
    QCOMPARE(readRates(plain, path).error().code, ErrorCode::FileNotFound);
    MachineRates rates;
    rates.forwardCall = 1e-6;
    QVERIFY(keepRates(plain, rates, path));
    QCOMPARE(readRates(plain, path).value(), rates);
    QVERIFY(!readRates(reduced, path));
    MachineRates others;
    others.forwardCall = 2e-6;
    QVERIFY(keepRates(reduced, others, path));
    QCOMPARE(readRates(plain, path).value(), rates);
    QCOMPARE(readRates(reduced, path).value(), others);
    QVERIFY(describe(plain) != describe(reduced));
}

void CalibrationTest::aBrokenFileIsMeasuredAgain()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    for (const char *text : {"", "{", "[1]", "null"}) {
        QVERIFY(writeText(path / "machine.json", text));
        QCOMPARE(readRates({}, path).error().code, ErrorCode::FileNotFound);
        QVERIFY(keepRates({}, MachineRates(), path));
        QVERIFY(readRates({}, path));
    }
}

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibrationtest.moc"
