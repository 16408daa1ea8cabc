#include "graph/analysis.h"
#include "nn/model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace graft {
namespace {

/// Random numbers that come out the same on any machine: the standard library's distributions may differ, its engine may not.
class PortableRandom {
public:
    PortableRandom(std::uint64_t seed, const std::string &tensorName) : m_engine(hash(seed, tensorName)) { }

    /// 0 … 1, without 0.
    double uniform() { return (static_cast<double>(m_engine() >> 11) + 0.5) * 0x1p-53; }

    /// Mean 0, deviation 1, by Kinderman and Monahan's ratio of uniforms: the library's logarithm, whose last digit differs from
    /// machine to machine, decides on acceptance only.
    double normal()
    {
        const double width = 1.7155277699214135; // 2 √(2 / e)
        while (true) {
            const double u = uniform();
            const double value = width * (uniform() - 0.5) / u;
            if (value * value <= -4.0 * std::log(u))
                return value;
        }
    }

private:
    /// FNV-1a over the seed's bytes and the name.
    static std::uint64_t hash(std::uint64_t seed, const std::string &text)
    {
        std::uint64_t value = 0xCBF29CE484222325;
        const auto mix = [&](std::uint64_t byte) { value = (value ^ byte) * 0x100000001B3; };
        for (int shift = 0; shift < 64; shift += 8)
            mix((seed >> shift) & 0xFF);
        for (const char character : text)
            mix(static_cast<unsigned char>(character));
        return value;
    }

    std::mt19937_64 m_engine;
};

/// Elements of one filter: what one output value is made of.
double fanIn(const Shape &weight)
{
    return static_cast<double>(elementCount(weight)) / static_cast<double>(weight.front());
}

/// As PyTorch has it: filters × the window's elements.
double fanOut(const Shape &weight)
{
    return static_cast<double>(elementCount(weight)) / static_cast<double>(weight[1]);
}

/// `weight` is the shape of the layer's weight tensor, which the rules go by.
std::vector<float> initialValues(const TensorSpec &spec, const Shape &weight, PortableRandom random)
{
    std::vector<float> values(static_cast<std::size_t>(elementCount(spec.shape)), 0.0F);
    const auto fill = [&](auto next) {
        for (float &value : values)
            value = static_cast<float>(next());
    };
    switch (spec.initialisation) {
    case Initialisation::Zeros: break;
    case Initialisation::Ones: fill([] { return 1.0; }); break;
    case Initialisation::Constant: fill([&] { return spec.constant; }); break;
    case Initialisation::Values: break;
    case Initialisation::TransformerNormal: fill([&] { return 0.02 * random.normal(); }); break;
    case Initialisation::XavierUniform:
        fill([&, bound = std::sqrt(6.0 / (fanIn(weight) + fanOut(weight)))] { return bound * (2.0 * random.uniform() - 1.0); });
        break;
    case Initialisation::KaimingNormalFanOut:
        fill([&, deviation = std::sqrt(2.0 / fanOut(weight))] { return deviation * random.normal(); });
        break;
    case Initialisation::SmallNormal: fill([&] { return 0.01 * random.normal(); }); break;
    case Initialisation::KaimingUniform:
    case Initialisation::UniformFanIn:
        fill([&, bound = 1.0 / std::sqrt(fanIn(weight))] { return bound * (2.0 * random.uniform() - 1.0); });
        break;
    }
    return values;
}

/// The weight that the rules for a tensor go by: its own shape, or for a bias that of the weight before it.
const TensorSpec &weightOf(const std::vector<TensorSpec> &tensors, const TensorSpec &spec)
{
    const TensorSpec *weight = &spec;
    for (const TensorSpec &other : tensors) {
        if (other.shape.size() > 1)
            weight = &other;
        if (&other == &spec)
            break;
    }
    return *weight;
}

Tensor initialTensor(const TensorSpec &spec, const Shape &weight, std::uint64_t seed, const std::string &name)
{
    if (spec.initialisation == Initialisation::Values)
        return spec.values;
    const std::vector<float> values = initialValues(spec, weight, PortableRandom(seed, name));
    if (spec.type != DType::Int64)
        return Tensor::fromFloats(spec.shape, values);
    return Tensor::fromInt64s(spec.shape, std::vector<std::int64_t>(values.begin(), values.end()));
}

/// How a new classifier starts; see headWeights().
Tensor headTensor(TensorSpec spec, std::uint64_t seed, const std::string &name)
{
    spec.initialisation = spec.shape.size() > 1 ? Initialisation::SmallNormal : Initialisation::Zeros;
    return initialTensor(spec, spec.shape, seed, name);
}

} // namespace

Result<StateDict> initialWeights(const Network &network, std::uint64_t seed)
{
    return completeWeights(network, {}, seed);
}

Result<StateDict> completeWeights(const Network &network, const StateDict &weights, std::uint64_t seed)
{
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    StateDict result;
    for (const LayerAnalysis &layer : analysis->layers)
        for (const TensorSpec &spec : layer.tensors) {
            const std::string name = tensorName(*network.find(layer.id), spec);
            const Tensor *present = weights.find(name);
            if (present && present->shape() != spec.shape)
                return fail(ErrorCode::WeightsMismatch,
                    "The tensor `" + name + "` is " + describe(present->shape()) + " and the network expects " + describe(spec.shape)
                        + "; use the weights of this network.",
                    name);
            result.set(name, present ? *present : initialTensor(spec, weightOf(layer.tensors, spec).shape, seed, name));
        }
    return result;
}

Result<StateDict> headWeights(const Network &network, std::uint64_t seed)
{
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    if (!classifierLayer(network).isValid())
        return fail(ErrorCode::NetworkInvalid, "This network has no classifier layer to give fresh weights to.", network.architecture);
    StateDict result;
    for (const LayerId id : classifierLayers(network))
        for (const TensorSpec &spec : analysis->find(id)->tensors) {
            const std::string name = tensorName(*network.find(id), spec);
            result.set(name, headTensor(spec, seed, name));
        }
    return result;
}

Result<StateDict> preparedWeights(const Network &network, const StateDict &weights, std::uint64_t seed)
{
    if (auto runnable = requireRunnable(network); !runnable)
        return fail(runnable.error());
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    const std::vector<LayerId> classifiers = classifierLayers(network);
    StateDict result;
    for (const LayerAnalysis &layer : analysis->layers) {
        const bool isClassifier = std::ranges::find(classifiers, layer.id) != classifiers.end();
        for (const TensorSpec &spec : layer.tensors) {
            const std::string name = tensorName(*network.find(layer.id), spec);
            const Tensor *present = weights.find(name);
            if (present && present->shape() == spec.shape)
                result.set(name, *present);
            else
                result.set(name,
                    isClassifier ? headTensor(spec, seed, name) : initialTensor(spec, weightOf(layer.tensors, spec).shape, seed, name));
        }
    }
    return result;
}

} // namespace graft
