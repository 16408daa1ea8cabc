#include "formats/support/torchexportfile.h"

#include "formats/support/boundedjson.h"
#include "formats/support/exporttensors.h"
#include "formats/support/filename.h"
#include "formats/support/tracedinput.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace graft {
namespace {

using nlohmann::json;
using Kind = AtenValue::Kind;

constexpr std::string_view olderProgram = "serialized_exported_program.json";
constexpr std::string_view modelFolder = "models/";

const json none;

/// A field of an object; null when there is none.
const json &field(const json &object, const char *name)
{
    if (!object.is_object())
        return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string textOf(const json &value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// A tagged union, {"as_int": 3}: its tag and value. Older files list all tags, with null for what it is not.
std::pair<std::string, const json *> tagged(const json &value)
{
    if (value.is_object())
        for (const auto &[tag, content] : value.items())
            if (!content.is_null())
                return {tag, &content};
    return {{}, &none};
}

/// Goes through the nodes of one exported graph.
class ExportReader {
public:
    ExportReader(const json &program, StateDict tensors, std::uint64_t fileBytes, std::string subject)
        : m_module(field(program, "graph_module")), m_graphJson(field(m_module, "graph")), m_tensors(std::move(tensors)),
          m_fileBytes(fileBytes), m_subject(std::move(subject))
    {
    }
    Result<FileContents> read();

private:
    [[nodiscard]] tl::unexpected<Error> refused(const std::string &what) const
    {
        return fail(ErrorCode::FormatUnknown, "'" + fileName(m_subject) + "' cannot become a graph of layers: " + what + ".", m_subject);
    }
    [[nodiscard]] Result<std::string> readInputs();
    [[nodiscard]] Result<Shape> inputShape(const std::string &name) const;
    [[nodiscard]] AtenValue argument(const json &value) const;
    [[nodiscard]] AtenValue list(const json &items) const;
    [[nodiscard]] AtenValue named(const std::string &name) const;
    [[nodiscard]] AtenArguments arguments(const json &inputs) const;
    void runNode(const json &node, AtenGraph &graph);
    void keep(const json &outputs, const AtenValue &value);
    [[nodiscard]] AtenValue result() const;

    const json &m_module;
    const json &m_graphJson;
    StateDict m_tensors;
    std::uint64_t m_fileBytes;
    std::string m_subject;
    std::map<std::string, AtenValue> m_values;
};

/// Names what the graph is given: tensors of the file, and the picture, whose name comes back.
Result<std::string> ExportReader::readInputs()
{
    std::string picture;
    for (const json &one : field(field(m_module, "signature"), "input_specs")) {
        const auto [tag, content] = tagged(one);
        if (tag == "user_input") {
            const auto [kind, given] = tagged(field(*content, "arg"));
            if (kind != "as_tensor" || !picture.empty())
                return refused("it takes several inputs, not one picture");
            picture = textOf(field(*given, "name"));
            continue;
        }
        std::string name = textOf(field(*content, "parameter_name"));
        for (const char *other : {"buffer_name", "tensor_constant_name"})
            name = name.empty() ? textOf(field(*content, other)) : name;
        const Tensor *tensor = m_tensors.find(name);
        if (tensor)
            m_values.insert_or_assign(
                textOf(field(field(*content, "arg"), "name")), AtenValue::ofConstant(*tensor, name, tag == "parameter"));
    }
    if (picture.empty())
        return refused("it takes no picture");
    return picture;
}

/// Without the batch. A size that was left open stands with the one that was seen when the file was made.
Result<Shape> ExportReader::inputShape(const std::string &name) const
{
    Shape shape;
    const json &sizes = field(field(field(m_graphJson, "tensor_values"), name.c_str()), "sizes");
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        const json &fixed = field(sizes[i], "as_int");
        const json &hint = field(field(field(sizes[i], "as_expr"), "hint"), "as_int");
        const json &size = fixed.is_number_integer() ? fixed : hint;
        const std::int64_t number = size.is_number_integer() ? size.get<std::int64_t>() : 0;
        if (number < 1 || number > 1 << 16)
            return refused("the size of its input is not known");
        shape.push_back(number);
    }
    if (shape.empty() || shape.size() > 8)
        return refused("its input is no picture");
    return shape;
}

AtenValue ExportReader::named(const std::string &name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? AtenValue::unknown() : found->second;
}

// NOLINTNEXTLINE(misc-no-recursion): JSON is bounded in depth.
AtenValue ExportReader::list(const json &items) const
{
    constexpr std::size_t longest = 10'000;
    std::vector<AtenValue> values;
    if (!items.is_array() || items.size() > longest)
        return AtenValue::unknown();
    for (const json &item : items) {
        if (item.is_object() && item.contains("name"))
            values.push_back(named(textOf(item["name"])));
        else if (item.is_object())
            values.push_back(argument(item));
        else
            values.push_back(argument(json{{item.is_number_integer() ? "as_int" : item.is_boolean() ? "as_bool" : "as_float", item}}));
    }
    return AtenValue::ofItems(Kind::List, std::move(values));
}

// NOLINTNEXTLINE(misc-no-recursion): JSON is bounded in depth.
AtenValue ExportReader::argument(const json &value) const
{
    const auto [tag, content] = tagged(value);
    if (tag == "as_tensor")
        return named(textOf(field(*content, "name")));
    if (tag == "as_name")
        return named(textOf(*content));
    if ((tag == "as_int" || tag == "as_scalar_type") && content->is_number_integer())
        return AtenValue::ofInteger(content->get<std::int64_t>());
    if (tag == "as_bool" && content->is_boolean())
        return AtenValue::ofBoolean(content->get<bool>());
    if (tag == "as_float" && content->is_number())
        return AtenValue::ofReal(content->get<double>());
    if (tag == "as_string" && content->is_string())
        return AtenValue::ofText(content->get<std::string>());
    if (tag == "as_sym_int" || tag == "as_sym_float" || tag == "as_sym_bool" || tag == "as_optional_tensor")
        return argument(*content);
    if (content->is_array())
        return list(*content);
    return tag == "as_none" || tag == "as_device" || tag == "as_layout" || tag == "as_memory_format" ? AtenValue{} : AtenValue::unknown();
}

AtenArguments ExportReader::arguments(const json &inputs) const
{
    // What older files do not say: these are given by name.
    static constexpr std::array<std::string_view, 8> keywords
        = {"alpha", "dtype", "layout", "device", "pin_memory", "memory_format", "rounding_mode", "approximate"};
    constexpr int byName = 2;
    AtenArguments given;
    for (const json &input : inputs) {
        std::string name = textOf(field(input, "name"));
        const json &kind = field(input, "kind");
        const bool isNamed
            = kind.is_number_integer() ? kind.get<std::int64_t>() == byName : std::ranges::find(keywords, name) != keywords.end();
        AtenValue value = argument(field(input, "arg"));
        if (isNamed || !given.named.empty())
            given.named.emplace_back(std::move(name), std::move(value));
        else
            given.positional.push_back(std::move(value));
    }
    return given;
}

/// The module that a node came from: the last of "key,path,class;key,path,class".
AtenScope scopeOf(const json &node)
{
    std::string stack = textOf(field(field(node, "metadata"), "nn_module_stack"));
    stack.erase(0, stack.rfind(';') == std::string::npos ? 0 : stack.rfind(';') + 1);
    const auto first = std::min(stack.find(','), stack.size());
    const auto second = std::min(stack.find(',', first + 1), stack.size());
    std::string path = first < second ? stack.substr(first + 1, second - first - 1) : std::string();
    path.erase(std::min(path.find('@'), path.size())); // the second use of a module
    for (const std::string_view root : {"L['self'].", "L__self__."})
        if (path.starts_with(root))
            path.erase(0, root.size());
    if (path == "L['self']" || path == "L__self__" || path.size() > 400)
        path.clear();
    return {.path = std::move(path), .isLeaf = stack.substr(std::min(second + 1, stack.size())).starts_with("torch.nn.")};
}

void ExportReader::keep(const json &outputs, const AtenValue &value)
{
    std::vector<std::string> names;
    for (const json &output : outputs) {
        const auto [tag, content] = tagged(output);
        if (tag == "as_tensor")
            names.push_back(textOf(field(*content, "name")));
        else if (tag == "as_sym_int" || tag == "as_sym_bool" || tag == "as_sym_float")
            names.push_back(textOf(field(*content, "as_name")));
        else if (tag == "as_tensors")
            for (const json &one : *content)
                names.push_back(textOf(field(one, "name")));
        else
            names.emplace_back();
    }
    const bool isSeveral = value.isSequence();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!isSeveral)
            m_values.insert_or_assign(names[i], value);
        else
            m_values.insert_or_assign(names[i], i < value.items->size() ? (*value.items)[i] : AtenValue::unknown());
}

void ExportReader::runNode(const json &node, AtenGraph &graph)
{
    // "torch.ops.aten.conv2d.default", "_operator.mul"
    std::string target = textOf(field(node, "target"));
    for (const std::string_view start : {"torch.ops.aten.", "_operator.", "torch.ops."})
        if (target.starts_with(start)) {
            target.erase(0, start.size());
            if (start != "torch.ops.")
                target.erase(std::min(target.find('.'), target.size()));
            break;
        }
    const AtenArguments given = arguments(field(node, "inputs"));
    if (target == "getitem" && given.positional.size() == 2 && given.positional[0].isSequence()) {
        const auto index = given.positional[1].whole().value_or(-1);
        const auto &items = *given.positional[0].items;
        const bool isThere = index >= 0 && index < static_cast<std::int64_t>(items.size());
        keep(field(node, "outputs"), isThere ? items[static_cast<std::size_t>(index)] : AtenValue::unknown());
        return;
    }
    keep(field(node, "outputs"), graph.call(target, given, scopeOf(node)));
}

AtenValue ExportReader::result() const
{
    std::vector<AtenValue> values;
    for (const json &one : field(field(m_module, "signature"), "output_specs")) {
        const auto [tag, content] = tagged(one);
        if (tag == "user_output" && values.size() < 100)
            values.push_back(argument(field(*content, "arg")));
    }
    return AtenValue::ofItems(Kind::Tuple, std::move(values));
}

Result<FileContents> ExportReader::read()
{
    const auto picture = readInputs();
    if (!picture)
        return fail(picture.error());
    const auto shape = inputShape(*picture);
    if (!shape)
        return fail(shape.error());
    const auto findTensor = [this](const std::string &name) {
        const Tensor *tensor = m_tensors.find(name);
        return tensor ? std::optional(*tensor) : std::nullopt;
    };
    TracedGraph traced{.graph = AtenGraph(*picture, *shape, findTensor, tensorBudget(m_fileBytes))};
    m_values.insert_or_assign(*picture, traced.graph.input());
    for (const json &node : field(m_graphJson, "nodes"))
        runNode(node, traced.graph);
    traced.result = result();
    return contentsOf(std::move(traced), m_subject);
}

/// The name of the archive's first model; nothing when there is none.
std::optional<std::string> modelName(const ZipDirectory &zip)
{
    for (const std::string &name : zip.names())
        if (name.starts_with(modelFolder) && name.ends_with(".json"))
            return name.substr(modelFolder.size(), name.size() - modelFolder.size() - 5);
    return std::nullopt;
}

} // namespace

bool isTorchExport(const ZipDirectory &zip)
{
    return zip.contains(olderProgram) || (zip.contains("archive_format") && modelName(zip));
}

Result<FileContents> readTorchExport(const ZipDirectory &zip, const std::string &subject)
{
    const std::string model = zip.contains(olderProgram) ? std::string() : modelName(zip).value_or("");
    const auto text = zip.text(model.empty() ? std::string(olderProgram) : std::string(modelFolder) + model + ".json", largestJson);
    if (!text)
        return fail(text.error());
    try {
        const auto program = parseBoundedJson(*text);
        if (!program)
            return fail(
                ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged: its graph cannot be read; get the file again.", subject);
        auto tensors = exportedTensors(zip, model, subject);
        if (!tensors)
            return fail(tensors.error());
        return ExportReader(*program, std::move(*tensors), zip.file()->bytes().size(), subject).read();
    } catch (const json::exception &) {
        return fail(
            ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged: its graph cannot be read; get the file again.", subject);
    }
}

} // namespace graft
