#pragma once
#include "common/retranslation.h"
#include "graph/heads.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace graft {

class NumberField;

/// What head is wanted: its form and what that form asks for.
class HeadForm : public QWidget {
    Q_OBJECT

public:
    explicit HeadForm(QWidget *parent = nullptr);
    /// The number of classes is `found` in the data; the person's when that is 0, `otherwise` at first.
    void setClassesFound(qint64 found, qint64 otherwise);
    /// Two or more: a head for each, as long as the number of classes is theirs together.
    void setLabelSets(const std::vector<LabelSet> &sets);
    [[nodiscard]] HeadPlan plan() const;
    void setPlan(const HeadPlan &plan); ///< says nothing

Q_SIGNALS:
    void planChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillKinds();
    void connectNumber(NumberField *field);
    void refreshFields();
    void refreshSets();

    Retranslation m_texts;
    QFormLayout *m_form;
    QComboBox *m_kind;
    NumberField *m_classes;
    QLabel *m_sets;
    NumberField *m_width;
    QSpinBox *m_layers;
    QComboBox *m_activation;
    NumberField *m_dropout;
    std::vector<LabelSet> m_labelSets;
    HeadPlan m_plan; ///< keeps what a form without that field does not ask for
};

/// "species 3, health 2"
[[nodiscard]] QString labelSetsText(const std::vector<LabelSet> &sets);

/// "Linear", "Dropout + linear", …
[[nodiscard]] QString headKindTitle(HeadKind kind);

} // namespace graft
