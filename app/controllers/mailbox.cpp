#include "controllers/mailbox.h"

namespace graft {

void TrainingMailbox::stepDone(const MetricSample &sample)
{
    const std::lock_guard lock(m_mutex);
    m_news.samples.push_back(sample);
}

void TrainingMailbox::progressChanged(const Progress &progress)
{
    const std::lock_guard lock(m_mutex);
    m_news.progress = progress;
}

void TrainingMailbox::gradientsMeasured(const GradientNorms &norms)
{
    const std::lock_guard lock(m_mutex);
    m_news.gradients = norms;
}

void TrainingMailbox::noteMade(const std::string &sentence)
{
    const std::lock_guard lock(m_mutex);
    m_news.notes.push_back(sentence);
}

void TrainingMailbox::epochDone(const EpochResult &epoch)
{
    const std::lock_guard lock(m_mutex);
    m_news.epochs.push_back(epoch);
}

void TrainingMailbox::finished(const TrainingResult &result)
{
    const std::lock_guard lock(m_mutex);
    m_result = result;
}

TrainingResult TrainingMailbox::result()
{
    const std::lock_guard lock(m_mutex);
    return m_result;
}

TrainingNews TrainingMailbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_news, {});
}

} // namespace graft
