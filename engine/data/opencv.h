#pragma once
#include "data/picture.h"

#include <opencv2/core.hpp>

namespace graft {

// What the engine's .cpp files share that use OpenCV; not for public headers.

/// Keeps OpenCV from writing to standard error and from starting threads of its own (Graft works on one picture per thread).
/// Call before OpenCV is used; once is enough, any thread.
void prepareOpenCv();

/// While it lives, nothing that this thread sends to std::cerr is shown: OpenCV's decoders report each damaged picture there.
class StandardErrorSilence {
public:
    StandardErrorSilence();
    ~StandardErrorSilence();
    StandardErrorSilence(const StandardErrorSilence &) = delete;
    StandardErrorSilence &operator=(const StandardErrorSilence &) = delete;
};

/// The picture's pixels as an RGB matrix, without copying; not to be written to.
[[nodiscard]] cv::Mat matrixOf(const Picture &picture);
/// A copy of an 8-bit RGB matrix.
[[nodiscard]] Picture pictureOf(const cv::Mat &matrix);

} // namespace graft
