#include "training/setfigures.h"

#include <algorithm>

namespace graft {

void add(std::vector<SetFigures> &sums, const std::vector<SetFigures> &more)
{
    sums.resize(std::max(sums.size(), more.size()));
    for (std::size_t set = 0; set < more.size(); ++set) {
        sums[set].loss += more[set].loss;
        sums[set].correct += more[set].correct;
        sums[set].samples += more[set].samples;
    }
}

Metrics metricsOf(const std::vector<SetFigures> &sums, const std::vector<LabelSet> &sets)
{
    Metrics metrics;
    double judged = 0;
    for (std::size_t set = 0; set < sums.size(); ++set) {
        const SetFigures &figures = sums[set];
        const bool isJudged = figures.samples > 0;
        const double loss = isJudged ? figures.loss / figures.samples : 0, accuracy = isJudged ? figures.correct / figures.samples : 0;
        metrics.loss += loss;
        metrics.accuracy += accuracy;
        judged += isJudged ? 1 : 0;
        if (set < sets.size())
            metrics.labelSets.push_back({sets[set].name, loss, accuracy});
    }
    metrics.accuracy /= std::max(judged, 1.0);
    return metrics;
}

} // namespace graft
