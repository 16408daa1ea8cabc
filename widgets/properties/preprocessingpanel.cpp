#include "properties/preprocessingpanel.h"
#include "common/theme.h"
#include "graph/preprocessingpresets.h"
#include "properties/panelparts.h"
#include "properties/trimmedspinbox.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr int largestSize = 4096; // pixels

/// The preset with these numbers; empty when there is none.
QString presetOf(const Preprocessing &preprocessing)
{
    for (const PreprocessingPreset &preset : preprocessingPresets()) {
        const Preprocessing &known = preset.preprocessing;
        if (known.mean == preprocessing.mean && known.standardDeviation == preprocessing.standardDeviation
            && known.channelOrder == preprocessing.channelOrder)
            return QString::fromStdString(preset.name);
    }
    return {};
}

/// The number as it was given, when the field shows its first digits still.
double valueOf(const QDoubleSpinBox &box, double given)
{
    return std::abs(box.value() - given) < 1e-6 ? given : box.value();
}

QString threeNumbers(const std::array<double, 3> &numbers)
{
    QStringList texts;
    for (const double number : numbers)
        texts << QLocale().toString(number, 'g', 3);
    return texts.join(QStringLiteral(" · "));
}

} // namespace

PreprocessingPanel::PreprocessingPanel(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 0);
    column->setSpacing(8);
    auto *title = makeHeading();
    title->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    m_preset = new QComboBox;
    m_preset->setObjectName(QStringLiteral("preprocessingPreset"));
    for (const char *name : {"imagenet", "caffe", "tensorflow", "none", ""})
        m_preset->addItem(QString(), QString::fromLatin1(name));
    guardAgainstWheel(m_preset);
    m_details = new QToolButton;
    m_details->setObjectName(QStringLiteral("preprocessingDetails"));
    m_details->setCheckable(true);
    m_details->setToolButtonStyle(Qt::ToolButtonTextOnly);
    row->addWidget(m_preset, 1);
    row->addWidget(m_details);
    m_summary = makeNote();
    m_warning = makeNote();
    m_warning->setObjectName(QStringLiteral("preprocessingWarning"));
    m_numbers = new QWidget;
    column->addWidget(title);
    column->addLayout(row);
    column->addWidget(m_summary);
    column->addWidget(m_warning);
    column->addWidget(m_numbers);
    auto *numbers = new QVBoxLayout(m_numbers);
    numbers->setContentsMargins(0, 0, 0, 0);
    m_form = makeForm();
    numbers->addLayout(m_form);
    buildSizes();
    buildNumbers();
    m_numbers->hide();
    connect(m_details, &QToolButton::toggled, m_numbers, &QWidget::setVisible);
    connect(m_preset, &QComboBox::activated, this, &PreprocessingPanel::choosePreset);
    m_texts.add([this, title] {
        title->setText(tr("Preprocessing"));
        title->setToolTip(
            tr("How a picture becomes the network's input. It belongs to the weights and travels with them into every file."));
        m_preset->setItemText(0, tr("ImageNet (PyTorch)"));
        m_preset->setItemText(1, tr("Caffe: BGR, means taken away"));
        m_preset->setItemText(2, tr("TensorFlow: from −1 to 1"));
        m_preset->setItemText(3, tr("None: from 0 to 1"));
        m_preset->setItemText(4, tr("Custom"));
        m_preset->setAccessibleName(tr("Preprocessing"));
        m_details->setText(tr("Numbers…"));
        m_details->setToolTip(tr("Shows each number, to change it"));
        refresh();
    });
    setPreprocessing({});
    setWarning({});
}

void PreprocessingPanel::buildSizes()
{
    m_resize = new QSpinBox;
    m_resize->setRange(0, largestSize);
    m_crop = new QSpinBox;
    m_crop->setRange(1, largestSize);
    m_interpolation = new QComboBox;
    m_order = new QComboBox;
    for (const char *name : {"bilinear", "bicubic"})
        m_interpolation->addItem(QString(), QString::fromLatin1(name));
    for (const char *name : {"RGB", "BGR", "L"})
        m_order->addItem(QString::fromLatin1(name), QString::fromLatin1(name));
    addFormRow(
        m_form, m_resize, m_texts, [] { return tr("Shorter side"); },
        [] { return tr("A picture is first scaled until its shorter side has this many pixels; 0 scales it straight to the crop."); });
    addFormRow(
        m_form, m_crop, m_texts, [] { return tr("Crop"); }, [] { return tr("The square in the middle that the network sees."); });
    addFormRow(
        m_form, m_interpolation, m_texts, [] { return tr("Scaling"); },
        [] { return tr("How pixels are blended when a picture is scaled."); });
    addFormRow(
        m_form, m_order, m_texts, [] { return tr("Channel order"); },
        [] { return tr("RGB for most networks, BGR for those that come from Caffe."); });
    m_texts.add([this] {
        m_resize->setSuffix(tr(" px"));
        m_crop->setSuffix(tr(" px"));
        m_interpolation->setItemText(0, tr("bilinear"));
        m_order->setItemText(2, tr("grey"));
        m_interpolation->setItemText(1, tr("bicubic"));
    });
    for (QSpinBox *box : {m_resize, m_crop}) {
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this, &PreprocessingPanel::changed);
    }
    for (QComboBox *box : {m_interpolation, m_order})
        connect(box, &QComboBox::currentIndexChanged, this, &PreprocessingPanel::changed);
}

