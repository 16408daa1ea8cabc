#include "gallery/checksum.h"
#include "gallery/partfolder.h"
#include "gallery/weightscache.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t roomForHeaders = 16 << 20; // bytes
constexpr std::int64_t worthwhile = 1 << 20; // bytes: a try that brought so many was not in vain
constexpr std::chrono::milliseconds glance{100};

std::string addressOf(const PublishedWeights &weights)
{
    const char *mirror = std::getenv("GRAFT_WEIGHTS_MIRROR");
    if (!mirror || *mirror == '\0')
        return weights.address;
    const std::string folder = mirror;
    return folder + (folder.ends_with('/') ? "" : "/") + weights.fileName();
}

/// The ways out, for sentences about a server that does not do its part.
Error withAdvice(Error error, const PublishedWeights &weights)
{
    if (error.code == ErrorCode::Unreachable)
        error.message += "; try again later, or fetch " + weights.address
            + " by other means and hand it over («I already have the file», or graft-cli gallery adopt " + weights.reference() + " FILE).";
    return error;
}

/// Sleeps; false when it was cancelled.
bool rest(std::chrono::milliseconds time, const Cancellation &cancellation)
{
    for (auto left = time; left.count() > 0 && !cancellation.requested(); left -= glance)
        std::this_thread::sleep_for(std::min(left, glance));
    return !cancellation.requested();
}

Error cancelled(const PublishedWeights &weights)
{
    return {ErrorCode::Cancelled, "The download of " + weights.reference() + " was stopped.", weights.reference()};
}

/// One download under its lock.
class Download {
public:
    Download(const PublishedWeights &weights, PartFolder folder, fs::path target, const std::function<void(DownloadProgress)> &progress,
        const Cancellation &cancellation, const DownloadLimits &limits)
        : m_weights(weights), m_address(addressOf(weights)), m_folder(std::move(folder)), m_target(std::move(target)), m_progress(progress),
          m_cancellation(cancellation), m_limits(limits), m_part(m_folder.read(m_address))
    {
    }

    Result<fs::path> run()
    {
        bool again = m_part.bytes > 0; // pieces from different days may not fit together: then all of it once more
        while (true) {
            if (auto fetched = fetch(); !fetched)
                return fail(withAdvice(fetched.error(), m_weights));
            auto right = hasRightChecksum();
            if (!right)
                return fail(right.error());
            if (*right)
                return keep();
            startAgain();
            if (!std::exchange(again, false))
                return fail(wrongFile());
        }
    }

private:
    Result<void> fetch()
    {
        int inVain = 0;
        while (true) {
            if (m_part.total > 0 && m_part.bytes == m_part.total)
                return {}; // an earlier try ended just before the file was kept
            const std::int64_t before = m_part.bytes;
            const TransferResult result = transfer(m_address, m_part, m_weights.aboutBytes + m_weights.aboutBytes / 4 + roomForHeaders,
                {[this] { return m_folder.note(m_address, m_part); }, [this] { report(); }}, m_cancellation, m_limits);
            if (result.end == TransferEnd::Complete)
                return {};
            if (result.end == TransferEnd::Failed)
                return fail(result.error);
            inVain = m_part.bytes - before >= worthwhile ? 0 : inVain + 1;
            if (inVain >= m_limits.attempts)
                return fail(result.error);
            if (result.end == TransferEnd::Changed)
                startAgain();
            else if (!rest(m_limits.pause, m_cancellation))
                return fail(cancelled(m_weights));
        }
    }

    void report() const
    {
        if (m_progress)
            m_progress({m_part.bytes, m_part.total > 0 ? m_part.total : std::max(m_weights.aboutBytes, m_part.bytes)});
    }

    void startAgain()
    {
        std::error_code ignored;
        fs::remove(m_part.path, ignored);
        m_part = {m_part.path, 0, 0, {}};
    }

    Result<bool> hasRightChecksum()
    {
        m_digits.clear();
        auto digits = sha256(m_part.path, m_cancellation);
        if (!digits)
            return fail(digits.error());
        m_digits = *digits;
        return m_digits.starts_with(m_weights.checksum);
    }

    [[nodiscard]] Error wrongFile() const
    {
        return {ErrorCode::FileCorrupt,
            m_address + " sent a file that is not the published one (its SHA-256 begins with "
                + m_digits.substr(0, m_weights.checksum.size()) + " instead of " + m_weights.checksum
                + "), so it was removed; try again later, or get the file elsewhere and choose «I already have the file».",
            m_address};
    }

    Result<fs::path> keep()
    {
        auto kept = writeFileAtomically(m_target, [this](const fs::path &temporary) -> Result<void> {
            std::error_code error;
            fs::rename(m_part.path, temporary, error);
            if (error)
                return fail(ErrorCode::FileUnwritable,
                    "'" + m_target.string() + "' cannot be written (" + error.message() + "); change the permissions of its folder.",
                    m_target.string());
            return {};
        });
        if (!kept)
            return fail(kept.error());
        m_folder.remove();
        return m_target;
    }

    const PublishedWeights &m_weights;
    std::string m_address;
    PartFolder m_folder;
    fs::path m_target;
    const std::function<void(DownloadProgress)> &m_progress;
    const Cancellation &m_cancellation;
    const DownloadLimits &m_limits;
    PartialFile m_part;
    std::string m_digits;
};

} // namespace

Result<fs::path> download(const PublishedWeights &weights, const fs::path &folder, const std::function<void(DownloadProgress)> &progress,
    const Cancellation &cancellation, const DownloadLimits &limits)
{
    if (auto cached = cachedFile(weights, folder))
        return *cached;
    if (auto made = makeFolder(folder); !made)
        return fail(made.error());
    while (true) {
        auto part = PartFolder::acquire(weights, folder);
        if (auto cached = cachedFile(weights, folder)) { // another Graft was quicker
            if (part)
                part->remove();
            return *cached;
        }
        if (part)
            return Download(weights, std::move(*part), folder / weights.fileName(), progress, cancellation, limits).run();
        if (part.error().code != ErrorCode::Busy)
            return fail(part.error());
        if (progress)
            progress({bytesKept(weights, folder), weights.aboutBytes});
        if (!rest(glance, cancellation))
            return fail(cancelled(weights));
    }
}

} // namespace graft
