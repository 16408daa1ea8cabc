#include "gui/startupclock.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace graft {
namespace {

/// Milliseconds since the system started this process, loading of libraries included; -1 when it does not say.
qint64 processAge()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    timespec now{};
    if (!stat.open(QIODevice::ReadOnly) || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return -1;
    const QByteArray line = stat.readAll();
    // The fields after the program's name, which may hold blanks; the 20th of them is the start in ticks since boot.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20)
        return -1;
    const qint64 start = fields.at(19).toLongLong() * 1000 / ::sysconf(_SC_CLK_TCK);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - start;
}

class FirstPaint : public QObject {
public:
    FirstPaint(QWidget &window, const QElapsedTimer &sinceMain) : QObject(&window), m_sinceMain(sinceMain)
    {
        window.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QTimer::singleShot(0, this, [this] {
                std::printf("startup: %lld ms from main(), %lld ms from the start of the program\n",
                    static_cast<long long>(m_sinceMain.elapsed()), static_cast<long long>(processAge()));
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QElapsedTimer m_sinceMain;
    bool m_seen = false;
};

} // namespace

void measureStartup(QWidget &window, const QElapsedTimer &sinceMain)
{
    new FirstPaint(window, sinceMain); // owned by the window
}

} // namespace graft
