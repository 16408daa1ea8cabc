#include "formats/keras/kerasmodel.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <set>

namespace graft::keras {
namespace {

using nlohmann::json;

constexpr std::size_t mostLayers = 20'000;
constexpr std::size_t mostCalls = 100'000;
constexpr int deepestModel = 16;

bool isModel(std::string_view className)
{
    return className == "Functional" || className == "Model" || className == "Sequential";
}

const json *field(const json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text(const json &object, const char *name)
{
    const json *found = field(object, name);
    return found && found->is_string() ? found->get<std::string>() : std::string();
}

/// ["conv1", 0, 0, …]
std::optional<TensorRef> reference(const json &list)
{
    const bool isReference
        = list.is_array() && list.size() >= 3 && list[0].is_string() && list[1].is_number_unsigned() && list[2].is_number_unsigned();
    if (!isReference)
        return std::nullopt;
    return TensorRef{list[0].get<std::string>(), list[1].get<std::size_t>()};
}

/// What stands among a call's arguments, however deep: tensors as Keras 3 or Keras 2 write them, and numbers.
// NOLINTNEXTLINE(misc-no-recursion): JSON of bounded depth.
void collect(Call &call, const json &argument)
{
    if (auto direct = reference(argument)) {
        call.inputs.push_back(std::move(*direct));
    } else if (text(argument, "class_name") == "__keras_tensor__") {
        const json *config = field(argument, "config");
        const json *history = config ? field(*config, "keras_history") : nullptr;
        if (auto found = history ? reference(*history) : std::nullopt)
            call.inputs.push_back(std::move(*found));
    } else if (argument.is_structured()) {
        for (const json &part : argument)
            collect(call, part);
    } else if (argument.is_number()) {
        call.constants.push_back(argument.get<double>());
    }
}

/// One entry of Keras 2's `inbound_nodes`: [["conv1", 0, 0, {arguments}], …], or that of an operator: ["conv1", 0, 0, {arguments}].
Call olderCall(const json &node)
{
    Call call;
    const auto take = [&call](const json &input) {
        auto found = reference(input);
        if (!found)
            return;
        call.inputs.push_back(std::move(*found));
        if (input.size() > 3)
            collect(call, input[3]);
    };
    if (reference(node))
        take(node);
    else if (node.is_array())
        std::ranges::for_each(node, take);
    return call;
}

std::vector<Call> callsOf(const json &layer)
{
    std::vector<Call> calls;
    const json *nodes = field(layer, "inbound_nodes");
    if (!nodes || !nodes->is_array())
        return calls;
    for (const json &node : *nodes) {
        if (!node.is_object()) {
            calls.push_back(olderCall(node));
            continue;
        }
        Call call;
        for (const char *part : {"args", "kwargs"})
            if (const json *arguments = field(node, part))
                collect(call, *arguments);
        calls.push_back(std::move(call));
    }
    return calls;
}

/// ["conv1", 0, 0] or a list of such.
std::vector<TensorRef> references(const json *list)
{
    Call found;
    if (list)
        collect(found, *list);
    return found.inputs;
}

class Parser {
public:
    explicit Parser(const std::string &subject) : m_subject(subject) { }
    // NOLINTNEXTLINE(misc-no-recursion): at most `deepestModel` levels.
    Result<KerasModel> model(const json &source, int depth);

private:
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string &what) const
    {
        return fail(ErrorCode::FileCorrupt, "'" + fileName(m_subject) + "' is damaged: " + what + "; get the file again.", m_subject);
    }
    // NOLINTNEXTLINE(misc-no-recursion)
    Result<KerasLayer> layer(const json &source, int depth);

    std::string m_subject;
    std::size_t m_layers = 0, m_calls = 0;
};

// NOLINTNEXTLINE(misc-no-recursion)
Result<KerasModel> Parser::model(const json &source, int depth)
{
    const std::string className = text(source, "class_name");
    const json *config = field(source, "config");
    if (!isModel(className))
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject) + "' holds a model of the class " + inQuotes(className, '\'')
                + ", whose steps are Python code; save a Sequential or a functional model.",
            m_subject);
    if (!config || depth > deepestModel)
        return damaged("its model has no proper configuration");
    KerasModel model;
    model.isSequential = className == "Sequential";
    model.name = text(*config, "name");
    const json *layers = config->is_array() ? config : field(*config, "layers"); // early Sequentials are a bare list
    if (!layers || !layers->is_array() || layers->empty())
        return damaged("its model has no layers");
    std::set<std::string> names;
    for (const json &entry : *layers) {
        auto parsed = layer(entry, depth);
        if (!parsed)
            return fail(parsed.error());
        if (!names.insert(parsed->name).second)
            return damaged("two layers are named " + inQuotes(parsed->name, '\''));
        model.layers.push_back(std::move(*parsed));
    }
    model.inputs = references(field(*config, "input_layers"));
    model.outputs = references(field(*config, "output_layers"));
    if (const json *shape = field(*config, "build_input_shape"))
        model.buildInputShape = *shape;
    return model;
}

// NOLINTNEXTLINE(misc-no-recursion)
Result<KerasLayer> Parser::layer(const json &source, int depth)
{
    KerasLayer layer;
    layer.className = text(source, "class_name");
    const json *config = field(source, "config");
    if (layer.className.empty() || !config || ++m_layers > mostLayers)
        return damaged("one of its layers has no proper configuration");
    layer.name = text(source, "name").empty() ? text(*config, "name") : text(source, "name");
    if (layer.name.empty())
        return damaged("one of its layers has no name");
    layer.calls = callsOf(source);
    m_calls += layer.calls.size();
    if (m_calls > mostCalls)
        return damaged("its layers are used too often");
    if (!isModel(layer.className)) {
        layer.config = *config;
        return layer;
    }
    auto nested = model(source, depth + 1);
    if (!nested)
        return fail(nested.error());
    layer.model = std::make_shared<const KerasModel>(std::move(*nested));
    return layer;
}

} // namespace

Result<KerasModel> parseModel(const json &source, const std::string &subject)
{
    return Parser(subject).model(source, 0);
}

} // namespace graft::keras
