#include "data/datasetfiles.h"

#include "core/files.h"
#include "data/labelfile.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <system_error>

namespace graft {
namespace {

namespace fs = std::filesystem;

/// Identifies a folder whatever path leads to it, so that loops of links end.
using FolderIdentity = std::pair<dev_t, ino_t>;

std::optional<FolderIdentity> identityOf(const fs::path &folder)
{
    struct stat status { };
    if (::stat(folder.c_str(), &status) != 0)
        return std::nullopt;
    return FolderIdentity{status.st_dev, status.st_ino};
}

bool isHidden(const fs::path &path)
{
    return path.filename().string().starts_with('.');
}

std::string lowerCase(std::string text)
{
    for (char &letter : text)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

struct Entries {
    std::vector<std::string> files; ///< their names
    std::vector<fs::path> folders; ///< as the files sorted by bytes, hidden ones left out
    std::error_code error;
};

Entries entriesOf(const fs::path &folder)
{
    Entries entries;
    for (auto entry = fs::directory_iterator(folder, entries.error); !entries.error && entry != fs::directory_iterator();
         entry.increment(entries.error)) {
        if (isHidden(entry->path()))
            continue;
        std::error_code ignored;
        if (entry->is_directory(ignored))
            entries.folders.push_back(entry->path());
        else
            entries.files.push_back(entry->path().filename().string());
    }
    std::sort(entries.files.begin(), entries.files.end());
    std::sort(entries.folders.begin(), entries.folders.end(), [](const fs::path &a, const fs::path &b) { return a.native() < b.native(); });
    return entries;
}

/// Collects the files of one class folder and of all folders beneath it.
class ClassWalk {
public:
    ClassWalk(std::string className, Part part, FoundFiles &found, const Cancellation &cancellation)
        : m_labels(std::make_shared<const std::vector<std::string>>(1, std::move(className))), m_part(part), m_found(found),
          m_cancellation(cancellation)
    {
    }

    void enter(const fs::path &folder)
    {
        const auto identity = identityOf(folder);
        if (m_cancellation.requested() || !identity || !m_visited.insert(*identity).second)
            return;
        const Entries entries = entriesOf(folder);
        if (entries.error)
            m_found.unreadable.push_back({folder, "This folder cannot be read (" + entries.error.message() + "); check its permissions."});
        for (auto &file : PicturePath::ofFolder(folder, entries.files))
            m_found.files.push_back({std::move(file), m_labels, m_part});
        for (const auto &below : entries.folders)
            enter(below);
    }

private:
    std::shared_ptr<const std::vector<std::string>> m_labels;
    Part m_part;
    FoundFiles &m_found;
    const Cancellation &m_cancellation;
    std::set<FolderIdentity> m_visited;
};

/// The folder of that name, in any case, that has class folders in it.
std::optional<fs::path> partFolder(const Entries &top, const std::vector<std::string> &names)
{
    for (const auto &name : names)
        for (const auto &folder : top.folders)
            if (lowerCase(folder.filename().string()) == name && !entriesOf(folder).folders.empty())
                return folder;
    return std::nullopt;
}

void walkClasses(const Entries &entries, Part part, FoundFiles &found, const Cancellation &cancellation)
{
    for (const auto &folder : entries.folders) {
        if (!isUtf8(folder.filename().string())) {
            found.unreadable.push_back({folder, "The name of this class folder is not UTF-8 text; rename it."});
            continue;
        }
        if (part == Part::Train)
            found.trainClasses.front().insert(folder.filename().string());
        ClassWalk(folder.filename().string(), part, found, cancellation).enter(folder);
    }
}

void warnOfStrayFiles(const fs::path &folder, const Entries &entries, FoundFiles &found)
{
    if (!entries.files.empty())
        found.warnings.push_back("'" + folder.string() + "' holds files beside the class folders (" + std::to_string(entries.files.size())
            + ", '" + entries.files.front() + "' for one); they belong to no class and are left out.");
}

} // namespace

bool isUtf8(std::string_view text)
{
    try {
        static_cast<void>(nlohmann::json(text).dump());
        return true;
    } catch (const nlohmann::json::exception &) {
        return false;
    }
}

Result<FoundFiles> findDatasetFiles(const fs::path &folder, const Cancellation &cancellation)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fail(ErrorCode::DataInvalid,
            "'" + folder.string() + "' is not a folder; choose a folder that has a folder of pictures for each class.", folder.string());
    const Entries top = entriesOf(folder);
    if (top.error)
        return fail(ErrorCode::FileUnreadable,
            "'" + folder.string() + "' cannot be read (" + top.error.message() + "); check its permissions.", folder.string());
    if (const auto labels = folder / labelFileName; fs::is_regular_file(labels, error)) {
        const auto text = readText(labels);
        return text ? filesOfLabelFile(folder, *text) : fail(text.error());
    }
    FoundFiles found;
    found.trainClasses.resize(1);
    const auto train = partFolder(top, {"train"});
    const auto validation = train ? partFolder(top, {"val", "valid", "validation", "test"}) : std::nullopt;
    const fs::path trainFolder = train.value_or(folder);
    const Entries trainEntries = train ? entriesOf(*train) : top;
    if (trainEntries.folders.empty())
        return fail(ErrorCode::DataInvalid,
            "'" + folder.string()
                + "' has no class folders; put the pictures of each class into a folder of its own, or name them in a labels.csv.",
            folder.string());
    found.hasOwnSplit = validation.has_value();
    warnOfStrayFiles(trainFolder, trainEntries, found);
    walkClasses(trainEntries, Part::Train, found, cancellation);
    if (validation) {
        const Entries validationEntries = entriesOf(*validation);
        warnOfStrayFiles(*validation, validationEntries, found);
        walkClasses(validationEntries, Part::Validation, found, cancellation);
    }
    return found;
}

} // namespace graft
