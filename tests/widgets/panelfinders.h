#pragma once
#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <algorithm>

/// Finds what a person would look for in a panel.
namespace panelfinders {

/// The field with that accessible name.
template <typename Widget>
Widget *field(const QWidget &panel, const QString &accessibleName)
{
    for (Widget *widget : panel.findChildren<Widget *>()) {
        if (widget->accessibleName() == accessibleName)
            return widget;
    }
    qFatal("no field '%s'", qPrintable(accessibleName));
}

inline QPushButton *button(const QWidget &panel, const QString &text)
{
    for (QPushButton *one : panel.findChildren<QPushButton *>()) {
        if (one->text() == text)
            return one;
    }
    qFatal("no button '%s'", qPrintable(text));
}

inline bool shows(const QWidget &panel, const QString &text)
{
    const auto labels = panel.findChildren<QLabel *>();
    return std::any_of(
        labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

} // namespace panelfinders
