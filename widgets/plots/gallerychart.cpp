#include "plots/gallerychart.h"
#include "common/text.h"
#include "common/theme.h"
#include "gallery/gallerymodel.h"
#include "plots/bubbleitem.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace graft {
namespace {

constexpr double pixelsPerRootMillion = 1.15; // radius of a bubble of a million parameters, less the smallest
constexpr double smallestRadius = 3;
constexpr double giga = 1e9;

double radiusOf(const GalleryEntry &entry)
{
    return smallestRadius + pixelsPerRootMillion * std::sqrt(double(entry.parameters) / 1e6);
}

QString tipOf(const GalleryEntry &entry)
{
    QString tip = QStringLiteral("<b>%1</b><br>%2<br>").arg(entry.title.toHtmlEscaped(), entry.weights.toHtmlEscaped());
    tip += GalleryChart::tr("%1 % top-1 · %2 · %3 parameters")
               .arg(QLocale().toString(entry.top1, 'f', 1), formatMultiplyAdds(entry.multiplyAdds), formatCount(entry.parameters));
    if (entry.picturesPerSecond > 0)
        tip += QStringLiteral("<br>") + GalleryChart::tr("%1 pictures per second here").arg(formatSpeed(entry.picturesPerSecond));
    return tip;
}

} // namespace

GalleryChart::GalleryChart(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot), m_legend(new QLabel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_plot, 1);
    column->addWidget(m_legend);
    m_legend->setWordWrap(true);
    m_legend->setContentsMargins(8, 0, 8, 0);
    m_legend->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_legend, &QLabel::linkActivated, this, &GalleryChart::familyChosen);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMinimumSize(320, 240);
    m_plot->setMouseTracking(true);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->xAxis->setScaleType(QCPAxis::stLogarithmic);
    auto ticker = QSharedPointer<QCPAxisTickerLog>::create();
    ticker->setSubTickCount(8);
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setNumberFormat(QStringLiteral("g"));
    m_plot->xAxis->setNumberPrecision(4);
    m_bubbles = new BubbleItem(m_plot);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_followAll = false; });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &GalleryChart::showAll);
    connect(m_plot, &QCustomPlot::mousePress, this, [this](const QMouseEvent *event) {
        if (event->button() == Qt::LeftButton)
            choose(m_bubbles->bubbleAt(event->position()));
    });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](const QMouseEvent *event) {
        if (event->buttons() & Qt::LeftButton)
            m_followAll = false;
        hover(event->pos(), event->globalPosition().toPoint());
    });
    m_plot->installEventFilter(this);
    applyTheme();
}

QWidget *GalleryChart::canvas() const
{
    return m_plot;
}

QColor GalleryChart::familyColor(const QString &family) const
{
    const int count = std::max<int>(1, int(m_families.size()));
    const int place = m_families.value(family);
    // Neighbours in the table differ in lightness as well as in hue.
    const double lightness = (isDark() ? 0.62 : 0.40) + (place % 2 == 0 ? 0.0 : isDark() ? 0.12 : -0.10);
    return QColor::fromHslF(float(place) / float(count), 0.72F, float(lightness));
}

