// databenchmark FOLDER: opens a folder of pictures in the real window, switches classes, scrolls and changes the split, and prints how long
// events had to wait in the window's loop meanwhile.
#include "data/classtable.h"
#include "data/thumbnails.h"
#include "support/benchmarkwindow.h"
#include "support/eventloopclock.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

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
    QApplication application(argc, argv);
    BenchmarkWindow graft;
    graft::MainWindow &window = graft.window;
    window.goTo(graft::Step::Data);
    QTest::qWait(500);
    bool isOpen = false;
    QObject::connect(&graft.workbench, &graft::Workbench::dataOpened, &window, [&] { isOpen = true; });
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
            graft.workbench.document().setValidationShare(share);
            QTest::qWait(300);
        }
    });
    measured("while all pictures are checked", [&] { QTest::qWait(10'000); });
    return 0;
}
