#include "core/threadpriority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace graft {

// On Linux, niceness belongs to the thread, and new threads inherit it.

int threadNiceness()
{
#ifdef __linux__
    return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
#else
    return 0;
#endif
}

void setThreadNiceness([[maybe_unused]] int niceness)
{
#ifdef __linux__
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
#endif
}

} // namespace graft
