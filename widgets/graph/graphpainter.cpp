#include "graph/graphpainter.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/graphscene.h"

#include <QApplication>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

using namespace boxplan;

constexpr double corner = 7;
constexpr double outlineReach = 6;
constexpr double longLine = 1600; ///< pixels across

QColor ground()
{
    return lookPalette().color(QPalette::Base);
}

QColor ink()
{
    return lookPalette().color(QPalette::Text);
}

QPainterPath roundedPath(const QRectF &rect, double radius)
{
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    return path;
}

} // namespace

StateColors stateColors(bool isFrozen, bool hasParameters)
{
    // Dark grounds swallow more of a tint.
    const double strength = isDark() ? 1.5 : 1;
    if (isFrozen && hasParameters)
        return {blend(ground(), frozenColor(), 0.13 * strength), blend(ground(), frozenColor(), 0.7),
            blend(ground(), frozenColor(), 0.3 * strength)};
    if (isFrozen)
        return {blend(ground(), frozenColor(), 0.06 * strength), blend(ground(), frozenColor(), 0.45),
            blend(ground(), frozenColor(), 0.18 * strength)};
    if (hasParameters)
        return {blend(ground(), trainableColor(), 0.1 * strength), blend(ground(), trainableColor(), 0.6), {}};
    return {blend(ground(), ink(), isDark() ? 0.07 : 0), blend(ground(), ink(), 0.3), {}};
}

QList<QLineF> hatching(const QRectF &rect, double spacing)
{
    QList<QLineF> lines;
    for (double start = spacing - rect.height(); start < rect.width(); start += spacing) {
        const double first = std::max(0.0, start), last = std::min(rect.width(), start + rect.height());
        lines << QLineF(rect.left() + first, rect.bottom() - (first - start), rect.left() + last, rect.bottom() - (last - start));
    }
    return lines;
}

GraphPainter::GraphPainter(const GraphScene &graph, QPainter &painter, Purpose purpose)
    : m_graph(graph), m_marks(graph.marks()), m_painter(painter), m_purpose(purpose),
      m_zoom(QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform())), m_fonts(graphFonts()),
      m_farLines(m_fonts.title, m_zoom), m_ground(ground()), m_ink(ink()), m_muted(mutedTextColor()), m_accent(accentColor()),
      m_frozen(frozenColor()), m_line(blend(m_ground, m_ink, 0.5)), m_border(blend(m_ground, m_ink, 0.25))
{
    for (const bool isFrozen : {false, true}) {
        for (const bool hasParameters : {false, true})
            m_states[isFrozen][hasParameters] = stateColors(isFrozen, hasParameters);
    }
}

bool GraphPainter::isDimmed(int node) const
{
    return m_purpose == Purpose::Screen && m_graph.isDimmed(node);
}

bool GraphPainter::isHovered(int node) const
{
    return m_purpose == Purpose::Screen && m_graph.hovered() == node;
}

bool GraphPainter::isSelected(int node) const
{
    return m_purpose == Purpose::Screen && m_graph.selectedShare(node) == GraphScene::Share::All;
}

const StateColors &GraphPainter::colors(bool isFrozen, bool hasParameters) const
{
    return m_states[isFrozen][hasParameters];
}

const TreeNode &GraphPainter::treeNode(const NodeItem &item) const
{
    return m_graph.tree().node(item.node());
}

QColor GraphPainter::categoryShade(const QString &category)
{
    const auto found = m_categories.constFind(category);
    return found != m_categories.cend() ? *found : *m_categories.insert(category, categoryColor(category));
}

void GraphPainter::paintBox(const NodeItem &item)
{
    m_painter.setOpacity(m_opacity * (isDimmed(item.node()) ? 0.28 : 1.0));
    if (m_zoom < speckZoom)
        return paintSpeck(item);
    const bool isSmall = (m_zoom < smallZoom || m_isCrowded) && m_purpose == Purpose::Screen;
    m_painter.setRenderHint(QPainter::Antialiasing, !isSmall);
    if (isSmall) {
        paintSmallGround(item);
    } else {
        paintGround(item);
        paintStripe(item);
    }
    if (m_marks.isColored())
        paintOutline(item, blend(m_marks.fill(item.node()), m_ink, 0.35));
    else
        paintOutline(item, colors(m_marks.frozenShare(item.node()) >= 0.5, treeNode(item).parameters > 0).border);
    if (item.isBlock() && m_zoom >= farZoom)
        paintHandle(item);
    if (m_zoom >= nearZoom)
        paintNear(item);
    else if (m_zoom >= farZoom && !m_isUnreadable)
        paintFar(item);
    m_marks.paint(m_painter, item.node(), item.rect(), m_zoom);
}

