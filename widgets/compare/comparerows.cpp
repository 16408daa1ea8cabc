#include "compare/comparerows.h"

#include "common/text.h"
#include "graph/overview.h"
#include "properties/panelparts.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <map>

namespace graft {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::compare", text);
}

QString fromTo(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("%1: %2 → %3").arg(what, before, after);
}

QString valueText(const std::optional<AttributeValue> &value)
{
    return value ? fromEngine(describe(*value)) : QStringLiteral("–");
}

QString list(const std::vector<std::string> &names)
{
    QStringList shown;
    for (const std::string &name : names)
        shown << fromEngine(name);
    return shown.isEmpty() ? QStringLiteral("–") : shown.join(QStringLiteral(", "));
}

QString yesOrNo(bool yes)
{
    return yes ? translated(QT_TRANSLATE_NOOP("graft::compare", "yes")) : translated(QT_TRANSLATE_NOOP("graft::compare", "no"));
}

/// `wasFrozen`: on the left.
QStringList differencesOf(const LayerDifference &difference, bool wasFrozen)
{
    QStringList words;
    if (difference.kind == DifferenceKind::Added)
        return {translated(QT_TRANSLATE_NOOP("graft::compare", "added"))};
    if (difference.kind == DifferenceKind::Removed)
        return {translated(QT_TRANSLATE_NOOP("graft::compare", "removed"))};
    if (difference.leftName != difference.rightName)
        words << translated(QT_TRANSLATE_NOOP("graft::compare", "renamed"));
    if (difference.leftType != difference.rightType)
        words << fromTo(
            translated(QT_TRANSLATE_NOOP("graft::compare", "type")), fromEngine(difference.leftType), fromEngine(difference.rightType));
    for (const AttributeDifference &attribute : difference.attributes)
        words << fromTo(fromEngine(attribute.name), valueText(attribute.left), valueText(attribute.right));
    if (difference.isRewired)
        words << fromTo(
            translated(QT_TRANSLATE_NOOP("graft::compare", "takes")), list(difference.leftInputs), list(difference.rightInputs));
    if (difference.isRefrozen)
        words << fromTo(translated(QT_TRANSLATE_NOOP("graft::compare", "frozen")), yesOrNo(wasFrozen), yesOrNo(!wasFrozen));
    if (difference.learningRateFactors)
        words << fromTo(translated(QT_TRANSLATE_NOOP("graft::compare", "learning rate factor")),
            QLocale().toString(difference.learningRateFactors->first), QLocale().toString(difference.learningRateFactors->second));
    return words;
}

CompareRow::Mark markOf(DifferenceKind kind)
{
    return kind == DifferenceKind::Added  ? CompareRow::Mark::Added
        : kind == DifferenceKind::Removed ? CompareRow::Mark::Removed
                                          : CompareRow::Mark::Changed;
}

qint64 parametersOf(const std::optional<NetworkAnalysis> &figures, LayerId id)
{
    const LayerAnalysis *found = figures ? figures->find(id) : nullptr;
    return found ? qint64{found->parameters} : 0;
}

std::optional<NetworkAnalysis> figuresOf(const Network &network)
{
    auto figures = overview(network);
    return figures ? std::optional(std::move(*figures)) : std::nullopt;
}

/// The layer that owns a tensor: its name is the tensor's, or the beginning of it.
LayerId ownerOf(const Network &network, std::string_view tensor)
{
    while (!tensor.empty()) {
        if (const Layer *layer = network.find(tensor))
            return layer->id;
        tensor = parentBlock(tensor);
    }
    return {};
}

/// Puts the rows together; the two networks' order is kept on either side as far as they agree.
class RowBuilder {
public:
    RowBuilder(const Network &left, const Network &right, const ModelDifference &difference);
    std::vector<CompareRow> rows();

private:
    CompareRow row(LayerId left, LayerId right) const;
    void addTensors(std::vector<CompareRow> &rows) const;

    const Network &m_left, &m_right;
    const ModelDifference &m_difference;
    std::optional<NetworkAnalysis> m_leftFigures, m_rightFigures;
    std::map<LayerId, LayerId> m_rightOf;
    std::map<LayerId, LayerId> m_leftOf;
    std::map<LayerId, const LayerDifference *> m_ofLeft, m_ofRight;
};

RowBuilder::RowBuilder(const Network &left, const Network &right, const ModelDifference &difference)
    : m_left(left), m_right(right), m_difference(difference), m_leftFigures(figuresOf(left)), m_rightFigures(figuresOf(right))
{
    for (const auto &[one, other] : difference.network.matches) {
        m_rightOf[one] = other;
        m_leftOf[other] = one;
    }
    for (const LayerDifference &layer : difference.network.layers) {
        if (layer.left.isValid())
            m_ofLeft[layer.left] = &layer;
        if (layer.right.isValid())
            m_ofRight[layer.right] = &layer;
    }
}

