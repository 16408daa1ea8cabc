#pragma once
#include "training/batchsource.h"

#include <filesystem>
#include <optional>
#include <span>

namespace graft {

/// One file of a feature cache: a fixed number of slots of one size, memory-mapped. Its space is reserved when it is made and its size
/// never changes; a slot is seen once its entry, which is written last, is whole; what a crash left half-done is skipped. Any number of
/// processes read a file while one writes it. What does not belong to `key`, is damaged or has shrunk gives no record, never a crash.
///
/// Layout, little-endian: header (magic, version, slots, bytes of a record, key, checksum of these) in 64 bytes; an entry of 40 bytes for
/// each slot (sample's content and variant, checksum of the record, checksum of the entry); from the next multiple of 4096 on the records,
/// each at a multiple of 64.
class FeatureSegment {
public:
    /// Empty for a file that is no whole segment of that key.
    [[nodiscard]] static std::optional<FeatureSegment> open(const std::filesystem::path &file, const Digest &key, std::size_t recordBytes);
    /// Makes a new file with all its space, locked for writing. DiskFull, FileUnwritable.
    [[nodiscard]] static Result<FeatureSegment> create(
        const std::filesystem::path &file, const Digest &key, std::size_t recordBytes, std::size_t slots);
    [[nodiscard]] static std::size_t fileBytes(std::size_t recordBytes, std::size_t slots);
    FeatureSegment(FeatureSegment &&other) noexcept;
    FeatureSegment &operator=(FeatureSegment &&other) noexcept;
    ~FeatureSegment();

    struct Found {
        SampleKey key;
        std::size_t slot = 0;
    };
    /// The slots filled since the last call, by whomever. One thread.
    [[nodiscard]] std::vector<Found> takeNew();
    /// The record in a slot; empty when it is not what was written. Any thread.
    [[nodiscard]] std::vector<std::byte> read(const Found &found) const;

    /// Whether this process may write from now on: no other does, and there is a free slot. (What others wrote before comes with
    /// takeNew().)
    [[nodiscard]] bool lockForWriting();
    [[nodiscard]] bool isFull() const { return m_filled == m_slots; }
    [[nodiscard]] std::size_t filled() const { return m_filled; }
    /// Fills the next slot; the file must be locked for writing and not full.
    [[nodiscard]] Result<Found> append(const SampleKey &key, std::span<const std::byte> record);

private:
    FeatureSegment() = default;
    [[nodiscard]] bool map();
    [[nodiscard]] bool isWhole() const; ///< the file has not shrunk since it was mapped
    [[nodiscard]] std::size_t recordOffset(std::size_t slot) const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    const std::byte *m_data = nullptr;
    std::size_t m_bytes = 0; ///< of the file
    std::size_t m_recordBytes = 0, m_slots = 0;
    std::size_t m_filled = 0; ///< slots that takeNew() or append() have passed
};

} // namespace graft
