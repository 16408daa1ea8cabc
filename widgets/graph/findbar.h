#pragma once
#include "common/retranslation.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace graft {

/// The line that layers are found with: says how many there are and which of them is shown, goes to the next and the previous one.
class FindBar : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Takes the keyboard.
    void begin();
    /// How many layers fit the text now.
    void setCount(int count);
    /// Goes on by so many (1 or -1), around the ends.
    void step(int by);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void textChanged(const QString &text);
    /// Shows the one of this number, from 0.
    void shown(int index);
    /// Escape: the search is over.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addButton(QToolButton *button, const char *iconName, int by);
    void refresh();

    QLabel *m_places;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLineEdit *m_line;
    int m_count = 0;
    int m_index = -1; ///< -1 = none was shown yet
    Retranslation m_texts;
};

} // namespace graft
