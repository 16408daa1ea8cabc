// editbenchmark [ARCHITECTURE]: prints the milliseconds that edits, undo and redo of EfficientNet-B7 (or another) take: in the document,
// until its figures and problems are up to date; and in the real window, until every view of it is up to date and painted.
#include "architectures/architecture.h"
#include "document/document.h"
#include "graph/graphcanvas.h"
#include "graph/overview.h"
#include "support/benchmarkwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>

using namespace graft;

namespace {

/// Tensors of the right shapes that share one block of zeros.
StateDict zeros(const Network &network)
{
    StateDict weights;
    std::int64_t largest = 0;
    const auto expected = expectedTensors(network).value();
    for (const auto &[name, spec] : expected)
        largest = std::max(largest, elementCount(spec.shape));
    const auto bytes = std::make_shared<const std::vector<std::byte>>(static_cast<std::size_t>(largest) * 8);
    for (const auto &[name, spec] : expected)
        weights.set(name, Tensor(spec.type, spec.shape, bytes));
    return weights;
}

template <typename Work>
void measure(const char *what, Work work)
{
    std::vector<double> milliseconds;
    for (int run = 0; run < 30; ++run) {
        QElapsedTimer clock;
        clock.start();
        work();
        milliseconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(milliseconds);
    std::printf("%-28s %6.2f ms (%.2f to %.2f)\n", what, milliseconds[15], milliseconds.front(), milliseconds.back());
}

/// The edits, each followed by `settle`.
template <typename Settle>
void measureEdits(Document &document, Settle settle)
{
    const LayerId middle = document.model().network.layers()[document.model().network.layers().size() / 2].id;
    LayerId added;
    int value = 0;
    const auto edit = [&](const char *what, auto work) {
        measure(what, [&] {
            work();
            settle();
        });
    };
    edit("insert a layer", [&] { added = document.insertLayer(QStringLiteral("BatchNorm2d"), {middle, 0}).value(); });
    edit("change an attribute",
        [&] { static_cast<void>(document.setAttribute({added}, QStringLiteral("eps"), AttributeValue(0.001 * (1 + ++value % 7)))); });
    edit("freeze a layer", [&] { document.setFrozen({added}, ++value % 2 == 0, QStringLiteral("freeze")); });
    edit("undo", [&] { document.undoStack().undo(); });
    edit("redo", [&] { document.undoStack().redo(); });
    edit("remove a layer", [&] {
        const Network &network = document.model().network;
        static_cast<void>(document.removeLayers({network.layers()[network.layers().size() / 3].id}));
    });
}

void measureDocument(const ModelPackage &package)
{
    Document document;
    if (!document.openModel(package, {}))
        return;
    std::printf("in the document\n");
    measure("figures and problems", [&] { static_cast<void>(check(document.model().network)); });
    const LayerId middle = package.network.layers()[package.network.layers().size() / 2].id;
    measure("connection targets", [&] { static_cast<void>(validTargets(document.model().network, document.analysis(), middle)); });
    measureEdits(document, [] {});
}

/// With all panels, the graph unfolded or folded as it opens.
void measureWindow(const ModelPackage &package, bool unfolded)
{
    BenchmarkWindow graft;
    Workbench &workbench = graft.workbench;
    MainWindow &window = graft.window;
    window.resize(1920, 1080);
    if (!workbench.document().openModel(package, {}))
        return;
    window.goTo(Step::Adapt);
    GraphCanvas *canvas = window.findChild<GraphCanvas *>();
    if (unfolded)
        canvas->unfoldAll();
    const auto settle = [&] {
        do
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeUserInputEvents, 1);
        while (canvas->graph().isBehind());
        window.repaint();
        canvas->viewport()->repaint();
    };
    settle();
    std::printf("in the window, %s\n", unfolded ? "all blocks unfolded" : "folded");
    measureEdits(workbench.document(), settle);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const Architecture *architecture = architectures().find(argc > 1 ? argv[1] : "efficientnet_b7");
    if (!architecture) {
        std::printf("There is no architecture '%s'.\n", argv[1]);
        return 1;
    }
    ModelPackage package;
    package.network = architecture->build(1000);
    package.weights = zeros(package.network);
    std::printf("%s, %zu layers, %zu tensors\n", architecture->name.c_str(), package.network.layers().size(), package.weights.size());
    measureDocument(package);
    measureWindow(package, false);
    measureWindow(package, true);
    return 0;
}
