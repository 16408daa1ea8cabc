#include "compare/comparemodel.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr int numberWidth = 64, barMargin = 4;

QColor markColor(CompareRow::Mark mark)
{
    switch (mark) {
    case CompareRow::Mark::Added: return successColor();
    case CompareRow::Mark::Removed: return errorColor();
    case CompareRow::Mark::Changed: return warningColor();
    case CompareRow::Mark::Same: break;
    }
    return mutedTextColor();
}

/// Told apart without colour.
QString sign(CompareRow::Mark mark)
{
    switch (mark) {
    case CompareRow::Mark::Added: return QStringLiteral("+ ");
    case CompareRow::Mark::Removed: return QStringLiteral("− ");
    case CompareRow::Mark::Changed: return QStringLiteral("≠ ");
    case CompareRow::Mark::Same: break;
    }
    return {};
}

} // namespace

void CompareModel::setRows(std::vector<CompareRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_largestDrift = 0;
    for (const CompareRow &row : m_rows)
        if (row.drift && std::isfinite(*row.drift))
            m_largestDrift = std::max(m_largestDrift, *row.drift);
    endResetModel();
}

void CompareModel::setHeadings(const Wording &left, const Wording &right)
{
    m_left = left;
    m_right = right;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void CompareModel::refresh()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CompareModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString CompareModel::text(const CompareRow &row, int column) const
{
    switch (column) {
    case LeftColumn: return row.leftName;
    case LeftTypeColumn: return row.leftType;
    case RightColumn: return row.rightName;
    case RightTypeColumn: return row.rightType;
    case DifferenceColumn: return sign(row.mark) + row.differences.join(QStringLiteral("; "));
    case DriftColumn:
        if (row.drift && (*row.drift > 0 || row.weights.isEmpty()))
            return *row.drift == 0 ? tr("equal") : formatDrift(*row.drift);
        return row.weights.isEmpty() ? QString() : row.drift ? tr("small tensors only") : tr("other shape");
    default: return {};
    }
}

QVariant CompareModel::color(const CompareRow &row, int column)
{
    switch (column) {
    case LeftTypeColumn: return categoryColor(categoryOf(row.leftType.toStdString()));
    case RightTypeColumn: return categoryColor(categoryOf(row.rightType.toStdString()));
    case DifferenceColumn: return markColor(row.mark);
    default: return {};
    }
}

QVariant CompareModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const CompareRow &row = m_rows[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::ForegroundRole: return color(row, column);
    case Qt::ToolTipRole:
        return column == DriftColumn     ? row.weights.join(QLatin1Char('\n'))
            : column == DifferenceColumn ? row.differences.join(QLatin1Char('\n'))
                                         : text(row, column);
    case SortRole:
        if (column == LeftColumn)
            return index.row(); // the networks' own order says more than the alphabet's
        return column == DriftColumn ? QVariant(row.drift.value_or(-1)) : QVariant(text(row, column));
    case DriftRole:
        if (!row.drift || m_largestDrift <= 0)
            return -1.0;
        return std::isfinite(*row.drift) ? *row.drift / m_largestDrift : 1.0;
    default: return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (role == Qt::ToolTipRole)
        return section == DriftColumn
            ? tr("Length of the change of the layer's largest tensor, as a share of the tensor's length before: ‖now − before‖ / ‖before‖")
            : QString();
    switch (section) {
    case LeftColumn: return m_left.text();
    case RightColumn: return m_right.text();
    case LeftTypeColumn:
    case RightTypeColumn: return tr("Type");
    case DifferenceColumn: return tr("Difference");
    case DriftColumn: return tr("Weights changed");
    default: return {};
    }
}

CompareFilter::CompareFilter(CompareModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(model);
    setSortRole(CompareModel::SortRole);
}

void CompareFilter::setOnlyDifferences(bool only)
{
    m_onlyDifferences = only;
    invalidateFilter();
}

void CompareFilter::setText(const QString &text)
{
    m_text = text;
    invalidateFilter();
}

bool CompareFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const CompareRow &shown = m_model->rows()[std::size_t(row)];
    if (m_onlyDifferences && !shown.isDifferent())
        return false;
    const QStringList texts{shown.leftName, shown.leftType, shown.rightName, shown.rightType, shown.differences.join(QLatin1Char(' '))};
    return m_text.isEmpty()
        || std::any_of(texts.begin(), texts.end(), [this](const QString &text) { return text.contains(m_text, Qt::CaseInsensitive); });
}

void DriftDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = std::exchange(cell.text, QString());
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const double share = index.data(CompareModel::DriftRole).toDouble();
    const QRect inner = option.rect.adjusted(barMargin, barMargin, -barMargin, -barMargin);
    painter->save();
    if (share > 0 && inner.width() > 2 * numberWidth) {
        QRectF bar(inner.left() + numberWidth, inner.top() + 1, (inner.width() - numberWidth) * share, inner.height() - 2);
        bar.setWidth(std::max(2.0, bar.width()));
        painter->fillRect(bar, selected ? ink : trainableColor());
    }
    painter->setPen(ink);
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter->restore();
}

} // namespace graft
