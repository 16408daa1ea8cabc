#include "benchdata.h"

#include "data/loader.h"

#include <chrono>

namespace graft::cli {

Result<std::vector<double>> benchDecode(const DataBenchOptions &options)
{
    const auto dataset = scanDataset(options.folder);
    if (!dataset)
        return fail(dataset.error());
    Split parts = split(*dataset);
    LoaderOptions loaderOptions;
    loaderOptions.workers = options.threads;
    loaderOptions.shuffle = options.training;
    if (options.training)
        loaderOptions.augmentation = Augmentation{};
    const auto loader = makeLoader(std::move(options.training ? parts.train : parts.validation), std::move(loaderOptions));
    std::vector<double> runs;
    for (int run = 0; run < options.runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        loader->startEpoch(0, run + 1);
        std::int64_t pictures = 0;
        for (bool more = true; more;) {
            const auto batch = loader->next();
            if (!batch)
                return fail(batch.error());
            pictures += static_cast<std::int64_t>(batch->labels.size());
            more = !batch->labels.empty();
        }
        runs.push_back(static_cast<double>(pictures) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return runs;
}

} // namespace graft::cli
