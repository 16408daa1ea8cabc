#pragma once
#include <QWidget>

class QLabel;
class QLineEdit;

namespace graft {

/// A name that stands as a heading and can be changed where it stands: Enter or leaving asks for it, Escape takes it back.
class NameField : public QWidget {
    Q_OBJECT

public:
    explicit NameField(QWidget *parent = nullptr);
    /// What is being typed stays while the name is the same.
    void setName(const QString &name);
    [[nodiscard]] QString name() const { return m_name; }
    void setReadOnly(bool readOnly);
    /// Puts the keyboard into it, all of the name marked.
    void startEditing();
    /// Why the name that was asked for cannot be; shown until another is typed.
    void showError(const QString &sentence);

Q_SIGNALS:
    void renameRequested(const QString &name);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask();
    void revert();
    void refreshLook();

    QString m_name;
    QLineEdit *m_line;
    QLabel *m_error;
};

} // namespace graft
