#include "graph/compare.h"

#include "graph/editsupport.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace graft {
namespace {

using Matches = std::map<LayerId, LayerId>;

/// The value that counts: the layer's own or the default; nothing when the type has no such attribute.
std::optional<AttributeValue> valueOf(const Layer &layer, const std::string &name)
{
    if (const auto own = layer.attributes.find(name); own != layer.attributes.end())
        return own->second;
    const LayerType *type = layerTypes().find(layer.type);
    const AttributeSchema *schema = type ? findSchema(*type, name) : nullptr;
    return schema ? std::optional(schema->defaultValue) : std::nullopt;
}

std::vector<AttributeDifference> attributeDifferences(const Layer &left, const Layer &right)
{
    std::vector<std::string> names;
    for (const Layer *layer : {&left, &right}) {
        if (const LayerType *type = layerTypes().find(layer->type))
            for (const AttributeSchema &schema : type->schema)
                if (std::ranges::find(names, schema.name) == names.end())
                    names.push_back(schema.name);
        for (const auto &[name, value] : layer->attributes)
            if (std::ranges::find(names, name) == names.end())
                names.push_back(name);
    }
    std::vector<AttributeDifference> result;
    for (const std::string &name : names) {
        AttributeDifference difference{name, valueOf(left, name), valueOf(right, name)};
        if (difference.left != difference.right)
            result.push_back(std::move(difference));
    }
    return result;
}

/// Finds out which layers stand for each other.
class Matcher {
public:
    Matcher(const Network &left, const Network &right) : m_left(left), m_right(right) { }

    [[nodiscard]] Matches match()
    {
        if (!m_left.empty() && !m_right.empty())
            pair(m_left.layers().front(), m_right.layers().front());
        std::unordered_map<std::string_view, const Layer *> byName;
        for (const Layer &layer : m_right.layers())
            byName.emplace(layer.name, &layer);
        for (const Layer &layer : m_left.layers())
            if (const auto found = byName.find(layer.name); found != byName.end())
                pair(layer, *found->second);
        for (const Layer &layer : m_left.layers())
            if (!m_matches.contains(layer.id))
                if (const Layer *other = structuralTwin(layer))
                    pair(layer, *other);
        return std::move(m_matches);
    }

private:
    void pair(const Layer &left, const Layer &right)
    {
        if (m_matches.contains(left.id) || m_taken.contains(right.id))
            return;
        m_matches.emplace(left.id, right.id);
        m_taken.insert(right.id);
    }

    /// A layer of the right that nothing stands for yet, of the same type, with the same attributes, behind the same layers.
    [[nodiscard]] const Layer *structuralTwin(const Layer &layer) const
    {
        std::vector<LayerId> inputs;
        for (const LayerId input : layer.inputs) {
            const auto match = m_matches.find(input);
            if (match == m_matches.end())
                return nullptr;
            inputs.push_back(match->second);
        }
        for (const Layer &other : m_right.layers())
            if (other.type == layer.type && !m_taken.contains(other.id) && other.inputs == inputs
                && attributeDifferences(layer, other).empty())
                return &other;
        return nullptr;
    }

