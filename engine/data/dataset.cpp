#include "data/dataset.h"

#include "core/strangetext.h"
#include "data/filecheck.h"
#include "data/random.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace graft {
namespace {

namespace fs = std::filesystem;

using Verdict = FileVerdict;

/// The files that may be copies of one another: they look the same at their ends. Unless every picture is decoded anyway, a folder with
/// very many of them is not read for it.
std::unordered_set<std::string> suspectedCopies(
    const std::vector<FoundFile> &files, const std::vector<Verdict> &verdicts, PictureCheck check)
{
    constexpr std::size_t quicklyRead = 2000;
    std::vector<std::uint64_t> fingerprints;
    for (const auto &verdict : verdicts)
        if (verdict.fingerprint != 0)
            fingerprints.push_back(verdict.fingerprint);
    std::sort(fingerprints.begin(), fingerprints.end());
    std::unordered_set<std::string> suspects;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto [begin, end] = std::equal_range(fingerprints.begin(), fingerprints.end(), verdicts[i].fingerprint);
        if (end - begin > 1)
            suspects.insert(files[i].path.string());
        if (check == PictureCheck::Header && suspects.size() > quicklyRead)
            return {};
    }
    return suspects;
}

/// Names of the classes that have a good picture to train on, sorted by bytes.
std::vector<std::string> usableClasses(const std::vector<FoundFile> &files, const std::vector<Verdict> &verdicts)
{
    std::set<std::string> names;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (files[i].part == Part::Train && verdicts[i].defect.empty())
            names.insert(files[i].className);
    return {names.begin(), names.end()};
}

void sortIntoDataset(const std::vector<FoundFile> &files, const std::vector<Verdict> &verdicts, Dataset &dataset)
{
    std::map<std::string, std::int64_t> strangers;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!verdicts[i].defect.empty()) {
            dataset.broken.push_back({files[i].path, verdicts[i].defect});
            continue;
        }
        const auto name = std::lower_bound(dataset.classNames.begin(), dataset.classNames.end(), files[i].className);
        if (name == dataset.classNames.end() || *name != files[i].className) {
            ++strangers[files[i].className];
            continue;
        }
        auto &part = files[i].part == Part::Train ? dataset.samples : dataset.validationSamples;
        part.push_back({files[i].path, static_cast<int>(name - dataset.classNames.begin())});
    }
    for (const auto &[name, count] : strangers)
        dataset.warnings.push_back("The class " + inQuotes(name, '\'') + " has no readable picture to train on; its "
            + std::to_string(count) + " validation pictures are left out.");
}

std::vector<std::int64_t> countsOf(const std::vector<Sample> &samples, std::size_t classes)
{
    std::vector<std::int64_t> counts(classes);
    for (const auto &sample : samples)
        ++counts[static_cast<std::size_t>(sample.label)];
    return counts;
}

void warnOfThinClasses(const std::vector<std::string> &allClasses, Dataset &dataset)
{
    for (const auto &name : allClasses)
        if (!std::binary_search(dataset.classNames.begin(), dataset.classNames.end(), name))
            dataset.warnings.push_back("The class " + inQuotes(name, '\'') + " has no readable picture and is left out.");
    const auto train = countsOf(dataset.samples, dataset.classNames.size());
    const auto validation = countsOf(dataset.validationSamples, dataset.classNames.size());
    for (std::size_t i = 0; i < train.size(); ++i) {
        if (train[i] == 1)
            dataset.warnings.push_back("The class " + inQuotes(dataset.classNames[i], '\'') + " has one picture to train on; add more.");
        if (dataset.hasOwnSplit && validation[i] == 0)
            dataset.warnings.push_back("The class " + inQuotes(dataset.classNames[i], '\'') + " has no validation picture.");
    }
}

Error nothingToTrainOn(const Dataset &dataset)
{
    const std::string folder = "'" + dataset.folder.string() + "'";
    if (dataset.classNames.empty())
        return {ErrorCode::DataInvalid, "No picture in " + folder + " can be read; put JPEG or PNG pictures into a folder for each class.",
            dataset.folder.string()};
    return {ErrorCode::DataInvalid,
        folder + " has pictures of one class only (" + inQuotes(dataset.classNames.front(), '\'')
            + "); add a folder with pictures of a second class.",
        dataset.folder.string()};
}

} // namespace

std::vector<std::int64_t> Dataset::countsPerClass() const
{
    auto counts = countsOf(samples, classNames.size());
    for (const auto &sample : validationSamples)
        ++counts[static_cast<std::size_t>(sample.label)];
    return counts;
}

Result<Dataset> scanDataset(
    const fs::path &folder, const std::function<void(const ScanProgress &)> &progress, const Cancellation &cancellation, PictureCheck check)
{
    auto found = findDatasetFiles(folder, cancellation);
    if (!found)
        return fail(found.error());
    const auto verdicts = checkFiles(folder, found->files, check, progress, cancellation);
    if (cancellation.requested())
        return fail(ErrorCode::Cancelled, "Reading '" + folder.string() + "' was stopped.", folder.string());
    Dataset dataset;
    dataset.folder = folder;
    dataset.hasOwnSplit = found->hasOwnSplit;
    dataset.broken = std::move(found->unreadable);
    dataset.warnings = std::move(found->warnings);
    dataset.classNames = usableClasses(found->files, verdicts);
    if (dataset.classNames.size() < 2)
        return fail(nothingToTrainOn(dataset));
    sortIntoDataset(found->files, verdicts, dataset);
    warnOfThinClasses(found->trainClasses, dataset);
    warnOfDuplicates(dataset, suspectedCopies(found->files, verdicts, check));
    return dataset;
}

Split split(const Dataset &dataset, double validationShare, std::uint64_t seed)
{
    if (dataset.hasOwnSplit)
        return {dataset.samples, dataset.validationSamples};
    std::vector<std::vector<std::size_t>> perClass(dataset.classNames.size());
    for (std::size_t i = 0; i < dataset.samples.size(); ++i)
        perClass[static_cast<std::size_t>(dataset.samples[i].label)].push_back(i);
    std::vector<bool> held(dataset.samples.size());
    for (std::size_t label = 0; label < perClass.size(); ++label) {
        auto &members = perClass[label];
        auto random = generatorFor(seed, 0x73706C6974, label);
        shuffle(members, random);
        const auto count = static_cast<std::int64_t>(members.size());
        std::int64_t wanted = std::llround(std::clamp(validationShare, 0.0, 1.0) * static_cast<double>(count));
        if (validationShare > 0)
            wanted = std::max<std::int64_t>(wanted, 1);
        wanted = std::min(wanted, count - 1);
        for (std::int64_t i = 0; i < wanted; ++i)
            held[members[static_cast<std::size_t>(i)]] = true;
    }
    Split parts;
    for (std::size_t i = 0; i < held.size(); ++i)
        (held[i] ? parts.validation : parts.train).push_back(dataset.samples[i]);
    return parts;
}

} // namespace graft
