#include "formats/onnx/folding.h"

#include "graph/limits.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>

namespace graft {
namespace {

using Inputs = std::vector<const OnnxConstant *>;
using Folded = std::optional<OnnxConstant>;
using Ints = std::vector<std::int64_t>;
using Numbers = std::vector<OnnxNumber>;

constexpr std::int64_t mostNumbers = 1 << 16; ///< that are worked out one by one

Ints integersOf(const OnnxConstant &constant)
{
    Ints integers;
    for (const OnnxNumber &number : numbersOf(constant, mostNumbers).value_or(Numbers()))
        integers.push_back(
            number.isBatch ? 0 : static_cast<std::int64_t>(std::clamp(number.value, -largestOnnxInteger, largestOnnxInteger)));
    return integers;
}

std::int64_t integerAttribute(const OnnxStep &step, const char *name, std::int64_t missing)
{
    const auto known = step.attributes.find(name);
    const auto *value = known == step.attributes.end() ? nullptr : std::get_if<std::int64_t>(&known->second);
    return value ? *value : missing;
}

/// An attribute, or an input of newer opsets.
Ints listOf(const OnnxStep &step, const Inputs &inputs, const char *name, std::size_t input)
{
    if (input < inputs.size() && inputs[input])
        return integersOf(*inputs[input]);
    const auto known = step.attributes.find(name);
    const auto *value = known == step.attributes.end() ? nullptr : std::get_if<Ints>(&known->second);
    return value ? *value : Ints();
}

/// The same numbers in another shape.
Folded reshaped(const OnnxConstant &from, Shape shape)
{
    Shape filled = shape;
    std::ranges::replace(filled, 0, 1);
    if (filled.size() > 16 || (!filled.empty() && !isWithinLimits(filled)) || elementCount(shape) != from.count())
        return std::nullopt;
    OnnxConstant result = from;
    if (!from.isInteger && from.numbers.empty())
        result.tensor = onnxReshaped(from.tensor, shape);
    result.shape = std::move(shape);
    return result;
}

Folded squeeze(const OnnxStep &step, const Inputs &inputs, int)
{
    Ints axes = listOf(step, inputs, "axes", 1);
    const auto rank = static_cast<std::int64_t>(inputs[0]->shape.size());
    Shape shape;
    for (std::int64_t axis = 0; axis < rank; ++axis) {
        const std::int64_t size = inputs[0]->shape[static_cast<std::size_t>(axis)];
        const bool isNamed = std::ranges::any_of(axes, [&](auto named) { return named == axis || named == axis - rank; });
        if (!(axes.empty() ? size == 1 : isNamed))
            shape.push_back(size);
    }
    return reshaped(*inputs[0], shape);
}

Folded unsqueeze(const OnnxStep &step, const Inputs &inputs, int)
{
    Ints axes = listOf(step, inputs, "axes", 1);
    const auto rank = static_cast<std::int64_t>(inputs[0]->shape.size() + axes.size());
    for (std::int64_t &axis : axes)
        axis += axis < 0 ? rank : 0;
    std::ranges::sort(axes);
    Shape shape = inputs[0]->shape;
    for (const std::int64_t axis : axes) {
        if (axis < 0 || axis > std::ssize(shape))
            return std::nullopt;
        shape.insert(shape.begin() + axis, 1);
    }
    return reshaped(*inputs[0], shape);
}

Folded reshape(const OnnxStep &, const Inputs &inputs, int)
{
    if (inputs.size() != 2 || !inputs[1])
        return std::nullopt;
    Shape shape = integersOf(*inputs[1]);
    std::int64_t known = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 0 && i < inputs[0]->shape.size())
            shape[i] = inputs[0]->shape[i];
        if (shape[i] < -1)
            return std::nullopt;
        known = saturatingProduct(known, shape[i] == -1 ? 1 : shape[i]);
    }
    if (std::ranges::count(shape, -1) > 1 || known == 0)
        return std::nullopt;
    std::ranges::replace(shape, -1, inputs[0]->count() / known);
    return reshaped(*inputs[0], shape);
}

