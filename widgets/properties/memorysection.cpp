#include "properties/memorysection.h"
#include "common/text.h"
#include "properties/foldingsection.h"
#include "properties/panelparts.h"
#include "properties/trimmedspinbox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double bytesPerGigabyte = 1e9;
constexpr int mostPictures = 65536; // what validate() lets through
constexpr double mostGigabytes = 100'000;

/// The last part of a path: the whole one stands in the tool tip.
QString shortName(const QString &folder)
{
    const QString name = QDir(folder).dirName();
    return name.isEmpty() ? folder : name;
}

} // namespace

MemorySection::MemorySection(QWidget *parent) : QWidget(parent), m_folding(new FoldingSection), m_form(makeForm())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_folding);
    m_folding->column()->addLayout(m_form);
    m_texts.add([this] { m_folding->setTitle(tr("Memory and speed")); });
    buildBatch();
    buildCheckpointing();
    buildCache();
    setConfig(TrainingConfig{});
}

void MemorySection::buildBatch()
{
    m_microBatch = new QSpinBox;
    m_microBatch->setRange(0, mostPictures);
    m_microBatch->setKeyboardTracking(false);
    addFormRow(
        m_form, m_microBatch, m_texts, [] { return tr("Pictures at once"); },
        [] {
            return tr("How many pictures of a batch go through the network together (the micro-batch). Fewer need less memory and take a "
                      "little longer; the batch is still learned from as a whole. Only normalization that is trained sees each part by "
                      "itself. Leave it at 0 unless memory runs out.");
        });
    const auto setUnit
        = [this] { m_microBatch->setSuffix(counted(m_microBatch->value(), tr(" picture", "after 1"), tr(" pictures", "after a number"))); };
    m_texts.add([this, setUnit] {
        m_microBatch->setSpecialValueText(tr("the whole batch"));
        setUnit();
    });
    connect(m_microBatch, &QSpinBox::valueChanged, this, [this, setUnit] {
        setUnit();
        if (!m_loading)
            Q_EMIT configChanged();
    });
}

void MemorySection::buildCheckpointing()
{
    m_checkpointing = new QComboBox;
    makeNarrow(m_checkpointing);
    for (const char *name : {"auto", "on", "off"})
        m_checkpointing->addItem(QString(), QString::fromLatin1(name));
    addFormRow(
        m_form, m_checkpointing, m_texts, [] { return tr("Save memory"); },
        [] {
            return tr("Keeps few of the layers' outputs during a step and computes the others a second time (activation checkpointing). "
                      "What is learned is the same; a step needs less memory and takes longer.");
        });
    m_texts.add([this] {
        m_checkpointing->setItemText(0, tr("when it is short"));
        m_checkpointing->setItemText(1, tr("always"));
        m_checkpointing->setItemText(2, tr("never"));
    });
    connect(m_checkpointing, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_loading)
            Q_EMIT configChanged();
    });
}

