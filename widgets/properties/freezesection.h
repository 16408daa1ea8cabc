#pragma once
#include "common/retranslation.h"
#include "graph/network.h"

#include <QWidget>
#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;

namespace graft {

class NumberField;

/// Whether the chosen layers are frozen, what that means for them, and how fast they learn.
class FreezeSection : public QWidget {
    Q_OBJECT

public:
    explicit FreezeSection(QWidget *parent = nullptr);
    /// One layer or more; `parameters` is what they have together.
    void setLayers(const std::vector<const Layer *> &layers, qint64 parameters);
    void setEditable(bool editable);

Q_SIGNALS:
    void freezeRequested(bool frozen);
    void freezeBeforeRequested();
    void learningRateFactorRequested(double factor);

protected:
    void changeEvent(QEvent *event) override;

private:
    void askForFactor();
    void refreshEditable();
    void refreshFactor();
    [[nodiscard]] QString meaning(const std::vector<const Layer *> &layers, std::ptrdiff_t frozen, qint64 parameters) const;

    Retranslation m_texts;
    QCheckBox *m_frozen;
    QLabel *m_meaning;
    NumberField *m_factor;
    QPushButton *m_freezeBefore;
    std::vector<double> m_factors; ///< of the layers, without repetition
    bool m_allFrozen = false;
    bool m_editable = true;
};

} // namespace graft
