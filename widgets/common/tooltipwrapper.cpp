#include "common/tooltipwrapper.h"

#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>
#include <QWidget>

namespace graft {

namespace {

constexpr qsizetype shortTip = 60; ///< letters that stand in one line

} // namespace

bool ToolTipWrapper::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !watched->isWidgetType())
        return false;
    auto *widget = static_cast<QWidget *>(watched);
    const QString text = widget->toolTip();
    if (text.size() <= shortTip || Qt::mightBeRichText(text))
        return false;
    // Qt breaks rich text only.
    const QString rich = QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), rich, widget, {}, widget->toolTipDuration());
    return true;
}

} // namespace graft
