#include "architectures/recognition/renamings.h"

#include <vector>

namespace graft {

std::span<const NamingScheme> namingSchemes()
{
    static const std::vector<NamingScheme> all = [] {
        std::vector<NamingScheme> schemes;
        for (const auto library : {naming::timm(), naming::huggingFace(), naming::originals()})
            schemes.insert(schemes.end(), library.begin(), library.end());
        return schemes;
    }();
    return all;
}

} // namespace graft
