#include "graph/graphmarks.h"

#include "common/theme.h"
#include "graph/layertext.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>
#include <QPalette>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double corner = 7;
constexpr double badge = 18;
constexpr double overhang = 5; ///< of a badge over its box's corner
constexpr std::size_t largestTip = 8; ///< problems in a tool tip

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::marks", text);
}

/// A red disc with the number of problems, or an exclamation mark for one.
void paintProblems(QPainter &painter, const QRectF &title, std::size_t count, double zoom)
{
    const double side = std::max(badge, 11 / zoom);
    const QRectF disc(title.right() + overhang - side, title.top() - overhang, side, side);
    painter.setPen(QPen(lookPalette().color(QPalette::Base), std::max(1.5, 1.2 / zoom)));
    painter.setBrush(errorColor());
    painter.drawEllipse(disc);
    QFont font = QApplication::font();
    font.setPixelSize(int(std::max(side * 0.64, 4.0)));
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(inkOn(errorColor()));
    painter.drawText(disc, Qt::AlignCenter, count == 1 ? QStringLiteral("!") : count > 99 ? QStringLiteral("99+") : QString::number(count));
}

} // namespace

void GraphMarks::setGraph(const DrawnGraph &drawn)
{
    m_drawn = &drawn;
    m_tree = drawn.tree.get();
    makeColors();
    makeShares();
    makeProblems();
}

void GraphMarks::setOverlay(GraphOverlay overlay)
{
    m_overlay = std::move(overlay);
    makeColors();
}

void GraphMarks::makeColors()
{
    m_figures.clear();
    m_fills.clear();
    m_scale = {};
    if (!m_tree || m_overlay.kind == GraphOverlay::Kind::Training || m_tree->nodes().empty())
        return;
    m_figures = nodeFigures(m_overlay, *m_tree);
    std::vector<double> shown;
    for (const NodeItem &item : m_drawn->items) {
        if (!item.isFrame())
            shown.push_back(m_figures[std::size_t(item.node())]);
    }
    m_scale = OverlayScale(shown);
    for (const double figure : m_figures)
        m_fills.push_back(figure > 0 ? overlayColor(m_scale.position(figure)) : QColor());
}

QColor GraphMarks::fill(int node) const
{
    const QColor color = std::size_t(node) < m_fills.size() ? m_fills[std::size_t(node)] : QColor();
    return color.isValid() ? color : lookPalette().color(QPalette::Base);
}

QColor GraphMarks::ink(int node, const QColor &fallback) const
{
    const QColor color = std::size_t(node) < m_fills.size() ? m_fills[std::size_t(node)] : QColor();
    return color.isValid() ? inkOn(color) : fallback;
}

QString GraphMarks::figure(int node) const
{
    return std::size_t(node) < m_figures.size() ? overlayFigure(m_overlay, m_figures[std::size_t(node)]) : QString();
}

void GraphMarks::setFreezePreview(std::optional<std::vector<bool>> frozen)
{
    m_preview = std::move(frozen);
    makeShares();
}

void GraphMarks::makeShares()
{
    m_shares.clear();
    if (!m_preview || !m_tree)
        return;
    std::vector<std::int64_t> parameters(m_tree->nodes().size(), 0), layers(parameters);
    const std::size_t count = std::min(m_preview->size(), m_tree->network().layers().size());
    for (std::size_t layer = 0; layer < count; ++layer) {
        const int leaf = m_tree->leafOf(int(layer));
        for (int at = (*m_preview)[layer] ? leaf : -1; at >= 0; at = m_tree->node(at).parent) {
            parameters[std::size_t(at)] += m_tree->node(leaf).parameters;
            ++layers[std::size_t(at)];
        }
    }
    for (std::size_t node = 0; node < parameters.size(); ++node) {
        const TreeNode &whole = m_tree->nodes()[node];
        m_shares.push_back(whole.parameters > 0 ? double(parameters[node]) / double(whole.parameters)
                                                : double(layers[node]) / double(std::max<std::size_t>(whole.layers.size(), 1)));
    }
}

