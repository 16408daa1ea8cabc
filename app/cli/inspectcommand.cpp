#include "command.h"
#include "console.h"
#include "demo/demo.h"
#include "graph/overview.h"

#include <iomanip>
#include <iostream>

namespace graft::cli {
namespace {

struct InspectOptions {
    std::string model;
    bool json = false;
};

/// The sets of a model that answers several questions about a picture; none of others.
std::vector<ClassRange> labelSetsOf(const ModelPackage &package)
{
    auto ranges = classRanges(package, static_cast<std::size_t>(classCount(package.network)));
    return ranges.size() > 1 ? ranges : std::vector<ClassRange>();
}

nlohmann::ordered_json toJson(const ModelPackage &package, const std::vector<ClassRange> &sets)
{
    auto json = nlohmann::ordered_json::array();
    for (const ClassRange &set : sets) {
        auto classes = nlohmann::ordered_json::array();
        for (std::int64_t i = 0; i < set.count; ++i)
            classes.push_back(className(package, static_cast<std::size_t>(set.first + i)));
        json.push_back({{"name", set.name}, {"classes", std::move(classes)}});
    }
    return json;
}

void printJson(const ModelPackage &package, const NetworkAnalysis &analysis)
{
    const Network &network = package.network;
    auto layers = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < network.layers().size(); ++i) {
        const Layer &layer = network.layers()[i];
        const LayerAnalysis &figures = analysis.layers[i];
        layers.push_back({{"name", layer.name}, {"type", layer.type}, {"outputShape", figures.outputShape},
            {"parameters", figures.parameters}, {"multiplyAdds", figures.multiplyAdds}, {"frozen", layer.frozen}});
    }
    nlohmann::ordered_json line = {{"architecture", network.architecture}, {"inputShape", network.inputShape()}, {"layers", layers},
        {"totals",
            {{"layers", network.layers().size()}, {"parameters", analysis.parameters},
                {"trainableParameters", analysis.trainableParameters}, {"auxiliaryParameters", analysis.auxiliaryParameters},
                {"multiplyAdds", analysis.multiplyAdds}, {"classes", classCount(network)}}},
        {"remarks", package.remarks}};
    if (const auto sets = labelSetsOf(package); !sets.empty())
        line["labelSets"] = toJson(package, sets);
    printLine(line);
}

/// " of 2 label sets (species 3, health 2)"; nothing for none.
std::string ofSets(const std::vector<ClassRange> &sets)
{
    std::string text;
    for (const ClassRange &set : sets)
        text += (text.empty() ? "" : ", ") + set.name + " " + std::to_string(set.count);
    return text.empty() ? text : " of " + std::to_string(sets.size()) + " label sets (" + text + ")";
}

void printTable(const ModelPackage &package, const NetworkAnalysis &analysis)
{
    const Network &network = package.network;
    std::cout << network.architecture << ", input " << describe(network.inputShape()) << ", " << classCount(network) << " classes"
              << ofSets(labelSetsOf(package)) << "\n\n"
              << std::left << std::setw(34) << "layer" << std::setw(18) << "type" << std::setw(18) << "output" << std::right
              << std::setw(12) << "parameters" << std::setw(14) << "multiply-adds"
              << "\n";
    for (std::size_t i = 0; i < network.layers().size(); ++i) {
        const Layer &layer = network.layers()[i];
        const LayerAnalysis &figures = analysis.layers[i];
        std::string shape;
        for (const auto dimension : figures.outputShape)
            shape += (shape.empty() ? "" : "x") + std::to_string(dimension);
        std::cout << std::left << std::setw(34) << layer.name << std::setw(18) << layer.type << std::setw(18) << shape << std::right
                  << std::setw(12) << (figures.parameters ? shortCount(static_cast<double>(figures.parameters)) : "") << std::setw(14)
                  << (figures.multiplyAdds ? shortCount(static_cast<double>(figures.multiplyAdds)) : "") << (layer.frozen ? "  frozen" : "")
                  << "\n";
    }
    std::cout << "\n"
              << network.layers().size() << " layers, " << shortCount(static_cast<double>(analysis.parameters)) << " parameters"
              << (analysis.auxiliaryParameters > 0
                         ? " (" + shortCount(static_cast<double>(analysis.auxiliaryParameters)) + " for auxiliary outputs in training)"
                         : "")
              << ", " << shortCount(static_cast<double>(analysis.multiplyAdds)) << " multiply-adds\n";
}

int inspect(const InspectOptions &options)
{
    const auto package = openModel(options.model, {.use = WeightsUse::NetworkOnly});
    if (!package)
        return report(package.error(), options.json);
    if (!options.json)
        for (const std::string &remark : package->remarks)
            note(remark);
    const auto analysis = overview(package->network);
    if (!analysis)
        return report(analysis.error(), options.json);
    if (options.json)
        printJson(*package, *analysis);
    else
        printTable(*package, *analysis);
    return 0;
}

} // namespace

void addInspect(CLI::App &program, int &status)
{
    auto options = std::make_shared<InspectOptions>();
    CLI::App *command = program.add_subcommand("inspect", "Show a model's architecture, layers, shapes, parameters and multiply-adds");
    command->add_option("FILE", options->model, "a model file, an architecture's name, or 'demo'")->required();
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = inspect(*options); });
}

} // namespace graft::cli
