#pragma once
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "support/ownfolder.h"

#include <cstdio>
#include <cstdlib>

/// The real window for a benchmark, in the light look; what it makes is gone afterwards. What fails is printed and ends the program.
struct BenchmarkWindow {
    BenchmarkWindow()
    {
        appearance.setTheme(graft::Theme::Light);
        QObject::connect(&workbench, &graft::Workbench::failed, &window, [](const graft::Error &error) {
            std::fprintf(stderr, "%s\n", error.message.c_str());
            std::quick_exit(1);
        });
        window.resize(1440, 900);
        window.show();
    }

    OwnFolder folder;
    graft::Appearance appearance;
    graft::Workbench workbench;
    graft::MainWindow window{
        workbench, appearance, {folder.path(QStringLiteral("runs")).toStdString(), folder.path(QStringLiteral("pictures"))}};
};
