#include "data/fileidentity.h"

#include "data/random.h"

#include <chrono>
#include <sys/stat.h>

namespace graft {
namespace {

std::int64_t nanoseconds(const timespec &time)
{
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

} // namespace

FileIdentity identityOf(const struct ::stat &status)
{
    std::uint64_t state = scramble(status.st_ino);
    for (const timespec &time : {status.st_mtim, status.st_ctim})
        state = scramble(state ^ static_cast<std::uint64_t>(nanoseconds(time)));
    return {static_cast<std::uint64_t>(status.st_size), state};
}

std::optional<FileIdentity> identityOf(const std::filesystem::path &file)
{
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return identityOf(status);
}

bool isTooFresh(const struct ::stat &status)
{
    // File systems keep time in steps of up to two seconds.
    constexpr std::int64_t slowestClock = 2'000'000'000;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(status.st_ctim) > nanoseconds(now) - slowestClock;
}

} // namespace graft
