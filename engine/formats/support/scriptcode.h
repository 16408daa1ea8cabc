#pragma once
#include "core/result.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// An expression of TorchScript's serialised code, a small part of Python. Expressions refer to one another by index.
struct ScriptExpression {
    enum class Kind { Name, Integer, Real, Text, None, True, False, Negative, Attribute, Call, Subscript, List, Tuple, Dictionary };
    Kind kind = Kind::None;
    std::int64_t integer = 0;
    double real = 0;
    std::string text{}; ///< the name of a Name or an Attribute; a Text's value
    /// Negative, Attribute: what it is of. Call: what is called, then its arguments. Subscript: the whole, the index. List, Tuple: the
    /// items. Dictionary: keys and values in turn.
    std::vector<std::uint32_t> items{};
    std::vector<std::string> keywords{}; ///< of a Call's last arguments
};

struct ScriptStatement {
    enum class Kind { Expression, Assign, If, For, While, Return, Pass };
    Kind kind = Kind::Pass;
    std::optional<std::uint32_t> value = {}; ///< the expression, what is assigned or returned, the condition, what is gone through
    std::uint32_t target = 0; ///< Assign, For: an expression: a Name, an Attribute, a Subscript or a Tuple of such
    std::vector<std::uint32_t> body = {}; ///< statements
    std::vector<std::uint32_t> otherwise = {};
};

struct ScriptParameter {
    std::string name;
    std::optional<std::uint32_t> defaultValue;
};

struct ScriptFunction {
    std::vector<ScriptParameter> parameters;
    std::vector<std::uint32_t> body;
};

struct ScriptClass {
    bool isNamedTuple = false;
    std::set<std::string, std::less<>> parameters; ///< what `__parameters__` lists
    std::vector<std::string> fields; ///< annotated names, in order
    std::map<std::string, std::uint32_t, std::less<>> constants; ///< attributes with a value: expressions
    std::map<std::string, ScriptFunction, std::less<>> methods;
    [[nodiscard]] const ScriptFunction *method(std::string_view name) const; ///< nullptr when there is none
};

/// The code of one TorchScript archive, as far as it has been read. Nothing of it is run.
struct ScriptCode {
    std::deque<ScriptExpression> expressions; ///< where they are they stay, while more is read
    std::deque<ScriptStatement> statements;
    std::map<std::string, ScriptFunction, std::less<>> functions; ///< "__torch__.torch.nn.functional.relu"
    std::map<std::string, ScriptClass, std::less<>> classes;
};

/// Reads one file of code into `code`; its functions and classes are named "<module>.<name>". FormatUnknown, with the place, for what is
/// not in the subset or is too deep or too much. `subject` is the archive's path.
[[nodiscard]] Result<void> parseScript(std::string_view text, const std::string &module, ScriptCode &code, const std::string &subject);

} // namespace graft
