#include "graph/graphview.h"

namespace graft {

struct GraphView::Data {
    Network network;
    std::vector<LayerId> selection;
};

GraphView::GraphView(QWidget *parent) : QWidget(parent), m_data(std::make_unique<Data>()) { }

GraphView::~GraphView() = default;
void GraphView::setNetwork(const Network &network, const NetworkAnalysis &)
{
    m_data->network = network;
}
void GraphView::setSelection(const std::vector<LayerId> &layers)
{
    m_data->selection = layers;
}
std::vector<LayerId> GraphView::selection() const
{
    return m_data->selection;
}
void GraphView::fit() { }
void GraphView::zoomIn() { }
void GraphView::zoomOut() { }
void GraphView::unfoldAll() { }
void GraphView::foldAll() { }
void GraphView::showLayer(LayerId) { }
void GraphView::focusSearch() { }
QImage GraphView::grabGraph(double)
{
    return grab().toImage();
}
void GraphView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
}
void GraphView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
}

} // namespace graft
