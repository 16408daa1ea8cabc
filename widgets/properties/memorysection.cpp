#include "properties/memorysection.h"
#include "common/text.h"
#include "properties/cacherows.h"
#include "properties/foldingsection.h"
#include "properties/panelparts.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

constexpr int mostPictures = 65536; // what validate() lets through

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
    buildCaches();
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

void MemorySection::buildCaches()
{
    m_features = new CacheRows(m_form, m_texts,
        {{[] { return tr("Keep features"); },
             [] {
                 return tr(
                     "Keeps on disk what the frozen layers make of each picture, so that later epochs and later runs, in any project, "
                     "take a moment. It costs disk space only. Without it every epoch computes everything again.");
             }},
            {[] { return tr("Folder"); },
                [] {
                    return tr(
                        "Where features are kept, for all projects on this computer. A fast disk with room to spare is best. What was "
                        "kept in another folder stays there.");
                }},
            {[] { return tr("At most"); },
                [] {
                    return tr("What the folder may take. When it is full, what was used least recently makes room. 0 lets Graft choose: a "
                              "tenth of the free disk, 10 GB at most.");
                }},
            {[] { return tr("In use"); }, [] { return tr("What the frozen layers made of all pictures so far, in all projects."); }}},
        this);
    m_pictures = new CacheRows(m_form, m_texts,
        {{[] { return tr("Keep pictures"); },
             [] {
                 return tr(
                     "Keeps pictures on disk unpacked (decoded), so that later epochs and later runs need not unpack the files again. "
                     "It saves time where every epoch shows fresh views of them or nothing is frozen. What is learned is the same. "
                     "Photos take about five times the room that their files take.");
             }},
            {[] { return tr("Picture folder"); },
                [] {
                    return tr("Where unpacked pictures are kept, for all projects on this computer. Only a fast disk saves time. What was "
                              "kept in another folder stays there.");
                }},
            {[] { return tr("Pictures at most"); },
                [] {
                    return tr(
                        "What the folder may take. When it is full, pictures that the run does not use make room; those that still do "
                        "not fit are unpacked in every epoch. 0 lets Graft choose: a tenth of the free disk, 10 GB at most.");
                }},
            {[] { return tr("Pictures in use"); }, [] { return tr("All pictures that are kept unpacked, of all projects."); }},
            [] { return tr("unpacked", "picture files"); }},
        this);
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

void MemorySection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
