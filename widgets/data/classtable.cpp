#include "data/classtable.h"
#include "common/text.h"
#include "common/theme.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>
#include <algorithm>

namespace graft {

void ClassTableModel::setDataset(const Dataset &dataset, const Split &split)
{
    beginResetModel();
    m_rows.clear();
    int set = 0;
    for (const ClassRange &range : classRanges(dataset.labelSets, std::ssize(dataset.classNames))) {
        for (std::int64_t index = range.first; index < range.first + range.count; ++index)
            m_rows.push_back({fromEngine(dataset.classNames[static_cast<std::size_t>(index)]), fromEngine(range.name), set, 0, 0});
        ++set;
    }
    const auto count = [&](const std::vector<Sample> &samples, qint64 Row::*part) {
        for (const Sample &sample : samples)
            for (const std::size_t index : dataset.classesOf(sample))
                if (index < m_rows.size())
                    ++(m_rows[index].*part);
    };
    count(split.train, &Row::train);
    count(split.validation, &Row::validation);
    m_largest = 1;
    for (const Row &row : m_rows)
        m_largest = std::max(m_largest, row.train + row.validation);
    endResetModel();
}

void ClassTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int ClassTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClassTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_rows.size())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const double largest = static_cast<double>(m_largest);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name: return row.name;
        case Set: return row.set;
        case Train: return QLocale().toString(row.train);
        case Validation: return QLocale().toString(row.validation);
        default: return {};
        }
    case SortRole:
        switch (index.column()) {
        case Name: return row.name;
        case Set: return row.setNumber;
        case Train: return row.train;
        case Validation: return row.validation;
        default: return row.train + row.validation;
        }
    case Qt::TextAlignmentRole:
        return index.column() == Name || index.column() == Set ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                                               : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        if (role == Qt::AccessibleTextRole && index.column() != Bar)
            return {};
        return tr("%1: %L2 for training, %L3 for validation").arg(row.name).arg(row.train).arg(row.validation);
    case TrainShareRole: return static_cast<double>(row.train) / largest;
    case ValidationShareRole: return static_cast<double>(row.validation) / largest;
    default: return {};
    }
}

QVariant ClassTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Train || section == Validation ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                         : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Class");
    case Set: return tr("Label set");
    case Train: return tr("Training");
    case Validation: return tr("Validation");
    case Bar: return tr("Pictures");
    default: return {};
    }
}

void ClassBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, option.widget);

    const double height = std::min(10.0, option.rect.height() * 0.5);
    const QRectF area(option.rect.left() + 6, option.rect.center().y() - height / 2 + 0.5, option.rect.width() - 12, height);
    const double trained = area.width() * index.data(ClassTableModel::TrainShareRole).toDouble();
    const double validated = area.width() * index.data(ClassTableModel::ValidationShareRole).toDouble();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor color = selected ? option.palette.color(QPalette::HighlightedText) : accentColor();
    const QColor under = selected ? option.palette.color(QPalette::Highlight) : option.palette.color(QPalette::Base);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->fillRect(QRectF(area.left(), area.top(), trained, height), color);
    const QRectF rest(area.left() + trained, area.top(), validated, height);
    painter->fillRect(rest, blend(under, color, 0.3));
    painter->fillRect(rest, QBrush(color, Qt::BDiagPattern));
    painter->restore();
}

QSize ClassBarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 14, option.fontMetrics.height() + 8};
}

} // namespace graft
