#pragma once
#include "gallery/galleryentry.h"

#include <QAbstractTableModel>
#include <vector>

namespace graft {

/// The gallery's entries, one a row.
class GalleryModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        WeightsColumn,
        LicenceColumn,
        Top1Column,
        ParametersColumn,
        MultiplyAddsColumn,
        SizeColumn,
        SpeedColumn,
        ColumnCount
    };
    /// SortRole: numbers as numbers. SearchRole (any column): all words that a filter may find the row by. CopyRole: plain digits.
    enum Role { SortRole = Qt::UserRole, SearchRole, CopyRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows alive where the entries are the same ones.
    void setEntries(const std::vector<GalleryEntry> &entries);
    [[nodiscard]] const std::vector<GalleryEntry> &entries() const { return m_entries; }
    [[nodiscard]] int rowOf(const QString &reference) const; ///< -1 when there is none

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QVariant sortValue(const GalleryEntry &entry, int column);
    [[nodiscard]] static QString text(const GalleryEntry &entry, int column);

    std::vector<GalleryEntry> m_entries;
};

/// "12.3", "0.42", "–" for not measured.
[[nodiscard]] QString formatSpeed(double picturesPerSecond);

} // namespace graft
