#include "formats/support/scriptcode.h"

#include "formats/support/filename.h"
#include "formats/support/scriptlexer.h"

#include <algorithm>

namespace graft {
namespace {

using Index = std::uint32_t;
using Token = ScriptToken::Kind;
using Expression = ScriptExpression;
using Statement = ScriptStatement;

/// The code of a network of a thousand layers has some hundred thousand.
constexpr std::size_t maximumNodes = 1'000'000;
constexpr int deepest = 100;

/// A recursive-descent parser; what went wrong stands in m_failed, and everything returns soon after.
class Parser {
public:
    Parser(std::string_view text, std::string module, ScriptCode &code) : m_lexer(text), m_module(std::move(module)), m_code(code)
    {
        advance();
    }
    [[nodiscard]] bool parse();
    [[nodiscard]] int line() const { return m_failedLine; }

private:
    class Nesting {
    public:
        explicit Nesting(Parser &parser) : m_parser(parser)
        {
            if (++m_parser.m_depth > deepest)
                m_parser.fails();
        }
        ~Nesting() { --m_parser.m_depth; }
        Nesting(const Nesting &) = delete;
        Nesting &operator=(const Nesting &) = delete;

    private:
        Parser &m_parser;
    };

    void fails();
    void advance();
    [[nodiscard]] bool isSymbol(std::string_view symbol) const { return m_token.kind == Token::Symbol && m_token.text == symbol; }
    [[nodiscard]] bool isName(std::string_view name) const { return m_token.kind == Token::Name && m_token.text == name; }
    bool takeSymbol(std::string_view symbol);
    void expect(std::string_view symbol);
    void expect(Token kind);
    std::string takeName();

    Index add(Expression expression);
    Index expression();
    Index atom();
    Index named();
    Index call(Index callee);
    Index bracketed(std::string_view close, Expression::Kind kind);
    Index expressions();

    Index add(Statement statement);
    std::vector<Index> block();
    Index statement();
    Index conditional();
    Index loop();
    Index assignmentOrExpression();

    void classDefinition();
    void classLine(ScriptClass &definition);
    void methodInto(std::map<std::string, ScriptFunction, std::less<>> &functions, const std::string &prefix);
    ScriptFunction function();

