#include "nn/openblas.h"

#include <cstdlib>
#include <dlfcn.h>
#include <string_view>

namespace graft {

#if defined(__x86_64__)
namespace {

template <typename Function>
Function *found(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_DEFAULT, name));
}

/// The newest kind of code that this processor can run; nullptr when the one for all of them is right.
const char *fastestCode()
{
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl"))
        return "SKYLAKEX";
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? "HASWELL" : nullptr;
}

/// A setting that OpenBLAS reads as it starts, and that no program started from here is to inherit.
class PassingSetting {
public:
    PassingSetting(const char *name, const char *value) : m_name(name), m_isOurs(value && !std::getenv(name))
    {
        if (m_isOurs)
            ::setenv(name, value, 1);
    }
    ~PassingSetting()
    {
        if (m_isOurs)
            ::unsetenv(m_name);
    }
    PassingSetting(const PassingSetting &) = delete;
    PassingSetting &operator=(const PassingSetting &) = delete;

private:
    const char *m_name;
    bool m_isOurs;
};

} // namespace

void prepareProducts()
{
    // What runs when OpenBLAS is loaded and unloaded; there is no other way to have it read its settings again.
    auto *const start = found<void()>("gotoblas_init");
    auto *const end = found<void()>("gotoblas_quit");
    auto *const chosenCode = found<char *()>("openblas_get_corename");
    if (!start || !end || !chosenCode)
        return;
    const bool knowsProcessor = std::string_view(chosenCode()) != "Prescott";
    const PassingSetting code("OPENBLAS_CORETYPE", knowsProcessor ? nullptr : fastestCode());
    const PassingSetting timeout("OPENBLAS_THREAD_TIMEOUT", "18"); // 2 to the 18th ticks, some 0.1 ms
    end();
    start();
}
#else
void prepareProducts() { }
#endif

} // namespace graft
