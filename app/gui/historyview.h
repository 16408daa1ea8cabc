#pragma once
#include <QUndoView>

namespace graft {

/// The steps of the undo stack, one a line; a click goes back or forth to there. A mark stands where the project was saved.
class HistoryView : public QUndoView {
    Q_OBJECT
public:
    explicit HistoryView(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
};

} // namespace graft
