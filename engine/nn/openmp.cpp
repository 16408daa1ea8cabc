#include "nn/openmp.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <thread>
#include <unistd.h>
#if defined(_OPENMP)
#include <omp.h>
#endif

namespace graft {

void waitBriefly()
{
#if defined(_OPENMP)
    std::thread([] {
#pragma omp parallel num_threads(2)
        std::this_thread::yield(); // an empty region is left out
        for (;;)
            ::pause();
    }).detach();
#endif
}

void useAllProcessors()
{
    const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    // Asked for a thread's number the first time, LibTorch sets it to its own default.
    if (at::get_num_threads() == processors)
        return;
#if defined(_OPENMP)
    omp_set_num_threads(processors);
#endif
    if (at::get_num_threads() != processors)
        at::set_num_threads(processors);
}

} // namespace graft
