#include "console.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace graft::cli {

void printLine(const nlohmann::ordered_json &object)
{
    // File names may hold bytes that are no UTF-8; they are shown as well as they can be.
    std::cout << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
}

int report(const Error &error, bool json)
{
    std::cerr << "graft-cli: " << error.message << std::endl;
    if (json)
        printLine({{"event", "error"}, {"code", name(error.code)}, {"message", error.message}, {"subject", error.subject}});
    return 1;
}

void note(const std::string &sentence)
{
    std::cerr << "graft-cli: " << sentence << std::endl;
}

void noteLeftOut(const Dataset &dataset)
{
    for (const BrokenFile &file : dataset.broken)
        note("left out '" + file.path.string() + "': " + file.reason);
    for (const std::string &warning : dataset.warnings)
        note(warning);
}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::show(double share, const std::string &text)
{
    static const bool terminal = ::isatty(STDERR_FILENO) != 0;
    constexpr std::chrono::milliseconds interval(50);
    const auto now = std::chrono::steady_clock::now();
    if (!terminal || (m_shown && now < m_next))
        return;
    m_next = now + interval;
    constexpr int width = 30;
    const int filled = static_cast<int>(std::lround(share * width));
    std::string bar;
    for (int i = 0; i < width; ++i)
        bar += i < filled ? "█" : "░";
    std::cerr << "\r\x1b[K" << bar << " " << text << std::flush;
    m_shown = true;
}

void ProgressLine::clear()
{
    if (m_shown)
        std::cerr << "\r\x1b[K" << std::flush;
    m_shown = false;
}

namespace {

std::string formatted(const char *pattern, double value)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), pattern, value);
    return text.data();
}

} // namespace

std::string shortCount(double value)
{
    if (value >= 1e9)
        return formatted("%.2f G", value / 1e9);
    if (value >= 1e6)
        return formatted(value >= 1e8 ? "%.0f M" : "%.2f M", value / 1e6);
    if (value >= 1e3)
        return formatted("%.1f K", value / 1e3);
    return formatted("%.0f", value);
}

std::string shortBytes(double bytes)
{
    if (bytes >= 1e9)
        return formatted("%.2f GB", bytes / 1e9);
    return bytes >= 1e6 ? formatted("%.1f MB", bytes / 1e6) : formatted("%.0f KB", bytes / 1e3);
}

std::string duration(double seconds)
{
    if (seconds < 10)
        return formatted("%.1f s", seconds);
    if (seconds < 60)
        return formatted("%.0f s", seconds);
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string percent(double share)
{
    return formatted("%.1f %%", share * 100);
}

} // namespace graft::cli
