#include "graph/graphtransition.h"

#include "graph/treechanges.h"

namespace graft {

namespace {

/// Where a node shows: its box or frame, or all its children where it has no frame.
QRectF placeOf(const DrawnGraph &drawn, int node)
{
    if (const NodeItem *item = drawn.item(node))
        return item->rect();
    QRectF all;
    for (const int child : drawn.tree->node(node).children)
        all |= placeOf(drawn, child);
    return all;
}

/// The place within `target` that `rect` has within `source`.
QRectF mapped(const QRectF &rect, const QRectF &source, const QRectF &target)
{
    if (source.isEmpty() || target.isEmpty())
        return rect;
    const double across = target.width() / source.width(), down = target.height() / source.height();
    return {target.left() + (rect.left() - source.left()) * across, target.top() + (rect.top() - source.top()) * down,
        rect.width() * across, rect.height() * down};
}

} // namespace

GraphTransition::GraphTransition(std::shared_ptr<const DrawnGraph> from, std::shared_ptr<const DrawnGraph> to, const QPointF &shift)
    : m_from(std::move(from)), m_to(std::move(to)), m_shift(shift), m_before(m_to->tree->nodes().size(), -1)
{
    std::vector<int> now(m_from->tree->nodes().size(), -1);
    for (std::size_t node = 0; node < now.size(); ++node) {
        now[node] = carriedNode(*m_from->tree, int(node), *m_to->tree);
        if (now[node] >= 0)
            m_before[std::size_t(now[node])] = int(node);
    }
    for (const NodeItem &item : m_to->items)
        m_ways.push_back(wayTo(item));
    for (const NodeItem &item : m_from->items) {
        const int there = now[std::size_t(item.node())];
        if (there >= 0 && m_to->item(there))
            continue;
        m_leaving.push_back(item.movedTo(item.rect().translated(m_shift)));
        // It goes into the block around it that still shows; what is gone for good fades where it is.
        QRectF end = m_leaving.back().rect();
        for (int at = item.node(); at > 0; at = m_from->tree->node(at).parent) {
            const NodeItem *around = now[std::size_t(at)] < 0 ? nullptr : m_to->item(now[std::size_t(at)]);
            if (!around)
                continue;
            end = mapped(end, placeOf(*m_from, at).translated(m_shift), around->rect());
            break;
        }
        m_ends.push_back(end);
    }
}

GraphTransition::Way GraphTransition::wayTo(const NodeItem &item) const
{
    for (int at = item.node(); at > 0; at = m_to->tree->node(at).parent) {
        const int before = m_before[std::size_t(at)];
        const NodeItem *there = before < 0 ? nullptr : m_from->item(before);
        if (!there)
            continue;
        const QRectF start = there->rect().translated(m_shift);
        if (at == item.node())
            return {start, true};
        return {mapped(item.rect(), placeOf(*m_to, at), start), false};
    }
    return {item.rect(), false};
}

QRectF GraphTransition::between(const QRectF &start, const QRectF &end) const
{
    const auto mix = [this](double from, double to) { return from + (to - from) * m_progress; };
    return {mix(start.x(), end.x()), mix(start.y(), end.y()), mix(start.width(), end.width()), mix(start.height(), end.height())};
}

GraphTransition::Pose GraphTransition::pose(std::size_t index) const
{
    const Way &way = m_ways[index];
    return {between(way.start, m_to->items[index].rect()), way.isKept ? 1 : m_progress};
}

QPointF GraphTransition::offset(int node) const
{
    const int index = m_to->itemOf[std::size_t(node)];
    if (index < 0)
        return {};
    const QRectF &end = m_to->items[std::size_t(index)].rect();
    return between(m_ways[std::size_t(index)].start, end).center() - end.center();
}

bool GraphTransition::wasThere(const PlacedEdge &edge) const
{
    for (const auto &[from, to] : edge.ends) {
        for (const int end : {from, to}) {
            const int index = m_to->itemOf[std::size_t(end)];
            if (index < 0 || !m_ways[std::size_t(index)].isKept)
                return false;
        }
    }
    return true;
}

GraphTransition::Pose GraphTransition::leavingPose(std::size_t index) const
{
    return {between(m_leaving[index].rect(), m_ends[index]), 1 - m_progress};
}

} // namespace graft
