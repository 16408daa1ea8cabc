#include "properties/featuregrid.h"
#include "common/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace graft {
namespace {

constexpr int mapSide = 72, gap = 8; // pixels
constexpr int mostBars = 4096;

int captionHeight(const QWidget &widget)
{
    return widget.fontMetrics().height() + 2;
}

QString number(double value)
{
    return QLocale().toString(value, 'g', 3);
}

} // namespace

QRgb mapColor(double share)
{
    // Corner colours of viridis, between which it is all but straight.
    static constexpr std::array<std::array<double, 3>, 6> corners
        = {{{68, 1, 84}, {65, 68, 135}, {42, 120, 142}, {34, 168, 132}, {122, 209, 81}, {253, 231, 37}}};
    if (!std::isfinite(share))
        return qRgb(128, 128, 128);
    const double place = std::clamp(share, 0.0, 1.0) * (corners.size() - 1);
    const auto corner = std::min(static_cast<std::size_t>(place), corners.size() - 2);
    const double part = place - static_cast<double>(corner);
    const auto mixed = [&](std::size_t channel) {
        return static_cast<int>(std::lround(corners[corner][channel] * (1 - part) + corners[corner + 1][channel] * part));
    };
    return qRgb(mixed(0), mixed(1), mixed(2));
}

QImage mapImage(const FeatureMap &map, float minimum, float maximum)
{
    QImage image(static_cast<int>(map.width), static_cast<int>(map.height), QImage::Format_RGB32);
    const double range = static_cast<double>(maximum) - minimum;
    const float *value = map.values.data();
    for (int row = 0; row < image.height(); ++row) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(row));
        for (int column = 0; column < image.width(); ++column, ++value)
            line[column] = mapColor(range > 0 ? (static_cast<double>(*value) - minimum) / range : (std::isfinite(*value) ? 0 : *value));
    }
    return image;
}

FeatureGrid::FeatureGrid(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumSize(mapSide * 2, mapSide);
}

void FeatureGrid::setMaps(const FeatureMaps &maps)
{
    m_maps = maps;
    sort();
}

void FeatureGrid::clear()
{
    setMaps({});
}

void FeatureGrid::setOrder(Order order)
{
    m_sorting = order;
    sort();
}

void FeatureGrid::setScale(Scale scale)
{
    m_scale = scale;
    m_images.assign(m_maps.maps.size(), {});
    viewport()->update();
}

std::vector<std::int64_t> FeatureGrid::shownChannels() const
{
    std::vector<std::int64_t> channels;
    for (const std::size_t place : m_order)
        channels.push_back(m_maps.maps[place].channel);
    return channels;
}

void FeatureGrid::sort()
{
    m_order.resize(m_maps.maps.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    if (m_sorting == Order::StrongestFirst)
        std::ranges::stable_sort(m_order, std::greater(), [this](std::size_t place) { return m_maps.maps[place].strength; });
    m_images.assign(m_maps.maps.size(), {});
    verticalScrollBar()->setValue(0);
    arrange();
}

void FeatureGrid::arrange()
{
    const bool isGrid = m_maps.form == FeatureMaps::Form::Maps || m_maps.form == FeatureMaps::Form::TokenMaps;
    m_columns = std::max(1, (viewport()->width() - gap) / (mapSide + gap));
    const int rows = isGrid ? (static_cast<int>(m_order.size()) + m_columns - 1) / m_columns : 0;
    const int rowHeight = mapSide + captionHeight(*this) + gap;
    verticalScrollBar()->setRange(0, std::max(0, gap + rows * rowHeight - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight / 2);
    viewport()->update();
}

QRect FeatureGrid::cell(int place) const
{
    const int rowHeight = mapSide + captionHeight(*this) + gap;
    return {gap + place % m_columns * (mapSide + gap), gap + place / m_columns * rowHeight - verticalScrollBar()->value(), mapSide,
        mapSide + captionHeight(*this)};
}

void FeatureGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_maps.maps.empty())
        return;
    switch (m_maps.form) {
    case FeatureMaps::Form::Vector: return paintVector(painter);
    case FeatureMaps::Form::Table: return paintTable(painter);
    default: return paintMaps(painter);
    }
}

