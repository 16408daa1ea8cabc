#include "document/document.h"
#include "data/brokenpictures.h"
#include "document/editcommand.h"
#include "graph/edits.h"
#include "graph/overview.h"
#include "graph/preprocessingcheck.h"
#include "nn/model.h"

#include <QFileInfo>

namespace graft {

Document::Document(QObject *parent) : QObject(parent) { }

ModelPackage Document::package() const
{
    return {m_model.network, m_model.weights, m_model.preprocessing, m_model.classNames, m_model.labelSets, m_origin, m_licence};
}

std::function<Result<ModelPackage>()> Document::runnablePackage() const
{
    return [package = package(), seed = m_seed]() -> Result<ModelPackage> {
        auto weights = preparedWeights(package.network, package.weights, seed);
        if (!weights)
            return fail(weights.error());
        ModelPackage runnable = package;
        runnable.weights = std::move(*weights);
        return runnable;
    };
}

QString Document::modelTitle() const
{
    if (!hasModel())
        return {};
    if (m_modelPath.empty()) {
        const QString architecture = QString::fromStdString(m_model.network.architecture), origin = QString::fromStdString(m_origin);
        // Published weights: "resnet50:IMAGENET1K_V2 (torchvision)". The title serves as a file's name too.
        if (!architecture.isEmpty() && origin.startsWith(architecture + QLatin1Char(':')))
            return origin.section(QLatin1Char(' '), 0, 0).replace(QLatin1Char(':'), QLatin1Char(' '));
        return origin.isEmpty() ? architecture : origin;
    }
    return QFileInfo(QString::fromStdString(m_modelPath.string())).fileName();
}

Result<void> Document::openModel(ModelPackage package, std::filesystem::path path)
{
    if (auto opened = replaceModel(std::move(package), std::move(path)); !opened)
        return opened;
    markUnchanged(Kept::AsOpened);
    Q_EMIT changed(Change::Model | Change::Network | Change::Weights | Change::Selection | Change::Training | Change::Evaluation
        | Change::Prediction | Change::Export);
    return {};
}

Result<void> Document::replaceModel(ModelPackage package, std::filesystem::path path)
{
    auto checked = check(package.network);
    if (!checked)
        return fail(checked.error());
    Q_EMIT aboutToBeReplaced();
    m_undoStack.clear();
    m_model = {std::move(package.network), std::move(package.weights), std::move(package.classNames), std::move(package.labelSets),
        ++m_lastWeightsVersion, std::nullopt, package.preprocessing};
    m_analysis = std::move(checked->figures);
    m_problems = std::move(checked->problems);
    m_opened = {m_model.network, m_model.weights};
    m_originalPreprocessing = package.preprocessing;
    m_seed = m_trainingConfig.seed;
    m_origin = std::move(package.origin);
    m_licence = std::move(package.licence);
    m_modelPath = std::move(path);
    m_selection.clear();
    m_history = {};
    m_judgement.reset();
    m_prediction.reset();
    m_export.reset();
    return {};
}

void Document::setFrozen(const std::vector<LayerId> &layers, bool frozen, const Wording &text)
{
    Network network = m_model.network;
    graft::setFrozen(network, layers, frozen);
    replaceNetwork(text, std::move(network));
}

void Document::freezeExactly(const std::vector<LayerId> &layers)
{
    Network network = m_model.network;
    for (const Layer &layer : m_model.network.layers())
        network.find(layer.id)->frozen = false;
    graft::setFrozen(network, layers, true);
    replaceNetwork([] { return tr("Move the freeze line"); }, std::move(network));
}

void Document::setLearningRateFactor(const std::vector<LayerId> &layers, double factor)
{
    ModelState state = m_model;
    QString key = QStringLiteral("learningRateFactor");
    for (const LayerId id : layers) {
        if (Layer *layer = state.network.find(id))
            layer->learningRateFactor = factor;
        key += QStringLiteral(" %1").arg(id.value);
    }
    if (state.network != m_model.network)
        m_undoStack.push(new EditCommand(
            *this, [] { return tr("Change the learning rate factor"); }, std::move(state), key));
}

void Document::setPreprocessing(const Preprocessing &preprocessing)
{
    if (preprocessing == m_model.preprocessing)
        return;
    ModelState state = m_model;
    state.preprocessing = preprocessing;
    state.weightsVersion = ++m_lastWeightsVersion;
    m_undoStack.push(new EditCommand(
        *this, [] { return tr("Change the preprocessing"); }, std::move(state), QStringLiteral("preprocessing")));
}

void Document::replaceNetwork(const Wording &text, Network network)
{
    if (network == m_model.network)
        return;
    ModelState state = m_model;
    state.network = std::move(network);
    m_undoStack.push(new EditCommand(*this, text, std::move(state)));
}

void Document::replaceWeights(const Wording &text, ModelState state)
{
    state.weightsVersion = ++m_lastWeightsVersion;
    m_undoStack.push(new EditCommand(*this, text, std::move(state)));
}

void Document::retranslate()
{
    // The stack hands out its commands const; their texts are nobody else's.
    for (int index = 0; index < m_undoStack.count(); ++index)
        const_cast<EditCommand *>(static_cast<const EditCommand *>(m_undoStack.command(index)))->retranslate();
}

void Document::apply(const ModelState &state)
{
    auto checked = check(state.network);
    Q_ASSERT(checked); // edits keep a network a network
    Changes changes = Change::Network;
    if (state.weightsVersion != m_model.weightsVersion || state.classNames != m_model.classNames || state.labelSets != m_model.labelSets)
        changes |= Change::Weights;
    m_model = state;
    m_analysis = std::move(checked->figures);
    m_problems = std::move(checked->problems);
    if (std::erase_if(m_selection, [this](LayerId id) { return !m_model.network.find(id); }) > 0)
        changes |= Change::Selection;
    Q_EMIT changed(changes);
}

void Document::select(std::vector<LayerId> layers)
{
    if (layers == m_selection)
        return;
    m_selection = std::move(layers);
    Q_EMIT changed(Change::Selection);
}

void Document::setDataset(Dataset dataset)
{
    m_dataset = std::move(dataset);
    m_wantedFolder.clear();
    m_split = graft::split(m_dataset, m_validationShare, m_trainingConfig.seed);
    Q_EMIT changed(Change::Data);
}

std::size_t Document::leaveOut(const std::vector<BrokenFile> &broken)
{
    const std::size_t count = graft::leaveOut(m_dataset, broken);
    if (count == 0)
        return 0;
    m_split = graft::split(m_dataset, m_validationShare, m_trainingConfig.seed);
    Q_EMIT changed(Change::LeftOut);
    return count;
}

void Document::setValidationShare(double share)
{
    if (share == m_validationShare)
        return;
    m_validationShare = share;
    m_split = graft::split(m_dataset, m_validationShare, m_trainingConfig.seed);
    Q_EMIT changed(Change::Data);
}

void Document::setTrainingConfig(const TrainingConfig &config)
{
    if (config == m_trainingConfig)
        return;
    Changes changes = Change::Settings;
    if (config.seed != m_trainingConfig.seed && hasData()) {
        m_split = graft::split(m_dataset, m_validationShare, config.seed);
        changes |= Change::Data;
    }
    m_trainingConfig = config;
    Q_EMIT changed(changes);
}

void Document::setAugmentation(const Augmentation &augmentation)
{
    if (augmentation == m_augmentation)
        return;
    m_augmentation = augmentation;
    Q_EMIT changed(Change::Settings);
}

bool Document::headFitsData() const
{
    return hasModel() && hasData() && m_model.classNames == m_dataset.classNames && m_model.labelSets == m_dataset.labelSets
        && classCount(m_model.network) == static_cast<std::int64_t>(m_dataset.classNames.size());
}

void Document::startHistory(std::filesystem::path runFolder)
{
    m_history = {};
    m_history.runFolder = std::move(runFolder);
    Q_EMIT changed(Change::Training);
}

void Document::extendHistory(const std::vector<MetricSample> &samples, const std::vector<EpochResult> &epochs)
{
    m_history.samples.insert(m_history.samples.end(), samples.begin(), samples.end());
    m_history.epochs.insert(m_history.epochs.end(), epochs.begin(), epochs.end());
    Q_EMIT changed(Change::Training);
}

void Document::endHistory(StopReason reason)
{
    m_history.ended = reason;
    Q_EMIT changed(Change::Training);
}

void Document::setJudgement(Judgement judgement)
{
    m_judgement = std::move(judgement);
    Q_EMIT changed(Change::Evaluation);
}

void Document::setPrediction(PicturePrediction prediction)
{
    m_prediction = std::move(prediction);
    Q_EMIT changed(Change::Prediction);
}

void Document::setExport(ExportRecord record)
{
    m_export = std::move(record);
    Q_EMIT changed(Change::Export);
}

std::vector<std::string> preprocessingDoubts(const Document &document)
{
    if (!document.hasModel())
        return {};
    return preprocessingDoubts(document.preprocessing(), document.originalPreprocessing(), document.model().network.inputShape());
}

} // namespace graft
