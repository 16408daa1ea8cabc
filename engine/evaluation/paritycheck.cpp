#include "evaluation/paritycheck.h"

#include "data/drawnpictures.h"
#include "data/transform.h"
#include "formats/format.h"
#include "nn/model.h"
#include "nn/torchscriptrunner.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr int pictureCount = 8;
constexpr double tolerance = 1e-4;

Tensor drawnBatch(const Preprocessing &preprocessing)
{
    std::vector<float> values;
    for (int i = 0; i < pictureCount; ++i) {
        const Picture picture = drawPicture(DrawnSet::Pretraining, static_cast<std::size_t>(i), 0, std::max(64, preprocessing.crop));
        const Tensor tensor = evaluationTransform(picture, preprocessing);
        values.insert(values.end(), tensor.floats().begin(), tensor.floats().end());
    }
    return Tensor::fromFloats({pictureCount, 3, preprocessing.crop, preprocessing.crop}, values);
}

Result<Tensor> run(const ModelPackage &package, const Tensor &batch)
{
    const auto model = Model::create(package.network, package.weights, Device{});
    return model ? model->forward(batch) : fail(model.error());
}

std::ptrdiff_t bestClass(std::span<const float> row)
{
    return std::ranges::max_element(row) - row.begin();
}

ParityReport compare(const Tensor &expected, const Tensor &got)
{
    ParityReport report;
    if (expected.shape() != got.shape()) {
        report.maxDifference = std::numeric_limits<double>::infinity();
        return report;
    }
    double difference = 0;
    double scale = 0;
    for (std::size_t i = 0; i < expected.floats().size(); ++i) {
        difference = std::max<double>(difference, std::abs(expected.floats()[i] - got.floats()[i]));
        scale = std::max<double>(scale, std::abs(expected.floats()[i]));
    }
    const auto classes = expected.floats().size() / pictureCount;
    int agreeing = 0;
    for (std::size_t i = 0; i < pictureCount; ++i)
        agreeing += bestClass(expected.floats().subspan(i * classes, classes)) == bestClass(got.floats().subspan(i * classes, classes));
    report.maxDifference = scale > 0 ? difference / scale : difference;
    report.top1Agreement = static_cast<double>(agreeing) / pictureCount;
    report.pass = report.maxDifference <= tolerance && agreeing == pictureCount;
    return report;
}

} // namespace

Result<ParityReport> checkExport(const std::filesystem::path &path, const std::string &formatName, const ModelPackage &package)
{
    const Tensor batch = drawnBatch(package.preprocessing);
    const auto expected = run(package, batch);
    if (!expected)
        return fail(expected.error());
    const bool isTorchScript = formatName == "torchscript";
    Result<Tensor> got = Tensor();
    if (isTorchScript) {
        got = runTorchScript(path, batch);
    } else {
        const auto again = readModel(path);
        got = again ? run(*again, batch) : fail(again.error());
    }
    if (!got)
        return fail(got.error());
    ParityReport report = compare(*expected, *got);
    report.runtime = isTorchScript ? "torch::jit" : "a fresh build from the file";
    return report;
}

} // namespace graft
