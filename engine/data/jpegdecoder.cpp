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
    std::span<const std::byte> bytes;
    Detail detail = Detail::Full;
    std::uint8_t *pixels = nullptr; ///< room for all rows
    std::size_t rowBytes = 0;

    JpegReader() = default;
    JpegReader(const JpegReader &) = delete;
    JpegReader &operator=(const JpegReader &) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&info); }
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

// The steps of decoding. libjpeg may jump out of them, so that they own nothing.

void readHeader(JpegReader &reader)
{
    jpeg_create_decompress(&reader.info);
    reader.progress.progress_monitor = watchScans;
    reader.info.progress = &reader.progress;
    jpeg_mem_src(&reader.info, reinterpret_cast<const unsigned char *>(reader.bytes.data()), reader.bytes.size());
    jpeg_save_markers(&reader.info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&reader.info, TRUE);
}

void start(JpegReader &reader)
{
    reader.info.out_color_space = reader.info.num_components == 4 ? JCS_CMYK : JCS_RGB;
    // An eighth of the size still reads every byte, but spares the transform.
    reader.info.scale_num = 1;
    reader.info.scale_denom = reader.detail == Detail::Check ? 8 : 1;
    jpeg_start_decompress(&reader.info);
}

void readRows(JpegReader &reader)
{
    // What follows a missing end is grey: not worth the time.
    while (reader.info.output_scanline < reader.info.output_height && !reader.endMissing) {
        JSAMPROW row = reader.pixels + reader.rowBytes * reader.info.output_scanline;
        jpeg_read_scanlines(&reader.info, &row, 1);
    }
    if (!reader.endMissing)
        jpeg_finish_decompress(&reader.info);
}

/// False when libjpeg gave up.
bool run(JpegReader &reader, void (*step)(JpegReader &))
{
    if (setjmp(reader.jump))
        return false;
    step(reader);
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

/// Why the last step failed or was not enough.
std::optional<std::string> defectOf(JpegReader &reader, bool finished)
{
    if (!finished && reader.errors.msg_code == JERR_IMAGE_TOO_BIG)
        return sizeDefect(reader.info.image_width, reader.info.image_height);
    if (reader.tooManyScans)
        return "it has more than " + std::to_string(maximumScans) + " scans, which no camera or program makes";
    if (reader.endMissing)
        return "its end is missing: the file is cut off";
    if (!finished)
        return "its JPEG data is damaged (" + libraryMessage(reader) + ")";
    if (reader.damaged)
        return "its JPEG data is damaged: a part of the picture is missing";
    return std::nullopt;
}

} // namespace

Decoded decodeJpeg(std::span<const std::byte> bytes, Detail detail)
{
    JpegReader reader;
    prepare(reader);
    reader.bytes = bytes;
    reader.detail = detail;
    if (!run(reader, readHeader))
        return tl::unexpected(*defectOf(reader, false));
    if (const auto defect = sizeDefect(reader.info.image_width, reader.info.image_height))
        return tl::unexpected(*defect);
    const int orientation = orientationOf(reader.info);
    if (!run(reader, start))
        return tl::unexpected(*defectOf(reader, false));
    const bool fourInks = reader.info.out_color_space == JCS_CMYK;
    reader.rowBytes = std::size_t{reader.info.output_width} * (fourInks ? 4 : 3);
    std::vector<std::uint8_t> pixels(reader.rowBytes * reader.info.output_height);
    reader.pixels = pixels.data();
    const bool finished = run(reader, readRows);
    if (const auto defect = defectOf(reader, finished))
        return tl::unexpected(*defect);
    if (fourInks)
        pixels = rgbFromInks(pixels);
    const auto width = static_cast<int>(reader.info.output_width), height = static_cast<int>(reader.info.output_height);
    return oriented({width, height, std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels))}, orientation);
}

} // namespace graft
