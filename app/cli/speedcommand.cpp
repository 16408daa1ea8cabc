#include "speedcommand.h"

#include "console.h"
#include "core/files.h"
#include "speedcomparison.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <unistd.h>

namespace graft::cli {
namespace {

namespace fs = std::filesystem;

struct Spread {
    double middle = std::nan(""), lowest = std::nan(""), highest = std::nan("");
};

Spread spreadOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return {values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2, values.front(), values.back()};
}

/// What all rounds of one trial gave. Flags of the script that do not work here leave a sentence instead.
struct Record {
    std::vector<SpeedFigures> rounds;
    std::string failure;

    [[nodiscard]] Spread of(double SpeedFigures::*figure) const
    {
        std::vector<double> values;
        for (const SpeedFigures &round : rounds)
            values.push_back(round.*figure);
        return spreadOf(std::move(values));
    }
};

/// How many times as large theirs is; of the same round, so that what slows a round down slows both.
Spread ratio(const Record &theirs, const Record &ours, double SpeedFigures::*figure)
{
    std::vector<double> ratios;
    for (std::size_t round = 0; round < std::min(theirs.rounds.size(), ours.rounds.size()); ++round)
        ratios.push_back(theirs.rounds[round].*figure / (ours.rounds[round].*figure));
    return spreadOf(std::move(ratios));
}

/// One comparison's outcome.
struct Row {
    const SpeedComparison *comparison;
    const Record *ours, *usual, *best;
    std::string bestFlags;
};

class SpeedRounds {
public:
    SpeedRounds(const SpeedOptions &options, fs::path folder) : m_options(options), m_folder(std::move(folder)) { }

    /// Each trial of the comparisons once, Graft's and the script's by turns.
    [[nodiscard]] Result<void> run(const std::vector<SpeedComparison> &comparisons)
    {
        m_ran.clear();
        ++m_round;
        for (const SpeedComparison &comparison : comparisons) {
            if (auto prepared = prepareFor(comparison, m_options, m_folder); !prepared)
                return prepared;
            run(graftTrial(comparison, m_options, m_folder));
            for (const auto &flags : scriptFlags(comparison.work))
                run(scriptTrial(comparison.work, flags, m_options));
        }
        return {};
    }

    /// Internal when one of the two sides did not work at all.
    [[nodiscard]] Result<Row> row(const SpeedComparison &comparison) const
    {
        Row row{&comparison, recordOf(graftTrial(comparison, m_options, m_folder)), nullptr, nullptr, {}};
        for (const auto &flags : scriptFlags(comparison.work)) {
            const SpeedTrial trial = scriptTrial(comparison.work, flags, m_options);
            const Record *record = recordOf(trial);
            if (flags.empty())
                row.usual = record;
            else if (!record->rounds.empty() && (!row.best || seconds(*record) < seconds(*row.best))) {
                row.best = record;
                row.bestFlags = trial.name.substr(scriptTrial(comparison.work, {}, m_options).name.size() + 1);
            }
        }
        for (const Record *record : {row.ours, row.usual})
            if (record->rounds.empty())
                return fail(ErrorCode::Internal, record->failure);
        return row;
    }

private:
    [[nodiscard]] static double seconds(const Record &record) { return record.of(&SpeedFigures::seconds).middle; }
    [[nodiscard]] const Record *recordOf(const SpeedTrial &trial) const { return &m_records.at(trial.name); }

    void run(const SpeedTrial &trial)
    {
        Record &record = m_records[trial.name];
        if (!record.failure.empty() || !m_ran.insert(trial.name).second)
            return;
        std::cerr << "round " << m_round << ": " << trial.name << std::endl;
        if (const auto figures = runTrial(trial, m_folder))
            record.rounds.push_back(*figures);
        else
            note(record.failure = figures.error().message);
    }

