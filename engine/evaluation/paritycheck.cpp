#include "evaluation/paritycheck.h"

#include "data/drawnpictures.h"
#include "data/transform.h"
#include "evaluation/exportruntimes.h"
#include "nn/model.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace graft {
namespace {

constexpr std::size_t mostPictures = 32, drawnPictures = 8, fewestPictures = 4;
constexpr double tolerance = 1e-4;
constexpr auto patience = std::chrono::seconds(10); ///< for the original; what was not reached by then is not tried

/// Pictures as a network takes them, a batch of one each.
struct Inputs {
    std::vector<Tensor> preprocessed;
    std::vector<Tensor> pixels; ///< filled when the file takes pictures as they are
    bool own = false;
};

Tensor batchOfOne(const Tensor &tensor)
{
    Shape shape = tensor.shape();
    shape.insert(shape.begin(), 1);
    return Tensor::fromFloats(shape, tensor.floats());
}

/// The same steps without the normalisation, as a picture lies in memory: [1, height, width, 3].
Tensor pixelsOf(const Picture &picture, Preprocessing preprocessing)
{
    preprocessing.mean = {0, 0, 0};
    preprocessing.standardDeviation = {1, 1, 1};
    preprocessing.channelOrder = "RGB";
    const std::vector<float> planes = evaluationTransform(picture, preprocessing).toFloats();
    const auto size = static_cast<std::size_t>(preprocessing.crop) * static_cast<std::size_t>(preprocessing.crop);
    std::vector<float> values(planes.size());
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t channel = 0; channel < 3; ++channel)
            values[i * 3 + channel] = std::round(planes[channel * size + i] * 255);
    return Tensor::fromFloats({1, preprocessing.crop, preprocessing.crop, 3}, values);
}

/// `count` of the pictures, spread over all.
std::vector<std::filesystem::path> sampleOf(const std::vector<std::filesystem::path> &pictures, std::size_t count)
{
    if (pictures.size() <= count)
        return pictures;
    std::vector<std::filesystem::path> sample;
    for (std::size_t i = 0; i < count; ++i)
        sample.push_back(pictures[i * pictures.size() / count]);
    return sample;
}

Inputs inputsOf(const ModelPackage &package, const std::vector<std::filesystem::path> &paths, bool takesPictures)
{
    std::vector<Picture> pictures;
    for (const auto &path : sampleOf(paths, mostPictures))
        if (auto picture = decodePicture(path))
            pictures.push_back(std::move(*picture));
    Inputs inputs;
    inputs.own = !pictures.empty();
    const std::size_t classes = drawnClasses(DrawnSet::Pretraining).size();
    for (std::size_t i = 0; !inputs.own && i < drawnPictures; ++i)
        pictures.push_back(drawPicture(DrawnSet::Pretraining, i * classes / drawnPictures, 0, std::max(64, package.preprocessing.crop)));
    for (const Picture &picture : pictures) {
        inputs.preprocessed.push_back(batchOfOne(evaluationTransform(picture, package.preprocessing)));
        if (takesPictures)
            inputs.pixels.push_back(pixelsOf(picture, package.preprocessing));
    }
    return inputs;
}

/// The package's own answers, for as many pictures as patience allows.
Result<RuntimeAnswers> runOriginal(const ModelPackage &package, const std::vector<Tensor> &pictures, const Cancellation &cancellation)
{
    const auto model = Model::create(package.network, package.weights, Device{});
    if (!model)
        return fail(model.error());
    const auto forward = [&](const Tensor &picture) { return model->forward(picture); };
    const auto end = std::chrono::steady_clock::now() + patience;
    const std::span<const Tensor> all(pictures);
    auto answers = runEach({}, all.first(std::min(fewestPictures, all.size())), cancellation, forward);
    while (answers && answers->outputs.size() < all.size() && std::chrono::steady_clock::now() < end) {
        const auto more = runEach({}, all.subspan(answers->outputs.size(), 1), cancellation, forward);
        if (!more)
            return fail(more.error());
        answers->outputs.push_back(more->outputs.front());
        answers->milliseconds.push_back(more->milliseconds.front());
    }
    return answers;
}

RunExport runtimeOf(const Format &format)
{
    if (format.name == "torchscript")
        return runWithTorchScript;
    if (format.name == "onnx")
        return runWithOpenCv;
    if (format.name == "python")
        return runWithPython;
    return runFreshBuild;
}

