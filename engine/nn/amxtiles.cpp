#include "nn/amxtiles.h"

#if defined(__x86_64__) && defined(__linux__)
#include <algorithm>
#include <array>
#include <cpuid.h>
#include <csignal>
#include <cstdint>
#include <immintrin.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#endif

namespace graft {

#if defined(__x86_64__) && defined(__linux__)
namespace {

// asm/prctl.h
constexpr int setCpuid = 0x1012, requestFeature = 0x1023, tileData = 18;
constexpr unsigned tileLeaf = 0x1D, productLeaf = 0x1E;

struct CpuidAnswer {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
};

/// What processors with AMX say of palette 1, the only one there is: 8 tiles of 16 rows of 64 bytes.
CpuidAnswer description(unsigned leaf, unsigned part)
{
    if (leaf == productLeaf)
        return part == 0 ? CpuidAnswer{0, 0x4010, 0, 0} : CpuidAnswer{};
    if (part == 0)
        return {1, 0, 0, 0};
    return part == 1 ? CpuidAnswer{0x04002000, 0x00080040, 16, 0} : CpuidAnswer{};
}

long setFaulting(bool faulting)
{
    return ::syscall(SYS_arch_prctl, setCpuid, faulting ? 0 : 1);
}

CpuidAnswer ask(unsigned leaf, unsigned part)
{
    CpuidAnswer answer;
    __cpuid_count(leaf, part, answer.eax, answer.ebx, answer.ecx, answer.edx);
    return answer;
}

struct sigaction handlerBefore; // written once, before the handler can run

/// Handles SIGSEGV: nothing but system calls and registers.
void answerCpuid(int signal, siginfo_t *what, void *context)
{
    auto &registers = static_cast<ucontext_t *>(context)->uc_mcontext.gregs;
    const auto *instruction = reinterpret_cast<const std::uint8_t *>(registers[REG_RIP]);
    // The kernel's code means that the instruction itself was refused, so that its bytes can be read.
    if (what->si_code != SI_KERNEL || instruction[0] != 0x0F || instruction[1] != 0xA2) {
        ::sigaction(signal, &handlerBefore, nullptr); // the instruction faults again and meets who was here before
        return;
    }
    const auto leaf = static_cast<unsigned>(registers[REG_RAX]), part = static_cast<unsigned>(registers[REG_RCX]);
    CpuidAnswer answer;
    if (leaf == tileLeaf || leaf == productLeaf) {
        answer = description(leaf, part);
    } else {
        setFaulting(false);
        answer = ask(leaf, part);
        setFaulting(true);
        if (leaf == 0)
            answer.eax = std::max(answer.eax, productLeaf);
    }
    registers[REG_RAX] = answer.eax;
    registers[REG_RBX] = answer.ebx;
    registers[REG_RCX] = answer.ecx;
    registers[REG_RDX] = answer.edx;
    registers[REG_RIP] += 2;
}

/// Whether the processor and the system let this process use tiles: all of AMX and the places to keep it in.
bool mayUseTiles()
{
    constexpr unsigned bfloat16 = 1U << 22, tile = 1U << 24; // in EDX of leaf 7
    constexpr unsigned savedBySystem = 1U << 27; // in ECX of leaf 1
    constexpr unsigned kept = 3U << 17; // of XCR0: tiles and their configuration
    const unsigned announced = ask(7, 0).edx;
    if (!(announced & bfloat16) || !(announced & tile) || !(ask(1, 0).ecx & savedBySystem))
        return false;
    unsigned low = 0, high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & kept) == kept && ::syscall(SYS_arch_prctl, requestFeature, tileData) == 0;
}

/// Whether a product of two tiles of ones is what it should be.
__attribute__((target("amx-tile,amx-bf16"))) bool onesMultiply()
{
    constexpr std::uint16_t one = 0x3F80; // in bf16
    constexpr int rowBytes = 64;
    alignas(64) std::array<std::uint8_t, 64> layout{1}; // palette 1
    for (std::size_t number = 0; number < 3; ++number) {
        layout[16 + 2 * number] = rowBytes;
        layout[48 + number] = 16; // rows
    }
    alignas(64) std::array<std::uint16_t, 16 * 32> ones;
    ones.fill(one);
    alignas(64) std::array<float, 16 * 16> product{};
    _tile_loadconfig(layout.data());
    _tile_zero(0);
    _tile_loadd(1, ones.data(), rowBytes);
    _tile_loadd(2, ones.data(), rowBytes);
    _tile_dpbf16ps(0, 1, 2);
    _tile_stored(0, product.data(), rowBytes);
    _tile_release();
    return std::ranges::all_of(product, [](float value) { return value == 32; });
}

bool installHandler()
{
    struct sigaction handler = {};
    handler.sa_sigaction = answerCpuid;
    handler.sa_flags = SA_SIGINFO;
    return ::sigaction(SIGSEGV, &handler, &handlerBefore) == 0;
}

bool prepareProcess()
{
    return tilesCompute() && installHandler();
}

} // namespace

bool tilesCompute()
{
    static const bool compute = mayUseTiles() && onesMultiply();
    return compute;
}

bool describeTiles()
{
    static const bool prepared = prepareProcess();
    thread_local const bool answered = prepared && setFaulting(true) == 0;
    return answered;
}
#else
bool describeTiles()
{
    return false;
}

bool tilesCompute()
{
    return false;
}
#endif

} // namespace graft
