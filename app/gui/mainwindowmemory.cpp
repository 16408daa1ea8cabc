// What this machine keeps of frozen layers, between the training panel and its controller.
#include "common/text.h"
#include "controllers/featurecachecontroller.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"
#include "properties/trainingpanel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace graft {

void MainWindow::connectMemory()
{
    MemorySection *section = m_docks->training->memory();
    const auto showChoice = [this, section] {
        section->setFeatureCache(m_featureCache->choice(), FeatureCacheController::defaultFolder());
        m_runs.setFeatureCache(m_featureCache->settings());
    };
    connect(m_featureCache, &FeatureCacheController::choiceChanged, this, showChoice);
    connect(m_featureCache, &FeatureCacheController::measured, section, &MemorySection::setFeatureCacheUse);
    connect(section, &MemorySection::featureCacheChanged, this, [this, section] { m_featureCache->setChoice(section->featureCache()); });
    connect(section, &MemorySection::folderRequested, this, &MainWindow::askForFeatureFolder);
    connect(section, &MemorySection::clearRequested, this, &MainWindow::askToClearFeatures);
    connect(&m_runs, &RunController::ended, m_featureCache, &FeatureCacheController::measure);
    showChoice();
    m_featureCache->measure();
}

void MainWindow::askForFeatureFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("A folder for what frozen layers make of pictures"), m_featureCache->folder());
    if (folder.isEmpty())
        return;
    if (!QFileInfo(folder).isWritable())
        return showNote(
            [folder] { return tr("Nothing can be written in %1; choose another folder.").arg(QDir::toNativeSeparators(folder)); });
    FeatureCacheChoice choice = m_featureCache->choice();
    choice.folder = folder;
    m_featureCache->setChoice(choice);
}

void MainWindow::askToClearFeatures()
{
    showNote(
        [bytes = m_featureCache->bytes(), folder = QDir::toNativeSeparators(m_featureCache->folder())] {
            return tr("Clear the %1 of kept features in %2? Runs that need them compute them again.").arg(formatBytes(bytes), folder);
        },
        {{[] { return tr("Clear"); }, [this] { m_featureCache->clear(); }}, {[] { return tr("Keep"); }, [] {}}});
}

} // namespace graft
