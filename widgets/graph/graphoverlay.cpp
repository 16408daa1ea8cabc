#include "graph/graphoverlay.h"

#include "common/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace graft {

namespace {

using Kind = GraphOverlay::Kind;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double bytesPerElement = 4;

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::overlay", text);
}

bool isNorm(Kind kind)
{
    return kind == Kind::Drift || kind == Kind::Gradient;
}

/// Three digits: "0.0123", "1.23e-06".
QString threeDigits(double value)
{
    return QLocale().toString(value, 'g', 3);
}

QString briefTime(double seconds)
{
    if (seconds >= 1)
        return translated(QT_TRANSLATE_NOOP("graft::overlay", "%1 s")).arg(threeDigits(seconds));
    if (seconds >= 0.9995e-3)
        return translated(QT_TRANSLATE_NOOP("graft::overlay", "%1 ms")).arg(threeDigits(seconds * 1e3));
    return translated(QT_TRANSLATE_NOOP("graft::overlay", "%1 µs")).arg(threeDigits(seconds * 1e6));
}

/// What adds up when layers make a block.
double term(Kind kind, double value)
{
    return isNorm(kind) ? value * value : value;
}

double valueAt(std::span<const double> values, int index)
{
    return std::size_t(index) < values.size() ? values[std::size_t(index)] : unknown;
}

double figureOf(const GraphOverlay &overlay, const TreeNode &node)
{
    double sum = 0, references = 0;
    bool isKnown = false;
    for (const int layer : node.layers) {
        const double value = valueAt(overlay.values, layer);
        const double reference = overlay.references.empty() ? 0 : valueAt(overlay.references, layer);
        if (!std::isfinite(value) || !std::isfinite(reference))
            continue;
        isKnown = true;
        sum += term(overlay.kind, value);
        references += term(overlay.kind, reference);
    }
    if (!isKnown || (!overlay.references.empty() && references <= 0))
        return unknown;
    const double share = overlay.references.empty() ? sum : sum / references;
    return isNorm(overlay.kind) ? std::sqrt(share) : share;
}

} // namespace

bool isFromAnalysis(Kind kind)
{
    return kind == Kind::Parameters || kind == Kind::MultiplyAdds || kind == Kind::ActivationMemory;
}

GraphOverlay analysisOverlay(Kind kind, const NetworkAnalysis &analysis)
{
    GraphOverlay overlay{kind, {}};
    for (const LayerAnalysis &layer : analysis.layers) {
        if (kind == Kind::Parameters) {
            overlay.values.push_back(double(layer.parameters));
        } else if (layer.outputShape.empty()) {
            overlay.values.push_back(unknown);
        } else if (kind == Kind::MultiplyAdds) {
            overlay.values.push_back(double(layer.multiplyAdds));
        } else {
            double elements = bytesPerElement;
            for (const std::int64_t side : layer.outputShape)
                elements *= double(side);
            overlay.values.push_back(elements);
        }
    }
    return overlay;
}

QString overlayTitle(Kind kind)
{
    switch (kind) {
    case Kind::Training: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Frozen or trainable"));
    case Kind::Parameters: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Parameters"));
    case Kind::MultiplyAdds: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Multiply-adds"));
    case Kind::ActivationMemory: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Activation memory"));
    case Kind::Time: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Measured time"));
    case Kind::Drift: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Weight drift"));
    case Kind::Gradient: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Gradient norm"));
    }
    return {};
}

QString overlayUnit(const GraphOverlay &overlay)
{
    switch (overlay.kind) {
    case Kind::Training: return {};
    case Kind::Parameters: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Numbers that training can change"));
    case Kind::MultiplyAdds: return translated(QT_TRANSLATE_NOOP("graft::overlay", "MACs for one picture"));
    case Kind::ActivationMemory: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Bytes of the output for one picture"));
    case Kind::Time: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Seconds in the layer"));
    case Kind::Drift:
        return overlay.references.empty() ? translated(QT_TRANSLATE_NOOP("graft::overlay", "Length of the change since loading"))
                                          : translated(QT_TRANSLATE_NOOP("graft::overlay", "Change since loading, share of the weights"));
    case Kind::Gradient: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Length of the gradient"));
    }
    return {};
}

QString overlayMissing(Kind kind)
{
    switch (kind) {
    case Kind::Time: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Not measured yet"));
    case Kind::Drift: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Not compared yet"));
    case Kind::Gradient: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Comes while training"));
    default: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Not known yet"));
    }
}

QString overlayRequestText(Kind kind)
{
    switch (kind) {
    case Kind::Time: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Measure now"));
    case Kind::Drift: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Compare now"));
    case Kind::Gradient: return translated(QT_TRANSLATE_NOOP("graft::overlay", "Train now"));
    default: return {};
    }
}

QString overlayFigure(const GraphOverlay &overlay, double figure)
{
    if (!std::isfinite(figure))
        return QStringLiteral("–");
    if (!overlay.references.empty())
        return translated(QT_TRANSLATE_NOOP("graft::overlay", "%1 %")).arg(threeDigits(figure * 100));
    switch (overlay.kind) {
    case Kind::Training: return {};
    case Kind::Parameters: return formatCount(qint64(figure));
    case Kind::MultiplyAdds: return formatMultiplyAdds(qint64(figure));
    case Kind::ActivationMemory: return formatBytes(qint64(figure));
    case Kind::Time: return briefTime(figure);
    case Kind::Drift:
    case Kind::Gradient: return threeDigits(figure);
    }
    return {};
}

std::vector<double> nodeFigures(const GraphOverlay &overlay, const BlockTree &tree)
{
    std::vector<double> figures;
    figures.reserve(tree.nodes().size());
    for (const TreeNode &node : tree.nodes())
        figures.push_back(overlay.values.empty() ? unknown : figureOf(overlay, node));
    return figures;
}

std::vector<double> carriedOver(std::span<const double> values, std::span<const LayerId> from, const Network &to)
{
    if (values.empty())
        return {};
    std::unordered_map<int, int> places;
    for (std::size_t index = 0; index < from.size(); ++index)
        places.emplace(from[index].value, int(index));
    std::vector<double> carried;
    carried.reserve(to.layers().size());
    for (const Layer &layer : to.layers()) {
        const auto place = places.find(layer.id.value);
        carried.push_back(place == places.end() ? unknown : valueAt(values, place->second));
    }
    return carried;
}

} // namespace graft
