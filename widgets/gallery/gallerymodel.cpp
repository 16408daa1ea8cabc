#include "gallery/gallerymodel.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"

#include <QLocale>
#include <algorithm>

namespace graft {
namespace {

/// "V2" for "IMAGENET1K_V2": all that is here was trained on ImageNet in the end.
QString shortWeights(const QString &weights)
{
    const QString dataset = QStringLiteral("IMAGENET1K_");
    return weights.startsWith(dataset) ? weights.mid(dataset.size()) : weights;
}

} // namespace

QString formatSpeed(double picturesPerSecond)
{
    if (picturesPerSecond <= 0)
        return QStringLiteral("–");
    return QLocale().toString(picturesPerSecond, 'f', picturesPerSecond < 9.95 ? 2 : picturesPerSecond < 99.5 ? 1 : 0);
}

void GalleryModel::setEntries(const std::vector<GalleryEntry> &entries)
{
    const bool same = !entries.empty() && std::ranges::equal(m_entries, entries, {}, &GalleryEntry::reference, &GalleryEntry::reference);
    if (!same)
        beginResetModel();
    m_entries = entries;
    if (!same)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int GalleryModel::rowOf(const QString &reference) const
{
    const auto found = std::ranges::find(m_entries, reference, &GalleryEntry::reference);
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

int GalleryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int GalleryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant GalleryModel::sortValue(const GalleryEntry &entry, int column)
{
    switch (column) {
    case Top1Column: return entry.top1;
    case ParametersColumn: return entry.parameters;
    case MultiplyAddsColumn: return entry.multiplyAdds;
    case SizeColumn: return entry.bytes;
    case SpeedColumn: return entry.picturesPerSecond;
    default: return text(entry, column);
    }
}

QString GalleryModel::text(const GalleryEntry &entry, int column)
{
    switch (column) {
    case NameColumn: return entry.title;
    case WeightsColumn: return shortWeights(entry.weights);
    case Top1Column: return QLocale().toString(entry.top1, 'f', 1);
    case ParametersColumn: return formatCount(entry.parameters);
    case MultiplyAddsColumn: return formatMultiplyAdds(entry.multiplyAdds);
    case SizeColumn: return formatBytes(entry.bytes);
    case SpeedColumn: return formatSpeed(entry.picturesPerSecond);
    case LicenceColumn: return entry.licence;
    default: return {};
    }
}

QVariant GalleryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const GalleryEntry &entry = m_entries[std::size_t(index.row())];
    const bool isNumber = index.column() >= Top1Column && index.column() <= SpeedColumn;
    switch (role) {
    case Qt::DisplayRole: return text(entry, index.column());
    case SortRole: return sortValue(entry, index.column());
    case SearchRole:
        return QStringList{entry.title, entry.reference, entry.family, entry.licence, entry.source, entry.isHere ? tr("here") : QString()}
            .join(QLatin1Char(' '));
    case CopyRole:
        if (index.column() == WeightsColumn)
            return entry.weights;
        return isNumber ? sortValue(entry, index.column()).toString() : text(entry, index.column());
    case Qt::TextAlignmentRole: return int(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::DecorationRole:
        return index.column() == NameColumn && entry.isHere ? QVariant(icon(QStringLiteral("check"), successColor())) : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == NameColumn)
            return entry.isHere ? tr("%1: the file is on this computer").arg(entry.title) : entry.title;
        if (index.column() == WeightsColumn)
            return entry.weights;
        return index.column() == LicenceColumn ? entry.licence + QStringLiteral(" · ") + entry.source : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn && entry.isHere ? tr("%1, on this computer").arg(entry.title) : QVariant();
    default: return {};
    }
}

QVariant GalleryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section >= Top1Column && section <= SpeedColumn;
    if (role == Qt::TextAlignmentRole)
        return int(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    const bool asTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !asTip)
        return {};
    switch (section) {
    case NameColumn: return asTip ? tr("A tick marks files that are on this computer") : tr("Network");
    case WeightsColumn: return asTip ? tr("What the weights are called by those who published them") : tr("Weights");
    case Top1Column: return asTip ? tr("Published accuracy on ImageNet, in percent: the first guess is right") : tr("Top-1, %");
    case ParametersColumn: return asTip ? tr("Numbers that were trained") : tr("Parameters");
    case MultiplyAddsColumn:
        return asTip ? tr("Work for one picture, at the size that the weights were published for") : tr("Multiply-adds");
    case SizeColumn: return asTip ? tr("Size of the file, about") : tr("File");
    case SpeedColumn: return asTip ? tr("Pictures per second through the network on this machine") : tr("Pictures/s here");
    case LicenceColumn: return asTip ? tr("Licence of the weights") : tr("Licence");
    default: return {};
    }
}

} // namespace graft
