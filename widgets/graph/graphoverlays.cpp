#include "graph/graphoverlays.h"

#include "common/icons.h"
#include "common/theme.h"
#include "graph/graphcanvas.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace graft {

namespace {

constexpr double legendSwatch = 16;
constexpr int legendRow = 22;
constexpr int legendPadding = 10;
constexpr QSizeF largestMinimap(150, 190);
constexpr double minimapPadding = 6;

void paintPanel(QPainter &painter, const QRect &rect, const QPalette &palette)
{
    QColor ground = palette.color(QPalette::Window);
    ground.setAlphaF(0.94f);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(blend(palette.color(QPalette::Window), palette.color(QPalette::Text), 0.16), 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
}

struct LegendEntry {
    QString text;
    bool isFrozen = false;
    bool hasParameters = true;
};

QList<LegendEntry> legendEntries()
{
    return {{GraphLegend::tr("Frozen"), true, true}, {GraphLegend::tr("Trainable"), false, true},
        {GraphLegend::tr("No parameters"), false, false}};
}

void paintSwatch(QPainter &painter, const QRectF &rect, const LegendEntry &entry)
{
    const StateColors colors = stateColors(entry.isFrozen, entry.hasParameters);
    painter.setPen(QPen(colors.border, 1.2));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(rect, 3, 3);
    if (!colors.hatch.isValid())
        return;
    painter.setPen(QPen(colors.hatch, 1));
    painter.drawLines(hatching(rect.adjusted(1, 1, -1, -1), 4));
}

} // namespace

GraphLegend::GraphLegend(QWidget *parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize GraphLegend::sizeHint() const
{
    int width = 0;
    const QList<LegendEntry> entries = legendEntries();
    for (const LegendEntry &entry : entries)
        width = std::max(width, fontMetrics().horizontalAdvance(entry.text));
    return {width + int(legendSwatch) + 8 + 2 * legendPadding, int(entries.size()) * legendRow + legendPadding};
}

void GraphLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPanel(painter, rect(), palette());
    double y = legendPadding / 2.0;
    for (const LegendEntry &entry : legendEntries()) {
        paintSwatch(painter, QRectF(legendPadding, y + (legendRow - legendSwatch) / 2, legendSwatch, legendSwatch), entry);
        painter.setPen(palette().color(QPalette::WindowText));
        const QRectF text(legendPadding + legendSwatch + 8, y, width(), legendRow);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        y += legendRow;
    }
}

GraphMinimap::GraphMinimap(GraphCanvas &canvas, QWidget *parent) : QWidget(parent), m_canvas(canvas)
{
    setCursor(Qt::PointingHandCursor);
    hide();
}

double GraphMinimap::scale() const
{
    const QSizeF graph = m_canvas.graph().layout().bounds.size();
    return std::min(largestMinimap.width() / std::max(1.0, graph.width()), largestMinimap.height() / std::max(1.0, graph.height()));
}

QSize GraphMinimap::sizeHint() const
{
    const QSizeF graph = m_canvas.graph().layout().bounds.size() * scale();
    return QSizeF(std::max(30.0, graph.width()) + 2 * minimapPadding, std::max(30.0, graph.height()) + 2 * minimapPadding).toSize();
}

void GraphMinimap::follow()
{
    const QRectF bounds = m_canvas.graph().layout().bounds;
    setVisible(!bounds.isEmpty() && !m_canvas.visibleScene().contains(bounds));
    update();
}

void GraphMinimap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPanel(painter, rect(), palette());
    const QRectF bounds = m_canvas.graph().layout().bounds;
    const double zoom = scale();
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    painter.translate(QRectF(rect()).center() - bounds.center() * zoom);
    painter.setPen(Qt::NoPen);
    const QColor ink = palette().color(QPalette::Text), ground = palette().color(QPalette::Window);
    for (const PlacedNode &placed : m_canvas.graph().layout().nodes) {
        const TreeNode &node = m_canvas.graph().tree().node(placed.node);
        const QColor state = node.frozenShare() >= 0.5 ? frozenColor() : node.parameters > 0 ? trainableColor() : ink;
        const QColor color
            = placed.isFrame ? blend(ground, ink, 0.07 + 0.04 * placed.depth) : blend(ground, state, node.parameters > 0 ? 0.65 : 0.35);
        const bool isSelected = !placed.isFrame && m_canvas.graph().selectedShare(placed.node) != GraphScene::Share::None;
        const QRectF box(placed.rect.topLeft() * zoom, (placed.rect.size() * zoom).expandedTo(QSizeF(1, 1)));
        painter.fillRect(box, isSelected ? accentColor() : color);
    }
    const QRectF shown = m_canvas.visibleScene();
    QColor veil = accentColor();
    veil.setAlphaF(0.12f);
    painter.setBrush(veil);
    painter.setPen(QPen(accentColor(), 1.4));
    const QRectF clipped
        = shown.intersected(bounds.adjusted(-minimapPadding / zoom, -minimapPadding / zoom, minimapPadding / zoom, minimapPadding / zoom));
    painter.drawRect(QRectF(clipped.topLeft() * zoom, clipped.size() * zoom).adjusted(2, 2, -2, -2));
}

void GraphMinimap::goTo(const QPointF &place)
{
    const QRectF bounds = m_canvas.graph().layout().bounds;
    m_canvas.moveTo(bounds.center() + (place - QRectF(rect()).center()) / scale());
}

void GraphMinimap::mousePressEvent(QMouseEvent *event)
{
    goTo(event->position());
}

void GraphMinimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

} // namespace graft
