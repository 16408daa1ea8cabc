#include "data/dataset.h"

#include "core/digest.h"
#include "core/strangetext.h"
#include "data/filecheck.h"
#include "data/labelfile.h"
#include "data/random.h"

#include <algorithm>
#include <cmath>
#include <functional>
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

using ClassNames = std::vector<std::string>;

/// Per label set the names of the classes that have a good picture to train on, sorted by bytes.
std::vector<ClassNames> usableClasses(const FoundFiles &found, const std::vector<Verdict> &verdicts)
{
    std::vector<std::set<std::string>> names(found.trainClasses.size());
    for (std::size_t i = 0; i < found.files.size(); ++i)
        for (std::size_t set = 0; set < names.size() && found.files[i].part == Part::Train && !verdicts[i].defect; ++set)
            if (const std::string &name = (*found.files[i].labels)[set]; !name.empty())
                names[set].insert(name);
    std::vector<ClassNames> result;
    for (const auto &set : names)
        result.emplace_back(set.begin(), set.end());
    return result;
}

/// "The class 'oak' of 'species'"
std::string theClass(const std::string &name, const FoundFiles &found, std::size_t set)
{
    return "The class " + inQuotes(name, '\'') + (found.setNames.empty() ? std::string() : " of " + inQuotes(found.setNames[set], '\''));
}

/// Indices of a file's labels; those that have no picture to train on are counted and not known.
std::vector<int> labelsOf(
    const FoundFile &file, const std::vector<ClassNames> &classes, std::map<std::pair<std::size_t, std::string>, int> &strangers)
{
    std::vector<int> labels;
    for (std::size_t set = 0; set < classes.size(); ++set) {
        const std::string &label = (*file.labels)[set];
        const auto name = std::ranges::lower_bound(classes[set], label);
        const bool isKnown = name != classes[set].end() && *name == label;
        labels.push_back(isKnown ? static_cast<int>(name - classes[set].begin()) : -1);
        if (!isKnown && !label.empty())
            ++strangers[{set, label}];
    }
    return labels;
}

void sortIntoDataset(
    const FoundFiles &found, const std::vector<Verdict> &verdicts, const std::vector<ClassNames> &classes, Dataset &dataset)
{
    std::map<std::pair<std::size_t, std::string>, int> strangers;
    for (std::size_t i = 0; i < found.files.size(); ++i) {
        const FoundFile &file = found.files[i];
        if (verdicts[i].defect) {
            dataset.broken.push_back({file.path, *verdicts[i].defect});
            continue;
        }
        auto labels = labelsOf(file, classes, strangers);
        if (std::ranges::any_of(labels, [](int label) { return label >= 0; }))
            (file.part == Part::Train ? dataset.samples : dataset.validationSamples).push_back({file.path, std::move(labels)});
    }
    for (const auto &[stranger, count] : strangers)
        dataset.warnings.push_back(theClass(stranger.second, found, stranger.first) + " has no readable picture to train on; "
            + (found.setNames.empty() ? "its " + std::to_string(count) + " validation pictures are left out."
                                      : "it counts as not known in " + std::to_string(count) + " validation pictures."));
}

/// Pictures per class name.
std::vector<std::int64_t> countsOf(const std::vector<Sample> &samples, const Dataset &dataset)
{
    std::vector<std::int64_t> counts(dataset.classNames.size());
    for (const auto &sample : samples)
        for (const std::size_t index : dataset.classesOf(sample))
            ++counts[index];
    return counts;
}

void warnOfThinClasses(const FoundFiles &found, const std::vector<ClassNames> &classes, Dataset &dataset)
{
    const auto train = countsOf(dataset.samples, dataset);
    const auto validation = countsOf(dataset.validationSamples, dataset);
    std::size_t index = 0;
    for (std::size_t set = 0; set < classes.size(); ++set) {
        for (const auto &name : found.trainClasses[set])
            if (!std::ranges::binary_search(classes[set], name))
                dataset.warnings.push_back(theClass(name, found, set) + " has no readable picture and is left out.");
        for (const auto &name : classes[set]) {
            if (train[index] == 1)
                dataset.warnings.push_back(theClass(name, found, set) + " has one picture to train on; add more.");
            if (dataset.hasOwnSplit && validation[index] == 0)
                dataset.warnings.push_back(theClass(name, found, set) + " has no validation picture.");
            ++index;
        }
    }
}

