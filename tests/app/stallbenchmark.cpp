// stallbenchmark [MODEL [DATA [EPOCHS]]]: trains in the real window on all cores and prints how long events had to wait in the window's
// loop. Without arguments it takes the built-in network and drawn pictures.
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "support/eventloopclock.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <cstdio>

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
        clock->print("while training");
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
