#include "graph/edits.h"

#include "graph/adapters.h"
#include "graph/limits.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace graft {
namespace {

bool matchesGlob(std::string_view text, std::string_view pattern)
{
    // The usual linear walk: on a mismatch, let the last star swallow one more character.
    std::size_t at = 0, in = 0, star = std::string_view::npos, resume = 0;
    while (at < text.size()) {
        if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at]) && pattern[in] != '*') {
            ++at;
            ++in;
        } else if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            resume = at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

bool matches(std::string_view name, std::string_view pattern)
{
    return pattern.find_first_of("*?") == std::string_view::npos ? isInBlock(name, pattern) : matchesGlob(name, pattern);
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// The layer or block whose name is most like the pattern.
std::string nearestName(const Network &network, std::string_view pattern)
{
    std::set<std::string_view> names;
    for (const Layer &layer : network.layers())
        for (std::string_view name = layer.name; !name.empty(); name = parentBlock(name))
            names.insert(name);
    const auto nearest = std::ranges::min_element(names, {}, [&](std::string_view name) { return editDistance(name, pattern); });
    return nearest == names.end() ? std::string() : std::string(*nearest);
}

std::vector<std::string_view> splitAtCommas(std::string_view text)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        const auto first = part.find_first_not_of(" \t");
        part = first == std::string_view::npos ? std::string_view() : part.substr(first, part.find_last_not_of(" \t") - first + 1);
        parts.push_back(part);
        if (comma == std::string_view::npos)
            return parts;
        text.remove_prefix(comma + 1);
    }
}

/// The head that training from a frozen trunk adapts: the classifier, what follows it, and Dropout that feeds it. The other layers
/// without parameters behave the same frozen or not.
Result<std::vector<LayerId>> headLayers(const Network &network)
{
    const auto classifiers = outputClassifiers(network);
    if (classifiers.empty())
        return fail(ErrorCode::NetworkInvalid,
            "This network has no classifier layer at its end (a Linear, or a 1 × 1 Conv2d), so there is no head; name the layers to "
            "freeze instead.");
    std::vector<LayerId> head;
    for (const LayerId id : classifiers) {
        const Layer &classifier = *network.find(id);
        const Layer *source = network.find(classifier.inputs.front());
        for (; source && source->type == "Dropout" && source->inputs.size() == 1; source = network.find(source->inputs.front()))
            head.push_back(source->id);
        // A head that was built by a plan is new as a whole.
        const std::string block = classifier.name.substr(0, classifier.name.find('.'));
        if (block != classifier.name && (block == "head" || block.starts_with("head_")))
            head = layersInBlock(network, block);
        head.push_back(id);
    }
    for (const Layer &layer : network.layers())
        if (isAdapterLayer(layer))
            head.push_back(layer.id);
    for (const LayerId id : classifiers)
        for (const LayerId behind : descendants(network, id))
            head.push_back(behind);
    return head;
}

template <typename Wanted>
std::vector<LayerId> layersThat(const Network &network, Wanted isWanted)
{
    std::vector<LayerId> result;
    for (const Layer &layer : network.layers())
        if (isWanted(layer))
            result.push_back(layer.id);
    return result;
}

} // namespace

std::vector<LayerId> layersOfType(const Network &network, std::string_view type)
{
    return layersThat(network, [type](const Layer &layer) { return layer.type == type; });
}

std::vector<LayerId> layersOfCategory(const Network &network, std::string_view category)
{
    return layersThat(network, [category](const Layer &layer) {
        const LayerType *type = layerTypes().find(layer.type);
        return type && type->category == category;
    });
}

std::vector<LayerId> layersInBlock(const Network &network, std::string_view block)
{
    return layersThat(network, [block](const Layer &layer) { return isInBlock(layer.name, block); });
}

