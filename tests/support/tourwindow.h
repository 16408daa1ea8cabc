#pragma once
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/stepbar.h"
#include "support/ownfolder.h"
#include "ui/hands.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <memory>

/// What the tours through the real window have in common. The environment names the look: GRAFT_TOUR_NAME (of the pictures' folder),
/// GRAFT_TOUR_THEME and GRAFT_TOUR_LANGUAGE; light and English unless told.
class TourWindow {
protected:
    /// Shows the window. Its pictures go to a folder beneath GRAFT_TOUR_FOLDER, named by the tour and the look and emptied first.
    void openWindow(const QString &tour = {})
    {
        m_look = qEnvironmentVariable("GRAFT_TOUR_NAME", QStringLiteral("light"));
        m_pictures = QStringLiteral(GRAFT_TOUR_FOLDER "/") + (tour.isEmpty() ? m_look : tour + QLatin1Char('-') + m_look);
        QDir(m_pictures).removeRecursively();
        QVERIFY(QDir().mkpath(m_pictures));
        m_appearance.restore();
        graft::Theme theme = graft::Theme::Light;
        QVERIFY(graft::Appearance::parseTheme(qEnvironmentVariable("GRAFT_TOUR_THEME", QStringLiteral("light")), theme));
        m_appearance.setTheme(theme);
        QVERIFY(m_appearance.setLanguage(qEnvironmentVariable("GRAFT_TOUR_LANGUAGE", QStringLiteral("en"))));
        m_window = std::make_unique<graft::MainWindow>(
            m_workbench, m_appearance, graft::Places{path(QStringLiteral("runs")).toStdString(), path(QStringLiteral("drawn pictures"))});
        m_window->resize(qEnvironmentVariableIsSet("QT_SCALE_FACTOR") ? QSize(1280, 800) : QSize(1440, 900));
        m_window->move(0, 0);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }
    /// Keeps a picture of the window as it is now; they are numbered.
    void take(const QString &what)
    {
        QTest::qWait(120); // what is queued gets drawn
        const QString file = QStringLiteral("%1/%2-%3.png").arg(m_pictures).arg(++m_number, 2, 10, QLatin1Char('0')).arg(what);
        QVERIFY2(m_window->grab().save(file), qPrintable(file));
    }
    void clickStep(graft::Step step)
    {
        hands::click(m_window->findChild<graft::StepBar *>()->button(step));
        QCOMPARE(m_window->step(), step);
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.path(name); }

    OwnFolder m_folder;
    QString m_look, m_pictures;
    graft::Appearance m_appearance;
    graft::Workbench m_workbench;
    graft::Document &m_document = m_workbench.document();
    std::unique_ptr<graft::MainWindow> m_window;

private:
    int m_number = 0;
};

/// The main() of a tour.
template <typename Tour>
int runTour(int argc, char **argv, const char *name)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QString::fromLatin1(name));
    Tour tour;
    return QTest::qExec(&tour, argc, argv);
}
