// The gallery of published weights, between the view and its controller.
#include "controllers/gallerycontroller.h"
#include "gallery/galleryview.h"
#include "gui/docks.h"
#include "gui/errortext.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"
#include "gui/stepbar.h"

#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QStackedWidget>

namespace graft {
namespace {

const QString weightsFolderKey = QStringLiteral("folders/weights");

} // namespace

void MainWindow::showGallery()
{
    m_message->hide();
    m_step = Step::Model;
    m_stepBar->setCurrent(Step::Model);
    m_docks->showFor(Step::Model, false);
    m_pages->setCurrentWidget(m_gallery);
    m_gallery->setFocus();
    m_galleryController->refresh();
}

void MainWindow::adoptWeights(const QString &reference)
{
    QSettings settings;
    const QString path = QFileDialog::getOpenFileName(this, tr("The weights file that you have"),
        settings.value(weightsFolderKey, QDir::homePath()).toString(), tr("Weights (*.pth *.pt *.safetensors);;All files (*)"));
    if (path.isEmpty())
        return;
    settings.setValue(weightsFolderKey, QFileInfo(path).absolutePath());
    m_gallery->clearMessage();
    m_galleryController->adopt(reference, path);
}

void MainWindow::connectGallery()
{
    connect(m_gallery, &GalleryView::backRequested, this, [this] { goTo(Step::Model); });
    connect(m_gallery, &GalleryView::openRequested, this, [this](const QString &reference) {
        if (!mayEdit())
            return;
        m_gallery->clearMessage();
        m_galleryController->open(reference);
    });
    connect(m_gallery, &GalleryView::downloadRequested, this, [this](const QString &reference) {
        m_gallery->clearMessage();
        m_galleryController->download(reference);
    });
    connect(m_gallery, &GalleryView::cancelDownloadRequested, m_galleryController, &GalleryController::cancelDownload);
    connect(m_gallery, &GalleryView::adoptRequested, this, &MainWindow::adoptWeights);
    connect(m_gallery, &GalleryView::removeRequested, m_galleryController, &GalleryController::remove);
    connect(m_gallery, &GalleryView::measureRequested, this, [this](const QStringList &references, int batch) {
        m_gallery->clearMessage();
        if (m_runs.training().isBusy())
            return m_gallery->showNote(tr("Training is running and would slow the measurement; wait for it or stop it first."));
        m_galleryController->measure(references, batch);
    });
    connect(m_gallery, &GalleryView::cancelMeasuringRequested, m_galleryController, &GalleryController::cancelMeasuring);
    connect(m_gallery, &GalleryView::batchChanged, m_galleryController, &GalleryController::setBatch);
    connect(
        m_galleryController, &GalleryController::entriesChanged, this, [this] { m_gallery->setEntries(m_galleryController->entries()); });
    connect(m_galleryController, &GalleryController::downloadProgressed, m_gallery, &GalleryView::setDownload);
    connect(m_galleryController, &GalleryController::downloadEnded, m_gallery, &GalleryView::clearDownload);
    connect(m_galleryController, &GalleryController::measuring, m_gallery, &GalleryView::setMeasuring);
    connect(m_galleryController, &GalleryController::measuringEnded, m_gallery, &GalleryView::clearMeasuring);
    connect(m_galleryController, &GalleryController::noted, this, [this](const QString &sentence) {
        m_gallery->showNote(sentence);
        m_docks->log->add(sentence);
    });
    connect(m_galleryController, &GalleryController::failed, this, [this](const Error &error) {
        if (error.code == ErrorCode::Cancelled)
            return;
        if (m_pages->currentWidget() != m_gallery)
            return showError(error);
        m_gallery->showProblem(headline(error.code), QString::fromStdString(error.message));
        m_docks->log->add(headline(error.code) + QStringLiteral(": ") + QString::fromStdString(error.message));
    });
}

} // namespace graft
