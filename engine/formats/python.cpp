#include "core/files.h"
#include "formats/format.h"
#include "formats/support/pythonscript.h"
#include "formats/support/torchzip.h"

namespace graft::fileformats::python {
namespace {

constexpr const char *weightsEnding = "weights.pth";

Result<void> write(const std::filesystem::path &path, const ModelPackage &package, const Attributes &)
{
    if (auto runnable = requireRunnable(package.network); !runnable)
        return runnable;
    const auto analysis = analyse(package.network);
    if (!analysis)
        return fail(analysis.error());
    std::filesystem::path weights = path;
    weights.replace_extension(weightsEnding);
    if (auto written = writeTorchZip(weights, {.tensors = package.weights, .metadata = packageMetadata(package)}); !written)
        return written;
    return writeText(path, pythonScript(package, *analysis, path.filename().string()));
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "python",
        .title = "Python script",
        .extensions = {"py"},
        .recognises = nullptr,
        .read = nullptr,
        .write = write,
        .companions = {weightsEnding}});
}

} // namespace graft::fileformats::python
