#include "formats/support/atencall.h"

#include <algorithm>

namespace graft {
namespace {

const AtenValue none;
constexpr std::int64_t largestWindow = 1 << 20;

/// The next word of "input weight bias", which is taken off.
std::string_view takeWord(std::string_view &words)
{
    const auto end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    return word;
}

std::string quoted(std::string_view parameter)
{
    return "`" + std::string(parameter) + "`";
}

} // namespace

void AtenCall::bind(std::string_view parameters, const AtenArguments &arguments)
{
    for (const AtenValue &value : arguments.positional) {
        const std::string_view name = takeWord(parameters);
        if (name.empty()) {
            fails("it is given more than Graft knows of it");
            return;
        }
        m_values.insert_or_assign(name, value);
    }
    for (const auto &[name, value] : arguments.named)
        m_values.insert_or_assign(name, value);
}

AtenValue AtenCall::fails(std::string reason)
{
    if (!m_failure)
        m_failure = std::move(reason);
    return {};
}

const AtenValue &AtenCall::value(std::string_view parameter) const
{
    const auto found = m_values.find(parameter);
    return found == m_values.end() ? none : found->second;
}

bool AtenCall::boolean(std::string_view parameter, bool missing)
{
    if (!has(parameter))
        return missing;
    const auto number = value(parameter).whole();
    if (!number)
        fails("its " + quoted(parameter) + " is not known beforehand");
    return number && *number != 0;
}

std::int64_t AtenCall::integer(std::string_view parameter, std::int64_t missing)
{
    if (!has(parameter))
        return missing;
    const auto number = value(parameter).whole();
    if (!number)
        fails("its " + quoted(parameter) + " is not known beforehand");
    return number.value_or(missing);
}

double AtenCall::real(std::string_view parameter, double missing)
{
    if (!has(parameter))
        return missing;
    const auto number = value(parameter).number();
    if (!number)
        fails("its " + quoted(parameter) + " is not known beforehand");
    return number.value_or(missing);
}

std::vector<std::int64_t> AtenCall::integers(std::string_view parameter, std::vector<std::int64_t> missing)
{
    const AtenValue &list = value(parameter);
    if (list.isNone())
        return missing;
    if (const auto number = list.whole())
        return {*number};
    std::vector<std::int64_t> numbers;
    if (!list.isSequence()) {
        fails("its " + quoted(parameter) + " is not known beforehand");
        return missing;
    }
    for (const AtenValue &item : *list.items) {
        const auto number = item.whole();
        if (!number) {
            fails("its " + quoted(parameter) + " is not known beforehand");
            return missing;
        }
        numbers.push_back(*number);
    }
    return numbers;
}

std::vector<std::int64_t> AtenCall::pair(std::string_view parameter, std::vector<std::int64_t> missing)
{
    auto numbers = integers(parameter, missing);
    if (numbers.size() == 1)
        numbers.push_back(numbers.front());
    if (numbers.empty())
        return missing;
    if (numbers.size() != 2)
        fails("it does not work on pictures of two dimensions");
    if (std::ranges::any_of(numbers, [](std::int64_t number) { return number < -1 || number > largestWindow; })) {
        fails("its " + quoted(parameter) + " is out of range");
        return missing;
    }
    return numbers;
}

LayerId AtenCall::layer(std::string_view parameter, Rows rows)
{
    const AtenValue &given = value(parameter);
    if (given.isLayer() && given.tensor->isMerged && rows == Rows::Refused)
        fails("it works across the pictures of a batch");
    if (given.isLayer())
        return *given.tensor->layer;
    if (given.isConstant())
        return operand(given, 0);
    fails("its " + quoted(parameter) + " is no tensor that Graft could work out");
    return m_graph.import().input();
}

LayerId AtenCall::operand(const AtenValue &value, std::size_t rank)
{
    if (value.isLayer() && !value.tensor->isMerged)
        return *value.tensor->layer;
    const LayerId stand = m_graph.import().input();
    if (!value.isConstant() || value.tensor->isTransposed || !isFloatingPoint(value.tensor->constant.type())) {
        fails("it takes what Graft could not work out beforehand");
        return stand;
    }
    AtenTensor &tensor = *value.tensor;
    if (tensor.asLayer)
        return *tensor.asLayer;
    Shape shape = tensor.constant.shape();
    if (shape.empty())
        shape = {1};
    const Tensor &bytes = tensor.constant;
    const Tensor shaped(bytes.type(), shape, std::make_shared<const Tensor>(bytes), bytes.bytes().data());
    const bool hasBatch = shape.size() == rank && shape.size() > 1 && shape.front() == 1;
    if (m_graph.isFull() || !m_graph.spend({{"", shaped}})) {
        fails("the file has too many steps");
        return stand;
    }
    const auto layer = m_graph.import().add(tensor.name.empty() ? std::string("constant") : tensor.name, "Parameter",
        {{"shape", shape}, {"has_batch_dimension", hasBatch}, {"trainable", tensor.isParameter}}, {}, {{"", shaped}});
    if (!layer) {
        fails(layer.error().message);
        return stand;
    }
    tensor.asLayer = *layer;
    return *layer;
}

AtenTensor *AtenCall::constant(std::string_view parameter)
{
    const AtenValue &given = value(parameter);
    if (given.isConstant())
        return given.tensor.get();
    fails("its " + quoted(parameter) + " is no tensor of the file");
    return nullptr;
}

Shape AtenCall::shape(LayerId layer)
{
    const auto &known = m_graph.import().shape(layer);
    if (!known)
        fails("the shape of its input is not known");
    return known.value_or(Shape{});
}

std::size_t AtenCall::rank(const AtenValue &value) const
{
    const auto sizes = m_graph.sizes(value);
    return sizes ? sizes->size() : 0;
}

std::int64_t AtenCall::axis(std::int64_t dim, std::size_t rank, Batch batch)
{
    if (dim < 0 && rank == 0)
        fails("the shape of its input is not known");
    const auto count = static_cast<std::int64_t>(rank);
    const std::int64_t counted = dim < 0 ? dim + count : dim;
    if (counted < 0 || (rank > 0 && counted >= count))
        fails("it names a dimension that there is not");
    else if (counted == 0 && batch == Batch::Refused)
        fails("it works across the pictures of a batch");
    return counted;
}

std::string AtenCall::stepName() const
{
    if (m_scope.isLeaf && !m_scope.path.empty())
        return m_scope.path;
    return m_scope.path.empty() ? std::string(m_name) : m_scope.path + "." + std::string(m_name);
}

AtenValue AtenCall::step(const std::string &type, Attributes attributes, std::vector<LayerId> inputs,
    const GraphImport::NamedTensors &tensors, const std::string &owner)
{
    if (m_failure)
        return {};
    if (m_graph.isFull() || !m_graph.spend(tensors))
        return fails("the file has too many steps");
    const auto layer = m_graph.import().add(owner.empty() ? stepName() : owner, type, std::move(attributes), std::move(inputs), tensors);
    return layer ? AtenValue::ofLayer(*layer) : fails(layer.error().message);
}

std::string AtenCall::ownerOf(const AtenTensor &tensor, std::string_view leaf) const
{
    if (tensor.name == leaf || tensor.name.empty())
        return stepName();
    const std::string suffix = "." + std::string(leaf);
    return tensor.name.ends_with(suffix) ? tensor.name.substr(0, tensor.name.size() - suffix.size()) : tensor.name;
}

} // namespace graft
