#include "command.h"
#include "console.h"
#include "evaluation/evaluation.h"
#include "modelopening.h"

#include <iostream>

namespace graft::cli {
namespace {

struct PredictOptions {
    std::string model, preprocessing, device = "auto", precision = "auto";
    std::vector<std::string> pictures;
    int top = 5;
    bool logits = false;
    bool json = false;
};

nlohmann::ordered_json toJson(const std::vector<ClassProbability> &classes)
{
    auto top = nlohmann::ordered_json::array();
    for (const ClassProbability &entry : classes)
        top.push_back({{"class", entry.className}, {"probability", entry.probability}});
    return top;
}

void print(const std::string &file, const Prediction &prediction, const PredictOptions &options)
{
    if (!options.json) {
        std::cout << file << "\n";
        for (const SetPrediction &set : prediction.sets) {
            if (!set.name.empty())
                std::cout << "  " << set.name << "\n";
            for (const ClassProbability &entry : set.top)
                std::cout << (set.name.empty() ? "  " : "    ") << percent(entry.probability) << "  " << entry.className << "\n";
        }
        return;
    }
    nlohmann::ordered_json line = {{"file", file}};
    if (prediction.sets.size() == 1)
        line["top"] = toJson(prediction.sets.front().top);
    else
        for (const SetPrediction &set : prediction.sets)
            line["sets"].push_back({{"name", set.name}, {"top", toJson(set.top)}});
    if (options.logits)
        line["logits"] = prediction.logits;
    printLine(line);
}

int predict(const PredictOptions &options)
{
    const auto device = parseDevice(options.device);
    if (!device)
        return report(device.error(), options.json);
    const auto package = openOrDownload(options.model, options.preprocessing);
    if (!package)
        return report(package.error(), options.json);
    const auto predictor = Predictor::create(*package, *device, options.precision);
    if (!predictor)
        return report(predictor.error(), options.json);
    int status = 0;
    for (const std::string &file : options.pictures) {
        const auto picture = decodePicture(file);
        const auto prediction = picture ? predictor->predict(*picture, options.top) : fail(picture.error());
        if (prediction)
            print(file, *prediction, options);
        else
            status = report(prediction.error(), options.json);
    }
    return status;
}

} // namespace

void addPredict(CLI::App &program, int &status)
{
    auto options = std::make_shared<PredictOptions>();
    CLI::App *command = program.add_subcommand("predict", "Say what a model sees in pictures");
    command->add_option("--model", options->model, modelHelp)->required();
    command->add_option("--preprocessing", options->preprocessing, preprocessingHelp);
    command->add_option("IMAGE", options->pictures, "pictures")->required()->take_all();
    command->add_option("--top", options->top, "how many classes to list")->check(CLI::Range(1, 100000))->capture_default_str();
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    addPrecision(*command, options->precision);
    command->add_flag("--logits", options->logits, "with --json, the network's raw outputs as well");
    command->add_flag("--json", options->json, "one JSON object a picture");
    command->callback([options, &status] { status = predict(*options); });
}

} // namespace graft::cli
