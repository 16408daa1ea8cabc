#include "gui/exportpage.h"

#include <QButtonGroup>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QUrl>
#include <QVBoxLayout>

namespace graft {
namespace {

constexpr int columnWidth = 600;
constexpr int helpIndent = 24;

QString help(const QString &formatName)
{
    if (formatName == QLatin1String("safetensors"))
        return ExportPage::tr(
            "Safe and fast to load; holds the network, the class names and the preparation of pictures as well. Graft opens it "
            "again as it is.");
    if (formatName == QLatin1String("pth"))
        return ExportPage::tr("Weights by name, for Python: torch.load(file, weights_only=True).");
    if (formatName == QLatin1String("torchscript"))
        return ExportPage::tr("Runs by itself, in Python and C++: torch.jit.load(file).");
    return {};
}

/// A layout in a column of fixed width does not ask a label how high its wrapped text becomes.
void setWrapped(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setMinimumHeight(label.heightForWidth(columnWidth));
}

} // namespace

ExportPage::ExportPage(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *column = new QWidget;
    column->setFixedWidth(columnWidth);
    auto *rows = new QVBoxLayout(column);
    rows->setSpacing(8);
    m_title = new QLabel;
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_title->setFont(large);
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    m_formatTitle = new QLabel;
    m_formatRows = new QVBoxLayout;
    m_formatRows->setSpacing(4);
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
    m_result = new QLabel;
    m_result->setObjectName(QStringLiteral("exportResult"));
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_result->setOpenExternalLinks(true);
    rows->addWidget(m_title);
    rows->addWidget(m_summary);
    rows->addSpacing(16);
    rows->addWidget(m_formatTitle);
    rows->addLayout(m_formatRows);
    rows->addSpacing(16);
    rows->addWidget(m_fileTitle);
    rows->addLayout(fileRow);
    rows->addSpacing(16);
    rows->addWidget(m_export, 0, Qt::AlignLeft);
    rows->addWidget(m_result);
    auto *page = new QVBoxLayout(this);
    page->addStretch(1);
    page->addWidget(column, 0, Qt::AlignHCenter);
    page->addStretch(2);

    connect(m_group, &QButtonGroup::idToggled, this, &ExportPage::followFormat);
    connect(m_browse, &QPushButton::clicked, this, &ExportPage::browse);
    connect(m_file, &QLineEdit::textChanged, this, &ExportPage::refresh);
    connect(m_export, &QPushButton::clicked, this, [this] {
        if (const Choice *format = chosen())
            Q_EMIT exportRequested(m_file->text(), format->name);
    });
    retranslate();
}

void ExportPage::setFormats(const std::vector<Choice> &formats)
{
    m_formats = formats;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        auto *button = new QRadioButton(formats[i].title);
        button->setObjectName(QStringLiteral("exportFormat_") + formats[i].name);
        m_group->addButton(button, static_cast<int>(i));
        m_formatRows->addWidget(button);
        auto *text = new QLabel;
        text->setWordWrap(true);
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

const ExportPage::Choice *ExportPage::chosen() const
{
    const int index = m_group->checkedId();
    return index < 0 ? nullptr : &m_formats[static_cast<std::size_t>(index)];
}

void ExportPage::setSuggestedFile(const QString &folder, const QString &baseName)
{
    m_file->setText(QDir::toNativeSeparators(folder + QLatin1Char('/') + baseName));
    followFormat();
}

void ExportPage::followFormat()
{
    const Choice *format = chosen();
    if (!format || m_file->text().isEmpty())
        return;
    const QFileInfo file(m_file->text());
    QString base = file.fileName();
    for (const Choice &each : m_formats)
        if (base.endsWith(QLatin1Char('.') + each.extension))
            base.chop(static_cast<int>(each.extension.size()) + 1);
    m_file->setText(QDir::toNativeSeparators(file.path() + QLatin1Char('/') + base + QLatin1Char('.') + format->extension));
}

void ExportPage::browse()
{
    const Choice *format = chosen();
    if (!format)
        return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the model"), m_file->text(), QStringLiteral("%1 (*.%2)").arg(format->title, format->extension));
    if (!path.isEmpty())
        m_file->setText(QDir::toNativeSeparators(path));
}

void ExportPage::setContents(const QString &summary)
{
    m_contents = summary;
    refresh();
}

void ExportPage::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void ExportPage::setResult(const QString &text, const QString &path)
{
    if (path.isEmpty())
        m_result->setText(text);
    else
        m_result->setText(text.toHtmlEscaped()
            + QStringLiteral(" <a href=\"%1\">%2</a>")
                  .arg(QUrl::fromLocalFile(QFileInfo(path).absolutePath()).toString(), tr("Open the folder")));
}

void ExportPage::refresh()
{
    m_summary->setText(m_contents.isEmpty() ? tr("There is no model to export yet. Open one and train it; then come back.") : m_contents);
    m_export->setEnabled(!m_contents.isEmpty() && !m_busy && !m_file->text().isEmpty() && chosen());
    m_export->setText(m_busy ? tr("Exporting…") : tr("Export"));
}

void ExportPage::retranslate()
{
    m_title->setText(tr("Take the model away"));
    m_formatTitle->setText(tr("As"));
    m_fileTitle->setText(tr("To the &file"));
    m_browse->setText(tr("Choose…"));
    for (qsizetype i = 0; i < m_helps.size(); ++i)
        setWrapped(*m_helps[i], help(m_formats[static_cast<std::size_t>(i)].name));
    refresh();
}

void ExportPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace graft
