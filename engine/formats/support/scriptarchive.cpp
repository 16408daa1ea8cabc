#include "formats/support/scriptarchive.h"

#include "formats/support/filename.h"

#include <algorithm>

namespace graft {
namespace {

using Kind = PickleNode::Kind;

/// All code together; that of a network of a thousand layers takes a hundredth of it.
constexpr std::size_t maximumCodeBytes = 8 << 20;
constexpr std::size_t maximumTensors = 200'000;
constexpr std::size_t longestPath = 1000;
constexpr std::size_t longestList = 10'000;

std::string joined(const std::string &path, std::string_view name)
{
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

} // namespace

Result<std::unique_ptr<ScriptArchive>> ScriptArchive::open(ZipDirectory zip, const std::string &subject)
{
    std::unique_ptr<ScriptArchive> archive(new ScriptArchive(std::move(zip), subject));
    if (auto read = archive->readData(); !read)
        return fail(read.error());
    if (auto plain = archive->requirePlain(); !plain)
        return fail(plain.error());
    return archive;
}

Result<void> ScriptArchive::readData()
{
    const std::uint64_t tensorBytes = 2 * m_zip.file()->bytes().size() + (64ULL << 20);
    for (const auto &[record, folder, data] :
        {std::tuple{"data.pkl", "data/", &m_objects}, {"constants.pkl", "constants/", &m_constants}}) {
        const auto bytes = m_zip.record(record);
        if (!bytes)
            return fail(bytes.error());
        auto pickle = parsePickle(*bytes, m_subject, ScriptClasses::Keep);
        if (!pickle)
            return fail(pickle.error());
        data->pickle = std::move(*pickle);
        const auto storage = [this, start = std::string(folder)](const StorageReference &reference) -> Result<StorageBytes> {
            const auto stored = m_zip.record(start + reference.key);
            if (!stored)
                return fail(stored.error());
            return StorageBytes{.owner = m_zip.file(), .bytes = *stored};
        };
        data->tensors.emplace(data->pickle, storage, tensorBytes, m_subject);
    }
    return {};
}

Result<void> ScriptArchive::requirePlain() const
{
    const Pickle &pickle = m_objects.pickle;
    if (pickle.at(pickle.root).kind != Kind::Object)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject) + "' is a TorchScript archive without a module; save one with torch.jit.save.", m_subject);
    const auto isQuantised = [](const PickleNode &node) {
        return (node.kind == Kind::Value && node.global && node.global->role == PickleRole::QuantizedTensor)
            || (node.kind == Kind::Object && node.text.find("torch.classes.quantized") != std::string_view::npos);
    };
    if (std::ranges::any_of(pickle.nodes, isQuantised))
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject)
                + "' is quantised: its weights are packed whole numbers, which cannot be trained; open the network that it was made from.",
            m_subject);
    return {};
}

AtenValue ScriptArchive::root() const
{
    return {.kind = AtenValue::Kind::Module, .integer = m_objects.pickle.root};
}

std::string ScriptArchive::className(const AtenValue &module) const
{
    std::string name(m_objects.pickle.at(static_cast<std::uint32_t>(module.integer)).text);
    constexpr std::string_view mangled = ".___torch_mangle_";
    if (const auto start = name.find(mangled); start != std::string::npos) {
        const auto end = std::min(name.find('.', start + 1), name.size());
        name.erase(start, end - start);
    }
    return name;
}

/// Reads the code that a qualified name's module stands in, once.
Result<void> ScriptArchive::load(const std::string &module)
{
    if (m_broken)
        return fail(*m_broken);
    if (!m_loaded.insert(module).second)
        return {};
    std::string record = "code/" + module;
    std::ranges::replace(record, '.', '/');
    record += ".py";
    if (!m_zip.contains(record))
        return {};
    const auto text = m_zip.text(record, maximumCodeBytes - m_codeBytes);
    if (!text)
        return fail(text.error());
    m_codeBytes += text->size();
    auto parsed = parseScript(*text, module, m_code, m_subject);
    if (!parsed)
        m_broken = parsed.error();
    return parsed;
}

Result<const ScriptClass *> ScriptArchive::findClass(const std::string &name)
{
    if (auto loaded = load(name.substr(0, std::min(name.rfind('.'), name.size()))); !loaded)
        return fail(loaded.error());
    const auto found = m_code.classes.find(name);
    return found == m_code.classes.end() ? nullptr : &found->second;
}

Result<const ScriptFunction *> ScriptArchive::findFunction(const std::string &name)
{
    if (auto loaded = load(name.substr(0, std::min(name.rfind('.'), name.size()))); !loaded)
        return fail(loaded.error());
    const auto found = m_code.functions.find(name);
    return found == m_code.functions.end() ? nullptr : &found->second;
}

Result<const ScriptClass *> ScriptArchive::classOf(const AtenValue &module)
{
    return findClass(std::string(m_objects.pickle.at(static_cast<std::uint32_t>(module.integer)).text));
}

/// The dictionary of an object's attributes.
const PickleNode *ScriptArchive::state(std::uint32_t object) const
{
    const PickleNode &node = m_objects.pickle.at(object);
    if (node.kind != Kind::Object || node.items.empty())
        return nullptr;
    const PickleNode &state = m_objects.pickle.at(node.items.front());
    return state.kind == Kind::Dictionary ? &state : nullptr;
}

