#include "graph/layerquery.h"

#include "common/text.h"
#include "graph/layertext.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr std::int64_t anySide = -1;
constexpr double bytesPerElement = 4;
/// Of "=": people type figures as they are shown, with three digits.
constexpr double nearlyEqual = 0.005;

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::LayerQuery", text);
}

const QRegularExpression &quotedPattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\G(-?)\"([^\"]*)\"?"));
    return pattern;
}

const QRegularExpression &comparisonPattern()
{
    static const QRegularExpression pattern(
        QStringLiteral("\\G(-?)([A-Za-z]*)\\s*(>=|<=|≥|≤|>|<|=)\\s*(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)\\s*([kKMGT]?)B?(?=[\\s,]|$)"));
    return pattern;
}

const QRegularExpression &shapePattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\G(-?)((?:\\d+|\\?)(?:\\s*[x×]\\s*(?:\\d+|\\?))+)(?=[\\s,]|$)"));
    return pattern;
}

const QRegularExpression &wordPattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\G(-?)([^\\s,]+)"));
    return pattern;
}

bool contains(const Shape &shape, const std::vector<std::int64_t> &sides)
{
    const auto same = [](std::int64_t side, std::int64_t wanted) { return wanted == anySide || side == wanted; };
    return std::search(shape.begin(), shape.end(), sides.begin(), sides.end(), same) != shape.end();
}

double elements(const Shape &shape)
{
    double count = shape.empty() ? std::nan("") : 1.0;
    for (const std::int64_t side : shape)
        count *= double(side);
    return count;
}

} // namespace

LayerQuery::LayerQuery(const QString &text)
{
    std::vector<Term> terms;
    const auto close = [&] {
        if (!terms.empty())
            m_alternatives.push_back(std::exchange(terms, {}));
    };
    for (qsizetype place = 0; place < text.size();) {
        if (text[place] == QLatin1Char(',')) {
            close();
            ++place;
            continue;
        }
        Term term;
        QRegularExpressionMatch match;
        if (text[place].isSpace()) {
            ++place;
            continue;
        }
        if ((match = quotedPattern().match(text, place)).hasMatch()) {
            term.text = match.captured(2);
        } else if ((match = comparisonPattern().match(text, place)).hasMatch() && (term.comparison = comparisonOf(match))) {
        } else if ((match = shapePattern().match(text, place)).hasMatch()) {
            static const QRegularExpression cross(QStringLiteral("\\s*[x×]\\s*"));
            term.text = match.captured(2);
            for (const QString &side : match.captured(2).split(cross))
                term.sides.push_back(side == QLatin1String("?") ? anySide : side.toLongLong());
        } else {
            match = wordPattern().match(text, place);
            term = wordTerm(match.captured(2));
        }
        term.isTurned = !match.captured(1).isEmpty();
        place = match.capturedEnd();
        if (!term.text.isEmpty() || term.comparison || term.state)
            terms.push_back(std::move(term));
    }
    close();
}

LayerQuery::Term LayerQuery::wordTerm(const QString &word)
{
    Term term;
    const auto is = [&word](const char *english) {
        return word.compare(QLatin1String(english), Qt::CaseInsensitive) == 0
            || word.compare(translated(english), Qt::CaseInsensitive) == 0;
    };
    if (is(QT_TRANSLATE_NOOP("graft::LayerQuery", "frozen"))) {
        term.state = State::Frozen;
        return term;
    }
    if (is(QT_TRANSLATE_NOOP("graft::LayerQuery", "trainable"))) {
        term.state = State::Trainable;
        return term;
    }
    term.text = word;
    if (word.contains(QLatin1Char('*')) || word.contains(QLatin1Char('?'))) {
        const QString pattern = QRegularExpression::wildcardToRegularExpression(word);
        term.glob = QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
    }
    bool isNumber = false;
    if (const qlonglong side = word.toLongLong(&isNumber); isNumber && side >= 0)
        term.sides = {side};
    return term;
}

