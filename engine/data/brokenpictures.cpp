#include "data/brokenpictures.h"

#include "core/strangetext.h"
#include "data/filecheck.h"

#include <unordered_map>
#include <utility>

namespace graft {
namespace {

std::vector<std::int64_t> trainingCounts(const Dataset &dataset)
{
    std::vector<std::int64_t> counts(dataset.classNames.size());
    for (const auto &sample : dataset.samples)
        for (const std::size_t index : dataset.classesOf(sample))
            ++counts[index];
    return counts;
}

} // namespace

Result<std::vector<BrokenFile>> findBrokenPictures(
    const std::filesystem::path &folder, const std::function<void(const ScanProgress &)> &progress, const Cancellation &cancellation)
{
    const auto found = findDatasetFiles(folder, cancellation);
    if (!found)
        return fail(found.error());
    const auto verdicts = checkFiles(folder, found->files, PictureCheck::Whole, progress, cancellation);
    if (cancellation.requested())
        return fail(ErrorCode::Cancelled, "Checking '" + folder.string() + "' was stopped.", folder.string());
    std::vector<BrokenFile> broken;
    std::error_code error;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        if (verdicts[i].defect && std::filesystem::is_regular_file(std::filesystem::path(found->files[i].path), error))
            broken.push_back({found->files[i].path, *verdicts[i].defect});
    return broken;
}

std::size_t leaveOut(Dataset &dataset, const std::vector<BrokenFile> &broken)
{
    std::unordered_map<std::string, const BrokenFile *> wanted;
    for (const auto &file : broken)
        wanted.emplace(file.path.string(), &file);
    const auto before = trainingCounts(dataset);
    const std::size_t known = dataset.broken.size();
    for (auto *part : {&dataset.samples, &dataset.validationSamples})
        std::erase_if(*part, [&](const Sample &sample) {
            const auto file = wanted.find(sample.path.string());
            if (file == wanted.end())
                return false;
            if (file->second) // a label file may name one twice
                dataset.broken.push_back(*std::exchange(file->second, nullptr));
            return true;
        });
    const auto after = trainingCounts(dataset);
    for (std::size_t index = 0; index < after.size(); ++index)
        if (before[index] > 0 && after[index] == 0)
            dataset.warnings.push_back("The class " + inQuotes(dataset.classNames[index], '\'')
                + " has no readable picture to train on; add some and open the folder again.");
    return dataset.broken.size() - known;
}

} // namespace graft
