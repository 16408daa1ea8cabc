#include "data/thumbnails.h"
#include "common/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <algorithm>

namespace graft {

namespace {

constexpr int side = 96;
constexpr int margin = 4;
constexpr int kept = 4000;

class ThumbnailDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return static_cast<const QListView *>(option.widget)->gridSize();
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QRectF cell = QRectF(option.rect).adjusted(margin, margin, -margin, -margin);
        QPainterPath outline;
        outline.addRoundedRect(cell, 4, 4);
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter->fillPath(outline, option.palette.color(QPalette::Window));
        const auto state = index.data(ThumbnailModel::StateRole).value<ThumbnailModel::State>();
        if (state == ThumbnailModel::State::Present) {
            const auto picture = index.data(Qt::DecorationRole).value<QPixmap>();
            const QSizeF size = QSizeF(picture.size()).scaled(cell.size(), Qt::KeepAspectRatioByExpanding);
            painter->setClipPath(outline);
            painter->drawPixmap(
                QRectF(cell.center() - QPointF(size.width() / 2, size.height() / 2), size), picture, QRectF(picture.rect()));
            painter->setClipping(false);
        } else {
            const QSize symbol(24, 24);
            const QRect place(QPoint(0, 0), symbol);
            icon(state == ThumbnailModel::State::Broken ? QStringLiteral("warning") : QStringLiteral("picture"))
                .paint(painter, place.translated(cell.center().toPoint() - place.center()), Qt::AlignCenter, QIcon::Disabled);
            if (state == ThumbnailModel::State::Missing)
                const_cast<ThumbnailModel *>(static_cast<const ThumbnailModel *>(index.model()))->want(index.row());
        }
        if (option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2));
            painter->drawPath(outline);
        }
        painter->restore();
    }
};

} // namespace

ThumbnailModel::ThumbnailModel(QObject *parent) : QAbstractListModel(parent), m_thumbnails(kept)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &ThumbnailModel::sendRequests);
}

void ThumbnailModel::setPaths(const QStringList &paths)
{
    if (paths == m_paths)
        return;
    beginResetModel();
    m_paths = paths;
    // What was asked for and is no longer shown may never come; it is asked for again when it is seen again.
    m_requested.clear();
    m_waiting.clear();
    endResetModel();
}

void ThumbnailModel::setThumbnail(const QString &path, const QImage &picture)
{
    m_requested.remove(path);
    if (picture.isNull())
        m_broken.insert(path);
    else
        m_thumbnails.insert(path, new QPixmap(QPixmap::fromImage(picture)));
    const qsizetype row = m_paths.indexOf(path);
    if (row >= 0)
        Q_EMIT dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
}

void ThumbnailModel::forgetThumbnails()
{
    m_thumbnails.clear();
    m_broken.clear();
    m_requested.clear();
    m_waiting.clear();
}

int ThumbnailModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant ThumbnailModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_paths.size())
        return {};
    const QString &path = m_paths[index.row()];
    switch (role) {
    case PathRole:
    case Qt::ToolTipRole: return path;
    case Qt::AccessibleTextRole: return path.section(QLatin1Char('/'), -1);
    case Qt::DecorationRole: {
        const QPixmap *picture = m_thumbnails.object(path);
        return picture ? QVariant(*picture) : QVariant();
    }
    case StateRole:
        return QVariant::fromValue(m_thumbnails.contains(path) ? State::Present : m_broken.contains(path) ? State::Broken : State::Missing);
    default: return {};
    }
}

void ThumbnailModel::want(int row)
{
    const QString &path = m_paths[row];
    if (m_requested.contains(path))
        return;
    m_requested.insert(path);
    m_waiting << path;
    m_timer.start();
}

void ThumbnailModel::sendRequests()
{
    const QStringList waiting = std::exchange(m_waiting, {});
    for (const QString &path : waiting)
        Q_EMIT thumbnailRequested(path);
}

ThumbnailView::ThumbnailView(QWidget *parent) : QListView(parent)
{
    setItemDelegate(new ThumbnailDelegate(this));
    setViewMode(QListView::IconMode);
    setResizeMode(QListView::Adjust);
    setMovement(QListView::Static);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setGridSize({side + 2 * margin, side + 2 * margin});
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    setDragEnabled(false);
    setAcceptDrops(false);
    setTabKeyNavigation(false);
}

void ThumbnailView::resizeEvent(QResizeEvent *event)
{
    // As many in a row as fit, and those fill the row.
    const int width = viewport()->width();
    const int cell = width / std::max(1, width / (side + 2 * margin));
    setGridSize({cell, cell});
    QListView::resizeEvent(event);
}

} // namespace graft
