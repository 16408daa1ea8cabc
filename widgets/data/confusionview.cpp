#include "data/confusionview.h"
#include "common/text.h"
#include "common/theme.h"
#include "properties/panelparts.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace graft {

namespace {
constexpr double largestCell = 56;
constexpr double smallestComfortableCell = 28;
constexpr int gap = 6;
constexpr int longestLabel = 18; ///< characters
} // namespace

ConfusionView::ConfusionView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ConfusionView::setMatrix(const QStringList &classNames, const std::vector<std::vector<std::int64_t>> &confusion)
{
    m_names = classNames;
    m_counts = confusion;
    m_rowSums.clear();
    for (std::vector<std::int64_t> &row : m_counts) {
        row.resize(m_counts.size());
        m_rowSums.push_back(std::accumulate(row.begin(), row.end(), std::int64_t{0}));
    }
    while (m_names.size() < static_cast<qsizetype>(m_counts.size()))
        m_names << QString();
    makeImage();
    choose(-1, -1);
    updateGeometry();
    update();
}

double ConfusionView::shareOfRow(std::size_t row, std::size_t column) const
{
    return m_rowSums[row] > 0 ? static_cast<double>(m_counts[row][column]) / static_cast<double>(m_rowSums[row]) : 0;
}

void ConfusionView::makeImage()
{
    const int size = static_cast<int>(m_counts.size());
    m_image = QImage(size, size, QImage::Format_RGB32);
    const QColor base = palette().color(QPalette::Base);
    const QColor right = accentColor();
    const QColor wrong = errorColor();
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            // The root lifts the few mistakes that matter out of the background.
            const double share = std::sqrt(shareOfRow(static_cast<std::size_t>(row), static_cast<std::size_t>(column)));
            m_image.setPixelColor(column, row, blend(base, row == column ? right : wrong, 0.9 * share));
        }
    }
}

int ConfusionView::labelWidth() const
{
    const QFontMetricsF metrics(font());
    double widest = 0;
    for (const QString &name : m_names)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    // Part of a pixel too few would cut the widest name.
    return static_cast<int>(std::ceil(std::min(widest, metrics.averageCharWidth() * longestLabel)));
}

ConfusionView::Geometry ConfusionView::geometryNow() const
{
    Geometry geometry;
    if (m_counts.empty())
        return geometry;
    const double left = fontMetrics().height() + labelWidth() + 3 * gap;
    const double top = fontMetrics().height() + labelWidth() + 3 * gap;
    const double count = static_cast<double>(m_counts.size());
    geometry.cell = std::clamp(std::min((width() - left - gap) / count, (height() - top - gap) / count), 0.5, largestCell);
    if (geometry.cell >= 4)
        geometry.cell = std::floor(geometry.cell);
    geometry.matrix = QRectF(left, top, geometry.cell * count, geometry.cell * count);
    return geometry;
}

QSize ConfusionView::sizeHint() const
{
    const int labels = fontMetrics().height() + labelWidth() + 4 * gap;
    const int side = labels + static_cast<int>(std::min(smallestComfortableCell * 1.4 * static_cast<double>(m_counts.size()), 900.0));
    return {side, side};
}

QSize ConfusionView::minimumSizeHint() const
{
    const int labels = fontMetrics().height() + labelWidth() + 4 * gap;
    const int side = labels + static_cast<int>(std::min(smallestComfortableCell * static_cast<double>(m_counts.size()), 360.0));
    return {side, side};
}

void ConfusionView::paintEvent(QPaintEvent *)
{
    if (m_counts.empty())
        return;
    QPainter painter(this);
    const Geometry geometry = geometryNow();
    painter.drawImage(geometry.matrix, m_image);
    if (geometry.cell >= 12) {
        painter.setPen(QPen(palette().color(QPalette::Window), 1));
        for (std::size_t line = 0; line <= m_counts.size(); ++line) {
            const double offset = static_cast<double>(line) * geometry.cell;
            painter.drawLine(QPointF(geometry.matrix.left() + offset, geometry.matrix.top()),
                QPointF(geometry.matrix.left() + offset, geometry.matrix.bottom()));
            painter.drawLine(QPointF(geometry.matrix.left(), geometry.matrix.top() + offset),
                QPointF(geometry.matrix.right(), geometry.matrix.top() + offset));
        }
    }
    paintNumbers(painter, geometry);
    paintLabels(painter, geometry);
    if (m_row >= 0) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(geometry.matrix.left() + m_column * geometry.cell, geometry.matrix.top() + m_row * geometry.cell,
            geometry.cell, geometry.cell));
    }
}

void ConfusionView::paintNumbers(QPainter &painter, const Geometry &geometry) const
{
    std::int64_t largest = 0;
    for (const auto &row : m_counts)
        largest = std::max(largest, *std::max_element(row.begin(), row.end()));
    const QLocale locale;
    if (fontMetrics().horizontalAdvance(locale.toString(static_cast<qint64>(largest))) + 4 > geometry.cell
        || fontMetrics().height() > geometry.cell)
        return;
    for (std::size_t row = 0; row < m_counts.size(); ++row) {
        for (std::size_t column = 0; column < m_counts.size(); ++column) {
            if (m_counts[row][column] == 0)
                continue;
            const QColor under = m_image.pixelColor(static_cast<int>(column), static_cast<int>(row));
            painter.setPen(qGray(under.rgb()) > 140 ? QColor(Qt::black) : QColor(Qt::white));
            const QRectF cell(geometry.matrix.left() + static_cast<double>(column) * geometry.cell,
                geometry.matrix.top() + static_cast<double>(row) * geometry.cell, geometry.cell, geometry.cell);
            painter.drawText(cell, Qt::AlignCenter, locale.toString(static_cast<qint64>(m_counts[row][column])));
        }
    }
}

