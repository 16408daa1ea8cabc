#include "data/leftout.h"

namespace graft {

LeftOut::LeftOut(const std::vector<Sample> &samples) : m_samples(samples), m_isOut(samples.size())
{
    for (const Sample &sample : samples)
        for (std::size_t set = 0; set < sample.labels.size(); ++set)
            if (sample.labels[set] >= 0)
                ++m_leftPerClass[{set, sample.labels[set]}];
}

bool LeftOut::isOfOnePicture(const Error &error)
{
    return error.code == ErrorCode::PictureUnreadable || error.code == ErrorCode::FileNotFound || error.code == ErrorCode::FileUnreadable;
}

Result<void> LeftOut::add(std::size_t sample, const Error &reason)
{
    if (m_isOut[sample])
        return {};
    m_isOut[sample] = true;
    ++m_count;
    const bool tooMany = m_count * 10 > m_samples.size();
    bool wholeClass = false;
    const std::vector<int> &labels = m_samples[sample].labels;
    for (std::size_t set = 0; set < labels.size(); ++set)
        wholeClass = (labels[set] >= 0 && --m_leftPerClass[{set, labels[set]}] == 0) || wholeClass;
    if (!tooMany && !wholeClass)
        return {};
    const std::string folder = m_samples[sample].path.parent_path().string();
    const std::string what = wholeClass ? "No picture of the class in '" + folder + "' can be read"
                                        : std::to_string(m_count) + " of " + std::to_string(m_samples.size()) + " pictures cannot be read";
    return fail(ErrorCode::DataInvalid, what + "; check the folder and its disk. The last one: " + reason.message, reason.subject);
}

} // namespace graft
