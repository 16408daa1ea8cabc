// What the graph costs: layout, frames while panning and zooming, folding, showing an edit. Prints numbers; judges nothing.
//   graphbenchmark [-platform offscreen] [--cpu]      --cpu: processor time of the window's thread, not the clock's
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphview.h"
#include "support/largenetworks.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace graft;

namespace {

/// What passed on the clock or, on a machine that others use too, what this thread computed.
class Timer {
public:
    static inline clockid_t clock = CLOCK_MONOTONIC;
    Timer() { start(); }
    void start() { m_start = now(); }
    [[nodiscard]] double milliseconds() const { return now() - m_start; }

private:
    static double now()
    {
        timespec time;
        clock_gettime(clock, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }
    double m_start = 0;
};

void print(const char *what, const char *of, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) { return times[std::min(times.size() - 1, std::size_t(share * double(times.size())))]; };
    std::printf(
        "%-34s %-34s median %8.2f ms   99 %% %8.2f ms   worst %8.2f ms   (%zu)\n", what, of, at(0.5), at(0.99), times.back(), times.size());
    std::fflush(stdout);
}

std::set<int> allBlocks(const BlockTree &tree)
{
    std::set<int> blocks;
    for (std::size_t node = 1; node < tree.nodes().size(); ++node) {
        if (tree.node(int(node)).isBlock)
            blocks.insert(int(node));
    }
    return blocks;
}

Network architecture(const char *name)
{
    return architectures().find(name)->build(10);
}

/// What a worker does: texts, their widths, places and lines.
void benchmarkLayout(const Network &network, const char *name)
{
    const auto tree = std::make_shared<const BlockTree>(network, analyse(network).value());
    const std::set<int> unfolded = allBlocks(*tree);
    std::vector<double> times;
    for (int round = 0; round < 7; ++round) {
        Timer timer;
        TextWidths widths(graphFonts());
        const auto drawn = drawGraph({tree, unfolded}, widths);
        times.push_back(timer.milliseconds());
    }
    print("layout, all unfolded", name, times);
}

double frame(GraphView &view)
{
    Timer timer;
    view.findChild<GraphCanvas *>()->viewport()->repaint();
    return timer.milliseconds();
}

void benchmarkFrames(GraphView &view, const char *name)
{
    auto &canvas = *view.findChild<GraphCanvas *>();
    for (const double zoom : {1.5, 1.0, 0.75, 0.5, 0.25, 0.1, 0.04}) {
        std::vector<double> times;
        canvas.zoom(zoom / canvas.transform().m11());
        const auto &items = canvas.graph().drawn().items;
        canvas.moveTo(items[items.size() / 2].clickRect().center());
        const QRectF shown = canvas.visibleScene();
        const auto inView = std::count_if(items.begin(), items.end(), [&](const NodeItem &item) { return item.rect().intersects(shown); });
        for (int step = 0; step < 60; ++step) {
            QScrollBar *bar = canvas.verticalScrollBar();
            bar->setValue(bar->value() + (step < 30 ? 20 : -20));
            times.push_back(frame(view));
        }
        print("pan", qPrintable(QStringLiteral("%1, zoom %2, %3 boxes").arg(QString::fromLatin1(name)).arg(zoom).arg(inView)), times);
    }
    std::vector<double> times;
    for (const double factor : {1.05, 1 / 1.05}) {
        for (int step = 0; step < 90; ++step) {
            canvas.zoom(factor);
            times.push_back(frame(view));
        }
    }
    print("zoom, 0.04 to 3 and back", name, times);
}

/// Half of it frozen: hatching is what costs most.
void benchmarkLarge(Network network, const char *name)
{
    for (std::size_t layer = 0; layer < network.layers().size(); layer += 2)
        network.find(network.layers()[layer].id)->frozen = true;
    const NetworkAnalysis analysis = analyse(network).value_or(NetworkAnalysis());
    GraphView view;
    view.resize(1920, 1080);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
    Timer timer;
    view.setNetwork(network, analysis);
    print("setNetwork (window's thread)", name, {timer.milliseconds()});
    timer.start();
    view.unfoldAll();
    print("unfold all (window's thread)", name, {timer.milliseconds()});
    Timer waiting;
    view.findChild<GraphCanvas *>()->graph().catchUp();
    print("the worker's part, done here", name, {waiting.milliseconds()});
    print("first frame", name, {frame(view)});
    benchmarkFrames(view, name);
}

void benchmarkFolding(const char *name)
{
    GraphView view;
    view.resize(1920, 1080);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
    const Network network = architecture(name);
    view.setNetwork(network, analyse(network).value());
    std::vector<double> times;
    for (int round = 0; round < 10; ++round) {
        Timer timer;
        if (round % 2 == 0)
            view.unfoldAll();
        else
            view.foldAll();
        frame(view);
        times.push_back(timer.milliseconds());
    }
    print("unfold or fold all, with its frame", name, times);
}

void benchmarkEdits(const char *name)
{
    GraphView view;
    view.resize(1920, 1080);
    view.show();
    (void)QTest::qWaitForWindowExposed(&view);
    Network network = architecture(name);
    view.setNetwork(network, analyse(network).value());
    view.unfoldAll();
    std::vector<double> times;
    for (int round = 0; round < 10; ++round) {
        setFrozen(network, {network.layers()[std::size_t(20 + round)].id}, true);
        const NetworkAnalysis analysis = analyse(network).value();
        Timer timer;
        view.setNetwork(network, analysis);
        times.push_back(timer.milliseconds());
    }
    print("setNetwork, a layer frozen", name, times);
    times.clear();
    for (int round = 0; round < 10; ++round) {
        network.add("added" + std::to_string(round), "ReLU", {}, {network.output()});
        const NetworkAnalysis analysis = analyse(network).value();
        Timer timer;
        view.setNetwork(network, analysis);
        times.push_back(timer.milliseconds());
    }
    print("setNetwork, a layer added", name, times);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--cpu")))
        Timer::clock = CLOCK_THREAD_CPUTIME_ID;
    const Network residual = test::residualNetwork(200), branched = test::branchedNetwork(350), flat = test::flatNetwork(8000),
                  wide = test::wideNetwork(64, 125);
    benchmarkLayout(residual, "residual, 8,000 layers");
    benchmarkLayout(branched, "branched, 8,000 layers");
    benchmarkLayout(flat, "flat, 8,000 layers");
    benchmarkLayout(wide, "wide, 8,000 layers");
    for (const char *name : {"resnet50", "resnet152", "densenet201", "efficientnet_b7", "inception_v3", "swin_t"})
        benchmarkLayout(architecture(name), name);
    for (const char *name : {"resnet50", "efficientnet_b7"})
        benchmarkFolding(name);
    benchmarkEdits("efficientnet_b7");
    benchmarkLarge(residual, "residual");
    benchmarkLarge(branched, "branched");
    benchmarkLarge(wide, "wide");
    return 0;
}