CompareRow RowBuilder::row(LayerId left, LayerId right) const
{
    CompareRow row;
    row.left = left;
    row.right = right;
    if (const Layer *layer = m_left.find(left)) {
        row.leftName = fromEngine(layer->name);
        row.leftType = fromEngine(layer->type);
        row.leftParameters = parametersOf(m_leftFigures, left);
    }
    if (const Layer *layer = m_right.find(right)) {
        row.rightName = fromEngine(layer->name);
        row.rightType = fromEngine(layer->type);
        row.rightParameters = parametersOf(m_rightFigures, right);
    }
    const auto known = left.isValid() ? m_ofLeft.find(left) : m_ofRight.find(right);
    if (known != (left.isValid() ? m_ofLeft.end() : m_ofRight.end())) {
        row.mark = markOf(known->second->kind);
        const Layer *before = m_left.find(left);
        row.differences = differencesOf(*known->second, before && before->frozen);
    }
    return row;
}

std::vector<CompareRow> RowBuilder::rows()
{
    std::map<LayerId, std::vector<LayerId>> addedBehind; // what comes before them on the right → added layers
    LayerId before;
    for (const Layer &layer : m_right.layers()) {
        if (m_leftOf.contains(layer.id))
            before = layer.id;
        else
            addedBehind[before].push_back(layer.id);
    }
    std::vector<CompareRow> rows;
    const auto addBehind = [&](LayerId right) {
        for (const LayerId id : addedBehind[right])
            rows.push_back(row({}, id));
    };
    addBehind({});
    for (const Layer &layer : m_left.layers()) {
        const auto match = m_rightOf.find(layer.id);
        const LayerId right = match == m_rightOf.end() ? LayerId() : match->second;
        rows.push_back(row(layer.id, right));
        if (right.isValid())
            addBehind(right);
    }
    addTensors(rows);
    return rows;
}

void RowBuilder::addTensors(std::vector<CompareRow> &rows) const
{
    std::map<LayerId, CompareRow *> ofLeft;
    for (CompareRow &row : rows)
        if (row.left.isValid() && row.right.isValid())
            ofLeft[row.left] = &row;
    std::map<LayerId, std::int64_t> largest;
    for (const TensorDifference &tensor : m_difference.tensors) {
        const LayerId owner = tensor.leftName.empty() ? LayerId() : ownerOf(m_left, tensor.leftName);
        const auto found = ofLeft.find(owner);
        if (found == ofLeft.end())
            continue;
        CompareRow &row = *found->second;
        const std::string full = row.leftName.toStdString();
        const QString name = fromEngine(tensor.leftName == full ? full : tensor.leftName.substr(full.size() + 1));
        const std::int64_t size = elementCount(tensor.leftShape);
        if (const auto known = largest.find(owner); tensor.relativeChange && (known == largest.end() || size > known->second)) {
            largest[owner] = size;
            row.drift = tensor.isEqual ? 0 : *tensor.relativeChange;
        }
        if (tensor.isEqual)
            continue;
        if (tensor.relativeChange)
            row.weights << QStringLiteral("%1: %2").arg(name, formatDrift(*tensor.relativeChange));
        else
            row.weights << fromTo(name, formatShape(tensor.leftShape), formatShape(tensor.rightShape));
    }
}

} // namespace

std::vector<CompareRow> compareRows(const Network &left, const Network &right, const ModelDifference &difference)
{
    return RowBuilder(left, right, difference).rows();
}

QString formatDrift(double drift)
{
    return std::isinf(drift) ? translated(QT_TRANSLATE_NOOP("graft::compare", "new")) : formatPercent(drift);
}

QString compareSummary(const std::vector<CompareRow> &rows, const ModelDifference &difference)
{
    const auto count = [&](CompareRow::Mark mark) {
        return std::count_if(rows.begin(), rows.end(), [mark](const CompareRow &row) { return row.mark == mark; });
    };
    const auto added = count(CompareRow::Mark::Added), removed = count(CompareRow::Mark::Removed),
               changed = count(CompareRow::Mark::Changed);
    QStringList parts;
    if (added + removed + changed == 0)
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "The layers are the same."));
    else
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "Layers: %1 added, %2 removed, %3 changed."))
                     .arg(added)
                     .arg(removed)
                     .arg(changed);
    const auto withWeights = std::count_if(rows.begin(), rows.end(), [](const CompareRow &row) { return row.drift.has_value(); });
    const auto moved = std::count_if(rows.begin(), rows.end(), [](const CompareRow &row) { return !row.weights.isEmpty(); });
    const auto most = std::max_element(rows.begin(), rows.end(),
        [](const CompareRow &one, const CompareRow &two) { return one.drift.value_or(-1) < two.drift.value_or(-1); });
    if (moved == 0)
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "The weights are equal, number for number."));
    else if (most != rows.end() && most->drift.value_or(0) > 0)
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "Weights changed in %1 of %2 layers that have some, most in %3 (%4)."))
                     .arg(moved)
                     .arg(std::max(withWeights, moved))
                     .arg(most->leftName, formatDrift(*most->drift));
    else
        parts << (moved == 1 ? translated(QT_TRANSLATE_NOOP("graft::compare", "The weights of 1 layer have another shape."))
                             : QCoreApplication::translate(
                                 "graft::compare", "The weights of %n layers have other shapes.", nullptr, static_cast<int>(moved)));
    if (difference.hasOtherPreprocessing)
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "The preprocessing is different."));
    if (difference.hasOtherClasses)
        parts << translated(QT_TRANSLATE_NOOP("graft::compare", "The classes are different."));
    return parts.join(QLatin1Char(' '));
}

} // namespace graft
