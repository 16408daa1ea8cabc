#include "architectures/recognition/tensorfit.h"

#include "core/strangetext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace graft {

namespace {

bool isCounter(const TensorSpec &specification)
{
    return specification.isBuffer && specification.type == DType::Int64 && specification.shape.empty();
}

/// A table that follows from the layer's attributes: the same in all files, and left out by some.
bool isTable(const TensorSpec &specification)
{
    return specification.initialisation == Initialisation::Values;
}

bool isConvertible(DType from, DType to)
{
    return to == DType::Int64 || isFloatingPoint(from);
}

/// Counters are scalars, which some writers store as one element.
bool isSameShape(const TensorSpec &specification, const Tensor &tensor)
{
    return tensor.shape() == specification.shape || (isCounter(specification) && tensor.shape() == Shape{1});
}

bool isFitting(const TensorSpec &specification, const Tensor &tensor)
{
    return isSameShape(specification, tensor) && isConvertible(tensor.type(), specification.type);
}

std::string describeMisfit(const std::string &tensorName, const TensorSpec &specification, const Tensor &tensor)
{
    if (!isSameShape(specification, tensor))
        return inQuotes(tensorName) + " is " + describe(tensor.shape()) + " instead of " + describe(specification.shape);
    return inQuotes(tensorName) + " holds " + std::string(name(tensor.type())) + " instead of " + std::string(name(specification.type));
}

std::string firstDifference(const ExpectedTensors &expected, const StateDict &tensors)
{
    std::set<std::string_view> known;
    std::optional<std::string> missing;
    for (const auto &[tensorName, specification] : expected) {
        known.insert(tensorName);
        const Tensor *tensor = tensors.find(tensorName);
        if (tensor && !isFitting(specification, *tensor))
            return describeMisfit(tensorName, specification, *tensor);
        if (!tensor && !missing && !isCounter(specification) && !isTable(specification))
            missing = inQuotes(tensorName) + " is missing";
    }
    if (missing)
        return *missing;
    const auto &entries = tensors.entries();
    const auto surplus
        = std::find_if(entries.begin(), entries.end(), [&](const StateDict::Entry &entry) { return !known.contains(entry.first); });
    return inQuotes(surplus->first) + " does not belong to it";
}

Tensor counter(std::int64_t value)
{
    return Tensor::fromInt64s({}, std::array<std::int64_t, 1>{value});
}

Tensor toCounter(const Tensor &tensor)
{
    if (tensor.type() == DType::Int64)
        return {DType::Int64, {}, std::make_shared<std::vector<std::byte>>(tensor.bytes().begin(), tensor.bytes().end())};
    const float value = tensor.toFloats().front();
    const bool isCount = std::isfinite(value) && value >= 0 && value < 1e18F;
    return counter(isCount ? static_cast<std::int64_t>(value) : 0);
}

Tensor toInt64(const Tensor &tensor)
{
    if (tensor.type() == DType::Int64)
        return tensor;
    std::vector<std::int64_t> values;
    for (const float value : tensor.toFloats())
        values.push_back(std::abs(value) < 1e18F ? static_cast<std::int64_t>(value) : 0);
    return Tensor::fromInt64s(tensor.shape(), values);
}

Tensor converted(const TensorSpec &specification, const Tensor *tensor)
{
    if (!tensor)
        return isTable(specification) ? specification.values : counter(0);
    if (isCounter(specification))
        return toCounter(*tensor);
    if (specification.type == DType::Int64)
        return toInt64(*tensor);
    return tensor->type() == DType::Float32 ? *tensor : Tensor::fromFloats(tensor->shape(), tensor->toFloats());
}

} // namespace

TensorFit fit(const ExpectedTensors &expected, const StateDict &tensors)
{
    TensorFit result;
    std::size_t found = 0;
    for (const auto &[tensorName, specification] : expected) {
        const Tensor *tensor = tensors.find(tensorName);
        found += tensor ? 1 : 0;
        const bool isSameEverywhere = isCounter(specification) || isTable(specification);
        if (tensor ? !isFitting(specification, *tensor) : !isSameEverywhere)
            ++result.differences;
        else if (!isSameEverywhere)
            ++result.equal;
    }
    result.differences += tensors.size() - found;
    return result;
}

std::string describeDifferences(const ExpectedTensors &expected, const StateDict &tensors)
{
    const std::size_t others = fit(expected, tensors).differences - 1;
    const std::string first = firstDifference(expected, tensors);
    if (others == 0)
        return first;
    return first + " (and " + std::to_string(others) + (others == 1 ? " more differs)" : " more differ)");
}

StateDict fitted(const ExpectedTensors &expected, const StateDict &tensors)
{
    StateDict weights;
    for (const auto &[tensorName, specification] : expected)
        weights.set(tensorName, converted(specification, tensors.find(tensorName)));
    return weights;
}

} // namespace graft
