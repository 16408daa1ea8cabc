#include "properties/cacherows.h"
#include "common/text.h"
#include "properties/trimmedspinbox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <cmath>

namespace graft {

namespace {

constexpr double bytesPerGigabyte = 1e9;
constexpr double mostGigabytes = 100'000;

/// The last part of a path: the whole one stands in the tool tip.
QString shortName(const QString &folder)
{
    const QString name = QDir(folder).dirName();
    return name.isEmpty() ? folder : name;
}

} // namespace

CacheRows::CacheRows(QFormLayout *form, Retranslation &retranslation, const Texts &texts, QObject *parent)
    : QObject(parent), m_form(form), m_keeps(new QCheckBox), m_folder(new QComboBox), m_limit(new TrimmedSpinBox), m_useRow(new QWidget),
      m_use(new QLabel), m_clear(new QPushButton)
{
    const auto add = [&](QWidget *field, const RowTexts &row) { addFormRow(m_form, field, retranslation, row.title, row.help); };
    add(m_keeps, texts.keeps);
    connect(m_keeps, &QCheckBox::clicked, this, [this](bool keeps) { choose({keeps, m_choice.folder, m_choice.limitBytes}); });
    makeNarrow(m_folder);
    add(m_folder, texts.folder);
    connect(m_folder, &QComboBox::activated, this, &CacheRows::chooseFolder);
    m_limit->setRange(0, mostGigabytes);
    m_limit->setDecimals(3);
    m_limit->setKeyboardTracking(false);
    add(m_limit, texts.limit);
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this](double gigabytes) {
        if (!m_loading)
            choose({m_choice.keeps, m_choice.folder, std::llround(gigabytes * bytesPerGigabyte)});
    });
    auto *line = new QHBoxLayout(m_useRow);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_use, 1);
    line->addWidget(m_clear);
    add(m_useRow, texts.use);
    connect(m_clear, &QPushButton::clicked, this, &CacheRows::clearRequested);
    retranslation.add([this, state = texts.state] {
        if (state)
            m_keeps->setText(state());
        m_limit->setSuffix(tr(" GB", "after a number"));
        m_clear->setText(tr("Clear…"));
        refresh();
    });
}

void CacheRows::setChoice(const CacheChoice &choice, const QString &defaultFolder)
{
    m_choice = choice;
    m_defaultFolder = defaultFolder;
    refresh();
}

void CacheRows::setUse(qint64 bytes, qint64 defaultLimit)
{
    m_bytes = bytes;
    m_defaultLimit = defaultLimit;
    refresh();
}

void CacheRows::chooseFolder(int index)
{
    const bool wantsAnother = index == m_folder->count() - 1;
    const QString folder = m_folder->itemData(index).toString();
    refresh(); // the choice shows what is so, also when none is made in the end
    if (wantsAnother)
        Q_EMIT folderRequested();
    else
        choose({m_choice.keeps, folder, m_choice.limitBytes});
}

void CacheRows::choose(const CacheChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    refresh();
    Q_EMIT choiceChanged();
}

void CacheRows::refresh()
{
    m_loading = true;
    m_keeps->setChecked(m_choice.keeps);
    m_form->setRowVisible(m_folder, m_choice.keeps);
    m_form->setRowVisible(m_limit, m_choice.keeps);
    m_form->setRowVisible(m_useRow, m_choice.keeps || m_bytes > 0);
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

} // namespace graft