Folded identity(const OnnxStep &step, const Inputs &inputs, int)
{
    OnnxConstant copy = *inputs[0];
    // PyTorch's exporter writes equal tensors once; they are not tied.
    if (!copy.isInteger && copy.numbers.empty()) {
        const auto bytes = copy.tensor.bytes();
        copy.tensor = Tensor(copy.tensor.type(), copy.shape, std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end()));
        if (step.outputs[0].find('.') != std::string::npos)
            copy.source = step.outputs[0];
    }
    return copy;
}

Folded cast(const OnnxStep &step, const Inputs &inputs, int)
{
    const std::int64_t to = integerAttribute(step, "to", 0);
    const bool isFloat = to == onnx::TensorProto::FLOAT || to == onnx::TensorProto::DOUBLE || to == onnx::TensorProto::FLOAT16
        || to == onnx::TensorProto::BFLOAT16;
    if (isFloat != inputs[0]->isInteger)
        return *inputs[0];
    auto numbers = numbersOf(*inputs[0], mostNumbers);
    if (!numbers)
        return std::nullopt;
    for (OnnxNumber &number : *numbers)
        number.value = isFloat ? number.value : std::trunc(number.value);
    return constantOf(inputs[0]->shape, !isFloat, std::move(*numbers));
}

/// Any order of the axes; on whole tensors, since weights come so.
Folded transpose(const OnnxStep &step, const Inputs &inputs, int)
{
    const OnnxConstant &from = *inputs[0];
    Ints order = listOf(step, {}, "perm", 0);
    if (order.empty()) {
        order.resize(from.shape.size());
        std::iota(order.rbegin(), order.rend(), 0);
    }
    Ints sorted = order;
    std::ranges::sort(sorted);
    Ints all(from.shape.size());
    std::iota(all.begin(), all.end(), 0);
    if (sorted != all || from.isInteger || !from.numbers.empty())
        return std::nullopt;
    Ints strides(order.size(), 1), steps;
    for (std::size_t axis = order.size(); axis-- > 1;)
        strides[axis - 1] = strides[axis] * from.shape[axis];
    OnnxConstant result = from;
    for (std::size_t axis = 0; axis < order.size(); ++axis) {
        result.shape[axis] = from.shape[static_cast<std::size_t>(order[axis])];
        steps.push_back(strides[static_cast<std::size_t>(order[axis])]);
    }
    const std::vector<float> values = from.tensor.toFloats();
    std::vector<float> turned(values.size());
    Ints position(order.size(), 0);
    std::int64_t at = 0;
    for (float &value : turned) {
        value = values[static_cast<std::size_t>(at)];
        for (std::size_t axis = order.size(); axis-- > 0;) {
            at += steps[axis];
            if (++position[axis] < result.shape[axis])
                break;
            at -= steps[axis] * position[axis];
            position[axis] = 0;
        }
    }
    result.tensor = Tensor::fromFloats(result.shape, turned);
    return result;
}

/// Concat, Slice and Gather of lists: constants of one dimension.
Folded concat(const OnnxStep &, const Inputs &inputs, int)
{
    Numbers numbers;
    for (const OnnxConstant *input : inputs) {
        const auto part = input->shape.size() == 1 ? numbersOf(*input, mostNumbers) : std::nullopt;
        if (!part || std::ssize(numbers) + std::ssize(*part) > mostNumbers)
            return std::nullopt;
        numbers.insert(numbers.end(), part->begin(), part->end());
    }
    const Shape shape = {std::ssize(numbers)};
    return constantOf(shape, inputs[0]->isInteger, std::move(numbers));
}

