#include "controllers/workbench.h"
#include "adaptation/adaptation.h"
#include "controllers/pictureimage.h"
#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "graph/edits.h"

#include <QFileInfo>
#include <random>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr int thumbnailSize = 160; // pixels; the views scale down
constexpr int predictionPictureSize = 640;
constexpr int previewPictures = 8;
constexpr int drawnTrain = 10, drawnValidation = 20, drawnSize = 64; // the demo data set: pictures per class, pixels

fs::path toPath(const QString &text)
{
    return fs::path(text.toStdString());
}

/// Whether the device can be used at all is the engine's to say; a run's own choices are used for judging too.
Result<PicturePrediction> predictPicture(const ModelPackage &package, const fs::path &path, Device device, const std::string &precision)
{
    auto picture = decodePicture(path);
    if (!picture)
        return fail(picture.error());
    auto predictor = Predictor::create(package, device, precision);
    if (!predictor)
        return fail(predictor.error());
    auto prediction = predictor->predict(*picture);
    if (!prediction)
        return fail(prediction.error());
    PicturePrediction answer;
    answer.path = path;
    answer.thumbnail = thumbnail(*picture, predictionPictureSize, predictionPictureSize);
    answer.prediction = std::move(*prediction);
    return answer;
}

} // namespace

PathKind kindOf(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir() || info.fileName() == QLatin1String("labels.csv"))
        return PathKind::DataFolder;
    if (!info.exists())
        return PathKind::Nothing;
    if (info.suffix() == QLatin1String("graft"))
        return PathKind::Project;
    return hasPictureExtension(toPath(path)) ? PathKind::Picture : PathKind::ModelFile;
}

Workbench::Workbench(QObject *parent) : QObject(parent) { }

void Workbench::cancelOpening()
{
    for (const QString &lane : {modelLane, projectLane, dataLane, headLane})
        m_jobs.cancel(lane);
}

void Workbench::openModel(const QString &reference)
{
    m_jobs.cancel(projectLane); // what is asked for last is what comes
    m_jobs.start(
        modelLane, tr("Opening %1").arg(QFileInfo(reference).fileName()),
        [reference](const JobContext &context) {
            OpenOptions options;
            options.cancellation = context.cancellation;
            // In kibibytes: the indicator counts in int.
            options.progress = [&context](DownloadProgress bytes) { context.report({bytes.done / 1024, bytes.total / 1024}); };
            return graft::openModel(reference.toStdString(), options);
        },
        [this, reference](Result<ModelPackage> package) {
            if (!package)
                return Q_EMIT failed(package.error());
            QStringList remarks;
            for (const std::string &remark : package->remarks)
                remarks += QString::fromStdString(remark);
            const bool isFile = QFileInfo::exists(reference);
            if (auto opened = m_document.openModel(std::move(*package), isFile ? toPath(reference) : fs::path()); !opened)
                return Q_EMIT failed(opened.error());
            Q_EMIT modelOpened(reference, remarks);
        });
}

void Workbench::scan(const QString &folder, const std::function<Result<void>(const Cancellation &)> &prepare)
{
    m_jobs.start(
        dataLane, tr("Looking through %1").arg(QFileInfo(folder).fileName()),
        [folder, prepare](const JobContext &context) -> Result<Dataset> {
            if (auto prepared = prepare(context.cancellation); !prepared)
                return fail(prepared.error());
            const auto progress = [&context](const ScanProgress &files) { context.report({files.done, files.total}); };
            return scanDataset(toPath(folder), progress, context.cancellation);
        },
        [this, folder](Result<Dataset> dataset) {
            if (!dataset)
                return Q_EMIT failed(dataset.error());
            m_document.setDataset(std::move(*dataset));
            Q_EMIT dataOpened(folder);
        });
}

void Workbench::openData(const QString &folder)
{
    scan(folder, [](const Cancellation &) { return Result<void>(); });
}

void Workbench::openDrawnData(const QString &folder)
{
    scan(folder, [folder](const Cancellation &cancellation) -> Result<void> {
        if (QFileInfo::exists(folder))
            return {};
        // Drawn beside and renamed, so that a cancelled drawing leaves no half data set.
        const fs::path part = toPath(folder + QStringLiteral(".part"));
        std::error_code error;
        fs::remove_all(part, error);
        if (auto drawn = writeDrawnDataset(part, DrawnSet::Demo, drawnTrain, drawnValidation, drawnSize, cancellation); !drawn)
            return drawn;
        fs::rename(part, toPath(folder), error);
        if (error)
            return fail(ErrorCode::FileUnwritable,
                "The drawn pictures cannot be kept (" + error.message() + "); free some space and try again.", folder.toStdString());
        return {};
    });
}

