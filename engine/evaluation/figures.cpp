#include "evaluation/figures.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

/// −log of the share that softmax gives to the truth.
double crossEntropy(std::span<const float> logits, std::size_t truth)
{
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(logit - largest);
    return std::log(sum) + largest - logits[truth];
}

/// How many classes stand before the truth; of equal ones the first stands first.
std::size_t rankOf(std::span<const float> logits, std::size_t truth)
{
    std::size_t rank = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        rank += logits[i] > logits[truth] || (logits[i] == logits[truth] && i < truth) ? 1 : 0;
    return rank;
}

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

} // namespace

FigureCounter::FigureCounter(std::size_t classes) : m_confusion(classes, std::vector<std::int64_t>(classes)) { }

void FigureCounter::add(std::span<const float> logits, std::size_t truth)
{
    const auto prediction = static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
    ++m_confusion[truth][prediction];
    ++m_samples;
    m_amongFive += rankOf(logits, truth) < 5 ? 1 : 0;
    m_loss += crossEntropy(logits, truth);
}

SetEvaluation FigureCounter::figures(const std::vector<std::string> &classNames) const
{
    SetEvaluation evaluation;
    evaluation.samples = m_samples;
    evaluation.confusion = m_confusion;
    evaluation.top5 = share(m_amongFive, m_samples);
    evaluation.loss = m_samples > 0 ? m_loss / static_cast<double>(m_samples) : 0;
    std::int64_t right = 0;
    for (std::size_t i = 0; i < m_confusion.size(); ++i) {
        std::int64_t samples = 0, predicted = 0;
        for (std::size_t j = 0; j < m_confusion.size(); ++j) {
            samples += m_confusion[i][j];
            predicted += m_confusion[j][i];
        }
        const std::int64_t hits = m_confusion[i][i];
        right += hits;
        // F1 = 2 × hits / (predicted + samples), the harmonic mean of precision and recall.
        evaluation.perClass.push_back(
            {classNames[i], samples, share(hits, predicted), share(hits, samples), share(2 * hits, predicted + samples)});
    }
    evaluation.accuracy = share(right, m_samples);
    return evaluation;
}

} // namespace graft
