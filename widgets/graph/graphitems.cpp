#include "graph/graphitems.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/graphscene.h"
#include "graph/layertext.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double boxHeight = 46;
constexpr double leastBoxWidth = 176;
constexpr double stripeWidth = 6;
constexpr double padding = 10;
constexpr double handleSide = 22;
constexpr double handleRoom = handleSide + 6;
constexpr double snowflakeSide = 14;
constexpr double statisticsSide = 15;
constexpr double columnGap = 16; ///< between what stands left and right in a line
constexpr double corner = 7;
constexpr double outlineReach = 6;
constexpr double arrowLength = 8;

// Below these zooms a box says less.
constexpr double nearZoom = 0.74;
constexpr double farZoom = 0.2;

QColor ground()
{
    return QApplication::palette().color(QPalette::Base);
}

QColor ink()
{
    return QApplication::palette().color(QPalette::Text);
}

double zoomOf(const QPainter &painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

QPainterPath roundedPath(const QRectF &rect, double radius)
{
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    return path;
}

QString innerBlocks(const BlockTree &tree, const TreeNode &node)
{
    const auto blocks = std::count_if(node.children.begin(), node.children.end(), [&tree](int child) { return tree.node(child).isBlock; });
    return blocks > 1 && std::size_t(blocks) == node.children.size() ? QStringLiteral("× %1").arg(blocks) : QString();
}

void paintSnowflake(QPainter &painter, const QPointF &center, const QColor &wanted)
{
    static QIcon snowflake;
    static QColor color;
    if (color != wanted) {
        color = wanted;
        snowflake = icon(QStringLiteral("freeze"), color);
    }
    snowflake.paint(
        &painter, QRectF(center.x() - snowflakeSide / 2, center.y() - snowflakeSide / 2, snowflakeSide, snowflakeSide).toRect());
}

/// Cuts the snowflake's room from the right end of a line.
void paintFrozenMark(QPainter &painter, QRectF &line, const QColor &color)
{
    paintSnowflake(painter, QPointF(line.right() - snowflakeSide / 2, line.center().y()), color);
    line.setRight(line.right() - snowflakeSide - 6);
}

/// Likewise «μ»: normalization that keeps to its running statistics.
void paintStatisticsMark(QPainter &painter, QRectF &line, const QColor &color)
{
    const QRectF disc(line.right() - statisticsSide, line.center().y() - statisticsSide / 2, statisticsSide, statisticsSide);
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(disc);
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    painter.drawText(disc.translated(0, -0.5), Qt::AlignCenter, QStringLiteral("μ"));
    line.setRight(disc.left() - 6);
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

GraphFonts graphFonts()
{
    GraphFonts fonts;
    fonts.text = QApplication::font();
    fonts.text.setPixelSize(12);
    fonts.text.setHintingPreference(QFont::PreferNoHinting);
    fonts.title = fonts.text;
    fonts.title.setPixelSize(13);
    fonts.title.setWeight(QFont::DemiBold);
    return fonts;
}

BoxTexts boxTexts(const BlockTree &tree, int index)
{
    const TreeNode &node = tree.node(index);
    const QString shape = formatShape(node.outputShape);
    if (!node.isBlock) {
        const Layer &layer = tree.layer(node.layers.front());
        return {fromEngine(layer.type), node.name, attributeSummary(layer), shape};
    }
    bool isNumber = false;
    node.name.toInt(&isNumber);
    const QString title = isNumber ? node.path.section(QLatin1Char('.'), -2) : node.name;
    QString detail = layerCountText(int(node.layers.size()));
    if (node.parameters > 0)
        detail += QStringLiteral(" · ") + GraphScene::tr("%1 param.").arg(formatCount(node.parameters));
    return {title, innerBlocks(tree, node), detail, shape};
}

QSizeF boxSize(const BlockTree &tree, int index, const GraphFonts &fonts, bool isFrame)
{
    const BoxTexts texts = boxTexts(tree, index);
    const QFontMetricsF title(fonts.title), text(fonts.text);
    const bool isBlock = tree.node(index).isBlock;
    const double share = isBlock ? text.horizontalAdvance(formatPercent(0.9999)) : 0;
    const double statistics = !isBlock && hasRunningStatistics(tree.layer(tree.node(index).layers.front())) ? statisticsSide + 6 : 0;
    const double upper
        = title.horizontalAdvance(texts.title) + columnGap + text.horizontalAdvance(texts.name) + share + statistics + snowflakeSide + 6;
    const double lower = text.horizontalAdvance(texts.detail) + columnGap + text.horizontalAdvance(texts.shape);
    const double around = stripeWidth + 2 * padding + (isBlock ? handleRoom : 0);
    if (isFrame)
        return {around + upper + columnGap + text.horizontalAdvance(texts.detail), frameTitleHeight};
    return {std::max(leastBoxWidth, std::ceil(around + std::max(upper, lower))), boxHeight};
}

NodeItem::NodeItem(const GraphScene &scene, const PlacedNode &placed) : m_graph(scene), m_placed(placed)
{
    setAcceptHoverEvents(true);
    setZValue(placed.isFrame ? placed.depth : 1000);
}

const TreeNode &NodeItem::treeNode() const
{
    return m_graph.tree().node(node());
}

QRectF NodeItem::clickRect() const
{
    return isFrame() ? QRectF(rect().topLeft(), QSizeF(rect().width(), frameTitleHeight)) : rect();
}

QRectF NodeItem::handleRect() const
{
    if (!treeNode().isBlock)
        return {};
    return {rect().left() + stripeWidth + padding - 4, clickRect().center().y() - handleSide / 2, handleSide, handleSide};
}

QRectF NodeItem::boundingRect() const
{
    return rect().adjusted(-outlineReach, -outlineReach, outlineReach, outlineReach);
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRect(clickRect());
    return path;
}

void NodeItem::hoverEnterEvent(QGraphicsSceneHoverEvent *)
{
    m_hovered = true;
    const TreeNode &node = treeNode();
    QStringList lines{node.path};
    const BoxTexts texts = boxTexts(m_graph.tree(), this->node());
    if (!node.isBlock)
        lines << texts.title << attributeList(m_graph.tree().layer(node.layers.front()));
    else
        lines << layerCountText(int(node.layers.size()));
    lines << GraphScene::tr("Output: %1").arg(texts.shape);
    lines << GraphScene::tr("%1 parameters, %2 frozen").arg(QLocale().toString(qint64(node.parameters)), formatPercent(node.frozenShare()));
    lines << formatMultiplyAdds(node.multiplyAdds);
    lines << m_graph.marks().explanations(this->node());
    lines.removeAll(QString());
    setToolTip(lines.join(QLatin1Char('\n')));
    update();
}

void NodeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent *)
{
    m_hovered = false;
    update();
}

void NodeItem::paintOutline(QPainter &painter, double zoom, const QColor &color) const
{
    const GraphScene::Share selected = m_graph.selectedShare(node());
    painter.setBrush(Qt::NoBrush);
    if (selected == GraphScene::Share::None || (isFrame() && selected == GraphScene::Share::Part)) {
        painter.setPen(QPen(isHovered() ? blend(color, ink(), 0.4) : color, isHovered() ? 1.6 : 1.1));
        painter.drawRoundedRect(rect(), corner, corner);
        return;
    }
    const double width = std::max(2.4, 2.0 / zoom);
    QColor halo = accentColor();
    halo.setAlphaF(0.22f);
    painter.setPen(QPen(halo, std::min(2 * width + 3, 2 * outlineReach)));
    painter.drawRoundedRect(rect(), corner, corner);
    painter.setPen(QPen(accentColor(), std::min(width, outlineReach), selected == GraphScene::Share::All ? Qt::SolidLine : Qt::DashLine));
    painter.drawRoundedRect(rect(), corner, corner);
}

void NodeItem::paintHandle(QPainter &painter) const
{
    const QRectF handle = handleRect();
    painter.setPen(Qt::NoPen);
    painter.setBrush(blend(ground(), ink(), isHovered() ? 0.2 : 0.1));
    painter.drawRoundedRect(handle, 5, 5);
    painter.setPen(QPen(ink(), 1.9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF center = handle.center();
    const QPolygonF right{{-2, -4}, {2, 0}, {-2, 4}}, down{{-4, -2}, {0, 2}, {4, -2}};
    painter.drawPolyline((isFrame() ? down : right).translated(center));
}

BoxItem::BoxItem(const GraphScene &scene, const PlacedNode &placed, const GraphFonts &fonts)
    : NodeItem(scene, placed), m_fonts(fonts), m_texts(boxTexts(scene.tree(), placed.node))
{
    const std::vector<int> &layers = scene.tree().node(placed.node).layers;
    for (const int layer : layers) {
        const QString category = categoryOf(scene.tree().layer(layer).type);
        const auto known = std::find_if(m_categories.begin(), m_categories.end(), [&](const auto &one) { return one.first == category; });
        if (known == m_categories.end())
            m_categories.emplace_back(category, 1.0 / double(layers.size()));
        else
            known->second += 1.0 / double(layers.size());
    }
}

void BoxItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double zoom = zoomOf(*painter);
    painter->setOpacity(m_graph.isDimmed(node()) ? 0.28 : 1.0);
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, zoom);
    paintStripe(*painter);
    const TreeNode &at = treeNode();
    const GraphMarks &marks = m_graph.marks();
    const QColor border = marks.isColored() ? blend(marks.fill(node()), ink(), 0.35)
                                            : stateColors(marks.frozenShare(node()) >= 0.5, at.parameters > 0).border;
    paintOutline(*painter, zoom, border);
    if (at.isBlock && zoom >= farZoom)
        paintHandle(*painter);
    if (zoom >= nearZoom)
        paintNear(*painter);
    else if (zoom >= farZoom)
        paintFar(*painter, zoom);
    marks.paint(*painter, node(), rect(), zoom);
}

void BoxItem::paintGround(QPainter &painter, double zoom) const
{
    const TreeNode &at = treeNode();
    const GraphMarks &marks = m_graph.marks();
    if (marks.isColored()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(marks.fill(node()));
        painter.drawRoundedRect(rect(), corner, corner);
        return;
    }
    const double share = marks.frozenShare(node());
    const StateColors frozen = stateColors(true, at.parameters > 0), thawed = stateColors(false, at.parameters > 0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(share >= 1 ? frozen.fill : thawed.fill);
    painter.drawRoundedRect(rect(), corner, corner);
    if (share <= 0)
        return;
    QRectF part = rect();
    // A sliver of either kind stays visible.
    if (share < 1)
        part.setWidth(stripeWidth + (rect().width() - stripeWidth) * std::clamp(share, 0.04, 0.96));
    if (share < 1) {
        painter.save();
        painter.setClipRect(part, Qt::IntersectClip);
        painter.setBrush(frozen.fill);
        painter.drawRoundedRect(rect(), corner, corner);
        painter.restore();
    }
    painter.setPen(QPen(frozen.hatch, 1));
    painter.drawLines(hatching(part.adjusted(2, 2, share < 1 ? 0 : -2, -2), zoom < farZoom ? 14 : 8));
    if (share < 1) {
        painter.setPen(QPen(frozen.border, 1));
        painter.drawLine(part.topRight(), part.bottomRight());
    }
}

void BoxItem::paintStripe(QPainter &painter) const
{
    painter.save();
    painter.setClipRect(QRectF(rect().topLeft(), QSizeF(stripeWidth, rect().height())), Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    if (m_categories.size() == 1) {
        painter.setBrush(categoryColor(m_categories.front().first));
        painter.drawRoundedRect(rect(), corner, corner);
    } else {
        painter.setClipPath(roundedPath(rect(), corner), Qt::IntersectClip);
        double top = rect().top();
        for (const auto &[category, share] : m_categories) {
            painter.fillRect(QRectF(rect().left(), top, stripeWidth, rect().height() * share), categoryColor(category));
            top += rect().height() * share;
        }
    }
    painter.restore();
}

void BoxItem::paintNear(QPainter &painter) const
{
    const TreeNode &at = treeNode();
    const GraphMarks &marks = m_graph.marks();
    const QRectF inner = rect().adjusted(stripeWidth + padding + (at.isBlock ? handleRoom : 0), 0, -padding, 0);
    QRectF upper(inner.left(), inner.top() + 5, inner.width(), 20), lower(inner.left(), inner.top() + 24, inner.width(), 18);
    const double share = marks.frozenShare(node());
    const QColor muted = marks.ink(node(), mutedTextColor());
    if (share > 0)
        paintFrozenMark(painter, upper, marks.ink(node(), frozenColor()));
    if (!at.isBlock && marks.keepsStatistics(node()))
        paintStatisticsMark(painter, upper, marks.ink(node(), frozenColor()));
    painter.setFont(m_fonts.text);
    painter.setPen(muted);
    const QString note = share > 0 && share < 1 ? formatPercent(share) : m_texts.name;
    painter.drawText(upper, Qt::AlignRight | Qt::AlignVCenter, note);
    painter.drawText(lower, Qt::AlignRight | Qt::AlignVCenter, m_texts.shape);
    if (!marks.isColored())
        painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter, m_texts.detail);
    painter.setFont(m_fonts.title);
    painter.setPen(marks.ink(node(), ink()));
    if (marks.isColored())
        painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter, marks.figure(node()));
    painter.setPen(marks.ink(node(), at.isBlock ? ink() : categoryColor(m_categories.front().first)));
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, m_texts.title);
}

