#include "graph/graphview.h"

#include "common/icons.h"
#include "common/retranslation.h"
#include "graph/findbar.h"
#include "graph/graphcanvas.h"
#include "graph/graphediting.h"
#include "graph/graphexport.h"
#include "graph/graphoverlays.h"
#include "graph/overlaychooser.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QStyle>
#include <QToolButton>

namespace graft {

namespace {

constexpr int overlayMargin = 12;
constexpr int handleGap = 4; ///< between the tools and the freeze line's handle
constexpr double zoomStep = 1.25;

} // namespace

struct GraphView::Data {
    explicit Data(GraphView &view)
        : canvas(new GraphCanvas(&view)), tools(new QWidget(&view)), find(new FindBar(tools)), overlays(new OverlayChooser(*canvas, &view)),
          minimap(new GraphMinimap(*canvas, &view)), editing(new GraphEditing(view, *canvas))
    {
    }

    void placeOverlays(const QRect &around);
    void buildTools(GraphView &view);
    void addButton(GraphView &view, const char *iconName, std::function<QString()> text, void (GraphView::*action)());

    GraphCanvas *canvas;
    QWidget *tools;
    FindBar *find;
    OverlayChooser *overlays;
    GraphMinimap *minimap;
    GraphEditing *editing;
    Retranslation texts;
};

void GraphView::Data::placeOverlays(const QRect &around)
{
    canvas->setGeometry(around);
    const QRect inner = around.adjusted(overlayMargin, overlayMargin, -overlayMargin, -overlayMargin);
    const auto place = [&inner](QWidget *widget, Qt::Alignment corner) {
        widget->setGeometry(QStyle::alignedRect(Qt::LeftToRight, corner, widget->sizeHint().boundedTo(inner.size()), inner));
    };
    // Its size hint is stale until then.
    find->layout()->activate();
    place(tools, Qt::AlignTop | Qt::AlignRight);
    place(overlays->legend(), Qt::AlignBottom | Qt::AlignLeft);
    place(minimap, Qt::AlignBottom | Qt::AlignRight);
    editing->keepFree(tools->geometry().bottom() + handleGap, overlays->legend()->geometry());
}

void GraphView::Data::addButton(GraphView &view, const char *iconName, std::function<QString()> text, void (GraphView::*action)())
{
    auto *button = new QToolButton(tools);
    button->setIcon(icon(QLatin1String(iconName)));
    button->setIconSize(QSize(18, 18));
    button->setFocusPolicy(Qt::TabFocus);
    texts.add([button, text = std::move(text)] {
        button->setToolTip(text());
        button->setAccessibleName(text());
    });
    QObject::connect(button, &QToolButton::clicked, &view, action);
    tools->layout()->addWidget(button);
}

void GraphView::Data::buildTools(GraphView &view)
{
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(overlays->chooser());
    row->addWidget(find);
    addButton(
        view, "zoom-out", [] { return GraphView::tr("Zoom out (-)"); }, &GraphView::zoomOut);
    addButton(
        view, "zoom-in", [] { return GraphView::tr("Zoom in (+)"); }, &GraphView::zoomIn);
    addButton(
        view, "fit", [] { return GraphView::tr("Fit in the window (F)"); }, &GraphView::fit);
    addButton(
        view, "fit-selection", [] { return GraphView::tr("Fit the selection (Shift+F)"); }, &GraphView::fitSelection);
    addButton(
        view, "actual-size", [] { return GraphView::tr("Actual size (1)"); }, &GraphView::showActualSize);
    addButton(
        view, "fold", [] { return GraphView::tr("Fold all"); }, &GraphView::foldAll);
    addButton(
        view, "unfold", [] { return GraphView::tr("Unfold all"); }, &GraphView::unfoldAll);
    texts.add([this] {
        canvas->setAccessibleName(GraphView::tr("Layer graph"));
        minimap->setAccessibleName(GraphView::tr("Overview of the graph"));
    });
}

GraphView::GraphView(QWidget *parent) : QWidget(parent), m_data(std::make_unique<Data>(*this))
{
    m_data->buildTools(*this);
    setFocusProxy(m_data->canvas);
    setMinimumSize(320, 240);

    GraphCanvas *canvas = m_data->canvas;
    canvas->keepTopFree(m_data->tools->sizeHint().height());
    connect(canvas, &GraphCanvas::selectionChanged, this, &GraphView::selectionChanged);
    connect(canvas, &GraphCanvas::freezeRequested, this, &GraphView::freezeRequested);
    connect(canvas, &GraphCanvas::replaceHeadRequested, this, &GraphView::replaceHeadRequested);
    connect(canvas, &GraphCanvas::searchRequested, this, &GraphView::focusSearch);
    connect(canvas, &GraphCanvas::viewChanged, this, [this] {
        m_data->minimap->follow();
        m_data->placeOverlays(rect());
    });
    connect(&canvas->graph(), &GraphScene::redrawn, this, [this] {
        m_data->overlays->setTexts();
        m_data->overlays->follow();
        m_data->placeOverlays(rect());
    });
    connect(m_data->overlays, &OverlayChooser::chosen, this, [this](GraphOverlay::Kind kind) {
        m_data->placeOverlays(rect());
        Q_EMIT overlayChanged(kind);
    });
    connect(m_data->overlays, &OverlayChooser::figuresRequested, this, &GraphView::overlayRequested);
    connect(m_data->find, &FindBar::shown, canvas, &GraphCanvas::showFound);
    connect(m_data->find, &FindBar::textChanged, this, [this](const QString &text) {
        m_data->find->setCount(m_data->canvas->search(text));
        m_data->placeOverlays(rect());
    });
    connect(m_data->find, &FindBar::shown, this, [this] { m_data->placeOverlays(rect()); });
    connect(m_data->find, &FindBar::left, canvas, qOverload<>(&QWidget::setFocus));
    connect(m_data->editing, &GraphEditing::findNextRequested, m_data->find, &FindBar::step);
}

GraphView::~GraphView() = default;

void GraphView::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    m_data->overlays->setNetwork(network, analysis);
    m_data->editing->setAnalysis(analysis);
    m_data->canvas->setTree(BlockTree(network, analysis, BlockTree::Repeats::AsRuns));
}

