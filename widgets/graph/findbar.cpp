#include "graph/findbar.h"

#include "common/icons.h"
#include "graph/layerquery.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace graft {

namespace {

constexpr int lineWidth = 230; ///< where there is room
constexpr int leastLineWidth = 90;

} // namespace

FindBar::FindBar(QWidget *parent)
    : QWidget(parent), m_places(new QLabel(this)), m_previous(new QToolButton(this)), m_next(new QToolButton(this)),
      m_line(new QLineEdit(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_places->setBackgroundRole(QPalette::Base);
    m_places->setAutoFillBackground(true);
    m_places->setMargin(4);
    row->addWidget(m_places);
    addButton(m_previous, "chevron-up", -1);
    addButton(m_next, "chevron-down", 1);
    m_line->setClearButtonEnabled(true);
    m_line->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_line->setMinimumWidth(leastLineWidth);
    m_line->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_line->installEventFilter(this);
    row->addWidget(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &FindBar::textChanged);
    m_texts.add([this] {
        m_previous->setToolTip(tr("Previous (Shift+Enter, Shift+F3)"));
        m_next->setToolTip(tr("Next (Enter, F3)"));
        m_previous->setAccessibleName(tr("Previous layer found"));
        m_next->setAccessibleName(tr("Next layer found"));
        m_line->setPlaceholderText(tr("conv, 512×7×7, >1M, frozen"));
        m_line->setToolTip(LayerQuery::help());
        m_line->setAccessibleName(tr("Search layers"));
        refresh();
    });
}

void FindBar::addButton(QToolButton *button, const char *iconName, int by)
{
    button->setIcon(icon(QLatin1String(iconName)));
    button->setIconSize(QSize(18, 18));
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this, by] { step(by); });
    layout()->addWidget(button);
}

QSize FindBar::sizeHint() const
{
    return QWidget::sizeHint() + QSize(lineWidth - m_line->sizeHint().width(), 0);
}

void FindBar::begin()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FindBar::setCount(int count)
{
    m_count = count;
    m_index = -1;
    refresh();
}

void FindBar::step(int by)
{
    if (m_count == 0)
        return;
    m_index = m_index < 0 ? (by > 0 ? 0 : m_count - 1) : (m_index + by + m_count) % m_count;
    refresh();
    Q_EMIT shown(m_index);
}

void FindBar::refresh()
{
    const bool isSearching = !m_line->text().trimmed().isEmpty();
    m_places->setVisible(isSearching);
    m_previous->setVisible(isSearching && m_count > 0);
    m_next->setVisible(isSearching && m_count > 0);
    const QLocale locale;
    m_places->setText(m_index < 0 ? tr("%1 found").arg(locale.toString(m_count))
                                  : tr("%1 of %2").arg(locale.toString(m_index + 1), locale.toString(m_count)));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isShifted = key->modifiers() & Qt::ShiftModifier;
    int by = 0;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3: by = isShifted ? -1 : 1; break;
    case Qt::Key_Down: by = 1; break;
    case Qt::Key_Up: by = -1; break;
    case Qt::Key_Escape: break;
    default: return QWidget::eventFilter(watched, event);
    }
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true;
    if (by != 0) {
        step(by);
    } else {
        m_line->clear();
        Q_EMIT left();
    }
    return true;
}

void FindBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
}

} // namespace graft
