#include "properties/attributeeditor.h"

#include "properties/attributeeditors.h"

namespace graft {

AttributeEditor *makeAttributeEditor(const AttributeSchema &schema, QWidget *parent)
{
    if (std::holds_alternative<bool>(schema.defaultValue))
        return new FlagEditor(parent);
    if (std::holds_alternative<std::int64_t>(schema.defaultValue) || std::holds_alternative<double>(schema.defaultValue))
        return new NumberEditor(schema, parent);
    if (std::holds_alternative<std::string>(schema.defaultValue) && !schema.choices.empty())
        return new ChoiceEditor(schema, parent);
    if (std::holds_alternative<std::vector<std::int64_t>>(schema.defaultValue) && schema.length == 2)
        return new PairEditor(schema, parent);
    return new LineEditor(schema, parent);
}

} // namespace graft
