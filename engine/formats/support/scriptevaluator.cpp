#include "formats/support/scriptevaluator.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"
#include "formats/support/scriptmodules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace graft {
namespace {

using Kind = AtenValue::Kind;
using Expression = ScriptExpression::Kind;

constexpr std::size_t maximumItems = 1'000'000;
constexpr std::size_t maximumVariables = 20'000;
constexpr std::size_t longestPath = 1000;
constexpr int deepest = 300;

/// Names of Python's and of TorchScript's that take a type before their value.
bool takesType(std::string_view name)
{
    return name == "annotate" || name == "unchecked_cast" || name == "ops.prim.unchecked_cast";
}

} // namespace

class ScriptEvaluator::Nesting {
public:
    explicit Nesting(ScriptEvaluator &evaluator) : m_evaluator(evaluator)
    {
        if (++m_evaluator.m_depth > deepest)
            m_evaluator.fails("its code is nested too deep");
        if (++m_evaluator.m_steps > m_evaluator.m_maximumSteps)
            m_evaluator.fails("its code runs too long");
    }
    ~Nesting() { --m_evaluator.m_depth; }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;

private:
    ScriptEvaluator &m_evaluator;
};

AtenValue ScriptEvaluator::passes(Error error)
{
    if (!m_error)
        m_error = std::move(error);
    return AtenValue::unknown();
}

AtenValue ScriptEvaluator::fails(const std::string &complaint)
{
    return passes({ErrorCode::FormatUnknown,
        "'" + fileName(m_archive.subject()) + "' cannot become a graph of layers: " + complaint
            + "; in Python, save `model.state_dict()` with torch.save and open that file.",
        m_archive.subject()});
}

template <typename T>
T ScriptEvaluator::unwrap(Result<T> result)
{
    if (result)
        return std::move(*result);
    passes(std::move(result.error()));
    return T{};
}

/// Lists and texts take memory, which a loop could make again and again.
void ScriptEvaluator::count(const AtenValue &value)
{
    m_items += 1 + value.text.size() / 64 + (value.items ? value.items->size() : 0);
    if (m_items > maximumItems)
        fails("its code makes too much");
}