/// A box of a few pixels: its colours, no lines.
void GraphPainter::paintSpeck(const NodeItem &item)
{
    const TreeNode &at = treeNode(item);
    const double share = m_marks.frozenShare(item.node());
    QRectF rect = item.rect();
    const bool selected = m_purpose == Purpose::Screen && m_graph.selectedShare(item.node()) != GraphScene::Share::None;
    const auto fill = [&](bool isFrozen) {
        return selected           ? m_accent
            : m_marks.isColored() ? m_marks.fill(item.node())
                                  : blend(m_ground, colors(isFrozen, at.parameters > 0).border, 0.75);
    };
    m_painter.fillRect(rect, fill(share >= 1));
    if (share > 0 && share < 1) {
        rect.setWidth(rect.width() * share);
        m_painter.fillRect(rect, fill(true));
    }
    const QRectF stripe(item.rect().topLeft(), QSizeF(4 * stripeWidth, item.rect().height()));
    if (!item.categories().empty())
        m_painter.fillRect(stripe, categoryShade(item.categories().front().first));
    m_marks.paint(m_painter, item.node(), item.rect(), m_zoom);
}

/// What is hatched of a box; a sliver of either kind stays visible.
QRectF GraphPainter::frozenPart(const NodeItem &item, double share) const
{
    QRectF part = item.rect();
    if (share < 1)
        part.setWidth(stripeWidth + (part.width() - stripeWidth) * std::clamp(share, 0.04, 0.96));
    return part;
}

/// Letters stand beside hatching, not on it.
void GraphPainter::paintText(const NodeItem &item, const QRectF &line, Qt::Alignment side, const QString &text)
{
    if (text.isEmpty())
        return;
    const double share = m_marks.frozenShare(item.node());
    if (share > 0 && !m_marks.isColored()) {
        QRectF plate = line;
        plate.setWidth(QFontMetricsF(m_painter.font()).horizontalAdvance(text) + 6);
        plate.moveLeft(side == Qt::AlignLeft ? line.left() - 3 : line.right() + 3 - plate.width());
        m_painter.fillRect(plate.adjusted(0, 1, 0, -1) & frozenPart(item, share).adjusted(2, 2, share < 1 ? 0 : -2, -2),
            colors(true, treeNode(item).parameters > 0).fill);
    }
    m_painter.drawText(line, side | Qt::AlignVCenter, text);
}

/// A box a dozen pixels high: plain rectangles.
void GraphPainter::paintSmallGround(const NodeItem &item)
{
    const bool hasParameters = treeNode(item).parameters > 0;
    const double share = m_marks.frozenShare(item.node());
    const StateColors &frozen = colors(true, hasParameters);
    if (m_marks.isColored())
        m_painter.fillRect(item.rect(), m_marks.fill(item.node()));
    else
        m_painter.fillRect(item.rect(), colors(false, hasParameters).fill);
    if (share > 0 && !m_marks.isColored())
        m_painter.fillRect(frozenPart(item, share), blend(frozen.fill, frozen.hatch, 0.35));
    double top = item.rect().top();
    for (const auto &[category, part] : item.categories()) {
        m_painter.fillRect(QRectF(item.rect().left(), top, stripeWidth, item.rect().height() * part), categoryShade(category));
        top += item.rect().height() * part;
    }
}

