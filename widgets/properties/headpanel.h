#pragma once
#include "common/retranslation.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace graft {

class ShareBar;

/// The head that the network has, the classes that the data has, and how much of the network is trained.
class HeadPanel : public QWidget {
    Q_OBJECT

public:
    explicit HeadPanel(QWidget *parent = nullptr);
    /// `layerName` empty: the network has no head that can be replaced. `classesFound` 0: no data yet.
    void setState(const QString &layerName, qint64 outputs, qint64 classesFound);
    void setTotals(qint64 trainable, qint64 total); ///< parameters
    /// While false (during training) nothing can be requested.
    void setEditable(bool editable);

Q_SIGNALS:
    void replaceHeadRequested();
    void freezeSettingRequested(const QString &setting); ///< "all-but-head" or "none"

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    Retranslation m_texts;
    QString m_layerName;
    qint64 m_outputs = 0;
    qint64 m_classesFound = 0;
    qint64 m_trainable = 0;
    qint64 m_total = 0;
    bool m_editable = true;
    QLabel *m_head = nullptr;
    QLabel *m_advice = nullptr;
    QPushButton *m_replace = nullptr;
    QLabel *m_totals = nullptr;
    ShareBar *m_bar = nullptr;
    QPushButton *m_freezeTrunk = nullptr;
    QPushButton *m_freezeNothing = nullptr;
};

} // namespace graft
