#include "graph/outlinemodel.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <algorithm>

#include <utility>

namespace graft {

void OutlineModel::setTree(BlockTree tree)
{
    if (!m_tree.nodes().empty() && tree.hasSameTopology(m_tree)) {
        const BlockTree before = std::exchange(m_tree, std::move(tree));
        announceFrozen(before);
        return;
    }
    beginResetModel();
    m_tree = std::move(tree);
    m_rows.assign(m_tree.nodes().size(), 0);
    for (const TreeNode &node : m_tree.nodes()) {
        for (std::size_t row = 0; row < node.children.size(); ++row)
            m_rows[std::size_t(node.children[row])] = int(row);
    }
    endResetModel();
}

void OutlineModel::announceFrozen(const BlockTree &before)
{
    for (std::size_t node = 1; node < m_tree.nodes().size(); ++node) {
        const QModelIndex cell = indexOf(int(node), FrozenColumn);
        if (m_tree.node(int(node)).frozenLayers != before.node(int(node)).frozenLayers)
            Q_EMIT dataChanged(cell, cell, {Qt::CheckStateRole, Qt::AccessibleTextRole});
    }
}

int OutlineModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? int(index.internalId()) : 0;
}

QModelIndex OutlineModel::indexOf(int node, int column) const
{
    return node <= 0 ? QModelIndex() : createIndex(rowOf(node), column, quintptr(node));
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(m_tree.node(nodeOf(parent)).children[std::size_t(row)]));
}

QModelIndex OutlineModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(m_tree.node(nodeOf(index)).parent) : QModelIndex();
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    if (m_tree.nodes().empty() || parent.column() > 0)
        return 0;
    return int(m_tree.node(nodeOf(parent)).children.size());
}

int OutlineModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString OutlineModel::kindText(const TreeNode &node) const
{
    return node.isBlock ? layerCountText(int(node.layers.size())) : fromEngine(m_tree.layer(node.layers.front()).type);
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TreeNode &node = m_tree.node(nodeOf(index));
    switch (role) {
    case NodeRole: return nodeOf(index);
    case SearchRole: return QString(node.path + QLatin1Char(' ') + kindText(node));
    case Qt::DisplayRole:
        if (index.column() == FrozenColumn)
            return {};
        return index.column() == NameColumn ? node.name : kindText(node);
    case Qt::ToolTipRole:
        return tr("%1\n%2\n%3 parameters, %4")
            .arg(node.path, kindText(node), formatCount(node.parameters), formatMultiplyAdds(node.multiplyAdds));
    case Qt::ForegroundRole:
        if (index.column() != KindColumn)
            return {};
        return node.isBlock ? mutedTextColor() : categoryColor(categoryOf(m_tree.layer(node.layers.front()).type));
    case Qt::CheckStateRole:
        if (index.column() != FrozenColumn)
            return {};
        return node.frozenLayers == 0 ? Qt::Unchecked : node.frozenLayers == int(node.layers.size()) ? Qt::Checked : Qt::PartiallyChecked;
    case Qt::AccessibleTextRole:
        if (index.column() == FrozenColumn)
            return node.frozenLayers == 0                      ? tr("trainable")
                : node.frozenLayers == int(node.layers.size()) ? tr("frozen")
                                                               : tr("partly frozen");
        return {};
    default: return {};
    }
}

QVariant OutlineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= ColumnCount)
        return {};
    if (role == Qt::ToolTipRole && section == FrozenColumn)
        return tr("Frozen: click a snowflake to freeze or to unfreeze");
    if (role == Qt::AccessibleTextRole && section == FrozenColumn)
        return tr("Frozen");
    if (role != Qt::DisplayRole || section == FrozenColumn)
        return {};
    return section == NameColumn ? tr("Block or layer") : tr("Type");
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.column() == FrozenColumn ? plain | Qt::ItemIsUserCheckable : plain;
}

bool OutlineModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != FrozenColumn)
        return false;
    Q_EMIT freezeRequested(m_tree.layerIds(nodeOf(index)), value.toInt() == Qt::Checked);
    return false;
}

OutlineFilter::OutlineFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setFilterRole(OutlineModel::SearchRole);
}

} // namespace graft
