#include "command.h"
#include "console.h"
#include "demo/demo.h"
#include "interruption.h"

#include <cstdio>
#include <iostream>

namespace graft::cli {
namespace {

struct DemoOptions {
    std::string out = "graft-demo";
    bool rebuild = false;
    bool json = false;
};

void printEpoch(const std::string &run, const EpochResult &epoch, bool json)
{
    const Metrics &validation = *epoch.validation; // drawn data always has some
    if (json) {
        printLine({{"event", "epoch"}, {"run", run}, {"epoch", epoch.epoch},
            {"train", {{"loss", epoch.train.loss}, {"accuracy", epoch.train.accuracy}}},
            {"validation", {{"loss", validation.loss}, {"accuracy", validation.accuracy}}}, {"seconds", epoch.seconds}});
        return;
    }
    std::printf("%-13s epoch %2d  training %s  validation %s  %s\n", run.c_str(), epoch.epoch, percent(epoch.train.accuracy).c_str(),
        percent(validation.accuracy).c_str(), duration(epoch.seconds).c_str());
    std::fflush(stdout);
}

double bestAccuracy(const std::vector<EpochResult> &epochs)
{
    double best = 0;
    for (const EpochResult &epoch : epochs)
        best = std::max(best, epoch.validation->accuracy);
    return best;
}

int runComparison(const DemoOptions &options, const Cancellation &cancellation)
{
    const auto result = graft::runDemo(
        options.out, cancellation, [&](const std::string &run, const EpochResult &epoch) { printEpoch(run, epoch, options.json); });
    if (!result)
        return report(result.error(), options.json);
    const double transferred = bestAccuracy(result->transferred);
    const double fromScratch = bestAccuracy(result->fromScratch);
    if (options.json)
        printLine({{"event", "done"}, {"transferred", transferred}, {"fromScratch", fromScratch}, {"steps", result->steps},
            {"out", options.out}});
    else
        std::cout << "\nWith 10 pictures of each of " << result->classNames.size() << " classes and " << result->steps << " steps:\n"
                  << "  pretrained network, new head: " << percent(transferred) << "\n"
                  << "  the same network from scratch: " << percent(fromScratch) << "\n"
                  << "The trained model, the pictures, the table and the curve are in '" << std::filesystem::absolute(options.out).string()
                  << "'." << std::endl;
    return 0;
}

int demo(const DemoOptions &options)
{
    const Cancellation cancellation;
    const Interruption interruption([cancellation] { cancellation.request(); });
    if (!options.rebuild)
        return runComparison(options, cancellation);
    const auto written
        = rebuildDemoModel(options.out, cancellation, [&](const EpochResult &epoch) { printEpoch("pretraining", epoch, options.json); });
    if (!written)
        return report(written.error(), options.json);
    if (options.json)
        printLine({{"event", "done"}, {"out", written->string()}});
    else
        std::cout << "written: " << written->string() << std::endl;
    return 0;
}

} // namespace

void addDemo(CLI::App &program, int &status)
{
    auto options = std::make_shared<DemoOptions>();
    CLI::App *command = program.add_subcommand("demo", "Show what transfer is worth, on the network and the pictures that are built in");
    command->add_option("--out", options->out, "the folder for pictures, models, table and curve")->capture_default_str();
    command->add_flag("--rebuild", options->rebuild, "instead, make the built-in network again from drawn pictures (takes minutes)");
    command->add_flag("--json", options->json, "one JSON object a line");
    command->callback([options, &status] { status = demo(*options); });
}

} // namespace graft::cli
