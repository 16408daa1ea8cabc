#include "gallery/weightscache.h"
#include "core/cachefolder.h"
#include "core/files.h"
#include "gallery/checksum.h"
#include "gallery/partfolder.h"

namespace graft {
namespace {

namespace fs = std::filesystem;

fs::path remarkFile(const PublishedWeights &weights, const fs::path &folder)
{
    return folder / (weights.fileName() + ".remark");
}

Result<void> copyInto(const fs::path &file, const fs::path &target)
{
    return writeFileAtomically(target, [&](const fs::path &temporary) -> Result<void> {
        std::error_code error;
        fs::copy_file(file, temporary, error);
        if (!error)
            return {};
        if (error == std::errc::no_space_on_device)
            return fail(ErrorCode::DiskFull,
                "The disk is full: there is no room for a copy of '" + file.string() + "'; free some space and try again.", file.string());
        return fail(ErrorCode::FileUnwritable,
            "'" + file.string() + "' cannot be copied to '" + target.string() + "' (" + error.message() + ").", file.string());
    });
}

/// Why a file with this checksum may stand in for the published one.
Result<std::string> remarkFor(const PublishedWeights &weights, const fs::path &file, const std::string &digits)
{
    if (digits.starts_with(weights.checksum))
        return std::string();
    if (auto package = readPublished(weights, file); !package)
        return fail(package.error());
    return "taken from '" + file.filename().string() + "', which fits " + weights.architecture
        + " but is not the published file (its SHA-256 begins with " + digits.substr(0, weights.checksum.size()) + " instead of "
        + weights.checksum + ")";
}

} // namespace

fs::path weightsFolder()
{
    return cacheFolder() / "weights";
}

std::optional<fs::path> cachedFile(const PublishedWeights &weights, const fs::path &folder)
{
    const fs::path file = folder / weights.fileName();
    std::error_code error;
    return fs::is_regular_file(file, error) ? std::optional(file) : std::nullopt;
}

std::string remarkOf(const PublishedWeights &weights, const fs::path &folder)
{
    return readText(remarkFile(weights, folder)).value_or(std::string());
}

std::int64_t bytesKept(const PublishedWeights &weights, const fs::path &folder)
{
    std::error_code error;
    const auto size = fs::file_size(PartFolder::dataFile(weights, folder), error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

Result<void> removeCached(const PublishedWeights &weights, const fs::path &folder)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    const auto part = PartFolder::acquire(weights, folder);
    if (!part)
        return fail(part.error());
    std::error_code error;
    fs::remove(remarkFile(weights, folder), error);
    fs::remove(folder / weights.fileName(), error);
    if (error)
        return fail(ErrorCode::FileUnwritable,
            "'" + (folder / weights.fileName()).string() + "' cannot be removed (" + error.message() + ").", weights.fileName());
    part->remove();
    return {};
}

Result<Adopted> adopt(const PublishedWeights &weights, const fs::path &file, const fs::path &folder, const Cancellation &cancellation)
{
    const auto digits = sha256(file, cancellation);
    if (!digits)
        return fail(digits.error());
    auto remark = remarkFor(weights, file, *digits);
    if (!remark)
        return fail(remark.error());
    if (auto made = makeFolder(folder); !made)
        return fail(made.error());
    const auto part = PartFolder::acquire(weights, folder);
    if (!part)
        return fail(part.error());
    const fs::path target = folder / weights.fileName();
    std::error_code error;
    // The remark stands before the file does, and goes only after it: a file never looks better than it is.
    if (!remark->empty())
        if (auto noted = writeText(remarkFile(weights, folder), *remark); !noted)
            return fail(noted.error());
    if (!fs::equivalent(file, target, error))
        if (auto copied = copyInto(file, target); !copied)
            return fail(copied.error());
    if (remark->empty())
        fs::remove(remarkFile(weights, folder), error);
    part->remove();
    return Adopted{target, *remark};
}

Result<ModelPackage> openPublished(const PublishedWeights &weights, const fs::path &folder,
    const std::function<void(DownloadProgress)> &progress, const Cancellation &cancellation)
{
    const auto file = download(weights, folder, progress, cancellation);
    if (!file)
        return fail(file.error());
    auto package = readPublished(weights, *file);
    if (const std::string remark = remarkOf(weights, folder); package && !remark.empty()) {
        package->origin += ", " + remark;
        package->remarks.push_back("The weights were " + remark + ".");
    }
    return package;
}

} // namespace graft
