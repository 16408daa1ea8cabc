#include "graph/heads.h"

#include "graph/edits.h"
#include "graph/editsupport.h"
#include "graph/overview.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace graft {
namespace {

constexpr int mostHiddenLayers = 16;
constexpr std::size_t longestBranchName = 40;

bool isOf(const Layer &layer, std::string_view category)
{
    const LayerType *type = layerTypes().find(layer.type);
    return type && type->category == category;
}

/// The layer that `layer` takes its one input from; nullptr when it has another number of them.
const Layer *sourceOf(const Network &network, const Layer &layer)
{
    return layer.inputs.size() == 1 ? network.find(layer.inputs.front()) : nullptr;
}

/// What may stand between the Linear layers of one head.
bool isHeadLayer(const Layer &layer)
{
    return layer.type == "Linear" || layer.type == "BatchNorm1d" || layer.type == "Identity" || isOf(layer, "activation")
        || isOf(layer, "regularization");
}

/// What brings a picture's features into a row.
bool makesRow(const Layer &layer)
{
    static constexpr std::array<std::string_view, 4> shaping = {"Flatten", "Identity", "Squeeze", "Reshape"};
    return isOf(layer, "pooling") || isOf(layer, "regularization") || std::ranges::find(shaping, layer.type) != shaping.end();
}

Shape shapeOf(const NetworkAnalysis &figures, LayerId id)
{
    const LayerAnalysis *found = figures.find(id);
    return found ? found->outputShape : Shape();
}

bool isPicture(const Shape &shape)
{
    return shape.size() == 3 && shape[1] * shape[2] > 1;
}

/// The earliest Linear of the row that ends in the classifier; the classifier itself when it stands alone or is a convolution.
const Layer *firstHeadLayer(const Network &network, const Layer &classifier)
{
    const Layer *first = &classifier;
    if (classifier.type != "Linear")
        return first;
    for (const Layer *layer = sourceOf(network, classifier); layer && isHeadLayer(*layer); layer = sourceOf(network, *layer))
        if (layer->type == "Linear")
            first = layer;
    return first;
}

/// What the head takes in: the input of its first layer, or the last layer that all of several heads side by side depend on.
const Layer *headInput(const Network &network)
{
    const std::vector<LayerId> classifiers = outputClassifiers(network);
    if (classifiers.empty())
        return nullptr;
    if (classifiers.size() == 1)
        return sourceOf(network, *firstHeadLayer(network, *network.find(classifiers.front())));
    std::vector<LayerId> common = ancestors(network, classifiers.front());
    for (const LayerId classifier : classifiers) {
        const std::vector<LayerId> others = ancestors(network, classifier);
        std::erase_if(common, [&](LayerId id) { return std::ranges::find(others, id) == others.end(); });
    }
    const auto last = std::ranges::max_element(common, {}, [&](LayerId id) { return network.indexOf(id); });
    return last == common.end() ? nullptr : network.find(*last);
}

LayerId mapBefore(const Network &network, const NetworkAnalysis &figures, LayerId features)
{
    LayerId nearest; // one with three dimensions, should none have more than one pixel
    for (const Layer *layer = network.find(features); layer; layer = sourceOf(network, *layer)) {
        const Shape shape = shapeOf(figures, layer->id);
        if (isPicture(shape))
            return layer->id;
        if (shape.size() == 3)
            nearest = layer->id;
        if (!makesRow(*layer))
            break;
    }
    return nearest;
}

tl::unexpected<Error> invalidPlan(const std::string &message)
{
    return fail(ErrorCode::SettingInvalid, message, "head");
}

Result<void> validate(const HeadPlan &plan)
{
    if (plan.labelSets.size() == 1)
        return invalidPlan("A head with label sets has two of them or more, not one.");
    for (const ClassRange &range : classRanges(plan.labelSets, plan.classes))
        if (range.count < 1)
            return invalidPlan("A head needs at least one class, not " + std::to_string(range.count) + ".");
    if (!std::isfinite(plan.dropout) || plan.dropout < 0 || plan.dropout > 1)
        return invalidPlan("The head's dropout is a probability from 0 to 1, not " + describe(AttributeValue(plan.dropout)) + ".");
    const bool hasHidden = plan.kind == HeadKind::Classic || plan.kind == HeadKind::Mlp;
    if (hasHidden && (plan.width < 1 || plan.width > 1'000'000))
        return invalidPlan("The head's width is a number from 1 to 1000000, not " + std::to_string(plan.width) + ".");
    if (plan.kind == HeadKind::Mlp && (plan.hiddenLayers < 1 || plan.hiddenLayers > mostHiddenLayers))
        return invalidPlan("The head has 1 to 16 hidden layers, not " + std::to_string(plan.hiddenLayers) + ".");
    const LayerType *activation = layerTypes().find(plan.activation);
    if (plan.kind == HeadKind::Mlp && (!activation || activation->category != "activation"))
        return invalidPlan("'" + plan.activation + "' is no activation; choose another, such as ReLU or GELU.");
    return {};
}

/// Puts layers behind one another, at the end of the network.
class HeadBuilder {
public:
    HeadBuilder(Network &network, const std::string &block, LayerId from, Shape shape)
        : m_network(network), m_block(NameTable(network).free(block)), m_at(from), m_shape(std::move(shape))
    {
    }

