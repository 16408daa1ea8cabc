#include "training/frozenpart.h"

#include "graph/analysis.h"
#include "graph/frontier.h"
#include "nn/compilednetwork.h"
#include "nn/torchmodel.h"
#include "training/cudasupport.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>

namespace graft {
namespace {

constexpr std::int64_t chunkOnGpu = 64;

} // namespace

struct FrozenPart::Compiled {
    std::vector<LayerId> from; ///< none = pictures
    CompiledNetwork network;
};

FrozenPart::FrozenPart(Network network, NetworkAnalysis analysis, std::vector<LayerId> crossing, Device device, bool bfloat16)
    : m_network(std::move(network)), m_analysis(std::move(analysis)), m_crossing(std::move(crossing)), m_device(device),
      m_bfloat16(bfloat16)
{
}

Result<std::unique_ptr<FrozenPart>> FrozenPart::create(
    Network network, const StateDict &weights, std::vector<LayerId> crossing, Device device, bool bfloat16)
{
    auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    auto digests = layerDigests(network, weights, crossing);
    if (!digests)
        return fail(digests.error());
    std::unique_ptr<FrozenPart> part(new FrozenPart(std::move(network), std::move(*analysis), std::move(crossing), device, bfloat16));
    part->m_digests = std::move(*digests);
    for (const Layer &layer : part->m_network.layers())
        if (part->m_digests.contains(layer.id.value))
            for (const TensorSpec &spec : part->m_analysis.find(layer.id)->tensors)
                if (const std::string name = tensorName(layer, spec); const Tensor *tensor = weights.find(name))
                    part->m_weights.set(name, *tensor);
    return part;
}

FrozenPart::~FrozenPart() = default;

std::int64_t FrozenPart::picturesTogether(Device device)
{
    return device.isCuda() ? chunkOnGpu : CompiledNetwork::picturesTogether();
}

FeatureSet FrozenPart::featuresOf(const Digest &pictureSettings) const
{
    FeatureSet set;
    set.pictures = Hasher().add(pictureSettings).add(std::string_view(m_device.isCuda() ? "cuda" : "cpu")).digest();
    set.type = m_bfloat16 ? DType::BFloat16 : DType::Float32;
    for (const LayerId id : m_crossing) {
        set.layers.push_back(m_digests.at(id.value));
        set.shapes.push_back(m_analysis.find(id)->outputShape);
    }
    return set;
}

FrozenPart::Start FrozenPart::bestStart(const FeatureSet &wanted, const std::vector<FeatureSet> &kept) const
{
    Start best;
    std::int64_t leastWork = -1;
    for (const FeatureSet &set : kept) {
        if (set.pictures != wanted.pictures || set.type != wanted.type || set.layers == wanted.layers)
            continue;
        std::vector<LayerId> layers;
        for (std::size_t i = 0; i < set.layers.size(); ++i)
            for (const LayerAnalysis &layer : m_analysis.layers)
                if (const auto digest = m_digests.find(layer.id.value); digest != m_digests.end() && digest->second == set.layers[i]
                    && layer.outputShape == set.shapes[i] && std::ssize(layers) == static_cast<std::ptrdiff_t>(i))
                    layers.push_back(layer.id);
        if (layers.size() != set.layers.size() || !cutsOff(m_network, layers, m_crossing))
            continue;
        std::int64_t work = 0;
        const std::vector<bool> left = layersBetween(m_network, layers, m_crossing);
        for (std::size_t index = 0; index < left.size(); ++index)
            work += left[index] ? m_analysis.layers[index].multiplyAdds : 0;
        if (leastWork < 0 || work < leastWork) {
            leastWork = work;
            best = {set, std::move(layers)};
        }
    }
    return best;
}

Result<std::vector<Tensor>> FrozenPart::run(const Tensor &pictures, const std::vector<LevelScale> &scales)
{
    return runFrom({}, {pictures}, scales);
}

Result<std::vector<Tensor>> FrozenPart::runFrom(
    const std::vector<LayerId> &layers, const std::vector<Tensor> &outputs, const std::vector<LevelScale> &scales)
{
    try {
        const at::NoGradGuard noGradients;
        auto compiled = std::ranges::find_if(m_compiled, [&](const auto &each) { return each->from == layers; });
        if (compiled == m_compiled.end()) {
            auto network = CompiledNetwork::create(m_network, m_weights, m_crossing, m_device, m_bfloat16, layers);
            if (!network)
                return fail(network.error());
            m_compiled.push_back(std::make_unique<Compiled>(Compiled{layers, std::move(*network)}));
            compiled = std::prev(m_compiled.end());
        }
        const std::int64_t count = outputs.front().shape().front();
        const std::int64_t chunk = m_device.isCuda() ? chunkOnGpu : count; // on a CPU CompiledNetwork sees to that by itself
        const auto options = at::TensorOptions(m_bfloat16 ? at::kBFloat16 : at::kFloat);
        std::vector<at::Tensor> all(m_crossing.size());
        for (std::int64_t begin = 0; begin < count; begin += chunk) {
            const std::int64_t length = std::min(chunk, count - begin);
            std::vector<at::Tensor> inputs;
            for (const Tensor &output : outputs)
                inputs.push_back(cudasupport::uploadScaled(toTorch(output).narrow(0, begin, length), scales, torchDevice(m_device)));
            const std::vector<at::Tensor> made = (*compiled)->network.run(inputs);
            for (std::size_t i = 0; i < made.size(); ++i) {
                if (!all[i].defined()) {
                    std::vector<std::int64_t> shape = made[i].sizes().vec();
                    shape.front() = count;
                    all[i] = at::empty(shape, options);
                }
                all[i].narrow(0, begin, length).copy_(made[i]);
            }
        }
        std::vector<Tensor> result;
        for (const at::Tensor &tensor : all)
            result.push_back(fromTorch(tensor));
        return result;
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, name(m_device)));
    }
}

} // namespace graft
