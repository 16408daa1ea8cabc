#pragma once
#include "graph/analysis.h"

#include <QAbstractTableModel>

namespace graft {

/// The layers of a network, one a row.
class LayerTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, TypeColumn, ShapeColumn, ParametersColumn, MultiplyAddsColumn, FrozenColumn, ColumnCount };
    /// SortRole: numbers as numbers. CopyRole: plain text for other programs (digits without grouping).
    enum Role { SortRole = Qt::UserRole, CopyRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows alive where the layers are the same.
    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    [[nodiscard]] const Network &network() const { return m_network; }
    [[nodiscard]] const NetworkAnalysis &analysis() const { return m_analysis; }
    [[nodiscard]] LayerId layerAt(int row) const { return m_network.layers()[std::size_t(row)].id; }

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
    [[nodiscard]] QVariant sortValue(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;

    Network m_network;
    NetworkAnalysis m_analysis;
};

} // namespace graft
