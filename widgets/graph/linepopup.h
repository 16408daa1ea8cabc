#pragma once
#include <QFrame>
#include <functional>

class QLabel;
class QLineEdit;

namespace graft {

/// A line to type into that pops up where it is needed: Enter takes the text while it is valid, Escape or a click elsewhere does nothing.
/// Deletes itself when it closes.
class LinePopup : public QFrame {
    Q_OBJECT

public:
    struct Judgement {
        bool isValid = false;
        QString note; ///< what the text would do, or what is wrong with it
    };
    using Judge = std::function<Judgement(const QString &text)>;

    LinePopup(const QString &title, const QString &placeholder, Judge judge, QWidget *parent);
    void setText(const QString &text);
    /// Offered while one types, where they have the text anywhere in them.
    void setSuggestions(const QStringList &suggestions);
    void popUp(const QPoint &globalPlace);

Q_SIGNALS:
    void accepted(const QString &text);
    /// The text as it is being typed; empty when the popup closes.
    void textChanged(const QString &text);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void judge();

    Judge m_judge;
    QLineEdit *m_line;
    QLabel *m_note;
};

} // namespace graft
