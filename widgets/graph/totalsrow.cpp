#include "graph/totalsrow.h"

#include "common/theme.h"

#include <QHeaderView>
#include <QPainter>

namespace graft {

namespace {

constexpr int cellMargin = 6, numberMargin = 16, room = 8;

} // namespace

TotalsRow::TotalsRow(QHeaderView *header, QWidget *parent) : QWidget(parent), m_header(header)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto redraw = [this] { update(); };
    connect(header, &QHeaderView::sectionResized, this, redraw);
    connect(header, &QHeaderView::sectionMoved, this, redraw);
    connect(header, &QHeaderView::geometriesChanged, this, redraw);
}

void TotalsRow::setTexts(const QStringList &texts)
{
    m_texts = texts;
    QStringList said = texts;
    said.removeAll(QString());
    setAccessibleName(said.join(QStringLiteral(", ")));
    update();
}

QSize TotalsRow::sizeHint() const
{
    return {100, fontMetrics().height() + room};
}

void TotalsRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor ground = palette().color(QPalette::Base), ink = palette().color(QPalette::Text);
    painter.fillRect(rect(), blend(ground, ink, 0.06));
    painter.setPen(blend(ground, ink, 0.3));
    painter.drawLine(rect().topLeft(), rect().topRight());
    QFont font = this->font();
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(ink);
    for (int column = 0; column < m_texts.size(); ++column) {
        if (m_header->isSectionHidden(column) || m_texts[column].isEmpty())
            continue;
        const QRect cell(m_header->sectionViewportPosition(column), 0, m_header->sectionSize(column), height());
        const auto alignment
            = Qt::Alignment(m_header->model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt()) | Qt::AlignVCenter;
        const QRect inner = cell.adjusted(cellMargin, 0, alignment & Qt::AlignRight ? -numberMargin : -cellMargin, 0);
        painter.drawText(inner, int(alignment), QFontMetrics(font).elidedText(m_texts[column], Qt::ElideRight, inner.width()));
    }
}

} // namespace graft
