#include "gui/historyview.h"
#include "common/icons.h"

#include <QEvent>

namespace graft {

HistoryView::HistoryView(QWidget *parent) : QUndoView(parent)
{
    setFrameShape(QFrame::NoFrame);
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
