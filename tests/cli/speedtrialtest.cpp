#include "speedtrial.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;
using namespace graft::cli;

namespace {

/// A program that takes half a second before its own clock starts, of which it says 0.2 s.
constexpr const char *slowStart = R"(sleep 0.5; echo '{"seconds": 0.2}')";
constexpr double startSeconds = 0.5;

} // namespace

/// What is made of what a timed program says, and of what it does not say.
class SpeedTrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProgramIsTimedFromItsStartToItsEnd();
    void theStartCountsOnceHoweverMuchOfTheWorkWasDone();
    void aRateIsTheTimeOfAPictureAndNoProgramsTime();
    void theLastObjectCounts();
    void whatFailsSaysItsLastLine_data();
    void whatFailsSaysItsLastLine();

private:
    struct Timed {
        Result<SpeedFigures> figures;
        double seconds = 0; ///< as seen from outside
    };
    [[nodiscard]] static Timed run(const char *script, double share = 1, const char *said = "seconds", bool isRate = false);
};

SpeedTrialTest::Timed SpeedTrialTest::run(const char *script, double share, const char *said, bool isRate)
{
    const QTemporaryDir folder;
    SpeedTrial trial{"the script", {"sh", "-c", script}, {}, said, isRate, share};
    QElapsedTimer clock;
    clock.start();
    auto figures = runTrial(trial, folder.path().toStdString());
    return {std::move(figures), static_cast<double>(clock.nsecsElapsed()) / 1e9};
}

void SpeedTrialTest::aProgramIsTimedFromItsStartToItsEnd()
{
    const Timed timed = run(slowStart);
    QVERIFY(timed.figures);
    QCOMPARE(timed.figures->seconds, 0.2);
    QVERIFY2(timed.figures->programSeconds >= startSeconds, qPrintable(QString::number(timed.figures->programSeconds)));
    QVERIFY2(timed.figures->programSeconds <= timed.seconds, qPrintable(QString::number(timed.figures->programSeconds)));
    QVERIFY(timed.figures->peakBytes > 0);
    QVERIFY(!timed.figures->accuracy);
}

void SpeedTrialTest::theStartCountsOnceHoweverMuchOfTheWorkWasDone()
{
    const Timed timed = run(slowStart, 0.1);
    QVERIFY(timed.figures);
    QCOMPARE(timed.figures->seconds, 2.0);
    const double rest = timed.figures->programSeconds - 2.0; // what is not the work
    QVERIFY2(rest >= startSeconds - 0.2 && rest <= timed.seconds - 0.2, qPrintable(QString::number(rest)));
}

void SpeedTrialTest::aRateIsTheTimeOfAPictureAndNoProgramsTime()
{
    const Timed timed = run(R"(echo '{"picturesPerSecond": 50, "accuracy": 0.75}')", 1, "picturesPerSecond", true);
    QVERIFY(timed.figures);
    QCOMPARE(timed.figures->seconds, 0.02);
    QCOMPARE(timed.figures->programSeconds, 0.0);
    QCOMPARE(timed.figures->accuracy, std::optional(0.75));
}

void SpeedTrialTest::theLastObjectCounts()
{
    const Timed timed = run(R"(echo '{"seconds": 7}'; echo '{"seconds": 3, "best": {"accuracy": 0.5}}'; echo '[1]'; echo done >&2)");
    QVERIFY(timed.figures);
    QCOMPARE(timed.figures->seconds, 3.0);
    QCOMPARE(timed.figures->accuracy, std::optional(0.5));
}

void SpeedTrialTest::whatFailsSaysItsLastLine_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("status") << QByteArray("echo '{\"seconds\": 1}'; echo no luck >&2; exit 3") << QByteArray("the script failed: no luck");
    QTest::newRow("signal") << QByteArray("kill -ILL $$") << QByteArray("the script was ended by signal 4.");
    QTest::newRow("nothing") << QByteArray("true") << QByteArray("the script did not say how long it took.");
    QTest::newRow("text") << QByteArray("echo '{\"seconds\": \"1\"}'") << QByteArray("the script did not say how long it took.");
}

void SpeedTrialTest::whatFailsSaysItsLastLine()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, sentence);
    const Timed timed = run(script.constData());
    QVERIFY(!timed.figures);
    QCOMPARE(QByteArray::fromStdString(timed.figures.error().message), sentence);
}

QTEST_GUILESS_MAIN(SpeedTrialTest)
#include "speedtrialtest.moc"
