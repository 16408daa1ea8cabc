#include "formats/keras/kerasimport.h"

#include "formats/keras/kerasstep.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <deque>

namespace graft::keras {
namespace {

using nlohmann::json;

const Handlers &handlers()
{
    static const Handlers all = [] {
        Handlers map;
        addActivations(map);
        addConvolutions(map);
        addMerges(map);
        addNormalizations(map);
        addPoolings(map);
        addShapes(map);
        return map;
    }();
    return all;
}

bool isInput(const KerasLayer &layer)
{
    return layer.className == "InputLayer";
}

/// [None, height, width, channels] → [channels, height, width]; sizes that are left open become 0. Nothing for what is no picture.
std::optional<Shape> pictureShape(const json &shape)
{
    if (!shape.is_array() || shape.size() != 4)
        return std::nullopt;
    constexpr std::int64_t largest = 1 << 20;
    Shape sizes;
    for (std::size_t i = 1; i < 4; ++i) {
        const bool isSize = shape[i].is_number_unsigned() && shape[i].get<std::uint64_t>() <= largest;
        if (!isSize && !shape[i].is_null())
            return std::nullopt;
        sizes.push_back(isSize ? shape[i].get<std::int64_t>() : 0);
    }
    return Shape{sizes[2], sizes[0], sizes[1]};
}

/// What the model says of its input, itself or in the models inside.
// NOLINTNEXTLINE(misc-no-recursion): models are nested a few levels deep.
std::optional<Shape> inputShapeOf(const KerasModel &model)
{
    for (const KerasLayer &layer : model.layers) {
        for (const char *field : {"batch_input_shape", "batch_shape"})
            if (const auto found = layer.config.find(field); layer.config.is_object() && found != layer.config.end())
                if (auto shape = pictureShape(*found))
                    return shape;
        if (layer.model)
            if (auto shape = inputShapeOf(*layer.model))
                return shape;
        if (model.isSequential && !isInput(layer) && layer.className.find("Random") == std::string::npos)
            break;
    }
    return pictureShape(model.buildInputShape);
}

class Importer {
public:
    Importer(Shape inputShape, std::string inputName, const ImportOptions &options)
        : m_options(options), m_graph(std::move(inputName), std::move(inputShape)), m_context{.graph = m_graph,
                                                                                        .turned = m_turned,
                                                                                        .kerasVersion = options.kerasVersion,
                                                                                        .subject = options.subject}
    {
    }
    /// `isLast`: whether the model's output is the network's.
    // NOLINTNEXTLINE(misc-no-recursion): models are nested a few levels deep.
    Result<Value> build(const KerasModel &model, const KerasWeights &weights, const std::string &block, const Value &input, bool isLast);
    [[nodiscard]] Value input() const { return {m_graph.input()}; }
    [[nodiscard]] FileContents finish(const Value &output)
    {
        FileContents contents = std::move(m_graph).finish(output.layer);
        contents.remarks.insert(contents.remarks.end(), m_context.remarks.begin(), m_context.remarks.end());
        return contents;
    }

private:
    /// One model while it is built.
    struct Scope {
        const KerasModel &model;
        const KerasWeights &weights;
        std::string block; ///< "" or "resnet50."
        Value input;
        bool isLast = false;
        std::map<TensorRef, Value> values = {};
    };
    // NOLINTNEXTLINE(misc-no-recursion)
    Result<Value> sequential(Scope &scope);
    // NOLINTNEXTLINE(misc-no-recursion)
    Result<Value> functional(Scope &scope);
    // NOLINTNEXTLINE(misc-no-recursion)
    Result<void> callAll(Scope &scope);
    // NOLINTNEXTLINE(misc-no-recursion)
    Result<Value> apply(const Scope &scope, const KerasLayer &layer, const Call &call, std::vector<Value> inputs, bool isLast);
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string &what) const
    {
        return fail(ErrorCode::FormatUnknown, "'" + fileName(m_options.subject) + "' " + what + ".", m_options.subject);
    }

