#pragma once
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "support/ownfolder.h"

#include <QSignalSpy>
#include <QTest>
#include <memory>

/// The real window with the built-in network in it; its settings and what it makes go to a folder that is gone afterwards.
class DemoWindow {
public:
    /// A window of its own, shown and active; the one before is gone. Fails the test when that cannot be had.
    void open()
    {
        close();
        appearance = std::make_unique<graft::Appearance>();
        workbench = std::make_unique<graft::Workbench>();
        window = std::make_unique<graft::MainWindow>(*workbench, *appearance,
            graft::Places{m_folder.path(QStringLiteral("runs")).toStdString(), m_folder.path(QStringLiteral("drawn"))});
        window->resize(1600, 1000);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        openDemo();
    }
    void openDemo()
    {
        QSignalSpy opened(workbench.get(), &graft::Workbench::modelOpened);
        workbench->openModel(QStringLiteral("demo"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
    }
    void close()
    {
        window.reset();
        workbench.reset();
        appearance.reset();
    }
    [[nodiscard]] graft::Document &document() { return workbench->document(); }
    [[nodiscard]] const graft::Network &network() { return document().model().network; }
    /// The first layer of that type.
    [[nodiscard]] graft::LayerId layerOf(const std::string &type)
    {
        for (const graft::Layer &layer : network().layers())
            if (layer.type == type)
                return layer.id;
        return {};
    }

    std::unique_ptr<graft::Appearance> appearance;
    std::unique_ptr<graft::Workbench> workbench;
    std::unique_ptr<graft::MainWindow> window;

private:
    OwnFolder m_folder;
};
