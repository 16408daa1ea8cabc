#pragma once
#include "evaluation/evaluation.h"

#include <span>

namespace graft {

/// Adds up a classifier's answers and makes the figures of them. Classes are indices 0 … K − 1 of answers and truths alike.
class FigureCounter {
public:
    explicit FigureCounter(std::size_t classes);
    /// One picture's K logits, all finite, and its class.
    void add(std::span<const float> logits, std::size_t truth);
    [[nodiscard]] SetEvaluation figures(const std::vector<std::string> &classNames) const;

private:
    std::vector<std::vector<std::int64_t>> m_confusion; ///< [truth][prediction]
    std::int64_t m_samples = 0;
    std::int64_t m_amongFive = 0;
    double m_loss = 0;
};

} // namespace graft
