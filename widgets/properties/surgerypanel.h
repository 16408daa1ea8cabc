#pragma once
#include "common/retranslation.h"
#include "graph/adapters.h"
#include "graph/heads.h"
#include "graph/surgery.h"

#include <QWidget>
#include <array>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace graft {

class FoldingSection;
class NumberField;

/// Changes to the whole build of a network: use its first blocks only, other inputs, other activations, low-rank adapters.
class SurgeryPanel : public QWidget {
    Q_OBJECT

public:
    explicit SurgeryPanel(QWidget *parent = nullptr);
    void setNetwork(const Network &network);
    void setSelection(const std::vector<LayerId> &layers);
    /// The head that a cut would get.
    void setPlan(const HeadPlan &plan);
    void setEditable(bool editable);
    enum Section { Adapters, Input, Activations, Cut, SectionCount };
    /// Folded at first.
    [[nodiscard]] const std::array<FoldingSection *, SectionCount> &sections() const { return m_sections; }

Q_SIGNALS:
    void titlesChanged(); ///< those of sections(), with the language
    void cutRequested(graft::LayerId layer);
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
    void buildCut(QVBoxLayout *column);
    void buildInput(QVBoxLayout *column);
    void buildActivation(QVBoxLayout *column);
    void buildAdapters(QVBoxLayout *column);
    void connectAdapters();
    void connectParts();
    void refresh();
    void refreshCut();
    void refreshInput();
    void refreshActivations();
    void refreshSwap();
    void refreshAdapters();
    [[nodiscard]] std::vector<LayerId> adaptable() const; ///< of the chosen layers, those that can get an adapter
    [[nodiscard]] std::vector<LayerId> activations(const std::string &type) const;
    [[nodiscard]] const Layer *cutLayer() const; ///< the last of the chosen ones; nullptr when there is none

    Retranslation m_texts;
    std::array<FoldingSection *, SectionCount> m_sections{};
    Network m_network;
    std::vector<LayerId> m_selection;
    HeadPlan m_plan;
    bool m_editable = true;
    QPushButton *m_cut = nullptr;
    QLabel *m_cutMeaning = nullptr;
    NumberField *m_size = nullptr;
    QPushButton *m_setSize = nullptr;
    NumberField *m_channels = nullptr;
    QComboBox *m_rule = nullptr;
    QPushButton *m_setChannels = nullptr;
    QComboBox *m_from = nullptr;
    QComboBox *m_to = nullptr;
    QPushButton *m_swap = nullptr;
    QComboBox *m_adapter = nullptr;
    NumberField *m_rank = nullptr;
    NumberField *m_alpha = nullptr;
    QLabel *m_alphaTitle = nullptr;
    QPushButton *m_addAdapters = nullptr;
    QPushButton *m_mergeAdapters = nullptr;
};

} // namespace graft
