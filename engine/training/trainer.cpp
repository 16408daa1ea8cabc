#include "training/trainer.h"

#include "graph/analysis.h"
#include "graph/frontier.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr std::chrono::milliseconds gradientInterval(200);
constexpr int gradientRarity = 300; // times as long as measuring took passes before it is done again

/// One well-mixed number for each step of each seed (the finaliser of splitmix64).
std::uint64_t stepSeed(std::uint64_t seed, std::int64_t step)
{
    std::uint64_t z = seed + 0x9E3779B97F4A7C15ull * (static_cast<std::uint64_t>(step) + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

tl::unexpected<Error> diverged(int epoch, std::int64_t step, const std::string &what)
{
    return fail(ErrorCode::LossNotFinite,
        what + " is not a finite number in epoch " + std::to_string(epoch) + ", step " + std::to_string(step)
            + "; lower the learning rate and start again.",
        "learningRate");
}

bool isBetter(const EpochResult &candidate, const EpochResult &best)
{
    const Metrics &a = candidate.validation ? *candidate.validation : candidate.train;
    const Metrics &b = best.validation ? *best.validation : best.train;
    if (candidate.validation && a.accuracy != b.accuracy)
        return a.accuracy > b.accuracy;
    return a.loss < b.loss;
}

} // namespace

Trainer::Trainer(TrainingConfig config, TrainingInput input, TrainingObserver &observer, RunControl &control)
    : m_config(std::move(config)), m_input(std::move(input)), m_observer(observer), m_control(control)
{
}

TrainingResult Trainer::run()
{
    Result<Outcome> outcome = Outcome::Done;
    if (auto prepared = prepare(); !prepared)
        outcome = fail(prepared.error());
    else
        outcome = runEpochs();
    if (!outcome && m_learner)
        keepAfterFailure(outcome.error());

    TrainingResult result;
    if (!outcome)
        result.error = outcome.error();
    result.reason = !outcome ? StopReason::Failed : *outcome == Outcome::Stopped ? StopReason::Stopped : StopReason::Completed;
    result.epochs = m_state.epochs;
    result.bestEpoch = m_state.bestEpoch;
    result.bestWeights = m_state.bestWeights;
    if (m_state.bestEpoch == 0 && m_learner)
        if (auto weights = m_learner->weights())
            result.bestWeights = std::move(*weights);
    result.seconds = m_clock.seconds();
    return result;
}

Result<void> Trainer::prepare()
{
    if (!m_input.checkpointFolder.empty())
        m_checkpointFile = m_input.checkpointFolder / "checkpoint.safetensors";
    const auto analysis = analyse(m_input.network);
    if (!analysis)
        return fail(analysis.error());
    m_classes = classRanges(m_input.labelSets, analysis->find(m_input.network.output())->outputShape.at(0));
    m_trainBatches = m_input.train->batchCount();
    m_validationBatches = m_input.validation ? m_input.validation->batchCount() : 0;
    m_schedule = scheduleTypes().find(m_config.schedule);
    m_state.network = m_input.network;
    m_state.config = m_config;
    m_state.trainSamples = m_input.train->sampleCount();
    if (m_input.resume)
        if (auto restored = restore(); !restored)
            return restored;
    const StateDict &weights = m_input.resume ? m_state.weights : m_input.weights;
    if (auto apart = runFrozenPartApart(weights); !apart)
        return apart;
    auto learner
        = Learner::create(m_input.network, weights, m_config, m_input.labelSets, m_frozen ? m_frozen->crossing() : std::vector<LayerId>());
    if (!learner)
        return fail(learner.error());
    m_learner = std::move(*learner);
    m_input.weights = {};
    if (m_input.resume)
        if (auto loaded = m_learner->loadOptimizerState(m_state.optimizerState); !loaded)
            return loaded;
    m_state.weights = {};
    m_state.optimizerState = {};
    m_clock = RunClock(m_state.seconds, m_state.secondsInEpoch);
    return {};
}

Result<void> Trainer::runFrozenPartApart(const StateDict &weights)
{
    auto crossing = crossingLayers(m_input.network);
    if (crossing.empty())
        return {};
    auto frozen = FrozenPart::create(
        m_input.network, weights, std::move(crossing), m_config.device, usesBfloat16(m_config.precision, m_config.device));
    if (!frozen)
        return fail(frozen.error());
    m_frozen = std::move(*frozen);
    m_trainFeatures = FeatureSource::create(m_input.train, m_frozen, m_input.featureCache, m_input.variants);
    m_input.train = m_trainFeatures;
    if (m_input.validation) {
        m_validationFeatures = FeatureSource::create(m_input.validation, m_frozen, m_input.featureCache, 1);
        m_input.validation = m_validationFeatures;
    }
    return {};
}

double Trainer::cachedShare() const
{
    FeatureSource::Counts sum;
    for (const auto &features : {m_trainFeatures, m_validationFeatures})
        if (features) {
            sum.samples += features->counts().samples;
            sum.kept += features->counts().kept;
        }
    return sum.samples > 0 ? static_cast<double>(sum.kept) / static_cast<double>(sum.samples) : 0;
}

void Trainer::reportCache()
{
    for (const auto &features : {m_trainFeatures, m_validationFeatures})
        if (features)
            if (const std::string problem = features->takeProblem(); !problem.empty())
                m_observer.noteMade(problem);
}

Result<void> Trainer::restore()
{
    auto checkpoint = readCheckpoint(m_checkpointFile);
    if (!checkpoint && checkpoint.error().code == ErrorCode::FileNotFound)
        return fail(ErrorCode::FileNotFound,
            "There is no checkpoint in '" + m_input.checkpointFolder.string() + "' to go on from; start the run anew.",
            m_checkpointFile.string());
    if (!checkpoint)
        return fail(checkpoint.error());
    if (auto same = requireSameRun(*checkpoint, m_config, m_input.network, m_state.trainSamples, m_checkpointFile); !same)
        return same;
    m_state = std::move(*checkpoint);
    m_state.network = m_input.network;
    m_state.config = m_config;
    m_epochsTold = m_state.epochs.size();
    return {};
}

Result<Trainer::Outcome> Trainer::runEpochs()
{
    for (int epoch = static_cast<int>(m_state.epochs.size()) + 1; epoch <= m_config.epochs; ++epoch) {
        const auto outcome = runEpoch(epoch);
        if (!outcome)
            return fail(outcome.error());
        if (*outcome == Outcome::Stopped) {
            if (auto kept = keepState(); !kept)
                return fail(kept.error());
            return Outcome::Stopped;
        }
    }
    return Outcome::Done;
}

Result<Trainer::Outcome> Trainer::runEpoch(int epoch)
{
    if (m_state.batchInEpoch == 0)
        m_clock.startEpoch();
    const auto trained = trainEpoch(epoch);
    if (!trained || *trained == Outcome::Stopped)
        return trained;
    Sums validation;
    const auto validated = validateEpoch(epoch, validation);
    if (!validated || *validated == Outcome::Stopped)
        return validated;
    if (auto finished = finishEpoch(epoch, validation); !finished)
        return fail(finished.error());
    return Outcome::Done;
}

Result<Trainer::Outcome> Trainer::trainEpoch(int epoch)
{
    if (m_state.batchInEpoch >= m_trainBatches)
        return Outcome::Done; // stopped while it validated
    m_input.train->startEpoch(m_config.seed, epoch);
    if (auto skipped = skipBatches(m_state.batchInEpoch); !skipped)
        return fail(skipped.error());
    for (;;) {
        if (obeyControl()) {
            if (auto read = readTrainingFigures(Learner::Reading::All); !read)
                return fail(read.error());
            return Outcome::Stopped;
        }
        const auto batch = m_input.train->next();
        if (!batch)
            return fail(batch.error());
        if (batch->labels.empty())
            break;
        if (auto trained = trainBatch(epoch, *batch); !trained)
            return fail(trained.error());
        ++m_state.batchInEpoch;
        reportProgress(epoch, RunClock::Pass::Training, 0);
    }
    if (auto read = readTrainingFigures(Learner::Reading::All); !read)
        return fail(read.error());
    return Outcome::Done;
}

Result<void> Trainer::skipBatches(std::int64_t count)
{
    if (count > 0)
        if (auto skipped = m_input.train->skip(count); !skipped)
            return skipped;
    m_clock.skip();
    return {};
}

Result<void> Trainer::trainBatch(int epoch, const Batch &batch)
{
    if (auto usable = requireUsable(batch); !usable)
        return usable;
    const double rate = m_schedule->learningRate(m_config, m_state.step, m_trainBatches, m_trainBatches * m_config.epochs);
    watchGradients();
    m_isKept = false;
    m_inStep = true;
    if (auto trained = m_learner->train(batch, rate, stepSeed(m_config.seed, m_state.step)); !trained)
        return trained;
    m_inStep = false;
    if (const std::string note = m_learner->takeNote(); !note.empty())
        m_observer.noteMade(note);
    ++m_state.step;
    publishGradients();
    m_unread.push_back({.epoch = epoch, .step = m_state.step, .learningRate = rate});
    return readTrainingFigures(Learner::Reading::WhenCheap);
}

void Trainer::watchGradients()
{
    if (m_control.watchesGradients() && std::chrono::steady_clock::now() >= m_nextGradients)
        m_learner->measureGradients();
}

void Trainer::publishGradients()
{
    if (auto gradients = m_learner->takeGradientNorms(); !gradients.norms.empty()) {
        const auto pause = std::max<std::chrono::steady_clock::duration>(gradientInterval, gradientRarity * gradients.took);
        m_nextGradients = std::chrono::steady_clock::now() + pause;
        m_observer.gradientsMeasured({m_state.step, std::move(gradients.norms)});
    }
}

Result<void> Trainer::readTrainingFigures(Learner::Reading reading)
{
    const auto all = m_learner->figures(reading);
    if (!all)
        return fail(all.error());
    for (const Learner::Figures &figures : *all) {
        MetricSample sample = m_unread.front();
        m_unread.pop_front();
        const Metrics metrics = metricsOf(figures, {});
        if (!std::isfinite(metrics.loss))
            return diverged(sample.epoch, sample.step, "The loss");
        add(m_state.sums, figures);
        sample.batchLoss = metrics.loss;
        sample.batchAccuracy = metrics.accuracy;
        m_observer.stepDone(sample);
    }
    return {};
}

Result<Trainer::Outcome> Trainer::validateEpoch(int epoch, Sums &sums)
{
    if (!m_input.validation)
        return Outcome::Done;
    m_input.validation->startEpoch(m_config.seed, epoch);
    for (std::int64_t done = 0;;) {
        if (obeyControl())
            return Outcome::Stopped;
        const auto batch = m_input.validation->next();
        if (!batch)
            return fail(batch.error());
        if (!batch->labels.empty()) {
            if (auto usable = requireUsable(*batch); !usable)
                return fail(usable.error());
            if (auto evaluated = m_learner->evaluate(*batch); !evaluated)
                return fail(evaluated.error());
        }
        const auto all = m_learner->figures(batch->labels.empty() ? Learner::Reading::All : Learner::Reading::WhenCheap);
        if (!all)
            return fail(all.error());
        for (const Learner::Figures &figures : *all)
            add(sums, figures);
        if (batch->labels.empty())
            return Outcome::Done;
        reportProgress(epoch, RunClock::Pass::Validation, ++done);
    }
}

Result<void> Trainer::finishEpoch(int epoch, const Sums &validation)
{
    EpochResult result;
    result.epoch = epoch;
    result.train = metricsOf(m_state.sums, m_input.labelSets);
    if (std::ranges::any_of(validation, [](const SetFigures &set) { return set.samples > 0; }))
        result.validation = metricsOf(validation, m_input.labelSets);
    if (result.validation && !std::isfinite(result.validation->loss))
        return diverged(epoch, m_state.step, "The validation loss");
    result.seconds = m_clock.secondsInEpoch();
    result.cached = cachedShare();
    result.isBest = m_state.bestEpoch == 0 || isBetter(result, m_state.epochs[static_cast<std::size_t>(m_state.bestEpoch) - 1]);
    if (auto finite = requireFiniteState(epoch); !finite)
        return finite;
    if (result.isBest) {
        auto weights = m_learner->weights();
        if (!weights)
            return fail(weights.error());
        m_state.bestEpoch = epoch;
        m_state.bestWeights = std::move(*weights);
    }
    m_state.epochs.push_back(result);
    m_state.batchInEpoch = 0;
    m_state.sums.clear();
    if (epoch == m_config.epochs || std::chrono::steady_clock::now() - m_lastKept >= m_input.checkpointInterval)
        if (auto kept = keepState(); !kept)
            return kept;
    reportCache();
    m_observer.epochDone(result);
    m_clock.skip();
    return {};
}

Result<void> Trainer::requireUsable(const Batch &batch) const
{
    if (batch.features.empty())
        if (auto fitting = requireFitting(batch, m_input.network.inputShape()); !fitting)
            return fitting;
    if (batch.labelSets != std::ssize(m_classes))
        return fail(ErrorCode::DataInvalid,
            "The pictures have labels of " + std::to_string(batch.labelSets) + " label sets and the network answers "
                + std::to_string(m_classes.size()) + "; give it a head for the label sets of the data.",
            "data");
    // Only with several label sets one may be unknown.
    const std::int64_t least = m_classes.size() > 1 ? -1 : 0;
    for (std::size_t place = 0; place < batch.labels.size(); ++place)
        if (const auto [label, classes] = std::pair(batch.labels[place], m_classes[place % m_classes.size()].count);
            label < least || label >= classes)
            return fail(ErrorCode::DataInvalid,
                "A picture is of class " + std::to_string(label + 1) + " and the network knows " + std::to_string(classes)
                    + " classes; give it a head for the classes of the data.",
                "data");
    return {};
}

Result<void> Trainer::requireFiniteState(int epoch) const
{
    const auto finite = m_learner->isFinite();
    if (!finite)
        return fail(finite.error());
    return *finite ? Result<void>() : diverged(epoch, m_state.step, "A weight");
}

Result<StateDict> Trainer::weightsNow() const
{
    const bool areTheBest = m_state.batchInEpoch == 0 && m_state.bestEpoch > 0 && m_state.bestEpoch == std::ssize(m_state.epochs);
    return areTheBest ? m_state.bestWeights : m_learner->weights();
}

Result<void> Trainer::writeCheckpointNow()
{
    m_isKept = true; // what cannot be written now cannot be right after it
    if (m_checkpointFile.empty())
        return {};
    if (auto finite = requireFiniteState(static_cast<int>(m_state.epochs.size()) + 1); !finite)
        return finite;
    auto weights = weightsNow();
    if (!weights)
        return fail(weights.error());
    auto optimizerState = m_learner->optimizerState();
    if (!optimizerState)
        return fail(optimizerState.error());
    m_state.seconds = m_clock.seconds();
    m_state.secondsInEpoch = m_state.batchInEpoch > 0 ? m_clock.secondsInEpoch() : 0;
    Checkpoint state = m_state;
    state.weights = std::move(*weights);
    state.optimizerState = std::move(*optimizerState);
    return writeCheckpoint(m_checkpointFile, state);
}

Result<void> Trainer::keepState()
{
    m_lastKept = std::chrono::steady_clock::now();
    auto written = writeCheckpointNow();
    return written ? tellOfEpochs() : written;
}

Result<void> Trainer::tellOfEpochs()
{
    if (!m_input.afterCheckpoint || m_epochsTold == m_state.epochs.size())
        return {};
    m_epochsTold = m_state.epochs.size();
    return m_input.afterCheckpoint(m_state.epochs, m_state.bestWeights);
}

void Trainer::keepAfterFailure(const Error &error)
{
    // In a step weights and statistics may be half changed, and of a loss that is not finite nothing good comes.
    if (!m_isKept && !m_inStep && error.code != ErrorCode::LossNotFinite && readTrainingFigures(Learner::Reading::All))
        static_cast<void>(writeCheckpointNow());
    static_cast<void>(tellOfEpochs());
}

bool Trainer::obeyControl()
{
    if (m_control.isPaused()) {
        m_clock.pause();
        m_control.waitWhilePaused();
        m_clock.resume();
    }
    return m_control.isStopping();
}

void Trainer::reportProgress(int epoch, RunClock::Pass pass, std::int64_t validationBatchesDone)
{
    m_clock.markBatch(pass);
    const std::int64_t epochsBefore = epoch - 1;
    Progress progress;
    progress.epoch = epoch;
    progress.validating = pass == RunClock::Pass::Validation;
    progress.batchesDone = epochsBefore * (m_trainBatches + m_validationBatches) + m_state.batchInEpoch + validationBatchesDone;
    progress.batchesTotal = m_config.epochs * (m_trainBatches + m_validationBatches);
    progress.secondsElapsed = m_clock.seconds();
    progress.secondsLeft = m_clock.secondsFor(m_config.epochs * m_trainBatches - epochsBefore * m_trainBatches - m_state.batchInEpoch,
        m_config.epochs * m_validationBatches - epochsBefore * m_validationBatches - validationBatchesDone);
    m_observer.progressChanged(progress);
}

} // namespace graft
