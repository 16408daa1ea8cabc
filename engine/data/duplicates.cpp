#include "core/digest.h"
#include "core/files.h"
#include "data/datasetfiles.h"

#include <map>
#include <string_view>
#include <system_error>

namespace graft {
namespace {

struct Copy {
    const Sample *sample;
    bool isValidation;
};

Digest contentOf(const std::filesystem::path &path)
{
    const auto file = readText(path);
    return file ? digestOf(*file) : Digest{};
}

/// Groups of two and more that are the same byte for byte. Only files of the same size are read.
std::vector<std::vector<Copy>> groupsOfCopies(const Dataset &dataset, const std::unordered_set<std::string> &suspects)
{
    std::map<std::uintmax_t, std::vector<Copy>> bySize;
    const auto note = [&](const std::vector<Sample> &samples, bool isValidation) {
        for (const auto &sample : samples) {
            std::error_code error;
            if (!suspects.contains(sample.path.string()))
                continue;
            if (const auto size = std::filesystem::file_size(std::filesystem::path(sample.path), error); !error)
                bySize[size].push_back({&sample, isValidation});
        }
    };
    note(dataset.samples, false);
    note(dataset.validationSamples, true);
    std::vector<std::vector<Copy>> groups;
    for (const auto &[size, copies] : bySize) {
        if (copies.size() < 2)
            continue;
        std::map<Digest, std::vector<Copy>> byContent;
        for (const auto &copy : copies)
            byContent[contentOf(copy.sample->path)].push_back(copy);
        for (auto &[content, same] : byContent)
            if (same.size() > 1)
                groups.push_back(std::move(same));
    }
    return groups;
}

std::string pairText(const Copy &a, const Copy &b)
{
    return "'" + a.sample->path.string() + "' and '" + b.sample->path.string() + "'";
}

} // namespace

void warnOfDuplicates(Dataset &dataset, const std::unordered_set<std::string> &suspects)
{
    std::int64_t across = 0, within = 0, contradictions = 0;
    std::string acrossPair, withinPair, contradictionPair;
    for (const auto &group : groupsOfCopies(dataset, suspects)) {
        const Copy &first = group.front();
        for (std::size_t i = 1; i < group.size(); ++i) {
            const Copy &copy = group[i];
            if (copy.sample->labels != first.sample->labels && contradictions++ == 0)
                contradictionPair = pairText(first, copy);
            if (copy.isValidation && !first.isValidation) {
                if (across++ == 0)
                    acrossPair = pairText(first, copy);
            } else if (within++ == 0) {
                withinPair = pairText(first, copy);
            }
        }
    }
    if (across > 0)
        dataset.warnings.push_back("Validation pictures that are training pictures too: " + std::to_string(across) + " (" + acrossPair
            + ", for example); validation will look better than it is.");
    if (within > 0)
        dataset.warnings.push_back("Pictures that occur more than once: " + std::to_string(within) + " (" + withinPair + ", for example).");
    if (contradictions > 0)
        dataset.warnings.push_back("The same picture lies in two classes: " + std::to_string(contradictions) + " (" + contradictionPair
            + ", for example); take it out of the wrong one.");
}

} // namespace graft
