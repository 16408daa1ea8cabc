#include "architectures/architecture.h"
#include "demo/demo.h"
#include "formats/format.h"
#include "nn/model.h"

namespace graft {

Result<ModelPackage> openModel(const std::string &reference)
{
    if (reference == "demo" || reference == "graft_resnet8:drawn")
        return demoModel();
    std::error_code error;
    if (std::filesystem::exists(reference, error))
        return readModel(reference);
    const Architecture *architecture = architectures().find(reference);
    if (!architecture)
        return fail(ErrorCode::FileNotFound,
            "'" + reference + "' is neither a file nor a network that Graft knows; give a model file, 'demo', or one of "
                + architectures().names() + ".",
            reference);
    ModelPackage package;
    package.network = architecture->build(architecture->publishedClasses);
    package.preprocessing = architecture->preprocessing;
    package.origin = "fresh weights";
    auto weights = initialWeights(package.network, 0);
    if (!weights)
        return fail(weights.error());
    package.weights = std::move(*weights);
    return package;
}

} // namespace graft
