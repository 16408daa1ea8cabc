#include "command.h"
#include "console.h"
#include "evaluation/modelexport.h"
#include "modelopening.h"

#include <iostream>

namespace graft::cli {
namespace {

struct ExportOptions {
    std::string model, format, out, data, preprocessing;
    std::vector<std::string> options;
    bool mergesAdapters = false;
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

/// "onnx: opset (ONNX version); …" for the help.
std::string describeOptions()
{
    std::string text;
    for (const Format &format : formats().all()) {
        if (!format.write || format.options.empty())
            continue;
        text += (text.empty() ? "" : "; ") + format.name + ":";
        for (const AttributeSchema &option : format.options)
            text += " " + option.name + "=" + describe(option.defaultValue) + " (" + option.help + ")";
    }
    return text;
}

Result<ExportRequest> requestOf(const ExportOptions &options)
{
    const auto format = writableFormat(options.format);
    if (!format)
        return fail(format.error());
    auto chosen = parseOptions(**format, options.options);
    if (!chosen)
        return fail(chosen.error());
    ExportRequest request{.path = options.out,
        .formatName = options.format,
        .options = std::move(*chosen),
        .check = options.check,
        .pictures = {},
        .mergesAdapters = options.mergesAdapters};
    if (options.check && !options.data.empty()) {
        const auto dataset = scanDataset(options.data);
        if (!dataset)
            return fail(dataset.error());
        for (const Sample &sample : split(*dataset).validation)
            request.pictures.push_back(sample.path);
    }
    return request;
}

void printReport(const ParityReport &check)
{
    std::cout << (check.pass ? "checked" : "CHECK FAILED");
    if (check.pictures > 0)
        std::cout << " with " << check.runtime << " on " << check.pictures << (check.ownPictures ? " pictures" : " drawn pictures")
                  << ": largest difference " << check.maxDifference << ", same best class on " << percent(check.top1Agreement) << ", "
                  << check.exportedMilliseconds << " ms a picture (Graft: " << check.originalMilliseconds << " ms)";
    std::cout << "\n";
}

nlohmann::ordered_json toJson(const ParityReport &check)
{
    nlohmann::ordered_json json = {{"runtime", check.runtime}, {"maxDifference", check.maxDifference},
        {"top1Agreement", check.top1Agreement}, {"pass", check.pass}, {"pictures", check.pictures}, {"ownPictures", check.ownPictures},
        {"latency", {{"original", check.originalMilliseconds}, {"exported", check.exportedMilliseconds}}}};
    if (!check.remark.empty())
        json["remark"] = check.remark;
    return json;
}

int runExport(const ExportOptions &options)
{
    const auto request = requestOf(options);
    if (!request)
        return report(request.error(), options.json);
    const auto package = openOrDownload(options.model, options.preprocessing);
    if (!package)
        return report(package.error(), options.json);
    const auto outcome = exportModel(*package, *request);
    if (!outcome)
        return report(outcome.error(), options.json);
    nlohmann::ordered_json line = {{"file", outcome->path.string()}};
    if (outcome->check)
        line["check"] = toJson(*outcome->check);
    if (options.json)
        printLine(line);
    else
        std::cout << (outcome->passed() ? "written: " : "kept for a look: ") << outcome->path.string() << "\n";
    if (outcome->check && !options.json)
        printReport(*outcome->check);
    if (outcome->check && outcome->check->pass && !outcome->check->remark.empty())
        note(outcome->check->remark);
    if (outcome->passed())
        return 0;
    note(describeFailure(*outcome->check));
    note("'" + options.out + "' is as it was; the new file is kept as '" + outcome->path.string() + "'.");
    return 1;
}

} // namespace

void addExport(CLI::App &program, int &status)
{
    auto options = std::make_shared<ExportOptions>();
    CLI::App *command = program.add_subcommand("export", "Write a model in another file format");
    command->add_option("--model", options->model, modelHelp)->required();
    command->add_option("--preprocessing", options->preprocessing, preprocessingHelp);
    command->add_option("--format", options->format, writableFormats())->required();
    command->add_option("--out", options->out, "the file to write")->required();
    command->add_option("--option", options->options, "NAME=VALUE, of the format; " + describeOptions())->take_all();
    command->add_flag("--merge-adapters", options->mergesAdapters, "fold LoRA branches into the weights of the layers beside them");
    command->add_flag("--check", options->check, "load the file again with something else than its writer and compare the answers");
    command->add_option("--data", options->data, "with --check, a folder of class folders whose pictures are tried; drawn ones otherwise");
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &status] { status = runExport(*options); });
}

} // namespace graft::cli
