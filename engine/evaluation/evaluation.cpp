#include "evaluation/evaluation.h"

#include "data/loader.h"
#include "evaluation/figures.h"
#include "nn/model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace graft {
namespace {

constexpr int batchSize = 32;

/// For each of `classNames`, the index of the model's output that means it.
Result<std::vector<std::size_t>> matchClasses(const ModelPackage &package, const std::vector<std::string> &classNames)
{
    std::vector<std::size_t> outputs(classNames.size());
    std::iota(outputs.begin(), outputs.end(), std::size_t{0});
    if (package.classNames.empty() || package.classNames == classNames)
        return outputs;
    std::map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < package.classNames.size(); ++i)
        known.emplace(package.classNames[i], i);
    std::string strangers;
    for (std::size_t i = 0; i < classNames.size(); ++i) {
        const auto match = known.find(classNames[i]);
        if (match == known.end())
            strangers += (strangers.empty() ? "'" : ", '") + classNames[i] + "'";
        else
            outputs[i] = match->second;
    }
    if (!strangers.empty())
        return fail(ErrorCode::DataInvalid,
            "The model does not know these classes of the folder: " + strangers + "; evaluate it on the classes it was trained on.");
    if (package.classNames.size() != classNames.size())
        return fail(ErrorCode::DataInvalid,
            "The model knows " + std::to_string(package.classNames.size()) + " classes and the folder has "
                + std::to_string(classNames.size()) + " of them; evaluate it on a folder with all of its classes.");
    return outputs;
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

void addBatch(
    const Tensor &logits, const std::vector<std::int64_t> &labels, const std::vector<std::size_t> &outputs, FigureCounter &counter)
{
    std::vector<float> ordered(outputs.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto row = logits.floats().subspan(i * outputs.size(), outputs.size());
        for (std::size_t k = 0; k < outputs.size(); ++k)
            ordered[k] = row[outputs[k]];
        counter.add(ordered, static_cast<std::size_t>(labels[i]));
    }
}

} // namespace

Result<Evaluation> evaluate(const ModelPackage &package, const std::vector<Sample> &samples, const std::vector<std::string> &classNames,
    Device device, const std::function<void(std::int64_t done, std::int64_t total)> &progress, const Cancellation &cancellation)
{
    const auto outputs = matchClasses(package, classNames);
    if (!outputs)
        return fail(outputs.error());
    if (samples.empty())
        return fail(
            ErrorCode::DataInvalid, "There is no picture to evaluate the model on; choose a folder with pictures in class folders.");
    const auto model = Model::create(package.network, package.weights, device);
    if (!model)
        return fail(model.error());
    LoaderOptions options;
    options.batchSize = batchSize;
    options.preprocessing = package.preprocessing;
    const auto loader = makeLoader(samples, options);
    loader->startEpoch(0, 0);
    FigureCounter counter(classNames.size());
    for (std::int64_t done = 0; done < loader->sampleCount();) {
        if (cancellation.requested())
            return fail(ErrorCode::Cancelled, "The evaluation was stopped.");
        const auto batch = loader->next();
        if (!batch)
            return fail(batch.error());
        const auto logits = model->forward(batch->pictures);
        if (!logits)
            return fail(logits.error());
        if (const auto checked = checkAnswers(*logits, outputs->size()); !checked)
            return fail(checked.error());
        addBatch(*logits, batch->labels, *outputs, counter);
        done += static_cast<std::int64_t>(batch->labels.size());
        if (progress)
            progress(done, loader->sampleCount());
    }
    return counter.figures(classNames);
}

} // namespace graft
