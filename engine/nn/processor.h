#pragma once

namespace graft {

/// Some virtual machines announce AMX but hide the CPUID leaf that describes its tiles. oneDNN then runs tile instructions without having
/// configured them, and the first bf16 product ends the program with SIGILL. On such a machine this answers that leaf for oneDNN (see
/// describeTiles()), or else keeps oneDNN to AVX-512, unless ONEDNN_MAX_CPU_ISA says something already; elsewhere it does nothing. To be
/// called by each thread before its first product of LibTorch; quick when called again.
void prepareTiles();

/// Whether this processor has instructions for products of bf16 numbers, so that those are faster than fp32's.
[[nodiscard]] bool multipliesBfloat16();

} // namespace graft
