#pragma once
#include "graph/analysis.h"
#include "graph/blocktree.h"
#include "graph/layerquery.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace graft {

/// The layers of a network, one a row.
class LayerTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        TypeColumn,
        ShapeColumn,
        ParametersColumn,
        MultiplyAddsColumn,
        MemoryColumn, ///< of the output, for one picture in 32-bit numbers
        TimeColumn, ///< measured
        FrozenColumn,
        ColumnCount,
    };
    /// SortRole: numbers as numbers. CopyRole: plain text for other programs (digits without grouping, bytes, milliseconds).
    enum Role { SortRole = Qt::UserRole, CopyRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows alive where the layers are the same.
    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    /// Seconds that each layer takes for one picture, in the order of Network::layers(), NaN where it is not known; empty: not measured.
    /// Goes with the layers when the network changes.
    void setTimes(const std::vector<double> &seconds);
    [[nodiscard]] const Network &network() const { return m_tree.network(); }
    [[nodiscard]] const NetworkAnalysis &analysis() const { return m_analysis; }
    [[nodiscard]] const BlockTree &tree() const { return m_tree; }
    [[nodiscard]] LayerId layerAt(int row) const { return layer(row).id; }
    /// What is summed up; NaN where it is not known, and in columns without numbers.
    [[nodiscard]] double figure(int row, int column) const;
    /// A sum of figures as people read it: "25.6 M", "12.3 ms".
    [[nodiscard]] static QString totalText(int column, double total);
    [[nodiscard]] static QString columnTitle(int column);
    [[nodiscard]] static bool isNumber(int column);

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
    [[nodiscard]] const Layer &layer(int row) const { return m_tree.layer(row); }
    [[nodiscard]] QVariant sortValue(int row, int column) const;
    [[nodiscard]] QVariant copyValue(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] static QString columnHelp(int column);

    BlockTree m_tree;
    NetworkAnalysis m_analysis;
    std::vector<double> m_times;
};

/// Lets the layers through that a query finds; all for an empty one.
class LayerTableFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit LayerTableFilter(LayerTableModel *model, QObject *parent = nullptr);
    void setQuery(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LayerTableModel *m_model;
    LayerQuery m_query;
};

} // namespace graft
