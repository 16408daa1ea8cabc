#include "formats/support/atencall.h"
#include "graph/limits.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace graft {
namespace {

using Kind = AtenValue::Kind;

constexpr std::int64_t wholeAxis = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t mostParts = 4096;

AtenValue identity(AtenCall &call)
{
    return call.value("self");
}

/// A copy: what works in place on it later leaves the original alone.
AtenValue copy(AtenCall &call)
{
    AtenValue value = call.value("self");
    if (value.isTensor())
        value.tensor = std::make_shared<AtenTensor>(*value.tensor);
    else if (value.kind == Kind::List)
        value.items = std::make_shared<std::vector<AtenValue>>(*value.items);
    return value;
}

/// A tensor of the file in another shape: the same bytes.
AtenValue reshapedConstant(AtenCall &call, const AtenTensor &tensor, const Shape &given)
{
    Shape shape = given;
    const std::int64_t elements = tensor.constant.elementCount();
    std::int64_t known = 1;
    for (const auto size : shape)
        known = size == -1 ? known : saturatingProduct(known, std::max<std::int64_t>(size, 0));
    if (std::ranges::count(shape, -1) > 1 || tensor.isTransposed || known == 0 || elements % known != 0)
        return call.fails("its shape does not fit a tensor of the file");
    std::ranges::replace(shape, -1, elements / known);
    if (elementCount(shape) != elements || std::ranges::any_of(shape, [](auto size) { return size < 0; }))
        return call.fails("its shape does not fit a tensor of the file");
    const Tensor &bytes = tensor.constant;
    return AtenValue::ofConstant(
        Tensor(bytes.type(), shape, std::make_shared<const Tensor>(bytes), bytes.bytes().data()), tensor.name, tensor.isParameter);
}

/// ShuffleNet deals out its channels as view, transpose, view: one layer, which any size of picture fits. Its groups and its input.
std::optional<std::pair<std::int64_t, LayerId>> channelShuffle(const AtenCall &call, LayerId input, const Shape &shape)
{
    const Network &network = call.graph().import().network();
    const Layer *turned = network.find(input);
    const Layer *grouped = turned->inputs.size() == 1 ? network.find(turned->inputs.front()) : nullptr;
    if (!grouped || turned->type != "Permute" || grouped->type != "Reshape" || shape.size() != 3
        || turned->attributes.at("dims") != AttributeValue(Shape{0, 2, 1, 3, 4}))
        return std::nullopt;
    const LayerId source = grouped->inputs.front();
    const auto &before = call.graph().import().shape(source);
    const auto &between = call.graph().import().shape(grouped->id);
    if (before != shape || !between || between->size() != 4 || (*between)[2] != shape[1] || (*between)[3] != shape[2])
        return std::nullopt;
    return std::pair(between->front(), source);
}

AtenValue toShape(AtenCall &call, LayerId input, Shape shape)
{
    const Shape known = call.shape(input);
    if (const auto place = std::ranges::find(shape, -1); place != shape.end()) {
        std::int64_t others = 1;
        for (auto size = shape.begin(); size != shape.end(); ++size)
            others = size == place ? others : saturatingProduct(others, std::max<std::int64_t>(*size, 0));
        *place = others > 0 && elementCount(known) % others == 0 ? elementCount(known) / others : -1;
    }
    if (shape == known)
        return AtenValue::ofLayer(input);
    if (const auto shuffle = channelShuffle(call, input, shape))
        return call.step("ChannelShuffle", {{"groups", shuffle->first}}, {shuffle->second});
    if (shape.size() == 1)
        return call.step("Flatten", {}, {input});
    return call.step("Reshape", {{"shape", std::move(shape)}}, {input});
}

/// Whether the first number of a shape stands for the batch: it is open, or a tracer wrote down how many pictures it happened to see.
bool startsWithBatch(const std::vector<AtenValue> &sizes, const Shape &rest, const Shape &input)
{
    const AtenValue &first = sizes.front();
    if (first.kind == Kind::Integer && first.isBatch)
        return first.integer == 1;
    std::int64_t product = 1;
    for (const auto size : rest)
        product = size == -1 ? 0 : saturatingProduct(product, std::max<std::int64_t>(size, 0));
    if (product == 0)
        return first.whole().value_or(-1) >= 1;
    return product == elementCount(input);
}

AtenValue reshape(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    const AtenValue &size = call.value("size");
    if (self.isConstant())
        return reshapedConstant(call, *self.tensor, call.integers("size", {}));
    const LayerId input = call.layer("self", AtenCall::Rows::Allowed);
    const Shape known = call.shape(input);
    if (call.failure() || !size.isSequence() || size.items->empty())
        return call.fails("its shape is not known beforehand");
    const bool isMerged = self.tensor->isMerged;
    Shape rest;
    for (std::size_t index = 1; index < size.items->size(); ++index) {
        const auto number = (*size.items)[index].whole();
        if (!number)
            return call.fails("its shape mixes pictures of a batch");
        rest.push_back(*number);
    }
    if (!isMerged && known.size() > 1 && rest == Shape{known.back()}) {
        AtenValue rows = AtenValue::ofLayer(input);
        rows.tensor->isMerged = true;
        return rows;
    }
    if (isMerged && rest == known)
        return AtenValue::ofLayer(input);
    if (isMerged || rest.empty() || !startsWithBatch(*size.items, rest, known))
        return call.fails("its shape mixes pictures of a batch");
    return toShape(call, input, std::move(rest));
}

AtenValue flatten(AtenCall &call)
{
    const LayerId input = call.layer("self");
    const auto &known = call.graph().import().shape(input);
    const std::size_t rank = known ? known->size() + 1 : 0;
    const std::int64_t first = call.axis(call.integer("start_dim", 0), rank);
    std::int64_t last = call.integer("end_dim", -1);
    if (known)
        last = call.axis(last, rank);
    if (known && first == last)
        return call.value("self");
    if (known && last == static_cast<std::int64_t>(known->size()))
        last = -1;
    return call.step("Flatten", {{"start_dim", first}, {"end_dim", last}}, {input});
}

AtenValue unflatten(AtenCall &call)
{
    const LayerId input = call.layer("self");
    Shape shape = call.shape(input);
    const auto sizes = call.integers("sizes", {});
    const std::int64_t axis = call.axis(call.integer("dim", 1), shape.size() + 1);
    if (call.failure())
        return {};
    const auto place = shape.erase(shape.begin() + axis - 1);
    shape.insert(place, sizes.begin(), sizes.end());
    return toShape(call, input, std::move(shape));
}

AtenValue permuted(AtenCall &call, const Shape &dims)
{
    const AtenValue &self = call.value("self");
    const bool isSame = std::ranges::is_sorted(dims);
    if (self.isConstant()) {
        if (isSame)
            return self;
        if (dims != Shape{1, 0})
            return call.fails("it turns a tensor of the file round");
        AtenValue turned = self;
        turned.tensor = std::make_shared<AtenTensor>(*self.tensor);
        turned.tensor->isTransposed = !turned.tensor->isTransposed;
        return turned;
    }
    if (!dims.empty() && dims.front() != 0)
        return call.fails("it moves the pictures of a batch");
    return isSame ? self : call.step("Permute", {{"dims", dims}}, {call.layer("self")});
}

AtenValue permute(AtenCall &call)
{
    Shape dims = call.integers("dims", {});
    for (auto &dim : dims)
        dim = call.axis(dim, dims.size(), AtenCall::Batch::Allowed);
    return call.failure() ? AtenValue{} : permuted(call, dims);
}

AtenValue transpose(AtenCall &call)
{
    const std::size_t rank = call.rank(call.value("self"));
    Shape dims(rank);
    std::iota(dims.begin(), dims.end(), 0);
    const std::int64_t first = call.axis(call.integer("dim0", 0), rank, AtenCall::Batch::Allowed);
    const std::int64_t second = call.axis(call.integer("dim1", 1), rank, AtenCall::Batch::Allowed);
    if (call.failure() || std::max(first, second) >= static_cast<std::int64_t>(rank))
        return call.fails("the shape of its input is not known");
    std::swap(dims[static_cast<std::size_t>(first)], dims[static_cast<std::size_t>(second)]);
    return permuted(call, dims);
}

AtenValue concatenate(AtenCall &call)
{
    const AtenValue &tensors = call.value("tensors");
    if (!tensors.isSequence() || tensors.items->empty())
        return call.fails("its tensors are not known beforehand");
    std::size_t rank = 0;
    for (const AtenValue &tensor : *tensors.items)
        rank = std::max(rank, call.rank(tensor));
    std::vector<LayerId> inputs;
    for (const AtenValue &tensor : *tensors.items)
        inputs.push_back(call.operand(tensor, rank));
    const std::int64_t dim = call.axis(call.integer("dim", 0), rank);
    return inputs.size() == 1 ? tensors.items->front() : call.step("Concatenate", {{"dim", dim}}, std::move(inputs));
}

AtenValue stack(AtenCall &call)
{
    const AtenValue &tensors = call.value("tensors");
    if (!tensors.isSequence() || tensors.items->empty())
        return call.fails("its tensors are not known beforehand");
    std::vector<LayerId> inputs;
    std::int64_t dim = 1;
    for (const AtenValue &tensor : *tensors.items) {
        if (!tensor.isLayer())
            return call.fails("it stacks what no layer gives");
        dim = call.axis(call.integer("dim", 0), call.rank(tensor) + 1);
        const AtenValue part = call.step("Unsqueeze", {{"dim", dim}}, {*tensor.tensor->layer});
        if (call.failure())
            return {};
        inputs.push_back(*part.tensor->layer);
    }
    return call.step("Concatenate", {{"dim", dim}}, std::move(inputs));
}

/// The place in a list of a number that may count from its end.
std::int64_t placeIn(std::int64_t position, std::int64_t size)
{
    return std::clamp<std::int64_t>(position < 0 ? position + size : position, 0, size);
}

AtenValue sliceOfList(AtenCall &call)
{
    // A list's slice has no dimension: torch.slice(list, start, end, step).
    const auto &items = *call.value("self").items;
    const auto size = static_cast<std::int64_t>(items.size());
    const std::int64_t start = placeIn(call.integer("dim", 0), size), end = placeIn(call.integer("start", size), size);
    const std::int64_t step = call.integer("end", 1);
    if (step != 1)
        return call.fails("it takes a list in steps");
    std::vector<AtenValue> part;
    if (start < end)
        part.assign(items.begin() + start, items.begin() + end);
    return AtenValue::ofItems(Kind::List, std::move(part));
}

AtenValue slice(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (self.isSequence())
        return sliceOfList(call);
    const std::int64_t start = call.integer("start", 0), end = call.integer("end", wholeAxis), step = call.integer("step", 1);
    if (start == 0 && end == wholeAxis && step == 1)
        return self;
    const std::size_t rank = call.rank(self);
    const std::int64_t axis = call.axis(call.integer("dim", 0), rank);
    const LayerId input = call.layer("self");
    const auto &shape = call.graph().import().shape(input);
    if (!call.failure() && shape && start == 0 && step == 1 && end >= (*shape)[static_cast<std::size_t>(axis) - 1])
        return self;
    Attributes attributes = {{"dim", axis}, {"start", start}, {"step", step}};
    if (end < maximumDimension)
        attributes["end"] = end;
    return call.step("Slice", std::move(attributes), {input});
}

AtenValue narrow(AtenCall &call)
{
    const std::int64_t axis = call.axis(call.integer("dim", 1), call.rank(call.value("self")));
    const std::int64_t start = call.integer("start", 0);
    return call.step("Slice",
        {{"dim", axis}, {"start", start}, {"end", saturatingSum(std::max<std::int64_t>(start, 0), call.integer("length", 1))}},
        {call.layer("self")});
}

AtenValue select(AtenCall &call)
{
    const std::int64_t axis = call.axis(call.integer("dim", 0), call.rank(call.value("self")));
    return call.step("Select", {{"dim", axis}, {"index", call.integer("index", 0)}}, {call.layer("self")});
}

/// Slices of the given sizes, one after the other.
AtenValue parts(AtenCall &call, std::int64_t axis, const Shape &sizes)
{
    std::vector<AtenValue> values;
    std::int64_t start = 0;
    const LayerId input = call.layer("self");
    for (const auto size : sizes) {
        const std::int64_t end = saturatingSum(start, std::max<std::int64_t>(size, 0));
        values.push_back(call.step("Slice", {{"dim", axis}, {"start", start}, {"end", end}}, {input}));
        start = end;
    }
    return AtenValue::ofItems(Kind::List, std::move(values));
}

AtenValue split(AtenCall &call)
{
    const Shape shape = call.shape(call.layer("self"));
    const std::int64_t axis = call.axis(call.integer("dim", 0), shape.size() + 1);
    if (call.failure())
        return {};
    if (call.value("split_size").isSequence())
        return parts(call, axis, call.integers("split_size", {}));
    const std::int64_t whole = shape[static_cast<std::size_t>(axis) - 1];
    std::int64_t size = call.integer(call.name() == "chunk" ? "chunks" : "split_size", 1);
    if (call.name() == "chunk" && size > 0)
        size = (whole + size - 1) / size;
    if (size < 1 || whole / size > mostParts)
        return call.fails("it makes too many parts");
    Shape sizes;
    for (std::int64_t start = 0; start < whole; start += size)
        sizes.push_back(std::min(size, whole - start));
    return parts(call, axis, sizes);
}

AtenValue unbind(AtenCall &call)
{
    const LayerId input = call.layer("self");
    const Shape shape = call.shape(input);
    const std::int64_t axis = call.axis(call.integer("dim", 0), shape.size() + 1);
    if (call.failure() || shape[static_cast<std::size_t>(axis) - 1] > mostParts)
        return call.fails("it makes too many parts");
    std::vector<AtenValue> values;
    for (std::int64_t index = 0; index < shape[static_cast<std::size_t>(axis) - 1]; ++index)
        values.push_back(call.step("Select", {{"dim", axis}, {"index", index}}, {input}));
    return AtenValue::ofItems(Kind::List, std::move(values));
}

AtenValue squeeze(AtenCall &call)
{
    const LayerId input = call.layer("self");
    const Shape shape = call.shape(input);
    Shape dims = call.integers("dim", {});
    if (!call.has("dim"))
        for (std::size_t axis = 1; axis <= shape.size(); ++axis)
            dims.push_back(static_cast<std::int64_t>(axis));
    for (auto &dim : dims)
        dim = call.axis(dim, shape.size() + 1);
    if (call.failure())
        return {};
    // From the back, so that the dimensions before keep their numbers.
    std::ranges::sort(dims, std::greater());
    AtenValue value = call.value("self");
    for (const auto dim : dims)
        if (shape[static_cast<std::size_t>(dim) - 1] == 1 && value.isLayer())
            value = call.step("Squeeze", {{"dim", dim}}, {*value.tensor->layer});
    return value;
}

AtenValue unsqueeze(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    const std::size_t rank = call.rank(self);
    if (self.isConstant()) {
        const std::int64_t axis = call.axis(call.integer("dim", 0), rank + 1, AtenCall::Batch::Allowed);
        Shape shape = self.tensor->constant.shape();
        if (call.failure() || self.tensor->isTransposed)
            return call.fails("it turns a tensor of the file round");
        shape.insert(shape.begin() + axis, 1);
        return reshapedConstant(call, *self.tensor, shape);
    }
    const std::int64_t axis = call.axis(call.integer("dim", 0), rank + 1);
    return call.step("Unsqueeze", {{"dim", axis}}, {call.layer("self")});
}

/// Repeating along the batch alone needs no layer: steps do that for themselves.
AtenValue expand(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    const AtenValue &size = call.value("size");
    const auto own = call.graph().sizes(self);
    if (!own || !size.isSequence() || size.items->size() < own->size())
        return call.fails("its shape is not known beforehand");
    const std::size_t added = size.items->size() - own->size();
    for (std::size_t index = 0; index < size.items->size(); ++index) {
        const AtenValue &wanted = (*size.items)[index];
        if (index == 0 && ((wanted.kind == Kind::Integer && wanted.isBatch) || self.isConstant()))
            continue;
        const bool isKept = index >= added && (wanted.whole() == -1 || wanted.whole() == (*own)[index - added].whole());
        if (!isKept)
            return call.fails("it repeats what it is given");
    }
    return self;
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"detach", "self", identity},
    {"contiguous", "self memory_format", identity},
    {"alias", "self", identity},
    {"lift_fresh_copy", "self", identity},
    {"to", "self dtype layout device copy memory_format", identity},
    {"_to_copy", "self dtype layout device", identity},
    {"type_as", "self other", identity},
    {"float", "self", identity},
    {"clone", "self memory_format", copy},
    {"copy", "self", copy},
    {"list", "self", copy},
    {"view", "self size", reshape},
    {"reshape", "self size", reshape},
    {"_unsafe_view", "self size", reshape},
    {"_reshape_alias", "self size stride", reshape},
    {"flatten", "self start_dim end_dim", flatten},
    {"unflatten", "self dim sizes", unflatten},
    {"permute", "self dims", permute},
    {"transpose", "self dim0 dim1", transpose},
    {"swapaxes", "self dim0 dim1", transpose},
    {"t", "self", transpose},
    {"numpy_T", "self", transpose},
    {"cat", "tensors dim", concatenate},
    {"concat", "tensors dim", concatenate},
    {"stack", "tensors dim", stack},
    {"slice", "self dim start end step", slice},
    {"narrow", "self dim start length", narrow},
    {"select", "self dim index", select},
    {"chunk", "self chunks dim", split},
    {"split", "self split_size dim", split},
    {"split_with_sizes", "self split_size dim", split},
    {"unbind", "self dim", unbind},
    {"squeeze", "self dim", squeeze},
    {"unsqueeze", "self dim", unsqueeze},
    {"expand", "self size implicit", expand},
});

} // namespace

std::span<const AtenOperator> atenShapes()
{
    return operators;
}

} // namespace graft
