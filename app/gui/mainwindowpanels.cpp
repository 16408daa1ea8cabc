// What the person wants in the head panel, the table of layers and the list of problems, passed on.
#include "core/files.h"
#include "graph/graphview.h"
#include "graph/layertable.h"
#include "gui/docks.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/problemsview.h"
#include "properties/headpanel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

namespace graft {
namespace {

const QString tableFolderKey = QStringLiteral("folders/table");

} // namespace

void MainWindow::connectHead()
{
    const HeadPanel *panel = m_docks->head;
    connect(panel, &HeadPanel::freezeRequested, this, &MainWindow::freeze);
    connect(panel, &HeadPanel::replaceHeadRequested, this,
        [this](const HeadPlan &plan) { edit([&] { return m_document.replaceHead(plan); }); });
    connect(panel, &HeadPanel::cutRequested, this,
        [this](LayerId layer, const HeadPlan &plan) { edit([&] { return m_document.cutAt(layer, plan); }); });
    connect(panel, &HeadPanel::inputSizeRequested, this, [this](int pixels) { edit([&] { return m_document.setInputSize(pixels); }); });
    connect(panel, &HeadPanel::inputChannelsRequested, this,
        [this](int channels, ChannelWeights rule) { edit([&] { return m_document.setInputChannels(channels, rule); }); });
    connect(panel, &HeadPanel::swapActivationsRequested, this, [this](const std::vector<LayerId> &layers, const QString &type) {
        edit([&] { return m_document.swapActivations(layers, type); });
    });
    connect(panel, &HeadPanel::loraRequested, this,
        [this](const std::vector<LayerId> &layers, const LoraPlan &plan) { edit([&] { return m_document.addLora(layers, plan); }); });
    connect(panel, &HeadPanel::bottlenecksRequested, this,
        [this](const std::vector<LayerId> &layers, qint64 width) { edit([&] { return m_document.addBottlenecks(layers, width); }); });
    connect(panel, &HeadPanel::mergeAdaptersRequested, this, [this] { edit([&] { return m_document.mergeAdapters(); }); });
}

void MainWindow::connectTables()
{
    connect(m_docks->problems, &ProblemsView::layerRequested, this, [this](LayerId layer) {
        goTo(Step::Model);
        m_document.select({layer});
        m_graph->showLayer(layer);
    });
    connect(m_docks->problems, &ProblemsView::fitRequested, this,
        [this](const std::vector<LayerId> &layers) { edit([&] { return m_document.fitToInputs(layers); }); });
    connect(m_docks->problems, &ProblemsView::stepRequested, this, &MainWindow::goTo);
    connect(m_docks->table, &LayerTable::csvRequested, this, &MainWindow::saveTable);
}

void MainWindow::saveTable(const QString &text)
{
    QSettings settings;
    const QString folder = settings.value(tableFolderKey, QDir::homePath()).toString();
    const QString name = QFileInfo(m_document.modelTitle()).completeBaseName() + QStringLiteral(".csv");
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the table of layers"), QDir(folder).filePath(name), tr("Tables (*.csv);;All files (*)"));
    if (path.isEmpty())
        return;
    settings.setValue(tableFolderKey, QFileInfo(path).absolutePath());
    if (const auto written = writeText(path.toStdString(), text.toStdString()); !written)
        return showError(written.error());
    m_docks->log->add(tr("Wrote %1.").arg(path));
}

} // namespace graft
