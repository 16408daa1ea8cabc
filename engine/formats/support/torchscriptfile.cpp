#include "formats/support/torchscriptfile.h"

#include "formats/support/filename.h"
#include "formats/support/scriptevaluator.h"
#include "formats/support/tracedinput.h"

#include <algorithm>

namespace graft {
namespace {

constexpr std::string_view metadataRecord = "extra/graft.json";
constexpr std::string_view metadataKey = "graft";
constexpr std::size_t maximumMetadata = 16 << 20;
/// Steps of all attempts at the input's size together.
constexpr std::size_t maximumSteps = 4'000'000;

/// Graft's own description; nothing when there is none, or it has been tampered with and fits no more.
Result<std::optional<FileContents>> describedContents(const ZipDirectory &zip, ScriptArchive &archive)
{
    if (!zip.contains(metadataRecord))
        return std::nullopt;
    auto text = zip.text(metadataRecord, maximumMetadata);
    auto tensors = text ? archive.allTensors() : Result<StateDict>(StateDict{});
    if (!tensors)
        return fail(tensors.error());
    FileContents contents{.tensors = std::move(*tensors), .metadata = {}};
    if (text)
        contents.metadata.emplace(metadataKey, std::move(*text));
    if (!text || !packageFromMetadata(contents, archive.subject()))
        return std::nullopt;
    return std::optional(std::move(contents));
}

std::string inputName(ScriptArchive &archive)
{
    const auto definition = archive.classOf(archive.root());
    const ScriptFunction *method = definition && *definition ? (*definition)->method("forward") : nullptr;
    return method && method->parameters.size() > 1 ? method->parameters[1].name : "input";
}

} // namespace

Result<FileContents> readTorchScript(ZipDirectory zip, const std::string &subject)
{
    const std::uint64_t fileBytes = zip.file()->bytes().size();
    auto archive = ScriptArchive::open(zip, subject);
    if (!archive)
        return fail(archive.error());
    auto described = describedContents(zip, **archive);
    if (!described)
        return fail(described.error());
    if (*described)
        return std::move(**described);
    const std::string name = inputName(**archive);
    std::size_t stepsLeft = maximumSteps;
    const auto attempt = [&](const Shape &shape) -> Result<TracedGraph> {
        TracedGraph traced{.graph = AtenGraph(
                               name, shape, [&](const std::string &path) { return (*archive)->tensorAt(path); }, tensorBudget(fileBytes))};
        ScriptEvaluator evaluator(**archive, traced.graph, stepsLeft);
        auto result = evaluator.run();
        stepsLeft -= std::min(stepsLeft, evaluator.steps());
        (*archive)->forgetLayers();
        if (!result)
            return fail(result.error());
        traced.result = std::move(*result);
        return traced;
    };
    const bool isInception = (*archive)->className((*archive)->root()).ends_with(".Inception3");
    return contentsOf(attempt, isInception ? 299 : 0, subject);
}

} // namespace graft
