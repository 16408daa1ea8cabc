#include "graph/graphitems.h"

#include "graph/layertext.h"

#include <algorithm>
#include <cmath>

namespace graft {

NodeItem::NodeItem(const BlockTree &tree, const PlacedNode &placed, BoxTexts texts)
    : m_placed(placed), m_isBlock(tree.node(placed.node).isBlock), m_texts(std::move(texts))
{
    if (placed.isFrame)
        return;
    const std::vector<int> &layers = tree.node(placed.node).layers;
    for (const int layer : layers) {
        const QString category = categoryOf(tree.layer(layer).type);
        const auto known = std::find_if(m_categories.begin(), m_categories.end(), [&](const auto &one) { return one.first == category; });
        if (known == m_categories.end())
            m_categories.emplace_back(category, 1.0 / double(layers.size()));
        else
            known->second += 1.0 / double(layers.size());
    }
}

QRectF NodeItem::clickRect() const
{
    return isFrame() ? QRectF(rect().topLeft(), QSizeF(rect().width(), frameTitleHeight)) : rect();
}

NodeItem NodeItem::movedTo(const QRectF &rect) const
{
    NodeItem moved = *this;
    moved.m_placed.rect = rect;
    return moved;
}

QRectF NodeItem::handleRect() const
{
    using namespace boxplan;
    if (!m_isBlock)
        return {};
    return {rect().left() + stripeWidth + padding - 4, clickRect().center().y() - handleSide / 2, handleSide, handleSide};
}

EdgeItem::EdgeItem(PlacedEdge edge) : placed(std::move(edge))
{
    const QPolygonF &route = placed.route;
    if (route.isEmpty())
        return;
    bounds = route.boundingRect().adjusted(-arrowLength, -arrowLength, arrowLength, arrowLength);
    path.moveTo(route.front());
    for (qsizetype index = 1; index < route.size(); ++index) {
        const QPointF from = route[index - 1];
        QPointF to = route[index];
        if (placed.hasArrow && index + 1 == route.size())
            to.ry() -= std::min(arrowLength - 1, std::abs(to.y() - from.y()));
        const double half = (to.y() - from.y()) / 2;
        if (std::abs(to.x() - from.x()) < 0.01)
            path.lineTo(to);
        else
            path.cubicTo(from + QPointF(0, half), to - QPointF(0, half), to);
    }
}

} // namespace graft
