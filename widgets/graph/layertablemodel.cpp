#include "graph/layertablemodel.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <QLocale>
#include <algorithm>

namespace graft {

void LayerTableModel::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    const auto sameLayer = [](const Layer &one, const Layer &two) { return one.id == two.id && one.name == two.name; };
    const auto &before = m_network.layers();
    const auto &after = network.layers();
    const bool same = !after.empty() && std::equal(before.begin(), before.end(), after.begin(), after.end(), sameLayer);
    if (!same)
        beginResetModel();
    m_network = network;
    m_analysis = analysis;
    m_analysis.layers.resize(m_network.layers().size());
    if (!same)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int LayerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_network.layers().size());
}

int LayerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LayerTableModel::sortValue(int row, int column) const
{
    const LayerAnalysis &figures = m_analysis.layers[std::size_t(row)];
    switch (column) {
    case NameColumn: return row; // the network's own order says more than the alphabet's
    case ShapeColumn: return qint64(elementCount(figures.outputShape));
    case ParametersColumn: return qint64(figures.parameters);
    case MultiplyAddsColumn: return qint64(figures.multiplyAdds);
    case FrozenColumn: return m_network.layers()[std::size_t(row)].frozen;
    default: return text(row, column);
    }
}

QString LayerTableModel::text(int row, int column) const
{
    const Layer &layer = m_network.layers()[std::size_t(row)];
    const LayerAnalysis &figures = m_analysis.layers[std::size_t(row)];
    switch (column) {
    case NameColumn: return fromEngine(layer.name);
    case TypeColumn: return fromEngine(layer.type);
    case ShapeColumn: return formatShape(figures.outputShape);
    case ParametersColumn: return figures.parameters == 0 ? QStringLiteral("–") : QLocale().toString(qint64(figures.parameters));
    case MultiplyAddsColumn: return figures.multiplyAdds == 0 ? QStringLiteral("–") : QLocale().toString(qint64(figures.multiplyAdds));
    case FrozenColumn: return layer.frozen ? tr("frozen") : QString();
    default: return {};
    }
}

QVariant LayerTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Layer &layer = m_network.layers()[std::size_t(index.row())];
    const bool isNumber = index.column() == ParametersColumn || index.column() == MultiplyAddsColumn;
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case SortRole: return sortValue(index.row(), index.column());
    case CopyRole:
        if (index.column() == FrozenColumn)
            return layer.frozen ? QStringLiteral("1") : QStringLiteral("0");
        return isNumber ? sortValue(index.row(), index.column()).toString() : text(index.row(), index.column());
    case Qt::TextAlignmentRole: return int(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ForegroundRole: return index.column() == TypeColumn ? QVariant(categoryColor(categoryOf(layer.type))) : QVariant();
    case Qt::ToolTipRole: return index.column() <= TypeColumn ? QVariant(attributeList(layer)) : QVariant();
    case Qt::CheckStateRole: return index.column() == FrozenColumn ? QVariant(layer.frozen ? Qt::Checked : Qt::Unchecked) : QVariant();
    default: return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section == ParametersColumn || section == MultiplyAddsColumn;
    if (role == Qt::TextAlignmentRole)
        return int(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Layer");
    case TypeColumn: return tr("Type");
    case ShapeColumn: return tr("Output shape");
    case ParametersColumn: return tr("Parameters");
    case MultiplyAddsColumn: return tr("Multiply-adds");
    case FrozenColumn: return tr("Frozen");
    default: return {};
    }
}

Qt::ItemFlags LayerTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == FrozenColumn ? plain | Qt::ItemIsUserCheckable : plain;
}

bool LayerTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != FrozenColumn)
        return false;
    Q_EMIT freezeRequested({layerAt(index.row())}, value.toInt() == Qt::Checked);
    return false;
}

} // namespace graft