void Workbench::openDemo(const QString &drawnPictures)
{
    TrainingConfig config = m_document.trainingConfig();
    config.epochs = 15;
    config.batchSize = 16;
    config.optimizer = "adamw";
    config.learningRate = 0.003;
    m_document.setTrainingConfig(config);
    Augmentation augmentation;
    augmentation.cropScale = {0.6, 1.0};
    augmentation.horizontalFlip = 0; // what is drawn has a left and a right
    m_document.setAugmentation(augmentation);
    openModel(QStringLiteral("demo"));
    openDrawnData(drawnPictures);
}

void Workbench::freezeBefore(LayerId layer)
{
    if (const Layer *found = m_document.model().network.find(layer))
        m_document.setFrozen(ancestors(m_document.model().network, layer), true,
            [name = QString::fromStdString(found->name)] { return tr("Freeze everything before %1").arg(name); });
}

void Workbench::applyFreezeSetting(const QString &setting)
{
    Network network = m_document.model().network;
    if (auto frozen = freeze(network, setting.toStdString()); !frozen)
        return Q_EMIT failed(frozen.error());
    m_document.replaceNetwork(
        [setting] { return setting == QLatin1String("none") ? tr("Train everything") : tr("Freeze all but the head"); },
        std::move(network));
}

void Workbench::replaceHead(std::function<void()> then)
{
    if (m_document.headFitsData()) {
        if (then)
            then();
        return;
    }
    const int version = m_document.model().weightsVersion;
    const Network before = m_document.model().network;
    m_jobs.start(
        headLane, tr("Replacing the head"),
        [package = m_document.package(), classes = m_document.dataset().classNames, sets = m_document.dataset().labelSets,
            seed = m_document.trainingConfig().seed](const JobContext &) { return withHeadFor(package, classes, seed, sets); },
        [this, version, before, then = std::move(then)](Result<ModelPackage> package) {
            if (!package)
                return Q_EMIT failed(package.error());
            if (version != m_document.model().weightsVersion || before != m_document.model().network)
                return Q_EMIT noted([] { return tr("The head was not replaced: the model was changed meanwhile. Replace it again."); });
            m_document.replaceWeights([] { return tr("Replace the head"); },
                {std::move(package->network), std::move(package->weights), std::move(package->classNames), std::move(package->labelSets), 0,
                    std::nullopt, package->preprocessing});
            if (then)
                then();
        });
}

void Workbench::evaluateModel()
{
    const std::vector<Sample> &samples = m_document.split().validation;
    m_jobs.start(
        evaluationLane, tr("Judging the model"),
        [package = m_document.runnablePackage(), samples, classes = m_document.dataset().classNames, sets = m_document.dataset().labelSets,
            config = m_document.trainingConfig()](const JobContext &context) -> Result<Evaluation> {
            const auto progress = [&context](std::int64_t done, std::int64_t total) { context.report({done, total}); };
            const auto runnable = package();
            if (!runnable)
                return fail(runnable.error());
            return evaluate(*runnable, samples, classes, sets, config.device, progress, context.cancellation, config.precision);
        },
        [this, version = m_document.model().weightsVersion, folder = m_document.dataset().folder](Result<Evaluation> evaluation) {
            if (!evaluation)
                return Q_EMIT failed(evaluation.error());
            m_document.setJudgement({std::move(*evaluation), version, folder});
        });
}

void Workbench::predict(const QString &picturePath)
{
    Q_EMIT predictionStarted(picturePath);
    if (!m_document.hasModel())
        return Q_EMIT predictionFailed(picturePath,
            {ErrorCode::NetworkInvalid, tr("There is no model yet; open one first.").toStdString(), picturePath.toStdString()});
    m_jobs.start(
        predictionLane, tr("Looking at %1").arg(QFileInfo(picturePath).fileName()),
        [package = m_document.runnablePackage(), path = toPath(picturePath), config = m_document.trainingConfig()](
            const JobContext &) -> Result<PicturePrediction> {
            const auto runnable = package();
            return runnable ? predictPicture(*runnable, path, config.device, config.precision) : fail(runnable.error());
        },
        [this, picturePath, version = m_document.model().weightsVersion](Result<PicturePrediction> prediction) {
            if (!prediction)
                return Q_EMIT predictionFailed(picturePath, prediction.error());
            prediction->weightsVersion = version;
            m_document.setPrediction(std::move(*prediction));
        });
}

