#include "document/document.h"
#include "document/editcommand.h"
#include "graph/edits.h"
#include "nn/model.h"

#include <algorithm>

namespace graft {
namespace {

QString nameOf(const Network &network, LayerId id)
{
    const Layer *layer = network.find(id);
    return layer ? QString::fromStdString(layer->name) : QString();
}

QString firstOf(const Network &network, const std::vector<LayerId> &layers)
{
    return layers.empty() ? QString() : nameOf(network, layers.front());
}

Wording connecting(const Network &network, LayerId from, LayerId to)
{
    return [from = nameOf(network, from), to = nameOf(network, to)] { return Document::tr("Connect %1 to %2").arg(from, to); };
}

QString keyOf(const QString &what, const std::vector<LayerId> &layers)
{
    QString key = what;
    for (const LayerId id : layers)
        key += QStringLiteral(" %1").arg(id.value);
    return key;
}

Result<void> disconnectAll(Network &network, std::vector<InputPort> ports)
{
    std::ranges::sort(ports, std::ranges::greater()); // the last first: those behind move up
    for (const InputPort port : ports)
        if (auto done = disconnect(network, port); !done)
            return done;
    return {};
}

} // namespace

template <typename Function>
auto Document::edit(const Wording &text, Function change, const QString &mergeKey)
{
    ModelState state = m_model;
    auto result = change(state);
    if (!result || isSameModel(state, m_model))
        return result;
    state.weightsVersion = ++m_lastWeightsVersion;
    m_undoStack.push(new EditCommand(*this, text, std::move(state), mergeKey));
    return result;
}

template <typename Layers>
Layers Document::selected(Layers added)
{
    if (added) {
        if constexpr (std::is_same_v<Layers, Result<LayerId>>)
            select({*added});
        else
            select(*added);
    }
    return added;
}

Result<LayerId> Document::addLayer(const QString &type)
{
    return selected(edit(
        [type] { return tr("Add %1").arg(type); }, [&](ModelState &state) { return graft::addLayer(state.network, type.toStdString()); }));
}

Result<LayerId> Document::insertLayer(const QString &type, InputPort edge)
{
    return selected(edit([type, name = nameOf(m_model.network, edge.layer)] { return tr("Insert %1 before %2").arg(type, name); },
        [&](ModelState &state) { return graft::insertLayer(state.network, type.toStdString(), edge); }));
}

Result<LayerId> Document::insertLayerBehind(const QString &type, LayerId from)
{
    return selected(edit([type, name = nameOf(m_model.network, from)] { return tr("Insert %1 behind %2").arg(type, name); },
        [&](ModelState &state) { return graft::insertBehind(state.network, type.toStdString(), from); }));
}

Result<void> Document::removeLayers(const std::vector<LayerId> &layers)
{
    const auto text = [name = firstOf(m_model.network, layers), count = static_cast<int>(layers.size())] {
        return count == 1 ? tr("Remove %1").arg(name) : tr("Remove %n layers", "", count);
    };
    return edit(text, [&](ModelState &state) { return graft::removeLayers(state.network, state.weights, layers); });
}

Result<std::vector<LayerId>> Document::duplicateLayers(const std::vector<LayerId> &layers)
{
    const auto text = [name = firstOf(m_model.network, layers), count = static_cast<int>(layers.size())] {
        return count == 1 ? tr("Duplicate %1").arg(name) : tr("Duplicate %n layers", "", count);
    };
    return selected(edit(text, [&](ModelState &state) { return graft::duplicateLayers(state.network, state.weights, layers); }));
}

LayerClip Document::copyLayers(const std::vector<LayerId> &layers) const
{
    return graft::copyLayers(m_model.network, m_model.weights, layers);
}

Result<LayerClip> Document::cutLayers(const std::vector<LayerId> &layers)
{
    LayerClip clip = copyLayers(layers);
    const auto removed
        = edit([count = static_cast<int>(layers.size())] { return count == 1 ? tr("Cut 1 layer") : tr("Cut %n layers", "", count); },
            [&](ModelState &state) { return graft::removeLayers(state.network, state.weights, layers); });
    if (!removed)
        return fail(removed.error());
    return clip;
}

Result<std::vector<LayerId>> Document::pasteLayers(const LayerClip &clip)
{
    return selected(
        edit([count = static_cast<int>(clip.layers.size())] { return count == 1 ? tr("Paste 1 layer") : tr("Paste %n layers", "", count); },
            [&](ModelState &state) { return graft::pasteLayers(state.network, state.weights, clip); }));
}

Result<void> Document::connectLayers(LayerId from, InputPort to)
{
    return edit(connecting(m_model.network, from, to.layer),
        [&](ModelState &state) { return graft::connectLayers(state.network, state.weights, from, to); });
}

Result<void> Document::disconnectInputs(const std::vector<InputPort> &ports)
{
    return edit(
        [count = static_cast<int>(ports.size())] { return count == 1 ? tr("Disconnect 1 input") : tr("Disconnect %n inputs", "", count); },
        [&](ModelState &state) { return disconnectAll(state.network, ports); });
}

Result<void> Document::reconnect(LayerId from, const std::vector<InputPort> &ports, InputPort to)
{
    const auto movesUp = [to](const InputPort &port) { return port.layer == to.layer && port.index < to.index; };
    const InputPort target{to.layer, to.index - static_cast<int>(std::ranges::count_if(ports, movesUp))};
    return edit(connecting(m_model.network, from, to.layer), [&](ModelState &state) {
        return disconnectAll(state.network, ports).and_then([&] {
            return graft::connectLayers(state.network, state.weights, from, target);
        });
    });
}

Result<void> Document::setOutputLayer(LayerId layer)
{
    return edit([name = nameOf(m_model.network, layer)] { return tr("Make %1 the output").arg(name); },
        [&](ModelState &state) { return graft::setOutput(state.network, layer); });
}

Result<void> Document::renameLayer(LayerId layer, const QString &name)
{
    return edit([before = nameOf(m_model.network, layer), name] { return tr("Rename %1 to %2").arg(before, name); },
        [&](ModelState &state) { return graft::renameLayer(state.network, state.weights, layer, name.toStdString()); });
}

Result<void> Document::renameBlock(const QString &block, const QString &name)
{
    return edit([block, name] { return tr("Rename %1 to %2").arg(block, name); },
        [&](ModelState &state) { return graft::renameBlock(state.network, state.weights, block.toStdString(), name.toStdString()); });
}

Result<void> Document::setAttribute(const std::vector<LayerId> &layers, const QString &name, const std::optional<AttributeValue> &value)
{
    const auto text = [name, layer = firstOf(m_model.network, layers), count = static_cast<int>(layers.size())] {
        return count == 1 ? tr("Change %1 of %2").arg(name, layer) : tr("Change %1 of %n layers", "", count).arg(name);
    };
    return edit(
        text, [&](ModelState &state) { return graft::setAttribute(state.network, layers, name.toStdString(), value); },
        keyOf(QStringLiteral("attribute ") + name, layers));
}

Result<void> Document::fitToInputs(const std::vector<LayerId> &layers)
{
    return edit([] { return tr("Fit to the inputs"); }, [&](ModelState &state) { return graft::fitToInputs(state.network, layers); });
}

Result<void> Document::swapActivations(const std::vector<LayerId> &layers, const QString &type)
{
    return edit([type] { return tr("Make activations %1").arg(type); },
        [&](ModelState &state) { return graft::swapActivations(state.network, state.weights, layers, type.toStdString()); });
}

template <typename Function>
Result<void> Document::changeHead(const Wording &text, HeadPlan plan, Function change)
{
    std::vector<std::string> names = m_model.classNames;
    std::vector<LabelSet> sets = m_model.labelSets;
    if (hasData() && (plan.classes == 0 || plan.classes == std::ssize(m_dataset.classNames))) {
        names = m_dataset.classNames;
        sets = m_dataset.labelSets;
    }
    if (plan.classes == 0)
        plan.classes = names.empty() ? classCount(m_model.network) : std::ssize(names);
    if (plan.classes != std::ssize(names)) {
        names.clear();
        sets.clear();
    }
    plan.labelSets = sets;
    return edit(text, [&](ModelState &state) {
        auto changed = change(state, plan);
        if (changed)
            state.classNames = names;
        state.labelSets = sets;
        return changed;
    });
}

Result<void> Document::replaceHead(HeadPlan plan)
{
    return changeHead([] { return tr("Replace the head"); }, std::move(plan),
        [](ModelState &state, const HeadPlan &sized) { return graft::replaceHead(state.network, state.weights, sized); });
}

Result<void> Document::cutAt(LayerId layer, HeadPlan plan)
{
    return changeHead([name = nameOf(m_model.network, layer)] { return tr("Cut behind %1").arg(name); }, std::move(plan),
        [layer](ModelState &state, const HeadPlan &sized) { return graft::cutAt(state.network, state.weights, layer, sized); });
}

Result<void> Document::addLora(const std::vector<LayerId> &layers, const LoraPlan &plan)
{
    return edit([] { return tr("Add LoRA"); },
        [&](ModelState &state) -> Result<void> {
            const auto adapted = graft::addLora(state.network, state.weights, layers, plan);
            return adapted ? Result<void>() : fail(adapted.error());
        });
}

Result<void> Document::addBottlenecks(const std::vector<LayerId> &layers, std::int64_t width)
{
    return edit([] { return tr("Add adapters"); },
        [&](ModelState &state) -> Result<void> {
            const auto adapted = graft::addBottlenecks(state.network, state.weights, layers, width);
            return adapted ? Result<void>() : fail(adapted.error());
        });
}

Result<void> Document::mergeAdapters()
{
    return edit([] { return tr("Merge LoRA"); },
        [&](ModelState &state) -> Result<void> {
            auto weights = preparedWeights(state.network, state.weights, m_seed);
            if (!weights)
                return fail(weights.error());
            const auto merged = graft::mergeAdapters(state.network, *weights);
            if (!merged)
                return fail(merged.error());
            if (*merged == 0)
                return fail(ErrorCode::SettingInvalid, "There is no LoRA in this network to merge.");
            state.weights = std::move(*weights);
            return {};
        });
}

Result<void> Document::setInputSize(int pixels)
{
    return edit([] { return tr("Change the input's size"); },
        [&](ModelState &state) { return graft::setInputSize(state.network, state.preprocessing, pixels); }, QStringLiteral("inputSize"));
}

Result<void> Document::setInputChannels(int channels, ChannelWeights rule)
{
    return edit([] { return tr("Change the input's channels"); },
        [&](ModelState &state) { return graft::setInputChannels(state.network, state.weights, state.preprocessing, channels, rule); });
}

} // namespace graft
