// The one file that is written in terms of CUDA; GRAFT_CUDA is defined for it where LibTorch has CUDA.
#include "nn/torchversion.h"
#include "training/stepgraph.h"

#ifdef GRAFT_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#endif

namespace graft {

#ifdef GRAFT_CUDA
namespace {

class CudaRecorder : public WorkRecorder {
public:
    explicit CudaRecorder(at::Device device) : m_device(device) { }

    void record(std::function<void()> work) override
    {
        const c10::cuda::CUDAGuard device(m_device);
        // As torch.cuda.graph does it: nothing is under way, memory that lies ready is given back, and not on the default stream.
        c10::cuda::device_synchronize();
        c10::cuda::CUDACachingAllocator::emptyCache();
        const c10::cuda::CUDAStreamGuard stream(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, m_device.index()));
        m_graph.capture_begin();
        try {
            work();
        } catch (...) {
            end();
            throw;
        }
        end();
    }

    void replay() override
    {
        const c10::cuda::CUDAGuard device(m_device);
        m_graph.replay();
    }

private:
    /// After an invalid recording LibTorch's random generator and allocator believe that it goes on.
    void end()
    {
        try {
            m_graph.capture_end();
        } catch (const c10::Error &error) {
            const std::string text = error.what_without_backtrace();
            throw Broken(text.substr(0, text.find('\n')));
        }
    }

    at::Device m_device;
    at::cuda::CUDAGraph m_graph;
};

} // namespace

std::unique_ptr<WorkRecorder> workRecorder(at::Device device)
{
    return device.is_cuda() && torchversion::recordsSeeds ? std::make_unique<CudaRecorder>(device) : nullptr;
}

#else

std::unique_ptr<WorkRecorder> workRecorder(at::Device)
{
    return nullptr;
}

#endif

} // namespace graft