void Workbench::exportModel(const QString &path, const QString &formatName, const Attributes &options, bool mergesAdapters)
{
    ExportRequest request{
        .path = toPath(path), .formatName = formatName.toStdString(), .options = options, .pictures = {}, .mergesAdapters = mergesAdapters};
    for (const Sample &sample : m_document.split().validation)
        request.pictures.push_back(sample.path);
    m_jobs.start(
        exportLane, tr("Writing and checking %1").arg(QFileInfo(path).fileName()),
        [package = m_document.runnablePackage(), request](const JobContext &context) -> Result<ExportOutcome> {
            const auto runnable = package();
            return runnable ? graft::exportModel(*runnable, request, context.cancellation) : fail(runnable.error());
        },
        [this, path, version = m_document.model().weightsVersion](Result<ExportOutcome> outcome) {
            if (!outcome)
                return Q_EMIT failed(outcome.error());
            const QString written = QString::fromStdString(outcome->path.string());
            m_document.setExport({toPath(path), std::move(*outcome), version});
            Q_EMIT exported(written);
        });
}

void Workbench::requestStatistics()
{
    std::vector<std::pair<std::string, Tensor>> tensors;
    for (const LayerId id : m_document.selection()) {
        const Layer *layer = m_document.model().network.find(id);
        const LayerAnalysis *analysis = m_document.analysis().find(id);
        if (!layer || !analysis)
            continue;
        for (const TensorSpec &spec : analysis->tensors)
            if (const Tensor *tensor = m_document.model().weights.find(tensorName(*layer, spec)); tensor && tensor->shape() == spec.shape)
                tensors.emplace_back(
                    m_document.selection().size() == 1 && !spec.name.empty() ? spec.name : tensorName(*layer, spec), *tensor);
    }
    m_jobs.start(
        QStringLiteral("statistics"), {},
        [tensors = std::move(tensors)](const JobContext &context) {
            LayerStatistics figures;
            for (const auto &[name, tensor] : tensors)
                if (!context.cancellation.requested())
                    figures.emplace_back(QString::fromStdString(name), statistics(tensor));
            return figures;
        },
        [this](const LayerStatistics &figures) { Q_EMIT statisticsReady(figures); });
}

void Workbench::requestThumbnail(const QString &path)
{
    m_jobs.start(
        QStringLiteral("thumbnail ") + path, {},
        [path = toPath(path)](const JobContext &) {
            auto picture = decodePicture(path);
            return picture ? toImage(thumbnail(*picture, thumbnailSize, thumbnailSize)) : QImage();
        },
        [this, path](const QImage &image) { Q_EMIT thumbnailReady(path, image); });
}

void Workbench::requestAugmentationPreview()
{
    if (m_document.split().train.empty())
        return Q_EMIT augmentationPreviewReady({});
    const std::vector<Sample> &samples = m_document.split().train;
    const fs::path path = samples[m_previewSeed / 2 % samples.size()].path;
    m_jobs.start(
        QStringLiteral("preview"), {},
        [path, seed = m_previewSeed++, preprocessing = m_document.preprocessing(), augmentation = m_document.augmentation()](
            const JobContext &) {
            std::vector<QImage> views;
            std::mt19937_64 random(seed);
            if (const auto picture = decodePicture(path))
                for (int i = 0; i < previewPictures; ++i)
                    views.push_back(toImage(augment(*picture, preprocessing, augmentation, random)));
            return views;
        },
        [this](const std::vector<QImage> &views) { Q_EMIT augmentationPreviewReady(views); });
}

void Workbench::requestMachine()
{
    m_jobs.start(
        QStringLiteral("machine"), {}, [](const JobContext &) { return std::pair(availableDevices(), slowMathWarning()); },
        [this](const std::pair<std::vector<DeviceDescription>, std::string> &machine) {
            Q_EMIT machineReady(machine.first, QString::fromStdString(machine.second));
        });
}

} // namespace graft
