#include "gallery/publishedweights.h"
#include "architectures/architecture.h"
#include "formats/format.h"
#include "formats/support/readinto.h"
#include "graph/analysis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

// The table and the class names lie in the library itself.
asm(R"(
    .section .rodata
    .global graftWeightsTableBegin
    .global graftWeightsTableEnd
    .global graftImageNetClassesBegin
    .global graftImageNetClassesEnd
graftWeightsTableBegin:
    .incbin ")" GRAFT_WEIGHTS_TABLE R"("
graftWeightsTableEnd:
graftImageNetClassesBegin:
    .incbin ")" GRAFT_IMAGENET_CLASSES R"("
graftImageNetClassesEnd:
    .previous
)");

extern "C" const char graftWeightsTableBegin[];
extern "C" const char graftWeightsTableEnd[];
extern "C" const char graftImageNetClassesBegin[];
extern "C" const char graftImageNetClassesEnd[];

namespace graft {
namespace {

PublishedWeights weightsFrom(const nlohmann::json &line)
{
    PublishedWeights weights;
    weights.architecture = line.at("architecture");
    weights.name = line.at("weights");
    weights.address = line.at("address");
    weights.checksum = line.at("checksum");
    weights.aboutBytes = line.at("aboutBytes");
    weights.parameters = line.at("parameters");
    weights.top1 = line.at("top1");
    weights.top5 = line.at("top5");
    weights.licence = line.at("licence");
    weights.source = line.at("source");
    weights.preprocessing.resize = line.at("resize");
    weights.preprocessing.crop = line.at("crop");
    weights.preprocessing.interpolation = line.at("interpolation");
    weights.preprocessing.mean = line.at("mean").get<std::array<double, 3>>();
    weights.preprocessing.standardDeviation = line.at("standardDeviation").get<std::array<double, 3>>();
    return weights;
}

std::vector<PublishedWeights> readTable()
{
    try {
        std::vector<PublishedWeights> table;
        for (const nlohmann::json &line : nlohmann::json::parse(graftWeightsTableBegin, graftWeightsTableEnd))
            table.push_back(weightsFrom(line));
        return table;
    } catch (const nlohmann::json::exception &error) {
        std::fprintf(stderr, "Graft: the table of published weights is broken (%s); so is this build.\n", error.what());
        std::abort();
    }
}

/// torchvision's own weights come before those that it took from elsewhere.
bool isTorchvisionsOwn(const PublishedWeights &weights)
{
    return weights.name.starts_with("IMAGENET1K_V");
}

tl::unexpected<Error> noSuchWeights(const std::string &architecture, const std::string &reference)
{
    std::string choices;
    for (const PublishedWeights &weights : publishedWeights())
        if (weights.architecture == architecture)
            choices += (choices.empty() ? "" : ", ") + weights.reference();
    if (choices.empty())
        return fail(ErrorCode::SettingInvalid,
            "The gallery has no weights for '" + architecture + "'; `graft-cli gallery` lists what there is.", reference);
    return fail(ErrorCode::SettingInvalid, "There are no weights '" + reference + "'; choose " + choices + ".", reference);
}

/// A vision transformer has as many positions as there are patches in a picture; two of its layers count them.
void setPatches(Network &network, std::int64_t pixelsBefore, std::int64_t pixels)
{
    const Layer *reshape = network.find("reshape"), *positions = network.find("encoder.pos_embedding");
    if (!reshape || !positions || pixels == pixelsBefore)
        return;
    auto rows = std::get<Shape>(reshape->attributes.at("shape")), places = std::get<Shape>(positions->attributes.at("shape"));
    const auto side = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(rows.at(1)))));
    const std::int64_t patch = pixelsBefore / side;
    places.at(1) += (pixels / patch) * (pixels / patch) - rows.at(1);
    rows.at(1) = (pixels / patch) * (pixels / patch);
    network.find(reshape->id)->attributes["shape"] = rows;
    network.find(positions->id)->attributes["shape"] = places;
}

