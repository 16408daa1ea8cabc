// The graph as a picture in a file.
#include "core/files.h"
#include "graph/graphview.h"
#include "gui/docks.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QStandardPaths>
#include <array>

namespace graft {
namespace {

const QString graphFolderKey = QStringLiteral("folders/graph");

struct FileKind {
    const char *suffix;
    GraphFormat format;
};
constexpr std::array<FileKind, 3> fileKinds{{{"svg", GraphFormat::Svg}, {"pdf", GraphFormat::Pdf}, {"png", GraphFormat::Png}}};

/// By the file's name, or by the filter that was chosen where the name has none of these endings.
const FileKind &kindOf(const QString &path, const QString &filter)
{
    for (const FileKind &kind : fileKinds) {
        if (path.endsWith(QLatin1Char('.') + QLatin1String(kind.suffix), Qt::CaseInsensitive))
            return kind;
    }
    for (const FileKind &kind : fileKinds) {
        if (filter.contains(QLatin1String("*.") + QLatin1String(kind.suffix)))
            return kind;
    }
    return fileKinds.front();
}

/// The dialog has asked about overwriting what was typed, not about the name with its ending.
QString freeName(const QString &base, const QString &ending)
{
    QString free = base + ending;
    for (int i = 2; QFileInfo::exists(free); ++i)
        free = QStringLiteral("%1 (%2)%3").arg(base).arg(i).arg(ending);
    return free;
}

} // namespace

void MainWindow::askForGraphFile()
{
    m_message->hide();
    const QString title = QFileInfo(m_document.modelTitle()).completeBaseName();
    const QString folder = QSettings().value(graphFolderKey, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)).toString();
    const QString suggested = QDir(folder).filePath(title.isEmpty() ? tr("graph") : title);
    QString filter;
    QString path = QFileDialog::getSaveFileName(this, tr("Export the graph"), suggested + QStringLiteral(".svg"),
        tr("Vector picture (*.svg);;Document (*.pdf);;Picture (*.png)"), &filter);
    if (path.isEmpty())
        return;
    const FileKind &kind = kindOf(path, filter);
    const QString ending = QLatin1Char('.') + QLatin1String(kind.suffix);
    if (!path.endsWith(ending, Qt::CaseInsensitive))
        path = freeName(path, ending);
    QSettings().setValue(graphFolderKey, QFileInfo(path).absolutePath());
    QApplication::setOverrideCursor(Qt::WaitCursor);
    const QByteArray file = m_graph->exportGraph(kind.format, title);
    const Result<void> written = writeText(path.toStdString(), file.toStdString());
    QApplication::restoreOverrideCursor();
    if (!written)
        return showError(written.error());
    m_docks->log->add(tr("Wrote %1.").arg(path));
}

} // namespace graft
