#include "data/labelfile.h"

#include "core/strangetext.h"
#include "data/csv.h"
#include "data/picture.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostLabelSets = 32;

/// Which column holds what.
struct Columns {
    std::size_t file = 0, count = 0;
    std::optional<std::size_t> split;
    std::vector<std::size_t> labels;
};

std::string lowerCase(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; });
    return text;
}

class LabelFile {
public:
    explicit LabelFile(const fs::path &folder) : m_folder(folder), m_path(folder / labelFileName), m_name(inQuotes(m_path.string(), '\''))
    {
    }

    Result<FoundFiles> read(std::string_view text);

private:
    [[nodiscard]] tl::unexpected<Error> unusable(const std::string &message) const
    {
        return fail(ErrorCode::DataInvalid, message, m_path.string());
    }
    [[nodiscard]] Result<void> readHeader(const CsvRow &header);
    void readRow(const CsvRow &row);
    /// The sentence about a line that cannot be used.
    void refuse(const CsvRow &row, const std::string &what)
    {
        m_found.unreadable.push_back({m_path, "Line " + std::to_string(row.line) + " " + what});
    }
    [[nodiscard]] std::optional<Part> partOf(const CsvRow &row) const;
    void warnOfUnnamedPictures();
    void shareFolderTexts();

    const fs::path m_folder, m_path;
    const std::string m_name;
    Columns m_columns;
    std::map<fs::path, std::size_t> m_lines; ///< of the files so far
    std::map<std::vector<std::string>, std::shared_ptr<const std::vector<std::string>>> m_labels; ///< those of the files so far
    FoundFiles m_found;
};

Result<FoundFiles> LabelFile::read(std::string_view text)
{
    if (!isUtf8(text))
        return unusable(m_name + " is not UTF-8 text; save it as UTF-8.");
    auto rows = parseCsv(text, m_path.string());
    if (!rows)
        return fail(rows.error());
    if (rows->empty())
        return unusable(
            m_name + " is empty; write a line with the names of its columns, `file` and one for each label set, and one for each picture.");
    if (auto header = readHeader(rows->front()); !header)
        return fail(header.error());
    for (std::size_t index = 1; index < rows->size(); ++index)
        readRow(std::exchange((*rows)[index], {}));
    m_found.hasOwnSplit = std::ranges::any_of(m_found.files, [](const FoundFile &file) { return file.part == Part::Validation; });
    if (m_found.setNames.size() == 1)
        m_found.setNames.clear();
    warnOfUnnamedPictures();
    m_lines.clear();
    shareFolderTexts();
    return std::move(m_found);
}

Result<void> LabelFile::readHeader(const CsvRow &header)
{
    std::optional<std::size_t> file;
    for (std::size_t column = 0; column < header.cells.size(); ++column) {
        const std::string &name = header.cells[column];
        const bool isRepeated = std::find(header.cells.begin(), header.cells.begin() + static_cast<std::ptrdiff_t>(column), name)
            != header.cells.begin() + static_cast<std::ptrdiff_t>(column);
        if (name.empty() || isRepeated)
            return unusable("Column " + std::to_string(column + 1) + " of " + m_name
                + (isRepeated ? " has the name of another one; give it its own." : " has no name; give it one, or take it away."));
        if (lowerCase(name) == "file")
            file = column;
        else if (lowerCase(name) == "split")
            m_columns.split = column;
        else
            m_columns.labels.push_back(column);
    }
    if (!file || m_columns.labels.empty())
        return unusable("The first line of " + m_name + " names its columns, separated by commas: `file` and one for each label set; "
            + (file ? "the label sets are" : "`file` is") + " missing.");
    if (m_columns.labels.size() > mostLabelSets)
        return unusable(m_name + " has " + std::to_string(m_columns.labels.size()) + " label sets; keep 32 at most.");
    m_columns.file = *file;
    m_columns.count = header.cells.size();
    for (const std::size_t column : m_columns.labels)
        m_found.setNames.push_back(header.cells[column]);
    m_found.trainClasses.resize(m_columns.labels.size());
    return {};
}

