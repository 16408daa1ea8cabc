// editbenchmark [ARCHITECTURE]: prints the milliseconds that edits, undo and redo take in the document of EfficientNet-B7 (or another),
// until its figures and problems are up to date and its change was told.
#include "architectures/architecture.h"
#include "document/document.h"
#include "graph/overview.h"

#include <QCoreApplication>
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

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Architecture *architecture = architectures().find(argc > 1 ? argv[1] : "efficientnet_b7");
    if (!architecture) {
        std::printf("There is no architecture '%s'.\n", argv[1]);
        return 1;
    }
    ModelPackage package;
    package.network = architecture->build(1000);
    package.weights = zeros(package.network);
    Document document;
    if (!document.openModel(package, {}))
        return 1;
    std::printf("%s, %zu layers, %zu tensors\n", architecture->name.c_str(), package.network.layers().size(), package.weights.size());
    const LayerId middle = package.network.layers()[package.network.layers().size() / 2].id;
    measure("figures and problems", [&] { static_cast<void>(check(document.model().network)); });
    LayerId added;
    measure("insert a layer", [&] { added = document.insertLayer(QStringLiteral("BatchNorm2d"), {middle, 0}).value(); });
    int value = 0;
    measure("change an attribute",
        [&] { static_cast<void>(document.setAttribute({added}, QStringLiteral("eps"), AttributeValue(0.001 * (1 + ++value % 7)))); });
    measure("freeze a layer", [&] { document.setFrozen({added}, ++value % 2 == 0, QStringLiteral("freeze")); });
    measure("connection targets", [&] { static_cast<void>(validTargets(document.model().network, document.analysis(), middle)); });
    measure("undo", [&] { document.undoStack().undo(); });
    measure("redo", [&] { document.undoStack().redo(); });
    measure("remove a layer", [&] {
        const Network &network = document.model().network;
        static_cast<void>(document.removeLayers({network.layers()[network.layers().size() / 3].id}));
    });
    return 0;
}
