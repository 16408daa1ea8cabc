// stallbenchmark [MODEL [DATA [EPOCHS]]]: trains in the real window on all cores and prints how long events had to wait in the window's
// loop. Without arguments it takes the built-in network and drawn pictures.
#include "gui/appearance.h"
#include "gui/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

namespace {

constexpr auto pingInterval = std::chrono::milliseconds(5);

/// Posts an event every 5 ms from a thread of its own and notes how long each waited until the window's thread took it.
class EventLoopClock : public QObject {
public:
    EventLoopClock()
    {
        m_clock.start();
        m_thread = std::thread([this] {
            while (!m_stop) {
                const qint64 posted = m_clock.nsecsElapsed();
                QMetaObject::invokeMethod(
                    this, [this, posted] { m_delays.push_back(double(m_clock.nsecsElapsed() - posted) / 1e6); }, Qt::QueuedConnection);
                std::this_thread::sleep_for(pingInterval);
            }
        });
    }
    ~EventLoopClock() override { stop(); }
    void stop()
    {
        m_stop = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    void print()
    {
        std::sort(m_delays.begin(), m_delays.end());
        const auto at = [this](double share) { return m_delays[std::size_t(share * double(m_delays.size() - 1))]; };
        const auto over = std::count_if(m_delays.begin(), m_delays.end(), [](double delay) { return delay > 100; });
        std::printf("event-loop delay in ms over %zu events while training: p50 %.2f  p95 %.2f  p99 %.2f  max %.2f  (over 100 ms: %ld)\n",
            m_delays.size(), at(0.5), at(0.95), at(0.99), m_delays.back(), long(over));
    }

private:
    QElapsedTimer m_clock;
    std::thread m_thread;
    std::atomic<bool> m_stop = false;
    std::vector<double> m_delays; // milliseconds; the window's thread only
};

} // namespace

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("stallbenchmark"));
    const QStringList arguments = QCoreApplication::arguments();

    graft::Appearance appearance;
    appearance.setTheme(graft::Theme::Light);
    graft::Workbench workbench;
    graft::MainWindow window(
        workbench, appearance, {folder.filePath(QStringLiteral("runs")).toStdString(), folder.filePath(QStringLiteral("pictures"))});
    window.show();
    graft::TrainingConfig config;
    config.epochs = arguments.value(3, QStringLiteral("3")).toInt();
    workbench.document().setTrainingConfig(config);

    std::unique_ptr<EventLoopClock> clock;
    const auto startWhenReady = [&] {
        if (!workbench.document().hasModel() || !workbench.document().hasData() || clock)
            return;
        workbench.applyFreezeSetting(QStringLiteral("all-but-head"));
        clock = std::make_unique<EventLoopClock>();
        window.runs().start();
    };
    QObject::connect(&workbench, &graft::Workbench::modelOpened, &window, startWhenReady);
    QObject::connect(&workbench, &graft::Workbench::dataOpened, &window, startWhenReady);
    QObject::connect(&workbench, &graft::Workbench::failed, &window, [](const graft::Error &error) {
        std::fprintf(stderr, "%s\n", error.message.c_str());
        QCoreApplication::exit(1);
    });
    QObject::connect(&window.runs(), &graft::RunController::ended, &window, [&](const graft::TrainingOutcome &outcome) {
        clock->stop();
        clock->print();
        std::printf("%s\n", outcome.error.message.empty() ? "trained" : outcome.error.message.c_str());
        QCoreApplication::exit(outcome.reason == graft::StopReason::Completed ? 0 : 1);
    });
    window.openModel(arguments.value(1, QStringLiteral("demo")));
    if (arguments.size() > 2)
        window.openData(arguments.at(2));
    else
        workbench.openDrawnData(folder.filePath(QStringLiteral("pictures")));
    return QApplication::exec();
}