Result<std::optional<AtenValue>> ScriptArchive::attribute(const AtenValue &module, const std::string &name)
{
    const PickleNode *attributes = state(static_cast<std::uint32_t>(module.integer));
    if (!attributes)
        return std::nullopt;
    const auto definition = classOf(module);
    if (!definition)
        return fail(definition.error());
    const Pickle &pickle = m_objects.pickle;
    for (std::size_t i = 0; i + 1 < attributes->items.size(); i += 2) {
        const PickleNode &key = pickle.at(attributes->items[i]);
        if (key.kind != Kind::Text || key.text != name)
            continue;
        const bool isParameter = *definition && (*definition)->parameters.contains(name);
        auto value = valueOf(m_objects, attributes->items[i + 1], joined(module.text, name), isParameter);
        if (!value)
            return fail(value.error());
        return std::optional(std::move(*value));
    }
    return std::nullopt;
}

// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
Result<AtenValue> ScriptArchive::valueOf(Data &data, std::uint32_t index, const std::string &path, bool isParameter, int depth)
{
    constexpr int deepest = 4;
    const PickleNode &node = data.pickle.at(index);
    switch (node.kind) {
    case Kind::None: return AtenValue{};
    case Kind::Boolean: return AtenValue::ofBoolean(node.integer != 0);
    case Kind::Integer: return AtenValue::ofInteger(node.integer);
    case Kind::Real: return AtenValue::ofReal(node.real);
    case Kind::Text: return AtenValue::ofText(std::string(node.text.substr(0, longestList)));
    case Kind::Tensor: return tensorOf(data, index, path, isParameter);
    case Kind::Object:
        if (&data != &m_objects || path.size() > longestPath)
            return AtenValue::unknown();
        return AtenValue{.kind = AtenValue::Kind::Module, .integer = index, .text = path};
    case Kind::Tuple:
    case Kind::List:
    case Kind::Dictionary: break;
    default: return AtenValue::unknown();
    }
    if (depth >= deepest || node.items.size() > longestList)
        return AtenValue::unknown();
    std::vector<AtenValue> items;
    for (const auto item : node.items) {
        auto value = valueOf(data, item, path, isParameter, depth + 1);
        if (!value)
            return value;
        items.push_back(std::move(*value));
    }
    return AtenValue::ofItems(node.kind == Kind::Tuple ? AtenValue::Kind::Tuple
            : node.kind == Kind::List                  ? AtenValue::Kind::List
                                                       : AtenValue::Kind::Dictionary,
        std::move(items));
}

Result<AtenValue> ScriptArchive::tensorOf(Data &data, std::uint32_t index, const std::string &path, bool isParameter)
{
    if (const auto known = data.known.find(index); known != data.known.end()) {
        known->second.tensor->isParameter |= isParameter;
        return known->second;
    }
    auto tensor = data.tensors->read(path.empty() ? "constant" : path, data.pickle.at(index));
    if (!tensor)
        return fail(tensor.error());
    return data.known.emplace(index, AtenValue::ofConstant(std::move(*tensor), path, isParameter)).first->second;
}

Result<AtenValue> ScriptArchive::constant(std::size_t number)
{
    const PickleNode &all = m_constants.pickle.at(m_constants.pickle.root);
    if (all.kind != Kind::Tuple || number >= all.items.size())
        return AtenValue::unknown();
    return valueOf(m_constants, all.items[number], "constant" + std::to_string(number), false);
}

std::optional<Tensor> ScriptArchive::tensorAt(const std::string &path)
{
    AtenValue value = root();
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('.', start), path.size());
        if (value.kind != AtenValue::Kind::Module)
            return std::nullopt;
        auto next = attribute(value, path.substr(start, end - start));
        if (!next || !*next)
            return std::nullopt;
        value = std::move(**next);
        start = end + 1;
    }
    return value.isConstant() ? std::optional(value.tensor->constant) : std::nullopt;
}

void ScriptArchive::forgetLayers()
{
    for (Data *data : {&m_objects, &m_constants})
        for (auto &[node, value] : data->known)
            value.tensor->asLayer.reset();
}

Result<StateDict> ScriptArchive::allTensors()
{
    StateDict tensors;
    std::vector<AtenValue> open = {root()};
    for (std::size_t visited = 0; !open.empty() && visited < maximumTensors && tensors.size() < maximumTensors; ++visited) {
        const AtenValue module = std::move(open.back());
        open.pop_back();
        const PickleNode *attributes = state(static_cast<std::uint32_t>(module.integer));
        for (std::size_t i = 0; attributes && i + 1 < attributes->items.size(); i += 2) {
            const PickleNode &key = m_objects.pickle.at(attributes->items[i]);
            const Kind kind = m_objects.pickle.at(attributes->items[i + 1]).kind;
            if (key.kind != Kind::Text || (kind != Kind::Tensor && kind != Kind::Object) || open.size() > maximumTensors)
                continue;
            auto value = valueOf(m_objects, attributes->items[i + 1], joined(module.text, key.text), false);
            if (!value)
                return fail(value.error());
            if (value->isConstant())
                tensors.set(joined(module.text, key.text), value->tensor->constant);
            else if (value->kind == AtenValue::Kind::Module)
                open.push_back(std::move(*value));
        }
    }
    return tensors;
}

} // namespace graft
