#pragma once
#include "graph/drawngraph.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>

namespace graft {

/// Draws graphs on a thread of its own; answers the last request only. Lives on the window's thread.
class GraphLayouter : public QObject {
    Q_OBJECT

public:
    explicit GraphLayouter(QObject *parent = nullptr);
    ~GraphLayouter() override; ///< waits for what is under way

    /// Returns at once; finished() follows from the event loop unless another request or cancel() comes first.
    void request(DrawRequest request);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// On this thread, for small graphs and for whoever cannot wait; ends a request that is under way.
    [[nodiscard]] std::shared_ptr<const DrawnGraph> drawNow(const DrawRequest &request);
    /// See redrawGraph().
    [[nodiscard]] std::shared_ptr<const DrawnGraph> redraw(const DrawnGraph &drawn, std::shared_ptr<const BlockTree> tree);
    /// The fonts or the language have changed.
    void forgetTexts();

Q_SIGNALS:
    void finished(const std::shared_ptr<const graft::DrawnGraph> &drawn);

private:
    std::shared_ptr<TextWidths> m_widths; ///< the worker's; changed for another when fonts change
    std::unique_ptr<TextWidths> m_ownWidths; ///< the window's thread's
    std::atomic<int> m_lastJob = 0;
    bool m_isBusy = false;
    QThreadPool m_pool;
};

} // namespace graft