    ScriptLexer m_lexer;
    std::string m_module;
    ScriptCode &m_code;
    ScriptToken m_token;
    int m_depth = 0;
    int m_failedLine = 0; ///< 0: all is well
};

void Parser::fails()
{
    if (m_failedLine == 0)
        m_failedLine = m_lexer.line();
    // Everything that goes on ends at this token.
    m_token = {.kind = Token::End};
}

void Parser::advance()
{
    if (m_failedLine != 0)
        return;
    m_token = m_lexer.next();
    if (m_token.kind == Token::Bad)
        fails();
}

bool Parser::takeSymbol(std::string_view symbol)
{
    if (!isSymbol(symbol))
        return false;
    advance();
    return true;
}

void Parser::expect(std::string_view symbol)
{
    if (!takeSymbol(symbol))
        fails();
}

void Parser::expect(Token kind)
{
    if (m_token.kind != kind)
        fails();
    else
        advance();
}

std::string Parser::takeName()
{
    std::string name(m_token.kind == Token::Name ? m_token.text : std::string_view());
    expect(Token::Name);
    return name;
}

Index Parser::add(Expression expression)
{
    if (m_code.expressions.size() + m_code.statements.size() >= maximumNodes)
        fails();
    m_code.expressions.push_back(std::move(expression));
    return static_cast<Index>(m_code.expressions.size() - 1);
}

Index Parser::add(Statement statement)
{
    m_code.statements.push_back(std::move(statement));
    return static_cast<Index>(m_code.statements.size() - 1);
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::expression()
{
    const Nesting nesting(*this);
    if (takeSymbol("-")) {
        const Index value = expression();
        return add({.kind = Expression::Kind::Negative, .items = {value}});
    }
    Index value = atom();
    while (m_failedLine == 0) {
        if (takeSymbol(".")) {
            std::string name = takeName();
            value = add({.kind = Expression::Kind::Attribute, .text = std::move(name), .items = {value}});
        } else if (takeSymbol("(")) {
            value = call(value);
        } else if (takeSymbol("[")) {
            const Index index = expressions();
            expect("]");
            value = add({.kind = Expression::Kind::Subscript, .items = {value, index}});
        } else {
            break;
        }
    }
    return value;
}

Index Parser::named()
{
    const std::string name = takeName();
    if (name == "None")
        return add(Expression{});
    if (name == "True" || name == "False")
        return add({.kind = name == "True" ? Expression::Kind::True : Expression::Kind::False});
    return add({.kind = Expression::Kind::Name, .text = name});
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::atom()
{
    ScriptToken token = m_token;
    switch (token.kind) {
    case Token::Name: return named();
    case Token::Integer: advance(); return add({.kind = Expression::Kind::Integer, .integer = token.integer});
    case Token::Real: advance(); return add({.kind = Expression::Kind::Real, .real = token.real});
    case Token::Text: advance(); return add({.kind = Expression::Kind::Text, .text = std::move(token.value)});
    default: break;
    }
    if (takeSymbol("["))
        return bracketed("]", Expression::Kind::List);
    if (takeSymbol("{"))
        return bracketed("}", Expression::Kind::Dictionary);
    if (takeSymbol("(")) {
        if (takeSymbol(")"))
            return add({.kind = Expression::Kind::Tuple});
        const Index value = expressions();
        expect(")");
        return value;
    }
    fails();
    return add(Expression{});
}

/// What stands in brackets, the opening one taken.
// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::bracketed(std::string_view close, Expression::Kind kind)
{
    Expression all{.kind = kind};
    while (m_failedLine == 0 && !isSymbol(close)) {
        all.items.push_back(expression());
        if (kind == Expression::Kind::Dictionary) {
            expect(":");
            all.items.push_back(expression());
        }
        if (!takeSymbol(","))
            break;
    }
    expect(close);
    return add(std::move(all));
}

/// One expression, or a tuple without brackets.
// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::expressions()
{
    const Index first = expression();
    if (!isSymbol(","))
        return first;
    Expression tuple{.kind = Expression::Kind::Tuple, .items = {first}};
    while (m_failedLine == 0 && takeSymbol(",")) {
        if (isSymbol("=") || isSymbol(")") || isSymbol("]") || m_token.kind == Token::Newline || m_token.kind == Token::End)
            break;
        tuple.items.push_back(expression());
    }
    return add(std::move(tuple));
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::call(Index callee)
{
    Expression call{.kind = Expression::Kind::Call, .items = {callee}};
    while (m_failedLine == 0 && !isSymbol(")")) {
        Index value = expression();
        if (isSymbol("=")) {
            if (m_code.expressions[value].kind != Expression::Kind::Name)
                fails();
            advance();
            call.keywords.push_back(m_code.expressions[value].text);
            value = expression();
        } else if (!call.keywords.empty()) {
            fails();
        }
        call.items.push_back(value);
        if (!takeSymbol(","))
            break;
    }
    expect(")");
    return add(std::move(call));
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
std::vector<Index> Parser::block()
{
    const Nesting nesting(*this);
    std::vector<Index> body;
    expect(":");
    expect(Token::Newline);
    expect(Token::Indent);
    while (m_failedLine == 0 && m_token.kind != Token::Dedent)
        body.push_back(statement());
    expect(Token::Dedent);
    return body;
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::conditional()
{
    Statement choice{.kind = Statement::Kind::If};
    advance();
    choice.value = expression();
    choice.body = block();
    if (isName("else")) {
        advance();
        choice.otherwise = block();
    }
    return add(std::move(choice));
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::loop()
{
    Statement loop{.kind = isName("for") ? Statement::Kind::For : Statement::Kind::While};
    advance();
    if (loop.kind == Statement::Kind::For) {
        loop.target = expressions();
        if (!isName("in"))
            fails();
        advance();
    }
    loop.value = expression();
    loop.body = block();
    return add(std::move(loop));
}

Index Parser::assignmentOrExpression()
{
    Statement line{.kind = Statement::Kind::Expression};
    line.value = expressions();
    if (takeSymbol(":"))
        expression();
    if (takeSymbol("=")) {
        line.kind = Statement::Kind::Assign;
        line.target = *line.value;
        line.value = expressions();
    }
    expect(Token::Newline);
    return add(std::move(line));
}

// NOLINTNEXTLINE(misc-no-recursion): Nesting bounds it.
Index Parser::statement()
{
    if (isName("if"))
        return conditional();
    if (isName("for") || isName("while"))
        return loop();
    if (isName("pass")) {
        advance();
        expect(Token::Newline);
        return add(Statement{});
    }
    if (!isName("return"))
        return assignmentOrExpression();
    advance();
    Statement result{.kind = Statement::Kind::Return};
    if (m_token.kind != Token::Newline)
        result.value = expressions();
    expect(Token::Newline);
    return add(std::move(result));
}

ScriptFunction Parser::function()
{
    ScriptFunction function;
    expect("(");
    while (m_failedLine == 0 && !isSymbol(")")) {
        ScriptParameter parameter{.name = takeName(), .defaultValue = {}};
        if (takeSymbol(":"))
            expression();
        if (takeSymbol("="))
            parameter.defaultValue = expression();
        function.parameters.push_back(std::move(parameter));
        if (!takeSymbol(","))
            break;
    }
    expect(")");
    if (takeSymbol("->"))
        expression();
    function.body = block();
    return function;
}

void Parser::methodInto(std::map<std::string, ScriptFunction, std::less<>> &functions, const std::string &prefix)
{
    advance();
    std::string name = prefix + takeName();
    functions.insert_or_assign(std::move(name), function());
}

/// An attribute's type, perhaps with its value, or one of the lists that describe the class.
void Parser::classLine(ScriptClass &definition)
{
    const Index target = expressions();
    const std::string name = m_code.expressions[target].text;
    const bool isField = m_code.expressions[target].kind == Expression::Kind::Name && takeSymbol(":");
    if (isField) {
        expression();
        definition.fields.push_back(name);
    }
    if (takeSymbol("=")) {
        const Index value = expressions();
        if (isField)
            definition.constants.insert_or_assign(name, value);
        else if (name == "__parameters__")
            for (const Index item : m_code.expressions[value].items)
                definition.parameters.insert(m_code.expressions[item].text);
    }
    expect(Token::Newline);
}

void Parser::classDefinition()
{
    advance();
    const std::string name = m_module + "." + takeName();
    ScriptClass definition;
    if (takeSymbol("(")) {
        definition.isNamedTuple = isName("NamedTuple");
        while (m_failedLine == 0 && !isSymbol(")"))
            advance();
        expect(")");
    }
    expect(":");
    expect(Token::Newline);
    expect(Token::Indent);
    while (m_failedLine == 0 && m_token.kind != Token::Dedent && m_token.kind != Token::End) {
        if (isName("def")) {
            methodInto(definition.methods, {});
        } else if (isName("pass")) {
            advance();
            expect(Token::Newline);
        } else {
            classLine(definition);
        }
    }
    expect(Token::Dedent);
    m_code.classes.insert_or_assign(name, std::move(definition));
}

bool Parser::parse()
{
    while (m_failedLine == 0 && m_token.kind != Token::End) {
        if (isName("class"))
            classDefinition();
        else if (isName("def"))
            methodInto(m_code.functions, m_module + ".");
        else if (isName("import")) // files of PyTorch before 1.4
            while (m_failedLine == 0 && m_token.kind != Token::Newline && m_token.kind != Token::End)
                advance();
        else if (m_token.kind == Token::Newline)
            advance();
        else
            static_cast<void>(statement());
    }
    return m_failedLine == 0;
}

} // namespace

const ScriptFunction *ScriptClass::method(std::string_view name) const
{
    const auto found = methods.find(name);
    return found == methods.end() ? nullptr : &found->second;
}

Result<void> parseScript(std::string_view text, const std::string &module, ScriptCode &code, const std::string &subject)
{
    Parser parser(text, module, code);
    if (parser.parse())
        return {};
    return fail(ErrorCode::FormatUnknown,
        "'" + fileName(subject) + "' holds TorchScript that Graft cannot read (" + module.substr(0, 200) + ", line "
            + std::to_string(parser.line()) + "); in Python, save `model.state_dict()` with torch.save and open that file.",
        subject);
}

} // namespace graft
