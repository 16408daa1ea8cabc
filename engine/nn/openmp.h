#pragma once

namespace graft {

/// Makes OpenMP's threads sleep soon when they have nothing to do. GCC's spin for milliseconds between two products, in which other threads
/// could decode pictures; how long is read from GOMP_SPINCOUNT and OMP_WAIT_POLICY before a program's first line, and what these say
/// stands. But as soon as there are more of OpenMP's threads than processors, GCC's spin for a microsecond only: this adds a pair that
/// sleeps for good. To be called once a process; does nothing without OpenMP.
void waitBriefly();

/// Lets what this thread runs in parallel use all processors, as at::set_num_threads() would. But that also makes a pool of threads for
/// operations of XNNPACK, which Graft does not use, and each of these spins for some 50 ms before it sleeps. Where LibTorch does not work
/// with OpenMP it is what is called. To be called once in each thread that computes.
void useAllProcessors();

} // namespace graft
