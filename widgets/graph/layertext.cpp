#include "graph/layertext.h"

#include "common/text.h"
#include "graph/layertype.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>
#include <optional>

namespace graft {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::layertext", text);
}

std::optional<AttributeValue> attribute(const Layer &layer, const char *name)
{
    if (const auto set = layer.attributes.find(std::string_view(name)); set != layer.attributes.end())
        return set->second;
    const LayerType *type = layerTypes().find(layer.type);
    if (!type)
        return std::nullopt;
    const auto named = [name](const AttributeSchema &schema) { return schema.name == name; };
    const auto schema = std::find_if(type->schema.begin(), type->schema.end(), named);
    return schema == type->schema.end() ? std::nullopt : std::optional(schema->defaultValue);
}

/// The attribute as whole numbers; empty when it is absent or of another kind.
std::vector<std::int64_t> numbers(const Layer &layer, const char *name)
{
    const std::optional<AttributeValue> value = attribute(layer, name);
    if (!value)
        return {};
    if (const auto *list = std::get_if<std::vector<std::int64_t>>(&*value))
        return *list;
    if (const auto *one = std::get_if<std::int64_t>(&*value))
        return {*one};
    return {};
}

bool areAll(const std::vector<std::int64_t> &values, std::int64_t wanted)
{
    return std::all_of(values.begin(), values.end(), [wanted](std::int64_t value) { return value == wanted; });
}

/// "2" for [2, 2], "1 × 2" otherwise.
QString brief(const std::vector<std::int64_t> &values)
{
    return areAll(values, values.front()) ? QString::number(values.front()) : formatShape(values);
}

QString kernel(const std::vector<std::int64_t> &values)
{
    return values.size() == 1 ? formatShape({values.front(), values.front()}) : formatShape(values);
}

} // namespace

QString attributeSummary(const Layer &layer)
{
    QStringList parts;
    const auto inputs = numbers(layer, "in_features"), outputs = numbers(layer, "out_features");
    if (!inputs.empty() && !outputs.empty())
        parts << QStringLiteral("%1 → %2").arg(inputs.front()).arg(outputs.front());
    if (const auto size = numbers(layer, "kernel_size"); !size.empty())
        parts << kernel(size);
    if (const auto stride = numbers(layer, "stride"); !stride.empty() && !areAll(stride, 1) && !areAll(stride, 0))
        parts << translated(QT_TRANSLATE_NOOP("graft::layertext", "stride %1")).arg(brief(stride));
    if (const auto dilation = numbers(layer, "dilation"); !dilation.empty() && !areAll(dilation, 1))
        parts << translated(QT_TRANSLATE_NOOP("graft::layertext", "dilation %1")).arg(brief(dilation));
    if (const auto groups = numbers(layer, "groups"); !groups.empty() && groups.front() > 1) {
        const bool depthwise = groups == numbers(layer, "in_channels");
        parts << (depthwise ? translated(QT_TRANSLATE_NOOP("graft::layertext", "depthwise"))
                            : translated(QT_TRANSLATE_NOOP("graft::layertext", "%1 groups")).arg(groups.front()));
    }
    if (const auto size = numbers(layer, "output_size"); !size.empty())
        parts << translated(QT_TRANSLATE_NOOP("graft::layertext", "to %1")).arg(kernel(size));
    if (const auto chance = attribute(layer, "p"); chance && std::holds_alternative<double>(*chance))
        parts << QStringLiteral("p = %1").arg(std::get<double>(*chance));
    return parts.join(QStringLiteral(", "));
}

QString attributeList(const Layer &layer)
{
    QStringList lines;
    for (const auto &[name, value] : layer.attributes)
        lines << QStringLiteral("%1 = %2").arg(fromEngine(name), fromEngine(describe(value)));
    return lines.join(QLatin1Char('\n'));
}

QString layerCountText(int count)
{
    const QString text = count == 1 ? translated(QT_TRANSLATE_NOOP("graft::layertext", "%1 layer"))
                                    : translated(QT_TRANSLATE_NOOP("graft::layertext", "%1 layers"));
    return text.arg(QLocale().toString(count));
}

QString categoryOf(const std::string &layerType)
{
    if (layerType == "Input")
        return QStringLiteral("input");
    const LayerType *type = layerTypes().find(layerType);
    return type ? fromEngine(type->category) : QString();
}

bool hasRunningStatistics(const Layer &layer)
{
    if (!layer.type.starts_with("BatchNorm"))
        return false;
    const auto tracks = layer.attributes.find(std::string_view("track_running_stats"));
    return tracks == layer.attributes.end() || tracks->second != AttributeValue(false);
}

QString categoryTitle(const QString &category)
{
    static constexpr std::array titles{
        std::pair{"convolution", QT_TRANSLATE_NOOP("graft::layertext", "Convolution")},
        std::pair{"normalization", QT_TRANSLATE_NOOP("graft::layertext", "Normalization")},
        std::pair{"activation", QT_TRANSLATE_NOOP("graft::layertext", "Activation")},
        std::pair{"pooling", QT_TRANSLATE_NOOP("graft::layertext", "Pooling")},
        std::pair{"linear", QT_TRANSLATE_NOOP("graft::layertext", "Linear")},
        std::pair{"merge", QT_TRANSLATE_NOOP("graft::layertext", "Merge")},
        std::pair{"regularization", QT_TRANSLATE_NOOP("graft::layertext", "Regularization")},
        std::pair{"shape", QT_TRANSLATE_NOOP("graft::layertext", "Shape")},
        std::pair{"elementwise", QT_TRANSLATE_NOOP("graft::layertext", "Element-wise")},
        std::pair{"attention", QT_TRANSLATE_NOOP("graft::layertext", "Attention")},
        std::pair{"parameter", QT_TRANSLATE_NOOP("graft::layertext", "Parameter")},
        std::pair{"input", QT_TRANSLATE_NOOP("graft::layertext", "Input")},
    };
    for (const auto &[name, title] : titles) {
        if (category == QLatin1String(name))
            return translated(title);
    }
    return category;
}

} // namespace graft
