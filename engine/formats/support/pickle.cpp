#include "formats/support/pickle.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"
#include "formats/support/pickleopcodes.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

namespace graft {
namespace {

using namespace pickleopcodes;

using Kind = PickleNode::Kind;
using Index = std::uint32_t;

/// Objects, stack and memo of one pickle; a state dict of a thousand layers takes some ten thousand.
constexpr std::size_t maximumCount = 4'000'000;
constexpr std::size_t maximumArguments = 16;
constexpr std::size_t maximumClassNameBytes = 64 << 20;

double bigEndianReal(std::string_view bytes)
{
    std::uint64_t bits = 0;
    for (const char byte : bytes)
        bits = bits << 8 | static_cast<unsigned char>(byte);
    return std::bit_cast<double>(bits);
}

class Parser {
public:
    Parser(std::span<const std::byte> bytes, const std::string &subject, ScriptClasses classes)
        : m_bytes(reinterpret_cast<const char *>(bytes.data()), bytes.size()), m_subject(subject), m_classes(classes)
    {
    }
    Result<Pickle> parse();

private:
    bool step(unsigned char opcode);
    bool stepValue(unsigned char opcode);

    bool fails(const std::string &what);
    bool refuse(std::string_view global);
    bool take(std::size_t count, std::string_view &taken);
    bool takeNumber(std::size_t count, std::uint64_t &number);
    bool takeLine(std::string_view &line);

    [[nodiscard]] bool stackIsEmpty() const { return m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()); }
    bool push(PickleNode node);
    bool pushIndex(Index index);
    bool pushItems(Kind kind) { return push({.kind = kind, .items = std::move(m_items)}); }
    bool pushInteger() { return push({.kind = Kind::Integer, .integer = static_cast<std::int64_t>(m_number)}); }
    bool pushLong(std::size_t length);
    bool pushDecimal(std::string_view text);
    bool pushCounted(std::size_t lengthBytes, Kind kind);
    bool pushGlobal(std::string_view module, std::string_view name);
    bool pushStackGlobal();
    bool pushStorage();
    bool pop(Index &index);
    bool popOrUnmark();
    bool popSome(std::size_t count);
    bool popToMark(std::vector<Index> &items);
    bool fill(Kind kind);
    bool remember(std::uint64_t place);
    bool recall(std::uint64_t place);
    bool call();
    bool build();
    bool makeOrderedDict(const std::vector<Index> &arguments);

    std::string_view m_bytes;
    std::size_t m_position = 0;
    std::string m_subject;
    ScriptClasses m_classes;
    Pickle m_pickle;
    std::vector<Index> m_stack;
    std::vector<std::size_t> m_marks;
    std::vector<std::optional<Index>> m_memo;
    std::vector<Index> m_items; ///< what was last taken off the stack
    std::uint64_t m_number = 0; ///< what was last read
    std::size_t m_copiedItems = 0;
    std::size_t m_pushes = 0;
    std::size_t m_classNameBytes = 0;
    std::optional<Error> m_error;
};

bool Parser::fails(const std::string &what)
{
    if (!m_error)
        m_error = Error{ErrorCode::FileCorrupt,
            "'" + fileName(m_subject) + "' is damaged or cut short: its pickle " + what + "; get the file again.", m_subject};
    return false;
}

bool Parser::refuse(std::string_view global)
{
    const bool wholeModel = global.starts_with("torch.nn.modules.")
        || (m_bytes.find("_parameters") != std::string_view::npos && m_bytes.find("_modules") != std::string_view::npos);
    m_error = Error{ErrorCode::FileRefused,
        wholeModel ? "'" + fileName(m_subject) + "' holds a whole pickled model (" + inQuotes(global)
                + "), which only its own code can open; in Python, save `model.state_dict()` and open that file."
                   : "'" + fileName(m_subject) + "' wants to run " + inQuotes(global)
                + "; Graft never runs code from a model file, so it was not opened.",
        m_subject};
    return false;
}

bool Parser::take(std::size_t count, std::string_view &taken)
{
    if (count > m_bytes.size() - m_position)
        return fails("ends in the middle");
    taken = m_bytes.substr(m_position, count);
    m_position += count;
    return true;
}

bool Parser::takeNumber(std::size_t count, std::uint64_t &number)
{
    std::string_view bytes;
    number = 0;
    if (!take(count, bytes))
        return false;
    std::memcpy(&number, bytes.data(), count);
    return true;
}

bool Parser::takeLine(std::string_view &line)
{
    const auto end = m_bytes.find('\n', m_position);
    if (end == std::string_view::npos)
        return fails("ends in the middle");
    line = m_bytes.substr(m_position, end - m_position);
    m_position = end + 1;
    return true;
}

bool Parser::push(PickleNode node)
{
    if (m_pickle.nodes.size() >= maximumCount)
        return fails("holds too many objects");
    m_pickle.nodes.push_back(std::move(node));
    return pushIndex(static_cast<Index>(m_pickle.nodes.size() - 1));
}

bool Parser::pushIndex(Index index)
{
    // What is pushed and taken off again lives on in lists and tuples: all pushes are bounded too.
    if (m_stack.size() >= maximumCount || ++m_pushes > 16 * maximumCount)
        return fails("holds too many objects");
    m_stack.push_back(index);
    return true;
}

bool Parser::pop(Index &index)
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
        return fails("takes an object that it never gave");
    index = m_stack.back();
    m_stack.pop_back();
    return true;
}

