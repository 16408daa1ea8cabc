#include "evaluation/modelexport.h"

#include "core/files.h"
#include "graph/adapters.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace graft {
namespace {

namespace fs = std::filesystem;

/// A hidden folder beside a file, where that file is made under its own name; goes away with what is left in it.
class Workshop {
public:
    static Result<Workshop> beside(const fs::path &path)
    {
        const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
        std::string name = (folder / ".graft-export-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            return fail(ErrorCode::FileUnwritable,
                "'" + path.string() + "' cannot be written (" + std::strerror(errno)
                    + "); choose another folder or change its permissions.",
                path.string());
        return Workshop(name);
    }
    Workshop(Workshop &&other) noexcept : m_folder(std::move(other.m_folder)) { other.m_folder.clear(); }
    Workshop &operator=(Workshop &&) = delete;
    ~Workshop()
    {
        std::error_code ignored;
        if (!m_folder.empty())
            fs::remove_all(m_folder, ignored);
    }
    [[nodiscard]] const fs::path &folder() const { return m_folder; }

private:
    explicit Workshop(fs::path folder) : m_folder(std::move(folder)) { }
    fs::path m_folder;
};

/// The error of a file in the workshop, said of the file that was asked for.
Error aboutTarget(Error error, const fs::path &workshop, const fs::path &target)
{
    const std::string inside = workshop.string() + "/", outside = target.has_parent_path() ? target.parent_path().string() + "/" : "";
    for (std::string *text : {&error.message, &error.subject})
        for (auto at = text->find(inside); at != std::string::npos; at = text->find(inside, at + outside.size()))
            text->replace(at, inside.size(), outside);
    return error;
}

/// Takes the place of `target`, whole or not at all.
Result<void> moveTo(const fs::path &from, const fs::path &target)
{
    return writeFileAtomically(target, [&](const fs::path &temporary) -> Result<void> {
        std::error_code error;
        fs::rename(from, temporary, error);
        if (error)
            return fail(ErrorCode::FileUnwritable, "'" + target.string() + "' cannot be written (" + error.message() + "); try again.",
                target.string());
        return {};
    });
}

/// The companions come first: a file that is there has all that it needs.
Result<void> moveAll(std::vector<fs::path> from, std::vector<fs::path> to)
{
    for (std::size_t i = from.size(); i-- > 0;)
        if (auto moved = moveTo(from[i], to[i]); !moved)
            return moved;
    return {};
}

} // namespace

fs::path failedCheckName(const fs::path &path)
{
    return path.parent_path() / (path.stem().string() + ".failed-check" + path.extension().string());
}

std::vector<fs::path> exportedFiles(const fs::path &path, const Format &format)
{
    std::vector<fs::path> files = {path};
    for (const std::string &ending : format.companions)
        files.push_back(path.parent_path() / (path.stem().string() + "." + ending));
    return files;
}

Result<ExportOutcome> exportModel(const ModelPackage &package, const ExportRequest &request, const Cancellation &cancellation)
{
    const auto format = writableFormat(request.formatName);
    if (!format)
        return fail(format.error());
    const auto options = completeOptions(**format, request.options);
    if (!options)
        return fail(options.error());
    if (!request.path.has_filename() || fs::is_directory(request.path))
        return fail(
            ErrorCode::FileUnwritable, "'" + request.path.string() + "' is a folder; add the name of a file.", request.path.string());
    if (request.mergesAdapters && hasLora(package.network)) {
        ExportRequest plain = request;
        plain.mergesAdapters = false;
        ModelPackage merged = package;
        if (const auto folded = mergeAdapters(merged.network, merged.weights); !folded)
            return fail(folded.error());
        return exportModel(merged, plain, cancellation);
    }
    const auto workshop = Workshop::beside(request.path);
    if (!workshop)
        return fail(workshop.error());
    const fs::path made = workshop->folder() / request.path.filename();
    if (auto written = (*format)->write(made, package, *options); !written)
        return fail(aboutTarget(written.error(), workshop->folder(), request.path));
    ExportOutcome outcome{.path = request.path, .bytes = 0, .check = {}};
    if (request.check) {
        auto report = checkExport(made, **format, *options, package, request.pictures, cancellation);
        if (!report)
            return fail(report.error());
        report->remark = aboutTarget({{}, report->remark, {}}, workshop->folder(), request.path).message;
        outcome.check = std::move(*report);
    }
    if (cancellation.requested())
        return fail(ErrorCode::Cancelled, "The export was stopped; nothing was written.", request.path.string());
    if (!outcome.passed())
        outcome.path = failedCheckName(request.path);
    const auto files = exportedFiles(made, **format);
    for (const fs::path &file : files)
        outcome.bytes += fs::file_size(file);
    if (auto moved = moveAll(files, exportedFiles(outcome.path, **format)); !moved)
        return fail(moved.error());
    return outcome;
}

} // namespace graft
