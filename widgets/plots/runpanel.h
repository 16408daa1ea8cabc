#pragma once
#include "common/retranslation.h"
#include "training/session.h"

#include <QWidget>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace graft {

enum class RunState {
    Idle, ///< something is missing; the hint says what
    Ready, ///< can be started
    Running,
    Paused,
    Stopping, ///< stop was asked for, a checkpoint is being written
    Done, ///< ended or stopped; can be started again
    Failed, ///< the message says why; can be started again
};

/// Start, pause, resume and stop a run, and how far it is.
class RunPanel : public QWidget {
    Q_OBJECT

public:
    explicit RunPanel(QWidget *parent = nullptr);
    void setState(RunState state);
    [[nodiscard]] RunState state() const { return m_state; }
    void setProgress(const Progress &progress, int epochs);
    /// 0 … 1; epoch 0 = none yet. `sets` when there are several label sets.
    void setBest(int epoch, double accuracy, const std::vector<SetMetrics> &sets = {});
    void setMessage(const QString &message); ///< the status line; empty = the state's own words
    void setHint(const QString &hint); ///< why it cannot be started; shown while Idle

Q_SIGNALS:
    void startRequested();
    void pauseRequested();
    void resumeRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString bestText() const;

    Retranslation m_texts;
    RunState m_state = RunState::Idle;
    Progress m_progress;
    int m_epochs = 0;
    int m_bestEpoch = 0;
    double m_bestAccuracy = 0;
    std::vector<SetMetrics> m_bestOfSets;
    QString m_message;
    QString m_hint;
    QPushButton *m_start = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_stop = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_progressText = nullptr;
    QLabel *m_status = nullptr;
    QLabel *m_best = nullptr;
};

} // namespace graft