void PreprocessingPanel::buildNumbers()
{
    m_mean = addTriple(
        -255, [] { return tr("Mean"); }, [] { return tr("Taken from each channel, whose pixels run from 0 to 1, in the channel order."); });
    m_deviation = addTriple(
        0.000001, [] { return tr("Standard deviation"); }, [] { return tr("What each channel is then divided by."); });
}

PreprocessingPanel::Triple PreprocessingPanel::addTriple(double least, const TextSource &title, const TextSource &help)
{
    auto *fields = new QWidget;
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    Triple triple{};
    for (int channel = 0; channel < 3; ++channel) {
        auto *box = new TrimmedSpinBox;
        box->setRange(least, 1000);
        box->setDecimals(6);
        box->setSingleStep(0.01);
        box->setKeyboardTracking(false);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setMinimumWidth(48);
        connect(box, &QDoubleSpinBox::valueChanged, this, &PreprocessingPanel::changed);
        m_texts.add([box, title, channel] { box->setAccessibleName(QStringLiteral("%1 %2").arg(title()).arg(channel + 1)); });
        row->addWidget(box, 1);
        triple[static_cast<std::size_t>(channel)] = box;
    }
    addFormRow(m_form, fields, m_texts, title, help);
    return triple;
}

Preprocessing PreprocessingPanel::preprocessing() const
{
    Preprocessing result;
    result.resize = m_resize->value();
    result.crop = m_crop->value();
    result.interpolation = m_interpolation->currentData().toString().toStdString();
    result.channelOrder = m_order->currentData().toString().toStdString();
    for (std::size_t c = 0; c < 3; ++c) {
        result.mean[c] = valueOf(*m_mean[c], m_given.mean[c]);
        result.standardDeviation[c] = valueOf(*m_deviation[c], m_given.standardDeviation[c]);
    }
    return result;
}

void PreprocessingPanel::setPreprocessing(const Preprocessing &preprocessing)
{
    m_loading = true;
    m_given = preprocessing;
    m_resize->setValue(preprocessing.resize);
    m_crop->setValue(preprocessing.crop);
    m_interpolation->setCurrentIndex(std::max(0, m_interpolation->findData(QString::fromStdString(preprocessing.interpolation))));
    m_order->setCurrentIndex(std::max(0, m_order->findData(QString::fromStdString(preprocessing.channelOrder))));
    for (std::size_t c = 0; c < 3; ++c) {
        m_mean[c]->setValue(preprocessing.mean[c]);
        m_deviation[c]->setValue(preprocessing.standardDeviation[c]);
    }
    m_preset->setCurrentIndex(m_preset->findData(presetOf(preprocessing)));
    m_loading = false;
    refresh();
}

void PreprocessingPanel::setWarning(const QString &warning)
{
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
    m_warning->setForegroundRole(QPalette::WindowText);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, warningColor());
    m_warning->setPalette(colours);
}

void PreprocessingPanel::setEditable(bool editable)
{
    m_preset->setEnabled(editable);
    m_numbers->setEnabled(editable);
}

void PreprocessingPanel::choosePreset()
{
    const QString name = m_preset->currentData().toString();
    if (name.isEmpty()) {
        m_details->setChecked(true);
        m_mean.front()->setFocus();
        return;
    }
    const auto chosen = choosePreprocessing(name.toStdString(), preprocessing());
    if (!chosen)
        return;
    setPreprocessing(*chosen);
    Q_EMIT preprocessingChanged();
}

void PreprocessingPanel::changed()
{
    if (m_loading)
        return;
    m_preset->setCurrentIndex(m_preset->findData(presetOf(preprocessing())));
    refresh();
    Q_EMIT preprocessingChanged();
}

void PreprocessingPanel::refresh()
{
    const Preprocessing present = preprocessing();
    const QString size = present.resize > 0 ? tr("Shorter side to %1 px, middle %2 × %2 px").arg(present.resize).arg(present.crop)
                                            : tr("Scaled to %1 × %1 px").arg(present.crop);
    m_summary->setText(
        tr("%1; %2, mean %3, deviation %4")
            .arg(size, QString::fromStdString(present.channelOrder), threeNumbers(present.mean), threeNumbers(present.standardDeviation)));
}

void PreprocessingPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    else if (event->type() == QEvent::PaletteChange)
        setWarning(m_warning->text());
    QWidget::changeEvent(event);
}

} // namespace graft
