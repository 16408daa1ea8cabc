#include "data/drawnpictures.h"

#include "core/files.h"
#include "data/drawncanvas.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace graft {
namespace {

const std::vector<drawn::Subject> &subjectsOf(DrawnSet set)
{
    static const std::vector<drawn::Subject> pretraining = [] {
        auto all = drawn::shapeSubjects();
        for (const auto &more : {drawn::patternSubjects(), drawn::glyphSubjects()})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    static const std::vector<drawn::Subject> demo = drawn::objectSubjects();
    return set == DrawnSet::Pretraining ? pretraining : demo;
}

/// One picture to write.
struct Task {
    std::filesystem::path path;
    std::size_t classIndex = 0;
    std::uint64_t index = 0;
};

std::string numbered(int number)
{
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + ".png";
}

/// The first failure of several workers.
class FirstError {
public:
    void note(const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failed.exchange(true))
            m_error = error;
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] const Error &error() const { return m_error; } ///< when all workers have ended

private:
    std::mutex m_mutex;
    std::atomic<bool> m_failed = false;
    Error m_error;
};

Result<void> drawAll(const std::vector<Task> &tasks, DrawnSet set, int size, const Cancellation &cancellation)
{
    std::atomic<std::size_t> next = 0;
    FirstError failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < tasks.size() && !failure.failed(); i = next++) {
            if (cancellation.requested())
                failure.note({ErrorCode::Cancelled, "Drawing the pictures was stopped.", {}});
            else if (const auto written = writePicture(tasks[i].path, drawPicture(set, tasks[i].classIndex, tasks[i].index, size));
                     !written)
                failure.note(written.error());
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        workers.emplace_back(work);
    for (auto &worker : workers)
        worker.join();
    if (failure.failed())
        return fail(failure.error());
    return {};
}

} // namespace

const std::vector<std::string> &drawnClasses(DrawnSet set)
{
    const auto namesOf = [](DrawnSet which) {
        std::vector<std::string> names;
        for (const auto &subject : subjectsOf(which))
            names.push_back(subject.name);
        return names;
    };
    static const auto pretraining = namesOf(DrawnSet::Pretraining), demo = namesOf(DrawnSet::Demo);
    return set == DrawnSet::Pretraining ? pretraining : demo;
}

Picture drawPicture(DrawnSet set, std::size_t classIndex, std::uint64_t index, int size)
{
    prepareOpenCv();
    auto random = generatorFor(set == DrawnSet::Pretraining ? 1 : 2, classIndex, index);
    return pictureOf(drawn::compose(subjectsOf(set).at(classIndex), size, random));
}

Result<void> writeDrawnDataset(const std::filesystem::path &folder, DrawnSet set, int trainPerClass, int validationPerClass, int size,
    const Cancellation &cancellation)
{
    std::vector<Task> tasks;
    const auto &classes = drawnClasses(set);
    for (std::size_t i = 0; i < classes.size(); ++i)
        for (int part = 0; part < 2; ++part) {
            const auto place = folder / (part == 0 ? "train" : "val") / classes[i];
            if (const auto made = makeFolder(place); !made)
                return fail(made.error());
            const int first = part == 0 ? 0 : trainPerClass, count = part == 0 ? trainPerClass : validationPerClass;
            for (int n = 0; n < count; ++n)
                tasks.push_back({place / numbered(n), i, static_cast<std::uint64_t>(first + n)});
        }
    return drawAll(tasks, set, size, cancellation);
}

} // namespace graft