void FeatureGrid::paintMaps(QPainter &painter)
{
    for (int place = 0; place < static_cast<int>(m_order.size()); ++place) {
        const QRect area = cell(place);
        if (area.bottom() < 0)
            continue;
        if (area.top() > viewport()->height())
            break;
        const std::size_t index = m_order[static_cast<std::size_t>(place)];
        const FeatureMap &map = m_maps.maps[index];
        if (m_images[index].isNull())
            m_images[index]
                = m_scale == Scale::AllAlike ? mapImage(map, m_maps.minimum, m_maps.maximum) : mapImage(map, map.minimum, map.maximum);
        // Small maps keep their corners: each square is a number. Large ones are made smaller smoothly.
        painter.setRenderHint(QPainter::SmoothPixmapTransform, map.width > mapSide);
        const QSizeF size
            = QSizeF(static_cast<double>(map.width), static_cast<double>(map.height)).scaled(mapSide, mapSide, Qt::KeepAspectRatio);
        painter.drawImage(
            QRectF(QPointF(area.left() + (mapSide - size.width()) / 2, area.top() + (mapSide - size.height()) / 2), size), m_images[index]);
        painter.setPen(mutedTextColor());
        painter.drawText(
            area.adjusted(0, mapSide, 0, 0), Qt::AlignHCenter | Qt::AlignBottom, QLocale().toString(static_cast<qlonglong>(map.channel)));
    }
}

void FeatureGrid::paintTable(QPainter &painter)
{
    if (m_images.front().isNull())
        m_images.front() = mapImage(m_maps.maps.front(), m_maps.minimum, m_maps.maximum);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(viewport()->rect().adjusted(gap, gap, -gap, -gap), m_images.front());
}

void FeatureGrid::paintVector(QPainter &painter)
{
    const FeatureMap &map = m_maps.maps.front();
    const QRectF area = QRectF(viewport()->rect()).adjusted(gap, gap, -gap, -gap);
    const double low = std::min(0.0F, m_maps.minimum), high = std::max(0.0F, m_maps.maximum), range = high > low ? high - low : 1;
    const double zero = area.top() + area.height() * high / range;
    const auto count = std::min<std::int64_t>(map.width, mostBars);
    const double step = area.width() / static_cast<double>(count);
    for (std::int64_t index = 0; index < count; ++index) {
        const auto value = static_cast<double>(map.values[static_cast<std::size_t>(index)]);
        if (!std::isfinite(value))
            continue;
        const double top = area.top() + area.height() * (high - std::max(0.0, value)) / range;
        const double height = area.height() * std::abs(value) / range;
        painter.fillRect(
            QRectF(area.left() + static_cast<double>(index) * step, top, std::max(1.0, step - (step > 3 ? 1 : 0)), height), accentColor());
    }
    painter.setPen(mutedTextColor());
    painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero));
}

QString FeatureGrid::channelTip(const FeatureMap &map) const
{
    return tr("Channel %1: %2 … %3, mean strength %4")
        .arg(QLocale().toString(static_cast<qlonglong>(map.channel)), number(map.minimum), number(map.maximum), number(map.strength));
}

QString FeatureGrid::tipAt(const QPoint &position) const
{
    if (m_maps.maps.empty() || m_maps.form == FeatureMaps::Form::Table)
        return {};
    if (m_maps.form == FeatureMaps::Form::Vector) {
        const FeatureMap &map = m_maps.maps.front();
        const auto count = std::min<std::int64_t>(map.width, mostBars);
        const auto index = (position.x() - gap) * count / std::max(1, viewport()->width() - 2 * gap);
        return index < 0 || index >= count
            ? QString()
            : tr("Number %1: %2")
                  .arg(QLocale().toString(static_cast<qlonglong>(index)), number(map.values[static_cast<std::size_t>(index)]));
    }
    for (int place = 0; place < static_cast<int>(m_order.size()); ++place)
        if (cell(place).contains(position))
            return channelTip(m_maps.maps[m_order[static_cast<std::size_t>(place)]]);
    return {};
}

void FeatureGrid::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

bool FeatureGrid::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void FeatureGrid::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        arrange();
    QAbstractScrollArea::changeEvent(event);
}

} // namespace graft
