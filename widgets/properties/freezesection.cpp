#include "properties/freezesection.h"

#include "properties/numberfield.h"
#include "properties/panelparts.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

constexpr double smallestFactor = 0.001, largestFactor = 100;

bool isType(const Layer &layer, std::string_view part)
{
    return layer.type.find(part) != std::string::npos;
}

} // namespace

FreezeSection::FreezeSection(QWidget *parent)
    : QWidget(parent), m_frozen(new QCheckBox), m_meaning(makeNote()),
      m_factor(new NumberField(NumberField::Kind::Decimal, smallestFactor, largestFactor)), m_freezeBefore(new QPushButton)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *title = makeHeading();
    column->addWidget(title);
    column->addWidget(m_frozen);
    column->addWidget(m_meaning);
    auto *form = makeForm();
    addFormRow(
        form, m_factor, m_texts, [] { return tr("Learning rate factor"); },
        [] { return tr("How much faster or slower than the rest this part learns: its learning rate is the run's times this number."); });
    column->addLayout(form);
    column->addWidget(m_freezeBefore, 0, Qt::AlignLeft);
    m_texts.add([this, title] {
        title->setText(tr("Adapt"));
        m_frozen->setText(tr("Frozen"));
        m_frozen->setAccessibleName(tr("Frozen"));
        m_frozen->setToolTip(tr("A frozen layer keeps what it has learned: training does not change it."));
        m_freezeBefore->setText(tr("Freeze everything before it"));
        m_freezeBefore->setToolTip(tr("Freezes all layers whose output reaches this one, and leaves the others as they are."));
    });
    connect(m_frozen, &QCheckBox::clicked, this, [this] {
        m_frozen->setTristate(false);
        Q_EMIT freezeRequested(m_frozen->isChecked());
    });
    connect(m_freezeBefore, &QPushButton::clicked, this, &FreezeSection::freezeBeforeRequested);
    connect(m_factor, &NumberField::entered, this, &FreezeSection::askForFactor);
    connect(m_factor, &NumberField::left, this, &FreezeSection::askForFactor);
    connect(m_factor, &NumberField::escaped, this, &FreezeSection::refreshFactor);
}

void FreezeSection::setLayers(const std::vector<const Layer *> &layers, qint64 parameters)
{
    const auto frozen = std::count_if(layers.begin(), layers.end(), [](const Layer *layer) { return layer->frozen; });
    m_allFrozen = frozen == static_cast<std::ptrdiff_t>(layers.size());
    m_frozen->setTristate(frozen > 0 && !m_allFrozen);
    m_frozen->setCheckState(m_allFrozen ? Qt::Checked : frozen > 0 ? Qt::PartiallyChecked : Qt::Unchecked);
    m_meaning->setText(meaning(layers, frozen, parameters));
    m_factors.clear();
    for (const Layer *layer : layers)
        if (std::find(m_factors.begin(), m_factors.end(), layer->learningRateFactor) == m_factors.end())
            m_factors.push_back(layer->learningRateFactor);
    refreshFactor();
    m_freezeBefore->setVisible(layers.size() == 1 && !layers.front()->inputs.empty());
    refreshEditable();
}

void FreezeSection::setEditable(bool editable)
{
    m_editable = editable;
    refreshEditable();
}

void FreezeSection::refreshEditable()
{
    m_frozen->setEnabled(m_editable);
    m_factor->setEnabled(m_editable && !m_allFrozen);
    m_freezeBefore->setEnabled(m_editable);
}

void FreezeSection::refreshFactor()
{
    const bool mixed = m_factors.size() != 1;
    m_factor->setPlaceholder(mixed ? tr("several values") : QString());
    m_factor->setValue(mixed ? std::nullopt : std::optional<AttributeValue>(m_factors.front()));
}

void FreezeSection::askForFactor()
{
    const auto typed = m_factor->value();
    if (!typed)
        return refreshFactor();
    const double factor = std::clamp(std::get<double>(*typed), smallestFactor, largestFactor);
    if (m_factors.size() == 1 && m_factors.front() == factor)
        return refreshFactor();
    Q_EMIT learningRateFactorRequested(factor);
    refreshFactor();
}

QString FreezeSection::meaning(const std::vector<const Layer *> &layers, std::ptrdiff_t frozen, qint64 parameters) const
{
    const auto some = [&](std::string_view type) {
        return std::any_of(layers.begin(), layers.end(), [&](const Layer *layer) { return layer->frozen && isType(*layer, type); });
    };
    if (frozen == 0)
        return parameters > 0 ? tr("Training changes it.") : tr("It has nothing to learn.");
    QStringList sentences;
    if (frozen < static_cast<std::ptrdiff_t>(layers.size()))
        sentences << tr("%1 of %2 layers are frozen.").arg(frozen).arg(layers.size());
    else
        sentences << tr("Training leaves it as it is.");
    if (some("BatchNorm"))
        sentences << tr("BatchNorm keeps its statistics.");
    if (some("Dropout"))
        sentences << tr("Dropout is off.");
    return sentences.join(QLatin1Char(' '));
}

void FreezeSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
