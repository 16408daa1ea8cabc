#include "graph/graphlayouter.h"

namespace graft {

GraphLayouter::GraphLayouter(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    forgetTexts();
}

GraphLayouter::~GraphLayouter()
{
    cancel();
    m_pool.waitForDone();
}

void GraphLayouter::request(DrawRequest request)
{
    cancel();
    m_isBusy = true;
    m_pool.start([this, job = m_lastJob.load(), widths = m_widths, request = std::move(request)] {
        if (job != m_lastJob)
            return;
        auto drawn = drawGraph(request, *widths);
        QMetaObject::invokeMethod(
            this,
            [this, job, drawn = std::move(drawn)] {
                if (job != m_lastJob)
                    return;
                m_isBusy = false;
                Q_EMIT finished(drawn);
            },
            Qt::QueuedConnection);
    });
}

void GraphLayouter::cancel()
{
    ++m_lastJob;
    m_isBusy = false;
    m_pool.clear();
}

std::shared_ptr<const DrawnGraph> GraphLayouter::drawNow(const DrawRequest &request)
{
    cancel();
    return drawGraph(request, *m_ownWidths);
}

std::shared_ptr<const DrawnGraph> GraphLayouter::redraw(const DrawnGraph &drawn, std::shared_ptr<const BlockTree> tree)
{
    return redrawGraph(drawn, std::move(tree), *m_ownWidths);
}

void GraphLayouter::forgetTexts()
{
    // Fonts of their own: two threads must not share one's data.
    m_widths = std::make_shared<TextWidths>(graphFonts());
    m_ownWidths = std::make_unique<TextWidths>(graphFonts());
}

} // namespace graft
