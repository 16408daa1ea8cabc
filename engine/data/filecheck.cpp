#include "data/filecheck.h"

#include "data/headercheck.h"
#include "data/picture.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace graft {
namespace {

namespace fs = std::filesystem;

/// Calls `work(i)` for 0 … count − 1 on all cores; stops early when cancelled.
template <typename Work>
void onAllCores(std::size_t count, const Cancellation &cancellation, Work work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < count && !cancellation.requested(); i = next++)
            work(i);
    };
    std::vector<std::thread> workers;
    for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        workers.emplace_back(run);
    run();
    for (auto &worker : workers)
        worker.join();
}

/// Says how many files are done, one call at a time.
class Reporter {
public:
    Reporter(const std::function<void(const ScanProgress &)> &progress, std::size_t total)
        : m_progress(progress), m_state{0, static_cast<std::int64_t>(total)}
    {
    }
    void oneDone()
    {
        if (!m_progress)
            return;
        const std::lock_guard lock(m_mutex);
        ++m_state.done;
        m_progress(m_state);
    }

private:
    const std::function<void(const ScanProgress &)> &m_progress;
    std::mutex m_mutex;
    ScanProgress m_state;
};

bool isEnough(const FileRecord &record, PictureCheck check)
{
    // What is broken stays broken.
    return record.defect > 0 || record.depth == CheckDepth::Whole || (record.depth == CheckDepth::Header && check == PictureCheck::Header);
}

std::string strangerDefect(const fs::path &file)
{
    return "It is not a picture that Graft reads" + (file.has_extension() ? " (" + file.extension().string() + ")." : std::string("."));
}

/// Checks the files of one folder, each once; any thread.
class FileChecker {
public:
    FileChecker(const fs::path &folder, const std::vector<FoundFile> &files, PictureCheck check)
        : m_folder(folder), m_files(files), m_check(check), m_verdicts(files.size()), m_records(files.size()),
          m_known(files.size() >= DatasetIndex::leastFiles ? DatasetIndex::read(folder) : DatasetIndex(folder))
    {
    }

    void check(std::size_t i)
    {
        FileVerdict &verdict = m_verdicts[i];
        verdict.checked = true;
        if (const fs::path file = m_files[i].path; !hasPictureExtension(file)) {
            verdict.defect = std::make_unique<const std::string>(strangerDefect(file));
        } else {
            recall(i);
            if (!isEnough(m_records[i], m_check))
                examine(file, i);
            verdict.fingerprint = m_records[i].fingerprint;
        }
    }

    /// Keeps what was found out, also of a check that was given up.
    void keep()
    {
        if (!m_foundOut || m_files.size() < DatasetIndex::leastFiles)
            return;
        for (std::size_t i = 0; i < m_files.size(); ++i)
            if (!m_verdicts[i].checked)
                recall(i);
        m_known = DatasetIndex(m_folder);
        for (std::size_t i = 0; i < m_files.size(); ++i)
            if (m_records[i].depth != CheckDepth::None && m_records[i].isTooFresh == 0)
                m_known.add(nameWithin(m_folder, m_files[i].path), m_records[i], defectOf(i));
        m_known.write();
    }

    [[nodiscard]] std::vector<FileVerdict> take() { return std::move(m_verdicts); }

private:
    /// Fills in what the index knows of the file as it is now.
    void recall(std::size_t i)
    {
        const auto identity = m_known.size() > 0 ? identityOf(fs::path(m_files[i].path)) : std::nullopt;
        if (!identity)
            return;
        const std::string name = nameWithin(m_folder, m_files[i].path);
        const std::lock_guard lock(m_mutex);
        if (const FileRecord *record = m_known.find(name, *identity)) {
            m_records[i] = *record;
            setDefect(i, m_known.defectOf(*record));
        }
    }

    /// Looks at the file itself.
    void examine(const fs::path &file, std::size_t i)
    {
        m_foundOut = true;
        FileRecord &record = m_records[i];
        if (const auto header = checkHeader(file)) {
            const Digest content = record.identity == header->identity ? record.content : Digest{};
            record = {header->identity, header->fingerprint, content, static_cast<std::uint16_t>(header->width),
                static_cast<std::uint16_t>(header->height)};
            record.isTooFresh = header->isTooFresh ? 1 : 0;
            if (header->isPlausible && m_check == PictureCheck::Header) {
                record.depth = CheckDepth::Header;
                return;
            }
        }
        const auto decoded = checkPicture(file);
        setDefect(i, decoded ? std::string() : decoded.error().message);
        // Short memory may be over next time.
        if (decoded || decoded.error().code == ErrorCode::PictureUnreadable)
            record.depth = CheckDepth::Whole;
    }

    [[nodiscard]] std::string defectOf(std::size_t i) const { return m_verdicts[i].defect ? *m_verdicts[i].defect : std::string(); }
    void setDefect(std::size_t i, std::string defect)
    {
        m_verdicts[i].defect = defect.empty() ? nullptr : std::make_unique<const std::string>(std::move(defect));
    }

    const fs::path &m_folder;
    const std::vector<FoundFile> &m_files;
    const PictureCheck m_check;
    std::vector<FileVerdict> m_verdicts; ///< each written by the thread that checks the file, as its record is
    std::vector<FileRecord> m_records;
    std::atomic<bool> m_foundOut = false;
    std::mutex m_mutex;
    DatasetIndex m_known; ///< guarded by m_mutex
};

} // namespace

std::string nameWithin(const fs::path &folder, const PicturePath &file)
{
    const std::string path = file.string(), beneath = folder.string();
    return path.starts_with(beneath) ? path.substr(beneath.size()) : path;
}

std::vector<FileVerdict> checkFiles(const fs::path &folder, const std::vector<FoundFile> &files, PictureCheck check,
    const std::function<void(const ScanProgress &)> &progress, const Cancellation &cancellation)
{
    FileChecker checker(folder, files, check);
    Reporter reporter(progress, files.size());
    onAllCores(files.size(), cancellation, [&](std::size_t i) {
        checker.check(i);
        reporter.oneDone();
    });
    checker.keep();
    return checker.take();
}

} // namespace graft
