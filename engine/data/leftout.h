#pragma once
#include "data/dataset.h"

#include <map>

namespace graft {

/// The pictures that turned out unreadable while they were used, and when there are too many of them to go on: more than a tenth, or all of
/// a class. Internal to data/.
class LeftOut {
public:
    explicit LeftOut(const std::vector<Sample> &samples);
    /// Whether an error is about a single picture, so that the others can be used without it.
    [[nodiscard]] static bool isOfOnePicture(const Error &error);
    [[nodiscard]] bool contains(std::size_t sample) const { return m_isOut[sample]; }
    /// The sample is out from now on. DataInvalid when too many are.
    [[nodiscard]] Result<void> add(std::size_t sample, const Error &reason);

private:
    const std::vector<Sample> &m_samples;
    std::vector<bool> m_isOut;
    std::map<std::pair<std::size_t, int>, std::size_t> m_leftPerClass; ///< by label set and class
    std::size_t m_count = 0;
};

} // namespace graft
