#include "properties/augmentationpanel.h"
#include "common/icons.h"
#include "properties/panelparts.h"
#include "properties/picturestrip.h"
#include "properties/valueslider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

/// A gentle choice for a few upright photos: nothing is cut away but a little.
Augmentation lightAugmentation()
{
    Augmentation light;
    light.cropScale = {0.7, 1.0};
    light.horizontalFlip = 0.5;
    return light;
}

/// The recipe of the classic tutorials: all of it, in moderation.
Augmentation classicAugmentation()
{
    Augmentation classic;
    classic.cropScale = {0.5, 1.0};
    classic.zoom = 0.15;
    classic.rotation = 20;
    classic.widthShift = 0.1;
    classic.heightShift = 0.1;
    classic.horizontalFlip = 0.5;
    classic.channelShift = 10;
    classic.brightness = 0.2;
    classic.contrast = 0.2;
    classic.saturation = 0.2;
    classic.fillMode = "reflect";
    return classic;
}

} // namespace

AugmentationPanel::AugmentationPanel(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = makeScrollingColumn(this);
    QLabel *title = makeHeading();
    title->setContentsMargins(0, 0, 0, 0);
    column->addWidget(title);
    auto *intro = makeNote();
    column->addWidget(intro);
    auto *presets = new QHBoxLayout;
    presets->setSpacing(8);
    column->addLayout(presets);
    buildPresets(presets);

    m_strip = new PictureStrip;
    column->addWidget(m_strip);
    m_again = new QPushButton;
    column->addWidget(m_again, 0, Qt::AlignLeft);
    // One preview for a whole drag of a slider.
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(150);
    connect(&m_previewTimer, &QTimer::timeout, this, &AugmentationPanel::previewRequested);
    connect(m_again, &QPushButton::clicked, this, &AugmentationPanel::previewRequested);

    m_content = new QWidget;
    auto *settings = new QVBoxLayout(m_content);
    settings->setContentsMargins(0, 0, 0, 0);
    settings->setSpacing(8);
    column->addWidget(m_content);
    QLabel *variantsTitle = makeHeading();
    settings->addWidget(variantsTitle);
    QFormLayout *variants = makeForm();
    settings->addLayout(variants);
    buildVariants(variants);
    QLabel *geometryTitle = makeHeading();
    settings->addWidget(geometryTitle);
    m_geometry = makeForm();
    settings->addLayout(m_geometry);
    buildGeometry(m_geometry);
    QLabel *colourTitle = makeHeading();
    settings->addWidget(colourTitle);
    QFormLayout *colour = makeForm();
    settings->addLayout(colour);
    buildColour(colour);
    m_texts.add([this, colour, variants] { alignLabels({variants, m_geometry, colour}); });
    column->addStretch(1);

    m_texts.add([this, title, intro, variantsTitle, geometryTitle, colourTitle] {
        title->setText(tr("Augmentation"));
        intro->setText(tr("Training sees each picture a little different every time, so that it learns the thing and not the photo."));
        variantsTitle->setText(tr("Variants"));
        geometryTitle->setText(tr("Position and size"));
        colourTitle->setText(tr("Colour"));
        m_strip->setEmptyText(tr("Examples appear here once a folder of pictures is chosen."));
        m_strip->setAccessibleName(tr("Examples of augmented pictures"));
        m_again->setText(tr("Other examples"));
    });
    setAugmentation(Augmentation{});
}

void AugmentationPanel::buildPresets(QHBoxLayout *row)
{
    m_none = new QPushButton;
    m_light = new QPushButton;
    m_classic = new QPushButton;
    const std::pair<QPushButton *, Augmentation> presets[]
        = {{m_none, noAugmentation()}, {m_light, lightAugmentation()}, {m_classic, classicAugmentation()}};
    for (const auto &[button, preset] : presets) {
        button->setCheckable(true);
        row->addWidget(button, 1);
        connect(button, &QPushButton::clicked, this, [this, wanted = preset] {
            Augmentation chosen = wanted;
            chosen.variants = m_variants->value();
            setAugmentation(chosen);
            Q_EMIT augmentationChanged();
            m_previewTimer.start();
        });
    }
    m_texts.add([this] {
        m_none->setText(tr("None"));
        m_none->setToolTip(tr("Pictures as they are, cut to the middle."));
        m_light->setText(tr("Light"));
        m_light->setToolTip(tr("Slightly different crops, mirrored every second time."));
        m_classic->setText(tr("Classic"));
        m_classic->setToolTip(tr("Crops, turns, shifts, zoom and colours, all in moderation."));
    });
}

