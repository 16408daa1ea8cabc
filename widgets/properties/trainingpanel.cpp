#include "properties/trainingpanel.h"
#include "common/text.h"
#include "properties/memorysection.h"
#include "properties/panelparts.h"
#include "properties/schedulesketch.h"
#include "properties/scientificspinbox.h"
#include "properties/trimmedspinbox.h"
#include "training/optimizer.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

namespace graft {

namespace {

/// Chooses the entry with that name; adds it when it is not there.
void choose(QComboBox *box, const QString &name)
{
    if (box->findData(name) < 0)
        box->addItem(name, name);
    box->setCurrentIndex(box->findData(name));
}

void fill(QComboBox *box, const TrainingPanel::Choices &choices)
{
    const QSignalBlocker blocker(box);
    const QString present = box->currentData().toString();
    box->clear();
    for (const auto &[name, title] : choices)
        box->addItem(title, name);
    if (!present.isEmpty())
        choose(box, present);
}

QComboBox *makeBox()
{
    auto *box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

QDoubleSpinBox *makeShareBox(double highestPercent, double stepPercent)
{
    auto *box = new TrimmedSpinBox;
    box->setRange(0, highestPercent);
    box->setDecimals(6);
    box->setSingleStep(stepPercent);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

TrainingPanel::TrainingPanel(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = makeScrollingColumn(this, &m_content);
    const auto section = [this, column](const TextSource &title) {
        QLabel *heading = makeHeading();
        if (column->count() == 0)
            heading->setContentsMargins(0, 0, 0, 0);
        column->addWidget(heading);
        m_texts.add([heading, title] { heading->setText(title()); });
        QFormLayout *form = makeForm();
        column->addLayout(form);
        return form;
    };
    QFormLayout *run = section([] { return tr("Run"); });
    buildRun(run);
    m_optimization = section([] { return tr("Learning"); });
    buildOptimization(m_optimization);
    m_schedules = section([] { return tr("Schedule"); });
    buildSchedule(m_schedules);
    QFormLayout *machine = section([] { return tr("Machine"); });
    buildMachine(machine);
    m_memory = new MemorySection;
    column->addWidget(m_memory);
    m_texts.add([this, run, machine] { alignLabels({run, m_optimization, m_schedules, machine, m_memory->form()}); });
    column->addStretch(1);
    connectFields();
    setConfig(TrainingConfig{});
    setValidationShare(0.2);
}

void TrainingPanel::addRow(QFormLayout *form, QWidget *field, const TextSource &title, const TextSource &help)
{
    addFormRow(form, field, m_texts, title, help);
}

void TrainingPanel::buildRun(QFormLayout *form)
{
    m_epochs = new QSpinBox;
    m_epochs->setRange(1, 10000);
    addRow(
        form, m_epochs, [] { return tr("Epochs"); },
        [] { return tr("How often training goes through all training pictures. 5 to 20 are usual for a new head."); });
    m_batch = new QSpinBox;
    m_batch->setRange(1, 4096);
    addRow(
        form, m_batch, [] { return tr("Batch size"); },
        [] { return tr("Pictures that are looked at before the weights are changed once. Larger is steadier and needs more memory."); });
    m_validation = makeShareBox(90, 5);
    addRow(
        form, m_validation, [] { return tr("Validation"); },
        [] {
            return tr(
                "Share of the pictures of each class that is kept from training, to measure what was learned on pictures never seen.");
        });
    m_seed = new QLineEdit;
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,20}")), m_seed));
    addRow(
        form, m_seed, [] { return tr("Seed"); },
        [] { return tr("Starts all chance. The same seed with the same settings gives the same numbers again."); });
    m_texts.add([this] { m_validation->setSuffix(tr(" %", "percent, after a number")); });
}

void TrainingPanel::buildOptimization(QFormLayout *form)
{
    m_optimizer = makeBox();
    addRow(
        form, m_optimizer, [] { return tr("Optimizer"); },
        [] { return tr("The rule that changes the weights. SGD with momentum is the classic; Adam and AdamW need less tuning."); });
    m_learningRate = new ScientificSpinBox;
    m_learningRate->setRange(1e-9, 100);
    m_learningRate->setSmallestStep(1e-6);
    addRow(
        form, m_learningRate, [] { return tr("Learning rate"); },
        [] {
            return tr("How big a step each change is. 0.001 to 0.01 suits a new head; ten times less suits a whole network. The loss jumps "
                      "about when it is too high.");
        });
    m_momentum = new TrimmedSpinBox;
    m_momentum->setRange(0, 0.9999);
    m_momentum->setDecimals(6);
    m_momentum->setSingleStep(0.05);
    m_momentum->setKeyboardTracking(false);
    addRow(
        form, m_momentum, [] { return tr("Momentum"); },
        [] { return tr("How much of the last steps' direction is kept, so that small bumps are rolled over. 0.9 is usual."); });
    m_nesterov = new QCheckBox;
    addFormRow(
        form, m_nesterov, m_texts, [] { return QString(); },
        [] { return tr("Looks ahead along the momentum before it computes the next step; often a little faster."); });
    m_texts.add([this] {
        m_nesterov->setText(tr("Nesterov momentum"));
        m_nesterov->setAccessibleName(m_nesterov->text());
    });
    m_weightDecay = new ScientificSpinBox;
    m_weightDecay->setRange(0, 1);
    m_weightDecay->setSmallestStep(1e-6);
    addRow(
        form, m_weightDecay, [] { return tr("Weight decay"); },
        [] {
            return tr("Pulls the weights gently towards zero, against learning the pictures by heart. 0.0001 is usual; 0 turns it off.");
        });
    m_smoothing = makeShareBox(90, 5);
    addRow(
        form, m_smoothing, [] { return tr("Label smoothing"); },
        [] {
            return tr(
                "How little a label is trusted: with 10 % the network need not be quite sure, which helps when some labels are wrong.");
        });
    m_texts.add([this] { m_smoothing->setSuffix(tr(" %", "percent, after a number")); });
}

void TrainingPanel::buildSchedule(QFormLayout *form)
{
    m_schedule = makeBox();
    addRow(
        form, m_schedule, [] { return tr("Schedule"); },
        [] {
            return tr("How the learning rate moves during the run: large steps first, small ones at the end usually give the best result.");
        });
    m_stepEpochs = new QSpinBox;
    m_stepEpochs->setRange(1, 10000);
    addRow(
        form, m_stepEpochs, [] { return tr("Drop every"); }, [] { return tr("Epochs after which the learning rate drops."); });
    m_stepFactor = new TrimmedSpinBox;
    m_stepFactor->setRange(0.0001, 1);
    m_stepFactor->setDecimals(6);
    m_stepFactor->setSingleStep(0.1);
    m_stepFactor->setKeyboardTracking(false);
    addRow(
        form, m_stepFactor, [] { return tr("Drop to"); },
        [] { return tr("What the learning rate is multiplied with at each drop. 0.1 makes it ten times smaller."); });
    m_warmup = makeShareBox(99, 5);
    addRow(
        form, m_warmup, [] { return tr("Rising part"); },
        [] { return tr("Share of the run in which the learning rate rises before it falls."); });
    m_sketch = new ScheduleSketch;
    form->addRow(m_sketch);
    m_texts.add([this] {
        m_stepFactor->setPrefix(QStringLiteral("× "));
        m_stepEpochs->setSuffix(tr(" epochs", "after a number"));
        m_warmup->setSuffix(tr(" %", "percent, after a number"));
    });
}

void TrainingPanel::buildMachine(QFormLayout *form)
{
    m_device = makeBox();
    addRow(
        form, m_device, [] { return tr("Device"); },
        [] { return tr("What computes: the processor, or a graphics card, which is many times faster."); });
    m_precision = makeBox();
    m_precision->addItem(QString(), QStringLiteral("auto"));
    m_precision->addItem(QString(), QStringLiteral("fp32"));
    m_precision->addItem(QString(), QStringLiteral("bf16"));
    addRow(
        form, m_precision, [] { return tr("Precision"); },
        [] {
            return tr(
                "How exactly numbers are kept while training, judging and predicting. Automatic takes bf16, which is faster and needs "
                "less memory, on graphics cards and on processors made for it, and full precision elsewhere. With bf16 a picture on "
                "the edge between two classes may fall on the other side.");
        });
    m_texts.add([this] {
        m_precision->setItemText(0, tr("Automatic"));
        m_precision->setItemText(1, tr("Full (fp32)"));
        m_precision->setItemText(2, tr("Half (bf16)"));
    });
}

void TrainingPanel::connectFields()
{
    for (QComboBox *box : {m_optimizer, m_schedule, m_device, m_precision})
        connect(box, &QComboBox::currentIndexChanged, this, &TrainingPanel::changed);
    for (QDoubleSpinBox *box : {static_cast<QDoubleSpinBox *>(m_learningRate), static_cast<QDoubleSpinBox *>(m_weightDecay), m_momentum,
             m_stepFactor, m_warmup, m_smoothing})
        connect(box, &QDoubleSpinBox::valueChanged, this, &TrainingPanel::changed);
    for (QSpinBox *box : {m_epochs, m_batch, m_stepEpochs})
        connect(box, &QSpinBox::valueChanged, this, &TrainingPanel::changed);
    connect(m_nesterov, &QCheckBox::toggled, this, &TrainingPanel::changed);
    connect(m_seed, &QLineEdit::textChanged, this, &TrainingPanel::changed);
    connect(m_memory, &MemorySection::configChanged, this, &TrainingPanel::changed);
    connect(m_validation, &QDoubleSpinBox::valueChanged, this, [this] {
        m_validationShare = m_validation->value() / 100;
        Q_EMIT validationShareChanged(m_validationShare);
    });
}

void TrainingPanel::setChoices(const std::vector<DeviceDescription> &devices, const Choices &optimizers, const Choices &schedules)
{
    m_loading = true;
    fill(m_optimizer, optimizers);
    fill(m_schedule, schedules);
    Choices titles;
    const int threads = QThread::idealThreadCount();
    for (const DeviceDescription &device : devices) {
        const QString title = device.device.isCuda() ? fromEngine(device.title)
                                                     : counted(threads, tr("CPU, 1 thread"), tr("CPU, %n threads", nullptr, threads));
        const QString memory
            = device.memoryBytes > 0 ? tr("%1, %2", "device, its memory").arg(title, formatBytes(device.memoryBytes)) : title;
        titles.emplace_back(QString::number(device.device.cudaIndex), memory);
    }
    fill(m_device, titles);
    m_loading = false;
    refreshVisibility();
}

TrainingConfig TrainingPanel::config() const
{
    TrainingConfig config = m_config;
    config.epochs = m_epochs->value();
    config.batchSize = m_batch->value();
    config.optimizer = m_optimizer->currentData().toString().toStdString();
    config.learningRate = m_learningRate->value();
    config.momentum = m_momentum->value();
    config.nesterov = m_nesterov->isChecked();
    config.weightDecay = m_weightDecay->value();
    config.schedule = m_schedule->currentData().toString().toStdString();
    config.stepEpochs = m_stepEpochs->value();
    config.stepFactor = m_stepFactor->value();
    config.warmupShare = m_warmup->value() / 100;
    config.labelSmoothing = m_smoothing->value() / 100;
    config.seed = m_seed->text().toULongLong();
    config.device.cudaIndex = m_device->currentData().toInt();
    config.precision = m_precision->currentData().toString().toStdString();
    m_memory->applyTo(config);
    return config;
}

void TrainingPanel::setConfig(const TrainingConfig &config)
{
    m_loading = true;
    m_config = config;
    m_epochs->setValue(config.epochs);
    m_batch->setValue(config.batchSize);
    choose(m_optimizer, fromEngine(config.optimizer));
    m_learningRate->setValue(config.learningRate);
    m_momentum->setValue(config.momentum);
    m_nesterov->setChecked(config.nesterov);
    m_weightDecay->setValue(config.weightDecay);
    choose(m_schedule, fromEngine(config.schedule));
    m_stepEpochs->setValue(config.stepEpochs);
    m_stepFactor->setValue(config.stepFactor);
    m_warmup->setValue(config.warmupShare * 100);
    m_smoothing->setValue(config.labelSmoothing * 100);
    m_seed->setText(QString::number(config.seed));
    choose(m_device, QString::number(config.device.cudaIndex));
    choose(m_precision, fromEngine(config.precision));
    m_memory->setConfig(config);
    m_loading = false;
    refreshVisibility();
}

void TrainingPanel::setEditable(bool editable)
{
    m_content->setEnabled(editable);
}

double TrainingPanel::validationShare() const
{
    return m_validationShare;
}

void TrainingPanel::setValidationShare(double share)
{
    const QSignalBlocker blocker(m_validation);
    m_validation->setValue(share * 100);
    m_validationShare = share;
}

void TrainingPanel::setValidationShareUsed(bool used)
{
    m_validation->setEnabled(used);
    m_validation->setSpecialValueText(used ? QString() : tr("the data's own"));
    m_shareUsed = used;
    const QSignalBlocker blocker(m_validation);
    m_validation->setValue(used ? m_validationShare * 100 : 0);
}

void TrainingPanel::changed()
{
    if (m_loading)
        return;
    refreshVisibility();
    Q_EMIT configChanged();
}

void TrainingPanel::refreshVisibility()
{
    const TrainingConfig present = config();
    const OptimizerType *optimizer = optimizerTypes().find(present.optimizer);
    const bool usesMomentum = optimizer && optimizer->usesMomentum;
    m_optimization->setRowVisible(m_momentum, usesMomentum);
    m_optimization->setRowVisible(m_nesterov, usesMomentum);
    m_schedules->setRowVisible(m_stepEpochs, present.schedule == "step");
    m_schedules->setRowVisible(m_stepFactor, present.schedule == "step");
    m_schedules->setRowVisible(m_warmup, present.schedule == "onecycle");
    m_sketch->setConfig(present);
}

void TrainingPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_texts.run();
        setValidationShareUsed(m_shareUsed);
    }
    QWidget::changeEvent(event);
}

} // namespace graft
