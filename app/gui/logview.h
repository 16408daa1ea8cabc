#pragma once
#include <QPlainTextEdit>

namespace graft {

/// What happened, a line each with its time; for looking back and for copying.
class LogView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);
    void add(const QString &line);
};

} // namespace graft
