#include "controllers/autosave.h"
#include "controllers/projectcontroller.h"
#include "graph/networkjson.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace graft;

namespace {

const char *const folderVariable = "GRAFT_CRASH_FOLDER";

void useFolder(const QString &folder)
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder);
}

Places placesIn(const QString &folder)
{
    return {(folder + QStringLiteral("/runs")).toStdString(), folder + QStringLiteral("/drawn"),
        (folder + QStringLiteral("/autosave")).toStdString()};
}

QString projectIn(const QString &folder)
{
    return folder + QStringLiteral("/flowers.graft");
}

/// A saved project, then the edits of a person, then a word to the parent when they have been written down; it never ends by itself.
int workUntilKilled(QApplication &application, const QString &folder)
{
    useFolder(folder);
    Appearance appearance;
    Workbench workbench;
    MainWindow window(workbench, appearance, placesIn(folder));
    window.autosave().setDelay(50);
    window.show();
    auto *project = window.findChild<ProjectController *>();
    QObject::connect(&workbench, &Workbench::modelOpened, project, [&] { project->save(projectIn(folder)); });
    QObject::connect(project, &ProjectController::saved, &window, [&] {
        Document &document = workbench.document();
        const auto &layers = document.model().network.layers();
        document.setFrozen({layers.at(1).id, layers.at(2).id}, true, QStringLiteral("freeze"));
        document.setLearningRateFactor({layers.back().id}, 0.25);
        TrainingConfig config = document.trainingConfig();
        config.epochs = 23;
        document.setTrainingConfig(config);
        QObject::connect(&window.autosave(), &Autosave::written, &window, [&document] {
            std::printf("%s\n", toJson(document.model().network).dump().c_str());
            std::fflush(stdout);
        });
    });
    workbench.openModel(QStringLiteral("demo"));
    return application.exec();
}

} // namespace

/// A Graft that is killed, and the next one.
class CrashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void workOfAKilledGraftIsRestored();
    void workOfAClosedWindowIsOffered();
    void whatWasSavedOrOnlyLookedAtIsNotOffered();
    void restoringMayWaitAndMayBeRefused();
    void unsavedWorkThatGivesWayIsSaidAndComesBack();

private:
    /// Kills a working Graft; the network as it had it.
    [[nodiscard]] nlohmann::json killOne(const QString &folder);
    [[nodiscard]] static QAbstractButton *button(MainWindow &window, const QString &text);
};

nlohmann::json CrashTest::killOne(const QString &folder)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(folderVariable), folder);
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {});
    QByteArray line;
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < 60'000 && !line.contains('\n');) {
        process.waitForReadyRead(1000);
        line += process.readAllStandardOutput();
    }
    process.kill();
    process.waitForFinished();
    return nlohmann::json::parse(line.left(line.indexOf('\n')).toStdString(), nullptr, false);
}

QAbstractButton *CrashTest::button(MainWindow &window, const QString &text)
{
    for (QAbstractButton *one : window.findChild<MessageBar *>()->findChildren<QAbstractButton *>())
        if (one->text() == text && one->isVisible())
            return one;
    return nullptr;
}

