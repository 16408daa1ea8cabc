#include "graph/layertable.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/layertablemodel.h"
#include "graph/layertext.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace graft {

namespace {

constexpr int columnRoom = 24;

/// Keeps right-aligned numbers off the next column.
class NumberDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QString displayText(const QVariant &value, const QLocale &) const override { return value.toString() + QStringLiteral("   "); }
};

} // namespace

LayerTable::LayerTable(QWidget *parent)
    : QWidget(parent), m_model(new LayerTableModel(this)), m_filter(new QSortFilterProxyModel(this)), m_search(new QLineEdit),
      m_totals(new QLabel), m_table(new QTableView)
{
    m_filter->setSourceModel(m_model);
    m_filter->setSortRole(LayerTableModel::SortRole);
    m_filter->setFilterKeyColumn(-1);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_filter);
    for (const int column : {LayerTableModel::ParametersColumn, LayerTableModel::MultiplyAddsColumn})
        m_table->setItemDelegateForColumn(column, new NumberDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(LayerTableModel::NameColumn, Qt::AscendingOrder);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(280);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);

    auto *row = new QHBoxLayout;
    row->addWidget(m_search, 1);
    row->addStretch();
    row->addWidget(m_totals);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);

    connect(m_search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_model, &LayerTableModel::freezeRequested, this, &LayerTable::freezeRequested);
    connect(m_table, &QWidget::customContextMenuRequested, this, &LayerTable::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_settingSelection)
            Q_EMIT selectionChanged(selection());
    });
    auto *copying = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copying, &QShortcut::activated, this, &LayerTable::copy);
    retranslate();
}

LayerTable::~LayerTable() = default;

void LayerTable::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    const bool first = m_model->rowCount() == 0;
    m_settingSelection = true;
    m_model->setNetwork(network, analysis);
    m_settingSelection = false;
    if (first) {
        m_table->resizeColumnsToContents();
        for (int column = 0; column < LayerTableModel::ColumnCount; ++column)
            m_table->setColumnWidth(column, m_table->columnWidth(column) + columnRoom);
    }
    updateTotals();
}

void LayerTable::setSelection(const std::vector<LayerId> &layers)
{
    const std::set<LayerId> wanted(layers.begin(), layers.end());
    const std::vector<LayerId> present = selection();
    if (wanted == std::set<LayerId>(present.begin(), present.end()))
        return;
    QItemSelection rows;
    QModelIndex first;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex at = m_filter->index(row, 0);
        if (!wanted.contains(m_model->layerAt(m_filter->mapToSource(at).row())))
            continue;
        rows.select(at, at.siblingAtColumn(LayerTableModel::ColumnCount - 1));
        first = first.isValid() ? first : at;
    }
    m_settingSelection = true;
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first.isValid())
        m_table->scrollTo(first);
    m_settingSelection = false;
}

std::vector<LayerId> LayerTable::selection() const
{
    std::set<int> rows;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        rows.insert(m_filter->mapToSource(row).row());
    std::vector<LayerId> layers;
    for (const int row : rows)
        layers.push_back(m_model->layerAt(row));
    return layers;
}

QString LayerTable::selectedText() const
{
    QStringList cells;
    for (int column = 0; column < LayerTableModel::ColumnCount; ++column)
        cells << m_filter->headerData(column, Qt::Horizontal).toString();
    QStringList lines{cells.join(QLatin1Char('\t'))};
    const QItemSelectionModel *selected = m_table->selectionModel();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (selected->hasSelection() && !selected->isRowSelected(row))
            continue;
        cells.clear();
        for (int column = 0; column < LayerTableModel::ColumnCount; ++column)
            cells << m_filter->index(row, column).data(LayerTableModel::CopyRole).toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void LayerTable::copy() const
{
    QApplication::clipboard()->setText(selectedText());
}

void LayerTable::showMenu(const QPoint &place)
{
    const std::vector<LayerId> layers = selection();
    QMenu menu(this);
    QAction *freeze = menu.addAction(icon(QStringLiteral("freeze")), tr("Freeze"));
    QAction *thaw = menu.addAction(icon(QStringLiteral("thaw")), tr("Unfreeze"));
    freeze->setEnabled(!layers.empty());
    thaw->setEnabled(!layers.empty());
    menu.addSeparator();
    QAction *copying = menu.addAction(icon(QStringLiteral("copy")), layers.empty() ? tr("Copy all rows") : tr("Copy rows"));
    const QAction *chosen = menu.exec(m_table->viewport()->mapToGlobal(place));
    if (chosen == copying)
        copy();
    else if (chosen)
        Q_EMIT freezeRequested(layers, chosen == freeze);
}

void LayerTable::updateTotals()
{
    const NetworkAnalysis &analysis = m_model->analysis();
    const QString text = tr("%1 · %2 parameters, %3 trainable · %4");
    m_totals->setText(text.arg(layerCountText(m_model->rowCount()), formatCount(analysis.parameters),
        formatCount(analysis.trainableParameters), formatMultiplyAdds(analysis.multiplyAdds)));
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void LayerTable::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LayerTable::retranslate()
{
    m_search->setPlaceholderText(tr("Filter layers"));
    m_search->setAccessibleName(tr("Filter layers"));
    m_table->setAccessibleName(tr("Layers"));
    updateTotals();
}

} // namespace graft
