#pragma once

namespace graft {

/// Some virtual machines announce AMX, let programs use it, and still hide the CPUID leaf that describes its tiles. oneDNN then takes the
/// tiles for empty ones. On such a machine (Linux, a processor whose CPUID can be made to fault) this answers that leaf in the hypervisor's
/// place, for the calling thread and those that it starts from then on: CPUID faults there, and a handler of SIGSEGV answers it; other
/// faults go to the handler that was there before. Each thread that runs LibTorch calls it before its first product.
/// False where it cannot, or the tiles do not compute; then nothing has changed.
[[nodiscard]] bool describeTiles();

/// Whether this process may use AMX's tiles for bf16 and they compute; nobody needs to describe them for code that configures them itself.
[[nodiscard]] bool tilesCompute();

} // namespace graft
