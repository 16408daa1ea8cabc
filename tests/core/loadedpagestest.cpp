#include "core/loadedpages.h"

#include "nn/device.h"

#include <QFile>
#include <QTest>
#include <optional>
#include <stdexcept>

using namespace graft;

namespace {

/// Kibibytes of files that are mapped into this process's memory; none where the system does not tell.
std::optional<int> fileMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return std::nullopt;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("RssFile:"))
            return line.mid(8).trimmed().split(' ').front().toInt();
    return std::nullopt;
}

} // namespace

class LoadedPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mostOfWhatLoadingReadIsLetGo();
    void allWorksAsBefore();
};

void LoadedPagesTest::mostOfWhatLoadingReadIsLetGo()
{
    const auto before = fileMemory();
    if (!before)
        QSKIP("This system does not tell how much memory files take.");
    letLoadedPagesGo();
    const auto after = fileMemory();
    QVERIFY(after);
    QVERIFY2(*after * 2 < *before, qPrintable(QStringLiteral("%1 of %2 KiB").arg(*after).arg(*before)));
}

void LoadedPagesTest::allWorksAsBefore()
{
    letLoadedPagesGo();
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, throw std::runtime_error("found by tables in those pages"));
    prepareThreads(); // code and relocated data of LibTorch
    QVERIFY(!availableDevices().empty());
    QCOMPARE(slowMathWarning().empty() || slowMathWarning().ends_with("."), true);
}

QTEST_GUILESS_MAIN(LoadedPagesTest)
#include "loadedpagestest.moc"
