#include "training/cudasupport.h"

namespace graft::cudasupport {

void prepare(at::Device device)
{
    if (!device.is_cuda())
        return;
    at::globalContext().setBenchmarkCuDNN(false);
    at::globalContext().setDeterministicCuDNN(true);
    // Warn only: an operation without a deterministic form still trains.
    at::globalContext().setDeterministicAlgorithms(true, true);
}

at::Tensor upload(const at::Tensor &tensor, at::Device device)
{
    if (!device.is_cuda())
        return tensor;
    return tensor.pin_memory().to(device, tensor.scalar_type(), /*non_blocking=*/true);
}

std::size_t stepsPerReading(at::Device device)
{
    return device.is_cuda() ? 8 : 1;
}

} // namespace graft::cudasupport
