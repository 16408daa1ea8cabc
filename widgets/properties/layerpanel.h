#pragma once
#include "common/retranslation.h"
#include "core/tensor.h"
#include "graph/analysis.h"

#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

class QFormLayout;
class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace graft {

class AttributeForm;
class FreezeSection;
class NameField;
class TensorTable;

/// The chosen layer, or several: what it is, what it costs, its settings to change, whether it is frozen, how its weights look. Shows
/// copies; says what the person wants.
class LayerPanel : public QWidget {
    Q_OBJECT

public:
    explicit LayerPanel(QWidget *parent = nullptr);
    ~LayerPanel() override;
    void showNothing();
    /// Ids that the network does not have are left out. Clears the statistics when other layers are chosen than before.
    void showLayers(const Network &network, const NetworkAnalysis &analysis, const std::vector<LayerId> &layers);
    /// What is wrong in the network; those about the chosen layers are shown. Stays until the next call.
    void setProblems(const std::vector<Error> &problems);
    /// Of the chosen layers' tensors, in the order to be shown; the name may be short ("weight") or full.
    void setStatistics(const std::vector<std::pair<QString, TensorStatistics>> &statistics);
    /// While false (during training) the layer is shown and cannot be changed.
    void setEditable(bool editable);
    /// Why what was just asked for cannot be, beside the field that it was asked in.
    void showAttributeError(const QString &attribute, const QString &sentence);
    void showNameError(const QString &sentence);
    /// Puts the keyboard into the name.
    void editName();

Q_SIGNALS:
    void freezeRequested(const std::vector<graft::LayerId> &layers, bool frozen);
    void freezeBeforeRequested(graft::LayerId layer);
    void learningRateFactorRequested(const std::vector<graft::LayerId> &layers, double factor);
    /// `layers` are those of the chosen ones that have the attribute; no value: the default.
    void attributeRequested(
        const std::vector<graft::LayerId> &layers, const QString &name, const std::optional<graft::AttributeValue> &value);
    void renameRequested(graft::LayerId layer, const QString &name);
    void renameBlockRequested(const QString &block, const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildHeader(QVBoxLayout *column);
    void buildAttributes(QVBoxLayout *column);
    void connectParts();
    void refresh();
    void refreshSums(const std::vector<const Layer *> &layers);
    void refreshOne(const Layer &layer);
    void refreshProblems(const std::vector<const Layer *> &layers);
    void refreshStatistics();
    void askForName(const QString &name);
    static void addFact(QFormLayout *form, const QString &title, const QString &value, const QString &help);
    [[nodiscard]] QString shapeOf(const QString &tensorName) const;
    [[nodiscard]] std::vector<const Layer *> shownLayers() const;

    Retranslation m_texts;
    Network m_network;
    NetworkAnalysis m_analysis;
    std::vector<LayerId> m_layers;
    std::vector<Error> m_problems;
    QString m_block; ///< that the layers are, all of it; empty otherwise
    std::vector<std::pair<QString, TensorStatistics>> m_statistics;
    QStackedWidget *m_pages = nullptr;
    NameField *m_name = nullptr;
    QLabel *m_kind = nullptr;
    QLabel *m_help = nullptr;
    QLabel *m_problem = nullptr;
    QFormLayout *m_facts = nullptr;
    QLabel *m_attributesTitle = nullptr;
    AttributeForm *m_attributes = nullptr;
    FreezeSection *m_freeze = nullptr;
    QLabel *m_statisticsTitle = nullptr;
    TensorTable *m_table = nullptr;
    bool m_editable = true;
};

} // namespace graft
