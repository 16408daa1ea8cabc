#pragma once
#include "document/steps.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QObject>
#include <array>

class QMenuBar;
class QUndoStack;

namespace graft {

/// Every command of the window: its text, shortcut and icon, and the menus. Knows nothing of what they do.
class Actions : public QObject {
    Q_OBJECT
public:
    Actions(QMenuBar &menuBar, QUndoStack &undoStack, QObject *parent);

    QAction *newProject, *openProject, *saveProject, *saveProjectAs;
    QAction *openModel, *openGallery, *openData, *predictPicture, *openDemo, *exportModel, *exportGraph, *quit;
    QAction *undo, *redo, *cut, *copy, *paste, *duplicate, *remove, *rename, *selectAll, *findLayer;
    QAction *addLayer, *freeze, *thaw, *freezeBefore, *freezeTrunk, *freezeNothing, *replaceHead, *compareWithOpened, *compareWithFile;
    std::array<QAction *, allSteps.size()> steps{};
    QAction *train, *pause, *stop, *resumeLast, *judge;
    QAction *zoomIn, *zoomOut, *fit, *unfoldAll, *foldAll, *resetLayout, *fullScreen;
    QAction *about;
    QActionGroup *themes = nullptr; ///< each action's data is a theme's name
    QActionGroup *languages = nullptr; ///< each action's data is a language's code
    /// What is done to layers with keys that text fields and tables need too: they count in the views that have these actions alone.
    [[nodiscard]] QList<QAction *> layerEdits() const { return {cut, copy, paste, duplicate, remove, rename, selectAll}; }
    QMenu *recentMenu = nullptr;
    QMenu *restoreMenu = nullptr; ///< work that was not saved
    QMenu *panelsMenu = nullptr;

    void retranslate();

private:
    QAction *add(QMenu *menu, const char *iconName, const QKeySequence &shortcut = {});
    void buildFile(QMenuBar &menuBar);
    void buildEdit(QMenuBar &menuBar, QUndoStack &undoStack);
    void buildLayers(QMenuBar &menuBar);
    void buildSteps(QMenuBar &menuBar);
    void buildRun(QMenuBar &menuBar);
    void buildView(QMenuBar &menuBar);
    void buildHelp(QMenuBar &menuBar);

    QMenu *m_file, *m_edit, *m_layers, *m_steps, *m_run, *m_view, *m_theme, *m_language, *m_help;
};

} // namespace graft
