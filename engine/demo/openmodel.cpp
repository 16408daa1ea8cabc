#include "architectures/architecture.h"
#include "demo/demo.h"
#include "formats/format.h"
#include "nn/model.h"

namespace graft {
namespace {

const std::string freshWeights = "random";

Result<ModelPackage> freshModel(const Architecture &architecture, WeightsUse use)
{
    ModelPackage package;
    package.network = architecture.build(architecture.publishedClasses);
    package.preprocessing = architecture.preprocessing;
    package.origin = "fresh weights";
    if (use == WeightsUse::NetworkOnly)
        return package;
    auto weights = initialWeights(package.network, 0);
    if (!weights)
        return fail(weights.error());
    package.weights = std::move(*weights);
    return package;
}

Result<ModelPackage> publishedModel(const std::string &reference, const OpenOptions &options)
{
    const auto weights = findWeights(reference);
    if (!weights)
        return fail(weights.error());
    if (options.use == WeightsUse::Needed)
        return openPublished(*weights, options.weightsFolder, options.progress, options.cancellation);
    auto network = networkOf(*weights);
    if (!network)
        return fail(network.error());
    ModelPackage package;
    package.network = std::move(*network);
    package.preprocessing = weights->preprocessing;
    return package;
}

} // namespace

Result<ModelPackage> openModel(const std::string &reference, const OpenOptions &options)
{
    if (reference == "demo" || reference == "graft_resnet8:drawn")
        return demoModel();
    std::error_code error;
    if (std::filesystem::exists(reference, error))
        return readModel(reference);
    const std::size_t colon = reference.find(':');
    const Architecture *architecture = architectures().find(reference.substr(0, colon));
    if (!architecture)
        return fail(ErrorCode::FileNotFound,
            "'" + reference + "' is neither a file nor a network that Graft knows; give a model file, 'demo', or one of "
                + architectures().names() + ".",
            reference);
    const bool isFresh
        = colon == std::string::npos ? !hasPublishedWeights(architecture->name) : reference.substr(colon + 1) == freshWeights;
    return isFresh ? freshModel(*architecture, options.use) : publishedModel(reference, options);
}

} // namespace graft
