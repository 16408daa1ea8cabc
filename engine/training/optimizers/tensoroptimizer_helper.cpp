#include "training/optimizers/tensoroptimizer_helper.h"

#include "nn/torchmodel.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <cassert>

namespace graft {
namespace {

const std::string stepsName = "steps";

std::string slotEntry(std::size_t group, std::size_t parameter, const std::string &slot)
{
    return std::to_string(group) + "." + std::to_string(parameter) + "." + slot;
}

tl::unexpected<Error> stateMismatch(const std::string &entry)
{
    return fail(ErrorCode::WeightsMismatch,
        "The optimizer's saved state does not fit the parameters that train now ('" + entry + "'); start the run anew.", entry);
}

/// Numbers that a thread takes at least: fewer are not worth waking another.
constexpr std::int64_t fewestNumbers = 1 << 15;

bool isPlain(const at::Tensor &tensor)
{
    return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_non_overlapping_and_dense();
}

bool haveOneLayout(const at::Tensor &a, const at::Tensor &b)
{
    for (std::int64_t dimension = 0; dimension < a.dim(); ++dimension)
        if (a.size(dimension) > 1 && a.stride(dimension) != b.stride(dimension))
            return false;
    return true;
}

} // namespace

TensorOptimizer::TensorOptimizer(const std::vector<ParameterGroup> &groups, std::vector<std::string> slotNames)
    : m_slotNames(std::move(slotNames))
{
    for (const ParameterGroup &group : groups) {
        Group own{group.parameters, {}, group.learningRateFactor};
        own.slots.resize(m_slotNames.size());
        for (auto &slot : own.slots)
            for (const at::Tensor &parameter : group.parameters)
                slot.push_back(at::zeros_like(parameter, parameter.options().requires_grad(false)));
        m_groups.push_back(std::move(own));
    }
}

void TensorOptimizer::step(double learningRate)
{
    const at::NoGradGuard noGradients;
    ++m_steps;
    for (const Group &group : m_groups) {
        Update update;
        update.slots.resize(group.slots.size());
        for (std::size_t i = 0; i < group.parameters.size(); ++i) {
            if (!group.parameters[i].grad().defined())
                continue;
            update.parameters.push_back(group.parameters[i]);
            update.gradients.push_back(group.parameters[i].grad());
            for (std::size_t slot = 0; slot < group.slots.size(); ++slot)
                update.slots[slot].push_back(group.slots[slot][i]);
        }
        if (std::ranges::all_of(update.parameters, isPlain))
            applyInOnePass(update, learningRate * group.learningRateFactor);
        else
            apply(update, learningRate * group.learningRateFactor, m_steps);
    }
}

void TensorOptimizer::applyInOnePass(Update &update, double learningRate) const
{
    std::vector<std::int64_t> ends; // of each tensor in the row of all
    std::vector<stepkernels::Stretch> whole;
    for (std::size_t i = 0; i < update.parameters.size(); ++i) {
        const at::Tensor &parameter = update.parameters[i];
        at::Tensor &gradient = update.gradients[i];
        if (!isPlain(gradient) || !haveOneLayout(parameter, gradient))
            gradient = at::empty_like(parameter).copy_(gradient);
        stepkernels::Stretch stretch{parameter.numel(), parameter.data_ptr<float>(), gradient.data_ptr<float>(), {}};
        assert(update.slots.size() <= stretch.slots.size());
        for (std::size_t slot = 0; slot < update.slots.size(); ++slot)
            stretch.slots[slot] = update.slots[slot][i].data_ptr<float>();
        whole.push_back(stretch);
        ends.push_back((ends.empty() ? 0 : ends.back()) + stretch.count);
    }
    at::parallel_for(0, ends.empty() ? 0 : ends.back(), fewestNumbers, [&](std::int64_t first, std::int64_t last) {
        for (auto i = static_cast<std::size_t>(std::ranges::upper_bound(ends, first) - ends.begin()); first < last; ++i) {
            const std::int64_t from = first - (ends[i] - whole[i].count), count = std::min(last, ends[i]) - first;
            stepkernels::Stretch part{count, whole[i].parameters + from, whole[i].gradients + from, whole[i].slots};
            for (float *&slot : part.slots)
                slot = slot ? slot + from : nullptr;
            apply(part, learningRate, m_steps);
            first += count;
        }
    });
}

void TensorOptimizer::zeroGradients()
{
    for (const Group &group : m_groups)
        for (const at::Tensor &parameter : group.parameters)
            parameter.mutable_grad() = at::Tensor();
}

StateDict TensorOptimizer::state() const
{
    StateDict state;
    state.set(stepsName, Tensor::fromInt64s({1}, std::span(&m_steps, 1)));
    for (std::size_t g = 0; g < m_groups.size(); ++g)
        for (std::size_t slot = 0; slot < m_slotNames.size(); ++slot)
            for (std::size_t i = 0; i < m_groups[g].parameters.size(); ++i)
                state.set(slotEntry(g, i, m_slotNames[slot]), fromTorch(m_groups[g].slots[slot][i]));
    return state;
}

Result<void> TensorOptimizer::loadState(const StateDict &state)
{
    const at::NoGradGuard noGradients;
    const Tensor *steps = state.find(stepsName);
    if (!steps || steps->type() != DType::Int64 || steps->elementCount() != 1)
        return stateMismatch(stepsName);
    std::size_t expected = 1;
    for (std::size_t g = 0; g < m_groups.size(); ++g)
        for (std::size_t slot = 0; slot < m_slotNames.size(); ++slot)
            for (std::size_t i = 0; i < m_groups[g].parameters.size(); ++i) {
                const std::string entry = slotEntry(g, i, m_slotNames[slot]);
                const Tensor *saved = state.find(entry);
                const at::Tensor &target = m_groups[g].slots[slot][i];
                if (!saved || saved->type() != DType::Float32 || at::IntArrayRef(saved->shape()) != target.sizes())
                    return stateMismatch(entry);
                target.copy_(toTorch(*saved));
                ++expected;
            }
    if (state.size() != expected)
        return stateMismatch(state.entries().back().first);
    m_steps = toTorch(*steps).item<std::int64_t>();
    return {};
}

bool TensorOptimizer::isFinite() const
{
    for (const Group &group : m_groups)
        for (const auto &slot : group.slots)
            if (!std::ranges::all_of(slot, graft::isFinite))
                return false;
    return true;
}

} // namespace graft
