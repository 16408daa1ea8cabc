#include "command.h"
#include "console.h"
#include "evaluation/evaluation.h"
#include "modelopening.h"

#include <chrono>
#include <iomanip>
#include <iostream>

namespace graft::cli {
namespace {

struct EvaluateOptions {
    std::string model, data, preprocessing, device = "auto", precision = "auto";
    bool json = false;
};

/// `seconds` for all the pictures; 0 = not said.
nlohmann::ordered_json toJson(const SetEvaluation &evaluation, double seconds)
{
    auto perClass = nlohmann::ordered_json::array();
    for (const ClassFigures &figures : evaluation.perClass)
        perClass.push_back({{"class", figures.name}, {"samples", figures.samples}, {"precision", figures.precision},
            {"recall", figures.recall}, {"f1", figures.f1}});
    nlohmann::ordered_json json
        = {{"accuracy", evaluation.accuracy}, {"top5", evaluation.top5}, {"loss", evaluation.loss}, {"samples", evaluation.samples}};
    if (seconds > 0)
        json["picturesPerSecond"] = static_cast<double>(evaluation.samples) / seconds;
    json["perClass"] = std::move(perClass);
    json["confusion"] = evaluation.confusion;
    return json;
}

void printTable(const SetEvaluation &evaluation)
{
    std::cout << (evaluation.name.empty() ? std::string() : evaluation.name + ": ") << "accuracy " << percent(evaluation.accuracy)
              << ", top-5 " << percent(evaluation.top5) << ", loss " << evaluation.loss << ", " << evaluation.samples << " pictures\n\n"
              << std::left << std::setw(28) << "class" << std::right << std::setw(10) << "pictures" << std::setw(12) << "precision"
              << std::setw(10) << "recall" << std::setw(10) << "F1"
              << "\n";
    for (const ClassFigures &figures : evaluation.perClass)
        std::cout << std::left << std::setw(28) << figures.name << std::right << std::setw(10) << figures.samples << std::setw(12)
                  << percent(figures.precision) << std::setw(10) << percent(figures.recall) << std::setw(10) << percent(figures.f1) << "\n";
}

/// One label set is the answer; of several each has its own figures.
void print(const Evaluation &evaluation, double seconds, bool json)
{
    const bool hasSets = evaluation.sets.size() > 1;
    if (!json) {
        if (hasSets)
            std::cout << "mean accuracy " << percent(evaluation.accuracy) << " over " << evaluation.sets.size() << " label sets, "
                      << evaluation.samples << " pictures\n\n";
        for (const SetEvaluation &set : evaluation.sets) {
            printTable(set);
            if (&set != &evaluation.sets.back())
                std::cout << "\n";
        }
        return;
    }
    if (!hasSets)
        return printLine(toJson(evaluation.sets.front(), seconds));
    nlohmann::ordered_json line = {{"accuracy", evaluation.accuracy}, {"loss", evaluation.loss}, {"samples", evaluation.samples},
        {"picturesPerSecond", static_cast<double>(evaluation.samples) / seconds}};
    for (const SetEvaluation &set : evaluation.sets) {
        nlohmann::ordered_json figures = {{"name", set.name}};
        figures.update(toJson(set, 0));
        line["labelSets"].push_back(std::move(figures));
    }
    printLine(line);
}

int runEvaluate(const EvaluateOptions &options)
{
    const auto device = parseDevice(options.device);
    if (!device)
        return report(device.error(), options.json);
    const auto package = openOrDownload(options.model, options.preprocessing);
    if (!package)
        return report(package.error(), options.json);
    ProgressLine progress;
    const auto dataset = scanDataset(options.data, [&](const ScanProgress &scan) {
        progress.show(static_cast<double>(scan.done) / static_cast<double>(std::max<std::int64_t>(1, scan.total)), "checking pictures");
    });
    if (!dataset)
        return report(dataset.error(), options.json);
    noteLeftOut(*dataset);
    // A folder with its own split is judged by the part that was not trained on.
    const auto &samples = dataset->validationSamples.empty() ? dataset->samples : dataset->validationSamples;
    const auto start = std::chrono::steady_clock::now();
    const auto showProgress = [&](std::int64_t done, std::int64_t total) {
        progress.show(static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)), "evaluating");
    };
    const auto evaluation
        = evaluate(*package, samples, dataset->classNames, dataset->labelSets, *device, showProgress, {}, options.precision);
    progress.clear();
    if (!evaluation)
        return report(evaluation.error(), options.json);
    print(*evaluation, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), options.json);
    return 0;
}

} // namespace

void addEvaluate(CLI::App &program, int &status)
{
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App *command = program.add_subcommand("evaluate", "Measure a model's accuracy on a folder of class folders, or with a labels.csv");
    command->add_option("--model", options->model, modelHelp)->required();
    command->add_option("--preprocessing", options->preprocessing, preprocessingHelp);
    command->add_option("--data", options->data, "a folder of class folders; of one with train/ and val/, val/ is used")->required();
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    addPrecision(*command, options->precision);
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = runEvaluate(*options); });
}

} // namespace graft::cli