    const SpeedOptions &m_options;
    fs::path m_folder;
    std::map<std::string, Record> m_records;
    std::set<std::string> m_ran;
    int m_round = 0;
};

nlohmann::ordered_json toJson(const Spread &spread)
{
    return {{"median", spread.middle}, {"lowest", spread.lowest}, {"highest", spread.highest}};
}

void printJson(const Row &row)
{
    nlohmann::ordered_json line = {{"name", row.comparison->name}, {"graft", toJson(row.ours->of(&SpeedFigures::seconds))},
        {"usual", toJson(row.usual->of(&SpeedFigures::seconds))}, {"unit", row.comparison->work.isRate() ? "s a picture" : "s"},
        {"ratioToUsual", toJson(ratio(*row.usual, *row.ours, &SpeedFigures::seconds))}, {"wantedToUsual", row.comparison->wantedToUsual}};
    if (row.best) {
        line["best"] = toJson(row.best->of(&SpeedFigures::seconds));
        line["bestFlags"] = row.bestFlags;
        line["ratioToBest"] = toJson(ratio(*row.best, *row.ours, &SpeedFigures::seconds));
        line["wantedToBest"] = row.comparison->wantedToBest;
    }
    if (!row.comparison->work.isRate()) {
        line["program"] = toJson(row.ours->of(&SpeedFigures::programSeconds));
        line["usualProgram"] = toJson(row.usual->of(&SpeedFigures::programSeconds));
        line["programRatioToUsual"] = toJson(ratio(*row.usual, *row.ours, &SpeedFigures::programSeconds));
    }
    line["peakBytes"] = toJson(row.ours->of(&SpeedFigures::peakBytes));
    line["memoryToUsual"] = toJson(ratio(*row.ours, *row.usual, &SpeedFigures::peakBytes));
    printLine(line);
}

std::string cell(const Spread &spread, const char *unit)
{
    char text[96];
    const int digits = spread.middle < 10 ? 2 : spread.middle < 100 ? 1 : 0;
    std::snprintf(text, sizeof text, "%.*f%s (%.*f to %.*f)", digits, spread.middle, unit, digits, spread.lowest, digits, spread.highest);
    return text;
}

std::string timeCell(const Row &row, const Record &record)
{
    const Spread seconds = record.of(&SpeedFigures::seconds);
    return row.comparison->work.isRate() ? cell({1 / seconds.middle, 1 / seconds.highest, 1 / seconds.lowest}, " pictures/s")
                                         : cell(seconds, " s");
}

std::string wanted(double ratio)
{
    char text[32];
    std::snprintf(text, sizeof text, ", wanted %g", ratio);
    return ratio > 0 ? text : "";
}

void printMarkdown(const Row &row)
{
    const auto times = [&](const Record &theirs) { return cell(ratio(theirs, *row.ours, &SpeedFigures::seconds), " ×"); };
    std::cout << "| " << row.comparison->title << " | " << timeCell(row, *row.ours) << " | " << timeCell(row, *row.usual) << " | "
              << times(*row.usual) << wanted(row.comparison->wantedToUsual) << " | "
              << (row.best ? timeCell(row, *row.best) + " `" + row.bestFlags + "` | " + times(*row.best)
                             + wanted(row.comparison->wantedToBest)
                           : std::string("– | –"))
              << " | "
              << (row.comparison->work.isRate() ? std::string("–")
                                                : cell(ratio(*row.usual, *row.ours, &SpeedFigures::programSeconds), " ×"))
              << " | " << cell(ratio(*row.ours, *row.usual, &SpeedFigures::peakBytes), " ×") << " |" << std::endl;
}

std::vector<SpeedComparison> chosenOf(const SpeedOptions &options)
{
    std::vector<SpeedComparison> chosen;
    for (const SpeedComparison &comparison : speedComparisons())
        if (comparison.name.find(options.only) != std::string::npos)
            chosen.push_back(comparison);
    return chosen;
}

Result<void> runSpeed(const SpeedOptions &options, const fs::path &folder)
{
    const auto chosen = chosenOf(options);
    if (chosen.empty())
        return fail(ErrorCode::SettingInvalid,
            "There is no comparison with '" + options.only + "' in its name; leave --only out to see all.", "only");
    SpeedRounds rounds(options, folder);
    for (int round = 0; round < options.runs; ++round)
        if (auto ran = rounds.run(chosen); !ran)
            return ran;
    if (!options.json)
        std::cout << "| work | Graft | usual script | Graft is faster | script at its best | Graft is faster | from program start to "
                     "end | memory against the usual script |\n"
                     "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const SpeedComparison &comparison : chosen) {
        const auto row = rounds.row(comparison);
        if (!row)
            return fail(row.error());
        options.json ? printJson(*row) : printMarkdown(*row);
    }
    return {};
}

} // namespace

int benchSpeed(const SpeedOptions &options)
{
    std::string pattern = (fs::temp_directory_path() / "graft-speed-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        return report({ErrorCode::FileUnwritable, "There is no room for the runs in '" + pattern + "'; free some, or set TMPDIR.", pattern},
            options.json);
    const auto ran = runSpeed(options, pattern);
    std::error_code ignored;
    fs::remove_all(pattern, ignored);
    return ran ? 0 : report(ran.error(), options.json);
}

} // namespace graft::cli
