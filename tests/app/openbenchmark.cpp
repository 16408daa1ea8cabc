// openbenchmark MODEL [RUNS]: opens a model file in the real window and prints the milliseconds until its graph has been drawn.
#include "graph/graphview.h"
#include "support/benchmarkwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QTimer>
#include <algorithm>
#include <cstdio>

namespace {

/// Opens the file again and again; a run ends when the graph was painted after the model had come.
class OpenClock : public QObject {
public:
    OpenClock(graft::MainWindow &window, QString file, int runs) : m_window(window), m_file(std::move(file)), m_left(runs)
    {
        qApp->installEventFilter(this);
    }
    void start()
    {
        m_opened = false;
        m_clock.start();
        m_window.openModel(m_file);
    }
    void modelOpened() { m_opened = true; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_opened && isInGraph(watched)) {
            m_opened = false;
            QTimer::singleShot(0, this, [this] { finishRun(); }); // after this painting
        }
        return false;
    }

private:
    static bool isInGraph(const QObject *object)
    {
        while (object && !qobject_cast<const graft::GraphView *>(object))
            object = object->parent();
        return object != nullptr;
    }
    void finishRun()
    {
        m_milliseconds.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        if (--m_left > 0)
            return start();
        std::sort(m_milliseconds.begin(), m_milliseconds.end());
        std::printf("file to drawn graph in ms: median %.0f (%.0f to %.0f, %zu runs)\n", m_milliseconds[m_milliseconds.size() / 2],
            m_milliseconds.front(), m_milliseconds.back(), m_milliseconds.size());
        QCoreApplication::quit();
    }

    graft::MainWindow &m_window;
    QString m_file;
    int m_left;
    bool m_opened = false;
    QElapsedTimer m_clock;
    std::vector<double> m_milliseconds;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: openbenchmark MODEL [RUNS]\n");
        return 2;
    }
    BenchmarkWindow graft;
    OpenClock clock(graft.window, arguments.at(1), std::max(1, arguments.value(2, QStringLiteral("5")).toInt()));
    QObject::connect(&graft.workbench, &graft::Workbench::modelOpened, &clock, [&clock] { clock.modelOpened(); });
    QTimer::singleShot(500, &clock, [&clock] { clock.start(); });
    return QApplication::exec();
}
