#include "gui/problemsview.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "document/document.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>

namespace graft {

ProblemsView::ProblemsView(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    setRootIsDecorated(false);
    setFrameShape(QFrame::NoFrame);
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    header()->setStretchLastSection(true);
    setColumnWidth(0, 640);
    auto *copyAction = new QAction(this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ProblemsView::copy);
    addAction(copyAction);
    retranslate();
}

void ProblemsView::setMachineWarning(const QString &warning)
{
    m_machineWarning = warning;
}

void ProblemsView::setDocument(const Document &document)
{
    clear();
    if (!m_machineWarning.isEmpty())
        add(m_machineWarning, tr("this computer"));
    for (const std::string &warning : document.dataset().warnings)
        add(fromEngine(warning), fromEngine(document.dataset().folder.string()));
    for (const BrokenFile &file : document.dataset().broken)
        add(fromEngine(file.reason), fromEngine(file.path.string()));
    if (document.hasModel() && document.analysis().trainableParameters == 0)
        add(tr("Every layer is frozen, so training would change nothing; replace the head or train some layers."), document.modelTitle());
    for (const std::string &doubt : preprocessingDoubts(document))
        add(fromEngine(doubt), tr("preprocessing"));
    Q_EMIT countChanged(count());
}

void ProblemsView::add(const QString &problem, const QString &where)
{
    auto *item = new QTreeWidgetItem(this, {problem, where});
    item->setIcon(0, icon(QStringLiteral("warning"), warningColor()));
    item->setToolTip(0, problem);
    item->setToolTip(1, where);
}

void ProblemsView::copy() const
{
    QStringList lines;
    for (const QTreeWidgetItem *item : selectedItems())
        lines.append(item->text(0) + QLatin1Char('\t') + item->text(1));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ProblemsView::retranslate()
{
    setHeaderLabels({tr("Problem"), tr("Where")});
}

void ProblemsView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTreeWidget::changeEvent(event);
}

} // namespace graft
