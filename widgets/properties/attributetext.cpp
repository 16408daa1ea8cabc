#include "properties/attributetext.h"

#include "common/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>

namespace graft {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::attributetext", text);
}

QString number(double value)
{
    return QLocale().toString(value, 'g', 10);
}

QString range(const AttributeSchema &schema)
{
    if (schema.minimum && schema.maximum)
        return translated(QT_TRANSLATE_NOOP("graft::attributetext", "From %1 to %2."))
            .arg(number(*schema.minimum), number(*schema.maximum));
    if (schema.minimum)
        return translated(QT_TRANSLATE_NOOP("graft::attributetext", "At least %1.")).arg(number(*schema.minimum));
    if (schema.maximum)
        return translated(QT_TRANSLATE_NOOP("graft::attributetext", "At most %1.")).arg(number(*schema.maximum));
    return {};
}

bool isInRange(const AttributeSchema &schema, double value)
{
    return (!schema.minimum || value >= *schema.minimum) && (!schema.maximum || value <= *schema.maximum);
}

/// Also each number of a list; true for what is no number.
bool isInRange(const AttributeSchema &schema, const AttributeValue &value)
{
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return isInRange(schema, static_cast<double>(*whole));
    if (const auto *decimal = std::get_if<double>(&value))
        return isInRange(schema, *decimal);
    const auto *list = std::get_if<std::vector<std::int64_t>>(&value);
    return !list
        || std::all_of(list->begin(), list->end(), [&](std::int64_t number) { return isInRange(schema, static_cast<double>(number)); });
}

} // namespace

QString attributeUnit(const AttributeSchema &schema)
{
    return engineText(schema.unit);
}

QString attributeHelp(const AttributeSchema &schema)
{
    QStringList sentences{engineText(schema.help)};
    if (const QString limits = range(schema); !limits.isEmpty())
        sentences << limits;
    if (!schema.required)
        sentences << translated(QT_TRANSLATE_NOOP("graft::attributetext", "Default: %1.")).arg(fromEngine(describe(schema.defaultValue)));
    return sentences.join(QLatin1Char(' '));
}

QString attributeProblem(const LayerType &type, const std::string &layerName, const AttributeSchema &schema, const AttributeValue &value)
{
    if (!isInRange(schema, value))
        return range(schema); // short, since it stands beside the field
    Layer probe;
    probe.name = layerName;
    probe.type = type.name;
    for (const AttributeSchema &other : type.schema)
        if (other.required)
            probe.attributes[other.name] = other.defaultValue;
    probe.attributes[schema.name] = value;
    probe.inputs.resize(static_cast<std::size_t>(type.minimumInputs));
    const auto valid = validate(probe);
    return valid ? QString() : fromEngine(valid.error().message);
}

const AttributeValue &attributeValue(const Layer &layer, const AttributeSchema &schema)
{
    const auto own = layer.attributes.find(schema.name);
    return own == layer.attributes.end() ? schema.defaultValue : own->second;
}

} // namespace graft
