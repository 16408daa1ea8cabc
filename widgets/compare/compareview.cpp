#include "compare/compareview.h"

#include "common/icons.h"
#include "common/text.h"
#include "compare/comparemodel.h"
#include "graph/layertext.h"
#include "graph/totalsrow.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace graft {

namespace {

constexpr int nameWidth = 200, typeWidth = 150, differenceWidth = 260, margin = 16;

} // namespace

CompareView::CompareView(QWidget *parent)
    : QWidget(parent), m_model(new CompareModel(this)), m_filter(new CompareFilter(m_model, this)), m_title(new QLabel),
      m_summary(new QLabel), m_search(new QLineEdit), m_onlyDifferences(new QCheckBox), m_copy(new QPushButton), m_file(new QPushButton),
      m_back(new QPushButton), m_table(new QTableView), m_totals(new TotalsRow(m_table->horizontalHeader()))
{
    buildTop();
    buildTable();
    connectParts();
    setFocusProxy(m_table);
    retranslate();
}

CompareView::~CompareView() = default;

void CompareView::buildTop()
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setWordWrap(true);
    m_summary->setWordWrap(true);
    for (QLabel *label : {m_title, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(280);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_onlyDifferences->setChecked(true);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_file->setIcon(icon(QStringLiteral("open")));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_file, 0, Qt::AlignTop);
    head->addWidget(m_back, 0, Qt::AlignTop);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(margin);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_onlyDifferences);
    bar->addStretch();
    bar->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_summary);
    column->addLayout(bar);
}

void CompareView::buildTable()
{
    m_filter->setOnlyDifferences(true);
    m_table->setModel(m_filter);
    m_table->setItemDelegateForColumn(CompareModel::DriftColumn, new DriftDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const int column : {CompareModel::LeftColumn, CompareModel::RightColumn})
        header->resizeSection(column, nameWidth);
    for (const int column : {CompareModel::LeftTypeColumn, CompareModel::RightTypeColumn})
        header->resizeSection(column, typeWidth);
    header->resizeSection(CompareModel::DifferenceColumn, differenceWidth);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CompareModel::LeftColumn, Qt::AscendingOrder);
    auto *grid = new QVBoxLayout;
    grid->setSpacing(0);
    grid->addWidget(m_table, 1);
    grid->addWidget(m_totals);
    static_cast<QVBoxLayout *>(layout())->addLayout(grid, 1);
}

void CompareView::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        updateTotals();
    });
    connect(m_onlyDifferences, &QCheckBox::toggled, this, [this](bool only) {
        m_filter->setOnlyDifferences(only);
        updateTotals();
    });
    connect(m_back, &QPushButton::clicked, this, &CompareView::backRequested);
    connect(m_file, &QPushButton::clicked, this, &CompareView::compareWithFileRequested);
    connect(m_table->horizontalScrollBar(), &QScrollBar::valueChanged, m_totals, qOverload<>(&QWidget::update));
    const auto copy = [this] { QApplication::clipboard()->setText(text()); };
    connect(m_copy, &QPushButton::clicked, this, copy);
    auto *copying = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copying, &QShortcut::activated, this, copy);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        const CompareRow &row = m_model->rows()[std::size_t(m_filter->mapToSource(index).row())];
        Q_EMIT layerRequested(row.leftName, row.rightName);
    });
}

void CompareView::setComparison(CompareSide left, CompareSide right, const ModelDifference &difference)
{
    m_left = std::move(left);
    m_right = std::move(right);
    m_difference = difference;
    m_busy = {};
    m_model->setHeadings(m_left.heading, m_right.heading);
    retranslate();
}

void CompareView::setBusy(const Wording &text)
{
    m_busy = text;
    m_left = m_right = {};
    retranslate();
}

QString CompareView::text() const
{
    QStringList lines, cells;
    for (int column = 0; column < CompareModel::ColumnCount; ++column)
        cells << m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << cells.join(QLatin1Char('\t'));
    const QItemSelectionModel *selected = m_table->selectionModel();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (selected->hasSelection() && !selected->isRowSelected(row))
            continue;
        cells.clear();
        for (int column = 0; column < CompareModel::ColumnCount; ++column)
            cells << m_filter->index(row, column).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void CompareView::updateTotals()
{
    qint64 left = 0, right = 0;
    int leftLayers = 0, rightLayers = 0;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const CompareRow &shown = m_model->rows()[std::size_t(m_filter->mapToSource(m_filter->index(row, 0)).row())];
        left += shown.leftParameters;
        right += shown.rightParameters;
        leftLayers += shown.left.isValid() ? 1 : 0;
        rightLayers += shown.right.isValid() ? 1 : 0;
    }
    const auto parameters = [](qint64 count) { return tr("%1 parameters").arg(formatCount(count)); };
    m_totals->setTexts(
        {layerCountText(leftLayers), parameters(left), layerCountText(rightLayers), parameters(right), QString(), QString()});
}

void CompareView::retranslate()
{
    const bool isCompared = !m_left.title.isEmpty();
    m_model->setRows(isCompared ? compareRows(m_left.network, m_right.network, m_difference) : std::vector<CompareRow>());
    m_title->setText(
        isCompared ? tr("%1 ↔ %2", "the two sides of a comparison").arg(m_left.title.text(), m_right.title.text()) : m_busy.text());
    m_summary->setText(isCompared ? compareSummary(m_model->rows(), m_difference) : QString());
    m_search->setPlaceholderText(tr("Filter rows"));
    m_search->setAccessibleName(tr("Filter rows"));
    m_onlyDifferences->setText(tr("Only differences"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)"));
    m_file->setText(tr("Compare with a file…"));
    m_back->setText(tr("Back to the graph"));
    m_table->setAccessibleName(tr("Comparison of two networks"));
    m_model->refresh();
    updateTotals();
}

void CompareView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        m_model->refresh();
}

} // namespace graft
