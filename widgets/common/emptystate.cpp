#include "common/emptystate.h"
#include "common/icons.h"
#include "common/theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

namespace graft {

namespace {

constexpr int pictureSide = 56;
constexpr int textWidth = 380;

} // namespace

EmptyState::EmptyState(const QString &iconName, const QString &title, const QString &explanation, QWidget *parent)
    : QWidget(parent), m_iconName(iconName), m_picture(new QLabel), m_title(new QLabel(title)), m_explanation(new QLabel(explanation)),
      m_buttons(new QHBoxLayout)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    for (QLabel *label : {m_picture, m_title, m_explanation}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(label != m_picture);
    }
    m_explanation->setMaximumWidth(textWidth);
    m_explanation->setMinimumWidth(std::min(textWidth, 200));
    m_buttons->setSpacing(8);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(2);
    column->addWidget(m_picture);
    column->addSpacing(8);
    column->addWidget(m_title);
    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(m_explanation, 1);
    middle->addStretch();
    column->addLayout(middle);
    column->addSpacing(12);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(m_buttons);
    row->addStretch();
    column->addLayout(row);
    column->addStretch(3);
    recolor();
}

void EmptyState::setTitle(const QString &title)
{
    m_title->setText(title);
}

void EmptyState::setExplanation(const QString &explanation)
{
    m_explanation->setText(explanation);
}

QPushButton *EmptyState::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setMinimumSize(button->sizeHint().width() + 28, 34);
    m_buttons->addWidget(button);
    if (m_buttons->count() == 1) {
        m_main = button;
        recolor();
    }
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void EmptyState::recolor()
{
    m_picture->setPixmap(icon(m_iconName, mutedTextColor()).pixmap(QSize(pictureSide, pictureSide), devicePixelRatioF()));
    QPalette muted = m_explanation->palette();
    if (muted.color(QPalette::WindowText) != mutedTextColor()) {
        muted.setColor(QPalette::WindowText, mutedTextColor());
        m_explanation->setPalette(muted);
    }
    if (m_main && m_main->palette().color(QPalette::Button) != accentColor()) {
        QPalette filled = m_main->palette();
        filled.setColor(QPalette::Button, accentColor());
        filled.setColor(QPalette::ButtonText, filled.color(QPalette::HighlightedText));
        m_main->setPalette(filled);
    }
}

} // namespace graft
