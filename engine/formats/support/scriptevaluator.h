#pragma once
#include "formats/support/atengraph.h"
#include "formats/support/scriptarchive.h"

namespace graft {

/// Goes through the code of a TorchScript archive once, in evaluation mode, with a tensor of known shape and unknown contents, and hands
/// every call of an operator to an AtenGraph. Steps, depth and memory are bounded, whatever the code says.
class ScriptEvaluator {
public:
    /// At most `maximumSteps` expressions and statements are gone through.
    ScriptEvaluator(ScriptArchive &archive, AtenGraph &graph, std::size_t maximumSteps)
        : m_archive(archive), m_graph(graph), m_maximumSteps(maximumSteps)
    {
    }

    /// What the root module's `forward` gives for the graph's input. FormatUnknown, with the reason, for code that cannot become a graph.
    [[nodiscard]] Result<AtenValue> run();
    [[nodiscard]] std::size_t steps() const { return m_steps; }

private:
    using Index = std::uint32_t;
    struct Frame {
        std::map<std::string, AtenValue, std::less<>> variables;
        AtenScope scope;
        bool hasReturned = false;
        AtenValue result{};
    };
    class Nesting;

    AtenValue fails(const std::string &complaint);
    AtenValue passes(Error error);
    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }
    void count(const AtenValue &value);
    template <typename T>
    T unwrap(Result<T> result);

    AtenValue evaluate(Index index, Frame &frame);
    AtenValue attribute(const AtenValue &base, const std::string &name);
    AtenValue classConstant(const AtenValue &module, const std::string &name);
    AtenValue subscript(const AtenValue &whole, const AtenValue &index);
    std::vector<AtenValue> evaluateAll(const std::vector<Index> &items, Frame &frame);

    AtenValue call(const ScriptExpression &expression, Frame &frame);
    AtenArguments arguments(const ScriptExpression &expression, Frame &frame);
    AtenValue callMethod(const AtenValue &module, const std::string &name, AtenArguments given);
    AtenValue callFunction(const std::string &name, AtenArguments given, Frame &frame);
    AtenValue callOperator(const std::string &name, const AtenArguments &given, Frame &frame);
    AtenValue construct(const std::string &name, AtenArguments given, bool &isClass);
    AtenValue runFunction(const ScriptFunction &function, AtenArguments given, const AtenScope &scope);
    bool bind(const ScriptFunction &function, AtenArguments given, Frame &frame);
    [[nodiscard]] AtenScope scopeOf(const AtenValue &module);
    std::optional<AtenValue> knownModule(const AtenValue &module, const std::string &method, const AtenArguments &given);

    void execute(const std::vector<Index> &body, Frame &frame);
    void execute(const ScriptStatement &statement, Frame &frame);
    void assign(Index target, const AtenValue &value, Frame &frame);
    void choose(const ScriptStatement &statement, Frame &frame);
    void loop(const ScriptStatement &statement, Frame &frame);
    [[nodiscard]] bool raises(const std::vector<Index> &body) const;

    ScriptArchive &m_archive;
    AtenGraph &m_graph;
    std::map<std::pair<std::int64_t, std::string>, AtenValue> m_changed; ///< attributes that the code has set
    std::optional<Error> m_error;
    std::size_t m_maximumSteps;
    std::size_t m_steps = 0;
    std::size_t m_items = 0;
    int m_depth = 0;
};

} // namespace graft
