#include "architectures/recognition/renaming.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <set>
#include <string_view>

namespace graft {
namespace {

constexpr std::size_t longestName = 512;
constexpr std::size_t longestNumber = 6;

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// What the parts of a pattern stood for.
struct Match {
    std::array<int, 26> numbers{}; ///< by letter
    std::string_view rest;
    [[nodiscard]] int &number(char letter) { return numbers[static_cast<std::size_t>(letter - 'a')]; }
};

std::optional<Match> match(std::string_view pattern, std::string_view name)
{
    Match found;
    while (!pattern.empty()) {
        if (pattern == "*") {
            found.rest = name;
            return name.empty() ? std::nullopt : std::optional(found);
        }
        if (!pattern.starts_with('{')) {
            if (name.empty() || name.front() != pattern.front())
                return std::nullopt;
            pattern.remove_prefix(1);
            name.remove_prefix(1);
            continue;
        }
        const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(name, isDigit) - name.begin());
        if (digits == 0 || digits > longestNumber)
            return std::nullopt;
        std::from_chars(name.data(), name.data() + digits, found.number(pattern[1]));
        name.remove_prefix(digits);
        pattern.remove_prefix(3);
    }
    return name.empty() ? std::optional(found) : std::nullopt;
}

/// The value of "i", "i+1", "2i", "2i-1".
int valueOf(std::string_view expression, Match found)
{
    int factor = 1, offset = 0;
    if (isDigit(expression.front())) {
        factor = expression.front() - '0';
        expression.remove_prefix(1);
    }
    if (expression.size() == 3)
        offset = (expression[1] == '-' ? -1 : 1) * (expression[2] - '0');
    return factor * found.number(expression.front()) + offset;
}

std::string filledIn(std::string_view pattern, const Match &found)
{
    std::string text;
    while (!pattern.empty()) {
        if (pattern == "*")
            return text.append(found.rest);
        if (pattern.front() == '{') {
            const auto end = pattern.find('}');
            text += std::to_string(valueOf(pattern.substr(1, end - 1), found));
            pattern.remove_prefix(end + 1);
            continue;
        }
        text += pattern.front();
        pattern.remove_prefix(1);
    }
    return text;
}

using Pairs = std::set<std::pair<int, int>>;

Pairs countedPairs(const StateDict &tensors, const NamingScheme &scheme)
{
    Pairs pairs;
    for (const auto &[name, tensor] : tensors.entries())
        if (auto found = scheme.counted ? match(scheme.counted, name) : std::nullopt)
            pairs.emplace(found->number('i'), found->number('j'));
    return pairs;
}

/// The rule for a name, and the name it gives.
struct Applied {
    const Renaming *rule = nullptr;
    std::string name;
};

std::optional<Applied> apply(const NamingScheme &scheme, const Pairs &pairs, const StateDict &tensors, std::string_view name)
{
    if (name.size() > longestName)
        return std::nullopt;
    for (const Renaming &rule : scheme.rules) {
        auto found = match(rule.from, name);
        if (!found)
            continue;
        if (rule.when && !tensors.contains(filledIn(rule.when, *found)))
            continue;
        const auto position = pairs.lower_bound({found->number('i'), found->number('j')});
        found->number('n') = static_cast<int>(std::distance(pairs.begin(), position));
        return Applied{&rule, filledIn(rule.to, *found)};
    }
    return std::nullopt;
}

Tensor inShape(const Tensor &tensor, Shape shape)
{
    return {tensor.type(), std::move(shape), std::make_shared<const Tensor>(tensor), tensor.bytes().data()};
}

/// The tensor in the rule's form; as it is when it does not have the shape that the form starts from.
Tensor inForm(const Tensor &tensor, TensorForm form)
{
    const Shape &shape = tensor.shape();
    if (form == TensorForm::ChannelColumn && shape.size() == 1)
        return inShape(tensor, {shape[0], 1, 1});
    if (form == TensorForm::Matrix && shape.size() > 2 && shape[0] > 0)
        return inShape(tensor, {shape[0], tensor.elementCount() / shape[0]});
    if (form == TensorForm::Flat)
        return inShape(tensor, {tensor.elementCount()});
    return tensor;
}

bool isThird(TensorForm form)
{
    return form >= TensorForm::FirstOfThree;
}

using Thirds = std::array<const Tensor *, 3>;

/// One tensor of three with the same shape and type; nothing when they differ or one is missing.
std::optional<Tensor> joined(const Thirds &parts)
{
    if (std::ranges::find(parts, nullptr) != parts.end())
        return std::nullopt;
    const Tensor &first = *parts[0];
    const auto isAlike = [&](const Tensor *part) { return part->type() == first.type() && part->shape() == first.shape(); };
    if (first.shape().empty() || !std::ranges::all_of(parts, isAlike))
        return std::nullopt;
    auto bytes = std::make_shared<std::vector<std::byte>>();
    bytes->reserve(3 * first.bytes().size());
    for (const Tensor *part : parts)
        bytes->insert(bytes->end(), part->bytes().begin(), part->bytes().end());
    Shape shape = first.shape();
    shape.front() *= 3;
    return Tensor(first.type(), std::move(shape), std::shared_ptr<const std::vector<std::byte>>(std::move(bytes)));
}

} // namespace

std::optional<StateDict> renamed(const StateDict &tensors, const NamingScheme &scheme)
{
    if (!tensors.contains(scheme.mark))
        return std::nullopt;
    const Pairs pairs = countedPairs(tensors, scheme);
    StateDict result;
    std::map<std::string, Thirds> parts;
    for (const auto &[name, tensor] : tensors.entries()) {
        const auto applied = apply(scheme, pairs, tensors, name);
        if (applied && applied->name.empty())
            continue;
        if (applied && isThird(applied->rule->form)) {
            const auto index = static_cast<std::size_t>(applied->rule->form) - static_cast<std::size_t>(TensorForm::FirstOfThree);
            parts[applied->name][index] = &tensor;
        } else if (applied && !result.contains(applied->name)) {
            result.set(applied->name, inForm(tensor, applied->rule->form));
        } else {
            result.set(name, tensor);
        }
    }
    for (const auto &[name, thirds] : parts)
        if (auto whole = joined(thirds))
            result.set(name, std::move(*whole));
    return result;
}

} // namespace graft