bool Parser::popToMark(std::vector<Index> &items)
{
    if (m_marks.empty())
        return fails("closes a list that it never opened");
    items.assign(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()), m_stack.end());
    m_stack.resize(m_marks.back());
    m_marks.pop_back();
    return true;
}

bool Parser::popOrUnmark()
{
    Index ignored = 0;
    if (!stackIsEmpty() || m_marks.empty())
        return pop(ignored);
    m_marks.pop_back();
    return true;
}

/// The last `count` objects into m_items, in the order they were pushed.
bool Parser::popSome(std::size_t count)
{
    m_items.assign(count, 0);
    for (std::size_t i = count; i > 0; --i)
        if (!pop(m_items[i - 1]))
            return false;
    return true;
}

/// m_items into the list or dictionary on top of the stack.
bool Parser::fill(Kind kind)
{
    if (stackIsEmpty() || m_pickle.at(m_stack.back()).kind != kind || (kind == Kind::Dictionary && m_items.size() % 2 != 0))
        return fails("fills an object of another kind");
    auto &items = m_pickle.nodes[m_stack.back()].items;
    items.insert(items.end(), m_items.begin(), m_items.end());
    return true;
}

bool Parser::pushGlobal(std::string_view module, std::string_view name)
{
    const std::string full = std::string(module) + "." + std::string(name);
    const PickleGlobal *global = findPickleGlobal(full, m_classes);
    if (!global)
        return refuse(full);
    if (global->role != PickleRole::ScriptClass)
        return push({.kind = Kind::Global, .global = global});
    m_classNameBytes += full.size();
    if (m_classNameBytes > maximumClassNameBytes)
        return fails("names too many classes");
    return push({.kind = Kind::Global, .text = m_pickle.classNames.emplace_back(full), .global = global});
}

/// A little-endian two's complement integer; one that 64 bits cannot hold is a value that nobody looks into.
bool Parser::pushLong(std::size_t length)
{
    std::string_view bytes;
    if (!take(length, bytes))
        return false;
    if (length > 8)
        return push({.kind = Kind::Value, .text = bytes});
    std::int64_t number = !bytes.empty() && (bytes.back() & 0x80) != 0 ? -1 : 0;
    std::memcpy(&number, bytes.data(), bytes.size());
    return push({.kind = Kind::Integer, .integer = number});
}

bool Parser::pushCounted(std::size_t lengthBytes, Kind kind)
{
    std::uint64_t length = 0;
    std::string_view text;
    return takeNumber(lengthBytes, length) && take(length, text) && push({.kind = kind, .text = text});
}

/// Python 2 wrote integers of more than 32 bits as text.
bool Parser::pushDecimal(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return fails("holds a number that is none");
    return push({.kind = Kind::Integer, .integer = number});
}

bool Parser::pushStackGlobal()
{
    if (!popSome(2))
        return false;
    const PickleNode &module = m_pickle.at(m_items[0]), &name = m_pickle.at(m_items[1]);
    if (module.kind != Kind::Text || name.kind != Kind::Text)
        return fails("names a function by what is no text");
    return pushGlobal(module.text, name.text);
}

