#pragma once
#include "graph/blocktree.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

namespace graft {

/// The block tree of a network for a tree view.
class OutlineModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, KindColumn, FrozenColumn, ColumnCount };
    enum Role { NodeRole = Qt::UserRole, SearchRole };

    using QAbstractItemModel::QAbstractItemModel;

    /// Keeps indexes alive where the topology is the same.
    void setTree(BlockTree tree);
    [[nodiscard]] const BlockTree &tree() const { return m_tree; }
    [[nodiscard]] QModelIndex indexOf(int node, int column = NameColumn) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A change of the check state changes nothing here: it says what the person wants.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);

private:
    [[nodiscard]] int nodeOf(const QModelIndex &index) const;
    [[nodiscard]] int rowOf(int node) const { return m_rows[std::size_t(node)]; }
    [[nodiscard]] QString kindText(const TreeNode &node) const;
    /// Of one topology, frozen states are all that shows differently.
    void announceFrozen(const BlockTree &before);

    BlockTree m_tree;
    std::vector<int> m_rows; ///< per node: its place among its siblings
};

/// Shows what bears the words and what leads to it.
class OutlineFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit OutlineFilter(QObject *parent = nullptr);
};

} // namespace graft
