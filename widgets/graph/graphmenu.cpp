#include "graph/graphmenu.h"

#include "common/icons.h"
#include "common/text.h"
#include "graph/edits.h"
#include "graph/graphcanvas.h"
#include "graph/graphcommands.h"
#include "graph/graphview.h"
#include "graph/layertext.h"
#include "graph/layertype.h"
#include "graph/linepopup.h"

#include <QCursor>
#include <QLocale>
#include <QMenu>
#include <algorithm>
#include <map>
#include <set>

namespace graft {

namespace {

constexpr double rateFactors[] = {0.01, 0.1, 0.5, 1, 2, 10};
constexpr double largestFactor = 1000;

std::vector<LayerId> layersOfType(const Network &network, const std::string &type)
{
    std::vector<LayerId> layers;
    for (const Layer &layer : network.layers()) {
        if (layer.type == type)
            layers.push_back(layer.id);
    }
    return layers;
}

void askForPattern(GraphView &view, GraphCanvas &canvas)
{
    const auto judge = [&canvas](const QString &pattern) -> LinePopup::Judgement {
        const auto found = matchLayers(canvas.graph().tree().network(), pattern.toStdString());
        if (!found)
            return {false, QString::fromStdString(found.error().message)};
        return {true, layerCountText(int(found->size()))};
    };
    auto *popup = new LinePopup(GraphView::tr("Freeze layers by pattern"), GraphView::tr("layer1, *.bn?"), judge, &view);
    QObject::connect(popup, &LinePopup::accepted, &view, [&view, &canvas](const QString &pattern) {
        if (const auto found = matchLayers(canvas.graph().tree().network(), pattern.toStdString()); found)
            Q_EMIT view.freezeRequested(*found, true);
    });
    popup->popUp(QCursor::pos());
}

void askForFactor(GraphView &view, const std::vector<LayerId> &layers)
{
    const auto parse = [](const QString &text) {
        bool isNumber = false;
        const double factor = QLocale().toDouble(text, &isNumber);
        return isNumber && factor >= 0 && factor <= largestFactor ? factor : -1;
    };
    const auto judge = [parse](const QString &text) -> LinePopup::Judgement {
        if (parse(text) < 0)
            return {false, GraphView::tr("A number from 0 to %1.").arg(largestFactor)};
        return {true, GraphView::tr("Learning rate × %1").arg(parse(text))};
    };
    auto *popup = new LinePopup(GraphView::tr("Learning-rate factor"), QLocale().toString(0.1), judge, &view);
    QObject::connect(popup, &LinePopup::accepted, &view,
        [&view, layers, parse](const QString &text) { Q_EMIT view.learningRateFactorRequested(layers, parse(text)); });
    popup->popUp(QCursor::pos());
}

/// A layer's free input before those that are taken; nothing for a name that is none of the targets.
std::optional<ConnectionTarget> targetNamed(const Network &network, const std::vector<ConnectionTarget> &targets, const QString &name)
{
    const Layer *layer = network.find(std::string_view(name.toStdString()));
    std::optional<ConnectionTarget> best;
    for (const ConnectionTarget &target : targets) {
        if (layer && target.port.layer == layer->id && (!best || std::size_t(target.port.index) >= layer->inputs.size()))
            best = target;
    }
    return best;
}

} // namespace

void askForConnection(GraphView &view, const Network &network, LayerId from, std::vector<ConnectionTarget> targets)
{
    const Layer *source = network.find(from);
    if (!source)
        return;
    std::stable_partition(targets.begin(), targets.end(), [](const ConnectionTarget &target) { return target.fits; });
    QStringList names;
    for (const ConnectionTarget &target : targets)
        names << fromEngine(network.find(target.port.layer)->name);
    names.removeDuplicates();
    const auto judge = [network, targets](const QString &name) -> LinePopup::Judgement {
        const auto target = targetNamed(network, targets, name);
        if (!target)
            return {false, GraphView::tr("No layer of this name can take it.")};
        const QString input = GraphView::tr("Input %1").arg(target->port.index + 1);
        return {true, target->fits ? input : GraphView::tr("%1; the shapes do not fit").arg(input)};
    };
    auto *popup = new LinePopup(GraphView::tr("Connect %1 to").arg(fromEngine(source->name)), names.value(0), judge, &view);
    popup->setSuggestions(names);
    QObject::connect(popup, &LinePopup::accepted, &view, [&view, network, targets, from](const QString &name) {
        if (const auto target = targetNamed(network, targets, name); target)
            Q_EMIT view.connectRequested(from, target->port);
    });
    popup->popUp(QCursor::pos());
}

void addFreezeChoices(QMenu &menu, GraphView &view, GraphCanvas &canvas, int node)
{
    const BlockTree &tree = canvas.graph().tree();
    QMenu *more = menu.addMenu(GraphView::tr("Freeze more"));
    std::set<std::string> types;
    if (node > 0) {
        for (const int layer : tree.node(node).layers) {
            if (tree.node(tree.leafOf(layer)).parameters > 0)
                types.insert(tree.layer(layer).type);
        }
    }
    for (const std::string &type : types) {
        const std::vector<LayerId> layers = layersOfType(tree.network(), type);
        more->addAction(GraphView::tr("All %1 (%2)").arg(fromEngine(type), layerCountText(int(layers.size()))), &view,
            [&view, layers] { Q_EMIT view.freezeRequested(layers, true); });
    }
    if (!types.empty())
        more->addSeparator();
    more->addAction(GraphView::tr("By pattern…"), &view, [&view, &canvas] { askForPattern(view, canvas); });
}

void addRateChoices(QMenu &menu, GraphView &view, GraphCanvas &canvas)
{
    const std::vector<LayerId> layers = canvas.selection();
    const Network &network = canvas.graph().tree().network();
    QMenu *rates = menu.addMenu(GraphView::tr("Learning rate"));
    for (const double factor : rateFactors) {
        QAction *action = rates->addAction(QStringLiteral("× %1").arg(QLocale().toString(factor)), &view,
            [&view, layers, factor] { Q_EMIT view.learningRateFactorRequested(layers, factor); });
        action->setCheckable(true);
        action->setChecked(!layers.empty()
            && std::all_of(layers.begin(), layers.end(), [&](LayerId layer) { return network.find(layer)->learningRateFactor == factor; }));
    }
    rates->addSeparator();
    rates->addAction(GraphView::tr("Other…"), &view, [&view, layers] { askForFactor(view, layers); });
}

void addShapeActions(QMenu &menu, GraphView &view, GraphCanvas &canvas, int node)
{
    const BlockTree &tree = canvas.graph().tree();
    const std::vector<LayerId> layers = canvas.selection();
    const bool canFit = std::any_of(layers.begin(), layers.end(), [&](LayerId id) {
        const LayerType *type = layerTypes().find(tree.network().find(id)->type);
        return type && type->fittedTo;
    });
    QAction *fit = menu.addAction(GraphView::tr("Fit to its inputs"), &view, [&view, layers] { Q_EMIT view.fitRequested(layers); });
    fit->setToolTip(GraphView::tr("Gives channels and features the numbers that come in."));
    fit->setEnabled(canFit);
    const std::vector<LayerId> here = tree.layerIds(node);
    if (here.size() != 1)
        return;
    QAction *output
        = menu.addAction(GraphView::tr("Make it the output"), &view, [&view, here] { Q_EMIT view.outputRequested(here.front()); });
    output->setEnabled(tree.network().output() != here.front());
}

void addEditActions(QMenu &menu, GraphView &view, GraphCanvas &canvas)
{
    for (const GraphCommand &command : editCommands(view, canvas)) {
        QAction *action = menu.addAction(command.text, &view, command.run);
        if (!command.icon.isEmpty())
            action->setIcon(icon(command.icon));
        action->setShortcuts(command.shortcuts);
        action->setShortcutVisibleInContextMenu(true);
        action->setEnabled(command.isEnabled);
    }
}

void addTypeMenu(QMenu &menu, const QString &title, const std::function<void(const QString &type)> &choose)
{
    QMenu *all = menu.addMenu(title);
    std::map<QString, QMenu *> categories;
    for (const LayerType &type : layerTypes().all()) {
        if (!type.forward)
            continue;
        const QString category = categoryTitle(fromEngine(type.category)), name = fromEngine(type.name);
        if (!categories.contains(category))
            categories[category] = new QMenu(category, all);
        categories[category]->addAction(name, all, [choose, name] { choose(name); });
    }
    for (const auto &[category, types] : categories)
        all->addMenu(types);
}

} // namespace graft
