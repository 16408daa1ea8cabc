#include "controllers/threadpriority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace graft {

void setThreadNiceness([[maybe_unused]] int niceness)
{
#ifdef __linux__
    // On Linux, niceness belongs to the thread, and new threads inherit it.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
#endif
}

} // namespace graft
