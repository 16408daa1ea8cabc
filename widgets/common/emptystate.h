#pragma once
#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace graft {

/// What stands where nothing is yet: an icon, a title, what to do next, and one or two buttons to do it there.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString &iconName, const QString &title, const QString &explanation, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setExplanation(const QString &explanation);
    /// The first button is the main one. Connect its `clicked`.
    QPushButton *addAction(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolor();

    QString m_iconName;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_explanation;
    QBoxLayout *m_buttons;
    QPushButton *m_main = nullptr;
};

} // namespace graft
