#pragma once
#include "common/wording.h"
#include "data/dataset.h"
#include "document/modelstate.h"
#include "document/project.h"
#include "evaluation/evaluation.h"
#include "evaluation/modelexport.h"
#include "graph/adapters.h"
#include "graph/heads.h"
#include "graph/layeredits.h"
#include "graph/surgery.h"

#include <QObject>
#include <QUndoStack>
#include <functional>

namespace graft {

/// What of the document became different; several at once in one signal.
enum class Change {
    Model = 1, ///< another file was opened, or none is open now
    Network = 2, ///< layers, frozen states, the head
    Weights = 4, ///< also: class names
    Data = 8, ///< another data folder, another split
    Selection = 16,
    Settings = 32, ///< training settings or augmentation
    Training = 64, ///< the record of the last run: curves, result
    Evaluation = 128,
    Prediction = 256,
    Export = 512,
    LeftOut = 1024, ///< pictures of the same data folder turned out broken
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)

/// A judgement and the weights and data that it is about.
struct Judgement {
    Evaluation figures;
    int weightsVersion = 0;
    std::filesystem::path dataFolder;
};

/// What the model said of one picture.
struct PicturePrediction {
    std::filesystem::path path;
    Picture thumbnail;
    Prediction prediction;
    int weightsVersion = 0;
};

/// A file that was written from this document, with what its check found.
struct ExportRecord {
    std::filesystem::path wanted; ///< the name that was asked for
    ExportOutcome outcome;
    int weightsVersion = 0;
};

/// The curves of the running or the last run: kept here so that a rebuilt window shows them again.
struct TrainingHistory {
    std::vector<MetricSample> samples;
    std::vector<EpochResult> epochs;
    std::filesystem::path runFolder;
    std::optional<StopReason> ended; ///< none while it runs, or before the first run
};

/// The open project: model, data, settings, what is chosen, what came out. Every edit of the model is a command on the undo stack; every
/// change is told by one signal. Window's thread only; runs nothing.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject *parent = nullptr);

    [[nodiscard]] bool hasModel() const { return !m_model.network.empty(); }
    [[nodiscard]] const ModelState &model() const { return m_model; }
    /// What can be said of the network; layers that cannot be judged have an empty shape and no figures.
    [[nodiscard]] const NetworkAnalysis &analysis() const { return m_analysis; }
    /// What keeps the network from running, layer by layer; empty when it can.
    [[nodiscard]] const std::vector<Error> &problems() const { return m_problems; }
    [[nodiscard]] const Preprocessing &preprocessing() const { return m_model.preprocessing; }
    /// As it came with the model: what the weights were trained with.
    [[nodiscard]] const Preprocessing &originalPreprocessing() const { return m_originalPreprocessing; }
    /// The model as it stands: to show it, to keep it. Weights of new layers may be missing.
    [[nodiscard]] ModelPackage package() const;
    /// What a job takes to its worker, to call there: the model with the missing weights made (the same each time), or the first problem of
    /// a network that cannot run.
    [[nodiscard]] std::function<Result<ModelPackage>()> runnablePackage() const;
    /// The network and weights as they were opened, for what training and edits have changed since; shares the tensors.
    struct Opened {
        Network network;
        StateDict weights;
    };
    [[nodiscard]] const Opened &opened() const { return m_opened; }
    /// The file that it was opened from; empty for the built-in one.
    [[nodiscard]] const std::filesystem::path &modelPath() const { return m_modelPath; }
    /// "mobilenet_v2.pth"
    [[nodiscard]] QString modelTitle() const;
    /// Replaces the model and forgets the undo history, the selection and what was found about the old one.
    [[nodiscard]] Result<void> openModel(ModelPackage package, std::filesystem::path path);

