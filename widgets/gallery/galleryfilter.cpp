#include "gallery/galleryfilter.h"
#include "gallery/gallerymodel.h"

#include <algorithm>

namespace graft {

GalleryFilter::GalleryFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(GalleryModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void GalleryFilter::setText(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool GalleryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString text = sourceModel()->index(row, 0, parent).data(GalleryModel::SearchRole).toString();
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace graft
