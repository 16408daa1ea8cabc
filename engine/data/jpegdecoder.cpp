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
    J_COLOR_SPACE colours = JCS_RGB;
    unsigned reduction = 1;
    JDIMENSION left = 0, width = 0; ///< of the columns wanted, in pixels of the result; no width = all
    JDIMENSION top = 0, bottom = 0; ///< of the rows wanted
    std::uint8_t *pixels = nullptr; ///< room for those rows
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
    reader.info.out_color_space = reader.info.num_components == 4 ? JCS_CMYK : reader.colours;
    reader.info.scale_num = 1;
    reader.info.scale_denom = reader.reduction;
    jpeg_start_decompress(&reader.info);
    if (reader.width > 0 && reader.width < reader.info.output_width)
        jpeg_crop_scanline(&reader.info, &reader.left, &reader.width);
}

void readRows(JpegReader &reader)
{
    if (reader.top > 0)
        jpeg_skip_scanlines(&reader.info, reader.top);
    // What follows a missing end is grey: not worth the time.
    while (reader.info.output_scanline < reader.bottom && !reader.endMissing) {
        JSAMPROW row = reader.pixels + reader.rowBytes * (reader.info.output_scanline - reader.top);
        jpeg_read_scanlines(&reader.info, &row, 1);
    }
}

/// All rows, and the file's end.
void readAll(JpegReader &reader)
{
    readRows(reader);
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

/// Reads the header of `bytes`; the clause that says why it cannot be read, if so.
std::optional<std::string> openJpeg(JpegReader &reader, std::span<const std::byte> bytes)
{
    prepare(reader);
    reader.bytes = bytes;
    if (!run(reader, readHeader))
        return defectOf(reader, false);
    return sizeDefect(reader.info.image_width, reader.info.image_height);
}

/// A few more pixels at both sides: colours that are stored more coarsely are smoothed over their neighbours'.
void orderColumns(JpegReader &reader, const PixelRectangle &needed)
{
    constexpr unsigned margin = 16;
    const unsigned all = (reader.info.image_width + reader.reduction - 1) / reader.reduction;
    const auto begin = static_cast<unsigned>(needed.left) / reader.reduction,
               end = (static_cast<unsigned>(needed.left + needed.width) + reader.reduction - 1) / reader.reduction;
    reader.left = begin > margin ? begin - margin : 0;
    reader.width = std::min(end + margin, all) - reader.left;
}

} // namespace

std::shared_ptr<std::vector<std::uint8_t>> spareMemory(std::size_t size)
{
    constexpr std::size_t mostKept = std::size_t{32} << 20;
    static thread_local std::shared_ptr<std::vector<std::uint8_t>> spare;
    if (size > mostKept)
        return std::make_shared<std::vector<std::uint8_t>>(size);
    if (!spare || spare.use_count() > 1)
        spare = std::make_shared<std::vector<std::uint8_t>>();
    if (spare->size() < size)
        spare->resize(size);
    return spare;
}

Decoded decodeJpeg(std::span<const std::byte> bytes, Detail detail)
{
    JpegReader reader;
    if (const auto defect = openJpeg(reader, bytes))
        return tl::unexpected(*defect);
    const int orientation = orientationOf(reader.info);
    // An eighth of the size still reads every byte, but spares the transform.
    reader.reduction = detail == Detail::Check ? 8 : 1;
    if (!run(reader, start))
        return tl::unexpected(*defectOf(reader, false));
    const bool fourInks = reader.info.out_color_space == JCS_CMYK;
    reader.rowBytes = std::size_t{reader.info.output_width} * (fourInks ? 4 : 3);
    std::vector<std::uint8_t> pixels(reader.rowBytes * reader.info.output_height);
    reader.pixels = pixels.data();
    reader.bottom = reader.info.output_height;
    const bool finished = run(reader, readAll);
    if (const auto defect = defectOf(reader, finished))
        return tl::unexpected(*defect);
    if (fourInks)
        pixels = rgbFromInks(pixels);
    const auto width = static_cast<int>(reader.info.output_width), height = static_cast<int>(reader.info.output_height);
    return oriented({width, height, std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels))}, orientation);
}

tl::expected<JpegHeader, std::string> readJpegHeader(std::span<const std::byte> bytes)
{
    JpegReader reader;
    if (const auto defect = openJpeg(reader, bytes))
        return tl::unexpected(*defect);
    return JpegHeader{static_cast<int>(reader.info.image_width), static_cast<int>(reader.info.image_height), orientationOf(reader.info),
        reader.info.num_components == 4};
}

tl::expected<PixelPart, std::string> decodeJpegPart(std::span<const std::byte> bytes, const PixelRectangle &needed, int reduction)
{
    JpegReader reader;
    if (const auto defect = openJpeg(reader, bytes))
        return tl::unexpected(*defect);
    reader.colours = JCS_EXT_RGBX;
    reader.reduction = static_cast<unsigned>(reduction);
    orderColumns(reader, needed);
    if (!run(reader, start))
        return tl::unexpected(*defectOf(reader, false));
    reader.top = static_cast<unsigned>(needed.top) / reader.reduction;
    reader.bottom = std::min(
        (static_cast<unsigned>(needed.top + needed.height) + reader.reduction - 1) / reader.reduction, reader.info.output_height);
    reader.rowBytes = std::size_t{reader.info.output_width} * 4;
    auto pixels = spareMemory(reader.rowBytes * (reader.bottom - reader.top));
    reader.pixels = pixels->data();
    const bool finished = run(reader, readRows);
    if (const auto defect = defectOf(reader, finished))
        return tl::unexpected(*defect);
    return PixelPart{std::move(pixels), static_cast<int>(reader.info.output_width), static_cast<int>(reader.bottom - reader.top), 4,
        static_cast<int>(reader.left) * reduction, static_cast<int>(reader.top) * reduction, reduction};
}

} // namespace graft