Folded slice(const OnnxStep &step, const Inputs &inputs, int)
{
    const Ints starts = listOf(step, inputs, "starts", 1), ends = listOf(step, inputs, "ends", 2);
    const Ints axes = listOf(step, inputs, "axes", 3), steps = listOf(step, inputs, "steps", 4);
    const auto numbers = inputs[0]->shape.size() == 1 ? numbersOf(*inputs[0], mostNumbers) : std::nullopt;
    if (!numbers || starts.size() != 1 || ends.size() != 1 || axes.size() > 1 || (axes.size() == 1 && axes[0] != 0 && axes[0] != -1))
        return std::nullopt;
    const std::int64_t size = std::ssize(*numbers), stride = steps.empty() ? 1 : steps[0];
    const auto place = [&](std::int64_t at, std::int64_t low, std::int64_t high) { return std::clamp(at < 0 ? at + size : at, low, high); };
    Numbers part;
    if (stride == 0 || std::abs(stride) > mostNumbers)
        return std::nullopt;
    if (stride > 0)
        for (std::int64_t at = place(starts[0], 0, size); at < place(ends[0], 0, size); at += stride)
            part.push_back((*numbers)[static_cast<std::size_t>(at)]);
    else
        for (std::int64_t at = place(starts[0], 0, size - 1); at > place(ends[0], -1, size - 1); at += stride)
            part.push_back((*numbers)[static_cast<std::size_t>(at)]);
    const Shape shape = {std::ssize(part)};
    return constantOf(shape, inputs[0]->isInteger, std::move(part));
}

Folded gather(const OnnxStep &step, const Inputs &inputs, int)
{
    const auto numbers = inputs[0]->shape.size() == 1 ? numbersOf(*inputs[0], mostNumbers) : std::nullopt;
    if (!numbers || inputs.size() != 2 || !inputs[1] || !inputs[1]->isInteger || integerAttribute(step, "axis", 0) > 0)
        return std::nullopt;
    Numbers chosen;
    for (std::int64_t at : integersOf(*inputs[1])) {
        at += at < 0 ? std::ssize(*numbers) : 0;
        if (at < 0 || at >= std::ssize(*numbers))
            return std::nullopt;
        chosen.push_back((*numbers)[static_cast<std::size_t>(at)]);
    }
    return constantOf(inputs[1]->shape, inputs[0]->isInteger, std::move(chosen));
}

/// The value that a ConstantOfShape repeats, and whether it is an integer; zero in float32 when the step says nothing.
std::pair<double, bool> filling(const OnnxStep &step)
{
    const onnx::TensorProto *value = nullptr;
    for (int i = 0; step.proto && i < step.proto->attribute_size(); ++i)
        if (step.proto->attribute(i).name() == "value" && step.proto->attribute(i).has_t())
            value = &step.proto->attribute(i).t();
    if (!value)
        return {0, false};
    const bool isInteger = value->data_type() == onnx::TensorProto::INT64;
    if (isInteger && value->raw_data().size() == sizeof(std::int64_t)) {
        std::int64_t number = 0;
        std::memcpy(&number, value->raw_data().data(), sizeof number);
        return {std::clamp(static_cast<double>(number), -largestOnnxInteger, largestOnnxInteger), true};
    }
    if (!isInteger && value->raw_data().size() == sizeof(float)) {
        float number = 0;
        std::memcpy(&number, value->raw_data().data(), sizeof number);
        return {number, false};
    }
    if (isInteger)
        return {value->int64_data_size() > 0 ? static_cast<double>(value->int64_data(0)) : 0, true};
    return {value->float_data_size() > 0 ? value->float_data(0) : 0, false};
}

Folded shapeOfConstant(const OnnxStep &, const Inputs &inputs, int)
{
    Numbers numbers;
    for (const std::int64_t size : inputs[0]->shape)
        numbers.push_back({static_cast<double>(size), false});
    const Shape shape = {std::ssize(numbers)};
    return constantOf(shape, true, std::move(numbers));
}

