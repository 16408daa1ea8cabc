#include "gui/actions.h"
#include "common/icons.h"
#include "gui/appearance.h"
#include "gui/stepbar.h"

#include <QMenuBar>
#include <QUndoStack>

namespace graft {

Actions::Actions(QMenuBar &menuBar, QUndoStack &undoStack, QObject *parent) : QObject(parent)
{
    buildFile(menuBar);
    buildEdit(menuBar, undoStack);
    buildLayers(menuBar);
    buildSteps(menuBar);
    buildRun(menuBar);
    buildView(menuBar);
    buildHelp(menuBar);
    retranslate();
}

QAction *Actions::add(QMenu *menu, const char *iconName, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    if (*iconName)
        action->setIcon(icon(QString::fromLatin1(iconName)));
    action->setShortcut(shortcut);
    menu->addAction(action);
    return action;
}

void Actions::buildFile(QMenuBar &menuBar)
{
    m_file = menuBar.addMenu(QString());
    newProject = add(m_file, "", QKeySequence::New);
    openProject = add(m_file, "", QStringLiteral("Ctrl+Alt+O"));
    saveProject = add(m_file, "", QKeySequence::Save);
    saveProjectAs = add(m_file, "", QStringLiteral("Ctrl+Shift+S"));
    restoreMenu = m_file->addMenu(QString());
    m_file->addSeparator();
    openModel = add(m_file, "open", QKeySequence::Open);
    openGallery = add(m_file, "model", QStringLiteral("Ctrl+G"));
    openData = add(m_file, "folder", QStringLiteral("Ctrl+Shift+O"));
    recentMenu = m_file->addMenu(QString());
    openDemo = add(m_file, "");
    m_file->addSeparator();
    predictPicture = add(m_file, "picture", QStringLiteral("Ctrl+P"));
    exportModel = add(m_file, "export", QStringLiteral("Ctrl+E"));
    exportGraph = add(m_file, "", QStringLiteral("Ctrl+Shift+E"));
    m_file->addSeparator();
    quit = add(m_file, "", QKeySequence::Quit);
}

void Actions::buildEdit(QMenuBar &menuBar, QUndoStack &undoStack)
{
    m_edit = menuBar.addMenu(QString());
    undo = add(m_edit, "undo", QKeySequence::Undo);
    redo = add(m_edit, "redo", QKeySequence::Redo);
    undo->setEnabled(false);
    redo->setEnabled(false);
    connect(undo, &QAction::triggered, &undoStack, &QUndoStack::undo);
    connect(redo, &QAction::triggered, &undoStack, &QUndoStack::redo);
    m_edit->addSeparator();
    cut = add(m_edit, "cut", QKeySequence::Cut);
    copy = add(m_edit, "copy", QKeySequence::Copy);
    paste = add(m_edit, "paste", QKeySequence::Paste);
    duplicate = add(m_edit, "", QStringLiteral("Ctrl+D"));
    remove = add(m_edit, "trash", QKeySequence::Delete);
    m_edit->addSeparator();
    rename = add(m_edit, "", QStringLiteral("F2"));
    selectAll = add(m_edit, "", QKeySequence::SelectAll);
    findLayer = add(m_edit, "search", QKeySequence::Find);
    for (QAction *action : layerEdits())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

void Actions::buildLayers(QMenuBar &menuBar)
{
    m_layers = menuBar.addMenu(QString());
    addLayer = add(m_layers, "plus", QStringLiteral("Ctrl+I"));
    m_layers->addSeparator();
    freeze = add(m_layers, "freeze", QStringLiteral("Ctrl+L"));
    thaw = add(m_layers, "thaw", QStringLiteral("Ctrl+Shift+L"));
    freezeBefore = add(m_layers, "", QStringLiteral("Ctrl+B"));
    m_layers->addSeparator();
    freezeTrunk = add(m_layers, "");
    freezeNothing = add(m_layers, "");
    replaceHead = add(m_layers, "head", QStringLiteral("Ctrl+H"));
    m_layers->addSeparator();
    compareWithOpened = add(m_layers, "compare", QStringLiteral("Ctrl+Shift+C"));
    compareWithFile = add(m_layers, "");
}

void Actions::buildSteps(QMenuBar &menuBar)
{
    m_steps = menuBar.addMenu(QString());
    for (const Step step : allSteps) {
        const int number = static_cast<int>(step) + 1;
        steps[static_cast<std::size_t>(step)] = add(m_steps, "", QStringLiteral("Ctrl+%1").arg(number));
    }
}

void Actions::buildRun(QMenuBar &menuBar)
{
    m_run = menuBar.addMenu(QString());
    train = add(m_run, "play", QStringLiteral("Ctrl+R"));
    pause = add(m_run, "pause", QStringLiteral("Ctrl+Shift+R"));
    stop = add(m_run, "stop", QStringLiteral("Ctrl+."));
    m_run->addSeparator();
    resumeLast = add(m_run, "next");
    m_run->addSeparator();
    judge = add(m_run, "judge", QStringLiteral("Ctrl+J"));
}

void Actions::buildView(QMenuBar &menuBar)
{
    m_view = menuBar.addMenu(QString());
    zoomIn = add(m_view, "zoom-in", QKeySequence::ZoomIn);
    zoomOut = add(m_view, "zoom-out", QKeySequence::ZoomOut);
    fit = add(m_view, "fit", QStringLiteral("Ctrl+0"));
    unfoldAll = add(m_view, "unfold");
    foldAll = add(m_view, "fold");
    m_view->addSeparator();
    m_theme = m_view->addMenu(icon(QStringLiteral("theme")), QString());
    themes = new QActionGroup(this);
    for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark}) {
        QAction *action = add(m_theme, "");
        action->setCheckable(true);
        action->setData(Appearance::themeName(theme));
        themes->addAction(action);
    }
    m_language = m_view->addMenu(icon(QStringLiteral("language")), QString());
    languages = new QActionGroup(this);
    for (const Appearance::Language &language : Appearance::languages()) {
        QAction *action = add(m_language, "");
        action->setCheckable(true);
        action->setText(language.name);
        action->setData(language.code);
        languages->addAction(action);
    }
    m_view->addSeparator();
    panelsMenu = m_view->addMenu(QString());
    resetLayout = add(m_view, "");
    fullScreen = add(m_view, "", QKeySequence::FullScreen);
    fullScreen->setCheckable(true);
}

