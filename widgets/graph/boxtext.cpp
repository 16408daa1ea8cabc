#include "graph/boxtext.h"

#include "common/text.h"
#include "graph/layertext.h"
#include "graph/nestedlayout.h"

#include <QApplication>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr qsizetype mostKnownWidths = 200000; ///< a long session with many networks must not gather texts for ever

/// "layer1.0" of "backbone.layer1.0": with the names before as far as they are numbers.
QString blockTitle(const TreeNode &node)
{
    const QStringList parts = node.path.split(QLatin1Char('.'));
    bool isNumber = true;
    qsizetype first = parts.size();
    while (first > 0 && isNumber)
        parts[--first].toInt(&isNumber);
    return parts.mid(first).join(QLatin1Char('.'));
}

/// The blocks right within, those of runs one by one; nothing where layers stand beside them.
int innerBlocks(const BlockTree &tree, const TreeNode &node)
{
    int count = 0;
    for (const int child : node.children) {
        const TreeNode &inner = tree.node(child);
        if (!inner.isBlock)
            return 0;
        count += inner.isRun ? int(inner.children.size()) : 1;
    }
    return count;
}

/// "× 6" of a block that holds nothing but six blocks, "2 of 6" of a block that is the second of six equal ones.
QString repeats(const BlockTree &tree, int index)
{
    const TreeNode &node = tree.node(index);
    if (const int blocks = innerBlocks(tree, node); blocks > 1)
        return QStringLiteral("× %1").arg(blocks);
    const int run = tree.runOf(index);
    if (run < 0)
        return {};
    const std::vector<int> &equal = tree.node(run).children;
    const auto place = std::find(equal.begin(), equal.end(), index) - equal.begin() + 1;
    return QCoreApplication::translate("graft::GraphScene", "%1 of %2").arg(place).arg(equal.size());
}

} // namespace

BoxTexts boxTexts(const BlockTree &tree, int index)
{
    const TreeNode &node = tree.node(index);
    const QString shape = formatShape(node.outputShape);
    if (!node.isBlock) {
        const Layer &layer = tree.layer(node.layers.front());
        return {fromEngine(layer.type), node.name, attributeSummary(layer), shape, hasRunningStatistics(layer)};
    }
    const QString title = node.isRun
        ? blockTitle(tree.node(node.children.front())) + QStringLiteral(" … ") + blockTitle(tree.node(node.children.back()))
        : blockTitle(node);
    QString detail = layerCountText(int(node.layers.size()));
    if (node.parameters > 0)
        detail += QStringLiteral(" · ") + QCoreApplication::translate("graft::GraphScene", "%1 param.").arg(formatCount(node.parameters));
    return {title, repeats(tree, index), detail, shape, false};
}

GraphFonts graphFonts()
{
    GraphFonts fonts;
    fonts.text = QApplication::font();
    fonts.text.setPixelSize(12);
    fonts.text.setHintingPreference(QFont::PreferNoHinting);
    fonts.title = fonts.text;
    fonts.title.setPixelSize(13);
    fonts.title.setWeight(QFont::DemiBold);
    return fonts;
}

double TextWidths::width(Widths &known, const QFontMetricsF &metrics, const QString &text)
{
    if (const auto found = known.constFind(text); found != known.cend())
        return *found;
    if (known.size() >= mostKnownWidths)
        known.clear();
    return *known.insert(text, metrics.horizontalAdvance(text));
}

QSizeF boxSize(const BoxTexts &texts, TextWidths &widths, bool isBlock, bool isFrame)
{
    using namespace boxplan;
    const double share = isBlock ? widths.text(formatPercent(0.9999)) : 0;
    const double upper = widths.title(texts.title) + columnGap + widths.text(texts.name) + share
        + (texts.hasStatistics ? statisticsSide + 6 : 0) + snowflakeSide + 6;
    const double lower = widths.text(texts.detail) + columnGap + widths.text(texts.shape);
    const double around = stripeWidth + 2 * padding + (isBlock ? handleRoom : 0);
    if (isFrame)
        return {around + upper + columnGap + widths.text(texts.detail), frameTitleHeight};
    return {std::max(leastBoxWidth, std::ceil(around + std::max(upper, lower))), boxHeight};
}

} // namespace graft
