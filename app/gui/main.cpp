#include "core/loadedpages.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/startupclock.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

const QString themeOption = QStringLiteral("theme");
const QString languageOption = QStringLiteral("language");
const QString dataOption = QStringLiteral("data");
const QString startupOption = QStringLiteral("measure-startup");

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate("main", "Give a trained network a new task, with your own pictures."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("file"), QCoreApplication::translate("main", "A model file or a project to open."), QStringLiteral("[file]"));
    parser.addOptions({{dataOption, QCoreApplication::translate("main", "A folder of class folders to open."), QStringLiteral("folder")},
        {themeOption, QCoreApplication::translate("main", "The look: system, light or dark."), QStringLiteral("name")},
        {languageOption, QCoreApplication::translate("main", "The language: en, zh_CN or zh_TW."), QStringLiteral("code")},
        {startupOption, QCoreApplication::translate("main", "Print the time until the window can be used, then quit.")}});
}

/// False, with a line on standard error, when an option names what does not exist.
bool applyOptions(const QCommandLineParser &parser, graft::Appearance &appearance)
{
    if (parser.isSet(themeOption)) {
        graft::Theme theme = graft::Theme::System;
        if (!graft::Appearance::parseTheme(parser.value(themeOption), theme)) {
            std::fprintf(stderr, "graft: '%s' is no look; give system, light or dark.\n", qPrintable(parser.value(themeOption)));
            return false;
        }
        appearance.setTheme(theme);
    }
    if (parser.isSet(languageOption) && !appearance.setLanguage(parser.value(languageOption))) {
        std::fprintf(stderr, "graft: '%s' is no language of Graft; give en, zh_CN or zh_TW.\n", qPrintable(parser.value(languageOption)));
        return false;
    }
    return true;
}

/// Where text is all that is asked for, no display is needed.
bool asksForText(int argc, char **argv)
{
    const std::vector<std::string_view> texts = {"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(argv + 1, argv + argc, [&](const char *argument) { return std::ranges::count(texts, argument) > 0; });
}

void nameApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("graft"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GRAFT_VERSION));
}

} // namespace

int main(int argc, char **argv)
{
    if (asksForText(argc, argv)) {
        const QCoreApplication application(argc, argv);
        nameApplication();
        QCommandLineParser parser;
        addOptions(parser);
        parser.process(application); // prints and ends
    }
    QElapsedTimer sinceMain;
    sinceMain.start();
    QApplication application(argc, argv);
    nameApplication();
    QGuiApplication::setDesktopFileName(QStringLiteral("graft"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/graft/graft.svg")));

    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    graft::Appearance appearance;
    appearance.restore();
    if (!applyOptions(parser, appearance))
        return 2;

    const QString ownFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    graft::Workbench workbench;
    graft::MainWindow window(workbench, appearance,
        {(ownFolder + QStringLiteral("/runs")).toStdString(), ownFolder + QStringLiteral("/drawn pictures"),
            (ownFolder + QStringLiteral("/autosave")).toStdString()});
    if (parser.isSet(startupOption))
        graft::measureStartup(window, sinceMain);
    window.show();
    // What may take long waits until the window stands.
    QTimer::singleShot(0, &window, [&] {
        if (parser.isSet(startupOption))
            return;
        graft::letLoadedPagesGo();
        workbench.requestMachine();
        if (!parser.positionalArguments().isEmpty())
            window.openPath(parser.positionalArguments().constFirst());
        if (parser.isSet(dataOption))
            window.openData(parser.value(dataOption));
    });
    return QApplication::exec();
}