std::optional<Part> LabelFile::partOf(const CsvRow &row) const
{
    const std::string part = m_columns.split ? lowerCase(row.cells[*m_columns.split]) : "train";
    if (part == "train" || part == "training")
        return Part::Train;
    for (const char *name : {"validation", "val", "valid", "test"})
        if (part == name)
            return Part::Validation;
    return std::nullopt;
}

void LabelFile::readRow(const CsvRow &row)
{
    if (row.cells.size() != m_columns.count)
        return refuse(row,
            "has " + std::to_string(row.cells.size()) + " cells and the first line " + std::to_string(m_columns.count)
                + "; give it a cell for each column.");
    const std::string &name = row.cells[m_columns.file];
    const fs::path relative = fs::path(name).lexically_normal();
    if (name.empty() || name.find('\0') != std::string::npos)
        return refuse(row, "names no file; write its path as seen from the folder.");
    if (relative.is_absolute() || *relative.begin() == "..")
        return refuse(row, "names the file " + inQuotes(name, '\'') + ", which is not in the folder; put it there.");
    const auto part = partOf(row);
    if (!part)
        return refuse(row, "has " + inQuotes(row.cells[*m_columns.split], '\'') + " as its split; write `train` or `validation`.");
    std::vector<std::string> labels;
    for (const std::size_t column : m_columns.labels)
        labels.push_back(row.cells[column]);
    if (std::ranges::all_of(labels, &std::string::empty))
        return refuse(row, "has no label; give " + inQuotes(name, '\'') + " one, or take the line away.");
    const auto [earlier, isNew] = m_lines.emplace(relative, row.line);
    if (!isNew)
        return refuse(row,
            "names the file " + inQuotes(name, '\'') + ", which line " + std::to_string(earlier->second)
                + " has already; take one of them away.");
    std::error_code error;
    if (!fs::is_regular_file(m_folder / relative, error)) {
        m_found.unreadable.push_back({m_folder / relative,
            "Line " + std::to_string(row.line) + " of " + std::string(labelFileName)
                + " names this file, but it is not there; put it there, or take the line away."});
        return;
    }
    for (std::size_t set = 0; set < labels.size(); ++set)
        if (*part == Part::Train && !labels[set].empty())
            m_found.trainClasses[set].insert(labels[set]);
    auto &shared = m_labels[labels];
    if (!shared)
        shared = std::make_shared<const std::vector<std::string>>(std::move(labels));
    m_found.files.push_back({m_folder / relative, shared, *part});
}

void LabelFile::shareFolderTexts()
{
    struct Within {
        std::vector<std::size_t> places;
        std::vector<std::string> names;
    };
    std::map<std::string, Within, std::less<>> folders;
    for (std::size_t place = 0; place < m_found.files.size(); ++place) {
        const PicturePath &path = m_found.files[place].path;
        auto folder = folders.find(path.folderText());
        if (folder == folders.end())
            folder = folders.emplace(path.folderText(), Within()).first;
        folder->second.places.push_back(place);
        folder->second.names.emplace_back(path.nameText());
    }
    for (const auto &[folder, within] : folders) {
        auto paths = PicturePath::ofFolder(folder, within.names);
        for (std::size_t i = 0; i < paths.size(); ++i)
            m_found.files[within.places[i]].path = std::move(paths[i]);
    }
}

void LabelFile::warnOfUnnamedPictures()
{
    std::size_t count = 0;
    std::error_code error;
    fs::path first;
    for (auto entry = fs::recursive_directory_iterator(m_folder, error); !error && entry != fs::recursive_directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        if (!hasPictureExtension(entry->path()) || m_lines.contains(entry->path().lexically_relative(m_folder))
            || entry->is_directory(ignored))
            continue;
        if (count++ == 0)
            first = entry->path().lexically_relative(m_folder);
    }
    if (count > 0)
        m_found.warnings.push_back(m_name + " does not name " + std::to_string(count) + " pictures of its folder ("
            + inQuotes(first.string(), '\'') + " for one); they are left out.");
}

} // namespace

Result<FoundFiles> filesOfLabelFile(const fs::path &folder, std::string_view text)
{
    return LabelFile(folder).read(text);
}

} // namespace graft