void CrashTest::workOfAKilledGraftIsRestored()
{
    const QTemporaryDir folder;
    useFolder(folder.path());
    const auto before = killOne(folder.path());
    QVERIFY2(before.is_object(), "the other Graft never wrote down its work");
    Appearance appearance;
    Workbench workbench;
    MainWindow window(workbench, appearance, placesIn(folder.path()));
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(button(window, QStringLiteral("Restore")), 10'000);
    const QString text = window.findChild<MessageBar *>()->text();
    QVERIFY2(text.startsWith(QStringLiteral("Graft ended unexpectedly; your work on flowers.graft from ")), qPrintable(text));
    QSignalSpy restored(&window.autosave(), &Autosave::restored);
    QTest::mouseClick(button(window, QStringLiteral("Restore")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(restored.count(), 1, 20'000);
    const Document &document = workbench.document();
    QVERIFY(toJson(document.model().network) == before);
    QCOMPARE(document.trainingConfig().epochs, 23);
    QVERIFY(document.model().weights.size() > 10);
    QVERIFY(document.isModified());
    // The dead Graft's lock on the project is no lock.
    QCOMPARE(window.findChild<ProjectController *>()->file(), projectIn(folder.path()));
    QVERIFY(!button(window, QStringLiteral("Restore")));
    // Kept again under the new Graft's name, and the old one is gone.
    QTRY_COMPARE(QDir(folder.filePath(QStringLiteral("autosave"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

void CrashTest::workOfAClosedWindowIsOffered()
{
    const QTemporaryDir folder;
    useFolder(folder.path());
    Appearance appearance;
    {
        Workbench workbench;
        MainWindow window(workbench, appearance, placesIn(folder.path()));
        window.show();
        QSignalSpy opened(&workbench, &Workbench::modelOpened);
        workbench.openModel(QStringLiteral("demo"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        workbench.document().setFrozen({workbench.document().model().network.layers().at(1).id}, true, QStringLiteral("freeze"));
        window.close();
    }
    Workbench workbench;
    MainWindow window(workbench, appearance, placesIn(folder.path()));
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(button(window, QStringLiteral("Discard")), 10'000);
    QVERIFY(window.findChild<MessageBar *>()->text().startsWith(QStringLiteral("Your unsaved work on ")));
    QTest::mouseClick(button(window, QStringLiteral("Discard")), Qt::LeftButton);
    QTRY_VERIFY(QDir(folder.filePath(QStringLiteral("autosave"))).isEmpty());
}

void CrashTest::whatWasSavedOrOnlyLookedAtIsNotOffered()
{
    const QTemporaryDir folder;
    useFolder(folder.path());
    Appearance appearance;
    for (int start = 0; start < 2; ++start) {
        Workbench workbench;
        MainWindow window(workbench, appearance, placesIn(folder.path()));
        window.autosave().setDelay(20);
        window.show();
        QSignalSpy found(&window.autosave(), &Autosave::earlierWorkFound);
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, 10'000);
        QVERIFY(!button(window, QStringLiteral("Restore")));
        QSignalSpy opened(&workbench, &Workbench::modelOpened), written(&window.autosave(), &Autosave::written);
        workbench.openModel(QStringLiteral("demo"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        workbench.document().setFrozen({workbench.document().model().network.layers().at(1).id}, true, QStringLiteral("freeze"));
        QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, 10'000);
        workbench.document().undoStack().undo(); // as it was opened: nothing to keep
        QTest::qWait(100);
        window.close();
    }
    QVERIFY(QDir(folder.filePath(QStringLiteral("autosave"))).isEmpty());
}

void CrashTest::restoringMayWaitAndMayBeRefused()
{
    const QTemporaryDir folder;
    useFolder(folder.path());
    QVERIFY(killOne(folder.path()).is_object());
    const QDir autosave(folder.filePath(QStringLiteral("autosave")));
    const QString description
        = autosave.filePath(autosave.entryList(QDir::Dirs | QDir::NoDotAndDotDot).constFirst() + QStringLiteral("/project.json"));
    Appearance appearance;
    Workbench workbench;
    MainWindow window(workbench, appearance, placesIn(folder.path()));
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(button(window, QStringLiteral("Restore")), 10'000);
    QFile file(description);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray content = file.readAll();
    file.close();
    content.replace("Conv2d", "Conv9d");
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    QTest::mouseClick(button(window, QStringLiteral("Restore")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(window.findChild<MessageBar *>()->text().contains(QStringLiteral("Conv9d")), 10'000);
    QVERIFY(!workbench.document().hasModel());
    QVERIFY2(QFile::exists(description), "it stays until it is discarded");
}

void CrashTest::unsavedWorkThatGivesWayIsSaidAndComesBack()
{
    const QTemporaryDir folder;
    useFolder(folder.path());
    Appearance appearance;
    Workbench workbench;
    MainWindow window(workbench, appearance, placesIn(folder.path()));
    window.show();
    const Document &document = workbench.document();
    QSignalSpy opened(&workbench, &Workbench::modelOpened);
    window.openModel(QStringLiteral("demo"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
    workbench.document().setFrozen({document.model().network.layers().at(1).id}, true, QStringLiteral("freeze"));
    const Network edited = document.model().network;
    window.openModel(QStringLiteral("demo")); // as «Try what is built in» does
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 2, 30'000);
    QVERIFY(document.model().network != edited);
    QTRY_VERIFY_WITH_TIMEOUT(button(window, QStringLiteral("Restore")), 10'000);
    const QString text = window.findChild<MessageBar *>()->text();
    QVERIFY2(text.startsWith(QStringLiteral("Your unsaved work on ")) && text.contains(QStringLiteral("is kept")), qPrintable(text));
    QTest::mouseClick(button(window, QStringLiteral("Restore")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(document.model().network == edited, 20'000);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (const QString folder = qEnvironmentVariable(folderVariable); !folder.isEmpty())
        return workUntilKilled(application, folder);
    CrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "crashtest.moc"
