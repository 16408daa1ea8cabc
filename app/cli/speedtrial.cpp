#include "speedtrial.h"

#include "core/childprocess.h"
#include "core/files.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace graft::cli {
namespace {

/// The last line that is a JSON object, and the last line of all.
struct LastWords {
    nlohmann::json figures;
    std::string line;
};

LastWords lastWordsIn(const std::filesystem::path &path)
{
    LastWords words;
    std::istringstream text(readText(path).value_or(""));
    for (std::string line; std::getline(text, line);) {
        if (line.empty())
            continue;
        words.line = line;
        if (auto object = nlohmann::json::parse(line, nullptr, false); object.is_object())
            words.figures = std::move(object);
    }
    return words;
}

std::optional<double> accuracyIn(const nlohmann::json &figures)
{
    const nlohmann::json &holder = figures.contains("best") ? figures.at("best") : figures;
    const auto found = holder.find("accuracy");
    return found != holder.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::optional<double> figureSaid(const SpeedTrial &trial, const nlohmann::json &figures)
{
    const auto figure = figures.find(trial.said);
    return figure != figures.end() && figure->is_number() ? std::optional(figure->get<double>()) : std::nullopt;
}

} // namespace

Result<SpeedFigures> runTrial(const SpeedTrial &trial, const std::filesystem::path &folder)
{
    const auto file = folder / "words.txt";
    const auto end = runChild({.arguments = trial.arguments, .environment = trial.environment, .words = file});
    if (!end)
        return fail(end.error());
    const LastWords words = lastWordsIn(file);
    if (end->status != 0)
        return fail(ErrorCode::Internal,
            trial.name + (end->signal != 0 ? " was ended by signal " + std::to_string(end->signal) : " failed")
                + (words.line.empty() ? "." : ": " + words.line),
            trial.arguments.front());
    const auto said = figureSaid(trial, words.figures);
    if (!said)
        return fail(ErrorCode::Internal, trial.name + " did not say how long it took.", trial.arguments.front());
    SpeedFigures figures{.peakBytes = static_cast<double>(end->peakBytes), .accuracy = accuracyIn(words.figures)};
    figures.seconds = trial.isRate ? 1 / *said : *said / trial.share;
    figures.programSeconds = trial.isRate ? 0 : end->seconds - *said + figures.seconds; // it starts once, however much it does
    return figures;
}

} // namespace graft::cli
