#include "data/opencv.h"

#include <cstring>
#include <iostream>
#include <opencv2/core/utils/logger.hpp>

namespace graft {
namespace {

thread_local int silences = 0;

/// Hands on what threads write that have not asked for silence.
class SilenceableBuffer : public std::streambuf {
public:
    explicit SilenceableBuffer(std::streambuf *target) : m_target(target) { }

protected:
    int_type overflow(int_type character) override
    {
        if (silences > 0 || traits_type::eq_int_type(character, traits_type::eof()))
            return traits_type::not_eof(character);
        return m_target->sputc(traits_type::to_char_type(character));
    }
    std::streamsize xsputn(const char *text, std::streamsize count) override { return silences > 0 ? count : m_target->sputn(text, count); }
    int sync() override { return silences > 0 ? 0 : m_target->pubsync(); }

private:
    std::streambuf *m_target;
};

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

StandardErrorSilence::StandardErrorSilence()
{
    // Never freed: std::cerr may be used until the very end of the program.
    static auto *const buffer = [] {
        auto *silenceable = new SilenceableBuffer(std::cerr.rdbuf());
        std::cerr.rdbuf(silenceable);
        return silenceable;
    }();
    (void)buffer;
    ++silences;
}

StandardErrorSilence::~StandardErrorSilence()
{
    --silences;
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
