#include "data/decoders.h"

#include <string_view>

namespace graft {
namespace {

constexpr std::int64_t maximumSide = 20'000;
constexpr std::int64_t maximumPixels = 400'000'000;

std::string_view textOf(std::span<const std::byte> bytes, std::size_t offset, std::size_t count)
{
    if (offset > bytes.size())
        return {};
    return std::string_view(reinterpret_cast<const char *>(bytes.data()), bytes.size()).substr(offset, count);
}

} // namespace

std::optional<Container> containerOf(std::span<const std::byte> bytes)
{
    const auto start = textOf(bytes, 0, 16);
    if (start.starts_with("\xFF\xD8\xFF"))
        return Container::Jpeg;
    if (start.starts_with("\x89PNG\r\n\x1A\n"))
        return Container::Png;
    if (start.starts_with("BM"))
        return Container::Bmp;
    if (start.starts_with("RIFF") && start.substr(8).starts_with("WEBP"))
        return Container::WebP;
    if (start.starts_with(std::string_view("II*\0", 4)) || start.starts_with(std::string_view("MM\0*", 4)))
        return Container::Tiff;
    if (start.size() > 2 && start[0] == 'P' && start[1] >= '1' && start[1] <= '6'
        && std::string_view(" \t\r\n#").find(start[2]) != std::string_view::npos)
        return Container::Pnm;
    return std::nullopt;
}

std::optional<std::string> sizeDefect(std::int64_t width, std::int64_t height)
{
    const std::string size = std::to_string(width) + " × " + std::to_string(height) + " pixels";
    if (width <= 0 || height <= 0)
        return "it has no pixels (" + size + ")";
    if (width > maximumSide || height > maximumSide)
        return "it has " + size + ", and Graft takes up to 20,000 a side";
    if (width * height > maximumPixels)
        return "it has " + size + ", and Graft takes up to 400 million in all";
    return std::nullopt;
}

} // namespace graft
