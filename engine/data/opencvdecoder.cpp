#include "data/decoders.h"
#include "data/opencv.h"

#include <cctype>
#include <cstdlib>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace graft {
namespace {

struct Size {
    std::int64_t width = 0, height = 0;
};

Size bmpSize(std::span<const std::byte> bytes)
{
    const ByteReader reader{bytes};
    if (reader.number(14, 4) == 12)
        return {reader.number(18, 2), reader.number(20, 2)};
    // A negative height means rows from the top.
    return {static_cast<std::int32_t>(reader.number(18, 4)), std::abs(std::int64_t{static_cast<std::int32_t>(reader.number(22, 4))})};
}

Size tiffSize(std::span<const std::byte> bytes)
{
    ByteReader reader{bytes};
    reader.bigEndian = reader.number(0, 2) == 0x4D4D;
    const std::size_t directory = reader.number(4, 4);
    const std::uint32_t entries = reader.number(directory, 2);
    Size size;
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t{12} * i;
        const std::uint32_t tag = reader.number(entry, 2);
        const std::uint32_t value = reader.number(entry + 8, reader.number(entry + 2, 2) == 3 ? 2 : 4);
        if (tag == 256)
            size.width = value;
        else if (tag == 257)
            size.height = value;
    }
    return size;
}

Size pnmSize(std::span<const std::byte> bytes)
{
    std::size_t position = 2;
    const auto at = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<int>(bytes[i]) : -1; };
    const auto number = [&]() -> std::int64_t {
        while (std::isspace(std::max(at(position), 0)) || at(position) == '#') {
            if (at(position) == '#')
                while (at(position) != '\n' && at(position) != -1)
                    ++position;
            else
                ++position;
        }
        std::int64_t value = 0;
        for (; std::isdigit(std::max(at(position), 0)) && value < 1'000'000'000; ++position)
            value = value * 10 + (at(position) - '0');
        return value;
    };
    const std::int64_t width = number();
    return {width, number()};
}

/// The size that a WebP file with extensions states; other WebP files cannot be too large for us.
Size webpSize(std::span<const std::byte> bytes)
{
    const ByteReader reader{bytes};
    if (reader.number(12, 4) != 0x58385056) // "VP8X"
        return {1, 1};
    return {std::int64_t{reader.number(24, 3)} + 1, std::int64_t{reader.number(27, 3)} + 1};
}

Size statedSize(std::span<const std::byte> bytes, Container container)
{
    switch (container) {
    case Container::Bmp: return bmpSize(bytes);
    case Container::Tiff: return tiffSize(bytes);
    case Container::Pnm: return pnmSize(bytes);
    default: return webpSize(bytes);
    }
}

constexpr std::uint32_t fourCharacters(const char (&text)[5])
{
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(text[i]);
    return value;
}

void appendNumber(std::vector<std::byte> &bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::byte>(value >> shift & 0xFF));
}

/// The first frame of an animated WebP file as a file of its own, since OpenCV refuses animations; empty when the file is not animated.
std::vector<std::byte> firstFrame(std::span<const std::byte> bytes)
{
    const ByteReader reader{bytes};
    constexpr std::size_t frameHeader = 16;
    for (std::size_t chunk = 12; chunk + 8 <= bytes.size();) {
        const std::size_t size = reader.number(chunk + 4, 4);
        if (size > bytes.size() - chunk - 8)
            break;
        if (reader.number(chunk, 4) == fourCharacters("ANMF") && size > frameHeader) {
            const auto frame = bytes.subspan(chunk + 8 + frameHeader, size - frameHeader);
            const bool hasAlpha = ByteReader{frame}.number(0, 4) == fourCharacters("ALPH");
            std::vector<std::byte> file;
            appendNumber(file, fourCharacters("RIFF"));
            appendNumber(file, static_cast<std::uint32_t>(frame.size() + (hasAlpha ? 22 : 4)));
            appendNumber(file, fourCharacters("WEBP"));
            if (hasAlpha) {
                appendNumber(file, fourCharacters("VP8X"));
                appendNumber(file, 10);
                appendNumber(file, 0x10);
                // The frame's own width and height, each less one, 3 bytes each.
                const auto sizes = bytes.subspan(chunk + 8 + 6, 6);
                file.insert(file.end(), sizes.begin(), sizes.end());
            }
            file.insert(file.end(), frame.begin(), frame.end());
            return file;
        }
        chunk += 8 + size + size % 2;
    }
    return {};
}

