#include "graph/modelpackage.h"

namespace graft {

std::string className(const ModelPackage &package, std::size_t index)
{
    return index < package.classNames.size() ? package.classNames[index] : "class " + std::to_string(index);
}

} // namespace graft
