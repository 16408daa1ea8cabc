// The document as a project: taken out whole, put back whole, compared with what was saved.
#include "document/document.h"

namespace graft {
namespace {

constexpr double usualValidationShare = 0.2;

} // namespace

Project Document::project() const
{
    Project project;
    project.package = package();
    project.originalPreprocessing = m_originalPreprocessing;
    project.modelFile = m_modelPath;
    project.training = m_model.training;
    project.seed = m_seed;
    project.dataFolder = hasData() ? m_dataset.folder : m_wantedFolder;
    project.validationShare = m_validationShare;
    project.config = m_trainingConfig;
    project.augmentation = m_augmentation;
    for (const LayerId id : m_selection)
        if (const Layer *layer = m_model.network.find(id))
            project.selection.push_back(layer->name);
    return project;
}

Result<void> Document::openProject(Project project)
{
    if (project.package.network.empty())
        startAnew();
    else if (auto opened = replaceModel(std::move(project.package), std::move(project.modelFile)); !opened)
        return opened;
    m_originalPreprocessing = project.originalPreprocessing;
    m_model.training = std::move(project.training);
    m_dataset = {};
    m_split = {};
    m_wantedFolder = std::move(project.dataFolder);
    m_validationShare = project.validationShare;
    m_trainingConfig = project.config;
    m_seed = project.seed;
    m_augmentation = project.augmentation;
    for (const std::string &name : project.selection)
        if (const Layer *layer = m_model.network.find(name))
            m_selection.push_back(layer->id);
    markUnchanged(Kept::InFile);
    Q_EMIT changed(Changes::fromInt(~0));
    return {};
}

void Document::startAnew()
{
    Q_EMIT aboutToBeReplaced();
    m_undoStack.clear();
    m_model = {};
    m_model.weightsVersion = ++m_lastWeightsVersion;
    m_opened = {};
    m_analysis = {};
    m_problems.clear();
    m_originalPreprocessing = {};
    m_origin.clear();
    m_licence.clear();
    m_modelPath.clear();
    m_selection.clear();
    m_dataset = {};
    m_split = {};
    m_wantedFolder.clear();
    m_validationShare = usualValidationShare;
    m_trainingConfig = {};
    m_augmentation = {};
    m_seed = 0;
    m_history = {};
    m_judgement.reset();
    m_prediction.reset();
    m_export.reset();
    markUnchanged(Kept::AsOpened);
    Q_EMIT changed(Changes::fromInt(~0));
}

void Document::markUnchanged(Kept kept)
{
    markSaved(project(), m_model.weightsVersion);
    m_kept = kept;
}

void Document::markSaved(Project saved, int weightsVersion)
{
    m_kept = Kept::InFile;
    m_saved = std::move(saved);
    m_saved.package.weights = {};
    m_savedWeightsVersion = weightsVersion;
    if (!isModified())
        m_undoStack.setClean();
}

void Document::markUnsaved()
{
    m_savedWeightsVersion = -1;
    m_undoStack.resetClean();
}

bool Document::isModified() const
{
    const bool sameFolder = m_kept == Kept::AsOpened || m_saved.dataFolder == (hasData() ? m_dataset.folder : m_wantedFolder);
    return m_savedWeightsVersion != m_model.weightsVersion || m_saved.package.network != m_model.network || !sameFolder
        || m_saved.validationShare != m_validationShare || m_saved.config != m_trainingConfig || m_saved.augmentation != m_augmentation;
}

} // namespace graft
