// The fuzzer of one file format (projects and label files, for names that end so): opens what libFuzzer makes up as graft opens a file, and
// ends the program when memory grows past the promise (4 × the file's size + 256 MiB) or an error is not one sentence. Run by run.sh beside
// this file, which sets GRAFT_FUZZ_NAME  the name of the file, for formats that go by it GRAFT_FUZZ_ZIP   1: what libFuzzer makes up are
// the records of a zip archive (ziprecords.h), not its bytes
#include "core/files.h"
#include "data/datasetfiles.h"
#include "document/project.h"
#include "formats/format.h"
#include "graph/analysis.h"
#include "ziprecords.h"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <sanitizer/allocator_interface.h>
#include <unistd.h>

namespace {

constexpr std::ptrdiff_t allowance = std::ptrdiff_t{256} << 20;
std::atomic<std::ptrdiff_t> inUse = 0; // since the input came; what is older may go meanwhile
std::atomic<std::ptrdiff_t> limit = PTRDIFF_MAX;

[[noreturn]] void stop(const char *what)
{
    std::fprintf(stderr, "modelfuzzer: %s\n", what);
    std::abort();
}

void onAllocation(const volatile void *, std::size_t size)
{
    const auto bytes = static_cast<std::ptrdiff_t>(size);
    if (inUse.fetch_add(bytes, std::memory_order_relaxed) + bytes > limit.load(std::memory_order_relaxed)) {
        limit = PTRDIFF_MAX;
        stop("more memory than 4 × the file's size + 256 MiB");
    }
}

void onRelease(const volatile void *block)
{
    if (block)
        inUse.fetch_sub(
            static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(const_cast<const void *>(block))), std::memory_order_relaxed);
}

/// Where the made-up files lie: in memory, one for each process.
const std::filesystem::path &filePath()
{
    static const std::filesystem::path path = [] {
        const char *name = std::getenv("GRAFT_FUZZ_NAME");
        const auto folder = std::filesystem::path("/dev/shm") / ("graft-fuzz-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        return folder / (name ? name : "model.bin");
    }();
    return path;
}

void checkSentence(const graft::Error &error)
{
    if (error.message.empty() || error.message.size() > 4000 || error.message.back() != '.'
        || error.message.find('\n') != std::string::npos)
        stop(("no sentence: " + error.message).c_str());
}

void readModel()
{
    const auto package = graft::readModel(filePath());
    if (package)
        static_cast<void>(graft::problems(package->network));
    else
        checkSentence(package.error());
}

void readProject()
{
    const auto project = graft::readProject(filePath());
    if (project)
        static_cast<void>(graft::problems(project->package.network));
    else
        checkSentence(project.error());
}

void readLabels()
{
    const auto found = graft::findDatasetFiles(filePath().parent_path(), {});
    if (!found)
        return checkSentence(found.error());
    for (const graft::BrokenFile &line : found->unreadable)
        checkSentence({graft::ErrorCode::DataInvalid, line.reason, {}});
    for (const graft::FoundFile &file : found->files)
        if (file.labels.size() != found->trainClasses.size()
            || !std::filesystem::path(file.path).lexically_normal().string().starts_with(filePath().parent_path().string() + "/"))
            stop("a file out of the folder, or without a label for each set");
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    // What is made once, on first use, is not the file's.
    static_cast<void>(graft::formats());
    std::ofstream(filePath()) << "nothing";
    static_cast<void>(graft::readModel(filePath()));
    __sanitizer_install_malloc_and_free_hooks(onAllocation, onRelease);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool isZip = std::getenv("GRAFT_FUZZ_ZIP") != nullptr;
    const std::string content = isZip ? zipOfRecords({data, size}) : std::string(reinterpret_cast<const char *>(data), size);
    std::ofstream(filePath(), std::ios::binary | std::ios::trunc) << content;
    inUse = 0;
    limit = 4 * static_cast<std::ptrdiff_t>(content.size()) + allowance;
    if (filePath().extension() == ".graft")
        readProject();
    else if (filePath().extension() == ".csv")
        readLabels();
    else
        readModel();
    limit = PTRDIFF_MAX;
    return 0;
}
