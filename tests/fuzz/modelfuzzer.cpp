// The fuzzer of one file format (projects and label files, for names that end so): opens what libFuzzer makes up as graft opens a file, and
// ends the program when memory grows past the promise (4 × the file's size + 256 MiB) or an error is not one sentence. Run by run.sh beside
// this file, which sets GRAFT_FUZZ_NAME to the name of the file, for formats that go by it, and GRAFT_FUZZ_ZIP to 1 where what libFuzzer
// makes up are the records of a zip archive (ziprecords.h), not its bytes.
#include "data/datasetfiles.h"
#include "document/project.h"
#include "formats/format.h"
#include "fuzzed.h"
#include "graph/analysis.h"
#include "ziprecords.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>

namespace {

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
        if (!file.labels || file.labels->size() != found->trainClasses.size()
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
    watchMemory();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool isZip = std::getenv("GRAFT_FUZZ_ZIP") != nullptr;
    const std::string content = isZip ? zipOfRecords({data, size}) : std::string(reinterpret_cast<const char *>(data), size);
    std::ofstream(filePath(), std::ios::binary | std::ios::trunc) << content;
    const MemoryLimit limit(content.size());
    if (filePath().extension() == ".graft")
        readProject();
    else if (filePath().extension() == ".csv")
        readLabels();
    else
        readModel();
    return 0;
}
