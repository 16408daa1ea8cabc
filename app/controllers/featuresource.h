#pragma once
#include "core/cancellation.h"
#include "data/picture.h"
#include "graph/featuremaps.h"
#include "graph/modelpackage.h"
#include "nn/model.h"

#include <functional>
#include <mutex>
#include <optional>

namespace graft {

/// One state of a model and the picture that was looked at last, kept ready so that the next layer is a forward pass away. Made on the
/// window's thread; features() on workers, one at a time.
class FeatureSource {
public:
    /// `package` is called on a worker, once; see Document::runnablePackage().
    FeatureSource(Network network, int weightsVersion, std::function<Result<ModelPackage>()> package)
        : m_network(std::move(network)), m_weightsVersion(weightsVersion), m_package(std::move(package))
    {
    }
    [[nodiscard]] bool isOf(const Network &network, int weightsVersion) const
    {
        return weightsVersion == m_weightsVersion && network == m_network;
    }

    struct Answer {
        Picture thumbnail; ///< empty when the picture could not be read
        Result<FeatureMaps> maps;
    };
    [[nodiscard]] Answer features(const std::string &picturePath, const std::string &layerName, const Cancellation &cancellation);

private:
    [[nodiscard]] Result<void> prepare(const std::string &picturePath);

    const Network m_network;
    const int m_weightsVersion;
    const std::function<Result<ModelPackage>()> m_package;
    std::mutex m_mutex;
    std::optional<Model> m_model; ///< guarded by m_mutex, as what follows
    Preprocessing m_preprocessing;
    std::string m_path;
    Picture m_thumbnail;
    Tensor m_input;
};

} // namespace graft