/// One line in letters that stay readable.
void BoxItem::paintFar(QPainter &painter, double zoom) const
{
    const TreeNode &at = treeNode();
    const QRectF inner = rect().adjusted(stripeWidth + padding + (at.isBlock ? handleRoom : 0), 0, -padding, 0);
    QFont font = m_fonts.title;
    font.setPixelSize(int(std::clamp(12.5 / zoom, 16.0, 30.0)));
    if (const double needed = QFontMetricsF(font).horizontalAdvance(m_texts.title); needed > inner.width())
        font.setPixelSize(std::max(14, int(font.pixelSize() * inner.width() / needed)));
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    const GraphMarks &marks = m_graph.marks();
    painter.setPen(marks.ink(node(), at.isBlock ? ink() : categoryColor(m_categories.front().first)));
    const QString title = metrics.elidedText(m_texts.title, Qt::ElideRight, inner.width());
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, title);
    const double left = inner.width() - metrics.horizontalAdvance(title) - columnGap;
    font.setWeight(QFont::Normal);
    const QStringList notes = marks.isColored() ? QStringList{marks.figure(node())} : QStringList{m_texts.name, m_texts.shape};
    for (const QString &note : notes) {
        if (note.isEmpty() || QFontMetricsF(font).horizontalAdvance(note) > left)
            continue;
        painter.setFont(font);
        painter.setPen(marks.ink(node(), mutedTextColor()));
        painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, note);
        return;
    }
}

