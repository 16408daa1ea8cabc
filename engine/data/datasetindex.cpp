#include "data/datasetindex.h"

#include "core/cachefolder.h"
#include "core/files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <type_traits>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t formatVersion = 2;
constexpr std::array<char, 8> formatMark = {'G', 'r', 'a', 'f', 't', 'I', 'd', 'x'};

/// The file begins with it; rows, names, defects (each with a zero behind it) and a digest of all that follow.
struct IndexHeader {
    std::array<char, 8> mark = formatMark;
    std::uint64_t version = formatVersion;
    std::uint64_t rows = 0, nameBytes = 0, defectBytes = 0;
    Digest folder;
};

Digest digestOfFolder(const fs::path &folder)
{
    std::error_code error;
    const fs::path real = fs::weakly_canonical(folder, error);
    return digestOf((error ? folder : real).string());
}

template <typename T>
std::string_view bytesOf(const T *values, std::size_t count)
{
    static_assert(std::is_trivially_copyable_v<T>);
    return {reinterpret_cast<const char *>(values), count * sizeof(T)};
}

/// Reads parts of a file into their places; never more than there is.
class Reader {
public:
    explicit Reader(const fs::path &file)
    {
        // Far more than any folder needs, and what can be held; a named pipe would be waited for.
        constexpr std::uintmax_t largestFile = std::uintmax_t{2} << 30;
        std::error_code error;
        if (!fs::is_regular_file(file, error))
            return;
        if (const auto size = fs::file_size(file, error); !error && size <= largestFile) {
            m_stream.open(file, std::ios::binary);
            m_left = size;
        }
    }
    /// Whether there were that many.
    template <typename T>
    bool take(T *values, std::size_t count)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        if (count > m_left / sizeof(T))
            return false;
        m_left -= count * sizeof(T);
        return static_cast<bool>(m_stream.read(reinterpret_cast<char *>(values), static_cast<std::streamsize>(count * sizeof(T))));
    }
    /// Texts, each with a zero behind it.
    bool take(std::string &texts, std::uint64_t size)
    {
        if (size > m_left)
            return false;
        texts.resize(size);
        return take(texts.data(), texts.size()) && (texts.empty() || texts.back() == '\0');
    }
    [[nodiscard]] std::uint64_t left() const { return m_left; }

private:
    std::ifstream m_stream;
    std::uint64_t m_left = 0;
};

/// Indexes of folders that nobody opened for half a year go.
void removeStale(const fs::path &indexFolder)
{
    constexpr auto keptFor = std::chrono::hours(24 * 180);
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(indexFolder, error)) {
        std::error_code ignored;
        if (entry.path().extension() == ".index" && entry.last_write_time(ignored) < fs::file_time_type::clock::now() - keptFor)
            fs::remove(entry.path(), ignored);
    }
}

} // namespace

DatasetIndex::DatasetIndex(fs::path folder) : m_folder(std::move(folder)) { }

fs::path DatasetIndex::fileFor(const fs::path &folder)
{
    return cacheFolder() / "datasets" / (hex(digestOfFolder(folder)) + ".index");
}

DatasetIndex DatasetIndex::read(const fs::path &folder)
{
    DatasetIndex index(folder);
    try {
        if (index.readFrom(fileFor(folder)))
            return index;
    } catch (const std::bad_alloc &) { // as good as damaged
    }
    return DatasetIndex(folder);
}

bool DatasetIndex::readFrom(const fs::path &file)
{
    Reader reader(file);
    IndexHeader header;
    std::string defects;
    Digest digest;
    if (!reader.take(&header, 1) || header.mark != formatMark || header.version != formatVersion
        || header.folder != digestOfFolder(m_folder) || header.rows > reader.left() / sizeof(FileRecord))
        return false;
    m_rows.resize(header.rows);
    if (!reader.take(m_rows.data(), m_rows.size()) || !reader.take(m_names, header.nameBytes) || !reader.take(defects, header.defectBytes)
        || !reader.take(&digest, 1) || reader.left() > 0)
        return false;
    if (Hasher().add(bytesOf(&header, 1)).add(bytesOf(m_rows.data(), m_rows.size())).add(m_names).add(defects).digest() != digest)
        return false;
    for (std::size_t begin = 0; begin < defects.size(); begin += m_defects.back().size() + 1)
        m_defects.emplace_back(defects.c_str() + begin);
    return std::ranges::all_of(m_rows, [&](const FileRecord &row) {
        return row.name < m_names.size() && row.defect <= m_defects.size() && row.depth <= CheckDepth::Whole;
    });
}

std::optional<std::size_t> DatasetIndex::rowOf(std::string_view name)
{
    // Several threads ask by turns, not quite in the order of the rows.
    constexpr std::size_t disorder = 16;
    const std::size_t begin = m_next > disorder ? m_next - disorder : 0, end = std::min(m_next + disorder, m_rows.size());
    for (std::size_t i = begin; i < end; ++i)
        if (nameOf(m_rows[i]) == name)
            return i;
    if (m_byName.empty())
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_byName.emplace(nameOf(m_rows[i]), i);
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? std::nullopt : std::optional(found->second);
}

FileRecord *DatasetIndex::find(std::string_view name, const FileIdentity &identity)
{
    const auto row = rowOf(name);
    if (!row)
        return nullptr;
    m_next = *row + 1;
    FileRecord &record = m_rows[*row];
    return record.identity == identity ? &record : nullptr;
}

std::string DatasetIndex::defectOf(const FileRecord &record) const
{
    return record.defect > 0 ? m_defects[record.defect - 1] : std::string();
}

void DatasetIndex::add(std::string_view name, FileRecord record, const std::string &defect)
{
    record.defect = 0;
    if (!defect.empty()) {
        m_defects.push_back(defect);
        record.defect = static_cast<std::uint32_t>(m_defects.size());
    }
    record.name = static_cast<std::uint32_t>(m_names.size());
    m_rows.push_back(record);
    m_names.append(name).push_back('\0');
    m_byName.clear();
}

void DatasetIndex::write() const
{
    if (m_rows.size() < leastFiles)
        return;
    const fs::path file = fileFor(m_folder);
    if (!makeFolder(file.parent_path()))
        return;
    removeStale(file.parent_path());
    std::string defects;
    for (const auto &defect : m_defects)
        defects += defect + '\0';
    const IndexHeader header{formatMark, formatVersion, m_rows.size(), m_names.size(), defects.size(), digestOfFolder(m_folder)};
    const std::string_view rows = bytesOf(m_rows.data(), m_rows.size());
    const Digest digest = Hasher().add(bytesOf(&header, 1)).add(rows).add(m_names).add(defects).digest();
    static_cast<void>(writeAtomically(file, [&](std::ostream &stream) -> Result<void> {
        for (const std::string_view part :
            {bytesOf(&header, 1), rows, std::string_view(m_names), std::string_view(defects), bytesOf(&digest, 1)})
            stream.write(part.data(), static_cast<std::streamsize>(part.size()));
        return {};
    }));
}

} // namespace graft