/// A persistent id: ("storage", its type, its key, its device, its number of elements, perhaps what it is a view of).
bool Parser::pushStorage()
{
    Index index = 0;
    if (!pop(index))
        return false;
    const PickleNode &id = m_pickle.at(index);
    if (id.kind != Kind::Tuple || id.items.size() < 5 || id.items.size() > 6 || m_pickle.at(id.items[0]).text != "storage")
        return fails("refers to data of an unknown kind");
    return push({.kind = Kind::Storage, .items = id.items});
}

/// Python 2 gave the items as a list of pairs.
bool Parser::makeOrderedDict(const std::vector<Index> &arguments)
{
    PickleNode dictionary{.kind = Kind::Dictionary};
    if (!arguments.empty()) {
        const auto &pairs = m_pickle.at(arguments.front()).items;
        // One list could be given again and again: what is copied is bounded in all.
        m_copiedItems += 2 * pairs.size();
        if (m_copiedItems > maximumCount)
            return fails("holds too many objects");
        for (const Index pair : pairs) {
            const auto &items = m_pickle.at(pair).items;
            if (items.size() != 2)
                return fails("makes a dictionary of the wrong things");
            dictionary.items.insert(dictionary.items.end(), items.begin(), items.end());
        }
    }
    return push(std::move(dictionary));
}

/// What REDUCE would run: here a table of what the few known functions mean.
bool Parser::call()
{
    Index argumentsIndex = 0, callee = 0;
    if (!pop(argumentsIndex) || !pop(callee))
        return false;
    const PickleGlobal *global = m_pickle.at(callee).global;
    if (m_pickle.at(callee).kind != Kind::Global || m_pickle.at(argumentsIndex).kind != Kind::Tuple)
        return fails("calls what is no function");
    const auto &given = m_pickle.at(argumentsIndex).items;
    if (given.size() > maximumArguments)
        return fails("calls `" + std::string(global->name) + "` with too much");
    const std::vector<Index> arguments = given;
    switch (global->role) {
    case PickleRole::OrderedDict: return makeOrderedDict(arguments);
    case PickleRole::Value: return push({.kind = Kind::Value});
    case PickleRole::Sequence:
    case PickleRole::Argument:
    case PickleRole::RebuildParameter: return arguments.empty() ? fails("lacks an argument") : pushIndex(arguments.front());
    case PickleRole::RebuildTensor:
    case PickleRole::RebuildTypedTensor: return push({.kind = Kind::Tensor, .global = global, .items = arguments});
    case PickleRole::ScriptClass: return push({.kind = Kind::Object, .text = m_pickle.at(callee).text});
    case PickleRole::QuantizedTensor: return push({.kind = Kind::Value, .global = global});
    case PickleRole::Storage:
    case PickleRole::UntypedStorage:
    case PickleRole::Type:
    case PickleRole::Unsupported: break;
    }
    return fails("calls `" + std::string(global->name) + "`");
}

/// State that an object wants back beside its items: a state dict's `_metadata`. Nothing here needs it.
bool Parser::build()
{
    Index state = 0;
    if (!pop(state))
        return false;
    if (stackIsEmpty())
        return fails("takes an object that it never gave");
    PickleNode &object = m_pickle.nodes[m_stack.back()];
    const Kind kind = object.kind;
    if (kind == Kind::Object) {
        object.items = {state};
        return true;
    }
    return kind == Kind::Dictionary || kind == Kind::Tensor || kind == Kind::Value || fails("sets up an object of an unknown kind");
}

bool Parser::remember(std::uint64_t place)
{
    if (stackIsEmpty() || place >= maximumCount)
        return fails("remembers what it cannot");
    if (place >= m_memo.size())
        m_memo.resize(place + 1);
    m_memo[place] = m_stack.back();
    return true;
}

bool Parser::recall(std::uint64_t place)
{
    return place < m_memo.size() && m_memo[place] ? pushIndex(*m_memo[place]) : fails("recalls an object that it never gave");
}

