#pragma once

namespace graft {

/// OpenBLAS, to which LibTorch gives its float32 products, chooses their code when it is loaded. On a processor that is younger than itself
/// it takes one from 2004, six times as slow as what the processor could do: this makes it choose again, the newest that the processor's
/// instructions allow. Its threads also stay awake for 30 ms after a product, in the way of others; from here on for a fraction of one.
/// OPENBLAS_CORETYPE and OPENBLAS_THREAD_TIMEOUT, where they are set, stand. To be called once, before the first product of the process;
/// does nothing with another BLAS.
void prepareProducts();

} // namespace graft
