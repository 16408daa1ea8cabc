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

    explicit PngReader(std::span<const std::byte> all) : bytes(all) { }
    PngReader(const PngReader &) = delete;
    PngReader &operator=(const PngReader &) = delete;
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

/// What decoding fills; lives outside the function that libpng may jump out of.
struct PngResult {
    std::vector<std::uint8_t> pixels; ///< 4 bytes a pixel
    std::vector<png_bytep> rows;
    std::optional<std::string> defect;
    png_uint_32 width = 0, height = 0;
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

/// False when libpng gave up.
bool decode(PngReader &reader, PngResult &result)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_set_read_fn(reader.png, &reader, readBytes);
    // Sizes are checked below, with our own words.
    png_set_user_limits(reader.png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_read_info(reader.png, reader.info);
    result.width = png_get_image_width(reader.png, reader.info);
    result.height = png_get_image_height(reader.png, reader.info);
    result.defect = sizeDefect(result.width, result.height);
    if (result.defect)
        return true;
    png_set_expand(reader.png);
    png_set_scale_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    png_set_add_alpha(reader.png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    const std::size_t rowBytes = std::size_t{4} * result.width;
    result.pixels.resize(rowBytes * result.height);
    result.rows.resize(result.height);
    for (std::size_t y = 0; y < result.height; ++y)
        result.rows[y] = result.pixels.data() + rowBytes * y;
    png_read_image(reader.png, result.rows.data());
    png_read_end(reader.png, nullptr);
    return true;
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
    PngResult result;
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, stop, ignoreWarning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : nullptr;
    if (!reader.info)
        throw std::bad_alloc();
    const bool finished = decode(reader, result);
    if (result.defect)
        return tl::unexpected(*result.defect);
    if (reader.endMissing)
        return tl::unexpected(std::string("its end is missing: the file is cut off"));
    if (!finished)
        return tl::unexpected("its PNG data is damaged (" + std::string(reader.message.data()) + ")");
    auto pixels = std::make_shared<const std::vector<std::uint8_t>>(overWhite(result.pixels));
    return Picture{static_cast<int>(result.width), static_cast<int>(result.height), std::move(pixels)};
}

} // namespace graft
