#include "graph/snowflakedelegate.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace graft {

namespace {

constexpr int side = 16, rowRoom = 8, padding = 8;

} // namespace

void SnowflakeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = std::exchange(cell.text, QString());
    cell.features &= ~QStyleOptionViewItem::HasCheckIndicator;
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
    const auto state = Qt::CheckState(index.data(Qt::CheckStateRole).toInt());
    const bool selected = option.state & QStyle::State_Selected;
    const QColor color = selected ? option.palette.color(QPalette::HighlightedText) : frozenColor();
    painter->save();
    painter->setOpacity(state == Qt::Checked ? 1.0 : state == Qt::PartiallyChecked ? 0.6 : 0.35);
    QRect square(0, 0, side, side);
    square.moveCenter(option.rect.center());
    if (option.rect.width() > columnWidth)
        square.moveLeft(option.rect.left() + padding);
    icon(QStringLiteral("freeze"), state == Qt::Unchecked && !selected ? mutedTextColor() : color).paint(painter, square);
    painter->setOpacity(1);
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(option.rect.adjusted(2 * padding + side, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    painter->restore();
}

QSize SnowflakeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data().toString();
    const int beside = text.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(text) + padding;
    return {columnWidth + beside, option.fontMetrics.height() + rowRoom};
}

bool SnowflakeDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease || static_cast<QMouseEvent *>(event)->button() != Qt::LeftButton)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const bool frozen = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    model->setData(index, frozen ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    return true;
}

} // namespace graft
