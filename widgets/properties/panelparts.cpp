#include "properties/panelparts.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace graft {

namespace {

/// Lives on the field that it guards.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() != QEvent::Wheel || !widget || widget->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

void copySelection(const QTableWidget *table)
{
    QStringList lines;
    for (const QTableWidgetSelectionRange &range : table->selectedRanges()) {
        for (int row = range.topRow(); row <= range.bottomRow(); ++row) {
            QStringList cells;
            for (int column = range.leftColumn(); column <= range.rightColumn(); ++column) {
                const QTableWidgetItem *item = table->item(row, column);
                // A second line in a cell becomes a column of its own.
                cells << (item ? item->text().replace(QLatin1Char('\n'), QLatin1Char('\t')) : QString());
            }
            lines << cells.join(QLatin1Char('\t'));
        }
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// Lives on the table that it serves.
class CopyFilter : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *table = qobject_cast<QTableWidget *>(watched);
        if (event->type() != QEvent::KeyPress || !table || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
            return false;
        copySelection(table);
        return true;
    }
};

} // namespace

QVBoxLayout *makeScrollingColumn(QWidget *panel, QWidget **content)
{
    auto *outer = new QVBoxLayout(panel);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *area = new QScrollArea(panel);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(area);
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    area->setWidget(inner);
    if (content)
        *content = inner;
    return column;
}

QFormLayout *makeForm()
{
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    return form;
}

QLabel *makeHeading()
{
    auto *label = new QLabel;
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(0, 8, 0, 0);
    label->setWordWrap(true);
    return label;
}

QLabel *makeValueLabel()
{
    auto *label = new QLabel;
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setCursor(Qt::IBeamCursor);
    return label;
}

QLabel *makeNote()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *addFormRow(QFormLayout *form, QWidget *field, Retranslation &texts, const TextSource &title, const TextSource &help)
{
    auto *label = new QLabel;
    label->setBuddy(field);
    form->addRow(label, field);
    guardAgainstWheel(field);
    texts.add([label, field, title, help] {
        label->setText(title());
        label->setToolTip(help());
        field->setToolTip(help());
        field->setAccessibleName(title());
        field->setAccessibleDescription(help());
    });
    return label;
}

void alignLabels(std::initializer_list<QFormLayout *> forms)
{
    std::vector<QWidget *> labels;
    int widest = 0;
    for (const QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole);
            if (!item || !item->widget())
                continue;
            labels.push_back(item->widget());
            widest = std::max(widest, item->widget()->sizeHint().width());
        }
    }
    for (QWidget *label : labels)
        label->setMinimumWidth(std::min(widest, label->fontMetrics().averageCharWidth() * 20));
}

void makeCopyable(QTableWidget *table)
{
    table->installEventFilter(new CopyFilter(table));
}

void makeNarrow(QComboBox *box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
}

void guardAgainstWheel(QWidget *field)
{
    if (field->focusPolicy() == Qt::WheelFocus)
        field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(new WheelGuard(field));
}

} // namespace graft
