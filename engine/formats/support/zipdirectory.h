#pragma once
#include "core/files.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// The records of a PyTorch zip archive, as views of the mapped file. Tensors are stored as they are; code and JSON may be compressed.
/// Every length and offset is checked against the file; names that point out of the archive, double names and wrong sizes are refused.
/// (LibTorch's PyTorchStreamReader tells the size of a record only after it has allocated it, so that it cannot be given a hostile
/// archive.)
class ZipDirectory {
public:
    /// FileCorrupt for a cut or damaged archive. `subject` is the file's path.
    [[nodiscard]] static Result<ZipDirectory> open(std::shared_ptr<const MappedFile> file, const std::string &subject);

    /// An archive that lies in another, as one of its records.
    [[nodiscard]] static Result<ZipDirectory> open(
        std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes, const std::string &subject);

    /// The folder that PyTorch puts all records in, without "/": that of `data.pkl`, else that of `archive_format`; empty when there is
    /// none.
    [[nodiscard]] const std::string &folder() const { return m_folder; }
    [[nodiscard]] bool contains(std::string_view name) const { return m_records.contains(folderName(name)); }
    /// A record of the folder, or of an archive without one: "data.pkl", "data/0". FileCorrupt when it is absent or reaches out of the
    /// file, FormatUnknown when it is compressed.
    [[nodiscard]] Result<std::span<const std::byte>> record(std::string_view name) const;
    /// The same, unpacked when it is compressed. FileRefused when it is larger than `limit`.
    [[nodiscard]] Result<std::string> text(std::string_view name, std::size_t limit) const;
    /// All records of the folder, sorted, without its name.
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const std::shared_ptr<const MappedFile> &file() const { return m_file; }

private:
    struct Record {
        std::uint64_t localHeader = 0;
        std::uint64_t size = 0; ///< in the file
        std::uint64_t unpacked = 0;
        bool stored = false;
        bool deflated = false;
    };
    ZipDirectory(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes, std::string subject)
        : m_file(std::move(file)), m_bytes(bytes), m_subject(std::move(subject))
    {
    }
    [[nodiscard]] std::string folderName(std::string_view name) const
    {
        return m_folder.empty() ? std::string(name) : m_folder + "/" + std::string(name);
    }
    [[nodiscard]] Result<const Record *> find(std::string_view name) const;
    [[nodiscard]] Result<std::span<const std::byte>> bytesOf(const Record &record, std::string_view fullName) const;
    void findFolder();
    [[nodiscard]] Result<void> readEntries(std::uint64_t start, std::uint64_t size, std::uint64_t count);
    [[nodiscard]] tl::unexpected<Error> damaged() const;

    std::shared_ptr<const MappedFile> m_file;
    std::span<const std::byte> m_bytes;
    std::string m_subject;
    std::string m_folder;
    std::map<std::string, Record, std::less<>> m_records;
};

} // namespace graft
