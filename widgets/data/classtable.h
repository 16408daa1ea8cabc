#pragma once
#include "data/dataset.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <vector>

namespace graft {

/// The classes of a data set and how many pictures of each are trained on and validated with.
class ClassTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Set, Train, Validation, Bar, ColumnCount };
    enum Role { TrainShareRole = Qt::UserRole, ValidationShareRole, SortRole }; ///< shares of the largest class

    using QAbstractTableModel::QAbstractTableModel;
    void setDataset(const Dataset &dataset, const Split &split);
    void retranslate();
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString name;
        QString set; ///< the label set; empty when there is one
        int setNumber = 0;
        qint64 train = 0;
        qint64 validation = 0;
    };
    std::vector<Row> m_rows;
    qint64 m_largest = 1;
};

/// Paints the column Bar: training plain, validation hatched behind it.
class ClassBarDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace graft