Result<std::vector<LayerId>> matchLayers(const Network &network, const std::string &pattern)
{
    std::vector<bool> chosen(network.layers().size(), false);
    for (const std::string_view part : splitAtCommas(pattern)) {
        bool found = false;
        for (std::size_t index = 0; !part.empty() && index < chosen.size(); ++index)
            if (matches(network.layers()[index].name, part))
                chosen[index] = found = true;
        if (!found)
            return fail(ErrorCode::SettingInvalid,
                "No layer or block is named '" + std::string(part) + "'; the nearest is '" + nearestName(network, part) + "'.", pattern);
    }
    std::vector<LayerId> result;
    for (std::size_t index = 0; index < chosen.size(); ++index)
        if (chosen[index])
            result.push_back(network.layers()[index].id);
    return result;
}

void setFrozen(Network &network, const std::vector<LayerId> &layers, bool frozen)
{
    for (const LayerId id : layers)
        if (Layer *layer = network.find(id))
            layer->frozen = frozen;
}

Result<void> freeze(Network &network, const std::string &setting)
{
    std::vector<LayerId> everything;
    for (const Layer &layer : network.layers())
        everything.push_back(layer.id);
    if (setting == "none") {
        setFrozen(network, everything, false);
        return {};
    }
    const bool allButHead = setting == "all-but-head";
    const auto named = allButHead ? headLayers(network) : matchLayers(network, setting);
    if (!named)
        return fail(named.error());
    setFrozen(network, everything, allButHead);
    setFrozen(network, *named, !allButHead);
    return {};
}

std::vector<LayerId> ancestors(const Network &network, LayerId layer)
{
    std::set<LayerId> found;
    std::vector<LayerId> open = {layer};
    while (!open.empty()) {
        const Layer *current = network.find(open.back());
        open.pop_back();
        if (!current)
            continue;
        for (const LayerId input : current->inputs)
            if (found.insert(input).second)
                open.push_back(input);
    }
    return {found.begin(), found.end()};
}

std::vector<LayerId> descendants(const Network &network, LayerId layer)
{
    std::set<LayerId> found = {layer};
    std::vector<LayerId> result;
    for (std::size_t index = network.indexOf(layer) + 1; index < network.layers().size(); ++index) {
        const Layer &candidate = network.layers()[index];
        if (std::ranges::any_of(candidate.inputs, [&](LayerId input) { return found.contains(input); })) {
            found.insert(candidate.id);
            result.push_back(candidate.id);
        }
    }
    return result;
}

Result<void> setLearningRateFactor(Network &network, const std::vector<LayerId> &layers, double factor)
{
    if (!std::isfinite(factor) || factor < 0 || factor > maximumLearningRateFactor)
        return fail(ErrorCode::SettingInvalid,
            "A learning rate factor is a number from 0 to 1000000, not " + describe(AttributeValue(factor)) + ".");
    for (const LayerId id : layers)
        if (Layer *layer = network.find(id))
            layer->learningRateFactor = factor;
    return {};
}

Result<void> replaceHead(Network &network, std::int64_t classes)
{
    if (classes < 1)
        return fail(ErrorCode::SettingInvalid, "A head needs at least one class, not " + std::to_string(classes) + ".");
    if (!classifierLayer(network).isValid())
        return fail(ErrorCode::NetworkInvalid,
            "This network has no classifier layer at its end (a Linear, or a 1 × 1 Conv2d), so its head cannot be replaced; choose "
            "another model.");
    if (outputClassifiers(network).size() > 1)
        return fail(ErrorCode::NetworkInvalid, "This network has a head for each of several label sets; replace them by another head.");
    for (const LayerId id : classifierLayers(network)) {
        Layer *classifier = network.find(id);
        classifier->attributes[classifier->type == "Linear" ? "out_features" : "out_channels"] = classes;
        classifier->frozen = false;
    }
    return {};
}

Network withoutAuxiliary(Network network)
{
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    std::vector<LayerId> gone;
    for (std::size_t index = 0; index < inTrainingOnly.size(); ++index)
        if (inTrainingOnly[index])
            gone.push_back(network.layers()[index].id);
    network.remove(gone);
    network.auxiliaryOutputs.clear();
    return network;
}

StateDict withoutLayer(const StateDict &weights, const std::string &layerName)
{
    StateDict result;
    for (const auto &[name, tensor] : weights.entries())
        if (!isInBlock(name, layerName))
            result.set(name, tensor);
    return result;
}

} // namespace graft