/// Opcodes that make one plain value.
bool Parser::stepValue(unsigned char opcode)
{
    std::string_view text;
    switch (opcode) {
    case None: return push({});
    case True: return push({.kind = Kind::Boolean, .integer = 1});
    case False: return push({.kind = Kind::Boolean});
    case BinInt1: return takeNumber(1, m_number) && pushInteger();
    case BinInt2: return takeNumber(2, m_number) && pushInteger();
    case BinInt: return pushLong(4);
    case Long1: return takeNumber(1, m_number) && pushLong(m_number);
    case Long4: return takeNumber(4, m_number) && pushLong(m_number);
    case Int: return takeLine(text) && pushDecimal(text);
    case BinFloat: return take(8, text) && push({.kind = Kind::Real, .real = bigEndianReal(text)});
    case ShortBinString:
    case ShortBinUnicode: return pushCounted(1, Kind::Text);
    case BinString:
    case BinUnicode: return pushCounted(4, Kind::Text);
    case BinUnicode8: return pushCounted(8, Kind::Text);
    case ShortBinBytes: return pushCounted(1, Kind::Value);
    case BinBytes: return pushCounted(4, Kind::Value);
    case BinBytes8:
    case ByteArray8: return pushCounted(8, Kind::Value);
    case EmptySet: return push({.kind = Kind::List});
    case EmptyList: return push({.kind = Kind::List});
    case EmptyDict: return push({.kind = Kind::Dictionary});
    case EmptyTuple: return push({.kind = Kind::Tuple});
    default: return fails("uses the instruction " + std::to_string(opcode) + ", which no state dict needs");
    }
}

/// Opcodes that work on the stack.
bool Parser::step(unsigned char opcode)
{
    std::string_view module, name;
    switch (opcode) {
    case Protocol: return takeNumber(1, m_number) && (m_number <= 5 || fails("is of an unknown protocol"));
    case Frame: return take(8, name);
    case Mark: m_marks.push_back(m_stack.size()); return m_marks.size() < maximumCount || fails("is nested too deep");
    case Pop: return popOrUnmark();
    case PopMark: return popToMark(m_items);
    case Dup: return !stackIsEmpty() ? pushIndex(m_stack.back()) : fails("takes an object that it never gave");
    case Tuple1: return popSome(1) && pushItems(Kind::Tuple);
    case Tuple2: return popSome(2) && pushItems(Kind::Tuple);
    case Tuple3: return popSome(3) && pushItems(Kind::Tuple);
    case Tuple: return popToMark(m_items) && pushItems(Kind::Tuple);
    case FrozenSet: return popToMark(m_items) && pushItems(Kind::List);
    case Append: return popSome(1) && fill(Kind::List);
    case Appends:
    case AddItems: return popToMark(m_items) && fill(Kind::List);
    case SetItem: return popSome(2) && fill(Kind::Dictionary);
    case SetItems: return popToMark(m_items) && fill(Kind::Dictionary);
    case BinGet: return takeNumber(1, m_number) && recall(m_number);
    case LongBinGet: return takeNumber(4, m_number) && recall(m_number);
    case BinPut: return takeNumber(1, m_number) && remember(m_number);
    case LongBinPut: return takeNumber(4, m_number) && remember(m_number);
    case Memoize: return remember(m_memo.size());
    case GlobalName: return takeLine(module) && takeLine(name) && pushGlobal(module, name);
    case Inst:
        return takeLine(module) && takeLine(name) && pushGlobal(module, name) && fails("makes objects in a way of old, unsafe files");
    case StackGlobal: return pushStackGlobal();
    case Reduce:
    case NewObject: return call();
    case Build: return build();
    case BinPersId: return pushStorage();
    default: return stepValue(opcode);
    }
}

Result<Pickle> Parser::parse()
{
    for (;;) {
        std::string_view opcode;
        if (!take(1, opcode))
            return fail(*m_error);
        if (opcode[0] == Stop)
            break;
        if (!step(static_cast<unsigned char>(opcode[0])))
            return fail(*m_error);
    }
    if (!m_marks.empty() || !pop(m_pickle.root)) {
        fails("has no end");
        return fail(*m_error);
    }
    m_pickle.length = m_position;
    return std::move(m_pickle);
}

} // namespace

const PickleNode *Pickle::find(const PickleNode &dictionary, std::string_view key) const
{
    for (std::size_t i = dictionary.items.size() / 2; i > 0; --i) {
        const PickleNode &candidate = at(dictionary.items[2 * i - 2]);
        if (candidate.kind == PickleNode::Kind::Text && candidate.text == key)
            return &at(dictionary.items[2 * i - 1]);
    }
    return nullptr;
}

Result<Pickle> parsePickle(std::span<const std::byte> bytes, const std::string &subject, ScriptClasses classes)
{
    return Parser(bytes, subject, classes).parse();
}

} // namespace graft