void Actions::buildHelp(QMenuBar &menuBar)
{
    m_help = menuBar.addMenu(QString());
    about = add(m_help, "info");
}

void Actions::retranslate()
{
    m_file->setTitle(tr("&File"));
    newProject->setText(tr("&New project"));
    openProject->setText(tr("Open a pro&ject…"));
    saveProject->setText(tr("&Save the project"));
    saveProjectAs->setText(tr("Save the project &as…"));
    restoreMenu->setTitle(tr("&Unsaved work"));
    openModel->setText(tr("&Open a model…"));
    openGallery->setText(tr("&Pretrained networks…"));
    openData->setText(tr("Open a &folder of pictures…"));
    recentMenu->setTitle(tr("Opened &lately"));
    openDemo->setText(tr("Try what is &built in"));
    predictPicture->setText(tr("Try a &picture…"));
    exportModel->setText(tr("&Export the model…"));
    exportGraph->setText(tr("Export the &graph…"));
    quit->setText(tr("&Quit"));
    m_edit->setTitle(tr("&Edit"));
    cut->setText(tr("Cu&t"));
    copy->setText(tr("&Copy"));
    paste->setText(tr("&Paste"));
    duplicate->setText(tr("D&uplicate"));
    remove->setText(tr("&Delete"));
    rename->setText(tr("Re&name…"));
    selectAll->setText(tr("Select &all"));
    m_layers->setTitle(tr("&Layers"));
    addLayer->setText(tr("&Add a layer…"));
    compareWithOpened->setText(tr("&Compare with the model as opened"));
    compareWithFile->setText(tr("Compare with a f&ile…"));
    freeze->setText(tr("&Freeze the selected layers"));
    thaw->setText(tr("&Train the selected layers"));
    freezeBefore->setText(tr("Freeze everything &before here"));
    freezeTrunk->setText(tr("Freeze &all but the head"));
    freezeNothing->setText(tr("Train &everything"));
    replaceHead->setText(tr("Replace the &head"));
    findLayer->setText(tr("Find a &layer…"));
    m_steps->setTitle(tr("&Steps"));
    for (const Step step : allSteps)
        steps[static_cast<std::size_t>(step)]->setText(StepBar::title(step));
    m_run->setTitle(tr("&Training"));
    train->setText(tr("&Train"));
    train->setIconText(tr("Train"));
    stop->setText(tr("&Stop"));
    stop->setIconText(tr("Stop"));
    resumeLast->setText(tr("&Go on with the last run"));
    judge->setText(tr("&Judge the model"));
    m_view->setTitle(tr("&View"));
    zoomIn->setText(tr("Zoom &in"));
    zoomOut->setText(tr("Zoom &out"));
    fit->setText(tr("Show the &whole graph"));
    unfoldAll->setText(tr("&Unfold all blocks"));
    foldAll->setText(tr("&Fold all blocks"));
    m_theme->setTitle(tr("&Look"));
    const std::array names = {tr("As the system"), tr("Light"), tr("Dark")};
    for (int i = 0; i < 3; ++i)
        themes->actions().at(i)->setText(names[static_cast<std::size_t>(i)]);
    m_language->setTitle(tr("L&anguage"));
    panelsMenu->setTitle(tr("&Panels"));
    resetLayout->setText(tr("&Reset the layout"));
    fullScreen->setText(tr("Full &screen"));
    m_help->setTitle(tr("&Help"));
    about->setText(tr("&About Graft"));
}

} // namespace graft