/// Sets the size of the pictures that the network takes.
void setInputSize(Network &network, int pixels)
{
    for (const Layer &layer : network.layers()) {
        if (layer.type != "Input")
            continue;
        Shape shape = network.inputShape();
        if (shape.size() != 3)
            return;
        setPatches(network, shape[1], pixels);
        network.find(layer.id)->attributes["shape"] = Shape{shape[0], pixels, pixels};
        return;
    }
}

} // namespace

std::string PublishedWeights::fileName() const
{
    return address.substr(address.rfind('/') + 1);
}

const std::vector<PublishedWeights> &allPublishedWeights()
{
    static const std::vector<PublishedWeights> table = readTable();
    return table;
}

const std::vector<PublishedWeights> &publishedWeights()
{
    static const std::vector<PublishedWeights> known = [] {
        std::vector<PublishedWeights> found;
        std::ranges::copy_if(allPublishedWeights(), std::back_inserter(found),
            [](const PublishedWeights &weights) { return architectures().find(weights.architecture) != nullptr; });
        return found;
    }();
    return known;
}

bool hasPublishedWeights(const std::string &architecture)
{
    return std::ranges::find(publishedWeights(), architecture, &PublishedWeights::architecture) != publishedWeights().end();
}

Result<PublishedWeights> findWeights(const std::string &reference)
{
    const std::size_t colon = reference.find(':');
    const std::string architecture = reference.substr(0, colon);
    const std::string name = colon == std::string::npos ? "DEFAULT" : reference.substr(colon + 1);
    const PublishedWeights *found = nullptr;
    for (const PublishedWeights &weights : publishedWeights()) {
        if (weights.architecture != architecture)
            continue;
        if (name == weights.name || (name == "DEFAULT" && (!found || isTorchvisionsOwn(weights))))
            found = &weights;
    }
    if (!found)
        return noSuchWeights(architecture, reference);
    return *found;
}

const std::vector<std::string> &imageNetClassNames()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> lines;
        std::string_view text(graftImageNetClassesBegin, static_cast<std::size_t>(graftImageNetClassesEnd - graftImageNetClassesBegin));
        while (!text.empty()) {
            lines.emplace_back(text.substr(0, text.find('\n')));
            text.remove_prefix(lines.back().size() + 1);
        }
        return lines;
    }();
    return names;
}

Result<Network> networkOf(const PublishedWeights &weights)
{
    const Architecture *architecture = architectures().find(weights.architecture);
    if (!architecture)
        return fail(ErrorCode::ArchitectureUnknown, "This Graft has no network '" + weights.architecture + "'; get a newer one.",
            weights.architecture);
    Network network = architecture->build(architecture->publishedClasses);
    setInputSize(network, weights.preprocessing.crop);
    return network;
}

Result<ModelPackage> readPublished(const PublishedWeights &weights, const std::filesystem::path &file)
{
    auto network = networkOf(weights);
    if (!network)
        return fail(network.error());
    // A file for larger pictures than usual may have larger tensors, by which it would not be recognised.
    const auto analysis = analyse(*network), usual = analyse(architectures().find(weights.architecture)->build(1000));
    const bool hasUsualTensors = analysis && usual && analysis->parameters == usual->parameters;
    auto package = hasUsualTensors ? readModel(file) : readInto(*network, file);
    if (!package)
        return package;
    if (package->network.architecture != weights.architecture)
        return fail(ErrorCode::WeightsMismatch,
            "'" + file.filename().string() + "' holds the weights of "
                + (package->network.architecture.empty() ? "another network" : package->network.architecture) + ", not of "
                + weights.architecture + "; choose the file of " + weights.reference() + ".",
            file.string());
    if (classCount(package->network) != classCount(*network))
        return fail(ErrorCode::WeightsMismatch,
            "'" + file.filename().string() + "' knows " + std::to_string(classCount(package->network))
                + " classes, not ImageNet's 1000; open it as a file of its own.",
            file.string());
    package->network = std::move(*network);
    package->preprocessing = weights.preprocessing;
    package->classNames = imageNetClassNames();
    package->origin = weights.reference() + " (" + weights.source + ")";
    package->licence = weights.licence;
    return package;
}

} // namespace graft
