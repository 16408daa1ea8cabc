#include "graph/outlineview.h"

#include "common/icons.h"
#include "common/theme.h"
#include "graph/outlinemodel.h"
#include "graph/snowflakedelegate.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace graft {

namespace {

/// The fewest nodes that together hold just these layers.
void coveringNodes(const BlockTree &tree, int node, const std::set<int> &layers, std::vector<int> &found)
{
    const TreeNode &at = tree.node(node);
    const auto selected = [&layers](int layer) { return layers.contains(layer); };
    if (node != 0 && std::all_of(at.layers.begin(), at.layers.end(), selected)) {
        found.push_back(node);
        return;
    }
    if (std::any_of(at.layers.begin(), at.layers.end(), selected)) {
        for (const int child : at.children)
            coveringNodes(tree, child, layers, found);
    }
}

} // namespace

OutlineView::OutlineView(QWidget *parent)
    : QWidget(parent), m_model(new OutlineModel(this)), m_filter(new OutlineFilter(this)), m_search(new QLineEdit), m_tree(new QTreeView)
{
    m_filter->setSourceModel(m_model);
    m_tree->setModel(m_filter);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(12); // blocks lie five deep, and their names are what one reads
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setItemDelegateForColumn(OutlineModel::FrozenColumn, new SnowflakeDelegate(m_tree));
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(SnowflakeDelegate::columnWidth);
    header->setSectionResizeMode(OutlineModel::NameColumn, QHeaderView::Stretch);
    // Not ResizeToContents, which would measure all rows again at each changed one.
    connect(m_tree, &QTreeView::expanded, this, &OutlineView::fitKinds);
    connect(m_tree, &QTreeView::collapsed, this, &OutlineView::fitKinds);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &OutlineView::fitKinds);
    header->setSectionResizeMode(OutlineModel::FrozenColumn, QHeaderView::Fixed);
    header->resizeSection(OutlineModel::FrozenColumn, SnowflakeDelegate::columnWidth);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    setFocusProxy(m_tree);

    connect(m_search, &QLineEdit::textChanged, this, &OutlineView::filterChanged);
    connect(m_model, &OutlineModel::freezeRequested, this, &OutlineView::freezeRequested);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_settingSelection)
            Q_EMIT selectionChanged(selection());
    });
    auto *toggle = new QShortcut(Qt::Key_Space, m_tree, nullptr, nullptr, Qt::WidgetShortcut);
    connect(toggle, &QShortcut::activated, this, [this] {
        const std::vector<LayerId> layers = selection();
        const auto frozen = [this](LayerId id) { return m_model->tree().network().find(id)->frozen; };
        if (!layers.empty())
            Q_EMIT freezeRequested(layers, !std::all_of(layers.begin(), layers.end(), frozen));
    });
    retranslate();
}

OutlineView::~OutlineView() = default;

void OutlineView::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    const std::set<QString> open = expandedBlocks();
    m_settingSelection = true;
    m_model->setTree(BlockTree(network, analysis));
    m_settingSelection = false;
    for (std::size_t node = 1; node < m_model->tree().nodes().size(); ++node)
        if (open.contains(m_model->tree().node(int(node)).path))
            m_tree->setExpanded(m_filter->mapFromSource(m_model->indexOf(int(node))), true);
}

std::set<QString> OutlineView::expandedBlocks() const
{
    std::set<QString> paths;
    for (std::size_t node = 1; node < m_model->tree().nodes().size(); ++node)
        if (const TreeNode &block = m_model->tree().node(int(node));
            block.isBlock && m_tree->isExpanded(m_filter->mapFromSource(m_model->indexOf(int(node)))))
            paths.insert(block.path);
    return paths;
}

void OutlineView::setSelection(const std::vector<LayerId> &layers)
{
    std::set<int> indices;
    for (const LayerId id : layers) {
        if (const int index = m_model->tree().layerIndex(id); index >= 0)
            indices.insert(index);
    }
    std::set<int> present;
    for (const LayerId id : selection())
        present.insert(m_model->tree().layerIndex(id));
    if (present == indices)
        return;
    std::vector<int> nodes;
    if (!indices.empty())
        coveringNodes(m_model->tree(), 0, indices, nodes);
    QItemSelection rows;
    QModelIndex first;
    for (const int node : nodes) {
        const QModelIndex row = m_filter->mapFromSource(m_model->indexOf(node));
        if (!row.isValid())
            continue;
        rows.select(row, row.siblingAtColumn(OutlineModel::ColumnCount - 1));
        first = first.isValid() ? first : row;
    }
    m_settingSelection = true;
    m_tree->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first.isValid()) {
        m_tree->scrollTo(first);
        m_tree->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    }
    m_settingSelection = false;
}

std::vector<LayerId> OutlineView::selection() const
{
    std::set<int> layers;
    for (const QModelIndex &row : m_tree->selectionModel()->selectedRows()) {
        const std::vector<int> &within = m_model->tree().node(row.data(OutlineModel::NodeRole).toInt()).layers;
        layers.insert(within.begin(), within.end());
    }
    std::vector<LayerId> ids;
    for (const int layer : layers)
        ids.push_back(m_model->tree().layer(layer).id);
    return ids;
}

void OutlineView::filterChanged(const QString &text)
{
    m_filter->setFilterFixedString(text);
    if (!text.isEmpty())
        m_tree->expandAll();
}

void OutlineView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void OutlineView::retranslate()
{
    m_search->setPlaceholderText(tr("Search layers"));
    m_search->setAccessibleName(tr("Search layers"));
    m_tree->setAccessibleName(tr("Outline of the network"));
    m_tree->header()->viewport()->update();
}

void OutlineView::fitKinds()
{
    m_tree->resizeColumnToContents(OutlineModel::KindColumn);
    // In a narrow panel the names come first.
    const int widest = (m_tree->viewport()->width() - SnowflakeDelegate::columnWidth) * 2 / 5;
    QHeaderView *header = m_tree->header();
    header->resizeSection(OutlineModel::KindColumn, std::min(header->sectionSize(OutlineModel::KindColumn), widest));
}

void OutlineView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitKinds();
}

} // namespace graft