double GraphMarks::frozenShare(int node) const
{
    return std::size_t(node) < m_shares.size() ? m_shares[std::size_t(node)] : m_tree->node(node).frozenShare();
}

void GraphMarks::setProblems(std::vector<std::pair<LayerId, QString>> problems)
{
    m_problems = std::move(problems);
    makeProblems();
}

void GraphMarks::makeProblems()
{
    m_problemsOf.clear();
    if (m_problems.empty() || !m_tree)
        return;
    m_problemsOf.resize(m_tree->nodes().size());
    for (std::size_t problem = 0; problem < m_problems.size(); ++problem) {
        const int layer = m_tree->layerIndex(m_problems[problem].first);
        for (int at = layer < 0 ? -1 : m_tree->leafOf(layer); at >= 0; at = m_tree->node(at).parent)
            m_problemsOf[std::size_t(at)].push_back(int(problem));
    }
}

QStringList GraphMarks::problems(int node) const
{
    QStringList sentences;
    if (std::size_t(node) < m_problemsOf.size()) {
        for (const int problem : m_problemsOf[std::size_t(node)])
            sentences << m_problems[std::size_t(problem)].second;
    }
    return sentences;
}

void GraphMarks::setFlash(int node, double strength)
{
    m_flashing = node;
    m_flash = strength;
}

bool GraphMarks::keepsStatistics(int node) const
{
    const std::vector<int> &layers = m_tree->node(node).layers;
    return std::any_of(layers.begin(), layers.end(), [this](int layer) {
        const bool isFrozen
            = m_preview && std::size_t(layer) < m_preview->size() ? (*m_preview)[std::size_t(layer)] : m_tree->layer(layer).frozen;
        return isFrozen && hasRunningStatistics(m_tree->layer(layer));
    });
}

QStringList GraphMarks::explanations(int node) const
{
    QStringList lines;
    const QStringList sentences = problems(node);
    for (qsizetype index = 0; index < std::min(sentences.size(), qsizetype(largestTip)); ++index)
        lines << sentences[index];
    if (sentences.size() > qsizetype(largestTip))
        lines << translated(QT_TRANSLATE_NOOP("graft::marks", "%1 more problems")).arg(sentences.size() - qsizetype(largestTip));
    if (isColored())
        lines << QStringLiteral("%1: %2").arg(overlayTitle(m_overlay.kind), figure(node));
    const TreeNode &at = m_tree->node(node);
    if (at.isBlock) {
        if (keepsStatistics(node))
            lines << translated(QT_TRANSLATE_NOOP("graft::marks", "Frozen BatchNorm in here uses its running statistics"));
        return lines;
    }
    const Layer &layer = m_tree->layer(at.layers.front());
    if (hasRunningStatistics(layer))
        lines << (keepsStatistics(node)
                ? translated(QT_TRANSLATE_NOOP("graft::marks", "Uses its running statistics; training does not change them"))
                : translated(QT_TRANSLATE_NOOP("graft::marks", "Takes the statistics of each batch while training")));
    if (layer.learningRateFactor != 1)
        lines << translated(QT_TRANSLATE_NOOP("graft::marks", "Learning rate × %1")).arg(layer.learningRateFactor);
    return lines;
}

void GraphMarks::paint(QPainter &painter, int node, const QRectF &title, double zoom) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_targets && m_targets->lit.contains(node)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(accentColor(), std::max(2.4, 2.0 / zoom)));
        painter.drawRoundedRect(title, corner, corner);
    }
    if (m_flash > 0 && node == m_flashing) {
        QColor glow = accentColor();
        glow.setAlphaF(float(m_flash * 0.75));
        painter.setBrush(Qt::NoBrush);
        const double width = 3 + 6 * m_flash / std::max(zoom, 0.25);
        painter.setPen(QPen(glow, width));
        painter.drawRoundedRect(title.adjusted(-width / 2, -width / 2, width / 2, width / 2), corner + width / 2, corner + width / 2);
    }
    if (std::size_t(node) < m_problemsOf.size() && !m_problemsOf[std::size_t(node)].empty())
        paintProblems(painter, title, m_problemsOf[std::size_t(node)].size(), zoom);
}

} // namespace graft
