#include "gui/logview.h"

#include <QTime>

namespace graft {
namespace {

constexpr int maximumLines = 2000;

} // namespace

LogView::LogView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setMaximumBlockCount(maximumLines);
}

void LogView::add(const QString &line)
{
    appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ") + line);
}

} // namespace graft
