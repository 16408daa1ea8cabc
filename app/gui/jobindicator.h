#pragma once
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace graft {

class JobTracker;

/// What is being worked on, how far it is, and a button to cancel it; shown only for what takes longer than 0.3 s.
class JobIndicator : public QWidget {
    Q_OBJECT
public:
    explicit JobIndicator(JobTracker &jobs, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    JobTracker &m_jobs;
    QString m_lane;
    QTimer m_patience;
    QLabel *m_title = nullptr;
    QProgressBar *m_bar = nullptr;
    QToolButton *m_cancel = nullptr;
};

} // namespace graft
