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
    // Not ResizeToContents, which would measure all rows again at each cell that is filled.
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
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
    QList<QStringList> texts;
    for (const Row &row : rows)
        texts << textsOf(row);
    if (texts == m_texts)
        return;
    m_texts = texts;
    setRowCount(static_cast<int>(texts.size()));
    for (int at = 0; at < rowCount(); ++at)
        setRow(at, texts[at]);
    fit();
}

void TensorTable::fit()
{
    resizeColumnsToContents();
    resizeRowsToContents();
    int height = horizontalHeader()->sizeHint().height() + 2 * frameWidth() + horizontalScrollBar()->sizeHint().height();
    for (int at = 0; at < rowCount(); ++at)
        height += rowHeight(at);
    setFixedHeight(height);
}

/// A cell each, then the tool tip.
QStringList TensorTable::textsOf(const Row &row)
{
    const TensorStatistics &figures = row.figures;
    const QString warning = figures.notFinite > 0
        ? tr("%L1 elements are not finite (NaN or infinite) and left out of these figures.").arg(figures.notFinite)
        : QString();
    return {(warning.isEmpty() ? row.name : QStringLiteral("⚠ ") + row.name)
            + (row.shape.isEmpty() ? QString() : QLatin1Char('\n') + row.shape),
        significant(figures.minimum), significant(figures.maximum), significant(figures.mean), significant(figures.standardDeviation),
        formatPercent(figures.zeroShare), warning};
}

void TensorTable::setRow(int at, const QStringList &texts)
{
    for (int column = 0; column < figureColumns; ++column) {
        auto *cell = new QTableWidgetItem(texts[column]);
        cell->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        cell->setToolTip(texts.back());
        setItem(at, column, cell);
    }
}

void TensorTable::retranslate()
{
    setAccessibleName(tr("Weight statistics"));
    setHorizontalHeaderLabels({tr("Tensor"), tr("Min"), tr("Max"), tr("Mean"), tr("Std"), tr("Zeros")});
    fit();
}

void TensorTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTableWidget::changeEvent(event);
}

} // namespace graft