FrameItem::FrameItem(const GraphScene &scene, const PlacedNode &placed, const GraphFonts &fonts)
    : NodeItem(scene, placed), m_fonts(fonts), m_texts(boxTexts(scene.tree(), placed.node)), m_depth(placed.depth)
{
}

void FrameItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double zoom = zoomOf(*painter);
    painter->setOpacity(m_graph.isDimmed(node()) ? 0.4 : 1.0);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(QApplication::palette().color(QPalette::Window), ink(), 0.02 + 0.015 * m_depth));
    painter->drawRoundedRect(rect(), corner, corner);
    const QColor border = blend(ground(), ink(), 0.25);
    const QRectF title = clickRect();
    painter->save();
    painter->setClipRect(title, Qt::IntersectClip);
    const GraphMarks &marks = m_graph.marks();
    painter->setBrush(
        marks.isColored() ? marks.fill(node()) : blend(QApplication::palette().color(QPalette::Window), ink(), 0.075 + 0.015 * m_depth));
    painter->drawRoundedRect(rect(), corner, corner);
    painter->restore();
    paintOutline(*painter, zoom, border);
    marks.paint(*painter, node(), title, zoom);
    if (zoom >= farZoom)
        paintTitle(*painter, zoom);
}

void FrameItem::paintTitle(QPainter &painter, double zoom) const
{
    const GraphMarks &marks = m_graph.marks();
    QFont font = m_fonts.title;
    if (zoom < nearZoom)
        font.setPixelSize(int(std::clamp(11.5 / zoom, 13.0, 26.0)));
    paintHandle(painter);
    QRectF line = clickRect().adjusted(stripeWidth + padding + handleRoom, 0, -padding, 0);
    painter.setFont(font);
    painter.setPen(marks.ink(node(), ink()));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, QFontMetricsF(font).elidedText(m_texts.title, Qt::ElideRight, line.width()));
    if (zoom < nearZoom)
        return;
    const double share = marks.frozenShare(node());
    if (share > 0)
        paintFrozenMark(painter, line, marks.ink(node(), frozenColor()));
    painter.setFont(m_fonts.text);
    painter.setPen(marks.ink(node(), mutedTextColor()));
    const QString detail = marks.isColored() ? marks.figure(node()) : m_texts.detail;
    const QString note = share > 0 && share < 1 ? formatPercent(share) : m_texts.name;
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, note.isEmpty() ? detail : detail + QStringLiteral("  ") + note);
}

