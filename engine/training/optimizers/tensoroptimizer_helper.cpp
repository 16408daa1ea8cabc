#include "training/optimizers/tensoroptimizer_helper.h"

#include "nn/torchmodel.h"

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
        if (!update.parameters.empty())
            apply(update, learningRate * group.learningRateFactor, m_steps);
    }
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

} // namespace graft
