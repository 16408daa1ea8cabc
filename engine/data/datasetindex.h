#pragma once
#include "data/fileidentity.h" // first: moc cannot read <compare>, which core/digest.h includes, before any other header

#include "core/digest.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace graft {

// Internal to data/.

enum class CheckDepth : std::uint16_t { None, Header, Whole }; ///< Whole = it was decoded

/// What is known of one file.
struct FileRecord {
    FileIdentity identity;
    std::uint64_t fingerprint = 0; ///< see HeaderCheck
    Digest content; ///< null = not known
    std::uint16_t width = 0, height = 0; ///< as stored; 0 = not known
    CheckDepth depth = CheckDepth::None;
    std::uint16_t isTooFresh = 0; ///< not to be kept; see fileidentity.h
    std::uint32_t defect = 0; ///< its number; 0 = none found
    std::uint32_t name = 0; ///< where in the index's names
};

/// What is known of a folder's files, kept between runs in the user's cache folder. Nothing in it is needed: a file that is damaged, of
/// another version or for another folder counts as none.
class DatasetIndex {
public:
    static constexpr std::size_t leastFiles = 1000; ///< folders with fewer are quick to look through and leave nothing on disk

    /// Where the index of a folder lies.
    [[nodiscard]] static std::filesystem::path fileFor(const std::filesystem::path &folder);
    /// The index that was kept for the folder; an empty one without.
    [[nodiscard]] static DatasetIndex read(const std::filesystem::path &folder);
    explicit DatasetIndex(std::filesystem::path folder = {});

    /// The record of a file, named as seen from the folder; nullptr when there is none or it was made of the file in another state.
    /// Quickest in the order in which the files were added.
    [[nodiscard]] FileRecord *find(std::string_view name, const FileIdentity &identity);
    [[nodiscard]] std::string defectOf(const FileRecord &record) const; ///< a sentence; empty when none was found
    /// `record.defect` is set from `defect`, `record.name` from `name`.
    void add(std::string_view name, FileRecord record, const std::string &defect);
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

    /// Keeps it, unless it is small. A failure costs nothing but the time to find out again, so that it is not reported.
    void write() const;

private:
    [[nodiscard]] std::string_view nameOf(const FileRecord &record) const { return m_names.c_str() + record.name; }
    [[nodiscard]] bool readFrom(const std::filesystem::path &file);
    [[nodiscard]] std::optional<std::size_t> rowOf(std::string_view name);

    std::filesystem::path m_folder;
    std::vector<FileRecord> m_rows;
    std::string m_names; ///< each with a zero behind it
    std::vector<std::string> m_defects;
    std::size_t m_next = 0; ///< about the row that is asked for next
    std::unordered_map<std::string_view, std::size_t> m_byName; ///< filled when a guess was wrong; points into m_names
};

} // namespace graft
