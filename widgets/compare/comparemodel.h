#pragma once
#include "compare/comparerows.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace graft {

/// The rows of a comparison.
class CompareModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { LeftColumn, LeftTypeColumn, RightColumn, RightTypeColumn, DifferenceColumn, DriftColumn, ColumnCount };
    /// DriftRole: 0 … 1 of the largest drift shown, for a bar; -1 for none.
    enum Role { SortRole = Qt::UserRole, DriftRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<CompareRow> rows);
    /// Of the two sides' columns.
    void setHeadings(const Wording &left, const Wording &right);
    [[nodiscard]] const std::vector<CompareRow> &rows() const { return m_rows; }
    void refresh(); ///< texts and colours anew

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const CompareRow &row, int column) const;
    [[nodiscard]] static QVariant color(const CompareRow &row, int column);

    std::vector<CompareRow> m_rows;
    Wording m_left, m_right;
    double m_largestDrift = 0;
};

/// Rows with a difference alone, or all; and those that hold a text.
class CompareFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CompareFilter(CompareModel *model, QObject *parent = nullptr);
    void setOnlyDifferences(bool only);
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    CompareModel *m_model;
    QString m_text;
    bool m_onlyDifferences = true;
};

/// A bar as long as the drift, and its number.
class DriftDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace graft
