#include "properties/activationchoices.h"

#include "common/text.h"
#include "graph/layertype.h"

#include <algorithm>

namespace graft {

QStringList activationChoices()
{
    QStringList names;
    for (const LayerType &type : layerTypes().all()) {
        const auto isRequired = [](const AttributeSchema &schema) { return schema.required; };
        if (type.category == "activation" && type.forward && std::none_of(type.schema.begin(), type.schema.end(), isRequired))
            names << fromEngine(type.name);
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

} // namespace graft
