#include "core/childprocess.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char **environ;

namespace graft {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (std::string &text : texts)
        pointers.push_back(text.data());
    return pointers;
}

std::string_view nameOf(std::string_view variable)
{
    return variable.substr(0, variable.find('='));
}

/// What the process has had resident at most so far. wait4() would count what this program had when it started the other one.
std::int64_t peakBytesOf(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    constexpr std::string_view name = "VmHWM:";
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name))
            return std::stoll(line.substr(name.size())) * 1024;
    return 0;
}

Result<pid_t> spawn(const ChildCommand &command)
{
    std::vector<std::string> arguments = command.arguments, additions = command.environment;
    std::vector<char *> argumentPointers = pointersTo(arguments), environment = pointersTo(additions);
    argumentPointers.push_back(nullptr);
    for (char **variable = environ; *variable; ++variable)
        if (std::ranges::none_of(additions, [&](const std::string &addition) { return nameOf(addition) == nameOf(*variable); }))
            environment.push_back(*variable);
    environment.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, command.words.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t process = 0;
    const int error = ::posix_spawnp(&process, argumentPointers.front(), &actions, nullptr, argumentPointers.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return fail(ErrorCode::FileNotFound,
            "'" + command.arguments.front() + "' cannot be run (" + std::strerror(error) + "); install it, or name another program.",
            command.arguments.front());
    return process;
}

} // namespace

Result<ChildEnd> runChild(const ChildCommand &command, const Cancellation &cancellation)
{
    constexpr std::chrono::milliseconds glance(5);
    const auto start = Clock::now();
    const auto process = spawn(command);
    if (!process)
        return fail(process.error());
    int status = 0;
    bool ended = false;
    ChildEnd end;
    while (::waitpid(*process, &status, WNOHANG) == 0) {
        end.peakBytes = std::max(end.peakBytes, peakBytesOf(*process));
        if (!ended && (cancellation.requested() || Clock::now() - start > command.patience))
            ended = ::kill(*process, SIGKILL) == 0;
        std::this_thread::sleep_for(glance);
    }
    end.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (WIFEXITED(status))
        end.status = WEXITSTATUS(status);
    else
        end.signal = WTERMSIG(status);
    return end;
}

} // namespace graft