/// Any depth that holds whole numbers, as 8 bits; an empty matrix for others.
cv::Mat toEightBits(const cv::Mat &decoded)
{
    cv::Mat eight;
    if (decoded.depth() == CV_8U)
        eight = decoded;
    else if (decoded.depth() == CV_16U)
        decoded.convertTo(eight, CV_8U, 255.0 / 65535.0);
    return eight;
}

enum class Alpha { Straight, Premultiplied };

cv::Mat overWhite(const cv::Mat &bgra, Alpha alpha)
{
    cv::Mat rgb(bgra.rows, bgra.cols, CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto *in = bgra.ptr<cv::Vec4b>(y);
        auto *out = rgb.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgra.cols; ++x)
            for (int c = 0; c < 3; ++c) {
                const int level = alpha == Alpha::Straight ? in[x][2 - c] * in[x][3] : in[x][2 - c] * 255;
                out[x][c] = cv::saturate_cast<std::uint8_t>((level + 255 * (255 - in[x][3]) + 127) / 255);
            }
    }
    return rgb;
}

cv::Mat toRgb(const cv::Mat &eight, Alpha alpha)
{
    cv::Mat rgb;
    switch (eight.channels()) {
    case 1: cv::cvtColor(eight, rgb, cv::COLOR_GRAY2RGB); break;
    case 3: cv::cvtColor(eight, rgb, cv::COLOR_BGR2RGB); break;
    case 4: return overWhite(eight, alpha);
    default: break;
    }
    return rgb;
}

} // namespace

Decoded decodeWithOpenCv(std::span<const std::byte> bytes, Container container)
{
    prepareOpenCv();
    const Size stated = statedSize(bytes, container);
    if (const auto defect = sizeDefect(stated.width, stated.height))
        return tl::unexpected(*defect);
    if (container == Container::WebP && std::size_t{ByteReader{bytes}.number(4, 4)} + 8 > bytes.size())
        return tl::unexpected(std::string("its end is missing: the file is cut off"));
    const auto frame = container == Container::WebP ? firstFrame(bytes) : std::vector<std::byte>();
    if (!frame.empty())
        bytes = frame;
    // The fourth byte of a BMP's pixel is padding as often as alpha.
    const int flags = container == Container::Bmp ? cv::IMREAD_COLOR : cv::IMREAD_UNCHANGED;
    const StandardErrorSilence silence;
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte *>(bytes.data()));
        const cv::Mat decoded = cv::imdecode(encoded, flags);
        if (decoded.empty())
            return tl::unexpected(std::string("its data is damaged, cut off or of a kind that Graft does not know"));
        if (const auto defect = sizeDefect(decoded.cols, decoded.rows))
            return tl::unexpected(*defect);
        const cv::Mat eight = toEightBits(decoded);
        // libtiff multiplies 8-bit colours with their alpha.
        const Alpha alpha = container == Container::Tiff && decoded.depth() == CV_8U ? Alpha::Premultiplied : Alpha::Straight;
        const cv::Mat rgb = eight.empty() ? cv::Mat() : toRgb(eight, alpha);
        if (rgb.empty())
            return tl::unexpected(std::string("its pixels are not whole numbers of 8 or 16 bits; save it as PNG"));
        return pictureOf(rgb);
    } catch (const cv::Exception &) {
        return tl::unexpected(std::string("its data is damaged, cut off or of a kind that Graft does not know"));
    }
}

} // namespace graft