/// What the file answers. Where OpenCV does not know an operator, Graft reads the file again itself, and the remark says so; a reader
/// leaves out a preparation of pictures that the file begins with.
Result<RuntimeAnswers> runExported(const std::filesystem::path &path, const Format &format, const Inputs &inputs, bool takesPictures,
    std::size_t count, const Cancellation &cancellation)
{
    const RunExport runtime = runtimeOf(format);
    const std::span<const Tensor> pictures(takesPictures ? inputs.pixels : inputs.preprocessed);
    auto answers = runtime(path, pictures.first(count), cancellation);
    if (answers || answers.error().code == ErrorCode::Cancelled || runtime != runWithOpenCv || !format.read)
        return answers;
    auto own = runFreshBuild(path, std::span(inputs.preprocessed).first(count), cancellation);
    if (!own)
        return answers;
    own->remark = answers.error().message + " Graft read the file again instead"
        + (takesPictures ? "; the preparation of pictures in it was not run." : ".");
    return own;
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double largest(std::span<const float> values)
{
    double result = 0;
    for (const float value : values)
        result = std::max<double>(result, std::abs(value));
    return result;
}

std::size_t best(std::span<const float> values)
{
    return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}

double largestDifference(std::span<const float> expected, std::span<const float> got)
{
    double difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double one = std::abs(static_cast<double>(expected[i]) - static_cast<double>(got[i]));
        difference = std::isnan(one) ? std::numeric_limits<double>::infinity() : std::max(difference, one);
    }
    return difference;
}

void compare(const std::vector<Tensor> &expected, const std::vector<Tensor> &got, ParityReport &report)
{
    double scale = 0;
    for (const Tensor &output : expected)
        scale = std::max(scale, largest(output.floats()));
    std::size_t agreeing = 0;
    bool decided = true;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (got[i].elementCount() != expected[i].elementCount()) {
            report.maxDifference = std::numeric_limits<double>::infinity();
            report.remark
                = "It answers with a tensor of " + describe(got[i].shape()) + " instead of " + describe(expected[i].shape()) + ".";
            return;
        }
        const auto original = expected[i].floats(), exported = got[i].floats();
        const double difference = largestDifference(original, exported);
        report.maxDifference = std::max(report.maxDifference, scale > 0 ? difference / scale : difference);
        const std::size_t first = best(original), second = best(exported);
        agreeing += first == second;
        decided = decided && original[first] - original[second] <= 2 * tolerance * scale;
    }
    report.top1Agreement = static_cast<double>(agreeing) / static_cast<double>(expected.size());
    report.pass = report.maxDifference <= tolerance && decided;
}

std::string percentText(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, share < 0.001 ? "%.4f %%" : "%.2f %%", share * 100);
    return text;
}

} // namespace

std::string describeFailure(const ParityReport &report)
{
    if (report.pictures == 0 || !std::isfinite(report.maxDifference))
        return "The exported file could not be checked or gives no proper answers"
            + (report.remark.empty() ? std::string(".") : ": " + report.remark);
    const int different = report.pictures - static_cast<int>(std::lround(report.top1Agreement * report.pictures));
    return "The exported file gives other answers in " + report.runtime + ": they differ by up to " + percentText(report.maxDifference)
        + " of the largest output (" + percentText(tolerance) + " is allowed), and the best class is another one on "
        + std::to_string(different) + " of " + std::to_string(report.pictures) + " pictures.";
}

Result<ParityReport> checkExport(const std::filesystem::path &path, const Format &format, const Attributes &options,
    const ModelPackage &package, const std::vector<std::filesystem::path> &pictures, const Cancellation &cancellation)
{
    const bool takesPictures = format.takesPixels && format.takesPixels(options);
    const Inputs inputs = inputsOf(package, pictures, takesPictures);
    const auto expected = runOriginal(package, inputs.preprocessed, cancellation);
    if (!expected)
        return fail(expected.error());
    ParityReport report;
    report.ownPictures = inputs.own;
    report.originalMilliseconds = median(expected->milliseconds);
    const auto got = runExported(path, format, inputs, takesPictures, expected->outputs.size(), cancellation);
    if (!got && got.error().code == ErrorCode::Cancelled)
        return fail(got.error());
    if (!got) {
        report.remark = got.error().message;
        return report;
    }
    report.runtime = got->runtime;
    report.remark = got->remark;
    report.pictures = static_cast<int>(expected->outputs.size());
    report.exportedMilliseconds = median(got->milliseconds);
    compare(expected->outputs, got->outputs, report);
    return report;
}

} // namespace graft
