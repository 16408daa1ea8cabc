#include "gui/exportpage.h"
#include "common/text.h"
#include "gui/exportoptions.h"
#include "gui/exportreport.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {
namespace {

constexpr int columnWidth = 600;
constexpr int helpIndent = 24;

/// Who reads it.
QString help(const std::string &formatName)
{
    if (formatName == "safetensors")
        return ExportPage::tr("Safe and fast to load; Graft opens it again with all that belongs to it, and HuggingFace's tools read it.");
    if (formatName == "pth")
        return ExportPage::tr("Weights by name, for Python: torch.load(file, weights_only=True).");
    if (formatName == "torchscript")
        return ExportPage::tr("Runs by itself in PyTorch, in Python, C++ and on phones: torch.jit.load(file).");
    if (formatName == "onnx")
        return ExportPage::tr("Runs by itself in OpenCV, ONNX Runtime, TensorRT, browsers and most other programs.");
    if (formatName == "python")
        return ExportPage::tr(
            "A program to read and to change: it rebuilds the network with torch and torchvision, predicts and trains on.");
    return {};
}

/// A layout in a column of fixed width does not ask a label how high its wrapped text becomes.
void setWrapped(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setMinimumHeight(std::max(0, label.heightForWidth(columnWidth)));
}

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    return label;
}

QString withEnding(const QString &path, const std::string &ending)
{
    const QFileInfo file(path);
    return file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('.') + fromEngine(ending);
}

} // namespace

ExportPage::ExportPage(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *column = new QWidget;
    column->setFixedWidth(columnWidth);
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 24, 0, 24);
    rows->setSpacing(8);
    m_title = new QLabel;
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_title->setFont(large);
    m_summary = wrappedLabel();
    m_options = new ExportOptions;
    m_merge = new QCheckBox;
    m_merge->setChecked(true);
    m_merge->hide();
    m_promise = wrappedLabel();
    m_report = new ExportReport;
    rows->addWidget(m_title);
    rows->addWidget(m_summary);
    rows->addSpacing(8);
    rows->addWidget(makeFormats());
    rows->addWidget(m_options);
    rows->addWidget(m_merge);
    rows->addSpacing(8);
    rows->addWidget(makeFile());
    rows->addWidget(makeQuestion());
    rows->addWidget(m_promise);
    rows->addWidget(m_report);
    auto *centre = new QWidget;
    auto *middle = new QVBoxLayout(centre);
    middle->setContentsMargins(24, 0, 24, 0);
    middle->addStretch(1);
    middle->addWidget(column, 0, Qt::AlignHCenter);
    middle->addStretch(2);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(centre);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(scroll);
    retranslate();
}

QWidget *ExportPage::makeFormats()
{
    auto *box = new QWidget;
    m_formatRows = new QVBoxLayout(box);
    m_formatRows->setContentsMargins(0, 0, 0, 0);
    m_formatRows->setSpacing(4);
    m_formatTitle = new QLabel;
    m_formatRows->addWidget(m_formatTitle);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked)
            followFormat();
    });
    return box;
}

QWidget *ExportPage::makeFile()
{
    auto *box = new QWidget;
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    m_fileTitle = new QLabel;
    m_file = new QLineEdit;
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_fileTitle->setBuddy(m_file);
    m_browse = new QPushButton;
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_browse);
    m_export = new QPushButton;
    m_export->setObjectName(QStringLiteral("exportButton"));
    m_export->setDefault(true);
    rows->addWidget(m_fileTitle);
    rows->addLayout(fileRow);
    rows->addSpacing(8);
    rows->addWidget(m_export, 0, Qt::AlignLeft);
    connect(m_browse, &QPushButton::clicked, this, &ExportPage::browse);
    connect(m_file, &QLineEdit::textChanged, this, [this] {
        m_question->hide();
        refresh();
    });
    connect(m_file, &QLineEdit::returnPressed, m_export, &QPushButton::click);
    connect(m_export, &QPushButton::clicked, this, &ExportPage::submit);
    return box;
}