void GraphPainter::paintGround(const NodeItem &item)
{
    if (m_marks.isColored()) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_marks.fill(item.node()));
        m_painter.drawRoundedRect(item.rect(), corner, corner);
        return;
    }
    const TreeNode &at = treeNode(item);
    const double share = m_marks.frozenShare(item.node());
    const StateColors &frozen = colors(true, at.parameters > 0), &thawed = colors(false, at.parameters > 0);
    const QRectF &rect = item.rect();
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(share >= 1 ? frozen.fill : thawed.fill);
    m_painter.drawRoundedRect(rect, corner, corner);
    if (share <= 0)
        return;
    const QRectF part = frozenPart(item, share);
    if (share < 1) {
        m_painter.save();
        m_painter.setClipRect(part, Qt::IntersectClip);
        m_painter.setBrush(frozen.fill);
        m_painter.drawRoundedRect(rect, corner, corner);
        m_painter.restore();
    }
    m_painter.setPen(QPen(frozen.hatch, 1));
    m_painter.drawLines(hatching(part.adjusted(2, 2, share < 1 ? 0 : -2, -2), m_zoom < nearZoom ? 16 : 8));
    if (share < 1) {
        m_painter.setPen(QPen(frozen.border, 1));
        m_painter.drawLine(part.topRight(), part.bottomRight());
    }
}

void GraphPainter::paintStripe(const NodeItem &item)
{
    const QRectF &rect = item.rect();
    m_painter.save();
    m_painter.setPen(Qt::NoPen);
    if (item.categories().size() == 1) {
        m_painter.setClipRect(QRectF(rect.topLeft(), QSizeF(stripeWidth, rect.height())), Qt::IntersectClip);
        m_painter.setBrush(categoryShade(item.categories().front().first));
        m_painter.drawRoundedRect(rect, corner, corner);
    } else {
        m_painter.setClipPath(roundedPath(rect, corner), Qt::IntersectClip);
        double top = rect.top();
        for (const auto &[category, share] : item.categories()) {
            m_painter.fillRect(QRectF(rect.left(), top, stripeWidth, rect.height() * share), categoryShade(category));
            top += rect.height() * share;
        }
    }
    m_painter.restore();
}

QColor GraphPainter::titleColor(const NodeItem &item)
{
    const QColor plain = item.isBlock() || item.categories().empty() ? m_ink : categoryShade(item.categories().front().first);
    return m_marks.ink(item.node(), plain);
}

/// Cuts the snowflake's room from the right end of a line.
void GraphPainter::paintFrozenMark(QRectF &line, const QColor &color)
{
    const QRectF place(line.right() - snowflakeSide, line.center().y() - snowflakeSide / 2, snowflakeSide, snowflakeSide);
    const auto drawn = [&color] { return icon(QStringLiteral("freeze"), color); };
    if (m_purpose == Purpose::Export) {
        drawn().paint(&m_painter, place.toRect());
    } else {
        // Rendering the vector for every box would cost more than all else.
        QPixmap &snowflake = m_snowflakes[color.rgb()];
        if (snowflake.isNull()) {
            const double side = std::max(1.0, snowflakeSide * m_zoom * m_painter.device()->devicePixelRatio());
            snowflake = drawn().pixmap(QSize(int(std::ceil(side)), int(std::ceil(side))));
        }
        m_painter.drawPixmap(place, snowflake, QRectF(snowflake.rect()));
    }
    line.setRight(line.right() - snowflakeSide - 6);
}

/// Likewise «μ»: normalization that keeps to its running statistics.
void GraphPainter::paintStatisticsMark(QRectF &line, const QColor &color)
{
    const QRectF disc(line.right() - statisticsSide, line.center().y() - statisticsSide / 2, statisticsSide, statisticsSide);
    m_painter.setPen(QPen(color, 1.2));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawEllipse(disc);
    QFont font = m_fonts.text;
    font.setPixelSize(11);
    m_painter.setFont(font);
    m_painter.drawText(disc.translated(0, -0.5), Qt::AlignCenter, QStringLiteral("μ"));
    line.setRight(disc.left() - 6);
}