    void build(const HeadPlan &plan);
    [[nodiscard]] LayerId end() const { return m_at; }

private:
    void add(const std::string &name, const std::string &type, Attributes attributes)
    {
        Layer layer;
        layer.name = joined(m_block, name);
        layer.type = type;
        layer.attributes = std::move(attributes);
        layer.inputs = {m_at};
        m_at = m_network.insert(std::move(layer), m_network.layers().size());
    }

    void linear(const std::string &name, std::int64_t outputs)
    {
        add(name, "Linear", {{"in_features", m_shape.back()}, {"out_features", outputs}});
        m_shape = {outputs};
    }

    void dropout(const std::string &name, double probability)
    {
        if (probability > 0)
            add(name, "Dropout", probability == 0.5 ? Attributes() : Attributes{{"p", probability}});
    }

    /// One row of features, whatever comes in: the mean over a picture's pixels or over tokens.
    void toRow()
    {
        if (m_shape.size() == 3) {
            if (isPicture(m_shape))
                add("pool", "AdaptiveAvgPool2d", {});
            add("flatten", "Flatten", {});
            m_shape = {m_shape[0]};
        } else if (m_shape.size() == 2) {
            add("pool", "Mean", {{"dim", std::vector<std::int64_t>{1}}});
            m_shape = {m_shape[1]};
        } else if (m_shape.size() > 3) {
            add("flatten", "Flatten", {});
            m_shape = {elementCount(m_shape)};
        }
    }

    void convolutional(const HeadPlan &plan)
    {
        dropout("dropout", plan.dropout);
        // SqueezeNet cuts negative scores off before the mean; a new head trains better without.
        add("conv", "Conv2d",
            {{"in_channels", m_shape[0]}, {"out_channels", plan.classes}, {"kernel_size", std::vector<std::int64_t>{1, 1}}});
        add("pool", "AdaptiveAvgPool2d", {});
        add("flatten", "Flatten", {});
    }

