#pragma once
#include "common/retranslation.h"
#include "graph/adapters.h"
#include "graph/heads.h"
#include "graph/surgery.h"

#include <QTimer>
#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace graft {

class FreezeFinder;
class HeadForm;
class HeadSketch;
class ShareBar;
class SurgeryPanel;

/// The head that the network has and the one it could get, how much of the network is trained, and what else can be done to its build.
class HeadPanel : public QWidget {
    Q_OBJECT

public:
    explicit HeadPanel(QWidget *parent = nullptr);
    /// `layerName` empty: the network has no head that can be replaced. `classesFound` 0: no data yet.
    void setState(const QString &layerName, qint64 outputs, qint64 classesFound);
    /// Those that the outputs are of and those of the data; empty = one each. Call it before setState().
    void setLabelSets(const std::vector<LabelSet> &ofModel, const std::vector<LabelSet> &ofData);
    void setTotals(qint64 trainable, qint64 total); ///< parameters
    /// What the sketch and the surgery are about.
    void setNetwork(const Network &network);
    void setSelection(const std::vector<LayerId> &layers);
    /// While false (during training) nothing can be requested.
    void setEditable(bool editable);

Q_SIGNALS:
    void replaceHeadRequested(const graft::HeadPlan &plan);
    void freezeRequested(const std::vector<graft::LayerId> &layers, bool frozen);
    void freezeSettingRequested(const QString &setting); ///< "all-but-head" or "none"
    void cutRequested(graft::LayerId layer, const graft::HeadPlan &plan);
    void inputSizeRequested(int pixels);
    void inputChannelsRequested(int channels, graft::ChannelWeights rule);
    void swapActivationsRequested(const std::vector<graft::LayerId> &layers, const QString &type);
    void loraRequested(const std::vector<graft::LayerId> &layers, const graft::LoraPlan &plan);
    void bottlenecksRequested(const std::vector<graft::LayerId> &layers, qint64 width);
    void mergeAdaptersRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void connectParts();
    void refresh();
    void refreshMore();
    void showSection(int index);
    void refreshHead();
    [[nodiscard]] QString headText() const;
    [[nodiscard]] QString adviceText(bool fits) const;
    [[nodiscard]] QString replaceText() const;
    void refreshShare();
    void refreshSketch();

    Retranslation m_texts;
    Network m_network;
    QString m_layerName;
    QString m_problem; ///< why the head that is asked for cannot be
    qint64 m_outputs = 0;
    qint64 m_classesFound = 0;
    std::vector<LabelSet> m_modelSets, m_dataSets;
    qint64 m_trainable = 0;
    qint64 m_total = 0;
    bool m_editable = true;
    QTimer m_sketchLater; ///< one sketch for several changes
    QLabel *m_head = nullptr;
    QLabel *m_advice = nullptr;
    HeadForm *m_form = nullptr;
    HeadSketch *m_sketch = nullptr;
    QLabel *m_sketchNote = nullptr;
    QPushButton *m_replace = nullptr;
    QLabel *m_totals = nullptr;
    ShareBar *m_bar = nullptr;
    QPushButton *m_freezeTrunk = nullptr;
    QPushButton *m_freezeNothing = nullptr;
    FreezeFinder *m_freezeFinder = nullptr;
    QLabel *m_more = nullptr; ///< leads to the sections below
    SurgeryPanel *m_surgery = nullptr;
};

} // namespace graft