    ImportOptions m_options;
    GraphImport m_graph;
    TurnedTensors m_turned;
    Step::Context m_context;
};

// NOLINTNEXTLINE(misc-no-recursion)
Result<Value> Importer::build(
    const KerasModel &model, const KerasWeights &weights, const std::string &block, const Value &input, bool isLast)
{
    Scope scope{.model = model, .weights = weights, .block = block, .input = input, .isLast = isLast};
    return model.isSequential ? sequential(scope) : functional(scope);
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<Value> Importer::sequential(Scope &scope)
{
    Value value = scope.input;
    const Call call;
    for (const KerasLayer &layer : scope.model.layers) {
        if (isInput(layer))
            continue;
        auto next = apply(scope, layer, call, {value}, scope.isLast && &layer == &scope.model.layers.back());
        if (!next)
            return next;
        value = *next;
    }
    return value;
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<Value> Importer::functional(Scope &scope)
{
    if (scope.model.outputs.size() != 1)
        return refuse("holds a model with " + std::to_string(scope.model.outputs.size()) + " outputs; Graft takes those with one");
    std::size_t inputs = 0;
    for (const KerasLayer &layer : scope.model.layers)
        if (isInput(layer)) {
            scope.values[{layer.name, 0}] = scope.input;
            ++inputs;
        }
    if (inputs != 1)
        return refuse("holds a model with " + std::to_string(inputs) + " inputs; Graft takes those with one picture");
    if (auto called = callAll(scope); !called)
        return fail(called.error());
    const auto output = scope.values.find(scope.model.outputs.front());
    if (output == scope.values.end())
        return fail(ErrorCode::FileCorrupt,
            "'" + fileName(m_options.subject) + "' is damaged: nothing leads to the output of its model; get the file again.",
            m_options.subject);
    return output->second;
}

/// Calls each layer as soon as what it takes is there.
// NOLINTNEXTLINE(misc-no-recursion)
Result<void> Importer::callAll(Scope &scope)
{
    struct Pending {
        const KerasLayer *layer;
        std::size_t call, missing;
    };
    std::vector<Pending> pending;
    std::map<TensorRef, std::vector<std::size_t>> waiting;
    std::deque<std::size_t> ready;
    for (const KerasLayer &layer : scope.model.layers) {
        for (std::size_t call = 0; call < layer.calls.size(); ++call) {
            if (isInput(layer) || layer.calls[call].inputs.empty())
                continue;
            Pending entry{.layer = &layer, .call = call, .missing = 0};
            for (const TensorRef &input : layer.calls[call].inputs)
                if (!scope.values.contains(input)) {
                    waiting[input].push_back(pending.size());
                    ++entry.missing;
                }
            if (entry.missing == 0)
                ready.push_back(pending.size());
            pending.push_back(entry);
        }
    }
    for (; !ready.empty(); ready.pop_front()) {
        const auto [layer, call, missing] = pending[ready.front()];
        std::vector<Value> inputs;
        for (const TensorRef &input : layer->calls[call].inputs)
            inputs.push_back(scope.values.at(input));
        const TensorRef reference{layer->name, call};
        auto value = apply(scope, *layer, layer->calls[call], std::move(inputs), scope.isLast && reference == scope.model.outputs.front());
        if (!value)
            return fail(value.error());
        scope.values[reference] = *value;
        for (const std::size_t index : waiting[reference])
            if (--pending[index].missing == 0)
                ready.push_back(index);
    }
    return {};
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<Value> Importer::apply(const Scope &scope, const KerasLayer &layer, const Call &call, std::vector<Value> inputs, bool isLast)
{
    if (layer.model) {
        if (inputs.size() != 1)
            return refuse("holds a model inside that takes several inputs");
        return build(*layer.model, scope.weights.inside(layer), scope.block + layer.name + ".", inputs.front(), isLast);
    }
    Step step(m_context, layer, call, scope.block + layer.name, scope.weights.of(layer), std::move(inputs));
    step.isLast = isLast;
    const auto handler = handlers().find(layer.className);
    return handler == handlers().end() ? Result<Value>(step.opaque("")) : handler->second(step);
}

} // namespace

Result<FileContents> importModel(const KerasModel &model, const KerasWeights &weights, const ImportOptions &options)
{
    auto shape = inputShapeOf(model);
    if (!shape)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(options.subject) + "' holds a model whose input is no picture of a known number of channels.", options.subject);
    std::vector<std::string> remarks;
    constexpr std::int64_t usualSize = 224;
    if ((*shape)[0] == 0 || (*shape)[1] == 0 || (*shape)[2] == 0) {
        constexpr std::int64_t colours = 3;
        *shape = {(*shape)[0] == 0 ? colours : (*shape)[0], (*shape)[1] == 0 ? usualSize : (*shape)[1],
            (*shape)[2] == 0 ? usualSize : (*shape)[2]};
        remarks.push_back("The file leaves the size of pictures open; " + describe(*shape) + " is taken.");
    }
    const auto input = std::ranges::find_if(model.layers, isInput);
    Importer importer(*shape, input == model.layers.end() ? "input" : input->name, options);
    auto output = importer.build(model, weights, "", importer.input(), true);
    if (!output)
        return fail(output.error());
    FileContents contents = importer.finish(*output);
    contents.remarks.insert(contents.remarks.end(), remarks.begin(), remarks.end());
    setPreprocessing(contents, model);
    return contents;
}

} // namespace graft::keras