    Network &m_network;
    std::string m_block;
    LayerId m_at;
    Shape m_shape;
};

void HeadBuilder::build(const HeadPlan &plan)
{
    if (plan.kind == HeadKind::Convolutional)
        return convolutional(plan);
    toRow();
    if (plan.kind == HeadKind::Classic) {
        linear("dense", plan.width);
        add("relu", "ReLU", {});
    } else if (plan.kind == HeadKind::Mlp) {
        for (int layer = 1; layer <= plan.hiddenLayers; ++layer) {
            const std::string number = std::to_string(layer);
            linear("fc" + number, plan.width);
            add(nameForType(plan.activation) + number, plan.activation, {});
            dropout("dropout" + number, plan.dropout);
        }
    } else if (plan.kind == HeadKind::DropoutLinear) {
        dropout("dropout", plan.dropout);
    }
    linear("fc", plan.classes);
}

/// The block of a label set's head within the heads' block: its name in letters that every format takes.
std::string branchName(const LabelSet &set, std::size_t index)
{
    std::string name;
    for (const char letter : set.name) {
        const bool isPlain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        if (isPlain || letter == '_' || letter == '-')
            name += letter;
        else if (!name.empty() && name.back() != '_')
            name += '_';
        if (name.size() == longestBranchName)
            break;
    }
    return name.find_first_not_of("_-") == std::string::npos ? "set" + std::to_string(index + 1) : name;
}

/// The heads of the label sets, which `build(set, block)` makes and says the end of, side by side; makes them the output.
template <typename Function>
void putSideBySide(Network &network, const std::vector<LabelSet> &sets, Function build)
{
    const std::string block = NameTable(network).free("head");
    Layer merge;
    merge.type = "Concatenate";
    for (std::size_t index = 0; index < sets.size(); ++index)
        merge.inputs.push_back(build(sets[index], NameTable(network).free(joined(block, branchName(sets[index], index)))));
    merge.name = NameTable(network).free(joined(block, "logits"));
    network.setOutput(network.insert(std::move(merge), network.layers().size()));
}

/// Takes layers away; who took from them has that input missing.
void erase(Network &network, StateDict &weights, const std::set<LayerId> &gone)
{
    for (const Layer &layer : std::vector<Layer>(network.layers()))
        if (!gone.contains(layer.id))
            std::erase_if(network.find(layer.id)->inputs, [&](LayerId input) { return gone.contains(input); });
    network.remove(std::vector<LayerId>(gone.begin(), gone.end()));
    const StateDict before = weights;
    dropStrayTensors(network, weights);
    restoreTies(network, weights, before);
}

std::set<LayerId> withAncestors(const Network &network, LayerId layer)
{
    std::set<LayerId> found = {layer};
    for (const LayerId ancestor : ancestors(network, layer))
        found.insert(ancestor);
    return found;
}

/// What goes when the network is to end in `layer`: all that led to the outputs and is needed neither by `layer` nor by an auxiliary
/// classifier that hangs on what is left.
std::set<LayerId> behind(const Network &network, LayerId layer)
{
    std::set<LayerId> kept = withAncestors(network, layer), gone = withAncestors(network, network.output());
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    const std::set<LayerId> trunk = kept;
    for (const AuxiliaryOutput &output : network.auxiliaryOutputs) {
        const std::set<LayerId> branch = withAncestors(network, output.layer);
        const bool hangsOnTrunk = std::ranges::all_of(
            branch, [&](LayerId id) { return trunk.contains(id) || (network.find(id) && inTrainingOnly[network.indexOf(id)]); });
        (hangsOnTrunk ? kept : gone).insert(branch.begin(), branch.end());
    }
    std::erase_if(gone, [&](LayerId id) { return kept.contains(id) || !network.find(id); });
    return gone;
}

/// The auxiliary classifiers for as many classes, with tensors to be made anew.
void resizeAuxiliary(Network &network, StateDict &weights, std::int64_t classes)
{
    const std::vector<LayerId> main = outputClassifiers(network);
    for (const LayerId id : classifierLayers(network)) {
        Layer &classifier = *network.find(id);
        if (std::ranges::find(main, id) != main.end())
            continue;
        classifier.attributes[classifier.type == "Linear" ? "out_features" : "out_channels"] = classes;
        classifier.frozen = false;
        weights = withoutLayer(weights, classifier.name);
    }
}

Result<void> putHead(Network &network, StateDict &weights, LayerId end, const Shape &shape, const HeadPlan &plan)
{
    erase(network, weights, behind(network, end));
    const auto build = [&](const HeadPlan &head, const std::string &block) {
        HeadBuilder builder(network, block, end, shape);
        builder.build(head);
        return builder.end();
    };
    if (plan.labelSets.empty())
        network.setOutput(build(plan, "head"));
    else
        putSideBySide(network, plan.labelSets, [&](const LabelSet &set, const std::string &block) {
            HeadPlan head = plan;
            head.classes = set.classes;
            return build(head, block);
        });
    resizeAuxiliary(network, weights, classCount(plan));
    return {};
}

Result<void> requireShape(const Network &network, const Shape &shape, LayerId end, HeadKind kind)
{
    const std::string name = network.find(end)->name;
    if (shape.empty())
        return fail(ErrorCode::NetworkInvalid, "What comes out of `" + name + "` is not known; solve the problems before it first.", name);
    if (kind == HeadKind::Convolutional && shape.size() != 3)
        return fail(ErrorCode::NetworkInvalid,
            "What comes out of `" + name + "` is no picture but " + describe(shape)
                + ", which a convolutional head cannot take; choose another.",
            name);
    return {};
}

/// The layers from the classifier to the output, which have one input each.
std::vector<Layer> classifierChain(const Network &network)
{
    std::vector<Layer> chain;
    const LayerId classifier = classifierLayer(network);
    for (const Layer *layer = network.find(network.output()); layer; layer = layer->id == classifier ? nullptr : sourceOf(network, *layer))
        chain.insert(chain.begin(), *layer);
    return chain;
}

/// The classifier and what follows it, once for each label set.
Result<void> splitPublished(Network &network, StateDict &weights, const HeadPlan &plan)
{
    if (const auto trunk = trunkEnd(network); !trunk)
        return fail(trunk.error());
    const std::vector<Layer> chain = classifierChain(network);
    const LayerId source = chain.front().inputs.front();
    erase(network, weights, behind(network, source));
    putSideBySide(network, plan.labelSets, [&](const LabelSet &set, const std::string &block) {
        LayerId at = source;
        for (const Layer &published : chain) {
            Layer layer = published;
            layer.id = {};
            const std::string name = layer.type == "Linear" ? "fc" : layer.type == "Conv2d" ? "conv" : nameForType(layer.type);
            layer.name = NameTable(network).free(joined(block, name));
            layer.inputs = {at};
            layer.frozen = false;
            if (published.id == chain.front().id)
                layer.attributes[layer.type == "Linear" ? "out_features" : "out_channels"] = set.classes;
            at = network.insert(std::move(layer), network.layers().size());
        }
        return at;
    });
    resizeAuxiliary(network, weights, classCount(plan));
    return {};
}

Result<void> resizePublished(Network &network, StateDict &weights, std::int64_t classes)
{
    if (auto replaced = replaceHead(network, classes); !replaced)
        return replaced;
    for (const LayerId id : classifierLayers(network))
        weights = withoutLayer(weights, network.find(id)->name);
    return {};
}

struct NamedKind {
    HeadKind kind;
    std::string_view name;
};
constexpr std::array namedKinds
    = {NamedKind{HeadKind::AsPublished, "published"}, NamedKind{HeadKind::Linear, "linear"}, NamedKind{HeadKind::DropoutLinear, "dropout"},
        NamedKind{HeadKind::Classic, "classic"}, NamedKind{HeadKind::Mlp, "mlp"}, NamedKind{HeadKind::Convolutional, "convolutional"}};

} // namespace

