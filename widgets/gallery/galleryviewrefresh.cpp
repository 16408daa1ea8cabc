// What the gallery says and offers for the chosen entry.
#include "common/text.h"
#include "common/theme.h"
#include "gallery/galleryfilter.h"
#include "gallery/gallerymodel.h"
#include "gallery/galleryview.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>

namespace graft {
namespace {

constexpr int barSteps = 1000;

QString licenceText(const QString &licence)
{
    return licence.contains(QLatin1String("-NC")) ? GalleryView::tr("%1 (not for commercial use)").arg(licence) : licence;
}

} // namespace

QString GalleryView::figuresOf(const GalleryEntry &entry) const
{
    const QLocale locale;
    QStringList parts{tr("%1 % top-1 and %2 % top-5").arg(locale.toString(entry.top1, 'f', 1), locale.toString(entry.top5, 'f', 1)),
        tr("%1 parameters").arg(formatCount(entry.parameters)), formatMultiplyAdds(entry.multiplyAdds),
        tr("pictures of %1 × %1").arg(entry.pixels), formatBytes(entry.bytes)};
    if (entry.picturesPerSecond > 0)
        parts << tr("%1 pictures per second here").arg(formatSpeed(entry.picturesPerSecond));
    parts << licenceText(entry.licence) << entry.source;
    if (!entry.remark.isEmpty())
        parts << entry.remark;
    return parts.join(QStringLiteral(" · "));
}

void GalleryView::refresh()
{
    const GalleryEntry *chosenEntry = entry();
    const bool isDownloading = !m_downloading.isEmpty();
    const bool isHere = chosenEntry && chosenEntry->isHere;
    const bool isOffered = chosenEntry && !isHere && !isDownloading;
    m_name->setText(chosenEntry ? chosenEntry->title + QStringLiteral(" · ") + chosenEntry->weights
                                : tr("Choose a network in the chart or in the table."));
    m_figures->setText(chosenEntry ? figuresOf(*chosenEntry) : tr("%1 of %2 shown.").arg(m_filter->rowCount()).arg(m_model->rowCount()));
    m_open->setText(isHere || !chosenEntry ? tr("Open") : tr("Download and open"));
    m_open->setEnabled(isHere || isOffered);
    m_download->setText(chosenEntry && chosenEntry->bytesKept > 0
            ? tr("Go on with the download (%1 of %2)").arg(formatBytes(chosenEntry->bytesKept), formatBytes(chosenEntry->bytes))
            : tr("Download"));
    m_download->setEnabled(isOffered);
    m_adopt->setEnabled(isOffered);
    m_download->setVisible(!isDownloading);
    m_adopt->setVisible(!isDownloading);
    m_progress->setVisible(isDownloading);
    m_cancel->setVisible(isDownloading);
    m_progress->setRange(0, m_total > 0 ? barSteps : 0);
    m_progress->setValue(m_total > 0 ? int(std::min<qint64>(barSteps, m_done * barSteps / m_total)) : 0);
    const bool isMeasuring = !m_measuring.isEmpty();
    m_measure->setEnabled(chosenEntry);
    m_measureAll->setEnabled(m_filter->rowCount() > 0);
    m_batch->setEnabled(!isMeasuring);
    m_measure->setVisible(!isMeasuring);
    m_measureAll->setVisible(!isMeasuring);
    m_measureProgress->setVisible(isMeasuring && m_toMeasure > 1);
    m_cancelMeasuring->setVisible(isMeasuring);
    m_measureProgress->setRange(0, m_toMeasure);
    m_measureProgress->setValue(m_measured);
    refreshMessage();
}

void GalleryView::refreshMessage()
{
    QString text = m_sentence;
    QColor ink = palette().color(QPalette::WindowText);
    const auto title = [this](const QString &reference) {
        const int row = m_model->rowOf(reference);
        return row < 0 ? reference : m_model->entries()[std::size_t(row)].title;
    };
    if (!m_problem.isEmpty()) {
        text = m_problem + QStringLiteral(". ") + m_sentence;
        ink = errorColor();
    } else if (!m_downloading.isEmpty()) {
        text = tr("Downloading %1: %2 of %3").arg(title(m_downloading), formatBytes(m_done), formatBytes(m_total));
    } else if (!m_measuring.isEmpty()) {
        text = tr("Measuring %1 (%2 of %3)").arg(title(m_measuring)).arg(m_measured + 1).arg(m_toMeasure);
    }
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, ink);
    m_message->setPalette(colors);
    m_message->setText(text);
}

} // namespace graft
