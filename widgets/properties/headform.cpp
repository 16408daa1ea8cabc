#include "properties/headform.h"

#include "common/text.h"
#include "properties/activationchoices.h"
#include "properties/numberfield.h"
#include "properties/panelparts.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

namespace graft {

namespace {

constexpr int mostClasses = 1'000'000, mostWidth = 1'000'000, mostLayers = 16;

std::int64_t whole(const NumberField &field, std::int64_t otherwise)
{
    const auto value = field.value();
    return value ? std::get<std::int64_t>(*value) : otherwise;
}

} // namespace

QString labelSetsText(const std::vector<LabelSet> &sets)
{
    QStringList parts;
    for (const LabelSet &set : sets)
        parts << HeadForm::tr("%1 %L2", "a label set and its number of classes").arg(fromEngine(set.name)).arg(set.classes);
    return parts.join(HeadForm::tr(", ", "between label sets"));
}

QString headKindTitle(HeadKind kind)
{
    switch (kind) {
    case HeadKind::AsPublished: return HeadForm::tr("As it is, in a new size");
    case HeadKind::Linear: return HeadForm::tr("Linear");
    case HeadKind::DropoutLinear: return HeadForm::tr("Dropout + linear");
    case HeadKind::Classic: return HeadForm::tr("Dense layer + ReLU + linear");
    case HeadKind::Mlp: return HeadForm::tr("MLP: several dense layers");
    case HeadKind::Convolutional: return HeadForm::tr("Convolutional");
    }
    return {};
}

HeadForm::HeadForm(QWidget *parent)
    : QWidget(parent), m_form(makeForm()), m_kind(new QComboBox), m_classes(new NumberField(NumberField::Kind::Whole, 1, mostClasses)),
      m_sets(makeValueLabel()), m_width(new NumberField(NumberField::Kind::Whole, 1, mostWidth)), m_layers(new QSpinBox),
      m_activation(new QComboBox), m_dropout(new NumberField(NumberField::Kind::Decimal, 0, 1))
{
    setLayout(m_form);
    m_form->setVerticalSpacing(4);
    m_layers->setRange(1, mostLayers);
    m_activation->addItems(activationChoices());
    makeNarrow(m_kind);
    makeNarrow(m_activation);
    addFormRow(
        m_form, m_kind, m_texts, [] { return tr("Form"); },
        [] { return tr("What the new head is made of; dense layers are Linear layers with an activation. MLP has as many as you like."); });
    addFormRow(
        m_form, m_classes, m_texts, [] { return tr("Classes"); },
        [] { return tr("How many outputs it has: one for each class that was found in the pictures."); });
    addFormRow(
        m_form, m_sets, m_texts, [] { return tr("Label sets"); },
        [] {
            return tr("The pictures have labels of several kinds: each gets a head of its own, with an output for each of its classes.");
        });
    addFormRow(
        m_form, m_layers, m_texts, [] { return tr("Hidden layers"); }, [] { return tr("Linear layers before the last one, 1 to 16."); });
    addFormRow(
        m_form, m_width, m_texts, [] { return tr("Width (dense)"); },
        [] { return tr("Features of each dense layer before the last one, 1024 for example."); });
    addFormRow(
        m_form, m_activation, m_texts, [] { return tr("Activation"); }, [] { return tr("What follows each hidden layer."); });
    addFormRow(
        m_form, m_dropout, m_texts, [] { return tr("Dropout"); },
        [] { return tr("Probability that a value is set to 0 in training, 0 to 1; guards against learning pictures by heart."); });
    m_texts.add([this] {
        fillKinds();
        refreshSets();
    });
    connect(this, &HeadForm::planChanged, this, &HeadForm::refreshSets);
    connect(m_kind, &QComboBox::activated, this, [this] {
        m_plan.kind = headKinds()[static_cast<std::size_t>(m_kind->currentIndex())];
        refreshFields();
        Q_EMIT planChanged();
    });
    m_dropout->setStep(0.05);
    for (NumberField *field : {m_classes, m_width, m_dropout})
        connectNumber(field);
    connect(m_layers, &QSpinBox::valueChanged, this, &HeadForm::planChanged);
    connect(m_activation, &QComboBox::activated, this, &HeadForm::planChanged);
    setPlan({});
}

void HeadForm::connectNumber(NumberField *field)
{
    connect(field, &NumberField::typed, this, &HeadForm::planChanged);
    connect(field, &NumberField::entered, this, &HeadForm::planChanged);
    connect(field, &NumberField::escaped, this, [this] { setPlan(m_plan); });
}

void HeadForm::fillKinds()
{
    const int chosen = m_kind->currentIndex();
    m_kind->clear();
    for (const HeadKind kind : headKinds())
        m_kind->addItem(headKindTitle(kind));
    m_kind->setCurrentIndex(chosen);
}

void HeadForm::setClassesFound(qint64 found, qint64 otherwise)
{
    m_classes->setEnabled(found == 0);
    const qint64 shown = whole(*m_classes, 0);
    const qint64 wanted = found > 0 ? found : shown > 0 ? shown : otherwise;
    if (wanted == shown || wanted == 0)
        return;
    m_classes->setValue(AttributeValue(std::int64_t{wanted}));
    Q_EMIT planChanged();
}

void HeadForm::setLabelSets(const std::vector<LabelSet> &sets)
{
    if (sets == m_labelSets)
        return;
    m_labelSets = sets;
    refreshSets();
    Q_EMIT planChanged();
}

void HeadForm::refreshSets()
{
    const std::vector<LabelSet> sets = plan().labelSets;
    m_sets->setText(labelSetsText(sets));
    m_sets->setVisible(!sets.empty());
    m_form->labelForField(m_sets)->setVisible(!sets.empty());
}

HeadPlan HeadForm::plan() const
{
    HeadPlan plan = m_plan;
    plan.classes = whole(*m_classes, 0);
    plan.labelSets = m_labelSets;
    if (classCount(plan) != plan.classes)
        plan.labelSets.clear();
    plan.width = whole(*m_width, 0);
    plan.hiddenLayers = m_layers->value();
    plan.activation = m_activation->currentText().toStdString();
    const auto dropout = m_dropout->value();
    plan.dropout = dropout ? std::get<double>(*dropout) : -1;
    return plan;
}

void HeadForm::setPlan(const HeadPlan &plan)
{
    const QSignalBlocker blocker(this);
    m_plan = plan;
    const auto &kinds = headKinds();
    m_kind->setCurrentIndex(int(std::find(kinds.begin(), kinds.end(), plan.kind) - kinds.begin()));
    m_classes->setValue(plan.classes > 0 ? std::optional<AttributeValue>(plan.classes) : std::nullopt);
    m_width->setValue(AttributeValue(plan.width));
    m_layers->setValue(plan.hiddenLayers);
    m_activation->setCurrentText(fromEngine(plan.activation));
    m_dropout->setValue(AttributeValue(plan.dropout));
    refreshFields();
}

void HeadForm::refreshFields()
{
    const HeadKind kind = m_plan.kind;
    const auto show = [this](QWidget *field, bool shown) {
        field->setVisible(shown);
        m_form->labelForField(field)->setVisible(shown);
    };
    show(m_layers, kind == HeadKind::Mlp);
    show(m_width, kind == HeadKind::Mlp || kind == HeadKind::Classic);
    show(m_activation, kind == HeadKind::Mlp);
    show(m_dropout, kind == HeadKind::Mlp || kind == HeadKind::DropoutLinear || kind == HeadKind::Convolutional);
}

void HeadForm::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