/// Once for each picture: what takes it does that by itself. Nothing else is repeated.
Folded expand(const OnnxStep &, const Inputs &inputs, int)
{
    const auto wanted = inputs.size() == 2 && inputs[1] ? numbersOf(*inputs[1], 16) : std::nullopt;
    const Shape &shape = inputs[0]->shape;
    if (!wanted || wanted->size() != shape.size())
        return std::nullopt;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const OnnxNumber &number = (*wanted)[axis];
        const bool isKept = !number.isBatch && (number.value == 1 || number.value == static_cast<double>(shape[axis]));
        const bool isForEachPicture = axis == 0 && number.isBatch && number.value == 1 && shape[0] == 1;
        if (!isKept && !isForEachPicture)
            return std::nullopt;
    }
    return *inputs[0];
}

Folded constantOfShape(const OnnxStep &step, const Inputs &inputs, int)
{
    const Ints shape = integersOf(*inputs[0]);
    Shape filled = shape;
    std::ranges::replace(filled, 0, 1);
    if (std::ssize(shape) != inputs[0]->count() || filled.size() > 16 || !isWithinLimits(filled) || elementCount(shape) > mostNumbers)
        return std::nullopt;
    const auto [number, isInteger] = filling(step);
    return constantOf(shape, isInteger, Numbers(static_cast<std::size_t>(elementCount(shape)), {number, false}));
}

Folded range(const OnnxStep &, const Inputs &inputs, int)
{
    if (inputs.size() != 3 || !inputs[0]->isInteger || inputs[0]->count() != 1 || inputs[1]->count() != 1 || inputs[2]->count() != 1
        || inputs[0]->numbers[0].isBatch || numbersOf(*inputs[1], 1)->front().isBatch || integersOf(*inputs[2]).front() < 1)
        return std::nullopt;
    Numbers numbers;
    for (std::int64_t at = integersOf(*inputs[0])[0]; at < integersOf(*inputs[1])[0]; at += integersOf(*inputs[2])[0]) {
        if (std::ssize(numbers) >= 4096)
            return std::nullopt;
        numbers.push_back({static_cast<double>(at), false});
    }
    const Shape shape = {std::ssize(numbers)};
    return constantOf(shape, true, std::move(numbers));
}

using Pair = std::optional<OnnxNumber> (*)(OnnxNumber a, OnnxNumber b, bool isInteger);

std::optional<OnnxNumber> sum(OnnxNumber a, OnnxNumber b, bool)
{
    if (a.isBatch != b.isBatch && a.value != 0 && b.value != 0)
        return std::nullopt;
    return OnnxNumber{a.value + b.value, a.value != 0 ? a.isBatch : b.isBatch};
}

std::optional<OnnxNumber> difference(OnnxNumber a, OnnxNumber b, bool isInteger)
{
    return sum(a, {-b.value, b.isBatch}, isInteger);
}

std::optional<OnnxNumber> product(OnnxNumber a, OnnxNumber b, bool)
{
    return a.isBatch && b.isBatch ? std::nullopt : std::optional(OnnxNumber{a.value * b.value, a.isBatch || b.isBatch});
}

std::optional<OnnxNumber> quotient(OnnxNumber a, OnnxNumber b, bool isInteger)
{
    if (b.value == 0 || (b.isBatch && !a.isBatch))
        return std::nullopt;
    const double value = a.value / b.value;
    if (isInteger && a.isBatch && !b.isBatch && value != std::trunc(value))
        return std::nullopt;
    return OnnxNumber{isInteger ? std::trunc(value) : value, a.isBatch && !b.isBatch};
}

std::optional<OnnxNumber> equality(OnnxNumber a, OnnxNumber b, bool)
{
    return OnnxNumber{a == b ? 1.0 : 0.0, false};
}

