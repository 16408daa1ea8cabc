#include "data/loader.h"

#include "core/files.h"
#include "core/threadpriority.h"
#include "data/leftout.h"
#include "data/pixelsource.h"
#include "data/random.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <numeric>
#include <thread>

namespace graft {
namespace {

constexpr std::int64_t batchesAhead = 2;
/// What waits for a batch and what computes with the last one share the processors: the threads of a product wait for each other, so that
/// one that has to wait for decoding holds up all of them.
constexpr int nicenessBehindArithmetic = 5;

/// Raised whenever decoding or transforming makes other pixels of the same file, so that nothing that was made of the old ones is used.
constexpr std::uint64_t pixelsVersion = 2;

/// Hands out the memory of batches and takes it back when the last who uses a batch lets it go: filling fresh memory takes time. Any
/// thread.
class BatchMemory : public std::enable_shared_from_this<BatchMemory> {
public:
    /// That of all loaders that there are: those of a run work by turns.
    [[nodiscard]] static std::shared_ptr<BatchMemory> shared()
    {
        static std::mutex mutex;
        static std::weak_ptr<BatchMemory> current;
        const std::lock_guard lock(mutex);
        auto memory = current.lock();
        if (!memory)
            current = memory = std::make_shared<BatchMemory>();
        return memory;
    }
    /// At least that many bytes of any content. Throws std::bad_alloc.
    [[nodiscard]] std::shared_ptr<std::vector<std::byte>> take(std::size_t size)
    {
        auto memory = std::make_unique<std::vector<std::byte>>();
        {
            const std::lock_guard lock(m_mutex);
            if (!m_spare.empty()) {
                *memory = std::move(m_spare.back());
                m_spare.pop_back();
            }
        }
        if (memory->size() < size) {
            *memory = {}; // before more is taken
            memory->resize(size);
        }
        return {memory.release(), [home = weak_from_this()](std::vector<std::byte> *given) {
                    const std::unique_ptr<std::vector<std::byte>> back(given);
                    if (const auto pool = home.lock())
                        pool->keep(std::move(*back));
                }};
    }

private:
    void keep(std::vector<std::byte> memory)
    {
        const std::lock_guard lock(m_mutex);
        if (m_spare.size() < 2)
            m_spare.push_back(std::move(memory));
    }
    std::mutex m_mutex;
    std::vector<std::vector<std::byte>> m_spare;
};

/// A batch while workers fill it. Those who work on it share it, so that a pass can be given up at any time.
struct PendingBatch {
    std::vector<std::size_t> samples; ///< in m_samples
    Batch batch; ///< all but the pictures
    std::vector<Digest> contents; ///< of the samples' files, where decoded pictures are kept
    std::vector<std::size_t> toDecode; ///< places of the samples without a record
    std::shared_ptr<std::vector<std::byte>> bytes; ///< a row for each of those
    std::size_t begun = 0; ///< of `toDecode`
    std::size_t missing = 0; ///< of `toDecode`, not done yet
    std::map<std::size_t, Error> failures; ///< by the row of `toDecode`
};

/// Takes what belongs to one sample out of a batch that has it or has nothing of the kind.
template <typename T>
void eraseSample(std::vector<T> &values, std::size_t place, std::size_t samples)
{
    const auto each = static_cast<std::ptrdiff_t>(values.size() / samples);
    const auto begin = values.begin() + each * static_cast<std::ptrdiff_t>(place);
    values.erase(begin, begin + each);
}

class Loader : public BatchSource {
public:
    Loader(std::vector<Sample> samples, LoaderOptions options);
    ~Loader() override;

    void startEpoch(std::uint64_t seed, int epoch) override;
    [[nodiscard]] Result<void> skip(std::int64_t batches) override;
    [[nodiscard]] Result<Batch> next() override;
    [[nodiscard]] std::int64_t sampleCount() const override { return static_cast<std::int64_t>(m_samples.size()); }
    [[nodiscard]] std::int64_t batchCount() const override { return (sampleCount() + m_options.batchSize - 1) / m_options.batchSize; }
    [[nodiscard]] Digest pictureSettings() const override;
    void useRecords(RecordLookup lookup) override;

private:
    /// One sample's work, taken under the lock and done without it.
    struct Task {
        std::shared_ptr<PendingBatch> batch;
        std::size_t row = 0; ///< in the batch's `toDecode`
        std::uint64_t seed = 0;
        int epoch = 0;
    };

