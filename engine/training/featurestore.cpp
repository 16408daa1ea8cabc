#include "training/featurestore.h"

#include <algorithm>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <unistd.h>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestSegment = 64 << 20;
constexpr std::size_t fewestSlots = 16;

/// Removes a file that is no whole segment, unless someone is just making it.
void removeDamaged(const fs::path &file, const FeatureSet &set)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (descriptor < 0)
        return;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && !FeatureSegment::open(file, set.key(), set.recordBytes()))
        ::unlink(file.c_str());
    ::close(descriptor);
}

std::string newName()
{
    std::random_device random;
    return hex({std::uint64_t{random()} << 32 | random(), std::uint64_t{random()} << 32 | random()}) + segmentExtension;
}

} // namespace

FeatureStore::FeatureStore(FeatureCacheSettings settings, FeatureSet set, std::int64_t wanted)
    : m_settings(std::move(settings)), m_set(std::move(set)), m_wanted(wanted)
{
    if (auto opened = openSetFolder(m_set, m_settings.folder); !opened)
        giveUp(opened.error().message);
    openSegments();
}

void FeatureStore::openSegments()
{
    std::error_code error;
    for (fs::directory_iterator file(folderOf(m_set, m_settings.folder), error), end; !error && file != end; file.increment(error)) {
        const fs::path &path = file->path();
        if (path.extension() != segmentExtension || std::ranges::find(m_files, path) != m_files.end())
            continue;
        auto segment = FeatureSegment::open(path, m_set.key(), m_set.recordBytes());
        if (!segment) {
            removeDamaged(path, m_set);
            continue;
        }
        {
            const std::unique_lock lock(m_mutex);
            m_segments.push_back(std::make_unique<FeatureSegment>(std::move(*segment)));
            m_files.push_back(path);
        }
        takeNew(m_segments.size() - 1);
    }
}

void FeatureStore::takeNew(std::size_t segment)
{
    const auto found = m_segments[segment]->takeNew();
    const std::unique_lock lock(m_mutex);
    for (const auto &[key, slot] : found)
        m_index.insert_or_assign(key, Place{segment, slot});
}

void FeatureStore::refresh()
{
    for (std::size_t segment = 0; segment < m_segments.size(); ++segment)
        if (segment != m_writing)
            takeNew(segment);
    openSegments();
}

std::vector<std::byte> FeatureStore::find(const SampleKey &key) const
{
    const std::shared_lock lock(m_mutex);
    const auto place = m_index.find(key);
    if (place == m_index.end())
        return {};
    return m_segments[place->second.segment]->read({key, place->second.slot});
}

void FeatureStore::add(const SampleKey &key, std::span<const std::byte> record)
{
    if (!m_keeps || key.content.isNull() || !find(key).empty() || !findRoom())
        return;
    const auto appended = m_segments[*m_writing]->append(key, record);
    if (!appended)
        return giveUp(appended.error().message);
    const std::unique_lock lock(m_mutex);
    m_index.insert_or_assign(key, Place{*m_writing, appended->slot});
}

bool FeatureStore::findRoom()
{
    if (m_writing && !m_segments[*m_writing]->isFull())
        return true;
    m_writing.reset();
    for (std::size_t segment = 0; segment < m_segments.size() && !m_writing; ++segment)
        if (m_segments[segment]->lockForWriting()) {
            takeNew(segment); // what another process wrote before it let go
            if (!m_segments[segment]->isFull())
                m_writing = segment;
        }
    if (m_writing)
        return true;
    if (auto made = makeSegment(); !made) {
        giveUp(made.error().message);
        return false;
    }
    return true;
}

Result<void> FeatureStore::makeSegment()
{
    const std::size_t most = std::max<std::size_t>(1, largestSegment / std::max<std::size_t>(1, m_set.recordBytes()));
    const auto missing = static_cast<std::size_t>(std::max<std::int64_t>(0, m_wanted - static_cast<std::int64_t>(m_index.size())));
    const std::size_t slots = std::clamp(std::max(missing, static_cast<std::size_t>(m_wanted) / 8), std::min(fewestSlots, most), most);
    if (!makeRoom(m_settings, m_set, static_cast<std::int64_t>(FeatureSegment::fileBytes(m_set.recordBytes(), slots))))
        return fail(ErrorCode::DiskFull,
            "The feature cache in '" + m_settings.folder.string()
                + "' has reached its limit, so that what does not fit is computed again in every epoch; raise the limit or choose fewer "
                  "variants per picture.",
            m_settings.folder.string());
    // The cache may have been cleared meanwhile.
    if (auto opened = openSetFolder(m_set, m_settings.folder); !opened)
        return opened;
    const fs::path file = folderOf(m_set, m_settings.folder) / newName();
    auto segment = FeatureSegment::create(file, m_set.key(), m_set.recordBytes(), slots);
    if (!segment)
        return fail(segment.error());
    const std::unique_lock lock(m_mutex);
    m_segments.push_back(std::make_unique<FeatureSegment>(std::move(*segment)));
    m_files.push_back(file);
    m_writing = m_segments.size() - 1;
    return {};
}

void FeatureStore::giveUp(std::string sentence)
{
    m_keeps = false;
    m_problem = std::move(sentence);
}

} // namespace graft
