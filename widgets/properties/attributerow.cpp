#include "properties/attributerow.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "properties/attributetext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

constexpr int typingPause = 300; // ms
constexpr int frameWidth = 2;

} // namespace

AttributeRow::AttributeRow(Content content, QWidget *parent)
    : QWidget(parent), m_content(std::move(content)), m_editor(makeAttributeEditor(*m_content.schema, this)), m_reset(new QToolButton),
      m_error(new QLabel)
{
    m_reset->setAutoRaise(true);
    m_reset->setIcon(icon(QStringLiteral("reset")));
    QSizePolicy kept = m_reset->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(kept);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(frameWidth, frameWidth, 0, frameWidth);
    row->setSpacing(4);
    row->addWidget(m_editor, 1);
    row->addWidget(m_reset);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_error);
    setFocusProxy(m_editor);
    for (QWidget *part : findChildren<QWidget *>())
        part->installEventFilter(this);

    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_waiting)
            ask(std::exchange(m_waiting, std::nullopt));
    });
    connect(m_editor, &AttributeEditor::proposed, this, &AttributeRow::proposed);
    connect(m_editor, &AttributeEditor::unreadable, this, &AttributeRow::unreadable);
    connect(m_editor, &AttributeEditor::escaped, this, &AttributeRow::revert);
    connect(m_reset, &QToolButton::clicked, this, [this] { ask(std::nullopt); });
    setContent(m_content);
}

bool AttributeRow::fits(const AttributeSchema &other) const
{
    const AttributeSchema &own = schema();
    return own.name == other.name && own.defaultValue.index() == other.defaultValue.index() && own.length == other.length
        && own.choices == other.choices && own.minimum == other.minimum && own.maximum == other.maximum;
}

void AttributeRow::setContent(Content content)
{
    if (content.layers != m_content.layers) {
        // Typed for the layers that were chosen before: they get it, once the views are through with the change of selection.
        if (m_waiting)
            QTimer::singleShot(0, this, [this, layers = m_content.layers, name = fromEngine(schema().name), value = *m_waiting] {
                Q_EMIT requested(layers, name, value);
            });
        m_pause.stop();
        m_waiting.reset();
        m_refused.reset();
        m_dirty = false;
        m_error->hide();
    }
    m_content = std::move(content);
    if (!m_dirty)
        m_editor->setValues(m_content.values);
    retranslate();
    refreshEditable();
    update();
}

void AttributeRow::refreshEditable()
{
    const bool editable = m_editable && (m_content.type->forward || m_content.type->name == "Input");
    const bool differs = std::any_of(
        m_content.values.begin(), m_content.values.end(), [this](const AttributeValue &value) { return value != schema().defaultValue; });
    m_editor->setEnabled(editable);
    m_reset->setVisible(editable && !schema().required && differs);
}

void AttributeRow::setEditable(bool editable)
{
    m_editable = editable;
    refreshEditable();
}

bool AttributeRow::isShown(const AttributeValue &value) const
{
    return m_content.values.size() == 1 && m_content.values.front() == value;
}

void AttributeRow::proposed(const AttributeValue &value, InputMoment moment)
{
    m_pause.stop();
    m_waiting.reset();
    if (moment == InputMoment::Left && (isShown(value) || m_refused == value))
        return revert();
    const QString problem = attributeProblem(*m_content.type, m_content.firstName, schema(), value);
    if (!problem.isEmpty()) {
        m_dirty = true;
        return moment == InputMoment::Left ? revert() : showError(problem);
    }
    m_refused.reset();
    m_error->hide();
    update();
    if (moment != InputMoment::Typing)
        return ask(value);
    m_dirty = true;
    m_waiting = value;
    m_pause.start();
}

void AttributeRow::unreadable(const QString &expected, InputMoment moment)
{
    m_pause.stop();
    m_waiting.reset();
    m_dirty = true;
    moment == InputMoment::Left ? revert() : showError(expected);
}

void AttributeRow::ask(const std::optional<AttributeValue> &value)
{
    m_dirty = false;
    if (value && isShown(*value))
        return;
    const QPointer<AttributeRow> alive(this);
    m_refused.reset();
    const std::vector<AttributeValue> before = m_content.values;
    Q_EMIT requested(m_content.layers, fromEngine(schema().name), value);
    if (!alive || m_content.values != before)
        return;
    if (m_error->isVisibleTo(this)) {
        m_refused = value;
        m_dirty = true;
    } else {
        revert(); // nobody took it
    }
}

void AttributeRow::revert()
{
    m_pause.stop();
    m_waiting.reset();
    m_refused.reset();
    m_dirty = false;
    m_error->hide();
    m_editor->setValues(m_content.values);
    update();
}

void AttributeRow::showError(const QString &sentence)
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, errorColor());
    m_error->setPalette(palette);
    m_error->setText(sentence);
    m_error->show();
    fitError();
    update();
}

void AttributeRow::fitError()
{
    // The form asks for the height before it knows how narrow the column is.
    m_error->setMinimumHeight(m_error->isVisibleTo(this) ? m_error->heightForWidth(width()) : 0);
}

void AttributeRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitError();
}

QString AttributeRow::title() const
{
    const QString unit = attributeUnit(schema());
    const QString name = fromEngine(schema().name);
    return unit.isEmpty() ? name : tr("%1 (%2)", "attribute and its unit").arg(name, unit);
}

QString AttributeRow::help() const
{
    return attributeHelp(schema());
}

void AttributeRow::retranslate()
{
    const QString text = help();
    m_editor->setToolTip(text);
    m_editor->setNames(fromEngine(schema().name), text);
    const QString back = tr("Back to the default, %1").arg(fromEngine(describe(schema().defaultValue)));
    m_reset->setToolTip(back);
    m_reset->setAccessibleName(tr("%1: back to the default").arg(fromEngine(schema().name)));
}

void AttributeRow::paintEvent(QPaintEvent *)
{
    if (!m_error->isVisibleTo(this))
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(errorColor(), frameWidth));
    painter.drawRoundedRect(QRectF(m_editor->geometry()).adjusted(-1, -1, 1, 1), 3, 3);
}

bool AttributeRow::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::Enter)
        Q_EMIT focused();
    return false;
}

} // namespace graft
