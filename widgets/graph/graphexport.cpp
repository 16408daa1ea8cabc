#include "graph/graphexport.h"

#include "common/theme.h"
#include "graph/graphpainter.h"
#include "graph/graphscene.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double margin = 24;
constexpr double mostPixels = 40e6;
constexpr double longestSide = 32000; ///< QImage's and most viewers' limit
constexpr double longestPage = 14400; ///< points; readers refuse longer ones
constexpr double pointsPerUnit = 0.75;
constexpr int pageResolution = 288; ///< dots per inch: PDF's coordinates are whole dots in places

void paintGraph(GraphScene &graph, QPainter &painter, const QRectF &area)
{
    painter.fillRect(QRectF(QPointF(0, 0), area.size()), Qt::white);
    painter.translate(-area.topLeft());
    GraphPainter(graph, painter, GraphPainter::Purpose::Export).paint(area);
}

QByteArray svg(GraphScene &graph, const QRectF &area, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setViewBox(QRectF(QPointF(0, 0), area.size()));
    generator.setSize(area.size().toSize());
    generator.setTitle(title);
    QPainter painter(&generator);
    paintGraph(graph, painter, area);
    painter.end();
    return buffer.data();
}

QByteArray pdf(GraphScene &graph, const QRectF &area, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    const double points = std::min({pointsPerUnit, longestPage / area.width(), longestPage / area.height()});
    writer.setTitle(title);
    writer.setResolution(pageResolution);
    writer.setPageSize(QPageSize(area.size() * points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    painter.scale(points * pageResolution / 72, points * pageResolution / 72);
    paintGraph(graph, painter, area);
    painter.end();
    return buffer.data();
}

QByteArray png(GraphScene &graph, const QRectF &area)
{
    const double scale
        = std::min({2.0, std::sqrt(mostPixels / (area.width() * area.height())), longestSide / area.width(), longestSide / area.height()});
    QImage image((area.size() * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintGraph(graph, painter, area);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

QByteArray exportGraph(GraphScene &graph, GraphFormat format, const QString &title)
{
    const QRectF area = graph.layout().bounds.adjusted(-margin, -margin, margin, margin);
    if (graph.layout().nodes.empty())
        return {};
    QByteArray file;
    {
        const LightLook light;
        graph.marks().setGraph(graph.drawn());
        file = format == GraphFormat::Svg ? svg(graph, area, title)
            : format == GraphFormat::Pdf  ? pdf(graph, area, title)
                                          : png(graph, area);
    }
    graph.marks().setGraph(graph.drawn());
    return file;
}

} // namespace graft
