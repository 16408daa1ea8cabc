#include "training/environment.h"

#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>
#include <sys/utsname.h>
#include <torch/version.h>

namespace graft {

nlohmann::json environment(Device device)
{
    std::string title;
    for (const DeviceDescription &description : availableDevices())
        if (description.device == device)
            title = description.title;
    utsname system{};
    const bool known = ::uname(&system) == 0;
    return {{"graft", GRAFT_VERSION}, {"libtorch", TORCH_VERSION}, {"device", name(device)}, {"deviceTitle", title},
        {"threads", at::get_num_threads()},
        {"system", known ? std::string(system.sysname) + " " + system.release + " " + system.machine : std::string()}};
}

} // namespace graft
