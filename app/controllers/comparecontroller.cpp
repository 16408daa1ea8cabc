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
    const QString name = QFileInfo(reference).fileName();
    compare({{}, name, name}, now(), [reference](const JobContext &context) {
        OpenOptions options;
        options.cancellation = context.cancellation;
        return openModel(reference.toStdString(), options);
    });
}

void CompareController::compareWithOpened()
{
    const auto title = [model = m_workbench.document().modelTitle()] { return tr("%1, as opened").arg(model); };
    compare({{}, title, [] { return tr("As opened"); }}, now(),
        [opened = m_opened](const JobContext &) -> Result<ModelPackage> { return opened; });
}

CompareSide CompareController::now() const
{
    return {{}, [model = m_workbench.document().modelTitle()] { return tr("%1, now").arg(model); }, [] { return tr("Now"); }};
}

void CompareController::compare(CompareSide left, CompareSide right, std::function<Result<ModelPackage>(const JobContext &)> open)
{
    const auto text = [title = left.title] { return tr("Comparing with %1…").arg(title.text()); };
    const ModelPackage package = m_workbench.document().package();
    right.network = package.network;
    m_workbench.jobs().start(
        lane, text(),
        [open = std::move(open), left = std::move(left), right = std::move(right), package](
            const JobContext &context) -> Result<Comparison> {
            auto other = open(context);
            if (!other)
                return fail(other.error());
            Comparison comparison{left, right, compareModels(*other, package)};
            comparison.left.network = std::move(other->network);
            return comparison;
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