void GraphView::setSelection(const std::vector<LayerId> &layers)
{
    m_data->canvas->setSelection(layers);
    m_data->minimap->update();
}

std::vector<LayerId> GraphView::selection() const
{
    return m_data->canvas->selection();
}

void GraphView::fit()
{
    m_data->canvas->fit();
}

void GraphView::fitSelection()
{
    m_data->canvas->fitSelection();
}

void GraphView::showActualSize()
{
    m_data->canvas->showActualSize();
}

void GraphView::zoomIn()
{
    m_data->canvas->zoom(zoomStep);
}

void GraphView::zoomOut()
{
    m_data->canvas->zoom(1 / zoomStep);
}

void GraphView::unfoldAll()
{
    m_data->canvas->unfoldAll();
}

void GraphView::foldAll()
{
    m_data->canvas->foldAll();
}

void GraphView::showLayer(LayerId layer)
{
    m_data->canvas->showLayer(layer);
    m_data->editing->flash(layer);
}

void GraphView::focusSearch()
{
    m_data->find->begin();
}

void GraphView::setOverlay(GraphOverlay::Kind kind)
{
    m_data->overlays->choose(kind);
}

GraphOverlay::Kind GraphView::overlay() const
{
    return m_data->overlays->kind();
}

void GraphView::setOverlayValues(GraphOverlay::Kind kind, std::vector<double> values, std::vector<double> references, const Wording &note)
{
    m_data->overlays->setFigures({kind, std::move(values), std::move(references), note});
    m_data->placeOverlays(rect());
}

void GraphView::setProblems(std::vector<std::pair<LayerId, QString>> problems)
{
    m_data->canvas->graph().marks().setProblems(std::move(problems));
    m_data->canvas->graph().repaintViews();
}

QImage GraphView::grabGraph(double scale)
{
    return m_data->canvas->grabGraph(scale);
}

QByteArray GraphView::exportGraph(GraphFormat format, const QString &title)
{
    m_data->canvas->graph().catchUp();
    return graft::exportGraph(m_data->canvas->graph(), format, title);
}

void GraphView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_data->texts.run();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_data->canvas->rebuild();
        m_data->overlays->setTexts();
        m_data->overlays->follow();
        m_data->placeOverlays(rect());
    }
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_data->placeOverlays(rect());
}

} // namespace graft
