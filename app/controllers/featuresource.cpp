#include "controllers/featuresource.h"
#include "data/transform.h"

namespace graft {
namespace {

constexpr int thumbnailSide = 320; // pixels

} // namespace

Result<void> FeatureSource::prepare(const std::string &picturePath)
{
    if (!m_model) {
        const auto package = m_package();
        if (!package)
            return fail(package.error());
        auto model = Model::create(package->network, package->weights, Device{});
        if (!model)
            return fail(model.error());
        m_model = std::move(*model);
        m_preprocessing = package->preprocessing;
    }
    if (m_path == picturePath)
        return {};
    m_path.clear();
    m_thumbnail = {};
    const auto picture = decodePicture(picturePath);
    if (!picture)
        return fail(picture.error());
    m_thumbnail = thumbnail(*picture, thumbnailSide, thumbnailSide);
    const Tensor pixels = evaluationTransform(*picture, m_preprocessing);
    Shape shape = pixels.shape();
    shape.insert(shape.begin(), 1);
    m_input = Tensor::fromFloats(shape, pixels.floats());
    m_path = picturePath;
    return {};
}

FeatureSource::Answer FeatureSource::features(
    const std::string &picturePath, const std::string &layerName, const Cancellation &cancellation)
{
    const std::lock_guard lock(m_mutex);
    const Result<void> prepared = cancellation.requested() ? fail(ErrorCode::Cancelled, "It was stopped.") : prepare(picturePath);
    if (!prepared)
        return {m_thumbnail, fail(prepared.error())};
    const auto outputs = m_model->intermediates(m_input, {layerName});
    if (!outputs)
        return {m_thumbnail, fail(outputs.error())};
    return {m_thumbnail, featureMaps(outputs->front())};
}

} // namespace graft
