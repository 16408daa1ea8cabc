#include "data/decodedcache.h"

#include "core/cachefolder.h"
#include "core/files.h"
#include "core/temporaryname.h"
#include "data/decodedfile.h"

#include <algorithm>
#include <cstring>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace graft {
namespace {

namespace fs = std::filesystem;

const std::string extension = ".decoded";
/// Decoding all of a larger one would take too much memory at a time.
constexpr std::int64_t mostPixels = 40'000'000;

/// The cache may lie in a folder of the person's own: what bears another name is not touched.
bool isOurs(std::string name)
{
    if (const std::string whole = nameBehindTemporary(name); !whole.empty())
        name = whole;
    return name.size() == 32 + extension.size() && name.ends_with(extension) && !digestFromHex(name.substr(0, 32)).isNull();
}

struct KeptFile {
    fs::path path;
    std::int64_t bytes = 0;
    std::time_t used = 0;
};

std::vector<KeptFile> keptFiles(const fs::path &folder)
{
    std::vector<KeptFile> result;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        struct stat status { };
        if (isOurs(file->path().filename().string()) && ::lstat(file->path().c_str(), &status) == 0 && S_ISREG(status.st_mode))
            result.push_back({file->path(), status.st_size, status.st_mtim.tv_sec});
    }
    return result;
}

std::int64_t sumOfBytes(const std::vector<KeptFile> &files)
{
    std::int64_t sum = 0;
    for (const KeptFile &file : files)
        sum += file.bytes;
    return sum;
}

} // namespace

fs::path defaultDecodedFolder()
{
    return cacheFolder() / "decoded";
}

std::int64_t defaultDecodedLimit(const fs::path &folder)
{
    return sensibleCacheLimit(folder, decodedCacheBytes(folder));
}

std::int64_t decodedCacheBytes(const fs::path &folder)
{
    return sumOfBytes(keptFiles(folder));
}

Result<void> clearDecodedCache(const fs::path &folder)
{
    for (const KeptFile &kept : keptFiles(folder)) {
        std::error_code error;
        fs::remove(kept.path, error);
        if (error)
            return fail(ErrorCode::FileUnwritable,
                "'" + kept.path.string() + "' cannot be removed (" + error.message() + "); remove the folder's files by hand.",
                kept.path.string());
    }
    return {};
}

DecodedCache::DecodedCache(DecodedCacheSettings settings, int viewSide)
    : m_settings(std::move(settings)), m_viewSide(viewSide), m_opened(std::time(nullptr))
{
    if (auto made = makeFolder(m_settings.folder); !made)
        giveUp("Decoded pictures are not kept, so that they are decoded in every epoch: " + made.error().message);
    m_held = sumOfBytes(keptFiles(m_settings.folder));
    m_limit = m_settings.limitBytes > 0 ? m_settings.limitBytes : sensibleCacheLimit(m_settings.folder, m_held);
}

fs::path DecodedCache::fileOf(const Digest &content) const
{
    return m_settings.folder / (hex(content) + extension);
}

Result<void> DecodedCache::withPixels(const fs::path &file, const Digest &content, const Use &use)
{
    if (content.isNull())
        return graft::withPixels(file, use);
    if (const auto kept = DecodedFile::open(fileOf(content), content, m_viewSide)) {
        kept->markUsed(m_opened);
        if (use(*kept))
            return {};
    }
    return withPictureFile(file, [&](std::span<const std::byte> bytes) -> tl::expected<void, std::string> {
        auto source = EncodedSource::open(bytes);
        if (!source)
            return tl::unexpected(source.error());
        const std::int64_t size = WholePicture::bytesOf(*source, m_viewSide);
        // The file may have changed since its content was known.
        if (std::int64_t{source->width()} * source->height() > mostPixels || digestOf(bytes) != content || !findRoom(size))
            return use(*source);
        auto whole = WholePicture::decode(*source, m_viewSide);
        if (whole)
            keep(content, *whole);
        {
            const std::lock_guard lock(m_mutex);
            m_unwritten -= size;
        }
        return whole ? use(*whole) : use(*source);
    });
}

void DecodedCache::keep(const Digest &content, const WholePicture &picture)
{
    if (const int error = DecodedFile::write(fileOf(content), content, picture); error != 0)
        giveUp("No more decoded pictures can be kept in '" + m_settings.folder.string() + "' (" + std::strerror(error)
            + "), so that what is missing is decoded in every epoch; make room or choose another folder for them.");
}

bool DecodedCache::findRoom(std::int64_t bytes)
{
    if (!m_keeps)
        return false;
    {
        const std::lock_guard lock(m_mutex);
        // Looked through now and then, because other processes add to it too.
        if (m_held + bytes > m_limit || m_added > m_limit / 16) {
            auto files = keptFiles(m_settings.folder);
            std::ranges::sort(files, {}, &KeptFile::used);
            m_held = sumOfBytes(files) + m_unwritten;
            m_added = 0;
            for (const KeptFile &file : files) {
                std::error_code error;
                if (m_held + bytes <= m_limit || file.used >= m_opened)
                    break;
                if (fs::remove(file.path, error))
                    m_held -= file.bytes;
            }
        }
        if (m_held + bytes <= m_limit) {
            m_held += bytes;
            m_added += bytes;
            m_unwritten += bytes;
            return true;
        }
    }
    giveUp("The decoded pictures in '" + m_settings.folder.string()
        + "' have reached their limit, so that what does not fit is decoded in every epoch; raise the limit or choose another folder.");
    return false;
}

void DecodedCache::giveUp(std::string sentence)
{
    const std::lock_guard lock(m_mutex);
    if (m_keeps.exchange(false))
        m_problem = std::move(sentence);
}

std::string DecodedCache::takeProblem()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_problem, {});
}

} // namespace graft
