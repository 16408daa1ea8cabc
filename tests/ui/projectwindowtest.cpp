#include "controllers/projectcontroller.h"
#include "data/drawnpictures.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"

#include <QAction>
#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// Projects in the real window.
class ProjectWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aProjectIsSavedAndComesBackInAnotherWindow();
    void aBrokenProjectIsRefusedWithASentenceAndLeavesWhatIsOpen();
    void picturesThatAreGoneAreSaidAndStayInTheProject();
    void aNewProjectIsEmpty();

private:
    struct Graft {
        explicit Graft(const QTemporaryDir &folder)
            : window(workbench, appearance,
                {folder.filePath(QStringLiteral("runs")).toStdString(), folder.filePath(QStringLiteral("drawn")),
                    folder.filePath(QStringLiteral("autosave")).toStdString()})
        {
            window.show();
        }
        [[nodiscard]] ProjectController &project() { return *window.findChild<ProjectController *>(); }
        [[nodiscard]] QString message() const { return window.findChild<MessageBar *>()->text(); }
        void openDemo(const QString &pictures);

        Appearance appearance;
        Workbench workbench;
        MainWindow window;
    };
    [[nodiscard]] QString pictures() const { return m_folder.filePath(QStringLiteral("pictures")); }
    [[nodiscard]] QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".graft")); }
    QTemporaryDir m_folder;
};

void ProjectWindowTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QVERIFY(writeDrawnDataset(pictures().toStdString(), DrawnSet::Demo, 4, 2, 32, {}).has_value());
}

void ProjectWindowTest::Graft::openDemo(const QString &pictures)
{
    QSignalSpy model(&workbench, &Workbench::modelOpened), data(&workbench, &Workbench::dataOpened);
    workbench.openModel(QStringLiteral("demo"));
    workbench.openData(pictures);
    QTRY_VERIFY_WITH_TIMEOUT(model.count() == 1 && data.count() == 1, 30'000);
}

void ProjectWindowTest::aProjectIsSavedAndComesBackInAnotherWindow()
{
    Network network;
    {
        Graft graft(m_folder);
        graft.openDemo(pictures());
        Document &document = graft.workbench.document();
        document.setFrozen({document.model().network.layers().at(1).id}, true, QStringLiteral("freeze"));
        document.select({document.model().network.layers().at(2).id});
        QVERIFY(graft.window.isWindowModified());
        QSignalSpy saved(&graft.project(), &ProjectController::saved);
        graft.project().save(file("flowers"));
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 10'000);
        QVERIFY(!graft.window.isWindowModified());
        QVERIFY2(graft.window.windowTitle().contains(QStringLiteral("flowers")), qPrintable(graft.window.windowTitle()));
        document.undoStack().undo();
        QVERIFY(graft.window.isWindowModified());
        document.undoStack().redo();
        QVERIFY(!graft.window.isWindowModified());
        network = document.model().network;
    }
    Graft graft(m_folder);
    QSignalSpy data(&graft.workbench, &Workbench::dataOpened);
    graft.window.openPath(file("flowers"));
    QTRY_COMPARE_WITH_TIMEOUT(data.count(), 1, 30'000);
    const Document &document = graft.workbench.document();
    QVERIFY(document.model().network == network);
    QCOMPARE(document.dataset().classNames.size(), 12u);
    QCOMPARE(document.selection().size(), 1u);
    QVERIFY(!graft.window.isWindowModified());
    QCOMPARE(graft.project().file(), file("flowers"));
}

void ProjectWindowTest::aBrokenProjectIsRefusedWithASentenceAndLeavesWhatIsOpen()
{
    QFile broken(file("broken"));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no project at all") > 0);
    broken.close();
    Graft graft(m_folder);
    graft.window.openPath(file("flowers"));
    QTRY_VERIFY_WITH_TIMEOUT(graft.workbench.document().hasModel(), 10'000);
    graft.window.openPath(file("broken"));
    QTRY_VERIFY_WITH_TIMEOUT(graft.message().contains(QStringLiteral("broken.graft")), 10'000);
    QVERIFY(graft.workbench.document().hasModel());
    QCOMPARE(graft.project().file(), file("flowers"));
}

void ProjectWindowTest::picturesThatAreGoneAreSaidAndStayInTheProject()
{
    Project project;
    project.dataFolder = m_folder.filePath(QStringLiteral("gone")).toStdString();
    QVERIFY(writeProject(file("gone").toStdString(), project));
    Graft graft(m_folder);
    graft.window.openPath(file("gone"));
    QTRY_VERIFY_WITH_TIMEOUT(graft.message().contains(m_folder.filePath(QStringLiteral("gone"))), 10'000);
    QVERIFY(graft.workbench.document().project().dataFolder == project.dataFolder);
}

void ProjectWindowTest::aNewProjectIsEmpty()
{
    Graft graft(m_folder);
    graft.window.openPath(file("flowers"));
    QTRY_VERIFY_WITH_TIMEOUT(graft.workbench.document().hasData(), 30'000);
    graft.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&graft.window));
    QTest::keyClick(&graft.window, Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!graft.workbench.document().hasModel());
    QVERIFY(!graft.workbench.document().hasData());
    QVERIFY(graft.project().file().isEmpty());
    QVERIFY(!graft.window.isWindowModified());
}

QTEST_MAIN(ProjectWindowTest)
#include "projectwindowtest.moc"