    /// All that is chosen and made, as a project file keeps it.
    [[nodiscard]] Project project() const;
    /// Replaces everything. The folder of pictures is the caller's to look through: it comes by setDataset().
    [[nodiscard]] Result<void> openProject(Project project);
    /// Nothing open, all settings as at first.
    void startAnew();
    /// Whether something differs from what was saved, opened or started last. As long as it is in no file, opening pictures is no change.
    [[nodiscard]] bool isModified() const;
    /// `saved` is what the document was when its saving began, with the weights' version of then.
    void markSaved(Project saved, int weightsVersion);
    /// Modified until it is saved, whatever it holds: it was restored, or another model took the place of a saved project's.
    void markUnsaved();

    [[nodiscard]] QUndoStack &undoStack() { return m_undoStack; }
    /// Names the steps of the undo stack in the language of now.
    void retranslate();
    /// Edits, each one command; those that change nothing leave no trace. Those that can fail leave all as it was, with a sentence to show.
    void setFrozen(const std::vector<LayerId> &layers, bool frozen, const Wording &text);
    /// These and no others.
    void freezeExactly(const std::vector<LayerId> &layers);
    void setLearningRateFactor(const std::vector<LayerId> &layers, double factor);
    void setPreprocessing(const Preprocessing &preprocessing);
    /// Other frozen states, with the same layers and weights.
    void replaceNetwork(const Wording &text, Network network);
    /// Other weights: a replaced head, a trained model. `state.weightsVersion` is chosen here.
    void replaceWeights(const Wording &text, ModelState state);

    /// Layers; as graph/layeredits.h has them. New ones are selected.
    [[nodiscard]] Result<LayerId> addLayer(const QString &type);
    [[nodiscard]] Result<LayerId> insertLayer(const QString &type, InputPort edge);
    [[nodiscard]] Result<LayerId> insertLayerBehind(const QString &type, LayerId from);
    [[nodiscard]] Result<void> removeLayers(const std::vector<LayerId> &layers);
    [[nodiscard]] Result<std::vector<LayerId>> duplicateLayers(const std::vector<LayerId> &layers);
    [[nodiscard]] LayerClip copyLayers(const std::vector<LayerId> &layers) const;
    [[nodiscard]] Result<LayerClip> cutLayers(const std::vector<LayerId> &layers);
    [[nodiscard]] Result<std::vector<LayerId>> pasteLayers(const LayerClip &clip);
    [[nodiscard]] Result<void> connectLayers(LayerId from, InputPort to);
    /// In this order: the later inputs of a layer come first.
    [[nodiscard]] Result<void> disconnectInputs(const std::vector<InputPort> &ports);
    /// Disconnects these inputs, which took `from`, and lets `to` take it.
    [[nodiscard]] Result<void> reconnect(LayerId from, const std::vector<InputPort> &ports, InputPort to);
    [[nodiscard]] Result<void> setOutputLayer(LayerId layer);
    [[nodiscard]] Result<void> renameLayer(LayerId layer, const QString &name);
    [[nodiscard]] Result<void> renameBlock(const QString &block, const QString &name);
    /// Nothing = the default. The same attribute of the same layers again is one step.
    [[nodiscard]] Result<void> setAttribute(
        const std::vector<LayerId> &layers, const QString &name, const std::optional<AttributeValue> &value);
    [[nodiscard]] Result<void> fitToInputs(const std::vector<LayerId> &layers);
    [[nodiscard]] Result<void> swapActivations(const std::vector<LayerId> &layers, const QString &type);

    /// The head by a plan; a plan without a number of classes means the data's, or those that the model has.
    [[nodiscard]] Result<void> replaceHead(HeadPlan plan);
    /// The same with everything behind `layer` taken away.
    [[nodiscard]] Result<void> cutAt(LayerId layer, HeadPlan plan);
    /// Adapters; as graph/adapters.h has them.
    [[nodiscard]] Result<void> addLora(const std::vector<LayerId> &layers, const LoraPlan &plan);
    [[nodiscard]] Result<void> addBottlenecks(const std::vector<LayerId> &layers, std::int64_t width);
    /// Takes a moment for large branches.
    [[nodiscard]] Result<void> mergeAdapters();
    [[nodiscard]] Result<void> setInputSize(int pixels);
    [[nodiscard]] Result<void> setInputChannels(int channels, ChannelWeights rule);

