#pragma once
#include <functional>

namespace graft::cli {

/// While it lives, Ctrl-C (SIGINT), SIGTERM and SIGHUP call `stop` on a thread of its own, once; a second Ctrl-C ends the program at once.
/// One at a time.
class Interruption {
public:
    explicit Interruption(std::function<void()> stop);
    ~Interruption();
    Interruption(const Interruption &) = delete;
    Interruption &operator=(const Interruption &) = delete;
    [[nodiscard]] bool happened() const;
};

} // namespace graft::cli
