#include "graph/layertablemodel.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace graft {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr qint64 bytesPerNumber = 4;

QString milliseconds(double seconds)
{
    return LayerTableModel::tr("%1 ms").arg(QLocale().toString(seconds * 1000, 'f', seconds < 0.01 ? 3 : 1));
}

} // namespace

void LayerTableModel::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    const auto sameLayer = [](const Layer &one, const Layer &two) { return one.id == two.id && one.name == two.name; };
    const auto &before = m_tree.network().layers();
    const auto &after = network.layers();
    const bool same = !after.empty() && std::equal(before.begin(), before.end(), after.begin(), after.end(), sameLayer);
    if (!same) {
        beginResetModel();
        std::unordered_map<int, double> times;
        for (std::size_t row = 0; row < m_times.size() && row < before.size(); ++row)
            times[before[row].id.value] = m_times[row];
        m_times.clear();
        for (const Layer &layer : times.empty() ? std::vector<Layer>() : after) {
            const auto known = times.find(layer.id.value);
            m_times.push_back(known == times.end() ? unknown : known->second);
        }
    }
    m_analysis = analysis;
    m_analysis.layers.resize(after.size());
    m_tree = BlockTree(network, m_analysis);
    if (!same)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void LayerTableModel::setTimes(const std::vector<double> &seconds)
{
    m_times = seconds;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

int LayerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(network().layers().size());
}

int LayerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

bool LayerTableModel::isNumber(int column)
{
    return column >= ParametersColumn && column <= TimeColumn;
}

double LayerTableModel::figure(int row, int column) const
{
    const LayerAnalysis &figures = m_analysis.layers[std::size_t(row)];
    switch (column) {
    case ParametersColumn: return double(figures.parameters);
    case MultiplyAddsColumn: return double(figures.multiplyAdds);
    case MemoryColumn: return figures.outputShape.empty() ? unknown : double(elementCount(figures.outputShape) * bytesPerNumber);
    case TimeColumn: return std::size_t(row) < m_times.size() ? m_times[std::size_t(row)] : unknown;
    default: return unknown;
    }
}

QString LayerTableModel::totalText(int column, double total)
{
    switch (column) {
    case ParametersColumn: return formatCount(qint64(total));
    case MultiplyAddsColumn: return formatMultiplyAdds(qint64(total));
    case MemoryColumn: return formatBytes(qint64(total));
    case TimeColumn: return milliseconds(total);
    default: return {};
    }
}

QVariant LayerTableModel::sortValue(int row, int column) const
{
    switch (column) {
    case NameColumn: return row; // the network's own order says more than the alphabet's
    case ShapeColumn: return qint64(elementCount(m_analysis.layers[std::size_t(row)].outputShape));
    case FrozenColumn: return layer(row).frozen;
    default: break;
    }
    if (!isNumber(column))
        return text(row, column);
    const double value = figure(row, column);
    return std::isnan(value) ? -1.0 : value; // what is not known comes before what is nothing
}

QVariant LayerTableModel::copyValue(int row, int column) const
{
    if (column == FrozenColumn)
        return layer(row).frozen ? QStringLiteral("1") : QStringLiteral("0");
    if (!isNumber(column))
        return text(row, column);
    const double value = figure(row, column);
    if (std::isnan(value))
        return QString();
    return column == TimeColumn ? QString::number(value * 1000, 'g', 6) : QString::number(qint64(value));
}

QString LayerTableModel::text(int row, int column) const
{
    switch (column) {
    case NameColumn: return fromEngine(layer(row).name);
    case TypeColumn: return fromEngine(layer(row).type);
    case ShapeColumn: return formatShape(m_analysis.layers[std::size_t(row)].outputShape);
    case FrozenColumn: return layer(row).frozen ? tr("frozen") : QString();
    default: break;
    }
    const double value = figure(row, column);
    if (std::isnan(value) || (value == 0 && column != TimeColumn))
        return QStringLiteral("–");
    if (column == MemoryColumn)
        return formatBytes(qint64(value));
    return column == TimeColumn ? milliseconds(value) : QLocale().toString(qint64(value));
}

QVariant LayerTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row(), column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case SortRole: return sortValue(row, column);
    case CopyRole: return copyValue(row, column);
    case Qt::TextAlignmentRole: return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole: return column == TypeColumn ? QVariant(categoryColor(categoryOf(layer(row).type))) : QVariant();
    case Qt::ToolTipRole: return column <= TypeColumn ? QVariant(attributeList(layer(row))) : QVariant();
    case Qt::CheckStateRole: return column == FrozenColumn ? QVariant(layer(row).frozen ? Qt::Checked : Qt::Unchecked) : QVariant();
    default: return {};
    }
}

QString LayerTableModel::columnTitle(int column)
{
    switch (column) {
    case NameColumn: return tr("Layer");
    case TypeColumn: return tr("Type");
    case ShapeColumn: return tr("Output shape");
    case ParametersColumn: return tr("Parameters");
    case MultiplyAddsColumn: return tr("Multiply-adds");
    case MemoryColumn: return tr("Output memory");
    case TimeColumn: return tr("Time");
    case FrozenColumn: return tr("Frozen");
    default: return {};
    }
}

QString LayerTableModel::columnHelp(int column)
{
    switch (column) {
    case NameColumn: return tr("Sorted as the network runs");
    case MemoryColumn: return tr("What the layer's output takes for one picture, in 32-bit numbers");
    case TimeColumn: return tr("Measured on this machine, for one picture");
    default: return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
    case Qt::TextAlignmentRole: return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DisplayRole:
        return isNumber(section) ? columnTitle(section) + QStringLiteral("   ") : columnTitle(section); // as far in as the numbers
    case Qt::ToolTipRole: return columnHelp(section);
    case CopyRole:
        return section == MemoryColumn ? tr("%1 (bytes)").arg(columnTitle(section))
            : section == TimeColumn    ? tr("%1 (ms)").arg(columnTitle(section))
                                       : columnTitle(section);
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

LayerTableFilter::LayerTableFilter(LayerTableModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(model);
    setSortRole(LayerTableModel::SortRole);
}

void LayerTableFilter::setQuery(const QString &text)
{
    m_query = LayerQuery(text);
    invalidateFilter();
}

bool LayerTableFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    return m_query.isEmpty() || m_query.matches(m_model->tree(), row);
}

} // namespace graft
