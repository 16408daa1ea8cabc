// databenchmark FOLDER: opens a folder of pictures in the real window, switches classes, scrolls and changes the split, and prints how long
// events had to wait in the window's loop meanwhile.
#include "data/classtable.h"
#include "data/thumbnails.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "support/eventloopclock.h"

#include <QApplication>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

namespace {

template <typename Work>
void measured(const char *when, Work work)
{
    EventLoopClock clock;
    work();
    QTest::qWait(50);
    clock.stop();
    clock.print(when);
}

} // namespace

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("databenchmark"));

    graft::Appearance appearance;
    appearance.setTheme(graft::Theme::Light);
    graft::Workbench workbench;
    graft::MainWindow window(
        workbench, appearance, {folder.filePath(QStringLiteral("runs")).toStdString(), folder.filePath(QStringLiteral("pictures"))});
    window.resize(1440, 900);
    window.show();
    window.goTo(graft::Step::Data);
    QTest::qWait(500);
    bool isOpen = false;
    QObject::connect(&workbench, &graft::Workbench::dataOpened, &window, [&] { isOpen = true; });
    QObject::connect(&workbench, &graft::Workbench::failed, &window, [](const graft::Error &error) {
        std::fprintf(stderr, "%s\n", error.message.c_str());
        std::exit(1);
    });
    const auto open = [&] {
        isOpen = false;
        window.openData(QCoreApplication::arguments().value(1));
        while (!isOpen)
            QTest::qWait(10);
        QTest::qWait(500);
    };
    measured("while the folder is opened", open);
    measured("while it is opened again", open);
    QTableView *classes = nullptr;
    for (QTableView *view : window.findChildren<QTableView *>())
        if (view->isVisible() && view->model()->columnCount() == graft::ClassTableModel::ColumnCount)
            classes = view;
    auto *thumbnails = window.findChild<graft::ThumbnailView *>();
    measured("while classes are switched", [&] {
        for (int row = 0; row < std::min(20, classes->model()->rowCount()); ++row) {
            classes->setCurrentIndex(classes->model()->index(row, 0));
            QTest::qWait(100);
        }
    });
    measured("while pictures are scrolled", [&] {
        QScrollBar *bar = thumbnails->verticalScrollBar();
        for (int step = 0; step <= 100; ++step) {
            bar->setValue(bar->maximum() * step / 100);
            QTest::qWait(30);
        }
    });
    measured("while the share is changed", [&] {
        for (const double share : {0.3, 0.1, 0.2}) {
            workbench.document().setValidationShare(share);
            QTest::qWait(300);
        }
    });
    measured("while all pictures are checked", [&] { QTest::qWait(10'000); });
    return 0;
}
