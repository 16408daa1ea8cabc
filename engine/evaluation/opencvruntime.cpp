#include "data/opencv.h"
#include "evaluation/exportruntimes.h"

#include <algorithm>
#include <opencv2/dnn.hpp>
#include <thread>

namespace graft {
namespace {

/// OpenCV may use all cores while this lives: Graft keeps it to one otherwise, and a latency measured so would be unfair to it.
class AllCores {
public:
    AllCores() { cv::setNumThreads(static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))); }
    ~AllCores() { cv::setNumThreads(m_before); }
    AllCores(const AllCores &) = delete;
    AllCores &operator=(const AllCores &) = delete;

private:
    int m_before = cv::getNumThreads();
};

cv::Mat blobOf(const Tensor &tensor)
{
    const std::vector<int> sizes(tensor.shape().begin(), tensor.shape().end());
    cv::Mat blob(sizes, CV_32F);
    std::ranges::copy(tensor.floats(), blob.ptr<float>());
    return blob;
}

Tensor tensorOf(const cv::Mat &blob)
{
    const cv::Mat whole = blob.isContinuous() ? blob : blob.clone();
    const Shape shape(whole.size.p, whole.size.p + whole.dims);
    return Tensor::fromFloats(shape, {whole.ptr<float>(), whole.total()});
}

/// The place that OpenCV names, without its account of how it came there.
std::string reasonOf(const cv::Exception &error)
{
    std::string reason = error.err.empty() ? error.what() : error.err;
    std::ranges::replace(reason, '\n', ' ');
    reason = reason.substr(0, reason.find(" parse error"));
    reason.erase(0, reason.find_first_not_of("> "));
    constexpr std::size_t longest = 160;
    return reason.size() <= longest ? reason : reason.substr(0, longest) + "…";
}

Result<RuntimeAnswers> runNetwork(const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    const StandardErrorSilence silence;
    const AllCores cores;
    try {
        cv::dnn::Net network = cv::dnn::readNetFromONNX(path.string());
        network.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        return runEach(std::string("OpenCV ") + CV_VERSION, pictures, cancellation, [&](const Tensor &picture) -> Result<Tensor> {
            network.setInput(blobOf(picture));
            return tensorOf(network.forward());
        });
    } catch (const cv::Exception &error) {
        return fail(ErrorCode::FormatUnknown, "OpenCV " CV_VERSION " cannot run the file (" + reasonOf(error) + ").", path.string());
    }
}

} // namespace

Result<RuntimeAnswers> runWithOpenCv(const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    prepareOpenCv();
    return runNetwork(path, pictures, cancellation);
}

} // namespace graft
