#pragma once
#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace graft {

/// A part of a panel under a title; a click on the title, or Space on it, folds it away and brings it back, into view in a panel that
/// scrolls. Folded at first.
class FoldingSection : public QWidget {
    Q_OBJECT
public:
    explicit FoldingSection(QWidget *parent = nullptr);
    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);
    /// Where its content goes.
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

private:
    void scrollIntoView();

    QToolButton *m_title;
    QWidget *m_content;
    QVBoxLayout *m_column;
};

} // namespace graft
