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
        std::string reason = error.err.empty() ? error.what() : error.err;
        std::ranges::replace(reason, '\n', ' ');
        return fail(ErrorCode::FormatUnknown, "OpenCV " CV_VERSION " cannot run the file (" + reason + ").", path.string());
    }
}

} // namespace

Result<RuntimeAnswers> runWithOpenCv(const std::filesystem::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    prepareOpenCv();
    auto answers = runNetwork(path, pictures, cancellation);
    if (answers || answers.error().code == ErrorCode::Cancelled)
        return answers;
    auto own = runFreshBuild(path, pictures, cancellation);
    if (!own)
        return answers;
    own->remark = answers.error().message + " Graft read the file again instead.";
    return own;
}

} // namespace graft
