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
    std::string model, data, preprocessing, device = "auto";
    bool json = false;
};

void print(const Evaluation &evaluation, double seconds, bool json)
{
    if (!json) {
        std::cout << "accuracy " << percent(evaluation.accuracy) << ", top-5 " << percent(evaluation.top5) << ", loss " << evaluation.loss
                  << ", " << evaluation.samples << " pictures\n\n"
                  << std::left << std::setw(28) << "class" << std::right << std::setw(10) << "pictures" << std::setw(12) << "precision"
                  << std::setw(10) << "recall" << std::setw(10) << "F1"
                  << "\n";
        for (const ClassFigures &figures : evaluation.perClass)
            std::cout << std::left << std::setw(28) << figures.name << std::right << std::setw(10) << figures.samples << std::setw(12)
                      << percent(figures.precision) << std::setw(10) << percent(figures.recall) << std::setw(10) << percent(figures.f1)
                      << "\n";
        return;
    }
    auto perClass = nlohmann::ordered_json::array();
    for (const ClassFigures &figures : evaluation.perClass)
        perClass.push_back({{"class", figures.name}, {"samples", figures.samples}, {"precision", figures.precision},
            {"recall", figures.recall}, {"f1", figures.f1}});
    printLine({{"accuracy", evaluation.accuracy}, {"top5", evaluation.top5}, {"loss", evaluation.loss}, {"samples", evaluation.samples},
        {"picturesPerSecond", static_cast<double>(evaluation.samples) / seconds}, {"perClass", perClass},
        {"confusion", evaluation.confusion}});
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
    const auto evaluation = evaluate(*package, samples, dataset->classNames, *device, [&](std::int64_t done, std::int64_t total) {
        progress.show(static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)), "evaluating");
    });
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
    CLI::App *command = program.add_subcommand("evaluate", "Measure a model's accuracy on a folder of class folders");
    command->add_option("--model", options->model, modelHelp)->required();
    command->add_option("--preprocessing", options->preprocessing, preprocessingHelp);
    command->add_option("--data", options->data, "a folder of class folders; of one with train/ and val/, val/ is used")->required();
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = runEvaluate(*options); });
}

} // namespace graft::cli
