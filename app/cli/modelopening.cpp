#include "modelopening.h"
#include "console.h"
#include "demo/demo.h"
#include "graph/preprocessingcheck.h"
#include "graph/preprocessingpresets.h"
#include "interruption.h"

#include <algorithm>

namespace graft::cli {
namespace {

std::function<void(DownloadProgress)> shownOn(ProgressLine &line)
{
    return [&line](DownloadProgress progress) {
        const double done = static_cast<double>(progress.done), total = static_cast<double>(std::max<std::int64_t>(1, progress.total));
        line.show(std::min(1.0, done / total), "downloading " + shortBytes(done) + " of " + shortBytes(total));
    };
}

} // namespace

Result<ModelPackage> openOrDownload(const std::string &reference, const std::string &preprocessing)
{
    ProgressLine line;
    OpenOptions options;
    options.progress = shownOn(line);
    const Interruption interruption([cancellation = options.cancellation] { cancellation.request(); });
    auto package = openModel(reference, options);
    line.clear();
    if (package)
        for (const std::string &remark : package->remarks)
            note(remark);
    if (!package || preprocessing.empty())
        return package;
    const auto chosen = choosePreprocessing(preprocessing, package->preprocessing);
    if (!chosen)
        return fail(chosen.error());
    for (const std::string &doubt : preprocessingDoubts(*chosen, package->preprocessing, package->network.inputShape()))
        note(doubt);
    package->preprocessing = *chosen;
    return package;
}

Result<std::filesystem::path> downloadWithProgress(const PublishedWeights &weights)
{
    ProgressLine line;
    const Cancellation cancellation;
    const Interruption interruption([cancellation] { cancellation.request(); });
    return download(weights, weightsFolder(), shownOn(line), cancellation);
}

} // namespace graft::cli
