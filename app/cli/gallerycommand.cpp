#include "command.h"
#include "console.h"
#include "gallery/weightscache.h"
#include "graph/analysis.h"
#include "modelopening.h"

#include <iomanip>
#include <iostream>

namespace graft::cli {
namespace {

struct GalleryOptions {
    std::string reference, file;
    bool json = false;
};

std::int64_t multiplyAdds(const PublishedWeights &weights)
{
    const auto network = networkOf(weights);
    const auto analysis = network ? analyse(*network) : fail(network.error());
    return analysis ? analysis->multiplyAdds : 0;
}

void printRow(const PublishedWeights &weights, bool cached)
{
    std::cout << std::left << std::setw(44) << weights.reference() << std::right << std::fixed << std::setprecision(2) << std::setw(7)
              << weights.top1 << std::setw(7) << weights.top5 << std::setw(10) << shortCount(static_cast<double>(weights.parameters))
              << std::setw(10) << shortCount(static_cast<double>(multiplyAdds(weights))) << std::setw(10)
              << shortBytes(static_cast<double>(weights.aboutBytes)) << "  " << std::left << std::setw(14) << weights.licence
              << (cached ? "here" : "") << "\n";
}

nlohmann::ordered_json jsonOf(const PublishedWeights &weights, const std::filesystem::path &folder)
{
    const auto cached = cachedFile(weights, folder);
    nlohmann::ordered_json line = {{"architecture", weights.architecture}, {"weights", weights.name}, {"address", weights.address},
        {"checksum", weights.checksum}, {"aboutBytes", weights.aboutBytes}, {"parameters", weights.parameters},
        {"multiplyAdds", multiplyAdds(weights)}, {"top1", weights.top1}, {"top5", weights.top5}, {"licence", weights.licence},
        {"source", weights.source}, {"preprocessing", toJson(weights.preprocessing)}, {"cached", cached.has_value()}};
    if (cached)
        line["file"] = cached->string();
    if (const std::string remark = remarkOf(weights, folder); cached && !remark.empty())
        line["remark"] = remark;
    return line;
}

int list(const GalleryOptions &options)
{
    const std::filesystem::path folder = weightsFolder();
    if (!options.json)
        std::cout << std::left << std::setw(44) << "weights" << std::right << std::setw(7) << "top-1" << std::setw(7) << "top-5"
                  << std::setw(10) << "param." << std::setw(10) << "mult-adds" << std::setw(10) << "file"
                  << "  licence\n";
    for (const PublishedWeights &weights : publishedWeights()) {
        if (options.json)
            printLine(jsonOf(weights, folder));
        else
            printRow(weights, cachedFile(weights, folder).has_value());
    }
    return 0;
}

int finish(const GalleryOptions &options, const PublishedWeights &weights, const std::filesystem::path &file)
{
    if (options.json)
        printLine({{"event", "done"}, {"weights", weights.reference()}, {"file", file.string()}});
    else
        std::cout << weights.reference() << ": " << file.string() << "\n";
    return 0;
}

int downloadWeights(const GalleryOptions &options)
{
    const auto weights = findWeights(options.reference);
    if (!weights)
        return report(weights.error(), options.json);
    const auto file = downloadWithProgress(*weights);
    return file ? finish(options, *weights, *file) : report(file.error(), options.json);
}

int adoptFile(const GalleryOptions &options)
{
    const auto weights = findWeights(options.reference);
    if (!weights)
        return report(weights.error(), options.json);
    const auto adopted = adopt(*weights, options.file, weightsFolder(), {});
    if (!adopted)
        return report(adopted.error(), options.json);
    if (!adopted->remark.empty())
        note("The weights were " + adopted->remark + ".");
    return finish(options, *weights, adopted->file);
}

int removeWeights(const GalleryOptions &options)
{
    const auto weights = findWeights(options.reference);
    if (!weights)
        return report(weights.error(), options.json);
    const auto removed = removeCached(*weights, weightsFolder());
    return removed ? 0 : report(removed.error(), options.json);
}

CLI::App *addVerb(CLI::App &gallery, const char *name, const char *help, const std::shared_ptr<GalleryOptions> &options)
{
    CLI::App *verb = gallery.add_subcommand(name, help);
    verb->add_option("ARCH[:WEIGHTS]", options->reference, "resnet50 (its newest weights) or resnet50:IMAGENET1K_V1")->required();
    verb->add_flag("--json", options->json, "one JSON object");
    return verb;
}

} // namespace

void addGallery(CLI::App &program, int &status)
{
    auto options = std::make_shared<GalleryOptions>();
    CLI::App *command
        = program.add_subcommand("gallery", "List published ImageNet weights; download them, or hand over a file that you have");
    command->require_subcommand(0, 1);
    command->add_flag("--json", options->json, "one JSON object for each weights file");
    CLI::App *fetching = addVerb(*command, "download", "Bring weights into the cache", options);
    CLI::App *adopting = addVerb(*command, "adopt", "Put a file that you have already into the cache", options);
    adopting->add_option("FILE", options->file, "the weights file")->required();
    CLI::App *removing = addVerb(*command, "remove", "Take weights out of the cache", options);
    command->callback([options, fetching, adopting, removing, &status] {
        status = fetching->parsed() ? downloadWeights(*options)
            : adopting->parsed()    ? adoptFile(*options)
            : removing->parsed()    ? removeWeights(*options)
                                    : list(*options);
    });
}

} // namespace graft::cli