std::string_view name(HeadKind kind)
{
    return std::ranges::find(namedKinds, kind, &NamedKind::kind)->name;
}

Result<HeadKind> headKindFromName(std::string_view name)
{
    const auto found = std::ranges::find(namedKinds, name, &NamedKind::name);
    if (found != namedKinds.end())
        return found->kind;
    std::string names;
    for (const NamedKind &kind : namedKinds)
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return invalidPlan("There is no head '" + std::string(name) + "'; choose one of " + names + ".");
}

const std::vector<HeadKind> &headKinds()
{
    static const std::vector<HeadKind> all = [] {
        std::vector<HeadKind> kinds;
        for (const NamedKind &kind : namedKinds)
            kinds.push_back(kind.kind);
        return kinds;
    }();
    return all;
}

std::int64_t classCount(const HeadPlan &plan)
{
    const ClassRange last = classRanges(plan.labelSets, plan.classes).back();
    return last.first + last.count;
}

Result<TrunkEnd> trunkEnd(const Network &network)
{
    const auto figures = overview(network);
    if (!figures)
        return fail(figures.error());
    const Layer *features = headInput(network);
    if (!features)
        return fail(ErrorCode::NetworkInvalid,
            "This network has no classifier layer at its end (a Linear, or a 1 × 1 Conv2d), so its head cannot be replaced; cut it at a "
            "layer instead.");
    while (isOf(*features, "regularization") && sourceOf(network, *features))
        features = sourceOf(network, *features);
    return TrunkEnd{features->id, mapBefore(network, *figures, features->id)};
}

Result<void> replaceHead(Network &network, StateDict &weights, const HeadPlan &plan)
{
    if (auto valid = validate(plan); !valid)
        return valid;
    if (plan.kind == HeadKind::AsPublished && outputClassifiers(network).size() < 2)
        return plan.labelSets.empty() ? resizePublished(network, weights, plan.classes) : splitPublished(network, weights, plan);
    const auto trunk = trunkEnd(network);
    const auto figures = overview(network);
    if (!trunk || !figures)
        return fail(!trunk ? trunk.error() : figures.error());
    const Shape features = shapeOf(*figures, trunk->features), map = shapeOf(*figures, trunk->map);
    // A row that is the mean over the picture already serves a head that begins with one.
    const bool isPooled = features.size() == 1 && map.size() == 3 && features[0] == map[0];
    const bool takesMap = plan.kind == HeadKind::Convolutional || (plan.kind == HeadKind::Classic && !isPooled);
    const LayerId end = takesMap && trunk->map.isValid() ? trunk->map : trunk->features;
    const Shape shape = end == trunk->map ? map : features;
    if (auto fits = requireShape(network, shape, end, plan.kind); !fits)
        return fits;
    return putHead(network, weights, end, shape, plan);
}

Result<void> cutAt(Network &network, StateDict &weights, LayerId layer, const HeadPlan &plan)
{
    if (auto valid = validate(plan); !valid)
        return valid;
    if (const auto found = requireLayer(network, layer); !found)
        return fail(found.error());
    const auto figures = overview(network);
    if (!figures)
        return fail(figures.error());
    const Shape shape = shapeOf(*figures, layer);
    if (auto fits = requireShape(network, shape, layer, plan.kind); !fits)
        return fits;
    return putHead(network, weights, layer, shape, plan);
}

} // namespace graft
