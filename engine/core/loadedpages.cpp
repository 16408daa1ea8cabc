#include "core/loadedpages.h"

#if defined(__linux__)
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <link.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace graft {
namespace {

bool isDebugged()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (int tracer = 0; word == "TracerPid:")
            return !(status >> tracer) || tracer != 0;
    return true;
}

/// Whether the loader wrote to pages that are not to be written to: those are not as in the file.
bool hasChangedText(const dl_phdr_info &library)
{
    for (int i = 0; i < library.dlpi_phnum; ++i) {
        if (library.dlpi_phdr[i].p_type != PT_DYNAMIC)
            continue;
        const auto *entry = reinterpret_cast<const ElfW(Dyn) *>(library.dlpi_addr + library.dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; ++entry)
            if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
                return true;
    }
    return false;
}

/// Of fewer bytes little is won, and most is soon wanted again.
constexpr std::uintptr_t fewestBytes = 256 * 1024;

int letGo(dl_phdr_info *library, std::size_t, void *)
{
    if (hasChangedText(*library))
        return 0;
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    for (int i = 0; i < library->dlpi_phnum; ++i) {
        const ElfW(Phdr) &part = library->dlpi_phdr[i];
        if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0)
            continue;
        const std::uintptr_t begin = library->dlpi_addr + part.p_vaddr, end = begin + part.p_memsz;
        const std::uintptr_t first = begin / page * page, last = (end + page - 1) / page * page;
        if (last - first >= fewestBytes)
            ::madvise(reinterpret_cast<void *>(first), last - first, MADV_DONTNEED);
    }
    return 0;
}

} // namespace

void letLoadedPagesGo()
{
    if (!isDebugged())
        ::dl_iterate_phdr(letGo, nullptr);
}

} // namespace graft
#else
namespace graft {

void letLoadedPagesGo() { }

} // namespace graft
#endif
