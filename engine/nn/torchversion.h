#pragma once
#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <set>
#include <string>
#include <torch/version.h>

/// The differences between LibTorch 1.13 and 2.x, in this one header. Internal to the engine.
namespace graft::torchversion {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)

inline bool isAutocastEnabled(at::DeviceType type)
{
    return at::autocast::is_autocast_enabled(type);
}
inline void setAutocast(at::DeviceType type, bool enabled)
{
    at::autocast::set_autocast_enabled(type, enabled);
}
inline at::ScalarType autocastType(at::DeviceType type)
{
    return at::autocast::get_autocast_dtype(type);
}
inline void setAutocastType(at::DeviceType type, at::ScalarType scalar)
{
    at::autocast::set_autocast_dtype(type, scalar);
}

#else

inline bool isAutocastEnabled(at::DeviceType type)
{
    return type == at::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
inline void setAutocast(at::DeviceType type, bool enabled)
{
    type == at::kCPU ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled);
}
inline at::ScalarType autocastType(at::DeviceType type)
{
    return type == at::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
inline void setAutocastType(at::DeviceType type, at::ScalarType scalar)
{
    type == at::kCPU ? at::autocast::set_autocast_cpu_dtype(scalar) : at::autocast::set_autocast_gpu_dtype(scalar);
}

#endif

/// Whether recorded work takes its random numbers by the seed of the time when it is done: see stepgraph.h. Older ones have not been read.
constexpr bool recordsSeeds = TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 6);

/// What LibTorch tells in passing goes on to the handler of before, each sentence once. For the thread that set it, as long as it lives.
class EachWarningOnce : public c10::WarningHandler {
#if TORCH_VERSION_MAJOR >= 2
public:
    EachWarningOnce() : m_before(c10::WarningUtils::get_warning_handler())
    {
        c10::WarningUtils::set_warning_handler(this);
    }
    ~EachWarningOnce() override
    {
        c10::WarningUtils::set_warning_handler(m_before);
    }
    void process(const c10::Warning &warning) override
    {
        if (m_told.insert(warning.msg()).second)
            m_before->process(warning);
    }
#else
public:
    EachWarningOnce() : m_before(c10::Warning::get_warning_handler())
    {
        c10::Warning::set_warning_handler(this);
    }
    ~EachWarningOnce() override
    {
        c10::Warning::set_warning_handler(m_before);
    }
    void process(const c10::SourceLocation &source, const std::string &message, const bool verbatim) override
    {
        if (m_told.insert(message).second)
            m_before->process(source, message, verbatim);
    }
#endif
    EachWarningOnce(const EachWarningOnce &) = delete;
    EachWarningOnce &operator=(const EachWarningOnce &) = delete;

private:
    c10::WarningHandler *m_before;
    std::set<std::string> m_told;
};

/// Asked for deterministic algorithms, LibTorch 2 fills each new tensor unless it is told not to.
inline void leaveNewTensorsUnfilled()
{
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
    at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
}

} // namespace graft::torchversion

namespace graft {

/// bfloat16 autocast for the life of the object, on this thread. The backward pass belongs outside, as in PyTorch.
class Autocast {
public:
    /// With `enabled` false it switches autocast off.
    Autocast(at::Device device, bool enabled)
        : m_type(device.type()), m_wasEnabled(torchversion::isAutocastEnabled(m_type)), m_scalar(torchversion::autocastType(m_type))
    {
        at::autocast::increment_nesting();
        torchversion::setAutocast(m_type, enabled);
        torchversion::setAutocastType(m_type, at::kBFloat16);
    }
    ~Autocast()
    {
        // The outermost guard drops the converted weights, which the optimiser is about to change.
        if (at::autocast::decrement_nesting() == 0)
            at::autocast::clear_cache();
        torchversion::setAutocast(m_type, m_wasEnabled);
        torchversion::setAutocastType(m_type, m_scalar);
    }
    Autocast(const Autocast &) = delete;
    Autocast &operator=(const Autocast &) = delete;

private:
    at::DeviceType m_type;
    bool m_wasEnabled;
    at::ScalarType m_scalar;
};

} // namespace graft
