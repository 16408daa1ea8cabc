#include "graph/overlaylegend.h"

#include "common/theme.h"
#include "graph/graphpainter.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

namespace graft {

namespace {

constexpr double swatchSide = 16;
constexpr int row = 22;
constexpr int padding = 10;
constexpr int barHeight = 12;
constexpr int leastBarWidth = 200;
constexpr int largestTextWidth = 230; ///< longer texts are wrapped
constexpr int textGap = 4;
constexpr int figureGap = 14;
constexpr double barPlaces[] = {0, 0.5, 1}; ///< where figures stand below the bar

struct Swatch {
    QString text;
    bool isFrozen = false;
    bool hasParameters = true;
};

QList<Swatch> swatches()
{
    return {{OverlayLegend::tr("Frozen"), true, true}, {OverlayLegend::tr("Trainable"), false, true},
        {OverlayLegend::tr("No parameters"), false, false}};
}

void paintSwatch(QPainter &painter, const QRectF &rect, const Swatch &swatch)
{
    const StateColors colors = stateColors(swatch.isFrozen, swatch.hasParameters);
    painter.setPen(QPen(colors.border, 1.2));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(rect, 3, 3);
    if (!colors.hatch.isValid())
        return;
    painter.setPen(QPen(colors.hatch, 1));
    painter.drawLines(hatching(rect.adjusted(1, 1, -1, -1), 4));
}

QFont boldened(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

void paintGraphPanel(QPainter &painter, const QRect &rect, const QPalette &palette)
{
    QColor ground = palette.color(QPalette::Window);
    ground.setAlphaF(0.94f);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(blend(palette.color(QPalette::Window), palette.color(QPalette::Text), 0.16), 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
}

OverlayLegend::OverlayLegend(QWidget *parent) : QWidget(parent), m_request(new QPushButton(this))
{
    m_request->setFocusPolicy(Qt::TabFocus);
    m_request->hide();
    connect(m_request, &QPushButton::clicked, this, &OverlayLegend::figuresRequested);
}

void OverlayLegend::setOverlay(const GraphOverlay &overlay, const OverlayScale &scale)
{
    m_overlay = overlay;
    m_scale = scale;
    m_request->setText(overlayRequestText(overlay.kind));
    m_request->setVisible(overlay.values.empty() && !m_request->text().isEmpty());
    resizeEvent(nullptr);
    update();
}

/// What stands around the scale, the title first.
QStringList OverlayLegend::lines() const
{
    QStringList lines{overlayTitle(m_overlay.kind)};
    if (m_overlay.values.empty())
        return lines << overlayMissing(m_overlay.kind);
    lines << overlayUnit(m_overlay);
    if (!m_overlay.note.isEmpty())
        lines << m_overlay.note.text();
    if (m_scale.isEmpty())
        lines << tr("0 everywhere");
    else if (m_scale.isLogarithmic())
        lines << tr("In powers of ten");
    return lines;
}

QSize OverlayLegend::sizeHint() const
{
    if (m_overlay.kind == GraphOverlay::Kind::Training) {
        int width = 0;
        for (const Swatch &swatch : swatches())
            width = std::max(width, fontMetrics().horizontalAdvance(swatch.text));
        return {width + int(swatchSide) + 8 + 2 * padding, int(swatches().size()) * row + padding};
    }
    const QStringList texts = lines();
    const int width = contentWidth();
    int height = fontMetrics().height() + 2 * padding;
    for (qsizetype index = 1; index < texts.size(); ++index)
        height += textGap + lineHeight(texts[index], width);
    if (m_overlay.values.empty())
        height += m_request->text().isEmpty() ? 0 : m_request->sizeHint().height() + 8;
    else if (!m_scale.isEmpty())
        height += barHeight + 2 + 2 * textGap + fontMetrics().height();
    return {width + 2 * padding, height};
}

QString OverlayLegend::barFigure(double place) const
{
    const QString figure = overlayFigure(m_overlay, m_scale.figureAt(place));
    return place <= 0 && m_scale.isCut() ? QStringLiteral("≤ ") + figure : figure;
}

int OverlayLegend::lineHeight(const QString &text, int width) const
{
    return fontMetrics().boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), Qt::TextWordWrap, text).height();
}

int OverlayLegend::contentWidth() const
{
    const QStringList texts = lines();
    int width = QFontMetrics(boldened(font())).horizontalAdvance(texts.front());
    // Advances are rounded.
    for (qsizetype index = 1; index < texts.size(); ++index)
        width = std::max(width, std::min(largestTextWidth, fontMetrics().horizontalAdvance(texts[index]) + 2));
    if (m_overlay.values.empty())
        return std::max(width, m_request->sizeHint().width());
    int figures = 0;
    for (const double place : barPlaces)
        figures += fontMetrics().horizontalAdvance(barFigure(place)) + figureGap;
    return m_scale.isEmpty() ? width : std::max({width, leastBarWidth, figures});
}

void OverlayLegend::resizeEvent(QResizeEvent *)
{
    const QSize size = m_request->sizeHint();
    m_request->setGeometry(padding, height() - padding - size.height(), size.width(), size.height());
}

void OverlayLegend::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_request->setText(overlayRequestText(m_overlay.kind));
        update();
    }
}

void OverlayLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintGraphPanel(painter, rect(), palette());
    if (m_overlay.kind == GraphOverlay::Kind::Training)
        paintSwatches(painter);
    else
        paintScale(painter);
}

void OverlayLegend::paintSwatches(QPainter &painter) const
{
    double y = padding / 2.0;
    for (const Swatch &swatch : swatches()) {
        paintSwatch(painter, QRectF(padding, y + (row - swatchSide) / 2, swatchSide, swatchSide), swatch);
        painter.setPen(palette().color(QPalette::WindowText));
        const QRectF text(padding + swatchSide + 8, y, width(), row);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, swatch.text);
        y += row;
    }
}

void OverlayLegend::paintScale(QPainter &painter) const
{
    const QStringList texts = lines();
    const int line = fontMetrics().height();
    QRect at(padding, padding, width() - 2 * padding, line);
    const auto write = [&](const QString &text, Qt::Alignment side) {
        painter.drawText(at, int(side | Qt::AlignVCenter), fontMetrics().elidedText(text, Qt::ElideRight, at.width()));
    };
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(boldened(font()));
    write(texts.front(), Qt::AlignLeft);
    at.translate(0, line + textGap);
    painter.setFont(font());
    if (!m_scale.isEmpty()) {
        const QRectF bar(at.left(), at.top() + 2, at.width(), barHeight);
        QLinearGradient colors(bar.topLeft(), bar.topRight());
        constexpr int stops = 32;
        for (int stop = 0; stop <= stops; ++stop)
            colors.setColorAt(double(stop) / stops, overlayColor(double(stop) / stops));
        painter.setPen(QPen(blend(palette().color(QPalette::Window), palette().color(QPalette::Text), 0.3), 1));
        painter.setBrush(colors);
        painter.drawRoundedRect(bar, 3, 3);
        at.translate(0, barHeight + 2 + textGap);
        painter.setPen(palette().color(QPalette::WindowText));
        for (const double place : barPlaces) {
            const Qt::Alignment side = place <= 0 ? Qt::AlignLeft : place < 1 ? Qt::AlignHCenter : Qt::AlignRight;
            write(barFigure(place), side);
        }
        at.translate(0, line + textGap);
    }
    painter.setPen(mutedTextColor());
    for (qsizetype index = 1; index < texts.size(); ++index) {
        at.setHeight(lineHeight(texts[index], at.width()));
        painter.drawText(at, Qt::TextWordWrap, texts[index]);
        at.translate(0, at.height() + textGap);
    }
}

} // namespace graft
