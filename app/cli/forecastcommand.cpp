#include "command.h"
#include "console.h"
#include "core/cachefolder.h"
#include "data/transform.h"
#include "demo/demo.h"
#include "graph/edits.h"
#include "graph/heads.h"
#include "modelopening.h"
#include "training/forecastsettings.h"

#include <iostream>

namespace graft::cli {
namespace {

struct ForecastOptions {
    std::string model, freeze = "all-but-head", device = "auto";
    std::int64_t classes = 0, pictures = 0, validationPictures = 0;
    int variants = Augmentation().variants;
    TrainingConfig config;
    bool measure = false;
    bool json = false;
};

/// The network as it would be trained.
Result<Network> networkFor(const ForecastOptions &options)
{
    auto package = openModel(options.model, {.use = WeightsUse::NetworkOnly});
    if (!package)
        return fail(package.error());
    Network network = std::move(package->network);
    if (options.classes > 0)
        if (auto replaced = replaceHead(network, package->weights, {.classes = options.classes}); !replaced)
            return fail(replaced.error());
    if (auto frozen = freeze(network, options.freeze); !frozen)
        return fail(frozen.error());
    return network;
}

/// This machine's rates: those that are kept, unless it is to be measured again.
Result<MachineRates> ratesFor(const ForecastOptions &options)
{
    const RatesKey key = ratesKey(options.config);
    const std::filesystem::path folder = cacheFolder();
    if (!options.measure)
        if (auto kept = readRates(key, folder))
            return kept;
    ProgressLine line;
    auto rates = measureRates(key, [&](double share) { line.show(share, "measuring this machine"); }, {});
    if (!rates)
        return rates;
    if (auto kept = keepRates(key, *rates, folder); !kept)
        note(kept.error().message);
    return rates;
}

void printJson(const Forecast &figures, const ForecastSettings &settings)
{
    const MemoryForecast &memory = figures.memory;
    printLine({{"parameters", figures.parameters}, {"trainableParameters", figures.trainableParameters}, {"batch", settings.batchSize},
        {"memory",
            {{"total", memory.total()}, {"weights", memory.weights}, {"gradients", memory.gradients}, {"optimizer", memory.optimizer},
                {"activations", memory.activations}, {"pictures", memory.pictures}, {"free", settings.freeBytes}}},
        {"secondsPerStep", figures.time->secondsPerStep}, {"frozenShare", figures.time->frozenShare},
        {"secondsPerEpoch", figures.time->secondsPerEpoch}, {"laterSecondsPerEpoch", figures.time->laterSecondsPerEpoch},
        {"featureBytes", figures.featureBytes}, {"timesFaster", figures.timesFaster}, {"bytesSaved", figures.bytesSaved},
        {"largestBatch", figures.largestBatch}, {"checkpointsActivations", figures.checkpointsActivations}});
}

void printText(const Forecast &figures, const ForecastSettings &settings)
{
    const auto bytes = [](std::int64_t count) { return shortBytes(static_cast<double>(count)); };
    const MemoryForecast &memory = figures.memory;
    std::cout << "trained        " << shortCount(static_cast<double>(figures.trainableParameters)) << " of "
              << shortCount(static_cast<double>(figures.parameters)) << " parameters\n"
              << "memory         " << bytes(memory.total()) << " at batches of " << settings.batchSize << ": weights "
              << bytes(memory.weights) << ", gradients " << bytes(memory.gradients) << ", optimizer " << bytes(memory.optimizer)
              << ", activations " << bytes(memory.activations) << ", pictures " << bytes(memory.pictures) << "\n"
              << "a step         " << figures.time->secondsPerStep << " s, " << percent(figures.time->frozenShare)
              << " of it in the frozen part; decoding not counted\n";
    if (settings.trainPictures > 0)
        std::cout << "an epoch       " << duration(figures.time->secondsPerEpoch) << "\n";
    if (figures.featureBytes > 0)
        std::cout << "a later epoch  " << duration(figures.time->laterSecondsPerEpoch) << ", once the frozen part's features of "
                  << (settings.variants > 0 ? std::to_string(settings.variants) + (settings.variants == 1 ? " variant" : " variants")
                                            : std::string("validation"))
                  << " are kept: " << bytes(figures.featureBytes) << " on disk\n";
    std::cout << "largest batch  "
              << (figures.largestBatch < 0 ? "unknown: the device does not say what is free" : std::to_string(figures.largestBatch))
              << "\n";
    std::cout << "frozen layers  " << figures.timesFaster << " times as fast as training everything, " << bytes(figures.bytesSaved)
              << " less memory\n";
}

int forecastCommand(ForecastOptions &options)
{
    const auto device = parseDevice(options.device);
    if (!device)
        return report(device.error(), options.json);
    options.config.device = *device;
    if (auto valid = validate(options.config); !valid)
        return report(valid.error(), options.json);
    const auto network = networkFor(options);
    if (!network)
        return report(network.error(), options.json);
    const auto analysis = analyse(*network);
    if (!analysis)
        return report(analysis.error(), options.json);
    const auto rates = ratesFor(options);
    if (!rates)
        return report(rates.error(), options.json);
    ForecastSettings settings = forecastSettings(options.config);
    settings.trainPictures = options.pictures;
    settings.validationPictures = options.validationPictures;
    settings.variants = options.variants;
    const auto figures = forecast(*network, *analysis, settings, &*rates);
    if (!figures)
        return report(figures.error(), options.json);
    options.json ? printJson(*figures, settings) : printText(*figures, settings);
    return 0;
}

} // namespace

void addForecast(CLI::App &program, int &status)
{
    auto options = std::make_shared<ForecastOptions>();
    CLI::App *command = program.add_subcommand("forecast", "Tell what training a model would take here: memory, time, the largest batch");
    command->add_option("--model", options->model, modelHelp)->required();
    command->add_option("--freeze", options->freeze, "all-but-head, none, or layers to freeze: names, blocks, patterns with * and ?")
        ->capture_default_str();
    command->add_option("--classes", options->classes, "give it a head for so many classes")->check(CLI::Range(2, 1'000'000));
    command->add_option("--batch", options->config.batchSize, "pictures a step")->capture_default_str();
    command->add_option("--micro-batch", options->config.microBatchSize, "pictures that go through at once; 0 = the whole batch")
        ->capture_default_str();
    command
        ->add_option("--activation-checkpointing", options->config.activationCheckpointing,
            "on, off or auto (when memory is short): make most activations again in the backward pass")
        ->capture_default_str();
    command->add_option("--optimizer", options->config.optimizer)->capture_default_str();
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    command->add_option("--precision", options->config.precision, "auto, fp32 or bf16")->capture_default_str();
    command->add_option("--pictures", options->pictures, "training pictures, for the time of an epoch")->check(CLI::NonNegativeNumber);
    command->add_option("--validation-pictures", options->validationPictures)->check(CLI::NonNegativeNumber);
    command->add_option("--variants", options->variants, "views of each picture, of which features are kept; 0 = fresh ones every epoch")
        ->check(CLI::Range(0, maximumVariants))
        ->capture_default_str();
    command->add_flag("--measure", options->measure, "measure this machine again (some five seconds)");
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = forecastCommand(*options); });
}

} // namespace graft::cli