void AugmentationPanel::addRow(QFormLayout *form, QWidget *field, const TextSource &title, const TextSource &help)
{
    addFormRow(form, field, m_texts, title, help);
}

ValueSlider *AugmentationPanel::addSlider(
    QFormLayout *form, double maximum, double scale, const TextSource &suffix, const TextSource &title, const TextSource &help)
{
    auto *slider = new ValueSlider(maximum, scale);
    addRow(form, slider, title, help);
    m_texts.add([slider, suffix, title, help] {
        slider->setSuffix(suffix());
        slider->setTexts(title(), help());
    });
    connect(slider, &ValueSlider::valueChanged, this, &AugmentationPanel::changed);
    return slider;
}

void AugmentationPanel::buildVariants(QFormLayout *form)
{
    m_variants = new QSpinBox;
    m_variants->setRange(0, maximumVariants);
    addRow(
        form, m_variants, [] { return tr("Variants per picture"); },
        [] {
            return tr("How many views of each picture are drawn; the epochs show them by turns. What the frozen layers make of a view is "
                      "computed once and kept, so that later epochs and later runs take a moment. More variants teach a little more and "
                      "take longer at first; 0 draws new ones every epoch and keeps nothing. Without frozen layers at the start of the "
                      "network every epoch has new ones anyway.");
        });
    connect(m_variants, &QSpinBox::valueChanged, this, &AugmentationPanel::changed);
    m_texts.add([this] { m_variants->setSpecialValueText(tr("new ones every epoch")); });
}

void AugmentationPanel::buildGeometry(QFormLayout *form)
{
    const TextSource percent = [] { return tr(" %", "percent, after a number"); };
    const TextSource degrees = [] { return tr("°", "degrees, after a number"); };
    m_crop = new QCheckBox;
    addRow(
        form, m_crop, [] { return tr("Random crop"); },
        [] { return tr("Cuts out a part of the picture, of changing size and shape, and scales it to the network's input."); });
    connect(m_crop, &QCheckBox::toggled, this, &AugmentationPanel::changed);
    m_cropSmallest = addSlider(
        form, 1, 100, percent, [] { return tr("Smallest crop"); },
        [] { return tr("The least share of the picture's area that a crop keeps."); });
    m_cropLargest = addSlider(
        form, 1, 100, percent, [] { return tr("Largest crop"); },
        [] { return tr("The greatest share of the picture's area that a crop keeps."); });
    m_flip = addSlider(
        form, 1, 100, percent, [] { return tr("Mirror"); },
        [] { return tr("How often a picture is flipped left to right. Set it to 0 where left and right matter, as in writing."); });
    m_rotation = addSlider(
        form, 180, 1, degrees, [] { return tr("Rotation"); }, [] { return tr("Turns the picture by up to this angle, either way."); });
    m_zoom = addSlider(
        form, 0.9, 100, percent, [] { return tr("Zoom"); }, [] { return tr("Enlarges or shrinks the picture by up to this much."); });
    m_widthShift = addSlider(
        form, 1, 100, percent, [] { return tr("Shift sideways"); },
        [] { return tr("Moves the picture left or right by up to this share of its width."); });
    m_heightShift = addSlider(
        form, 1, 100, percent, [] { return tr("Shift up and down"); },
        [] { return tr("Moves the picture up or down by up to this share of its height."); });
    m_fill = new QComboBox;
    for (const char *mode : {"constant", "nearest", "reflect", "wrap"})
        m_fill->addItem(QString(), QString::fromLatin1(mode));
    addRow(
        form, m_fill, [] { return tr("Fill corners with"); }, [] { return tr("What stands where turning or moving has left nothing."); });
    connect(m_fill, &QComboBox::currentIndexChanged, this, &AugmentationPanel::changed);
    m_texts.add([this] {
        m_fill->setItemText(0, tr("the mean colour"));
        m_fill->setItemText(1, tr("the nearest pixel"));
        m_fill->setItemText(2, tr("its mirror image"));
        m_fill->setItemText(3, tr("the other side"));
    });
}