void GraphPainter::paintNear(const NodeItem &item)
{
    const BoxTexts &texts = item.texts();
    const int node = item.node();
    const QRectF inner = item.rect().adjusted(stripeWidth + padding + (item.isBlock() ? handleRoom : 0), 0, -padding, 0);
    QRectF upper(inner.left(), inner.top() + 5, inner.width(), 20), lower(inner.left(), inner.top() + 24, inner.width(), 18);
    const double share = m_marks.frozenShare(node);
    if (share > 0)
        paintFrozenMark(upper, m_marks.ink(node, m_frozen));
    if (texts.hasStatistics && m_marks.keepsStatistics(node))
        paintStatisticsMark(upper, m_marks.ink(node, m_frozen));
    m_painter.setFont(m_fonts.text);
    m_painter.setPen(m_marks.ink(node, m_muted));
    paintText(item, upper, Qt::AlignRight, share > 0 && share < 1 ? formatPercent(share) : texts.name);
    paintText(item, lower, Qt::AlignRight, texts.shape);
    if (!m_marks.isColored())
        paintText(item, lower, Qt::AlignLeft, texts.detail);
    m_painter.setFont(m_fonts.title);
    m_painter.setPen(m_marks.ink(node, m_ink));
    if (m_marks.isColored())
        paintText(item, lower, Qt::AlignLeft, m_marks.figure(node));
    m_painter.setPen(titleColor(item));
    paintText(item, upper, Qt::AlignLeft, texts.title);
}

/// One line in letters that stay readable.
void GraphPainter::paintFar(const NodeItem &item)
{
    using Side = FarLineFitter::Side;
    const QRectF inner = item.rect().adjusted(stripeWidth + padding + (item.isBlock() ? handleRoom : 0), 0, -padding, 0);
    const bool isColored = m_marks.isColored();
    const Side side = isColored ? Side::Figure : m_zoom < smallZoom ? Side::Nothing : Side::Note;
    const FarLine line = m_farLines.fit(item.texts(), side, isColored ? m_marks.figure(item.node()) : QString(), inner.width());
    QRectF place(inner.left(), 0, inner.width(), line.height);
    place.moveCenter(inner.center());
    m_painter.setFont(line.titleFont);
    m_painter.setPen(titleColor(item));
    paintText(item, place, Qt::AlignLeft, line.title);
    if (line.side.isEmpty())
        return;
    m_painter.setFont(line.sideFont);
    if (!isColored)
        m_painter.setPen(m_marks.ink(item.node(), m_muted));
    paintText(item, place, Qt::AlignRight, line.side);
}

void GraphPainter::paintOutline(const NodeItem &item, const QColor &color)
{
    const GraphScene::Share selected = m_purpose == Purpose::Screen ? m_graph.selectedShare(item.node()) : GraphScene::Share::None;
    const bool hovered = isHovered(item.node());
    m_painter.setBrush(Qt::NoBrush);
    if (selected == GraphScene::Share::None || (item.isFrame() && selected == GraphScene::Share::Part)) {
        m_painter.setPen(QPen(hovered ? blend(color, m_ink, 0.4) : color, hovered ? 1.6 : 1.1));
        if (m_painter.testRenderHint(QPainter::Antialiasing)) {
            m_painter.drawRoundedRect(item.rect(), corner, corner);
            return;
        }
        QPen pen(m_painter.pen().color(), 1);
        pen.setCosmetic(true);
        m_painter.setPen(pen);
        m_painter.drawRect(item.rect());
        return;
    }
    const double width = std::max(2.4, 2.0 / m_zoom);
    QColor halo = m_accent;
    halo.setAlphaF(0.22f);
    m_painter.setPen(QPen(halo, std::min(2 * width + 3, 2 * outlineReach)));
    m_painter.drawRoundedRect(item.rect(), corner, corner);
    m_painter.setPen(QPen(m_accent, std::min(width, outlineReach), selected == GraphScene::Share::All ? Qt::SolidLine : Qt::DashLine));
    m_painter.drawRoundedRect(item.rect(), corner, corner);
}

