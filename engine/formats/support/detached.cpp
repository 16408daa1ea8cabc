#include "formats/support/detached.h"

namespace graft {

StateDict detached(const StateDict &views)
{
    StateDict copies;
    for (const auto &[name, tensor] : views.entries()) {
        const auto bytes = tensor.bytes();
        copies.set(name, Tensor(tensor.type(), tensor.shape(), std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end())));
    }
    return copies;
}

} // namespace graft
