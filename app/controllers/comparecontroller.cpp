#include "controllers/comparecontroller.h"
#include "demo/demo.h"

#include <QFileInfo>

namespace graft {

CompareController::CompareController(Workbench &workbench, QObject *parent) : QObject(parent), m_workbench(workbench)
{
    connect(&workbench.document(), &Document::changed, this, [this](Changes changes) {
        if (changes & Change::Model)
            m_opened = m_workbench.document().package();
    });
    connect(&workbench.jobs(), &JobTracker::cancelled, this, [this](const QString &cancelledLane) {
        if (cancelledLane == lane)
            Q_EMIT cancelled();
    });
}

void CompareController::compareWith(const QString &reference)
{
    compare(
        QFileInfo(reference).fileName(), tr("%1, now").arg(m_workbench.document().modelTitle()), [reference](const JobContext &context) {
            OpenOptions options;
            options.cancellation = context.cancellation;
            return openModel(reference.toStdString(), options);
        });
}

void CompareController::compareWithOpened()
{
    compare(tr("%1, as opened").arg(m_workbench.document().modelTitle()), tr("now"),
        [opened = m_opened](const JobContext &) -> Result<ModelPackage> { return opened; });
}

void CompareController::compare(
    const QString &leftTitle, const QString &rightTitle, std::function<Result<ModelPackage>(const JobContext &)> left)
{
    const QString text = tr("Comparing with %1…").arg(leftTitle);
    m_workbench.jobs().start(
        lane, text,
        [left = std::move(left), leftTitle, rightTitle, right = m_workbench.document().package()](
            const JobContext &context) -> Result<Comparison> {
            auto other = left(context);
            if (!other)
                return fail(other.error());
            return Comparison{leftTitle, rightTitle, other->network, right.network, compareModels(*other, right)};
        },
        [this](const Result<Comparison> &comparison) {
            if (comparison)
                Q_EMIT compared(*comparison);
            else
                Q_EMIT failed(comparison.error());
        });
    Q_EMIT started(text);
}

} // namespace graft
