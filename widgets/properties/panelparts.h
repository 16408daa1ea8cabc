#pragma once
#include "common/retranslation.h"

#include <QObject>
#include <QString>
#include <functional>
#include <initializer_list>

class QComboBox;
class QFormLayout;
class QLabel;
class QTableWidget;
class QVBoxLayout;
class QWidget;

namespace graft {

/// A text that is asked for again when the language changes: `[this] { return tr("Momentum"); }`.
using TextSource = std::function<QString()>;

/// A column that fills `panel` and scrolls when the panel is lower than its content; `content` gets the scrolled widget.
QVBoxLayout *makeScrollingColumn(QWidget *panel, QWidget **content = nullptr);
/// A form for a narrow panel: a long label takes a line of its own instead of being cut.
QFormLayout *makeForm();
/// A section's heading.
QLabel *makeHeading();
/// A text that can be marked with mouse and keyboard, copied, and wraps.
QLabel *makeValueLabel();
/// A smaller, quieter text that explains; wraps.
QLabel *makeNote();
/// Adds a row whose label, explanation (tooltip and for screen readers) and accessible name follow the language.
QLabel *addFormRow(QFormLayout *form, QWidget *field, Retranslation &texts, const TextSource &title, const TextSource &help);
/// Gives the labels of several forms one width, so that their fields stand in one column.
void alignLabels(std::initializer_list<QFormLayout *> forms);
/// "1 file" or "12 files": the source texts need no translation to be right.
inline QString counted(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many;
}
/// Lets Ctrl+C copy the marked cells of a table, tab-separated.
void makeCopyable(QTableWidget *table);
/// Lets a list of choices be narrower than its longest one.
void makeNarrow(QComboBox *box);
/// Lets the wheel scroll the panel over a field that has not been clicked, instead of changing its value.
void guardAgainstWheel(QWidget *field);

} // namespace graft
