#include "interruption.h"

#include <array>
#include <atomic>
#include <csignal>
#include <thread>
#include <unistd.h>

namespace graft::cli {
namespace {

// A signal handler may do little more than write to a pipe; a thread reads the other end.
std::array<int, 2> signalPipe{-1, -1};
std::atomic<bool> interrupted{false};
std::thread listener;

extern "C" void onSignal(int number)
{
    std::signal(number, SIG_DFL);
    const char word = 's';
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &word, 1);
}

} // namespace

Interruption::Interruption(std::function<void()> stop)
{
    interrupted = false;
    if (::pipe(signalPipe.data()) != 0)
        return; // without a pipe the signals keep their usual meaning
    listener = std::thread([stop = std::move(stop)] {
        char word = 0;
        if (::read(signalPipe[0], &word, 1) == 1 && word == 's') {
            interrupted = true;
            stop();
        }
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGHUP, onSignal);
}

Interruption::~Interruption()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGHUP, SIG_DFL);
    if (!listener.joinable())
        return;
    const char word = 'q';
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &word, 1);
    listener.join();
    ::close(signalPipe[0]);
    ::close(signalPipe[1]);
}

bool Interruption::happened() const
{
    return interrupted;
}

} // namespace graft::cli
