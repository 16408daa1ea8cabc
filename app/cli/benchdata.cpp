#include "benchdata.h"

#include "data/datasetindex.h"
#include "data/loader.h"

#include <chrono>
#include <sys/resource.h>

namespace graft::cli {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Takes all batches of a pass; how many pictures there were.
Result<std::int64_t> drain(BatchSource &loader, int epoch)
{
    loader.startEpoch(0, epoch);
    for (std::int64_t pictures = 0;;) {
        const auto batch = loader.next();
        if (!batch)
            return fail(batch.error());
        if (batch->labels.empty())
            return pictures;
        pictures += batch->pictures.shape().front();
    }
}

Result<std::vector<double>> passes(std::vector<Sample> samples, LoaderOptions loaderOptions, const DataBenchOptions &options)
{
    loaderOptions.workers = options.threads;
    const auto loader = makeLoader(std::move(samples), std::move(loaderOptions));
    std::vector<double> runs;
    for (int run = 0; run < options.runs; ++run) {
        const auto start = Clock::now();
        const auto pictures = drain(*loader, run + 1);
        if (!pictures)
            return fail(pictures.error());
        runs.push_back(static_cast<double>(*pictures) / secondsSince(start));
    }
    return runs;
}

} // namespace

Result<std::vector<double>> benchDecoding(const DataBenchOptions &options)
{
    const auto dataset = scanDataset(options.folder);
    if (!dataset)
        return fail(dataset.error());
    LoaderOptions training;
    training.augmentation = Augmentation{};
    training.augmentation->variants = 0;
    training.shuffle = true;
    return passes(split(*dataset).train, std::move(training), options);
}

Result<std::vector<double>> benchDecodingForEvaluation(const DataBenchOptions &options)
{
    const auto dataset = scanDataset(options.folder);
    return dataset ? passes(split(*dataset).validation, {}, options) : fail(dataset.error());
}

Result<std::vector<double>> benchIndexing(const DataBenchOptions &options)
{
    std::error_code ignored;
    std::filesystem::remove(DatasetIndex::fileFor(options.folder), ignored);
    std::vector<double> runs;
    for (int run = 0; run < options.runs; ++run) {
        const auto start = Clock::now();
        const auto dataset = scanDataset(options.folder);
        if (!dataset)
            return fail(dataset.error());
        LoaderOptions training;
        training.augmentation = Augmentation{};
        static_cast<void>(makeLoader(split(*dataset).train, std::move(training)));
        runs.push_back(secondsSince(start) * 1000);
    }
    return runs;
}

double peakMemory()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

} // namespace graft::cli