    void work();
    [[nodiscard]] bool canPrepare() const; ///< m_mutex is held
    void prepareBatch(std::unique_lock<std::mutex> &lock);
    void fillIn(PendingBatch &pending, int epoch, const RecordLookup &lookup); ///< without the lock, by one thread at a time
    [[nodiscard]] std::optional<Task> takeTask(); ///< m_mutex is held
    void done(const Task &task, const Result<void> &result);
    [[nodiscard]] Result<void> load(const Task &task) const;
    [[nodiscard]] std::shared_ptr<PendingBatch> takeBatch(); ///< the next one, whole; null at the pass's end
    [[nodiscard]] Result<void> leaveOutFailures(PendingBatch &pending);
    void leaveOut(PendingBatch &pending, std::size_t row) const;
    [[nodiscard]] const Digest &contentOf(std::size_t sample);
    [[nodiscard]] SampleKey keyOf(std::size_t sample, int epoch);
    [[nodiscard]] tl::expected<void, std::string> transform(const Task &task, PixelSource &pixels) const;
    [[nodiscard]] bool showsFreshPictures() const { return m_options.augmentation && m_options.augmentation->variants == 0; }
    [[nodiscard]] std::size_t valuesPerPicture() const
    {
        return static_cast<std::size_t>(m_options.preprocessing.crop) * static_cast<std::size_t>(m_options.preprocessing.crop)
            * static_cast<std::size_t>(channelCount(m_options.preprocessing));
    }
    [[nodiscard]] DType pictureType() const { return m_options.asLevels ? DType::UInt8 : DType::Float32; }
    [[nodiscard]] std::size_t bytesPerPicture() const { return valuesPerPicture() * byteSize(pictureType()); }
    /// The value type is that of pictureType().
    template <typename Value>
    [[nodiscard]] tl::expected<void, std::string> transformInto(const Task &task, PixelSource &pixels) const;

    const std::vector<Sample> m_samples;
    const LoaderOptions m_options;
    std::vector<Digest> m_contents; ///< of the samples' files, null while unknown; belongs to who prepares a batch
    LeftOut m_leftOut; ///< belongs to who calls next()
    const std::shared_ptr<BatchMemory> m_memory = BatchMemory::shared();

    std::mutex m_mutex;
    std::condition_variable m_workReady, m_batchReady;
    // All below: guarded by m_mutex.
    std::vector<std::size_t> m_order;
    RecordLookup m_lookup;
    std::deque<std::shared_ptr<PendingBatch>> m_batches; ///< begun and not handed out
    std::int64_t m_batchesBegun = 0, m_batchesHandedOut = 0;
    std::uint64_t m_seed = 0;
    int m_epoch = 0;
    int m_pass = 0; ///< counts passes and skips, so that what was begun for an earlier one is dropped
    bool m_preparing = false;
    bool m_stopping = false;

    std::vector<std::thread> m_workers;
};

Loader::Loader(std::vector<Sample> samples, LoaderOptions options)
    : m_samples(std::move(samples)), m_options(std::move(options)), m_contents(m_samples.size()), m_leftOut(m_samples)
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
    m_workReady.notify_all();
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
        m_batchesBegun = 0;
        m_batchesHandedOut = 0;
        m_seed = seed;
        m_epoch = epoch;
        ++m_pass;
    }
    m_workReady.notify_all();
}

Result<void> Loader::skip(std::int64_t batches)
{
    {
        const std::lock_guard lock(m_mutex);
        m_batches.clear();
        m_batchesBegun = m_batchesHandedOut = std::min(batches, batchCount());
        ++m_pass;
    }
    m_workReady.notify_all();
    return {};
}

Digest Loader::pictureSettings() const
{
    if (showsFreshPictures())
        return {};
    Hasher hasher;
    hasher.add(pixelsVersion).add(std::string_view(toJson(m_options.preprocessing).dump()));
    if (m_options.augmentation) {
        nlohmann::json augmentation = toJson(*m_options.augmentation);
        augmentation.erase("variants"); // the first ones are the same, however many there are
        hasher.add(std::string_view(augmentation.dump()));
    }
    return hasher.digest();
}

void Loader::useRecords(RecordLookup lookup)
{
    const std::lock_guard lock(m_mutex);
    m_lookup = std::move(lookup);
}