void GalleryChart::setEntries(const std::vector<GalleryEntry> &entries)
{
    m_entries = entries;
    m_families.clear();
    for (const GalleryEntry &entry : m_entries)
        if (!m_families.contains(entry.family))
            m_families.insert(entry.family, int(m_families.size()));
    std::vector<Bubble> bubbles;
    for (const GalleryEntry &entry : m_entries) {
        Bubble bubble;
        const double cost = double(entry.multiplyAdds) / giga;
        bubble.x = m_axis == Axis::Speed ? entry.picturesPerSecond : cost;
        bubble.y = entry.top1;
        bubble.isDrawn = bubble.x > 0;
        bubble.radius = radiusOf(entry);
        bubble.color = familyColor(entry.family);
        bubble.label = entry.title;
        bubble.isFaded = m_shown && !m_shown->contains(entry.reference);
        bubbles.push_back(std::move(bubble));
    }
    m_bubbles->setBubbles(std::move(bubbles));
    applyTexts();
    if (m_followAll)
        showAll();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GalleryChart::setShown(const QSet<QString> &references)
{
    m_shown = references;
    std::vector<Bubble> bubbles = m_bubbles->bubbles();
    for (std::size_t i = 0; i < bubbles.size(); ++i)
        bubbles[i].isFaded = !references.contains(m_entries[i].reference);
    m_bubbles->setBubbles(std::move(bubbles));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GalleryChart::setChosen(const QString &reference)
{
    const auto found = std::ranges::find(m_entries, reference, &GalleryEntry::reference);
    m_bubbles->setChosen(found == m_entries.end() ? -1 : int(found - m_entries.begin()));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GalleryChart::setAxis(Axis axis)
{
    m_axis = axis;
    m_followAll = true;
    setEntries(std::vector(m_entries));
}

void GalleryChart::choose(int index)
{
    if (index < 0 || index == m_bubbles->chosen())
        return;
    m_bubbles->setChosen(index);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    Q_EMIT chosen(m_entries[std::size_t(index)].reference);
}

/// To the next bubble to the left or right of the chosen one.
void GalleryChart::step(int direction)
{
    std::vector<int> order;
    for (int i = 0; i < int(m_entries.size()); ++i)
        if (const Bubble &bubble = m_bubbles->bubbles()[std::size_t(i)]; bubble.isDrawn && !bubble.isFaded)
            order.push_back(i);
    if (order.empty())
        return;
    std::ranges::stable_sort(order, {}, [this](int index) { return m_bubbles->bubbles()[std::size_t(index)].x; });
    const auto present = std::ranges::find(order, m_bubbles->chosen());
    const auto place
        = present == order.end() ? 0 : std::clamp<std::ptrdiff_t>(present - order.begin() + direction, 0, std::ssize(order) - 1);
    choose(order[std::size_t(place)]);
}

void GalleryChart::hover(const QPoint &place, const QPoint &onScreen)
{
    const int index = m_bubbles->bubbleAt(place);
    if (index != m_bubbles->hovered()) {
        m_bubbles->setHovered(index);
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    if (index >= 0)
        QToolTip::showText(onScreen, tipOf(m_entries[std::size_t(index)]), m_plot);
    else
        QToolTip::hideText();
}

QPoint GalleryChart::placeOf(const QString &reference) const
{
    const auto found = std::ranges::find(m_entries, reference, &GalleryEntry::reference);
    if (found == m_entries.end() || !m_bubbles->bubbles()[std::size_t(found - m_entries.begin())].isDrawn)
        return {};
    return m_bubbles->placeOf(int(found - m_entries.begin())).toPoint();
}

void GalleryChart::showAll()
{
    m_followAll = true;
    double left = 0, right = 0, bottom = 0, top = 0;
    for (const Bubble &bubble : m_bubbles->bubbles()) {
        if (!bubble.isDrawn)
            continue;
        const bool first = right == 0;
        left = first ? bubble.x : std::min(left, bubble.x);
        right = std::max(right, bubble.x);
        bottom = first ? bubble.y : std::min(bottom, bubble.y);
        top = std::max(top, bubble.y);
    }
    const bool any = right > 0;
    m_plot->xAxis->setRange(any ? left / 1.6 : 0.1, any ? right * 2.6 : 100);
    m_plot->yAxis->setRange(any ? bottom - 2.5 : 50, any ? top + 2.5 : 100);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void GalleryChart::applyTheme()
{
    const QColor text = palette().color(QPalette::Text), base = palette().color(QPalette::Base);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_plot->setBackground(base);
    m_plot->setLocale(QLocale());
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        const QPen line(blend(base, text, 0.35), 1);
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(line);
        axis->setTickLabelColor(mutedTextColor());
        axis->setTickLabelFont(small);
        axis->setLabelColor(mutedTextColor());
        axis->setLabelFont(small);
        axis->grid()->setPen(QPen(blend(base, text, 0.1), 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    setEntries(std::vector(m_entries)); // the colours
}

void GalleryChart::applyTexts()
{
    const bool isMeasured = std::ranges::any_of(m_entries, [](const GalleryEntry &entry) { return entry.picturesPerSecond > 0; });
    m_plot->xAxis->setLabel(m_axis == Axis::MultiplyAdds ? tr("Multiply-adds for one picture, in billions (GMACs)")
            : isMeasured                                 ? tr("Pictures per second on this machine")
                                                         : tr("Pictures per second on this machine: press «Measure all shown»"));
    m_plot->yAxis->setLabel(tr("Published top-1 accuracy, %"));
    m_plot->setAccessibleName(tr("Published accuracy against the work for one picture"));
    m_plot->setAccessibleDescription(tr("The table beside it holds the same figures."));
    QStringList names(m_families.size());
    for (auto family = m_families.cbegin(); family != m_families.cend(); ++family)
        names[family.value()] = family.key();
    QString legend;
    for (const QString &name : std::as_const(names))
        legend += QStringLiteral("<span style='white-space:nowrap'><span style='color:%1'>●</span>&nbsp;<a href='%2' "
                                 "style='color:%3;text-decoration:none'>%4</a></span>&ensp; ")
                      .arg(familyColor(name).name(), name.toHtmlEscaped(), palette().color(QPalette::Text).name(),
                          QString(name).replace(QLatin1Char(' '), QStringLiteral("\u00a0")).toHtmlEscaped());
    m_legend->setText(legend);
    m_legend->setToolTip(
        tr("A bubble's area is the number of parameters, its colour the family; a click on a name shows that family only."));
}

void GalleryChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        applyTheme();
    QWidget::changeEvent(event);
}

bool GalleryChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover({-1, -1}, {});
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Left: step(-1); return true;
        case Qt::Key_Right: step(1); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_bubbles->chosen() >= 0)
                Q_EMIT activated(m_entries[std::size_t(m_bubbles->chosen())].reference);
            return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace graft
