#include "properties/namefield.h"

#include "common/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace graft {

NameField::NameField(QWidget *parent) : QWidget(parent), m_line(new QLineEdit), m_error(new QLabel)
{
    QFont font = m_line->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setBold(true);
    m_line->setFont(font);
    m_line->setMinimumWidth(1);
    m_line->installEventFilter(this);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_line);
    column->addWidget(m_error);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, m_error, &QWidget::hide);
    connect(m_line, &QLineEdit::returnPressed, this, &NameField::ask);
}

void NameField::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    revert();
}

void NameField::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    refreshLook();
}

void NameField::refreshLook()
{
    QPalette look = palette();
    if (m_line->isReadOnly())
        look.setColor(QPalette::Base, Qt::transparent);
    m_line->setPalette(look);
    m_line->setFrame(!m_line->isReadOnly());
}

void NameField::startEditing()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void NameField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
    QWidget::changeEvent(event);
}

void NameField::showError(const QString &sentence)
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, errorColor());
    m_error->setPalette(palette);
    m_error->setText(sentence);
    m_error->show();
}

void NameField::ask()
{
    const QString wanted = m_line->text().trimmed();
    if (wanted.isEmpty() || wanted == m_name)
        return revert();
    Q_EMIT renameRequested(wanted);
    if (m_name != wanted && !m_error->isVisibleTo(this))
        revert(); // nobody took it
}

void NameField::revert()
{
    m_line->setText(m_name);
    m_line->setCursorPosition(0);
    m_line->setToolTip(m_name);
    m_error->hide();
}

bool NameField::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason && !m_line->isReadOnly())
        m_error->isVisibleTo(this) ? revert() : ask();
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        revert();
        return true;
    }
    return false;
}

} // namespace graft
