#include "graph/layertable.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/layertablemodel.h"
#include "graph/layertext.h"
#include "graph/snowflakedelegate.h"
#include "graph/totalsrow.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
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

QString csvCell(QString text)
{
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'));
    return quoted ? QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"') : text;
}

QToolButton *makeButton(const QString &iconName)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

} // namespace

LayerTable::LayerTable(QWidget *parent)
    : QWidget(parent), m_model(new LayerTableModel(this)), m_filter(new LayerTableFilter(m_model, this)), m_search(new QLineEdit),
      m_columnsButton(makeButton(QStringLiteral("table"))), m_copyButton(makeButton(QStringLiteral("copy"))),
      m_csvButton(makeButton(QStringLiteral("save"))), m_columnsMenu(new QMenu(this)), m_table(new QTableView),
      m_totals(new TotalsRow(m_table->horizontalHeader()))
{
    buildTable();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    buildBar();
    auto *grid = new QVBoxLayout;
    grid->setSpacing(0);
    grid->addWidget(m_table, 1);
    grid->addWidget(m_totals);
    column->addLayout(grid, 1);
    setFocusProxy(m_table);
    connectParts();
    retranslate();
}

LayerTable::~LayerTable() = default;

void LayerTable::buildTable()
{
    m_table->setModel(m_filter);
    for (int column = 0; column < LayerTableModel::ColumnCount; ++column)
        if (LayerTableModel::isNumber(column))
            m_table->setItemDelegateForColumn(column, new NumberDelegate(m_table));
    m_table->setItemDelegateForColumn(LayerTableModel::FrozenColumn, new SnowflakeDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setColumnHidden(LayerTableModel::TimeColumn, true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(LayerTableModel::NameColumn, Qt::AscendingOrder);
}

void LayerTable::buildBar()
{
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(280);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_columnsButton->setMenu(m_columnsMenu);
    m_columnsButton->setPopupMode(QToolButton::InstantPopup);
    auto *row = new QHBoxLayout;
    row->addWidget(m_search, 1);
    row->addStretch();
    for (QToolButton *button : {m_columnsButton, m_copyButton, m_csvButton})
        row->addWidget(button);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void LayerTable::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setQuery(text);
        updateTotals();
    });
    connect(m_model, &LayerTableModel::freezeRequested, this, &LayerTable::freezeRequested);
    connect(m_table, &QWidget::customContextMenuRequested, this, &LayerTable::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateTotals();
        if (!m_settingSelection)
            Q_EMIT selectionChanged(selection());
    });
    connect(m_table->horizontalScrollBar(), &QScrollBar::valueChanged, m_totals, qOverload<>(&QWidget::update));
    QHeaderView *header = m_table->horizontalHeader();
    connect(header, &QWidget::customContextMenuRequested, this,
        [this, header](const QPoint &place) { m_columnsMenu->popup(header->viewport()->mapToGlobal(place)); });
    connect(m_columnsMenu, &QMenu::aboutToShow, this, &LayerTable::fillColumnsMenu);
    connect(m_copyButton, &QToolButton::clicked, this, &LayerTable::copy);
    connect(m_csvButton, &QToolButton::clicked, this, [this] { Q_EMIT csvRequested(csv()); });
    auto *copying = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copying, &QShortcut::activated, this, &LayerTable::copy);
}

void LayerTable::fillColumnsMenu()
{
    m_columnsMenu->clear();
    for (int column = LayerTableModel::TypeColumn; column < LayerTableModel::ColumnCount; ++column) {
        QAction *action = m_columnsMenu->addAction(LayerTableModel::columnTitle(column));
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_table->setColumnHidden(column, !shown);
            m_totals->update();
        });
    }
}

void LayerTable::fitColumns()
{
    m_table->resizeColumnsToContents();
    for (int column = 0; column < LayerTableModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, m_table->columnWidth(column) + columnRoom);
}

void LayerTable::setNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    const bool first = m_model->rowCount() == 0;
    m_settingSelection = true;
    m_model->setNetwork(network, analysis);
    m_settingSelection = false;
    if (first && !m_columnsAreThePersons)
        fitColumns();
    updateTotals();
}

