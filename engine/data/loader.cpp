#include "data/loader.h"

#include "data/random.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <new>
#include <numeric>
#include <thread>

namespace graft {
namespace {

constexpr std::int64_t batchesAhead = 4;

/// A batch while workers fill it. Those who work on it share it, so that a pass can be given up at any time.
struct PendingBatch {
    std::shared_ptr<std::vector<std::byte>> bytes;
    std::vector<std::int64_t> labels;
    std::int64_t begin = 0; ///< position of its first sample in the pass
    std::int64_t missing = 0; ///< samples not done yet
    std::int64_t failedPosition = -1; ///< of the first sample that failed, whichever worker was quicker
    Error error;
};

class Loader : public BatchSource {
public:
    Loader(std::vector<Sample> samples, LoaderOptions options);
    ~Loader() override;

    void startEpoch(std::uint64_t seed, int epoch) override;
    [[nodiscard]] Result<Batch> next() override;
    [[nodiscard]] std::int64_t sampleCount() const override { return static_cast<std::int64_t>(m_samples.size()); }
    [[nodiscard]] std::int64_t batchCount() const override { return (sampleCount() + m_options.batchSize - 1) / m_options.batchSize; }

private:
    /// One sample's work, taken under the lock and done without it.
    struct Task {
        std::shared_ptr<PendingBatch> batch;
        std::int64_t position = 0; ///< in the pass
        std::size_t index = 0; ///< in m_samples
        std::uint64_t seed = 0;
        int epoch = 0;
    };

    void work();
    [[nodiscard]] bool hasTask() const; ///< m_mutex is held
    [[nodiscard]] Task takeTask(); ///< m_mutex is held
    [[nodiscard]] std::shared_ptr<PendingBatch> makeBatch() const; ///< m_mutex is held
    void done(const Task &task, const Result<void> &result);
    [[nodiscard]] Result<void> load(const Task &task) const;
    [[nodiscard]] std::size_t floatsPerPicture() const
    {
        return static_cast<std::size_t>(m_options.preprocessing.crop) * static_cast<std::size_t>(m_options.preprocessing.crop)
            * static_cast<std::size_t>(channelCount(m_options.preprocessing));
    }

    const std::vector<Sample> m_samples;
    const LoaderOptions m_options;

    std::mutex m_mutex;
    std::condition_variable m_taskReady, m_batchReady;
    // All below: guarded by m_mutex.
    std::vector<std::size_t> m_order;
    std::deque<std::shared_ptr<PendingBatch>> m_batches; ///< begun and not handed out
    std::int64_t m_nextPosition = 0;
    std::int64_t m_batchesHandedOut = 0;
    std::uint64_t m_seed = 0;
    int m_epoch = 0;
    bool m_stopping = false;

    std::vector<std::thread> m_workers;
};

Loader::Loader(std::vector<Sample> samples, LoaderOptions options) : m_samples(std::move(samples)), m_options(std::move(options))
{
    const int workers = m_options.workers > 0 ? m_options.workers : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    for (int i = 0; i < workers; ++i)
        m_workers.emplace_back([this] { work(); });
}

Loader::~Loader()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_taskReady.notify_all();
    for (auto &worker : m_workers)
        worker.join();
}

void Loader::startEpoch(std::uint64_t seed, int epoch)
{
    std::vector<std::size_t> order(m_samples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (m_options.shuffle) {
        constexpr std::uint64_t orderStream = ~std::uint64_t{0};
        auto random = generatorFor(seed, static_cast<std::uint64_t>(epoch), orderStream);
        shuffle(order, random);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_order = std::move(order);
        m_batches.clear();
        m_nextPosition = 0;
        m_batchesHandedOut = 0;
        m_seed = seed;
        m_epoch = epoch;
    }
    m_taskReady.notify_all();
}

Result<Batch> Loader::next()
{
    std::unique_lock lock(m_mutex);
    if (m_order.empty() || m_batchesHandedOut == batchCount())
        return Batch{};
    m_batchReady.wait(lock, [&] { return !m_batches.empty() && m_batches.front()->missing == 0; });
    const auto batch = std::move(m_batches.front());
    m_batches.pop_front();
    ++m_batchesHandedOut;
    if (batch->failedPosition >= 0) {
        m_order.clear();
        m_batches.clear();
        return fail(batch->error);
    }
    lock.unlock();
    m_taskReady.notify_all();
    const auto count = static_cast<std::int64_t>(batch->labels.size());
    const std::int64_t crop = m_options.preprocessing.crop;
    return Batch{Tensor(DType::Float32, {count, channelCount(m_options.preprocessing), crop, crop}, std::move(batch->bytes)),
        std::move(batch->labels)};
}

void Loader::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_taskReady.wait(lock, [&] { return m_stopping || hasTask(); });
        if (m_stopping)
            return;
        const Task task = takeTask();
        lock.unlock();
        const auto result = load(task);
        lock.lock();
        done(task, result);
    }
}

