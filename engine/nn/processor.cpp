#include "nn/processor.h"

#include "nn/amxtiles.h"

#include <cstdlib>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace graft {

#if defined(__x86_64__)
namespace {

bool announcesTilesWithoutDescription()
{
    constexpr unsigned featureLeaf = 7, tileLeaf = 0x1D;
    constexpr unsigned amxTile = 1U << 24; // in EDX
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    if (!__get_cpuid_count(featureLeaf, 0, &eax, &ebx, &ecx, &edx) || !(edx & amxTile))
        return false;
    // EAX of the tile leaf is the highest palette; 0 means that there is none.
    return !__get_cpuid_count(tileLeaf, 0, &eax, &ebx, &ecx, &edx) || eax == 0;
}

} // namespace

void prepareTiles()
{
    constexpr const char *setting = "ONEDNN_MAX_CPU_ISA";
    static const bool undescribed = announcesTilesWithoutDescription() && !std::getenv(setting);
    if (undescribed && !describeTiles())
        ::setenv(setting, "AVX512_CORE_BF16", 0);
}

bool multipliesBfloat16()
{
    return __builtin_cpu_supports("avx512bf16") != 0;
}
#else
void prepareTiles() { }

bool multipliesBfloat16()
{
    return false;
}
#endif

} // namespace graft