Result<Batch> Loader::next()
{
    while (true) {
        const auto pending = takeBatch();
        if (!pending)
            return Batch{};
        if (const auto leftOut = leaveOutFailures(*pending); !leftOut) {
            const std::lock_guard lock(m_mutex);
            m_order.clear();
            m_batches.clear();
            return fail(leftOut.error());
        }
        if (pending->samples.empty())
            continue;
        Batch batch = std::move(pending->batch);
        const std::int64_t crop = m_options.preprocessing.crop;
        if (const auto count = static_cast<std::int64_t>(pending->toDecode.size()); count > 0)
            batch.pictures = Tensor(pictureType(), {count, channelCount(m_options.preprocessing), crop, crop}, std::move(pending->bytes));
        if (m_options.asLevels)
            batch.scales = levelScales(m_options.preprocessing);
        return batch;
    }
}

std::shared_ptr<PendingBatch> Loader::takeBatch()
{
    std::unique_lock lock(m_mutex);
    if (m_order.empty() || m_batchesHandedOut == batchCount())
        return nullptr;
    m_batchReady.wait(lock, [&] { return !m_batches.empty() && m_batches.front()->missing == 0; });
    auto pending = std::move(m_batches.front());
    m_batches.pop_front();
    ++m_batchesHandedOut;
    lock.unlock();
    m_workReady.notify_all();
    return pending;
}

Result<void> Loader::leaveOutFailures(PendingBatch &pending)
{
    // From the last row on, so that the others keep their places; the first failure is the one that is told.
    for (const auto &[row, error] : pending.failures) {
        if (!m_options.leftOut || !LeftOut::isOfOnePicture(error))
            return fail(error);
        const std::size_t sample = pending.samples[pending.toDecode[row]];
        if (m_leftOut.contains(sample))
            continue;
        if (const auto added = m_leftOut.add(sample, error); !added)
            return added;
        m_options.leftOut({m_samples[sample].path, error.message});
    }
    for (auto failure = pending.failures.rbegin(); failure != pending.failures.rend(); ++failure)
        leaveOut(pending, failure->first);
    return {};
}

void Loader::leaveOut(PendingBatch &pending, std::size_t row) const
{
    const std::size_t place = pending.toDecode[row], samples = pending.samples.size();
    eraseSample(pending.batch.labels, place, samples);
    eraseSample(pending.batch.keys, place, samples);
    eraseSample(pending.batch.records, place, samples);
    pending.samples.erase(pending.samples.begin() + static_cast<std::ptrdiff_t>(place));
    pending.toDecode.erase(pending.toDecode.begin() + static_cast<std::ptrdiff_t>(row));
    for (std::size_t i = row; i < pending.toDecode.size(); ++i)
        --pending.toDecode[i];
    const auto rowBytes = static_cast<std::ptrdiff_t>(bytesPerPicture());
    const auto begin = pending.bytes->begin() + rowBytes * static_cast<std::ptrdiff_t>(row);
    std::copy(begin + rowBytes, pending.bytes->end(), begin);
}

void Loader::work()
{
    setThreadNiceness(threadNiceness() + nicenessBehindArithmetic);
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        // Batches first, so that there is always something to decode.
        if (canPrepare()) {
            prepareBatch(lock);
        } else if (const auto task = takeTask()) {
            lock.unlock();
            const auto result = load(*task);
            lock.lock();
            done(*task, result);
        } else {
            m_workReady.wait(lock);
        }
    }
}

bool Loader::canPrepare() const
{
    return !m_preparing && !m_order.empty() && m_batchesBegun < std::min(batchCount(), m_batchesHandedOut + batchesAhead);
}

void Loader::prepareBatch(std::unique_lock<std::mutex> &lock)
{
    m_preparing = true;
    auto pending = std::make_shared<PendingBatch>();
    const std::int64_t begin = m_batchesBegun++ * m_options.batchSize;
    const std::int64_t end = std::min(begin + m_options.batchSize, static_cast<std::int64_t>(m_order.size()));
    pending->samples.assign(m_order.begin() + begin, m_order.begin() + end);
    const int pass = m_pass, epoch = m_epoch;
    const RecordLookup lookup = m_lookup;
    lock.unlock();
    fillIn(*pending, epoch, lookup);
    lock.lock();
    m_preparing = false;
    if (pass == m_pass && !m_order.empty())
        m_batches.push_back(std::move(pending));
    m_workReady.notify_all();
    m_batchReady.notify_all();
}

