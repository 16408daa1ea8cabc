#include "graph/overlaychooser.h"

#include "graph/graphcanvas.h"
#include "graph/overlaylegend.h"

#include <QComboBox>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr int leastLetters = 10; ///< of the list, where there is little room

} // namespace

OverlayChooser::OverlayChooser(GraphCanvas &canvas, QWidget *view)
    : QObject(view), m_canvas(canvas), m_list(new QComboBox(view)), m_legend(new OverlayLegend(view))
{
    for ([[maybe_unused]] const GraphOverlay::Kind kind : overlayKinds)
        m_list->addItem(QString());
    m_list->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_list->setMinimumContentsLength(leastLetters);
    m_list->setFocusPolicy(Qt::TabFocus);
    setTexts();
    follow();
    connect(m_list, &QComboBox::activated, this, [this](int index) { choose(overlayKinds[index]); });
    connect(m_legend, &OverlayLegend::figuresRequested, this, [this] { Q_EMIT figuresRequested(m_kind); });
}

QWidget *OverlayChooser::chooser() const
{
    return m_list;
}

QWidget *OverlayChooser::legend() const
{
    return m_legend;
}

void OverlayChooser::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    for (auto &[kind, overlay] : m_overlays) {
        if (isFromAnalysis(kind))
            continue;
        overlay.values = carriedOver(overlay.values, m_layers, network);
        overlay.references = carriedOver(overlay.references, m_layers, network);
    }
    m_layers.clear();
    for (const Layer &layer : network.layers())
        m_layers.push_back(layer.id);
    for (const GraphOverlay::Kind kind : overlayKinds) {
        if (isFromAnalysis(kind))
            m_overlays[kind] = analysisOverlay(kind, analysis);
    }
}

void OverlayChooser::setFigures(GraphOverlay overlay)
{
    const GraphOverlay::Kind kind = overlay.kind;
    if (std::none_of(overlay.values.begin(), overlay.values.end(), [](double value) { return std::isfinite(value); }))
        overlay.values.clear();
    m_overlays[kind] = std::move(overlay);
    if (kind == m_kind)
        follow();
}

void OverlayChooser::choose(GraphOverlay::Kind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    m_list->setCurrentIndex(int(kind));
    follow();
    Q_EMIT chosen(kind);
}

void OverlayChooser::setTexts()
{
    for (const GraphOverlay::Kind kind : overlayKinds)
        m_list->setItemText(int(kind), tr("Colour by: %1").arg(overlayTitle(kind)));
    m_list->setAccessibleName(tr("What the colours of the graph tell"));
    m_list->setToolTip(m_list->accessibleName());
    m_legend->setAccessibleName(tr("Legend"));
}

void OverlayChooser::follow()
{
    GraphOverlay &overlay = m_overlays[m_kind];
    overlay.kind = m_kind;
    GraphMarks &marks = m_canvas.graph().marks();
    marks.setOverlay(overlay);
    m_canvas.graph().repaintViews();
    m_legend->setOverlay(overlay, marks.scale());
}

} // namespace graft
