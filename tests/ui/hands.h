#pragma once
#include <QString>

class QAbstractButton;
class QPoint;
class QRect;
class QWidget;

/// What a person's hands do, on the real widgets: through Qt's own event delivery.
namespace hands {

/// Clicks the middle of a button; fails the test when it cannot be seen or used.
void click(QAbstractButton *button);
void clickAt(QWidget *widget, const QPoint &place);
/// Drags a file or folder onto the widget and lets go.
void drop(QWidget *onto, const QString &path);
/// The visible button in `parent` that bears this text, mnemonics aside; null when there is none.
[[nodiscard]] QAbstractButton *buttonNamed(QWidget *parent, const QString &text);

} // namespace hands
