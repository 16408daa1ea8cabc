#include "graph/linepopup.h"

#include "common/theme.h"

#include <QCloseEvent>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

constexpr int popupWidth = 280;

} // namespace

LinePopup::LinePopup(const QString &title, const QString &placeholder, Judge judge, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_judge(std::move(judge)), m_line(new QLineEdit(this)), m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    auto *name = new QLabel(title, this);
    name->setBuddy(m_line);
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(title);
    m_note->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(4);
    column->addWidget(name);
    column->addWidget(m_line);
    column->addWidget(m_note);
    setFixedWidth(popupWidth);
    connect(m_line, &QLineEdit::textChanged, this, &LinePopup::judge);
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_line->text().trimmed();
        if (!m_judge(text).isValid)
            return;
        close();
        Q_EMIT accepted(text);
    });
    this->judge();
}

void LinePopup::setText(const QString &text)
{
    m_line->setText(text);
    m_line->selectAll();
}

void LinePopup::setSuggestions(const QStringList &suggestions)
{
    auto *completer = new QCompleter(suggestions, m_line);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_line->setCompleter(completer);
}

void LinePopup::judge()
{
    const QString text = m_line->text().trimmed();
    const Judgement judgement = text.isEmpty() ? Judgement{true, {}} : m_judge(text);
    m_note->setText(judgement.note.isEmpty() ? QStringLiteral(" ") : judgement.note);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, judgement.isValid ? mutedTextColor() : errorColor());
    m_note->setPalette(colors);
    // The sentence may need another line.
    adjustSize();
    Q_EMIT textChanged(judgement.isValid ? text : QString());
}

void LinePopup::popUp(const QPoint &globalPlace)
{
    adjustSize();
    QPoint place = globalPlace;
    if (const QScreen *screen = parentWidget()->screen()) {
        const QRect free = screen->availableGeometry();
        place.setX(std::clamp(place.x(), free.left(), std::max(free.left(), free.right() - width())));
        place.setY(std::clamp(place.y(), free.top(), std::max(free.top(), free.bottom() - height())));
    }
    move(place);
    show();
    m_line->setFocus(Qt::PopupFocusReason);
}

void LinePopup::closeEvent(QCloseEvent *event)
{
    QFrame::closeEvent(event);
    Q_EMIT textChanged(QString());
}

} // namespace graft