void ConfusionView::paintLabels(QPainter &painter, const Geometry &geometry) const
{
    const int height = fontMetrics().height();
    const int width = labelWidth();
    painter.setPen(mutedTextColor());
    painter.drawText(
        QRectF(geometry.matrix.left(), 0, geometry.matrix.width(), height), Qt::AlignLeft | Qt::AlignVCenter, tr("Taken for →"));
    painter.save();
    painter.translate(0, geometry.matrix.bottom());
    painter.rotate(-90);
    painter.drawText(QRectF(0, 0, geometry.matrix.height(), height), Qt::AlignRight | Qt::AlignVCenter, tr("← Is really"));
    painter.restore();
    // With many classes only every so many names fit.
    const auto step = static_cast<qsizetype>(std::ceil(height / geometry.cell));
    for (qsizetype index = 0; index < static_cast<qsizetype>(m_counts.size()); index += std::max<qsizetype>(1, step)) {
        const QString name = fontMetrics().elidedText(m_names[index], Qt::ElideRight, width);
        const double middle = (static_cast<double>(index) + 0.5) * geometry.cell;
        painter.setPen(index == m_row ? palette().color(QPalette::WindowText) : mutedTextColor());
        painter.drawText(QRectF(geometry.matrix.left() - gap - width, geometry.matrix.top() + middle - height / 2.0, width, height),
            Qt::AlignRight | Qt::AlignVCenter, name);
        painter.setPen(index == m_column ? palette().color(QPalette::WindowText) : mutedTextColor());
        painter.save();
        painter.translate(geometry.matrix.left() + middle, geometry.matrix.top() - gap);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -height / 2.0, width, height), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.restore();
    }
}

void ConfusionView::choose(int row, int column)
{
    m_row = row;
    m_column = column;
    QString text;
    if (row >= 0) {
        const auto truth = static_cast<std::size_t>(row);
        const auto answer = static_cast<std::size_t>(column);
        const auto count = static_cast<int>(m_counts[truth][answer]);
        const QString share = formatPercent(shareOfRow(truth, answer));
        text = row == column ? counted(
                   count, tr("1 picture of %1 recognised (%2 of them)"), tr("%Ln pictures of %1 recognised (%2 of them)", nullptr, count))
                                   .arg(m_names[row], share)
                             : counted(count, tr("1 picture of %1 taken for %2 (%3 of them)"),
                                 tr("%Ln pictures of %1 taken for %2 (%3 of them)", nullptr, count))
                                   .arg(m_names[row], m_names[column], share);
    }
    setToolTip(text);
    setAccessibleDescription(text);
    Q_EMIT readoutChanged(text);
    update();
}

void ConfusionView::mouseMoveEvent(QMouseEvent *event)
{
    const Geometry geometry = geometryNow();
    if (!geometry.matrix.contains(event->position())) {
        choose(-1, -1);
        return;
    }
    const int last = static_cast<int>(m_counts.size()) - 1;
    const QPointF inside = event->position() - geometry.matrix.topLeft();
    choose(std::min(last, static_cast<int>(inside.y() / geometry.cell)), std::min(last, static_cast<int>(inside.x() / geometry.cell)));
}

void ConfusionView::leaveEvent(QEvent *)
{
    choose(-1, -1);
}

void ConfusionView::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_counts.size()) - 1;
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    int rowStep = 0, columnStep = 0;
    switch (event->key()) {
    case Qt::Key_Up: rowStep = -1; break;
    case Qt::Key_Down: rowStep = 1; break;
    case Qt::Key_Left: columnStep = -1; break;
    case Qt::Key_Right: columnStep = 1; break;
    default: QWidget::keyPressEvent(event); return;
    }
    if (last < 0)
        return;
    if (m_row < 0)
        choose(0, 0);
    else
        choose(std::clamp(m_row + rowStep, 0, last), std::clamp(m_column + columnStep, 0, last));
}

QString ConfusionView::asText() const
{
    QString text = tr("really / taken for");
    for (const QString &name : m_names)
        text += QLatin1Char('\t') + name;
    for (std::size_t row = 0; row < m_counts.size(); ++row) {
        text += QLatin1Char('\n') + m_names[static_cast<qsizetype>(row)];
        for (const std::int64_t count : m_counts[row])
            text += QLatin1Char('\t') + QString::number(count);
    }
    return text;
}

void ConfusionView::copy() const
{
    QApplication::clipboard()->setText(asText());
}

void ConfusionView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy as text"), this, &ConfusionView::copy);
    menu.addAction(tr("Copy as picture"), this, [this] { QApplication::clipboard()->setPixmap(grab()); });
    menu.exec(event->globalPos());
}

void ConfusionView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_counts.empty())
        makeImage();
    QWidget::changeEvent(event);
}

} // namespace graft
