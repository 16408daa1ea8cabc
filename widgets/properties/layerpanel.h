#pragma once
#include "common/retranslation.h"
#include "core/tensor.h"
#include "graph/analysis.h"
#include "graph/network.h"

#include <QWidget>
#include <utility>
#include <vector>

class QCheckBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QVBoxLayout;

namespace graft {

/// The chosen layer, or the sums of several: what it is, what it costs, whether it is frozen, how its weights look. Shows copies; changes
/// nothing itself.
class LayerPanel : public QWidget {
    Q_OBJECT

public:
    explicit LayerPanel(QWidget *parent = nullptr);
    void showNothing();
    /// Ids that the network does not have are left out. Clears the statistics when other layers are chosen than before.
    void showLayers(const Network &network, const NetworkAnalysis &analysis, const std::vector<LayerId> &layers);
    /// Of the chosen layers' tensors, in the order to be shown; the name may be short ("weight") or full.
    void setStatistics(const std::vector<std::pair<QString, TensorStatistics>> &statistics);
    /// While false (during training) the layer is shown and cannot be changed.
    void setEditable(bool editable);

Q_SIGNALS:
    void freezeRequested(const std::vector<graft::LayerId> &layers, bool frozen);
    void freezeBeforeRequested(graft::LayerId layer);
    void learningRateFactorRequested(const std::vector<graft::LayerId> &layers, double factor);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildHeader(QVBoxLayout *column);
    void buildFacts(QVBoxLayout *column);
    void buildAdaptation(QVBoxLayout *column);
    void buildStatistics(QVBoxLayout *column);
    void refresh();
    void refreshSums(const std::vector<const Layer *> &layers);
    void refreshOne(const Layer &layer);
    void refreshAdaptation(const std::vector<const Layer *> &layers);
    void refreshStatistics();
    void setStatisticsRow(int row, const QString &name, const TensorStatistics &figures);
    static void addFact(QFormLayout *form, const QString &title, const QString &value, const QString &help);
    [[nodiscard]] QString frozenMeaning(const std::vector<const Layer *> &layers, std::ptrdiff_t frozen) const;
    [[nodiscard]] QString shapeOf(const QString &tensorName) const;
    [[nodiscard]] std::vector<const Layer *> shownLayers() const;

    Retranslation m_texts;
    Network m_network;
    NetworkAnalysis m_analysis;
    std::vector<LayerId> m_layers;
    std::vector<std::pair<QString, TensorStatistics>> m_statistics;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_kind = nullptr;
    QLabel *m_help = nullptr;
    QFormLayout *m_facts = nullptr;
    QLabel *m_attributesTitle = nullptr;
    QFormLayout *m_attributes = nullptr;
    QCheckBox *m_frozen = nullptr;
    QLabel *m_frozenMeaning = nullptr;
    QPushButton *m_freezeBefore = nullptr;
    QFormLayout *m_rateForm = nullptr;
    QDoubleSpinBox *m_rateFactor = nullptr;
    QLabel *m_statisticsTitle = nullptr;
    QTableWidget *m_table = nullptr;
    bool m_editable = true;
};

} // namespace graft
