#pragma once
#include "graph/graphoverlay.h"
#include "graph/layeredits.h"

#include <QImage>
#include <QWidget>
#include <memory>

namespace graft {

/// SVG and PDF hold vectors and text; PNG has two pixels to a unit, less where that would be more than about 40 million.
enum class GraphFormat { Svg, Png, Pdf };

/// The layer graph: blocks fold and unfold in place, what is frozen is seen at a glance. Shows a network and says what the person wants.
class GraphView : public QWidget {
    Q_OBJECT

public:
    explicit GraphView(QWidget *parent = nullptr);
    ~GraphView() override;

    /// Shows this network. Where it has the same layers and connections as before, folding, zoom, place and selection stay.
    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    /// Marks these layers without a signal; what lies in a folded block marks the block.
    void setSelection(const std::vector<LayerId> &layers);
    /// In topological order.
    [[nodiscard]] std::vector<LayerId> selection() const;

    void fit();
    void fitSelection();
    void showActualSize();
    void zoomIn();
    void zoomOut();
    void unfoldAll();
    void foldAll();
    /// Unfolds what hides the layer, brings it to the middle and lets it flash.
    void showLayer(LayerId layer);
    /// Puts the keyboard into the search line.
    void focusSearch();
    /// What the boxes' colours tell. Those that follow from the network are always there; the others need setOverlayValues().
    void setOverlay(GraphOverlay::Kind kind);
    [[nodiscard]] GraphOverlay::Kind overlay() const;
    /// Keeps the figures until others come; an edit of the network keeps those of its remaining layers, setOverlayValues(kind, {}) forgets
    /// them (for another model). Cheap enough for several times a second: what shows is repainted, nothing is laid out.
    void setOverlayValues(
        GraphOverlay::Kind kind, std::vector<double> values, std::vector<double> references = {}, const Wording &note = {});
    /// Marks layers with the sentences that say what is wrong with them; replaces all earlier ones.
    void setProblems(std::vector<std::pair<LayerId, QString>> problems);
    /// The whole graph as it is folded now, `scale` pixels to a unit (less where the picture would be larger than 16,384 pixels).
    [[nodiscard]] QImage grabGraph(double scale);
    /// The same as a file's content, in the light look on white, without selection; empty for an empty graph. `title` goes into SVG and
    /// PDF.
    [[nodiscard]] QByteArray exportGraph(GraphFormat format, const QString &title);

Q_SIGNALS:
    void selectionChanged(const std::vector<LayerId> &layers);
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);
    void replaceHeadRequested();
    void learningRateFactorRequested(const std::vector<LayerId> &layers, double factor);
    void deleteRequested(const std::vector<LayerId> &layers);
    void duplicateRequested(const std::vector<LayerId> &layers);
    void copyRequested(const std::vector<LayerId> &layers);
    void cutRequested(const std::vector<LayerId> &layers);
    void pasteRequested();
    /// Names are whole and dotted.
    void renameRequested(LayerId layer, const QString &newName);
    void renameBlockRequested(const QString &block, const QString &newName);
    /// A new, unconnected layer.
    void addRequested(const QString &type);
    /// A new layer on one edge.
    void insertRequested(const QString &type, LayerId from, graft::InputPort to);
    void connectRequested(LayerId from, graft::InputPort to);
    /// All at once; the later inputs of a layer come first.
    void disconnectRequested(const std::vector<graft::InputPort> &ports);
    /// Disconnects these, which took `from`, and lets another input take it: one step.
    void reconnectRequested(LayerId from, const std::vector<graft::InputPort> &ports, graft::InputPort to);
    /// A new layer behind this one, on all edges that start there.
    void insertBehindRequested(const QString &type, LayerId from);
    /// Attributes that follow from the shapes that come in are to follow them.
    void fitRequested(const std::vector<LayerId> &layers);
    void outputRequested(LayerId layer);
    /// Exactly these layers are to be frozen.
    void freezeLineRequested(const std::vector<LayerId> &frozen);
    void overlayChanged(GraphOverlay::Kind kind);
    /// The person asks for figures that are not there yet.
    void overlayRequested(GraphOverlay::Kind kind);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace graft