void GraphPainter::paintHandle(const NodeItem &item)
{
    const QRectF handle = item.handleRect();
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(blend(m_ground, m_ink, isHovered(item.node()) ? 0.2 : 0.1));
    m_painter.drawRoundedRect(handle, 5, 5);
    m_painter.setPen(QPen(m_ink, 1.9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.setBrush(Qt::NoBrush);
    const QPointF center = handle.center();
    const QPolygonF right{{-2, -4}, {2, 0}, {-2, 4}}, down{{-4, -2}, {0, 2}, {4, -2}};
    m_painter.drawPolyline((item.isFrame() ? down : right).translated(center));
}

void GraphPainter::paintFrame(const NodeItem &item)
{
    const QColor window = lookPalette().color(QPalette::Window);
    const QRectF &rect = item.rect();
    m_painter.setOpacity(m_opacity * (isDimmed(item.node()) ? 0.4 : 1.0));
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(blend(window, m_ink, 0.02 + 0.015 * item.depth()));
    m_painter.drawRoundedRect(rect, corner, corner);
    const QRectF title = item.clickRect();
    m_painter.save();
    m_painter.setClipRect(title, Qt::IntersectClip);
    m_painter.setBrush(m_marks.isColored() ? m_marks.fill(item.node()) : blend(window, m_ink, 0.075 + 0.015 * item.depth()));
    m_painter.drawRoundedRect(rect, corner, corner);
    m_painter.restore();
    paintOutline(item, m_border);
    m_marks.paint(m_painter, item.node(), title, m_zoom);
    if (m_zoom >= farZoom)
        paintTitle(item);
}

void GraphPainter::paintTitle(const NodeItem &item)
{
    const int node = item.node();
    QFont font = m_fonts.title;
    if (m_zoom < nearZoom)
        font.setPixelSize(int(std::clamp(11.5 / m_zoom, 13.0, 26.0)));
    paintHandle(item);
    QRectF line = item.clickRect().adjusted(stripeWidth + padding + handleRoom, 0, -padding, 0);
    m_painter.setFont(font);
    m_painter.setPen(m_marks.ink(node, m_ink));
    const QString text = QFontMetricsF(font).elidedText(item.texts().title, Qt::ElideRight, line.width());
    m_painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
    if (m_zoom < nearZoom)
        return;
    const double share = m_marks.frozenShare(node);
    if (share > 0)
        paintFrozenMark(line, m_marks.ink(node, m_frozen));
    m_painter.setFont(m_fonts.text);
    // Titles of inner frames are darker grounds than boxes.
    m_painter.setPen(m_marks.ink(node, blend(m_muted, m_ink, 0.35)));
    const QString note = share > 0 && share < 1 ? formatPercent(share) : item.texts().name;
    const QString detail = m_marks.isColored() ? m_marks.figure(node) : item.texts().detail;
    m_painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, note.isEmpty() ? detail : detail + QStringLiteral("  ") + note);
}

void GraphPainter::paintEdge(const EdgeItem &item)
{
    if (item.placed.route.isEmpty())
        return;
    const auto touchesSelection = [this](const auto &ends) { return isSelected(ends.first) || isSelected(ends.second); };
    const bool isLit = std::any_of(item.placed.ends.begin(), item.placed.ends.end(), touchesSelection);
    const auto stepsBack = [this](const auto &ends) { return isDimmed(ends.first) && isDimmed(ends.second); };
    m_painter.setOpacity(m_opacity * (std::all_of(item.placed.ends.begin(), item.placed.ends.end(), stepsBack) ? 0.35 : 1.0));
    const QColor &color = isLit ? m_accent : m_line;
    const double width = std::max(isLit ? 2.2 : 1.4, (isLit ? 1.6 : 0.9) / m_zoom);
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    // Smooth strokes of lines that cross several screens cost more than all boxes together.
    const bool isLong = m_purpose == Purpose::Screen && item.bounds.width() * m_zoom > longLine;
    const bool wasSmooth = m_painter.testRenderHint(QPainter::Antialiasing);
    if (isLong) {
        pen.setWidthF(1);
        pen.setCosmetic(true);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(item.path);
    m_painter.setRenderHint(QPainter::Antialiasing, wasSmooth);
    if (!item.placed.hasArrow || m_zoom < speckZoom)
        return;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(color);
    const QPointF tip = item.placed.route.back();
    m_painter.drawPolygon(QPolygonF{tip, tip + QPointF(-4, -arrowLength), tip + QPointF(4, -arrowLength)});
}

} // namespace graft
