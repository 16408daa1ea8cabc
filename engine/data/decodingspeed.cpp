#include "data/decodingspeed.h"

#include <algorithm>
#include <chrono>

namespace graft {

double measureDecoding(const std::vector<Sample> &samples, const Preprocessing &preprocessing, const Augmentation &augmentation,
    const Cancellation &cancellation)
{
    constexpr std::size_t wanted = 9;
    using Clock = std::chrono::steady_clock;
    std::mt19937_64 random(0);
    std::vector<double> seconds;
    for (std::size_t i = 0; i < std::min(wanted, samples.size()) && !cancellation.requested(); ++i) {
        const auto start = Clock::now();
        const auto picture = decodePicture(samples[i * samples.size() / std::min(wanted, samples.size())].path);
        if (!picture)
            continue;
        static_cast<void>(trainingTransform(*picture, preprocessing, augmentation, random));
        seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    if (seconds.empty())
        return 0;
    std::ranges::nth_element(seconds, seconds.begin() + std::ssize(seconds) / 2);
    return seconds[seconds.size() / 2];
}

} // namespace graft