QWidget *ExportPage::makeQuestion()
{
    m_question = new QFrame;
    m_question->setObjectName(QStringLiteral("exportQuestion"));
    m_question->setFrameShape(QFrame::StyledPanel);
    m_questionText = wrappedLabel();
    m_replace = new QPushButton;
    m_replace->setObjectName(QStringLiteral("exportReplace"));
    m_keepBoth = new QPushButton;
    m_keepBoth->setObjectName(QStringLiteral("exportKeepBoth"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_keepBoth);
    buttons->addWidget(m_replace);
    buttons->addStretch(1);
    auto *rows = new QVBoxLayout(m_question);
    rows->addWidget(m_questionText);
    rows->addLayout(buttons);
    m_question->hide();
    connect(m_replace, &QPushButton::clicked, this, &ExportPage::request);
    connect(m_keepBoth, &QPushButton::clicked, this, &ExportPage::keepBoth);
    return m_question;
}

void ExportPage::setFormats(const std::vector<Format> &formats)
{
    for (const Format &format : formats) {
        if (!format.write)
            continue;
        auto *button = new QRadioButton(fromEngine(format.title));
        button->setObjectName(QStringLiteral("exportFormat_") + fromEngine(format.name));
        m_group->addButton(button, static_cast<int>(m_formats.size()));
        m_formats.push_back(&format);
        m_formatRows->addWidget(button, 0, Qt::AlignLeft);
        auto *text = wrappedLabel();
        text->setIndent(helpIndent);
        m_formatRows->addWidget(text);
        m_helps.append(text);
    }
    // What Graft opens again with all that belongs to it comes first to mind.
    for (QAbstractButton *button : m_group->buttons())
        if (button == m_group->button(0) || button->objectName() == QLatin1String("exportFormat_safetensors"))
            button->setChecked(true);
    retranslate();
}

const Format *ExportPage::chosen() const
{
    const int index = m_group->checkedId();
    return index < 0 ? nullptr : m_formats[static_cast<std::size_t>(index)];
}

void ExportPage::setSuggestedFile(const QString &folder, const QString &baseName)
{
    m_file->setText(QDir::toNativeSeparators(folder + QLatin1Char('/') + baseName));
    followFormat();
}

void ExportPage::followFormat()
{
    const Format *format = chosen();
    if (!format)
        return;
    m_options->setSchema(format->options);
    m_question->hide();
    if (m_file->text().isEmpty())
        return;
    const QFileInfo file(m_file->text());
    QString base = file.fileName();
    for (const Format *each : m_formats)
        if (base.endsWith(QLatin1Char('.') + fromEngine(each->extensions.front())))
            base.chop(static_cast<int>(each->extensions.front().size()) + 1);
    m_file->setText(
        QDir::toNativeSeparators(file.path() + QLatin1Char('/') + base + QLatin1Char('.') + fromEngine(format->extensions.front())));
}

void ExportPage::browse()
{
    const Format *format = chosen();
    if (!format)
        return;
    const QString filter = QStringLiteral("%1 (*.%2)").arg(fromEngine(format->title), fromEngine(format->extensions.front()));
    // Whether to overwrite is asked on the page, whichever way a name came in.
    const QString path
        = QFileDialog::getSaveFileName(this, tr("Export the model"), m_file->text(), filter, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_file->setText(QDir::toNativeSeparators(path));
}

QString ExportPage::fullPath() const
{
    return QFileInfo(m_file->text()).absoluteFilePath();
}

QStringList ExportPage::existingFiles(const QString &path) const
{
    QStringList wanted = {path};
    for (const std::string &ending : chosen()->companions)
        wanted.append(withEnding(path, ending));
    QStringList existing;
    for (const QString &file : wanted)
        if (QFileInfo(file).isFile())
            existing.append(QFileInfo(file).fileName());
    return existing;
}

QString ExportPage::freePath() const
{
    const QFileInfo file(fullPath());
    const QString ending = file.suffix().isEmpty() ? QString() : QLatin1Char('.') + file.suffix();
    QString path;
    int number = 2;
    do
        path = QStringLiteral("%1/%2 (%3)%4").arg(file.path(), file.completeBaseName()).arg(number++).arg(ending);
    while (!existingFiles(path).isEmpty());
    return path;
}

void ExportPage::submit()
{
    if (!chosen())
        return;
    const QStringList existing = existingFiles(fullPath());
    if (existing.isEmpty())
        return request();
    setWrapped(*m_questionText, tr("There is a %1 already. Is it to be replaced?").arg(existing.join(QLatin1String(", "))));
    m_keepBoth->setText(tr("Keep it, write %1").arg(QFileInfo(freePath()).fileName()));
    m_question->show();
    m_keepBoth->setFocus();
}

void ExportPage::keepBoth()
{
    m_file->setText(QDir::toNativeSeparators(freePath()));
    request();
}

void ExportPage::request()
{
    m_question->hide();
    if (const Format *format = chosen())
        Q_EMIT exportRequested(
            fullPath(), fromEngine(format->name), m_options->values(), m_merge->isVisibleTo(this) && m_merge->isChecked());
}

void ExportPage::setContents(const QString &summary)
{
    m_contents = summary;
    refresh();
}

void ExportPage::setHasLora(bool hasLora)
{
    m_merge->setVisible(hasLora);
}

void ExportPage::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void ExportPage::setRecord(const std::optional<ExportRecord> &record)
{
    m_report->setRecord(record);
    m_promise->setVisible(!record.has_value());
}

void ExportPage::refresh()
{
    m_summary->setText(m_contents.isEmpty() ? tr("There is no model to export yet. Open one and train it; then come back.") : m_contents);
    m_export->setEnabled(!m_contents.isEmpty() && !m_busy && !m_file->text().isEmpty() && chosen());
    m_replace->setEnabled(m_export->isEnabled());
    m_keepBoth->setEnabled(m_export->isEnabled());
    m_export->setText(m_busy ? tr("Writing and checking…") : tr("Export"));
}

void ExportPage::retranslate()
{
    m_title->setText(tr("Take the model away"));
    m_formatTitle->setText(tr("As"));
    m_fileTitle->setText(tr("To the &file"));
    m_browse->setText(tr("Choose…"));
    m_merge->setText(tr("Merge LoRA into the layers beside it"));
    m_merge->setToolTip(tr("The file gives the same answers with fewer layers; training cannot go on with the branches from it."));
    m_replace->setText(tr("Replace it"));
    m_question->hide();
    setWrapped(*m_promise,
        tr("Class names and the preparation of pictures go along. What is written is loaded again by something else than what wrote it, "
           "and must "
           "give the same answers on your pictures before it gets its name."));
    for (qsizetype i = 0; i < m_helps.size(); ++i)
        setWrapped(*m_helps[i], help(m_formats[static_cast<std::size_t>(i)]->name));
    refresh();
}

void ExportPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace graft