    const Network &m_left, &m_right;
    Matches m_matches;
    std::set<LayerId> m_taken;
};

std::vector<std::string> inputNames(const Network &network, const Layer &layer)
{
    std::vector<std::string> names;
    for (const LayerId input : layer.inputs)
        names.push_back(network.find(input)->name);
    return names;
}

bool takesTheSame(const Layer &left, const Layer &right, const Matches &matches)
{
    return std::ranges::equal(left.inputs, right.inputs, [&](LayerId one, LayerId other) {
        const auto match = matches.find(one);
        return match != matches.end() && match->second == other;
    });
}

LayerDifference oneSided(DifferenceKind kind, const Layer &layer)
{
    LayerDifference difference;
    difference.kind = kind;
    const bool isAdded = kind == DifferenceKind::Added;
    (isAdded ? difference.right : difference.left) = layer.id;
    (isAdded ? difference.rightName : difference.leftName) = layer.name;
    (isAdded ? difference.rightType : difference.leftType) = layer.type;
    return difference;
}

std::optional<LayerDifference> changeOf(
    const Network &leftNetwork, const Layer &left, const Network &rightNetwork, const Layer &right, const Matches &matches)
{
    LayerDifference difference{DifferenceKind::Changed, left.id, right.id, left.name, right.name, left.type, right.type,
        attributeDifferences(left, right), {}, {}, !takesTheSame(left, right, matches), left.frozen != right.frozen, std::nullopt};
    if (difference.isRewired) {
        difference.leftInputs = inputNames(leftNetwork, left);
        difference.rightInputs = inputNames(rightNetwork, right);
    }
    if (left.learningRateFactor != right.learningRateFactor)
        difference.learningRateFactors = {left.learningRateFactor, right.learningRateFactor};
    const bool isChanged = left.name != right.name || left.type != right.type || !difference.attributes.empty() || difference.isRewired
        || difference.isRefrozen || difference.learningRateFactors;
    return isChanged ? std::optional(std::move(difference)) : std::nullopt;
}

/// Where each added layer goes in the list: behind the left layer that stands for the one before it.
std::map<LayerId, std::vector<LayerDifference>> addedBehind(const Network &right, const Matches &matches)
{
    Matches back;
    for (const auto &[one, other] : matches)
        back.emplace(other, one);
    std::map<LayerId, std::vector<LayerDifference>> added;
    LayerId before;
    for (const Layer &layer : right.layers())
        if (const auto match = back.find(layer.id); match != back.end())
            before = match->second;
        else
            added[before].push_back(oneSided(DifferenceKind::Added, layer));
    return added;
}

void measure(TensorDifference &difference, const Tensor &left, const Tensor &right)
{
    difference.isEqual = left == right;
    if (left.shape() != right.shape())
        return;
    if (difference.isEqual) {
        difference.relativeChange = difference.largestChange = 0.0;
        return;
    }
    const std::vector<float> before = left.toFloats(), after = right.toFloats();
    double change = 0, norm = 0, largest = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double step = static_cast<double>(after[i]) - before[i];
        change += step * step;
        norm += static_cast<double>(before[i]) * before[i];
        largest = std::isnan(step) ? step : std::max(largest, std::abs(step)); // stays NaN
    }
    const double infinite = std::numeric_limits<double>::infinity();
    difference.relativeChange = change == 0 ? 0 : norm == 0 ? infinite : std::sqrt(change / norm);
    difference.largestChange = largest;
}

} // namespace

NetworkDifference compareNetworks(const Network &left, const Network &right)
{
    const Matches matches = Matcher(left, right).match();
    auto added = addedBehind(right, matches);
    NetworkDifference result;
    const auto append = [&](LayerId behind) {
        const auto found = added.find(behind);
        if (found != added.end())
            result.layers.insert(result.layers.end(), found->second.begin(), found->second.end());
    };
    append(LayerId());
    for (const Layer &layer : left.layers()) {
        const auto match = matches.find(layer.id);
        if (match == matches.end()) {
            result.layers.push_back(oneSided(DifferenceKind::Removed, layer));
        } else {
            result.matches.emplace_back(layer.id, match->second);
            if (auto change = changeOf(left, layer, right, *right.find(match->second), matches))
                result.layers.push_back(std::move(*change));
        }
        append(layer.id);
    }
    const auto output = matches.find(left.output());
    result.hasOtherOutput = left.empty() ? !right.empty() : output == matches.end() || output->second != right.output();
    return result;
}

std::vector<TensorDifference> compareWeights(
    const StateDict &left, const StateDict &right, const std::function<std::string(const std::string &)> &rightNameOf)
{
    std::vector<TensorDifference> result;
    std::set<std::string, std::less<>> seen;
    for (const auto &[name, tensor] : left.entries()) {
        const std::string other = rightNameOf ? rightNameOf(name) : name;
        const Tensor *match = right.find(other);
        TensorDifference difference{match ? DifferenceKind::Changed : DifferenceKind::Removed, name, match ? other : std::string(),
            tensor.shape(), match ? match->shape() : Shape(), false, std::nullopt, std::nullopt};
        if (match) {
            seen.insert(other);
            measure(difference, tensor, *match);
        }
        result.push_back(std::move(difference));
    }
    for (const auto &[name, tensor] : right.entries())
        if (!seen.contains(name))
            result.push_back({DifferenceKind::Added, {}, name, {}, tensor.shape(), false, std::nullopt, std::nullopt});
    return result;
}

ModelDifference compareModels(const ModelPackage &left, const ModelPackage &right)
{
    ModelDifference result;
    result.network = compareNetworks(left.network, right.network);
    std::map<LayerId, LayerId> matches(result.network.matches.begin(), result.network.matches.end());
    const TensorOwners owners(left.network);
    result.tensors = compareWeights(left.weights, right.weights, [&](const std::string &name) {
        const Layer *owner = owners.of(name);
        const auto match = owner ? matches.find(owner->id) : matches.end();
        return match == matches.end() ? name : right.network.find(match->second)->name + name.substr(owner->name.size());
    });
    result.hasOtherPreprocessing = left.preprocessing != right.preprocessing;
    result.hasOtherClasses = left.classNames != right.classNames || left.labelSets != right.labelSets;
    return result;
}

} // namespace graft