/// The pictures that a split takes its share of, by their labels.
std::map<std::vector<int>, std::vector<std::size_t>> strata(const std::vector<Sample> &samples, double validationShare)
{
    std::map<std::vector<int>, std::vector<std::size_t>> byLabels, result;
    for (std::size_t i = 0; i < samples.size(); ++i)
        byLabels[samples[i].labels].push_back(i);
    for (auto &[labels, members] : byLabels) {
        const bool isRare = labels.size() > 1 && static_cast<double>(members.size()) * validationShare < 1;
        auto &stratum = result[isRare ? std::vector<int>{labels.front()} : labels];
        stratum.insert(stratum.end(), members.begin(), members.end());
    }
    return result;
}

/// Where a picture comes in the order in which a split takes them: of its own place in the folder alone, so that a picture more or less
/// moves no other one to the other part.
std::uint64_t rankOf(const PicturePath &picture, const std::string &folder, std::uint64_t seed)
{
    std::string_view within = picture.folderText();
    if (within.starts_with(folder))
        within.remove_prefix(folder.size());
    within.remove_prefix(std::min(within.find_first_not_of('/'), within.size()));
    return scramble(scramble(scramble(seed) ^ digestOf(within).low) ^ digestOf(picture.nameText()).low);
}

/// DataInvalid when a label set has fewer than two classes.
Result<void> requireTwoClasses(const fs::path &folder, const FoundFiles &found, const std::vector<ClassNames> &classes)
{
    const std::string name = "'" + folder.string() + "'";
    for (std::size_t set = 0; set < classes.size(); ++set) {
        const std::string ofSet = found.setNames.empty() ? std::string() : " of " + inQuotes(found.setNames[set], '\'');
        if (classes[set].empty())
            return fail(ErrorCode::DataInvalid,
                "No picture in " + name + (ofSet.empty() ? std::string() : " with a class" + ofSet)
                    + " can be read; put JPEG or PNG pictures into a folder for each class, or name them in a labels.csv.",
                folder.string());
        if (classes[set].size() < 2)
            return fail(ErrorCode::DataInvalid,
                name + " has pictures of one class" + ofSet + " only (" + inQuotes(classes[set].front(), '\'')
                    + "); add pictures of a second class.",
                folder.string());
    }
    return {};
}

} // namespace

std::vector<std::size_t> Dataset::classesOf(const Sample &sample) const
{
    std::vector<std::size_t> indices;
    std::size_t first = 0;
    for (std::size_t set = 0; set < sample.labels.size(); ++set) {
        if (sample.labels[set] >= 0)
            indices.push_back(first + static_cast<std::size_t>(sample.labels[set]));
        if (set < labelSets.size())
            first += static_cast<std::size_t>(labelSets[set].classes);
    }
    return indices;
}

std::vector<std::int64_t> Dataset::countsPerClass() const
{
    auto counts = countsOf(samples, *this);
    const auto more = countsOf(validationSamples, *this);
    std::ranges::transform(counts, more, counts.begin(), std::plus<>());
    return counts;
}

Result<Dataset> scanDataset(
    const fs::path &place, const std::function<void(const ScanProgress &)> &progress, const Cancellation &cancellation, PictureCheck check)
{
    std::error_code error;
    const fs::path folder = place.filename() == labelFileName && fs::is_regular_file(place, error) ? place.parent_path() : place;
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
    const auto classes = usableClasses(*found, verdicts);
    if (auto enough = requireTwoClasses(folder, *found, classes); !enough)
        return fail(enough.error());
    for (std::size_t set = 0; set < classes.size(); ++set) {
        dataset.classNames.insert(dataset.classNames.end(), classes[set].begin(), classes[set].end());
        if (!found->setNames.empty())
            dataset.labelSets.push_back({found->setNames[set], std::ssize(classes[set])});
    }
    sortIntoDataset(*found, verdicts, classes, dataset);
    warnOfThinClasses(*found, classes, dataset);
    warnOfDuplicates(dataset, suspectedCopies(found->files, verdicts, check));
    return dataset;
}

Split split(const Dataset &dataset, double validationShare, std::uint64_t seed)
{
    if (dataset.hasOwnSplit)
        return {dataset.samples, dataset.validationSamples};
    std::vector<bool> held(dataset.samples.size());
    std::vector<std::uint64_t> ranks;
    for (const std::string folder = dataset.folder.string(); const Sample &sample : dataset.samples)
        ranks.push_back(rankOf(sample.path, folder, seed));
    for (auto &[labels, members] : strata(dataset.samples, validationShare)) {
        std::ranges::stable_sort(members, {}, [&](std::size_t member) { return ranks[member]; });
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
