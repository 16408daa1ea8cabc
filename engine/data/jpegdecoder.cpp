#include "data/decoders.h"

// libjpeg directly: OpenCV's reader writes to standard error and takes half a picture for a whole one.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>

namespace graft {
namespace {

// Progressive files with thousands of scans are made to keep a reader busy; real ones have about ten.
constexpr int maximumScans = 500;
constexpr std::array<unsigned char, 6> exifMark = {'E', 'x', 'i', 'f', 0, 0};

struct JpegReader {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    bool endMissing = false;
    bool damaged = false;
    bool tooManyScans = false;
};

JpegReader &readerOf(j_common_ptr info)
{
    return *static_cast<JpegReader *>(info->client_data);
}

[[noreturn]] void stop(j_common_ptr info)
{
    std::longjmp(readerOf(info).jump, 1);
}

void noteWarning(j_common_ptr info, int level)
{
    if (level >= 0)
        return;
    const int code = info->err->msg_code;
    readerOf(info).endMissing |= code == JWRN_JPEG_EOF;
    readerOf(info).damaged |= code == JWRN_HIT_MARKER;
    ++info->err->num_warnings;
}

void saySilently(j_common_ptr) { }

void watchScans(j_common_ptr info)
{
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > maximumScans) {
        readerOf(info).tooManyScans = true;
        stop(info);
    }
}

void prepare(JpegReader &reader)
{
    reader.info.err = jpeg_std_error(&reader.errors);
    reader.errors.error_exit = stop;
    reader.errors.emit_message = noteWarning;
    reader.errors.output_message = saySilently;
    reader.info.client_data = &reader;
}

/// What decoding fills; lives outside the function that libjpeg may jump out of.
struct JpegResult {
    std::vector<std::uint8_t> pixels;
    std::optional<std::string> defect;
    int width = 0, height = 0, channels = 0;
    int orientation = 1;
};

int orientationOf(const jpeg_decompress_struct &info)
{
    for (auto marker = info.marker_list; marker; marker = marker->next) {
        if (marker->marker != JPEG_APP0 + 1 || marker->data_length < exifMark.size()
            || !std::equal(exifMark.begin(), exifMark.end(), marker->data))
            continue;
        return exifOrientation(std::as_bytes(std::span(marker->data, marker->data_length)).subspan(exifMark.size()));
    }
    return 1;
}

/// False when libjpeg gave up.
bool decode(JpegReader &reader, std::span<const std::byte> bytes, Detail detail, JpegResult &result)
{
    if (setjmp(reader.jump))
        return false;
    jpeg_create_decompress(&reader.info);
    reader.progress.progress_monitor = watchScans;
    reader.info.progress = &reader.progress;
    jpeg_mem_src(&reader.info, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
    jpeg_save_markers(&reader.info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&reader.info, TRUE);
    result.defect = sizeDefect(reader.info.image_width, reader.info.image_height);
    if (result.defect)
        return true;
    result.orientation = orientationOf(reader.info);
    const bool fourInks = reader.info.num_components == 4;
    reader.info.out_color_space = fourInks ? JCS_CMYK : JCS_RGB;
    // An eighth of the size still reads every byte, but spares the transform.
    reader.info.scale_num = 1;
    reader.info.scale_denom = detail == Detail::Check ? 8 : 1;
    jpeg_start_decompress(&reader.info);
    result.width = static_cast<int>(reader.info.output_width);
    result.height = static_cast<int>(reader.info.output_height);
    result.channels = fourInks ? 4 : 3;
    const auto rowBytes = static_cast<std::size_t>(result.width) * static_cast<std::size_t>(result.channels);
    result.pixels.resize(rowBytes * static_cast<std::size_t>(result.height));
    while (reader.info.output_scanline < reader.info.output_height) {
        JSAMPROW row = result.pixels.data() + rowBytes * reader.info.output_scanline;
        jpeg_read_scanlines(&reader.info, &row, 1);
    }
    jpeg_finish_decompress(&reader.info);
    return true;
}

/// Adobe's four inks, stored as 255 − ink, as red, green and blue.
std::vector<std::uint8_t> rgbFromInks(const std::vector<std::uint8_t> &inks)
{
    std::vector<std::uint8_t> pixels(inks.size() / 4 * 3);
    for (std::size_t i = 0, out = 0; i + 3 < inks.size(); i += 4)
        for (std::size_t c = 0; c < 3; ++c)
            pixels[out++] = static_cast<std::uint8_t>((inks[i + c] * inks[i + 3] + 127) / 255);
    return pixels;
}

std::string libraryMessage(JpegReader &reader)
{
    std::array<char, JMSG_LENGTH_MAX> text{};
    reader.errors.format_message(reinterpret_cast<j_common_ptr>(&reader.info), text.data());
    return text.data();
}

} // namespace

Decoded decodeJpeg(std::span<const std::byte> bytes, Detail detail)
{
    JpegReader reader;
    JpegResult result;
    prepare(reader);
    struct Cleaner {
        jpeg_decompress_struct &info;
        ~Cleaner() { jpeg_destroy_decompress(&info); }
    } cleaner{reader.info};
    const bool finished = decode(reader, bytes, detail, result);
    if (result.defect)
        return tl::unexpected(*result.defect);
    if (reader.tooManyScans)
        return tl::unexpected("it has more than " + std::to_string(maximumScans) + " scans, which no camera or program makes");
    if (!finished && reader.errors.msg_code == JERR_IMAGE_TOO_BIG)
        return tl::unexpected(*sizeDefect(reader.info.image_width, reader.info.image_height));
    if (reader.endMissing)
        return tl::unexpected(std::string("its end is missing: the file is cut off"));
    if (!finished)
        return tl::unexpected("its JPEG data is damaged (" + libraryMessage(reader) + ")");
    if (reader.damaged)
        return tl::unexpected(std::string("its JPEG data is damaged: a part of the picture is missing"));
    if (result.channels == 4)
        result.pixels = rgbFromInks(result.pixels);
    auto pixels = std::make_shared<const std::vector<std::uint8_t>>(std::move(result.pixels));
    return oriented({result.width, result.height, std::move(pixels)}, result.orientation);
}

} // namespace graft
