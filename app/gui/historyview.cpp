#include "gui/historyview.h"
#include "common/icons.h"

#include <QEvent>
#include <QStyledItemDelegate>

namespace graft {
namespace {

/// All rows alike: those without the mark keep its room.
class StepDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = option->widget ? static_cast<const QAbstractItemView *>(option->widget)->iconSize() : QSize(16, 16);
    }
};

} // namespace

HistoryView::HistoryView(QWidget *parent) : QUndoView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setIconSize({16, 16});
    setUniformItemSizes(true);
    setItemDelegate(new StepDelegate(this));
    setAlternatingRowColors(true);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCleanIcon(icon(QStringLiteral("check")));
    retranslate();
}

void HistoryView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QUndoView::changeEvent(event);
}

void HistoryView::retranslate()
{
    setEmptyLabel(tr("As opened"));
    setAccessibleName(tr("History of changes"));
    setToolTip(tr("Click a step to go back or forth to it."));
}

} // namespace graft
