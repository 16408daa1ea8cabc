#include "properties/foldingsection.h"

#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace graft {

FoldingSection::FoldingSection(QWidget *parent)
    : QWidget(parent), m_title(new QToolButton), m_content(new QWidget), m_column(new QVBoxLayout(m_content))
{
    m_title->setCheckable(true);
    m_title->setAutoRaise(true);
    m_title->setArrowType(Qt::RightArrow);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_column->setContentsMargins(0, 4, 0, 4);
    m_column->setSpacing(8);
    m_content->hide();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_title);
    rows->addWidget(m_content);
    connect(m_title, &QToolButton::toggled, this, [this](bool open) {
        m_title->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_content->setVisible(open);
        if (open)
            QTimer::singleShot(0, this, &FoldingSection::scrollIntoView); // once it has its place
    });
}

void FoldingSection::scrollIntoView()
{
    for (QWidget *outer = parentWidget(); outer; outer = outer->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(outer)) {
            area->ensureWidgetVisible(this, 0, 0);
            return area->ensureWidgetVisible(m_title, 0, 0); // where not all of it has room
        }
}

void FoldingSection::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString FoldingSection::title() const
{
    return m_title->text();
}

bool FoldingSection::isOpen() const
{
    return m_title->isChecked();
}

void FoldingSection::setOpen(bool open)
{
    m_title->setChecked(open);
}

} // namespace graft