    [[nodiscard]] const std::vector<LayerId> &selection() const { return m_selection; }
    void select(std::vector<LayerId> layers);

    [[nodiscard]] bool hasData() const { return !m_dataset.classNames.empty(); }
    [[nodiscard]] const Dataset &dataset() const { return m_dataset; }
    [[nodiscard]] const Split &split() const { return m_split; }
    [[nodiscard]] double validationShare() const { return m_validationShare; }
    void setDataset(Dataset dataset);
    /// Takes pictures that turned out broken out of the data; all else stays. Returns how many were in it.
    std::size_t leaveOut(const std::vector<BrokenFile> &broken);
    void setValidationShare(double share);

    [[nodiscard]] const TrainingConfig &trainingConfig() const { return m_trainingConfig; }
    void setTrainingConfig(const TrainingConfig &config);
    [[nodiscard]] const Augmentation &augmentation() const { return m_augmentation; }
    void setAugmentation(const Augmentation &augmentation);

    /// Whether the model's outputs are the data's classes, name by name.
    [[nodiscard]] bool headFitsData() const;

    [[nodiscard]] const TrainingHistory &history() const { return m_history; }
    void startHistory(std::filesystem::path runFolder);
    void extendHistory(const std::vector<MetricSample> &samples, const std::vector<EpochResult> &epochs);
    void endHistory(StopReason reason);

    [[nodiscard]] const std::optional<Judgement> &judgement() const { return m_judgement; }
    void setJudgement(Judgement judgement);
    [[nodiscard]] const std::optional<PicturePrediction> &prediction() const { return m_prediction; }
    void setPrediction(PicturePrediction prediction);
    [[nodiscard]] const std::optional<ExportRecord> &lastExport() const { return m_export; }
    void setExport(ExportRecord record);

Q_SIGNALS:
    /// Before another model or project takes the place of this one; all is still there.
    void aboutToBeReplaced();
    void changed(graft::Changes changes);

private:
    friend class EditCommand;
    void apply(const ModelState &state); ///< undo and redo come here
    /// Runs `change` on a copy of the model's state and makes a command of what came out, unless it failed or changed nothing.
    template <typename Function>
    auto edit(const Wording &text, Function change, const QString &mergeKey = {});
    template <typename Function>
    [[nodiscard]] Result<void> changeHead(const Wording &text, HeadPlan plan, Function change);
    template <typename Layers>
    Layers selected(Layers added);
    enum class Kept { InFile, AsOpened };
    void markUnchanged(Kept kept);
    [[nodiscard]] Result<void> replaceModel(ModelPackage package, std::filesystem::path path);

    ModelState m_model;
    Opened m_opened;
    NetworkAnalysis m_analysis;
    Preprocessing m_originalPreprocessing;
    std::vector<Error> m_problems;
    std::uint64_t m_seed = 0; ///< of the weights that are made; one for as long as the model is open
    std::string m_origin, m_licence;
    std::filesystem::path m_modelPath;
    int m_lastWeightsVersion = 0;
    QUndoStack m_undoStack;
    std::vector<LayerId> m_selection;
    Dataset m_dataset;
    Split m_split;
    double m_validationShare = 0.2;
    TrainingConfig m_trainingConfig;
    Augmentation m_augmentation;
    TrainingHistory m_history;
    std::optional<Judgement> m_judgement;
    std::optional<PicturePrediction> m_prediction;
    std::optional<ExportRecord> m_export;
    std::filesystem::path m_wantedFolder; ///< of a project whose pictures have not been found (yet)
    Project m_saved; ///< as it was then, without weights
    int m_savedWeightsVersion = 0;
    Kept m_kept = Kept::AsOpened;
};

/// What looks wrong about how the document's pictures are prepared for its model; nothing without a model.
[[nodiscard]] std::vector<std::string> preprocessingDoubts(const Document &document);

} // namespace graft
