#include "gui/exportreport.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStringList>
#include <QUrl>
#include <cmath>

namespace graft {
namespace {

constexpr int textWidth = 536; // of the page's column

QString nameOf(const std::filesystem::path &path)
{
    return fromEngine(path.filename().string());
}

/// "0.00012 %", "3.2 %": two digits that count.
QString formatDifference(double share)
{
    if (!std::isfinite(share))
        return ExportReport::tr("no numbers");
    if (share == 0)
        return ExportReport::tr("none");
    const int digits = std::max(0, 1 - static_cast<int>(std::floor(std::log10(share * 100))));
    return ExportReport::tr("%1 % of the largest output").arg(QLocale().toString(share * 100, 'f', std::min(digits, 7)));
}

QString formatMilliseconds(double milliseconds)
{
    return ExportReport::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

QString formatSpeed(const ParityReport &check)
{
    const double times = check.originalMilliseconds / std::max(check.exportedMilliseconds, 1e-6);
    const QString figure = QLocale().toString(times, 'f', times < 10 ? 1 : 0);
    return ExportReport::tr("%1 (in Graft: %2; %3 × as fast)")
        .arg(formatMilliseconds(check.exportedMilliseconds), formatMilliseconds(check.originalMilliseconds), figure);
}

QString runtimeName(const std::string &runtime)
{
    if (runtime == "a fresh build from the file")
        return ExportReport::tr("a network built anew from the file");
    return fromEngine(runtime);
}

QString picturesOf(const ParityReport &check)
{
    return check.ownPictures ? ExportReport::tr("%Ln of your pictures", nullptr, check.pictures)
                             : ExportReport::tr("%Ln pictures that Graft drew", nullptr, check.pictures);
}

void setWrapped(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setMinimumHeight(text.isEmpty() ? 0 : label.heightForWidth(textWidth));
    label.setVisible(!text.isEmpty());
}

} // namespace

ExportReport::ExportReport(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("exportReport"));
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(16, 12, 16, 12);
    columns->setSpacing(12);
    m_icon = new QLabel;
    columns->addWidget(m_icon, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(4);
    columns->addLayout(lines, 1);
    m_headline = new QLabel;
    m_headline->setObjectName(QStringLiteral("exportResult"));
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    m_detail = new QLabel;
    m_folder = new QLabel;
    m_folder->setOpenExternalLinks(true);
    for (QLabel *label : {m_headline, m_detail}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_rows = new QGridLayout;
    m_rows->setHorizontalSpacing(16);
    m_rows->setVerticalSpacing(2);
    m_rows->setColumnStretch(1, 1);
    lines->addWidget(m_headline);
    lines->addWidget(m_detail);
    lines->addLayout(m_rows);
    lines->addWidget(m_folder);
    hide();
}

void ExportReport::setRecord(const std::optional<ExportRecord> &record)
{
    m_record = record;
    refresh();
    setVisible(record.has_value());
}

void ExportReport::addRow(const QString &what, const QString &value)
{
    const int row = m_rows->rowCount();
    auto *title = new QLabel(what);
    QPalette muted = title->palette();
    muted.setColor(QPalette::WindowText, mutedTextColor());
    title->setPalette(muted);
    auto *text = new QLabel(value);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_rows->addWidget(title, row, 0, Qt::AlignTop);
    m_rows->addWidget(text, row, 1);
}

void ExportReport::refresh()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!m_record)
        return;
    const ExportOutcome &outcome = m_record->outcome;
    const bool passed = outcome.passed();
    const QColor colour = passed ? successColor() : errorColor();
    m_icon->setPixmap(icon(passed ? QStringLiteral("check") : QStringLiteral("error"), colour).pixmap(20, 20));
    QPalette palette = m_headline->palette();
    palette.setColor(QPalette::WindowText, passed ? this->palette().color(QPalette::WindowText) : colour);
    m_headline->setPalette(palette);
    const ParityReport check = outcome.check.value_or(ParityReport());
    setWrapped(*m_headline,
        passed ? tr("%1 is written and gives the same answers (%2).")
                     .arg(nameOf(outcome.path), formatBytes(static_cast<qint64>(outcome.bytes)))
               : tr("The file gives other answers than the model: it was not written as %1.").arg(nameOf(m_record->wanted)));
    QStringList detail = {fromEngine(check.remark)};
    if (!passed && QFileInfo::exists(fromEngine(m_record->wanted.string())))
        detail.prepend(tr("The older %1 is still there.").arg(nameOf(m_record->wanted)));
    if (!passed)
        detail.prepend(tr("It is kept as %1 for a look.").arg(nameOf(outcome.path)));
    setWrapped(*m_detail, detail.join(QLatin1Char(' ')).trimmed());
    if (check.pictures > 0) {
        addRow(tr("Run by"), runtimeName(check.runtime));
        addRow(tr("Tried on"), picturesOf(check));
        addRow(tr("Largest difference"), formatDifference(check.maxDifference));
        addRow(tr("Same best class"), tr("on %1 of the pictures").arg(formatPercent(check.top1Agreement)));
        addRow(tr("Time for a picture"), formatSpeed(check));
    }
    const QString folder = QFileInfo(fromEngine(outcome.path.string())).absolutePath();
    m_folder->clear(); // the same text would keep the colours of the look before
    m_folder->setText(
        QStringLiteral("<a href=\"%1\">%2</a>").arg(QUrl::fromLocalFile(folder).toString().toHtmlEscaped(), tr("Open the folder")));
    update();
}

void ExportReport::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        refresh();
    QFrame::changeEvent(event);
}

void ExportReport::paintEvent(QPaintEvent *)
{
    if (!m_record)
        return;
    QPainter painter(this);
    const QColor tint = m_record->outcome.passed() ? successColor() : errorColor();
    painter.fillRect(rect(), blend(palette().color(QPalette::Window), tint, 0.1));
    painter.fillRect(QRect(0, 0, 4, height()), tint);
}

} // namespace graft
