#pragma once
#include "graph/graphoverlay.h"

#include <QObject>
#include <map>

class QComboBox;
class QWidget;

namespace graft {

class GraphCanvas;
class OverlayLegend;

/// Which overlay the graph shows: keeps the figures of all, the list to choose from and the legend.
class OverlayChooser : public QObject {
    Q_OBJECT

public:
    OverlayChooser(GraphCanvas &canvas, QWidget *view);

    [[nodiscard]] QWidget *chooser() const;
    [[nodiscard]] QWidget *legend() const;
    [[nodiscard]] GraphOverlay::Kind kind() const { return m_kind; }

    /// Before the canvas gets it: figures that came from outside go with their layers.
    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    void setFigures(GraphOverlay overlay);
    void choose(GraphOverlay::Kind kind);
    /// The graph shows another tree or another look.
    void follow();
    void setTexts();

Q_SIGNALS:
    void chosen(graft::GraphOverlay::Kind kind);
    void figuresRequested(graft::GraphOverlay::Kind kind);

private:
    GraphCanvas &m_canvas;
    QComboBox *m_list;
    OverlayLegend *m_legend;
    std::vector<LayerId> m_layers; ///< whose figures they are
    std::map<GraphOverlay::Kind, GraphOverlay> m_overlays;
    GraphOverlay::Kind m_kind = GraphOverlay::Kind::Training;
};

} // namespace graft