void MemorySection::buildCache()
{
    m_keeps = new QCheckBox;
    addFormRow(
        m_form, m_keeps, m_texts, [] { return tr("Keep features"); },
        [] {
            return tr("Keeps on disk what the frozen layers make of each picture, so that later epochs and later runs, in any project, "
                      "take a moment. It costs disk space only. Without it every epoch computes everything again.");
        });
    connect(m_keeps, &QCheckBox::clicked, this, [this](bool keeps) { choose({keeps, m_choice.folder, m_choice.limitBytes}); });
    m_folder = new QComboBox;
    makeNarrow(m_folder);
    addFormRow(
        m_form, m_folder, m_texts, [] { return tr("Folder"); },
        [] {
            return tr("Where features are kept, for all projects on this computer. A fast disk with room to spare is best. What was kept "
                      "in another folder stays there.");
        });
    connect(m_folder, &QComboBox::activated, this, &MemorySection::chooseFolder);
    m_limit = new TrimmedSpinBox;
    m_limit->setRange(0, mostGigabytes);
    m_limit->setDecimals(3);
    m_limit->setKeyboardTracking(false);
    addFormRow(
        m_form, m_limit, m_texts, [] { return tr("At most"); },
        [] {
            return tr("What the folder may take. When it is full, what was used least recently makes room. 0 lets Graft choose: a tenth "
                      "of the free disk, 10 GB at most.");
        });
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this](double gigabytes) {
        if (!m_loading)
            choose({m_choice.keeps, m_choice.folder, std::llround(gigabytes * bytesPerGigabyte)});
    });
    m_useRow = new QWidget;
    auto *line = new QHBoxLayout(m_useRow);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_use = new QLabel;
    m_clear = new QPushButton;
    line->addWidget(m_use, 1);
    line->addWidget(m_clear);
    addFormRow(
        m_form, m_useRow, m_texts, [] { return tr("In use"); },
        [] { return tr("What the frozen layers made of all pictures so far, in all projects."); });
    connect(m_clear, &QPushButton::clicked, this, &MemorySection::clearRequested);
    m_texts.add([this] {
        m_limit->setSuffix(tr(" GB", "after a number"));
        m_clear->setText(tr("Clear…"));
        refreshCache();
    });
}

void MemorySection::applyTo(TrainingConfig &config) const
{
    config.microBatchSize = m_microBatch->value();
    config.activationCheckpointing = m_checkpointing->currentData().toString().toStdString();
}

void MemorySection::setConfig(const TrainingConfig &config)
{
    m_loading = true;
    m_microBatch->setValue(config.microBatchSize);
    m_checkpointing->setCurrentIndex(std::max(0, m_checkpointing->findData(fromEngine(config.activationCheckpointing))));
    m_loading = false;
}

void MemorySection::setFeatureCache(const FeatureCacheChoice &choice, const QString &defaultFolder)
{
    m_choice = choice;
    m_defaultFolder = defaultFolder;
    refreshCache();
}

void MemorySection::setFeatureCacheUse(qint64 bytes, qint64 defaultLimit)
{
    m_bytes = bytes;
    m_defaultLimit = defaultLimit;
    refreshCache();
}

void MemorySection::chooseFolder(int index)
{
    const bool wantsAnother = index == m_folder->count() - 1;
    const QString folder = m_folder->itemData(index).toString();
    refreshCache(); // the choice shows what is so, also when none is made in the end
    if (wantsAnother)
        Q_EMIT folderRequested();
    else
        choose({m_choice.keeps, folder, m_choice.limitBytes});
}

void MemorySection::choose(const FeatureCacheChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    refreshCache();
    Q_EMIT featureCacheChanged();
}

void MemorySection::refreshCache()
{
    m_loading = true;
    m_keeps->setChecked(m_choice.keeps);
    m_form->setRowVisible(m_folder, m_choice.keeps);
    m_form->setRowVisible(m_limit, m_choice.keeps);
    m_folder->clear();
    m_folder->addItem(tr("Default folder"), QString());
    m_folder->setItemData(0, QDir::toNativeSeparators(m_defaultFolder), Qt::ToolTipRole);
    if (!m_choice.folder.isEmpty()) {
        m_folder->addItem(shortName(m_choice.folder), m_choice.folder);
        m_folder->setItemData(1, QDir::toNativeSeparators(m_choice.folder), Qt::ToolTipRole);
    }
    m_folder->setCurrentIndex(m_folder->count() - 1);
    m_folder->addItem(tr("Choose a folder…"));
    m_folder->setToolTip(m_folder->currentData(Qt::ToolTipRole).toString() + QStringLiteral("\n\n") + m_folder->accessibleDescription());
    m_limit->setSpecialValueText(m_defaultLimit > 0 ? tr("automatic: %1").arg(formatBytes(m_defaultLimit)) : tr("automatic"));
    m_limit->setValue(static_cast<double>(m_choice.limitBytes) / bytesPerGigabyte);
    m_use->setText(formatBytes(m_bytes));
    m_clear->setEnabled(m_bytes > 0);
    m_loading = false;
}

void MemorySection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