std::optional<LayerQuery::Comparison> LayerQuery::comparisonOf(const QRegularExpressionMatch &match)
{
    const QString field = match.captured(2).toLower(), relation = match.captured(3);
    Comparison comparison{Figure::Parameters, Relation::Equal, match.captured(4).toDouble()};
    if (field == QLatin1String("macs"))
        comparison.figure = Figure::MultiplyAdds;
    else if (field == QLatin1String("memory"))
        comparison.figure = Figure::Memory;
    else if (field == QLatin1String("factor"))
        comparison.figure = Figure::Factor;
    else if (!field.isEmpty() && field != QLatin1String("params") && field != QLatin1String("parameters"))
        return std::nullopt;
    if (relation == QLatin1String(">"))
        comparison.relation = Relation::Greater;
    else if (relation == QLatin1String("<"))
        comparison.relation = Relation::Less;
    else if (relation == QLatin1String(">=") || relation == QStringLiteral("≥"))
        comparison.relation = Relation::GreaterOrEqual;
    else if (relation == QLatin1String("<=") || relation == QStringLiteral("≤"))
        comparison.relation = Relation::LessOrEqual;
    if (const QString unit = match.captured(5).toUpper(); !unit.isEmpty())
        comparison.value *= std::pow(1000, QStringLiteral("KMGT").indexOf(unit) + 1);
    return comparison;
}

bool LayerQuery::compares(const Comparison &comparison, const BlockTree &tree, int layer)
{
    const TreeNode &node = tree.node(tree.leafOf(layer));
    double figure = 0;
    switch (comparison.figure) {
    case Figure::Parameters: figure = double(node.parameters); break;
    case Figure::MultiplyAdds: figure = double(node.multiplyAdds); break;
    case Figure::Memory: figure = elements(node.outputShape) * bytesPerElement; break;
    case Figure::Factor: figure = tree.layer(layer).learningRateFactor; break;
    }
    switch (comparison.relation) {
    case Relation::Less: return figure < comparison.value;
    case Relation::LessOrEqual: return figure <= comparison.value;
    case Relation::Equal: return std::abs(figure - comparison.value) <= nearlyEqual * comparison.value;
    case Relation::GreaterOrEqual: return figure >= comparison.value;
    case Relation::Greater: return figure > comparison.value;
    }
    return false;
}

bool LayerQuery::matches(const Term &term, const BlockTree &tree, int layer)
{
    const TreeNode &node = tree.node(tree.leafOf(layer));
    const Layer &subject = tree.layer(layer);
    if (term.comparison)
        return compares(*term.comparison, tree, layer);
    if (term.state)
        return *term.state == State::Frozen ? subject.frozen : !subject.frozen && node.parameters > 0;
    if (!term.sides.empty() && contains(node.outputShape, term.sides))
        return true;
    const QString type = fromEngine(subject.type);
    if (term.glob)
        return term.glob->match(node.path).hasMatch() || term.glob->match(type).hasMatch();
    const auto has = [&term](const QString &text) { return text.contains(term.text, Qt::CaseInsensitive); };
    const QString category = categoryOf(subject.type);
    return has(node.path) || has(type) || has(category) || has(categoryTitle(category));
}

bool LayerQuery::matches(const BlockTree &tree, int layer) const
{
    return std::any_of(m_alternatives.begin(), m_alternatives.end(), [&](const std::vector<Term> &terms) {
        return std::all_of(terms.begin(), terms.end(), [&](const Term &term) { return matches(term, tree, layer) != term.isTurned; });
    });
}

QString LayerQuery::help()
{
    const QStringList lines{
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "Find layers by")),
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "name or type:  conv1   BatchNorm2d   *.bn?")),
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "shape:  512×7×7   512 x 7   ?×7×7")),
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "size:  >1M   params>=1e6   macs>100M   memory>2MB   factor<1")),
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "state:  frozen   trainable")),
        translated(QT_TRANSLATE_NOOP("graft::LayerQuery", "All words must fit; a comma means «or», a minus «not»:  conv -frozen, Linear")),
    };
    return lines.join(QLatin1Char('\n'));
}

} // namespace graft
