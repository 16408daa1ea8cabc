#include "properties/tensortable.h"

#include "common/text.h"
#include "properties/panelparts.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>

namespace graft {

namespace {

constexpr int figureColumns = 6;

QString significant(double value)
{
    return QLocale().toString(value, 'g', 3);
}

} // namespace

TensorTable::TensorTable(QWidget *parent) : QTableWidget(0, figureColumns, parent)
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    setFont(small);
    horizontalHeader()->setFont(small);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setHighlightSections(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    makeCopyable(this);
    retranslate();
}

void TensorTable::setRows(const std::vector<Row> &rows)
{
    setRowCount(static_cast<int>(rows.size()));
    for (int at = 0; at < rowCount(); ++at)
        setRow(at, rows[static_cast<std::size_t>(at)]);
    resizeColumnsToContents();
    resizeRowsToContents();
    int height = horizontalHeader()->sizeHint().height() + 2 * frameWidth() + horizontalScrollBar()->sizeHint().height();
    for (int at = 0; at < rowCount(); ++at)
        height += rowHeight(at);
    setFixedHeight(height);
}

void TensorTable::setRow(int at, const Row &row)
{
    const TensorStatistics &figures = row.figures;
    const QString warning = figures.notFinite > 0
        ? tr("%L1 elements are not finite (NaN or infinite) and left out of these figures.").arg(figures.notFinite)
        : QString();
    const QStringList cells = {(warning.isEmpty() ? row.name : QStringLiteral("⚠ ") + row.name)
            + (row.shape.isEmpty() ? QString() : QLatin1Char('\n') + row.shape),
        significant(figures.minimum), significant(figures.maximum), significant(figures.mean), significant(figures.standardDeviation),
        formatPercent(figures.zeroShare)};
    for (int column = 0; column < cells.size(); ++column) {
        auto *cell = new QTableWidgetItem(cells[column]);
        cell->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        cell->setToolTip(warning);
        setItem(at, column, cell);
    }
}

void TensorTable::retranslate()
{
    setAccessibleName(tr("Weight statistics"));
    setHorizontalHeaderLabels({tr("Tensor"), tr("Min"), tr("Max"), tr("Mean"), tr("Std"), tr("Zeros")});
}

void TensorTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTableWidget::changeEvent(event);
}

} // namespace graft