void AugmentationPanel::buildColour(QFormLayout *form)
{
    const TextSource percent = [] { return tr(" %", "percent, after a number"); };
    const TextSource degrees = [] { return tr("°", "degrees, after a number"); };
    const TextSource nothing = [] { return QString(); };
    m_brightness = addSlider(
        form, 1, 100, percent, [] { return tr("Brightness"); },
        [] { return tr("Makes the picture lighter or darker by up to this much."); });
    m_contrast = addSlider(
        form, 1, 100, percent, [] { return tr("Contrast"); },
        [] { return tr("Makes differences stronger or weaker by up to this much."); });
    m_saturation = addSlider(
        form, 1, 100, percent, [] { return tr("Saturation"); }, [] { return tr("Makes colours stronger or greyer by up to this much."); });
    m_hue = addSlider(
        form, 0.5, 360, degrees, [] { return tr("Hue"); },
        [] { return tr("Turns all colours on the colour wheel by up to this angle. Set it to 0 where colour tells the classes apart."); });
    m_channelShift = addSlider(
        form, 255, 1, nothing, [] { return tr("Channel shift"); },
        [] { return tr("Moves red, green and blue up or down by up to this much of 255, each on its own."); });
}

Augmentation AugmentationPanel::augmentation() const
{
    Augmentation result;
    result.randomResizedCrop = m_crop->isChecked();
    result.cropScale = {m_cropSmallest->value(), m_cropLargest->value()};
    result.zoom = m_zoom->value();
    result.rotation = m_rotation->value();
    result.widthShift = m_widthShift->value();
    result.heightShift = m_heightShift->value();
    result.horizontalFlip = m_flip->value();
    result.channelShift = m_channelShift->value();
    result.brightness = m_brightness->value();
    result.contrast = m_contrast->value();
    result.saturation = m_saturation->value();
    result.hue = m_hue->value();
    result.variants = m_variants->value();
    result.fillMode = m_fill->currentData().toString().toStdString();
    return result;
}

void AugmentationPanel::setAugmentation(const Augmentation &augmentation)
{
    m_loading = true;
    m_crop->setChecked(augmentation.randomResizedCrop);
    m_cropSmallest->setValue(augmentation.cropScale[0]);
    m_cropLargest->setValue(augmentation.cropScale[1]);
    m_zoom->setValue(augmentation.zoom);
    m_rotation->setValue(augmentation.rotation);
    m_widthShift->setValue(augmentation.widthShift);
    m_heightShift->setValue(augmentation.heightShift);
    m_flip->setValue(augmentation.horizontalFlip);
    m_channelShift->setValue(augmentation.channelShift);
    m_brightness->setValue(augmentation.brightness);
    m_contrast->setValue(augmentation.contrast);
    m_saturation->setValue(augmentation.saturation);
    m_hue->setValue(augmentation.hue);
    m_variants->setValue(augmentation.variants);
    m_fill->setCurrentIndex(std::max(0, m_fill->findData(QString::fromStdString(augmentation.fillMode))));
    m_loading = false;
    refreshState();
}

void AugmentationPanel::setPreview(const std::vector<QImage> &pictures)
{
    m_strip->setPictures(pictures);
    m_again->setVisible(!pictures.empty());
}

void AugmentationPanel::setEditable(bool editable)
{
    m_content->setEnabled(editable);
    for (QPushButton *preset : {m_none, m_light, m_classic})
        preset->setEnabled(editable);
}

void AugmentationPanel::changed()
{
    if (m_loading)
        return;
    m_loading = true;
    // The two ends of the crop's range push each other along.
    if (m_cropLargest->value() < m_cropSmallest->value()) {
        if (sender() == m_cropSmallest)
            m_cropLargest->setValue(m_cropSmallest->value());
        else
            m_cropSmallest->setValue(m_cropLargest->value());
    }
    m_loading = false;
    refreshState();
    Q_EMIT augmentationChanged();
    m_previewTimer.start();
}

void AugmentationPanel::refreshState()
{
    Augmentation present = augmentation();
    m_variants->setEnabled(changesPictures(present));
    present.variants = Augmentation().variants; // the presets say nothing of it
    m_none->setChecked(present == noAugmentation());
    m_light->setChecked(present == lightAugmentation());
    m_classic->setChecked(present == classicAugmentation());
    m_geometry->setRowVisible(m_cropSmallest, present.randomResizedCrop);
    m_geometry->setRowVisible(m_cropLargest, present.randomResizedCrop);
    const bool uncovers = present.rotation > 0 || present.widthShift > 0 || present.heightShift > 0 || present.zoom > 0;
    m_geometry->setRowVisible(m_fill, uncovers);
}

void AugmentationPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