bool Loader::hasTask() const
{
    return m_nextPosition < static_cast<std::int64_t>(m_order.size())
        && m_nextPosition / m_options.batchSize < m_batchesHandedOut + batchesAhead;
}

Loader::Task Loader::takeTask()
{
    const std::int64_t position = m_nextPosition++;
    if (position % m_options.batchSize == 0)
        m_batches.push_back(makeBatch());
    return {m_batches.back(), position, m_order[static_cast<std::size_t>(position)], m_seed, m_epoch};
}

std::shared_ptr<PendingBatch> Loader::makeBatch() const
{
    auto batch = std::make_shared<PendingBatch>();
    batch->begin = m_nextPosition - 1;
    const std::int64_t count = std::min<std::int64_t>(m_options.batchSize, static_cast<std::int64_t>(m_order.size()) - batch->begin);
    batch->missing = count;
    for (std::int64_t i = 0; i < count; ++i)
        batch->labels.push_back(m_samples[m_order[static_cast<std::size_t>(batch->begin + i)]].label);
    try {
        batch->bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(count) * floatsPerPicture() * sizeof(float));
    } catch (const std::bad_alloc &) {
        batch->bytes = nullptr; // Its samples fail with a sentence each; see load().
    }
    return batch;
}

void Loader::done(const Task &task, const Result<void> &result)
{
    PendingBatch &batch = *task.batch;
    if (!result && (batch.failedPosition < 0 || task.position < batch.failedPosition)) {
        batch.failedPosition = task.position;
        batch.error = result.error();
    }
    if (--batch.missing == 0)
        m_batchReady.notify_all();
}

Result<void> Loader::load(const Task &task) const
{
    const Sample &sample = m_samples[task.index];
    if (!task.batch->bytes)
        return fail(ErrorCode::OutOfMemory,
            "There is not enough memory for batches of " + std::to_string(m_options.batchSize) + " pictures; choose a smaller batch.");
    const auto slot = static_cast<std::size_t>(task.position - task.batch->begin);
    const std::span<float> output(reinterpret_cast<float *>(task.batch->bytes->data()) + slot * floatsPerPicture(), floatsPerPicture());
    try {
        const auto picture = decodePicture(sample.path);
        if (!picture)
            return fail(picture.error());
        if (m_options.augmentation) {
            auto random = generatorFor(task.seed, static_cast<std::uint64_t>(task.epoch), task.index);
            trainingTransform(*picture, m_options.preprocessing, *m_options.augmentation, random, output);
        } else {
            evaluationTransform(*picture, m_options.preprocessing, output);
        }
        return {};
    } catch (const std::exception &error) {
        return fail(ErrorCode::OutOfMemory,
            "'" + sample.path.string() + "' could not be prepared (" + error.what() + "); use a smaller picture or a smaller batch.",
            sample.path.string());
    }
}

} // namespace

std::unique_ptr<BatchSource> makeLoader(std::vector<Sample> samples, LoaderOptions options)
{
    options.batchSize = std::max(options.batchSize, 1);
    return std::make_unique<Loader>(std::move(samples), std::move(options));
}

} // namespace graft
