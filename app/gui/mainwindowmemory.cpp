// What this machine keeps between runs, between the training panel and its controllers.
#include "common/text.h"
#include "controllers/cachecontroller.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"
#include "properties/cacherows.h"
#include "properties/memorysection.h"
#include "properties/trainingpanel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace graft {

void MainWindow::connectMemory()
{
    const MemorySection &section = *m_docks->training->memory();
    connectCache(*m_featureCache, *section.features(),
        {[] { return tr("A folder for what frozen layers make of pictures"); },
            [](const QString &size, const QString &folder) {
                return tr("Clear the %1 of kept features in %2? Runs that need them compute them again.").arg(size, folder);
            }});
    connectCache(*m_decodedCache, *section.pictures(),
        {[] { return tr("A folder for unpacked pictures"); },
            [](const QString &size, const QString &folder) {
                return tr("Clear the %1 of unpacked pictures in %2? Runs that need them unpack their files again.").arg(size, folder);
            }});
    const auto giveToRuns
        = [this] { m_runs.setCaches(m_featureCache->settings<FeatureCacheSettings>(), m_decodedCache->settings<DecodedCacheSettings>()); };
    for (const CacheController *cache : {m_featureCache, m_decodedCache})
        connect(cache, &CacheController::choiceChanged, this, giveToRuns);
    giveToRuns();
}

void MainWindow::connectCache(CacheController &cache, CacheRows &rows, const CacheQuestions &questions)
{
    const auto showChoice = [&cache, &rows] { rows.setChoice(cache.choice(), cache.defaultFolder()); };
    connect(&cache, &CacheController::choiceChanged, this, showChoice);
    connect(&cache, &CacheController::measured, &rows, &CacheRows::setUse);
    connect(&rows, &CacheRows::choiceChanged, this, [&cache, &rows] { cache.setChoice(rows.choice()); });
    connect(&rows, &CacheRows::folderRequested, this, [this, &cache, questions] { askForCacheFolder(cache, questions.folder()); });
    connect(&rows, &CacheRows::clearRequested, this, [this, &cache, questions] { askToClear(cache, questions); });
    connect(&m_runs, &RunController::ended, &cache, &CacheController::measure);
    showChoice();
    cache.measure();
}

void MainWindow::askForCacheFolder(CacheController &cache, const QString &title)
{
    const QString folder = QFileDialog::getExistingDirectory(this, title, cache.folder());
    if (folder.isEmpty())
        return;
    if (!QFileInfo(folder).isWritable())
        return showNote(
            [folder] { return tr("Nothing can be written in %1; choose another folder.").arg(QDir::toNativeSeparators(folder)); });
    CacheChoice choice = cache.choice();
    choice.folder = folder;
    cache.setChoice(choice);
}

void MainWindow::askToClear(CacheController &cache, const CacheQuestions &questions)
{
    showNote([clear = questions.clear, bytes = cache.bytes(),
                 folder = QDir::toNativeSeparators(cache.folder())] { return clear(formatBytes(bytes), folder); },
        {{[] { return tr("Clear"); }, [&cache] { cache.clear(); }}, {[] { return tr("Keep"); }, [] {}}});
}

} // namespace graft