void Loader::fillIn(PendingBatch &pending, int epoch, const RecordLookup &lookup)
{
    Batch &batch = pending.batch;
    batch.labelSets = m_samples.empty() ? 1 : std::ssize(m_samples.front().labels);
    for (const std::size_t sample : pending.samples) {
        batch.labels.insert(batch.labels.end(), m_samples[sample].labels.begin(), m_samples[sample].labels.end());
        if (m_options.decoded)
            pending.contents.push_back(contentOf(sample));
        // Views are drawn by their key; without them only a lookup asks for it.
        if (showsFreshPictures() || (!m_options.augmentation && !lookup))
            continue;
        batch.keys.push_back(keyOf(sample, epoch));
        if (lookup)
            batch.records.push_back(lookup(batch.keys.back()));
    }
    for (std::size_t place = 0; place < pending.samples.size(); ++place)
        if (batch.records.empty() || batch.records[place].bytes.empty())
            pending.toDecode.push_back(place);
    if (pending.toDecode.size() == pending.samples.size())
        batch.records.clear();
    pending.missing = pending.toDecode.size();
    if (pending.missing == 0)
        return;
    try {
        pending.bytes = m_memory->take(pending.missing * bytesPerPicture());
    } catch (const std::bad_alloc &) {
        pending.bytes = nullptr; // Its samples fail with a sentence each; see load().
    }
}

const Digest &Loader::contentOf(std::size_t sample)
{
    Digest &content = m_contents[sample];
    // A file that cannot be read fails when it is decoded.
    if (content.isNull() && m_options.contents)
        content = m_options.contents->of(m_samples[sample].path);
    else if (content.isNull())
        if (const auto bytes = readText(m_samples[sample].path))
            content = digestOf(*bytes);
    return content;
}

SampleKey Loader::keyOf(std::size_t sample, int epoch)
{
    const Digest &content = contentOf(sample);
    if (!m_options.augmentation)
        return {content, 0};
    // Another one first for each picture, so that an epoch shows all kinds.
    const auto variants = static_cast<std::uint64_t>(m_options.augmentation->variants);
    return {content, static_cast<std::uint32_t>((content.low + static_cast<std::uint64_t>(epoch) - 1) % variants)};
}

std::optional<Loader::Task> Loader::takeTask()
{
    for (const auto &batch : m_batches)
        if (batch->begun < batch->toDecode.size())
            return Task{batch, batch->begun++, m_seed, m_epoch};
    return std::nullopt;
}

void Loader::done(const Task &task, const Result<void> &result)
{
    PendingBatch &batch = *task.batch;
    if (!result)
        batch.failures.emplace(task.row, result.error());
    if (--batch.missing == 0)
        m_batchReady.notify_all();
}

tl::expected<void, std::string> Loader::transform(const Task &task, PixelSource &pixels) const
{
    return m_options.asLevels ? transformInto<std::uint8_t>(task, pixels) : transformInto<float>(task, pixels);
}

template <typename Value>
tl::expected<void, std::string> Loader::transformInto(const Task &task, PixelSource &pixels) const
{
    const std::size_t place = task.batch->toDecode[task.row];
    const std::span<Value> output(reinterpret_cast<Value *>(task.batch->bytes->data()) + task.row * valuesPerPicture(), valuesPerPicture());
    if (!m_options.augmentation)
        return evaluationTransform(pixels, m_options.preprocessing, output);
    auto random = generatorFor(task.seed, static_cast<std::uint64_t>(task.epoch), task.batch->samples[place]);
    if (!showsFreshPictures()) {
        const SampleKey &key = task.batch->batch.keys[place];
        random = generatorFor(key.content.high, key.content.low, key.variant);
    }
    return trainingTransform(pixels, m_options.preprocessing, *m_options.augmentation, random, output);
}

Result<void> Loader::load(const Task &task) const
{
    const std::size_t place = task.batch->toDecode[task.row];
    const std::filesystem::path file = m_samples[task.batch->samples[place]].path;
    if (!task.batch->bytes)
        return fail(ErrorCode::OutOfMemory,
            "There is not enough memory for batches of " + std::to_string(m_options.batchSize) + " pictures; choose a smaller batch.");
    try {
        const auto use = [&](PixelSource &pixels) { return transform(task, pixels); };
        return m_options.decoded ? m_options.decoded->withPixels(file, task.batch->contents[place], use) : withPixels(file, use);
    } catch (const std::exception &error) {
        return fail(ErrorCode::OutOfMemory,
            "'" + file.string() + "' could not be prepared (" + error.what() + "); use a smaller picture or a smaller batch.",
            file.string());
    }
}

} // namespace

std::unique_ptr<BatchSource> makeLoader(std::vector<Sample> samples, LoaderOptions options)
{
    options.batchSize = std::max(options.batchSize, 1);
    if (options.augmentation)
        options.augmentation->variants = std::max(options.augmentation->variants, 0);
    return std::make_unique<Loader>(std::move(samples), std::move(options));
}

} // namespace graft