void LayerTable::setTimes(const std::vector<double> &seconds)
{
    m_model->setTimes(seconds);
    if (!seconds.empty() && !m_timesWereShown) {
        m_timesWereShown = true;
        m_table->setColumnHidden(LayerTableModel::TimeColumn, false);
        m_table->resizeColumnToContents(LayerTableModel::TimeColumn);
        m_table->setColumnWidth(LayerTableModel::TimeColumn, m_table->columnWidth(LayerTableModel::TimeColumn) + columnRoom);
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

QList<int> LayerTable::shownColumns() const
{
    QList<int> columns;
    for (int place = 0; place < LayerTableModel::ColumnCount; ++place) {
        const int column = m_table->horizontalHeader()->logicalIndex(place);
        if (!m_table->isColumnHidden(column))
            columns << column;
    }
    return columns;
}

QString LayerTable::selectedText() const
{
    const QList<int> columns = shownColumns();
    QStringList lines, cells;
    for (const int column : columns)
        cells << m_model->headerData(column, Qt::Horizontal, LayerTableModel::CopyRole).toString();
    lines << cells.join(QLatin1Char('\t'));
    const QItemSelectionModel *selected = m_table->selectionModel();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (selected->hasSelection() && !selected->isRowSelected(row))
            continue;
        cells.clear();
        for (const int column : columns)
            cells << m_filter->index(row, column).data(LayerTableModel::CopyRole).toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString LayerTable::csv() const
{
    const QList<int> columns = shownColumns();
    QString text;
    for (int row = -1; row < m_filter->rowCount(); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells << csvCell((row < 0 ? m_model->headerData(column, Qt::Horizontal, LayerTableModel::CopyRole)
                                      : m_filter->index(row, column).data(LayerTableModel::CopyRole))
                                 .toString());
        text += cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return text;
}

QByteArray LayerTable::columns() const
{
    return m_table->horizontalHeader()->saveState();
}

void LayerTable::restoreColumns(const QByteArray &columns)
{
    m_columnsAreThePersons = m_table->horizontalHeader()->restoreState(columns);
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

std::vector<int> LayerTable::summedRows() const
{
    const QItemSelectionModel *selected = m_table->selectionModel();
    std::vector<int> rows;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        if (!selected->hasSelection() || selected->isRowSelected(row))
            rows.push_back(row);
    return rows;
}

void LayerTable::updateTotals()
{
    const std::vector<int> rows = summedRows();
    std::vector<double> sums(LayerTableModel::ColumnCount, 0);
    std::vector<bool> known(LayerTableModel::ColumnCount, false);
    int frozen = 0;
    for (const int row : rows) {
        const int source = m_filter->mapToSource(m_filter->index(row, 0)).row();
        frozen += m_model->network().layers()[std::size_t(source)].frozen ? 1 : 0;
        for (std::size_t column = 0; column < sums.size(); ++column) {
            const double value = m_model->figure(source, int(column));
            if (std::isnan(value))
                continue;
            sums[column] += value;
            known[column] = true;
        }
    }
    QStringList texts;
    for (std::size_t column = 0; column < sums.size(); ++column)
        texts << (known[column] ? LayerTableModel::totalText(int(column), sums[column]) : QString());
    const QString count = layerCountText(int(rows.size()));
    const bool all = int(rows.size()) == m_model->rowCount();
    texts[LayerTableModel::NameColumn] = all        ? count
        : m_table->selectionModel()->hasSelection() ? tr("%1 chosen", "%1 is '3 layers'").arg(count)
                                                    : tr("%1 shown", "%1 is '3 layers'").arg(count);
    texts[LayerTableModel::FrozenColumn] = frozen > 0 ? tr("%1 frozen").arg(frozen) : QString();
    m_totals->setTexts(texts);
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
    m_search->setToolTip(LayerQuery::help());
    m_table->setAccessibleName(tr("Layers"));
    m_columnsButton->setText(tr("Columns"));
    m_columnsButton->setToolTip(tr("Choose which columns are shown"));
    m_copyButton->setText(tr("Copy"));
    m_copyButton->setToolTip(tr("Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)"));
    m_csvButton->setText(tr("Save as CSV…"));
    m_csvButton->setToolTip(tr("Writes the rows that are shown into a file for spreadsheets"));
    updateTotals();
}

} // namespace graft
