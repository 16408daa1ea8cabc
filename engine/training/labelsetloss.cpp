#include "training/labelsetloss.h"

#include "training/cudasupport.h"

#include <algorithm>

namespace graft {

LabelSetLoss::Labels LabelSetLoss::upload(const Batch &batch, at::Device device) const
{
    const auto sets = static_cast<std::int64_t>(std::max<std::size_t>(m_sets.size(), 1));
    std::vector<std::int64_t> known(static_cast<std::size_t>(sets), 0);
    for (std::size_t place = 0; place < batch.labels.size(); ++place)
        known[place % known.size()] += batch.labels[place] >= 0 ? 1 : 0;
    return {cudasupport::upload(at::tensor(batch.labels).view({-1, sets}), device), std::move(known)};
}

at::Tensor LabelSetLoss::perSet(const at::Tensor &logits, const Labels &labels, double labelSmoothing) const
{
    std::vector<at::Tensor> losses;
    for (const ClassRange &range : classRanges(m_sets, logits.size(1))) {
        const auto set = static_cast<std::int64_t>(losses.size());
        const auto known = static_cast<double>(std::max<std::int64_t>(labels.known[losses.size()], 1));
        const at::Tensor sum = at::cross_entropy_loss(
            logits.narrow(1, range.first, range.count), labels.indices.select(1, set), {}, at::Reduction::Sum, -1, labelSmoothing);
        losses.push_back(sum / known);
    }
    return at::stack(losses);
}

at::Tensor LabelSetLoss::correct(const at::Tensor &logits, const Labels &labels) const
{
    std::vector<at::Tensor> counts;
    for (const ClassRange &range : classRanges(m_sets, logits.size(1))) {
        const at::Tensor answers = logits.narrow(1, range.first, range.count).argmax(1);
        counts.push_back(answers.eq(labels.indices.select(1, static_cast<std::int64_t>(counts.size()))).sum().to(at::kFloat));
    }
    return at::stack(counts);
}

} // namespace graft
