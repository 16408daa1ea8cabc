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
    // Parts of what runs when OpenBLAS is loaded and unloaded; nothing else has it read its settings again.
    auto *const readSettings = found<void()>("openblas_read_env");
    auto *const endThreads = found<int()>("blas_thread_shutdown_");
    auto *const chooseCode = found<void()>("gotoblas_dynamic_init");
    auto *const forgetCode = found<void()>("gotoblas_dynamic_quit");
    auto *const chosenCode = found<char *()>("openblas_get_corename");
    if (!readSettings || !endThreads || !chooseCode || !forgetCode || !chosenCode)
        return;
    const PassingSetting timeout("OPENBLAS_THREAD_TIMEOUT", "18"); // 2 to the 18th ticks, some 0.1 ms
    readSettings();
    endThreads(); // new ones come with the next product
    if (std::string_view(chosenCode()) != "Prescott")
        return;
    const PassingSetting code("OPENBLAS_CORETYPE", fastestCode());
    forgetCode();
    chooseCode();
}
#else
void prepareProducts() { }
#endif

} // namespace graft
