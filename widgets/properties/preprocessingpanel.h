#pragma once
#include "common/retranslation.h"
#include "graph/preprocessing.h"

#include <QWidget>
#include <array>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace graft {

/// How a picture becomes the network's input: a recipe by name, or each number by itself.
class PreprocessingPanel : public QWidget {
    Q_OBJECT

public:
    explicit PreprocessingPanel(QWidget *parent = nullptr);
    [[nodiscard]] Preprocessing preprocessing() const;
    void setPreprocessing(const Preprocessing &preprocessing); ///< emits nothing
    /// What looks wrong about it; empty when nothing does.
    void setWarning(const QString &warning);
    /// While false (no model yet, or during training) nothing can be changed.
    void setEditable(bool editable);

Q_SIGNALS:
    void preprocessingChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    using Triple = std::array<QDoubleSpinBox *, 3>;
    void buildSizes();
    void buildNumbers();
    Triple addTriple(double least, const std::function<QString()> &title, const std::function<QString()> &help);
    void choosePreset();
    void changed();
    void refresh();

    Retranslation m_texts;
    QComboBox *m_preset = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_warning = nullptr;
    QToolButton *m_details = nullptr;
    QWidget *m_numbers = nullptr;
    QFormLayout *m_form = nullptr;
    QSpinBox *m_resize = nullptr;
    QSpinBox *m_crop = nullptr;
    QComboBox *m_interpolation = nullptr;
    QComboBox *m_order = nullptr;
    Triple m_mean{};
    Triple m_deviation{};
    Preprocessing m_given; ///< with more digits than the fields show
    bool m_loading = false;
};

} // namespace graft
