#include "gui/problemsview.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "document/document.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>

namespace graft {
namespace {

constexpr int layerRole = Qt::UserRole, stepRole = Qt::UserRole + 1;

} // namespace

ProblemsView::ProblemsView(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    setRootIsDecorated(false);
    setFrameShape(QFrame::NoFrame);
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    header()->setStretchLastSection(true);
    setColumnWidth(0, 640);
    auto *copyAction = new QAction(this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ProblemsView::copy);
    connect(this, &QTreeWidget::itemClicked, this, &ProblemsView::go);
    connect(this, &QTreeWidget::itemActivated, this, &ProblemsView::go);
    addAction(copyAction);
    m_fit = new QAction(this);
    connect(m_fit, &QAction::triggered, this, [this] { Q_EMIT fitRequested(selectedLayers()); });
    connect(this, &QTreeWidget::itemSelectionChanged, this, [this] { m_fit->setEnabled(!selectedLayers().empty()); });
    m_fit->setEnabled(false);
    addAction(m_fit);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    m_copy = copyAction;
    retranslate();
}

void ProblemsView::setMachineWarning(const QString &warning)
{
    m_machineWarning = warning;
}

void ProblemsView::setDocument(const Document &document)
{
    clear();
    addNetworkProblems(document);
    if (!m_machineWarning.isEmpty())
        add(m_machineWarning, tr("this computer"), {});
    for (const std::string &warning : document.dataset().warnings)
        add(fromEngine(warning), fromEngine(document.dataset().folder.string()), {{}, Step::Data});
    for (const BrokenFile &file : document.dataset().broken)
        add(fromEngine(file.reason), fromEngine(file.path.string()), {{}, Step::Data});
    if (document.hasModel() && document.problems().empty() && document.analysis().trainableParameters == 0)
        add(tr("Every layer is frozen, so training would change nothing; replace the head or train some layers."), document.modelTitle(),
            {{}, Step::Adapt});
    for (const std::string &doubt : preprocessingDoubts(document))
        add(fromEngine(doubt), tr("preprocessing"), {{}, Step::Data});
    Q_EMIT countChanged(count());
}

void ProblemsView::addNetworkProblems(const Document &document)
{
    for (const Error &problem : document.problems()) {
        const Layer *layer = document.model().network.find(problem.subject);
        add(fromEngine(problem.message), layer ? fromEngine(layer->name) : document.modelTitle(),
            {layer ? layer->id : LayerId(), Step::Model}, true);
    }
}

void ProblemsView::add(const QString &problem, const QString &where, const Place &place, bool isError)
{
    auto *item = new QTreeWidgetItem(this, {problem, where});
    item->setIcon(0, isError ? icon(QStringLiteral("error"), errorColor()) : icon(QStringLiteral("warning"), warningColor()));
    item->setToolTip(0, problem);
    item->setToolTip(1, where);
    item->setData(0, layerRole, place.layer.value);
    item->setData(0, stepRole, place.step ? static_cast<int>(*place.step) : -1);
}

void ProblemsView::go(const QTreeWidgetItem *item)
{
    const LayerId layer{item->data(0, layerRole).toInt()};
    const int step = item->data(0, stepRole).toInt();
    if (layer.isValid())
        Q_EMIT layerRequested(layer);
    else if (step >= 0)
        Q_EMIT stepRequested(static_cast<Step>(step));
}

void ProblemsView::copy() const
{
    QStringList lines;
    for (const QTreeWidgetItem *item : selectedItems())
        lines.append(item->text(0) + QLatin1Char('\t') + item->text(1));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

std::vector<LayerId> ProblemsView::selectedLayers() const
{
    std::vector<LayerId> layers;
    for (const QTreeWidgetItem *item : selectedItems())
        if (const LayerId layer{item->data(0, layerRole).toInt()}; layer.isValid())
            layers.push_back(layer);
    return layers;
}

void ProblemsView::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_fit->setText(tr("Fit the layer to its inputs"));
    setHeaderLabels({tr("Problem"), tr("Where")});
    setAccessibleName(tr("Problems"));
}

void ProblemsView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTreeWidget::changeEvent(event);
}

} // namespace graft
