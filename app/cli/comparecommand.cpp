#include "command.h"
#include "console.h"
#include "demo/demo.h"
#include "graph/compare.h"

#include <cmath>
#include <iomanip>
#include <iostream>

namespace graft::cli {
namespace {

struct CompareOptions {
    std::string left, right;
    bool json = false;
};

std::string_view name(DifferenceKind kind)
{
    return kind == DifferenceKind::Added ? "added" : kind == DifferenceKind::Removed ? "removed" : "changed";
}

nlohmann::ordered_json valueToJson(const std::optional<AttributeValue> &value)
{
    if (!value)
        return nullptr;
    return std::visit([](const auto &plain) { return nlohmann::ordered_json(plain); }, *value);
}

nlohmann::ordered_json toJson(const LayerDifference &layer)
{
    nlohmann::ordered_json json = {{"kind", name(layer.kind)}};
    if (layer.left.isValid())
        json["left"] = {{"name", layer.leftName}, {"type", layer.leftType}};
    if (layer.right.isValid())
        json["right"] = {{"name", layer.rightName}, {"type", layer.rightType}};
    for (const AttributeDifference &attribute : layer.attributes)
        json["attributes"][attribute.name] = {{"left", valueToJson(attribute.left)}, {"right", valueToJson(attribute.right)}};
    if (layer.isRewired)
        json["inputs"] = {{"left", layer.leftInputs}, {"right", layer.rightInputs}};
    if (layer.isRefrozen)
        json["frozenOnOneSide"] = true;
    if (layer.learningRateFactors)
        json["learningRateFactor"] = {{"left", layer.learningRateFactors->first}, {"right", layer.learningRateFactors->second}};
    return json;
}

nlohmann::ordered_json numberOrNull(const std::optional<double> &number)
{
    return number && std::isfinite(*number) ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

void printJson(const ModelDifference &difference)
{
    auto layers = nlohmann::ordered_json::array(), tensors = nlohmann::ordered_json::array();
    for (const LayerDifference &layer : difference.network.layers)
        layers.push_back(toJson(layer));
    for (const TensorDifference &tensor : difference.tensors)
        tensors.push_back({{"kind", name(tensor.kind)}, {"left", tensor.leftName}, {"right", tensor.rightName},
            {"leftShape", tensor.leftShape}, {"rightShape", tensor.rightShape}, {"equal", tensor.isEqual},
            {"relativeChange", numberOrNull(tensor.relativeChange)}, {"largestChange", numberOrNull(tensor.largestChange)}});
    printLine({{"layers", layers}, {"otherOutput", difference.network.hasOtherOutput}, {"tensors", tensors},
        {"otherPreprocessing", difference.hasOtherPreprocessing}, {"otherClasses", difference.hasOtherClasses}});
}

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &one : names)
        text += (text.empty() ? "" : ", ") + one;
    return text.empty() ? "nothing" : text;
}

void printLayer(const LayerDifference &layer)
{
    if (layer.kind != DifferenceKind::Changed) {
        const bool isAdded = layer.kind == DifferenceKind::Added;
        std::cout << (isAdded ? "+ " : "- ") << (isAdded ? layer.rightName : layer.leftName) << "  "
                  << (isAdded ? layer.rightType : layer.leftType) << "\n";
        return;
    }
    std::cout << "~ " << layer.leftName << (layer.leftName == layer.rightName ? "" : " → " + layer.rightName) << "  " << layer.leftType
              << (layer.leftType == layer.rightType ? "" : " → " + layer.rightType);
    for (const AttributeDifference &attribute : layer.attributes)
        std::cout << "  " << attribute.name << ": " << (attribute.left ? describe(*attribute.left) : "none") << " → "
                  << (attribute.right ? describe(*attribute.right) : "none");
    if (layer.isRewired)
        std::cout << "  takes " << joined(layer.leftInputs) << " → " << joined(layer.rightInputs);
    if (layer.isRefrozen)
        std::cout << "  frozen on one side";
    if (layer.learningRateFactors)
        std::cout << "  learning rate × " << layer.learningRateFactors->first << " → × " << layer.learningRateFactors->second;
    std::cout << "\n";
}

void printTensors(const std::vector<TensorDifference> &tensors)
{
    std::size_t equal = 0;
    for (const TensorDifference &tensor : tensors) {
        if (tensor.isEqual) {
            ++equal;
        } else if (tensor.kind != DifferenceKind::Changed) {
            const bool isAdded = tensor.kind == DifferenceKind::Added;
            std::cout << (isAdded ? "+ " + tensor.rightName : "- " + tensor.leftName) << "  "
                      << describe(isAdded ? tensor.rightShape : tensor.leftShape) << "\n";
        } else if (!tensor.relativeChange) {
            std::cout << "~ " << tensor.leftName << "  " << describe(tensor.leftShape) << " → " << describe(tensor.rightShape) << "\n";
        } else {
            std::cout << "~ " << std::left << std::setw(40) << tensor.leftName << " relative change " << std::setprecision(4)
                      << *tensor.relativeChange << ", largest " << *tensor.largestChange << "\n";
        }
    }
    std::cout << equal << " of " << tensors.size() << " tensors are equal\n";
}

int compare(const CompareOptions &options)
{
    const auto left = openModel(options.left), right = openModel(options.right);
    if (!left || !right)
        return report(!left ? left.error() : right.error(), options.json);
    const ModelDifference difference = compareModels(*left, *right);
    if (options.json) {
        printJson(difference);
        return 0;
    }
    for (const LayerDifference &layer : difference.network.layers)
        printLayer(layer);
    std::cout << difference.network.layers.size() << " layers differ, " << difference.network.matches.size() << " stand for each other"
              << (difference.network.hasOtherOutput ? "; the output is another one" : "") << "\n\n";
    printTensors(difference.tensors);
    if (difference.hasOtherPreprocessing)
        std::cout << "The preprocessing is different.\n";
    if (difference.hasOtherClasses)
        std::cout << "The class names are different.\n";
    return 0;
}

} // namespace

void addCompare(CLI::App &program, int &status)
{
    auto options = std::make_shared<CompareOptions>();
    CLI::App *command = program.add_subcommand("compare", "Show what is different between two models: layers, connections, weights");
    command->add_option("LEFT", options->left, "a model file, an architecture's name, or 'demo'")->required();
    command->add_option("RIGHT", options->right, "the other one")->required();
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = compare(*options); });
}

} // namespace graft::cli
