// stallbenchmark [MODEL [DATA [EPOCHS]]]: trains in the real window on all cores and prints how long events had to wait in the window's
// loop. Without arguments it takes the built-in network and drawn pictures.
#include "support/benchmarkwindow.h"
#include "support/eventloopclock.h"

#include <QApplication>
#include <cstdio>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();

    BenchmarkWindow graft;
    graft::Workbench &workbench = graft.workbench;
    graft::MainWindow &window = graft.window;
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
    QObject::connect(&window.runs(), &graft::RunController::ended, &window, [&](const graft::TrainingOutcome &outcome) {
        clock->stop();
        clock->print("while training");
        std::printf("%s\n", outcome.error.message.empty() ? "trained" : outcome.error.message.c_str());
        QCoreApplication::exit(outcome.reason == graft::StopReason::Completed ? 0 : 1);
    });
    window.openModel(arguments.value(1, QStringLiteral("demo")));
    if (arguments.size() > 2)
        window.openData(arguments.at(2));
    else
        workbench.openDrawnData(graft.folder.path(QStringLiteral("pictures")));
    return QApplication::exec();
}
