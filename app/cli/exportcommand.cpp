#include "command.h"
#include "console.h"
#include "demo/demo.h"
#include "evaluation/paritycheck.h"
#include "formats/format.h"

#include <iostream>

namespace graft::cli {
namespace {

struct ExportOptions {
    std::string model, format, out;
    bool check = false;
    bool json = false;
};

std::string writableFormats()
{
    std::string names;
    for (const Format &format : formats().all())
        if (format.write)
            names += (names.empty() ? "" : ", ") + format.name;
    return names;
}

int runExport(const ExportOptions &options)
{
    const auto package = openModel(options.model);
    if (!package)
        return report(package.error(), options.json);
    if (const auto written = writeModel(options.out, options.format, *package); !written)
        return report(written.error(), options.json);
    nlohmann::ordered_json line = {{"file", options.out}};
    bool pass = true;
    if (options.check) {
        const auto parity = checkExport(options.out, options.format, *package);
        if (!parity)
            return report(parity.error(), options.json);
        pass = parity->pass;
        line["check"] = {{"runtime", parity->runtime}, {"maxDifference", parity->maxDifference}, {"top1Agreement", parity->top1Agreement},
            {"pass", parity->pass}};
    }
    if (options.json) {
        printLine(line);
    } else {
        std::cout << "written: " << options.out << "\n";
        if (options.check)
            std::cout << (pass ? "checked" : "CHECK FAILED") << " with " << line["check"]["runtime"].get<std::string>()
                      << ": largest difference " << line["check"]["maxDifference"] << ", same best class on "
                      << percent(line["check"]["top1Agreement"].get<double>()) << " of the pictures\n";
    }
    return pass ? 0 : 1;
}

} // namespace

void addExport(CLI::App &program, int &status)
{
    auto options = std::make_shared<ExportOptions>();
    CLI::App *command = program.add_subcommand("export", "Write a model in another file format");
    command->add_option("--model", options->model, "a model file, or 'demo'")->required();
    command->add_option("--format", options->format, writableFormats())->required();
    command->add_option("--out", options->out, "the file to write")->required();
    command->add_flag("--check", options->check, "load the file again with something else than its writer and compare the answers");
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = runExport(*options); });
}

} // namespace graft::cli
