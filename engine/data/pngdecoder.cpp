#include "data/decoders.h"

// libpng directly: OpenCV's reader lets libpng write to standard error.
#include <csetjmp>
#include <cstring>
#include <png.h>

namespace graft {
namespace {

struct PngReader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::span<const std::byte> bytes;
    std::size_t position = 0;
    bool endMissing = false;
    std::array<char, 128> message{};
    std::vector<png_bytep> rows;

    explicit PngReader(std::span<const std::byte> all) : bytes(all) { }
    PngReader(const PngReader &) = delete;
    PngReader &operator=(const PngReader &) = delete;
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void stop(png_structp png, png_const_charp message)
{
    auto &reader = *static_cast<PngReader *>(png_get_error_ptr(png));
    std::strncpy(reader.message.data(), message, reader.message.size() - 1);
    png_longjmp(png, 1);
}

void ignoreWarning(png_structp, png_const_charp) { }

void readBytes(png_structp png, png_bytep out, png_size_t count)
{
    auto &reader = *static_cast<PngReader *>(png_get_io_ptr(png));
    if (count > reader.bytes.size() - reader.position) {
        reader.endMissing = true;
        png_error(png, "end of file");
    }
    std::memcpy(out, reader.bytes.data() + reader.position, count);
    reader.position += count;
}

// The steps of decoding. libpng may jump out of them, so that they own nothing.

void readHeader(PngReader &reader)
{
    png_set_read_fn(reader.png, &reader, readBytes);
    // Sizes are checked by us, with our own words.
    png_set_user_limits(reader.png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_read_info(reader.png, reader.info);
}

/// 8-bit red, green, blue and alpha, whatever is in the file.
void readRows(PngReader &reader)
{
    png_set_expand(reader.png);
    png_set_scale_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    png_set_add_alpha(reader.png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    png_read_image(reader.png, reader.rows.data());
    png_read_end(reader.png, nullptr);
}

/// False when libpng gave up.
bool run(PngReader &reader, void (*step)(PngReader &))
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    step(reader);
    return true;
}

std::string defectOf(const PngReader &reader)
{
    if (reader.endMissing)
        return "its end is missing: the file is cut off";
    return "its PNG data is damaged (" + std::string(reader.message.data()) + ")";
}

std::vector<std::uint8_t> overWhite(const std::vector<std::uint8_t> &rgba)
{
    std::vector<std::uint8_t> pixels(rgba.size() / 4 * 3);
    for (std::size_t i = 0, out = 0; i + 3 < rgba.size(); i += 4)
        for (std::size_t c = 0; c < 3; ++c)
            pixels[out++] = static_cast<std::uint8_t>((rgba[i + c] * rgba[i + 3] + 255 * (255 - rgba[i + 3]) + 127) / 255);
    return pixels;
}

} // namespace

Decoded decodePng(std::span<const std::byte> bytes)
{
    PngReader reader(bytes);
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, stop, ignoreWarning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : nullptr;
    if (!reader.info)
        throw std::bad_alloc();
    if (!run(reader, readHeader))
        return tl::unexpected(defectOf(reader));
    const auto width = png_get_image_width(reader.png, reader.info), height = png_get_image_height(reader.png, reader.info);
    if (const auto defect = sizeDefect(width, height))
        return tl::unexpected(*defect);
    const std::size_t rowBytes = std::size_t{4} * width;
    std::vector<std::uint8_t> rgba(rowBytes * height);
    for (std::size_t y = 0; y < height; ++y)
        reader.rows.push_back(rgba.data() + rowBytes * y);
    if (!run(reader, readRows))
        return tl::unexpected(defectOf(reader));
    return Picture{static_cast<int>(width), static_cast<int>(height), std::make_shared<const std::vector<std::uint8_t>>(overWhite(rgba))};
}

} // namespace graft
