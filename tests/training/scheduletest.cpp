#include "training/schedule.h"
#include "training/pythonoracle.h"

#include <QTest>
#include <cmath>

using namespace graft;

class ScheduleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ratesAreThoseOfPyTorch();
    void oneStepRunsAreFine();
};

void ScheduleTest::ratesAreThoseOfPyTorch()
{
    if (!pythonHasTorch())
        QSKIP("no Python with torch here");
    nlohmann::json runs = nlohmann::json::array();
    for (const char *schedule : {"constant", "step", "cosine", "onecycle"})
        for (const auto &[perEpoch, epochs] : {std::pair(7, 5), std::pair(1, 12), std::pair(20, 1)})
            for (const double warmup : {0.3, 0.1, 0.75})
                runs.push_back({{"schedule", schedule}, {"learningRate", 0.02}, {"stepEpochs", 2}, {"stepFactor", 0.3},
                    {"warmupShare", warmup}, {"stepsPerEpoch", perEpoch}, {"totalSteps", perEpoch * epochs}});
    const auto expected = askPython("schedules.py", runs);
    QVERIFY(expected);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        TrainingConfig config;
        config.learningRate = runs[i]["learningRate"];
        config.stepEpochs = runs[i]["stepEpochs"];
        config.stepFactor = runs[i]["stepFactor"];
        config.warmupShare = runs[i]["warmupShare"];
        const ScheduleType *schedule = scheduleTypes().find(runs[i]["schedule"].get<std::string>());
        QVERIFY(schedule);
        for (std::int64_t step = 0; step < runs[i]["totalSteps"].get<std::int64_t>(); ++step) {
            const double rate = schedule->learningRate(config, step, runs[i]["stepsPerEpoch"], runs[i]["totalSteps"]);
            const double wanted = (*expected)[i][static_cast<std::size_t>(step)];
            QVERIFY2(std::abs(rate - wanted) <= 1e-9,
                qPrintable(
                    QString("%1, step %2: %3 instead of %4").arg(QString::fromStdString(runs[i].dump())).arg(step).arg(rate).arg(wanted)));
        }
    }
}

void ScheduleTest::oneStepRunsAreFine()
{
    for (const ScheduleType &schedule : scheduleTypes().all())
        for (const double warmup : {0.0, 0.3, 1.0}) {
            TrainingConfig config;
            config.warmupShare = warmup;
            const double rate = schedule.learningRate(config, 0, 1, 1);
            QVERIFY(std::isfinite(rate) && rate > 0);
        }
}

QTEST_GUILESS_MAIN(ScheduleTest)
#include "scheduletest.moc"