EdgeItem::EdgeItem(const GraphScene &scene, const PlacedEdge &placed) : m_graph(scene), m_placed(placed)
{
    setZValue(900);
    setAcceptedMouseButtons(Qt::NoButton);
    const QPolygonF &route = m_placed.route;
    if (route.isEmpty())
        return;
    m_path.moveTo(route.front());
    for (qsizetype index = 1; index < route.size(); ++index) {
        const QPointF from = route[index - 1];
        QPointF to = route[index];
        if (m_placed.hasArrow && index + 1 == route.size())
            to.ry() -= std::min(arrowLength - 1, std::abs(to.y() - from.y()));
        const double half = (to.y() - from.y()) / 2;
        if (std::abs(to.x() - from.x()) < 0.01)
            m_path.lineTo(to);
        else
            m_path.cubicTo(from + QPointF(0, half), to - QPointF(0, half), to);
    }
}

QRectF EdgeItem::boundingRect() const
{
    return m_placed.route.boundingRect().adjusted(-arrowLength, -arrowLength, arrowLength, arrowLength);
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (m_placed.route.isEmpty())
        return;
    const double zoom = zoomOf(*painter);
    const auto touchesSelection = [this](const auto &ends) {
        return m_graph.selectedShare(ends.first) == GraphScene::Share::All || m_graph.selectedShare(ends.second) == GraphScene::Share::All;
    };
    const bool isLit = std::any_of(m_placed.ends.begin(), m_placed.ends.end(), touchesSelection);
    const auto isDimmed = [this](const auto &ends) { return m_graph.isDimmed(ends.first) && m_graph.isDimmed(ends.second); };
    painter->setOpacity(std::all_of(m_placed.ends.begin(), m_placed.ends.end(), isDimmed) ? 0.35 : 1.0);
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor color = isLit ? accentColor() : blend(ground(), ink(), 0.5);
    painter->setPen(QPen(color, std::max(isLit ? 2.2 : 1.4, (isLit ? 1.6 : 0.9) / zoom), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    if (!m_placed.hasArrow)
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    const QPointF tip = m_placed.route.back();
    painter->drawPolygon(QPolygonF{tip, tip + QPointF(-4, -arrowLength), tip + QPointF(4, -arrowLength)});
}

} // namespace graft
