#include "evaluation/evaluation.h"

#include "core/strangetext.h"
#include "data/loader.h"
#include "evaluation/figures.h"
#include "nn/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace graft {
namespace {

constexpr int batchSize = 32;

/// Of one label set: for each class, the index of the model's output that means it.
using Outputs = std::vector<std::size_t>;

/// " of 'health'", for sentences; nothing for the only set.
std::string ofSet(const std::string &name)
{
    return name.empty() ? std::string() : " of " + inQuotes(name, '\'');
}

/// `known` are the model's names of that set's classes, the first of them its output `first`.
Result<Outputs> matchClasses(
    std::span<const std::string> known, std::span<const std::string> classes, std::int64_t first, const std::string &set)
{
    Outputs outputs;
    std::string strangers;
    for (const std::string &name : classes) {
        const auto match = std::ranges::find(known, name);
        if (match == known.end())
            strangers += (strangers.empty() ? "'" : ", '") + name + "'";
        outputs.push_back(static_cast<std::size_t>(first + (match - known.begin())));
    }
    if (!strangers.empty())
        return fail(ErrorCode::DataInvalid,
            "The model does not know these classes" + ofSet(set) + " of the folder: " + strangers
                + "; evaluate it on the classes it was trained on.");
    if (known.size() != classes.size())
        return fail(ErrorCode::DataInvalid,
            "The model knows " + std::to_string(known.size()) + " classes" + ofSet(set) + " and the folder has "
                + std::to_string(classes.size()) + " of them; evaluate it on a folder with all of its classes.");
    return outputs;
}

std::span<const std::string> namesOf(const std::vector<std::string> &all, const ClassRange &range)
{
    return std::span(all).subspan(static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.count));
}

/// The outputs that mean the classes of each of the samples' label sets.
Result<std::vector<Outputs>> matchSets(
    const ModelPackage &package, const std::vector<std::string> &classNames, const std::vector<ClassRange> &sets)
{
    std::vector<Outputs> result;
    const auto known = classRanges(package, package.classNames.size());
    for (const ClassRange &set : sets) {
        if (package.classNames.empty()) {
            result.emplace_back(static_cast<std::size_t>(set.count));
            std::iota(result.back().begin(), result.back().end(), static_cast<std::size_t>(set.first));
            continue;
        }
        const auto match = std::ranges::find(known, set.name, &ClassRange::name);
        if (match == known.end())
            return fail(ErrorCode::DataInvalid,
                set.name.empty() ? "The model answers several label sets and the folder has labels of one; evaluate it on a folder with a "
                                   "labels.csv that has a column for each."
                                 : "The model does not know the label set " + inQuotes(set.name, '\'')
                        + "; evaluate it on the label sets it was trained on.");
        auto outputs = matchClasses(namesOf(package.classNames, *match), namesOf(classNames, set), match->first, set.name);
        if (!outputs)
            return fail(outputs.error());
        result.push_back(std::move(*outputs));
    }
    return result;
}

/// [N, K] with K outputs, all finite.
Result<void> checkAnswers(const Tensor &logits, std::size_t outputs)
{
    const auto &shape = logits.shape();
    if (shape.size() != 2)
        return fail(ErrorCode::NetworkInvalid, "The model answers with a tensor of shape " + describe(shape) + " and is no classifier.");
    if (shape[1] != static_cast<std::int64_t>(outputs))
        return fail(ErrorCode::DataInvalid,
            "The model has " + std::to_string(shape[1]) + " outputs, but there are " + std::to_string(outputs) + " classes.");
    const auto values = logits.floats();
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
        return fail(
            ErrorCode::WeightsNotFinite, "The model's answers are not finite numbers; its weights or its preprocessing are damaged.");
    return {};
}

void addBatch(const Tensor &logits, const Batch &batch, const std::vector<Outputs> &outputs, std::vector<FigureCounter> &counters)
{
    const auto width = static_cast<std::size_t>(logits.shape()[1]);
    std::vector<float> ordered;
    for (std::size_t place = 0; place < batch.labels.size(); ++place) {
        const std::size_t set = place % outputs.size();
        if (batch.labels[place] < 0)
            continue;
        const auto row = logits.floats().subspan(place / outputs.size() * width, width);
        ordered.clear();
        for (const std::size_t output : outputs[set])
            ordered.push_back(row[output]);
        counters[set].add(ordered, static_cast<std::size_t>(batch.labels[place]));
    }
}

Evaluation figuresOf(
    const std::vector<FigureCounter> &counters, const std::vector<std::string> &classNames, const std::vector<ClassRange> &sets)
{
    Evaluation evaluation;
    double judged = 0;
    for (std::size_t set = 0; set < sets.size(); ++set) {
        const auto names = namesOf(classNames, sets[set]);
        SetEvaluation figures = counters[set].figures({names.begin(), names.end()});
        figures.name = sets[set].name;
        evaluation.accuracy += figures.accuracy;
        evaluation.loss += figures.loss;
        judged += figures.samples > 0 ? 1 : 0;
        evaluation.sets.push_back(std::move(figures));
    }
    evaluation.accuracy /= std::max(judged, 1.0);
    return evaluation;
}

} // namespace

Result<Evaluation> evaluate(const ModelPackage &package, const std::vector<Sample> &samples, const std::vector<std::string> &classNames,
    const std::vector<LabelSet> &labelSets, Device device, const std::function<void(std::int64_t done, std::int64_t total)> &progress,
    const Cancellation &cancellation, const std::string &precision)
{
    const auto sets = classRanges(labelSets, std::ssize(classNames));
    const auto outputs = matchSets(package, classNames, sets);
    if (!outputs)
        return fail(outputs.error());
    const std::size_t answers = package.classNames.empty() ? classNames.size() : package.classNames.size();
    if (samples.empty())
        return fail(
            ErrorCode::DataInvalid, "There is no picture to evaluate the model on; choose a folder with pictures in class folders.");
    LoaderOptions options;
    options.batchSize = batchSize;
    options.preprocessing = package.preprocessing;
    options.asLevels = true;
    const auto loader = makeLoader(samples, options);
    loader->startEpoch(0, 0);
    // The first pictures are decoded meanwhile.
    const auto model = Model::create(package.network, package.weights, device, precision);
    if (!model)
        return fail(model.error());
    std::vector<FigureCounter> counters;
    for (const ClassRange &set : sets)
        counters.emplace_back(static_cast<std::size_t>(set.count));
    for (std::int64_t done = 0; done < loader->sampleCount();) {
        if (cancellation.requested())
            return fail(ErrorCode::Cancelled, "The evaluation was stopped.");
        const auto batch = loader->next();
        if (!batch)
            return fail(batch.error());
        const auto logits = model->forward(batch->pictures, batch->scales);
        if (!logits)
            return fail(logits.error());
        if (const auto checked = checkAnswers(*logits, answers); !checked)
            return fail(checked.error());
        addBatch(*logits, *batch, *outputs, counters);
        done += batch->sampleCount();
        if (progress)
            progress(done, loader->sampleCount());
    }
    Evaluation evaluation = figuresOf(counters, classNames, sets);
    evaluation.samples = loader->sampleCount();
    return evaluation;
}

} // namespace graft
