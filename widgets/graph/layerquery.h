#pragma once
#include "graph/blocktree.h"

#include <QRegularExpression>
#include <QString>
#include <optional>

namespace graft {

/// What the search line asks for. Words separated by spaces must all hold, commas separate alternatives, a minus before a word turns it:
///
///     conv1  "conv1"        in the name, the type or the category, whatever its case; with * or ? the whole name or type: *.bn?
///     512×7×7  512 x 7      these numbers side by side in the output's shape, ? for any; a lone number also in the name
///     >1M  params>=1e6      parameters; also macs, memory (of the output: memory>2MB) and factor (of the learning rate), with > >= < <= =
///     frozen  trainable     also in the person's language
///
/// A value type.
class LayerQuery {
public:
    LayerQuery() = default;
    explicit LayerQuery(const QString &text);

    /// Asks for nothing, and finds nothing.
    [[nodiscard]] bool isEmpty() const { return m_alternatives.empty(); }
    /// `layer` is an index in Network::layers().
    [[nodiscard]] bool matches(const BlockTree &tree, int layer) const;

    /// How to ask, for a tool tip.
    [[nodiscard]] static QString help();

private:
    enum class Figure { Parameters, MultiplyAdds, Memory, Factor };
    enum class Relation { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
    enum class State { Frozen, Trainable };

    struct Comparison {
        Figure figure;
        Relation relation;
        double value;
    };
    /// What is set must hold, one of it.
    struct Term {
        bool isTurned = false;
        QString text;
        std::optional<QRegularExpression> glob;
        std::vector<std::int64_t> sides; ///< -1 = any
        std::optional<Comparison> comparison;
        std::optional<State> state;
    };

    [[nodiscard]] static Term wordTerm(const QString &word);
    [[nodiscard]] static std::optional<Comparison> comparisonOf(const QRegularExpressionMatch &match);
    [[nodiscard]] static bool matches(const Term &term, const BlockTree &tree, int layer);
    [[nodiscard]] static bool compares(const Comparison &comparison, const BlockTree &tree, int layer);

    std::vector<std::vector<Term>> m_alternatives;
};

} // namespace graft
