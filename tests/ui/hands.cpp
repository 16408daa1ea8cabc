#include "hands.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace hands {

void click(QAbstractButton *button)
{
    QVERIFY(button);
    QVERIFY2(button->isVisible(), qPrintable(button->objectName() + button->text()));
    QVERIFY2(button->isEnabled(), qPrintable(button->objectName() + button->text()));
    QTest::mouseClick(button, Qt::LeftButton, Qt::NoModifier, button->rect().center());
}

void clickAt(QWidget *widget, const QPoint &place)
{
    QTest::mouseMove(widget, place);
    QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, place);
}

void drop(QWidget *onto, const QString &path)
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    const QPoint middle = onto->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(onto, &enter);
    QVERIFY2(enter.isAccepted(), "the window takes what is dragged over it");
    QDropEvent drop(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(onto, &drop);
}

QAbstractButton *buttonNamed(QWidget *parent, const QString &text)
{
    const QString wanted = QString(text).remove(QLatin1Char('&'));
    for (QAbstractButton *button : parent->findChildren<QAbstractButton *>())
        if (button->isVisible() && button->text().remove(QLatin1Char('&')) == wanted)
            return button;
    return nullptr;
}

} // namespace hands
