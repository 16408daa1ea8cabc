#pragma once
#include <QSortFilterProxyModel>

namespace graft {

/// Sorts numbers as numbers and shows the rows that hold every word of the filter's text.
class GalleryFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit GalleryFilter(QObject *parent = nullptr);
    void setText(const QString &text); ///< words in any order

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace graft
