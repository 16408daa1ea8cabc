#include "gui/stepbar.h"
#include "common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace graft {
namespace {

constexpr int circleSize = 24;
constexpr int gap = 8;
constexpr int padding = 8;
constexpr int buttonHeight = 48;
constexpr int connectorWidth = 16;

QString describe(StepState state)
{
    switch (state) {
    case StepState::NotYet: return StepBar::tr("not yet: a step before it is wanting");
    case StepState::Wanting: return StepBar::tr("to be done");
    case StepState::Done: return StepBar::tr("done");
    case StepState::Stale: return StepBar::tr("done, but something has changed since");
    }
    return {};
}

} // namespace

StepButton::StepButton(int number, QWidget *parent) : QAbstractButton(parent), m_number(number)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void StepButton::setState(StepState state)
{
    m_state = state;
    setToolTip(text() + QStringLiteral(": ") + describe(state));
    setAccessibleName(toolTip());
    update();
}

void StepButton::setCurrent(bool current)
{
    m_current = current;
    update();
}

QSize StepButton::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true); // the widest it can become, so that nothing moves when the step is chosen
    return {padding + circleSize + gap + QFontMetrics(bold).horizontalAdvance(text()) + padding, buttonHeight};
}

QSize StepButton::minimumSizeHint() const
{
    return sizeHint();
}

void StepButton::paintCircle(QPainter &painter, const QRectF &circle) const
{
    const QColor accent = palette().color(QPalette::Highlight);
    const QColor onAccent = palette().color(QPalette::HighlightedText);
    const QColor quiet = mutedTextColor();
    const bool filled = m_state == StepState::Done;
    painter.setPen(QPen(m_state == StepState::NotYet ? quiet : accent, m_state == StepState::NotYet ? 1.2 : 2.0,
        m_state == StepState::Stale ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(filled ? QBrush(accent) : Qt::NoBrush);
    painter.drawEllipse(circle);
    if (filled || m_state == StepState::Stale) {
        const QPointF centre = circle.center();
        QPainterPath check(centre + QPointF(-5, 0));
        check.lineTo(centre + QPointF(-1.5, 4));
        check.lineTo(centre + QPointF(5.5, -4));
        painter.setPen(QPen(filled ? onAccent : accent, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(check);
        return;
    }
    painter.setPen(m_state == StepState::NotYet ? quiet : palette().color(QPalette::WindowText));
    painter.drawText(circle, Qt::AlignCenter, QString::number(m_number));
}

void StepButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    if (underMouse() || hasFocus()) {
        QColor wash = accent;
        wash.setAlpha(hasFocus() ? 50 : 26);
        painter.setPen(Qt::NoPen);
        painter.setBrush(wash);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0, 4, 0, -6), 6, 6);
    }
    const QRectF circle(padding, (height() - circleSize) / 2.0, circleSize, circleSize);
    paintCircle(painter, circle.adjusted(1, 1, -1, -1));
    QFont label = font();
    label.setBold(m_current);
    painter.setFont(label);
    const QColor ink = palette().color(QPalette::WindowText);
    painter.setPen(m_state == StepState::NotYet && !m_current ? mutedTextColor() : ink);
    painter.drawText(QRectF(circle.right() + gap, 0, width() - circle.right() - gap, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (m_current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(accent);
        painter.drawRoundedRect(QRectF(padding, height() - 4, width() - 2 * padding, 3), 1.5, 1.5);
    }
}

StepBar::StepBar(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(connectorWidth);
    for (const Step step : allSteps) {
        auto *button = new StepButton(static_cast<int>(step) + 1, this);
        button->setObjectName(QStringLiteral("step%1").arg(static_cast<int>(step) + 1));
        connect(button, &QAbstractButton::clicked, this, [this, step] { Q_EMIT stepChosen(step); });
        row->addWidget(button);
        m_buttons[static_cast<std::size_t>(step)] = button;
    }
    retranslate();
}

QString StepBar::title(Step step)
{
    switch (step) {
    case Step::Model: return tr("Model");
    case Step::Data: return tr("Data");
    case Step::Adapt: return tr("Adapt");
    case Step::Train: return tr("Train");
    case Step::Judge: return tr("Judge");
    case Step::Export: return tr("Export");
    }
    return {};
}

void StepBar::setCurrent(Step step)
{
    for (const Step each : allSteps)
        button(each)->setCurrent(each == step);
}

void StepBar::setState(Step step, StepState state)
{
    button(step)->setState(state);
}

void StepBar::retranslate()
{
    for (const Step step : allSteps) {
        button(step)->setText(title(step));
        button(step)->setState(button(step)->state());
        button(step)->updateGeometry();
    }
}

void StepBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StepBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Dark), 1));
    for (std::size_t i = 1; i < m_buttons.size(); ++i) {
        const int y = height() / 2;
        painter.drawLine(m_buttons[i - 1]->geometry().right() + 2, y, m_buttons[i]->geometry().left() - 2, y);
    }
}

} // namespace graft
