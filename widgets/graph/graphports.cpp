#include "graph/graphports.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace graft {

namespace {

constexpr double arrowReach = 12; ///< around an arrow's tip: that input and no other

double distance(const QPointF &place, const QPointF &from, const QPointF &to)
{
    const QPointF way = to - from;
    const double square = QPointF::dotProduct(way, way);
    const double share = square > 0 ? std::clamp(QPointF::dotProduct(place - from, way) / square, 0.0, 1.0) : 0.0;
    const QPointF apart = place - (from + share * way);
    return std::hypot(apart.x(), apart.y());
}

double distance(const QPointF &place, const QPainterPath &path)
{
    double least = std::numeric_limits<double>::max();
    for (const QPolygonF &line : path.toSubpathPolygons()) {
        for (qsizetype index = 1; index < line.size(); ++index)
            least = std::min(least, distance(place, line[index - 1], line[index]));
    }
    return least;
}

std::unordered_set<int> idsWithin(const BlockTree &tree, int node)
{
    std::unordered_set<int> ids;
    for (const int layer : tree.node(node).layers)
        ids.insert(tree.layer(layer).id.value);
    return ids;
}

/// Of one layer's inputs: by the place along its upper edge.
ConnectionTarget atPlace(const std::vector<ConnectionTarget> &targets, const QRectF &box, const QPointF &place, std::size_t inputs)
{
    const auto isFree = [inputs](const ConnectionTarget &target) { return std::size_t(target.port.index) >= inputs; };
    if (const auto free = std::find_if(targets.begin(), targets.end(), isFree); free != targets.end())
        return *free;
    const double share = std::clamp((place.x() - box.left()) / box.width(), 0.0, 0.999);
    return targets[std::size_t(share * double(targets.size()))];
}

} // namespace

std::vector<Connection> connectionsOf(const BlockTree &tree, const PlacedEdge &edge)
{
    std::vector<Connection> connections;
    for (const auto &[from, to] : edge.ends) {
        const std::unordered_set<int> sources = idsWithin(tree, from);
        for (const int index : tree.node(to).layers) {
            const Layer &layer = tree.layer(index);
            for (std::size_t input = 0; input < layer.inputs.size(); ++input) {
                const Connection connection{layer.inputs[input], {layer.id, int(input)}};
                const bool isKnown = std::find(connections.begin(), connections.end(), connection) != connections.end();
                if (sources.contains(layer.inputs[input].value) && !isKnown)
                    connections.push_back(connection);
            }
        }
    }
    return connections;
}

LayerId outputLayer(const BlockTree &tree, int node)
{
    const std::unordered_set<int> within = idsWithin(tree, node);
    LayerId last = tree.layer(tree.node(node).layers.back()).id;
    int best = -1;
    for (const Layer &layer : tree.network().layers()) {
        if (within.contains(layer.id.value))
            continue;
        for (const LayerId input : layer.inputs) {
            if (within.contains(input.value))
                best = std::max(best, tree.layerIndex(input));
        }
    }
    if (within.contains(tree.network().output().value))
        best = std::max(best, tree.layerIndex(tree.network().output()));
    return best < 0 ? last : tree.layer(best).id;
}

const EdgeItem *edgeNear(const DrawnGraph &drawn, const QPointF &place, double reach)
{
    const EdgeItem *best = nullptr;
    double least = reach;
    for (const EdgeItem &edge : drawn.edges) {
        if (!edge.bounds.adjusted(-reach, -reach, reach, reach).contains(place))
            continue;
        if (const double apart = distance(place, edge.path); apart <= least) {
            least = apart;
            best = &edge;
        }
    }
    return best;
}

const EdgeItem *arrowNear(const DrawnGraph &drawn, const QPointF &place, double reach)
{
    const EdgeItem *best = nullptr;
    double least = reach;
    for (const EdgeItem &edge : drawn.edges) {
        if (!edge.placed.hasArrow || edge.placed.route.isEmpty())
            continue;
        const QPointF apart = place - (edge.placed.route.back() - QPointF(0, arrowLength / 2));
        if (const double length = std::hypot(apart.x(), apart.y()); length <= least) {
            least = length;
            best = &edge;
        }
    }
    return best;
}

std::vector<ConnectionTarget> boxTargets(const BlockTree &tree, int node, std::vector<ConnectionTarget> inside)
{
    if (!tree.node(node).isBlock)
        return inside;
    const std::unordered_set<int> within = idsWithin(tree, node);
    const auto isInner = [&](const ConnectionTarget &target) {
        const Layer &layer = tree.layer(tree.layerIndex(target.port.layer));
        if (std::size_t(target.port.index) < layer.inputs.size())
            return within.contains(layer.inputs[std::size_t(target.port.index)].value);
        const LayerType *type = layerTypes().find(layer.type);
        return type && target.port.index >= type->minimumInputs;
    };
    inside.erase(std::remove_if(inside.begin(), inside.end(), isInner), inside.end());
    return inside;
}

std::optional<ConnectionTarget> targetAt(
    const DrawnGraph &drawn, int node, const std::vector<ConnectionTarget> &targets, const QPointF &place)
{
    const BlockTree &tree = *drawn.tree;
    const std::unordered_set<int> within = idsWithin(tree, node);
    std::vector<ConnectionTarget> inside;
    for (const ConnectionTarget &target : targets) {
        if (within.contains(target.port.layer.value))
            inside.push_back(target);
    }
    inside = boxTargets(tree, node, std::move(inside));
    if (inside.empty())
        return std::nullopt;
    if (const EdgeItem *arrow = arrowNear(drawn, place, arrowReach)) {
        for (const Connection &connection : connectionsOf(tree, arrow->placed)) {
            const auto isThis = [&connection](const ConnectionTarget &target) { return target.port == connection.to; };
            if (const auto found = std::find_if(inside.begin(), inside.end(), isThis); found != inside.end())
                return *found;
        }
    }
    if (tree.node(node).isBlock) {
        const auto fits = [](const ConnectionTarget &target) { return target.fits; };
        const auto best = std::find_if(inside.begin(), inside.end(), fits);
        return best != inside.end() ? *best : inside.front();
    }
    const NodeItem *item = drawn.item(node);
    const std::size_t inputs = tree.layer(tree.node(node).layers.front()).inputs.size();
    return atPlace(inside, item ? item->rect() : QRectF(), place, inputs);
}

} // namespace graft