Result<AtenValue> ScriptEvaluator::run()
{
    const AtenValue root = m_archive.root();
    const auto definition = m_archive.classOf(root);
    if (!definition)
        return fail(definition.error());
    const ScriptFunction *method = *definition ? (*definition)->method("forward") : nullptr;
    if (!method) {
        fails("its root has no `forward`");
        return fail(*m_error);
    }
    const auto &parameters = method->parameters;
    const auto required = std::ranges::count_if(parameters, [](const ScriptParameter &one) { return !one.defaultValue; });
    if (parameters.size() < 2 || required > 2) {
        fails("it takes " + std::to_string(std::max<std::ptrdiff_t>(required, 1) - 1) + " inputs, not one picture");
        return fail(*m_error);
    }
    AtenValue result = callMethod(root, "forward", {.positional = {m_graph.input()}, .named = {}});
    if (m_error)
        return fail(std::move(*m_error));
    return result;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::evaluate(Index index, Frame &frame)
{
    const Nesting nesting(*this);
    if (hasFailed())
        return {};
    const ScriptExpression &expression = m_archive.code().expressions[index];
    switch (expression.kind) {
    case Expression::None: return {};
    case Expression::True: return AtenValue::ofBoolean(true);
    case Expression::False: return AtenValue::ofBoolean(false);
    case Expression::Integer: return AtenValue::ofInteger(expression.integer);
    case Expression::Real: return AtenValue::ofReal(expression.real);
    case Expression::Text: return AtenValue::ofText(expression.text);
    case Expression::Name: {
        if (const auto variable = frame.variables.find(expression.text); variable != frame.variables.end())
            return variable->second;
        if (expression.text == "inf" || expression.text == "nan")
            return AtenValue::ofReal(expression.text == "inf" ? std::numeric_limits<double>::infinity() : std::nan(""));
        return {.kind = Kind::Function, .text = expression.text};
    }
    case Expression::Negative: {
        const AtenValue value = evaluate(expression.items[0], frame);
        return callOperator("neg", {.positional = {value}, .named = {}}, frame);
    }
    case Expression::Attribute: return attribute(evaluate(expression.items[0], frame), expression.text);
    case Expression::Subscript: {
        const AtenValue whole = evaluate(expression.items[0], frame);
        return whole.kind == Kind::Function ? whole : subscript(whole, evaluate(expression.items[1], frame));
    }
    case Expression::Call: return call(expression, frame);
    case Expression::List:
    case Expression::Tuple:
    case Expression::Dictionary: break;
    }
    const Kind kind = expression.kind == Expression::List ? Kind::List
        : expression.kind == Expression::Tuple            ? Kind::Tuple
                                                          : Kind::Dictionary;
    AtenValue value = AtenValue::ofItems(kind, evaluateAll(expression.items, frame));
    count(value);
    return value;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
std::vector<AtenValue> ScriptEvaluator::evaluateAll(const std::vector<Index> &items, Frame &frame)
{
    std::vector<AtenValue> values;
    for (const Index item : items)
        if (!hasFailed())
            values.push_back(evaluate(item, frame));
    return values;
}

// NOLINTNEXTLINE(misc-no-recursion): classConstant() goes no deeper.
AtenValue ScriptEvaluator::attribute(const AtenValue &base, const std::string &name)
{
    if (base.kind == Kind::Function && base.text == "CONSTANTS") {
        const std::size_t number = name.size() > 1 && name.size() < 9 ? static_cast<std::size_t>(std::atoi(name.c_str() + 1)) : 0;
        return unwrap(m_archive.constant(number));
    }
    if (base.kind == Kind::Function) {
        if (base.text.size() > longestPath)
            return fails("its names are too long");
        return {.kind = Kind::Function, .text = base.text + "." + name};
    }
    if (base.kind != Kind::Module)
        return AtenValue::unknown();
    // The graph is that of evaluation, whatever mode the module was saved in.
    if (name == "training")
        return AtenValue::ofBoolean(false);
    if (const auto changed = m_changed.find({base.integer, name}); changed != m_changed.end())
        return changed->second;
    if (auto value = unwrap(m_archive.attribute(base, name)))
        return *value;
    return classConstant(base, name);
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::classConstant(const AtenValue &module, const std::string &name)
{
    const ScriptClass *definition = unwrap(m_archive.classOf(module));
    if (!definition)
        return AtenValue::unknown();
    const auto constant = definition->constants.find(name);
    Frame empty;
    return constant == definition->constants.end() ? AtenValue::unknown() : evaluate(constant->second, empty);
}

AtenValue ScriptEvaluator::subscript(const AtenValue &whole, const AtenValue &index)
{
    if (whole.kind == Kind::Dictionary) {
        for (std::size_t i = 0; i + 1 < whole.items->size(); i += 2) {
            const AtenValue &key = (*whole.items)[i];
            if (key.kind == index.kind && key.text == index.text && key.integer == index.integer)
                return (*whole.items)[i + 1];
        }
        return AtenValue::unknown();
    }
    const auto number = index.whole();
    if (!whole.isSequence() || !number)
        return AtenValue::unknown();
    const auto size = static_cast<std::int64_t>(whole.items->size());
    if (*number < -size || *number >= size)
        return fails("its code looks beyond the end of a list");
    return (*whole.items)[static_cast<std::size_t>(*number < 0 ? *number + size : *number)];
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenArguments ScriptEvaluator::arguments(const ScriptExpression &expression, Frame &frame)
{
    AtenArguments given;
    const std::size_t positional = expression.items.size() - expression.keywords.size();
    for (std::size_t i = 1; i < expression.items.size() && !hasFailed(); ++i) {
        AtenValue value = evaluate(expression.items[i], frame);
        if (i < positional)
            given.positional.push_back(std::move(value));
        else
            given.named.emplace_back(expression.keywords[i - positional], std::move(value));
    }
    return given;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::call(const ScriptExpression &expression, Frame &frame)
{
    const ScriptExpression &callee = m_archive.code().expressions[expression.items[0]];
    if (callee.kind == Expression::Attribute) {
        const AtenValue base = evaluate(callee.items[0], frame);
        if (base.kind == Kind::Module)
            return callMethod(base, callee.text, arguments(expression, frame));
        if (base.kind == Kind::Function)
            return callFunction(attribute(base, callee.text).text, arguments(expression, frame), frame);
        return fails("it calls " + inQuotes(callee.text) + " of what is no module");
    }
    const AtenValue function = evaluate(expression.items[0], frame);
    if (function.kind != Kind::Function)
        return fails("it calls what is no function");
    if (takesType(function.text) && expression.items.size() == 3)
        return evaluate(expression.items[2], frame);
    return callFunction(function.text, arguments(expression, frame), frame);
}

AtenScope ScriptEvaluator::scopeOf(const AtenValue &module)
{
    const std::string name = m_archive.className(module);
    const ScriptClass *definition = unwrap(m_archive.classOf(module));
    const bool ownsTensors = definition && !definition->parameters.empty();
    return {.path = module.text, .isLeaf = name.starts_with("__torch__.torch.nn.") && !ownsTensors};
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::callMethod(const AtenValue &module, const std::string &name, AtenArguments given)
{
    if (hasFailed())
        return {};
    if (auto known = knownModule(module, name, given))
        return *known;
    const ScriptClass *definition = unwrap(m_archive.classOf(module));
    const ScriptFunction *method = definition ? definition->method(name) : nullptr;
    if (!method)
        return fails("the code of " + inQuotes(name) + " is missing");
    given.positional.insert(given.positional.begin(), module);
    return runFunction(*method, std::move(given), scopeOf(module));
}

std::optional<AtenValue> ScriptEvaluator::knownModule(const AtenValue &module, const std::string &method, const AtenArguments &given)
{
    if (!method.starts_with("forward") || given.positional.empty())
        return std::nullopt;
    const ScriptModuleReader reader = findScriptModule(m_archive.className(module));
    if (!reader)
        return std::nullopt;
    auto value = reader({.archive = m_archive, .graph = m_graph, .module = module, .method = method, .arguments = given.positional});
    if (value && *value)
        return **value;
    if (!value)
        passes(value.error());
    return std::nullopt;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::callFunction(const std::string &name, AtenArguments given, Frame &frame)
{
    if (hasFailed())
        return {};
    const std::string leaf = name.substr(name.rfind('.') + 1);
    if (name.starts_with("__torch__.")) {
        if (name.ends_with(".stochastic_depth.stochastic_depth"))
            return callOperator("stochastic_depth", given, frame);
        if (const ScriptFunction *function = unwrap(m_archive.findFunction(name)))
            return runFunction(*function, std::move(given), frame.scope);
        bool isClass = false;
        AtenValue value = construct(name, std::move(given), isClass);
        return isClass || hasFailed() ? value : fails("the code of " + inQuotes(name) + " is missing");
    }
    if (leaf == "RaiseException")
        return fails("it stops with «" + (given.positional.empty() ? std::string() : given.positional.front().text.substr(0, 200)) + "»");
    if (name == "uninitialized" || name == "isinstance")
        return AtenValue::unknown();
    if (name == "getattr" && given.positional.size() == 2)
        return attribute(given.positional[0], given.positional[1].text);
    if (name == "range" || name == "float")
        return callOperator(name == "float" ? "Float" : "range", given, frame);
    if (name.starts_with("torch.") || name.starts_with("ops.prim.") || name.starts_with("ops.aten.") || name.find('.') == std::string::npos)
        return callOperator(leaf, given, frame);
    return callOperator(name, given, frame);
}

AtenValue ScriptEvaluator::callOperator(const std::string &name, const AtenArguments &given, Frame &frame)
{
    if (hasFailed())
        return {};
    static constexpr std::array<std::string_view, 6> ofTexts = {"embedding", "embedding_bag", "lstm", "gru", "_cast_Long", "long"};
    if (std::ranges::find(ofTexts, name) != ofTexts.end()
        && std::ranges::any_of(given.positional, [](const AtenValue &value) { return value.isLayer(); }))
        return fails("its input is no picture (it goes into `" + name + "`)");
    if (name == "unchecked_unwrap_optional" && !given.positional.empty())
        return given.positional.front();
    AtenValue value = m_graph.call(name, given, frame.scope);
    count(value);
    return value;
}

/// A class of the archive as a function: named tuples alone hold what a graph is made of.
AtenValue ScriptEvaluator::construct(const std::string &name, AtenArguments given, bool &isClass)
{
    const ScriptClass *definition = unwrap(m_archive.findClass(name));
    isClass = definition && definition->isNamedTuple;
    for (auto &[parameter, value] : given.named)
        given.positional.push_back(std::move(value));
    return isClass ? AtenValue::ofItems(Kind::Tuple, std::move(given.positional)) : AtenValue::unknown();
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
bool ScriptEvaluator::bind(const ScriptFunction &function, AtenArguments given, Frame &frame)
{
    const auto &parameters = function.parameters;
    if (given.positional.size() > parameters.size())
        return false;
    for (std::size_t i = 0; i < given.positional.size(); ++i)
        frame.variables.insert_or_assign(parameters[i].name, std::move(given.positional[i]));
    for (auto &[name, value] : given.named)
        frame.variables.insert_or_assign(name, std::move(value));
    for (const ScriptParameter &parameter : parameters) {
        if (frame.variables.contains(parameter.name))
            continue;
        if (!parameter.defaultValue)
            return false;
        frame.variables.emplace(parameter.name, evaluate(*parameter.defaultValue, frame));
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
AtenValue ScriptEvaluator::runFunction(const ScriptFunction &function, AtenArguments given, const AtenScope &scope)
{
    const Nesting nesting(*this);
    if (hasFailed())
        return {};
    Frame frame{.variables = {}, .scope = scope};
    if (!bind(function, std::move(given), frame))
        return fails("it calls a function with the wrong arguments");
    execute(function.body, frame);
    return std::move(frame.result);
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
void ScriptEvaluator::execute(const std::vector<Index> &body, Frame &frame)
{
    const Nesting nesting(*this);
    for (const Index index : body) {
        if (hasFailed() || frame.hasReturned)
            return;
        execute(m_archive.code().statements[index], frame);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
void ScriptEvaluator::execute(const ScriptStatement &statement, Frame &frame)
{
    switch (statement.kind) {
    case ScriptStatement::Kind::Pass: return;
    case ScriptStatement::Kind::Expression: evaluate(*statement.value, frame); return;
    case ScriptStatement::Kind::Assign: assign(statement.target, evaluate(*statement.value, frame), frame); return;
    case ScriptStatement::Kind::If: choose(statement, frame); return;
    case ScriptStatement::Kind::For:
    case ScriptStatement::Kind::While: loop(statement, frame); return;
    case ScriptStatement::Kind::Return:
        frame.result = statement.value ? evaluate(*statement.value, frame) : AtenValue{};
        frame.hasReturned = true;
    }
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
void ScriptEvaluator::assign(Index targetIndex, const AtenValue &value, Frame &frame)
{
    const Nesting nesting(*this);
    if (hasFailed())
        return;
    const ScriptExpression &target = m_archive.code().expressions[targetIndex];
    if (target.kind == Expression::Name) {
        frame.variables.insert_or_assign(target.text, value);
        if (frame.variables.size() > maximumVariables)
            fails("its code has too many variables");
    } else if (target.kind == Expression::Tuple) {
        const bool fits = value.isSequence() && value.items->size() == target.items.size();
        if (!fits && value.isSequence()) {
            fails("its code unpacks what has another length");
            return;
        }
        // The list may be that of a variable which is assigned on the way.
        const std::vector<AtenValue> items = fits ? *value.items : std::vector<AtenValue>();
        for (std::size_t i = 0; i < target.items.size(); ++i)
            assign(target.items[i], fits ? items[i] : value.isLayer() ? value : AtenValue::unknown(), frame);
    } else if (target.kind == Expression::Attribute) {
        const AtenValue module = evaluate(target.items[0], frame);
        if (module.kind == Kind::Module)
            m_changed.insert_or_assign({module.integer, target.text}, value);
        count(value);
    } else if (target.kind == Expression::Subscript) {
        const AtenValue whole = evaluate(target.items[0], frame);
        const AtenValue key = evaluate(target.items[1], frame);
        if (whole.kind == Kind::Dictionary && !value.items && !key.items && whole.items->size() < maximumVariables) {
            whole.items->push_back(key);
            whole.items->push_back(value);
        } else {
            callOperator("_set_item", {.positional = {whole, key, value}, .named = {}}, frame);
        }
    }
}

bool ScriptEvaluator::raises(const std::vector<Index> &body) const
{
    const ScriptCode &code = m_archive.code();
    return std::ranges::any_of(body, [&](Index index) {
        const ScriptStatement &statement = code.statements[index];
        if (statement.kind != ScriptStatement::Kind::Expression)
            return false;
        const ScriptExpression &call = code.expressions[*statement.value];
        return call.kind == Expression::Call && code.expressions[call.items[0]].text == "RaiseException";
    });
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
void ScriptEvaluator::choose(const ScriptStatement &statement, Frame &frame)
{
    const AtenValue condition = evaluate(*statement.value, frame);
    if (hasFailed())
        return;
    const auto known = condition.whole();
    // A check of what is not known beforehand is taken to be passed.
    if (known || raises(statement.body) || raises(statement.otherwise)) {
        const bool isTrue = known ? *known != 0 : !raises(statement.body);
        execute(isTrue ? statement.body : statement.otherwise, frame);
        return;
    }
    fails("what it does depends on what it sees (in `" + frame.scope.path + "`)");
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
void ScriptEvaluator::loop(const ScriptStatement &statement, Frame &frame)
{
    if (statement.kind == ScriptStatement::Kind::While) {
        while (!hasFailed() && !frame.hasReturned) {
            const auto condition = evaluate(*statement.value, frame).whole();
            if (!condition && !hasFailed())
                fails("how often it repeats a step depends on what it sees (in `" + frame.scope.path + "`)");
            if (!condition || *condition == 0)
                return;
            execute(statement.body, frame);
        }
        return;
    }
    const AtenValue all = evaluate(*statement.value, frame);
    if (!all.isSequence()) {
        fails("how often it repeats a step depends on what it sees (in `" + frame.scope.path + "`)");
        return;
    }
    const std::vector<AtenValue> items = *all.items;
    for (const AtenValue &item : items) {
        if (hasFailed() || frame.hasReturned)
            return;
        assign(statement.target, item, frame);
        execute(statement.body, frame);
    }
}

} // namespace graft
