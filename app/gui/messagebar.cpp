#include "gui/messagebar.h"
#include "common/icons.h"
#include "common/theme.h"
#include "gui/errortext.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace graft {

MessageBar::MessageBar(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(12);
    m_icon = new QLabel;
    row->addWidget(m_icon, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    m_headline = new QLabel;
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    m_detail = new QLabel;
    for (QLabel *label : {m_headline, m_detail}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    row->addLayout(column, 1);
    m_offers = new QHBoxLayout;
    m_offers->setSpacing(8);
    row->addLayout(m_offers);
    row->setAlignment(m_offers, Qt::AlignTop);
    m_copy = new QPushButton;
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    row->addWidget(m_copy, 0, Qt::AlignTop);
    m_close = new QToolButton;
    m_close->setAutoRaise(true);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    row->addWidget(m_close, 0, Qt::AlignTop);
    refresh();
    hide();
}

void MessageBar::showError(const Error &error)
{
    m_error = error;
    m_note = {};
    setOffers({});
    refresh();
    show();
}

void MessageBar::showNote(const Wording &text, const std::vector<Offer> &offers)
{
    m_note = text;
    setOffers(offers);
    refresh();
    show();
}

void MessageBar::setOffers(const std::vector<Offer> &offers)
{
    while (QLayoutItem *item = m_offers->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the one that was just pressed
        delete item;
    }
    m_offered.clear();
    for (const auto &[text, accept] : offers) {
        auto *button = new QPushButton;
        connect(button, &QPushButton::clicked, this, [this, accept = accept] {
            hide();
            accept();
        });
        m_offers->addWidget(button);
        m_offered.emplace_back(button, text);
    }
}

void MessageBar::dismissNote()
{
    if (!m_note.isEmpty())
        hide();
}

QString MessageBar::text() const
{
    return m_note.isEmpty() ? m_headline->text() + QLatin1Char('\n') + m_detail->text() : m_note.text();
}

void MessageBar::refresh()
{
    const bool isNote = !m_note.isEmpty();
    m_icon->setPixmap(
        icon(isNote ? QStringLiteral("info") : QStringLiteral("warning"), isNote ? accentColor() : warningColor()).pixmap(20, 20));
    m_headline->setText(isNote ? m_note.text() : headline(m_error.code));
    m_detail->setText(isNote ? QString() : QString::fromStdString(m_error.message));
    m_detail->setVisible(!isNote);
    for (const auto &[button, text] : m_offered)
        button->setText(text.text());
    m_copy->setText(tr("Copy"));
    m_copy->setVisible(!isNote);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
}

void MessageBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        refresh();
    QFrame::changeEvent(event);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor tint = m_note.isEmpty() ? warningColor() : accentColor();
    painter.fillRect(rect(), blend(palette().color(QPalette::Window), tint, 0.14));
    painter.fillRect(QRect(0, 0, 4, height()), tint);
}

} // namespace graft
