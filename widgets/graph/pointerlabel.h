#pragma once
#include <QColor>
#include <QPointF>
#include <QString>

class QPainter;
class QWidget;

namespace graft {

/// A word beside the pointer, in the widget's font and within it; `place` is the pointer's.
void paintPointerLabel(QPainter &painter, const QWidget &widget, const QPointF &place, const QString &text, const QColor &ink);

} // namespace graft
