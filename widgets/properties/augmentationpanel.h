#pragma once
#include "common/retranslation.h"
#include "data/transform.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QHBoxLayout;
class QPushButton;
class QSpinBox;

namespace graft {

class PictureStrip;
class ValueSlider;

/// What training does to a picture before the network sees it, with a strip of examples.
class AugmentationPanel : public QWidget {
    Q_OBJECT

public:
    explicit AugmentationPanel(QWidget *parent = nullptr);
    [[nodiscard]] Augmentation augmentation() const;
    void setAugmentation(const Augmentation &augmentation); ///< emits nothing
    void setPreview(const std::vector<QImage> &pictures); ///< empty: says that a data set is needed
    void setEditable(bool editable);

Q_SIGNALS:
    void augmentationChanged();
    void previewRequested(); ///< a moment after a change, and for another throw of the dice

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildPresets(QHBoxLayout *row);
    void buildVariants(QFormLayout *form);
    void buildGeometry(QFormLayout *form);
    void buildColour(QFormLayout *form);
    void addRow(QFormLayout *form, QWidget *field, const std::function<QString()> &title, const std::function<QString()> &help);
    ValueSlider *addSlider(QFormLayout *form, double maximum, double scale, const std::function<QString()> &suffix,
        const std::function<QString()> &title, const std::function<QString()> &help);
    void changed();
    void refreshState();

    Retranslation m_texts;
    QWidget *m_content = nullptr;
    QFormLayout *m_geometry = nullptr;
    QPushButton *m_none = nullptr;
    QPushButton *m_light = nullptr;
    QPushButton *m_classic = nullptr;
    PictureStrip *m_strip = nullptr;
    QPushButton *m_again = nullptr;
    QSpinBox *m_variants = nullptr;
    QCheckBox *m_crop = nullptr;
    ValueSlider *m_cropSmallest = nullptr;
    ValueSlider *m_cropLargest = nullptr;
    ValueSlider *m_zoom = nullptr;
    ValueSlider *m_rotation = nullptr;
    ValueSlider *m_widthShift = nullptr;
    ValueSlider *m_heightShift = nullptr;
    ValueSlider *m_flip = nullptr;
    QComboBox *m_fill = nullptr;
    ValueSlider *m_channelShift = nullptr;
    ValueSlider *m_brightness = nullptr;
    ValueSlider *m_contrast = nullptr;
    ValueSlider *m_saturation = nullptr;
    ValueSlider *m_hue = nullptr;
    QTimer m_previewTimer;
    bool m_loading = false;
};

} // namespace graft
