#include "data/opencv.h"

#include <cstring>
#include <opencv2/core/utils/logger.hpp>

namespace graft {
namespace {

int sayNothing(int, const char *, const char *, const char *, int, void *)
{
    return 0;
}

} // namespace

void prepareOpenCv()
{
    static const bool prepared = [] {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::redirectError(sayNothing);
        cv::setNumThreads(1);
        return true;
    }();
    (void)prepared;
}

cv::Mat matrixOf(const Picture &picture)
{
    if (picture.isEmpty())
        return {};
    return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t *>(picture.pixels->data())};
}

Picture pictureOf(const cv::Mat &matrix)
{
    const auto rowBytes = static_cast<std::size_t>(matrix.cols) * 3;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(rowBytes * static_cast<std::size_t>(matrix.rows));
    for (int y = 0; y < matrix.rows; ++y)
        std::memcpy(pixels->data() + rowBytes * static_cast<std::size_t>(y), matrix.ptr(y), rowBytes);
    return {matrix.cols, matrix.rows, std::move(pixels)};
}

} // namespace graft