/// Element by element; a constant of one element goes with each of the other.
Folded both(const Inputs &inputs, Pair pair, bool givesInteger)
{
    if (inputs.size() != 2 || !inputs[0] || !inputs[1])
        return std::nullopt;
    const auto first = numbersOf(*inputs[0], mostNumbers), second = numbersOf(*inputs[1], mostNumbers);
    if (!first || !second || first->empty() || second->empty())
        return std::nullopt;
    const bool isSame = inputs[0]->shape == inputs[1]->shape;
    if (!isSame && first->size() != 1 && second->size() != 1)
        return std::nullopt;
    Numbers result;
    for (std::size_t i = 0; i < std::max(first->size(), second->size()); ++i) {
        const auto number = pair((*first)[first->size() == 1 ? 0 : i], (*second)[second->size() == 1 ? 0 : i], inputs[0]->isInteger);
        if (!number || (inputs[0]->isInteger && std::abs(number->value) > 2 * largestOnnxInteger))
            return std::nullopt;
        result.push_back(*number);
    }
    const Shape shape = inputs[0]->shape.size() >= inputs[1]->shape.size() ? inputs[0]->shape : inputs[1]->shape;
    if (elementCount(shape) != std::ssize(result))
        return std::nullopt;
    return constantOf(shape, givesInteger || inputs[0]->isInteger, std::move(result));
}

template <auto pair, bool givesInteger = false>
Folded each(const OnnxStep &, const Inputs &inputs, int)
{
    return both(inputs, pair, givesInteger);
}

Folded where(const OnnxStep &, const Inputs &inputs, int)
{
    if (inputs.size() != 3 || inputs[0]->shape != inputs[1]->shape || inputs[1]->shape != inputs[2]->shape)
        return std::nullopt;
    const auto which = numbersOf(*inputs[0], mostNumbers), yes = numbersOf(*inputs[1], mostNumbers),
               no = numbersOf(*inputs[2], mostNumbers);
    if (!which || !yes || !no || which->size() != yes->size() || yes->size() != no->size())
        return std::nullopt;
    Numbers result;
    for (std::size_t i = 0; i < which->size(); ++i)
        result.push_back((*which)[i].value != 0 ? (*yes)[i] : (*no)[i]);
    return constantOf(inputs[1]->shape, inputs[1]->isInteger, std::move(result));
}

template <double (*function)(double)>
Folded one(const OnnxStep &, const Inputs &inputs, int)
{
    auto numbers = numbersOf(*inputs[0], mostNumbers);
    if (!numbers || std::ranges::any_of(*numbers, &OnnxNumber::isBatch))
        return std::nullopt;
    for (OnnxNumber &number : *numbers)
        number.value = function(number.value);
    return constantOf(inputs[0]->shape, inputs[0]->isInteger, std::move(*numbers));
}

double negative(double x)
{
    return -x;
}

double inverse(double x)
{
    return 1 / x;
}

using Fold = Folded (*)(const OnnxStep &step, const Inputs &inputs, int opset);

const std::map<std::string, Fold, std::less<>> &folds()
{
    static const std::map<std::string, Fold, std::less<>> all = {{"Squeeze", squeeze}, {"Unsqueeze", unsqueeze}, {"Reshape", reshape},
        {"Identity", identity}, {"Cast", cast}, {"Transpose", transpose}, {"Concat", concat}, {"Slice", slice}, {"Gather", gather},
        {"ConstantOfShape", constantOfShape}, {"Shape", shapeOfConstant}, {"Expand", expand}, {"Range", range}, {"Add", each<sum>},
        {"Sub", each<difference>}, {"Mul", each<product>}, {"Div", each<quotient>}, {"Equal", each<equality, true>}, {"Where", where},
        {"Neg", one<negative>}, {"Sqrt", one<std::sqrt>}, {"Floor", one<std::floor>}, {"Ceil", one<std::ceil>}, {"Exp", one<std::exp>},
        {"Reciprocal", one<inverse>}};
    return all;
}

} // namespace

std::optional<OnnxConstant> foldStep(const OnnxStep &step, const std::vector<const OnnxConstant *> &inputs, int opset)
{
    const auto known = folds().find(step.operatorName);
    if (known == folds().end() || inputs.empty() || !inputs[0] || step.outputs.size() != 1)
        return std::nullopt;
    if (step.operatorName == "Concat" || step.operatorName == "Range" || step.operatorName == "Where")
        if (std::ranges::find(inputs, nullptr) != inputs.end())
            return std::nullopt;
    return known->second(step, inputs, opset);
}

} // namespace graft
