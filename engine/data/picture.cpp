#include "data/picture.h"

#include "core/files.h"
#include "data/decoders.h"
#include "data/opencv.h"

#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace graft {
namespace {

// OpenCV counts an encoded picture's bytes in an int.
constexpr std::size_t maximumFileSize = 0x7FFFFFFF;

} // namespace

tl::expected<Container, std::string> knownContainer(std::span<const std::byte> bytes)
{
    if (bytes.empty())
        return tl::unexpected(std::string("it is empty (0 bytes)"));
    if (bytes.size() > maximumFileSize)
        return tl::unexpected(std::string("it is larger than 2 GB"));
    const auto container = containerOf(bytes);
    if (!container)
        return tl::unexpected(std::string("it does not hold a JPEG, PNG, BMP, WebP, TIFF or PNM picture"));
    return *container;
}

Decoded decodeBytes(std::span<const std::byte> bytes, Detail detail)
{
    const auto container = knownContainer(bytes);
    if (!container)
        return tl::unexpected(container.error());
    switch (*container) {
    case Container::Jpeg: return decodeJpeg(bytes, detail);
    case Container::Png: return decodePng(bytes);
    default: return decodeWithOpenCv(bytes, *container);
    }
}

Result<void> withPictureFile(
    const std::filesystem::path &path, const std::function<tl::expected<void, std::string>(std::span<const std::byte>)> &use)
{
    try {
        const auto file = readText(path);
        if (!file)
            return fail(file.error());
        if (const auto used = use(std::as_bytes(std::span(*file))); !used)
            return fail(ErrorCode::PictureUnreadable,
                "'" + path.string() + "' cannot be read as a picture, because " + used.error() + "; replace it or leave it out.",
                path.string());
        return {};
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory,
            "There is not enough memory to decode '" + path.string() + "'; close other programs or use a smaller picture.", path.string());
    } catch (const cv::Exception &error) {
        return fail(ErrorCode::PictureUnreadable,
            "'" + path.string() + "' cannot be read as a picture (" + error.err + "); replace it or leave it out.", path.string());
    }
}

Result<Picture> decodePicture(const std::filesystem::path &path)
{
    Picture picture;
    const auto decoded = withPictureFile(path, [&](std::span<const std::byte> bytes) {
        return decodeBytes(bytes, Detail::Full).map([&](Picture whole) { picture = std::move(whole); });
    });
    return decoded ? Result<Picture>(std::move(picture)) : fail(decoded.error());
}

Result<void> checkPicture(const std::filesystem::path &path)
{
    return withPictureFile(
        path, [](std::span<const std::byte> bytes) { return decodeBytes(bytes, Detail::Check).map([](const Picture &) {}); });
}

Picture thumbnail(const Picture &picture, int width, int height)
{
    if (picture.isEmpty() || width <= 0 || height <= 0)
        return {};
    const double scale = std::min(static_cast<double>(width) / picture.width, static_cast<double>(height) / picture.height);
    if (scale >= 1)
        return picture;
    prepareOpenCv();
    const cv::Size size(std::max(1, static_cast<int>(std::lround(picture.width * scale))),
        std::max(1, static_cast<int>(std::lround(picture.height * scale))));
    cv::Mat small;
    cv::resize(matrixOf(picture), small, size, 0, 0, cv::INTER_AREA);
    return pictureOf(small);
}

Result<void> writePicture(const std::filesystem::path &path, const Picture &picture)
{
    const std::string extension = lowerCaseExtension(path);
    if (extension != "jpg" && extension != "jpeg" && extension != "png")
        return fail(ErrorCode::FormatUnknown, "'" + path.string() + "' cannot be written: a picture's file name ends in .jpg or .png.",
            path.string());
    if (picture.isEmpty())
        return fail(
            ErrorCode::PictureUnreadable, "There is no picture to write to '" + path.string() + "'; it has no pixels.", path.string());
    prepareOpenCv();
    std::vector<std::uint8_t> encoded;
    try {
        cv::Mat bgr;
        cv::cvtColor(matrixOf(picture), bgr, cv::COLOR_RGB2BGR);
        if (!cv::imencode("." + extension, bgr, encoded))
            return fail(ErrorCode::Internal, "'" + path.string() + "' could not be encoded.", path.string());
    } catch (const cv::Exception &error) {
        return fail(ErrorCode::Internal, "'" + path.string() + "' could not be encoded (" + error.err + ").", path.string());
    }
    return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
        stream.write(reinterpret_cast<const char *>(encoded.data()), static_cast<std::streamsize>(encoded.size()));
        return {};
    });
}

} // namespace graft
