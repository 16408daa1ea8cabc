#include "formats/support/atencall.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace graft {
namespace {

using Kind = AtenValue::Kind;

AtenValue size(AtenCall &call)
{
    const auto sizes = call.graph().sizes(call.value("self"));
    if (!sizes)
        return AtenValue::unknown();
    if (!call.has("dim"))
        return AtenValue::ofItems(Kind::List, *sizes);
    const std::int64_t axis = call.axis(call.integer("dim", 0), sizes->size(), AtenCall::Batch::Allowed);
    return call.failure() ? AtenValue::unknown() : (*sizes)[static_cast<std::size_t>(axis)];
}

AtenValue dimensions(AtenCall &call)
{
    const auto sizes = call.graph().sizes(call.value("self"));
    return sizes ? AtenValue::ofInteger(static_cast<std::int64_t>(sizes->size())) : AtenValue::unknown();
}

AtenValue length(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (self.kind == Kind::Text)
        return AtenValue::ofInteger(static_cast<std::int64_t>(self.text.size()));
    if (self.isSequence())
        return AtenValue::ofInteger(static_cast<std::int64_t>(self.items->size()));
    const auto sizes = call.graph().sizes(self);
    return sizes && !sizes->empty() ? sizes->front() : AtenValue::unknown();
}

AtenValue elements(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    return self.isConstant() ? AtenValue::ofInteger(self.tensor->constant.elementCount()) : AtenValue::unknown();
}

/// −1, 0 or 1; nothing when the two cannot be compared. A batch counts as more pictures than any number.
// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
std::optional<int> compare(const AtenValue &a, const AtenValue &b, int depth = 0)
{
    const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
    if (a.kind == Kind::Integer && b.kind == Kind::Integer)
        return a.isBatch == b.isBatch ? sign(a.integer, b.integer) : a.isBatch ? 1 : -1;
    if (a.number() && b.number())
        return sign(*a.number(), *b.number());
    if (a.kind == Kind::Text && b.kind == Kind::Text)
        return sign(a.text, b.text);
    if (!a.isSequence() || !b.isSequence() || depth > 2)
        return std::nullopt;
    if (a.items->size() != b.items->size())
        return sign(a.items->size(), b.items->size());
    for (std::size_t i = 0; i < a.items->size(); ++i)
        if (const auto order = compare((*a.items)[i], (*b.items)[i], depth + 1); !order || *order != 0)
            return order;
    return 0;
}

AtenValue comparison(AtenCall &call)
{
    const auto order = compare(call.value("a"), call.value("b"));
    if (!order)
        return call.fails("it compares what is not known beforehand");
    const std::string_view name = call.name();
    return AtenValue::ofBoolean(name == "eq" ? *order == 0
            : name == "ne"                   ? *order != 0
            : name == "lt"                   ? *order < 0
            : name == "le"                   ? *order <= 0
            : name == "gt"                   ? *order > 0
                                             : *order >= 0);
}

AtenValue isSame(AtenCall &call)
{
    const AtenValue &a = call.value("a"), &b = call.value("b");
    const bool isNegated = call.name() == "__isnot__";
    if (a.kind == Kind::Unknown || b.kind == Kind::Unknown)
        return AtenValue::ofBoolean((a.isNone() || b.isNone()) == isNegated);
    const bool same = a.kind == b.kind && (a.isTensor() ? a.tensor == b.tensor : a.isNone() || compare(a, b) == 0);
    return AtenValue::ofBoolean(same != isNegated);
}

AtenValue logical(AtenCall &call)
{
    const auto a = call.value("a").whole(), b = call.value("b").whole();
    if (call.name() == "__not__")
        return a ? AtenValue::ofBoolean(*a == 0) : AtenValue::unknown();
    if (!a || !b)
        return AtenValue::unknown();
    return AtenValue::ofBoolean(call.name() == "__and__" ? *a != 0 && *b != 0 : *a != 0 || *b != 0);
}

/// Whether all, or any, of a list are true.
AtenValue quantified(AtenCall &call)
{
    const AtenValue &list = call.value("self");
    if (!list.isSequence())
        return call.fails("it looks at values");
    const bool all = call.name() == "all";
    for (const AtenValue &item : *list.items)
        if (item.whole().value_or(0) != (all ? 1 : 0))
            return AtenValue::ofBoolean(!all);
    return AtenValue::ofBoolean(all);
}

/// Rounded towards minus infinity, as Python does.
AtenValue floorDivide(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    const auto divisor = call.value("other").whole();
    if (self.kind == Kind::Integer && divisor && *divisor > 0) {
        AtenValue result = self;
        if (self.isBatch && self.integer % *divisor != 0)
            return AtenValue::unknown();
        result.integer = self.integer / *divisor - (self.integer % *divisor < 0 ? 1 : 0);
        return result;
    }
    if (self.whole() && divisor && *divisor > 0)
        return AtenValue::ofInteger(*self.whole() / *divisor - (*self.whole() % *divisor < 0 ? 1 : 0));
    if (self.number() && call.value("other").number().value_or(0) != 0)
        return AtenValue::ofReal(std::floor(*self.number() / *call.value("other").number()));
    return call.fails("its numbers are not known beforehand");
}

AtenValue remainder(AtenCall &call)
{
    const auto number = call.value("self").whole(), divisor = call.value("other").whole();
    if (!number || !divisor || *divisor <= 0)
        return call.fails("its numbers are not known beforehand");
    const std::int64_t rest = *number % *divisor;
    return AtenValue::ofInteger(rest < 0 ? rest + *divisor : rest);
}

AtenValue rounded(AtenCall &call)
{
    const auto number = call.value("self").number();
    if (!number || std::abs(*number) > 1e15)
        return call.fails("it works on values");
    return AtenValue::ofInteger(static_cast<std::int64_t>(call.name() == "ceil" ? std::ceil(*number) : std::floor(*number)));
}

/// int(…), and what makes a tensor of a number.
AtenValue toWhole(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (self.kind == Kind::Integer)
        return self;
    const auto number = self.number();
    if (!number || !(std::abs(*number) < 9e18))
        return AtenValue::unknown();
    return AtenValue::ofInteger(self.whole().value_or(static_cast<std::int64_t>(*number)));
}

AtenValue toReal(AtenCall &call)
{
    const auto number = call.value("self").number();
    return number ? AtenValue::ofReal(*number) : AtenValue::unknown();
}

AtenValue toBoolean(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (self.kind == Kind::Integer && self.isBatch)
        return AtenValue::ofBoolean(true);
    return self.number() ? AtenValue::ofBoolean(*self.number() != 0) : AtenValue::unknown();
}

AtenValue same(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    return self.kind == Kind::Integer || self.number() ? self : AtenValue::unknown();
}

AtenValue append(AtenCall &call)
{
    constexpr std::size_t longest = 100'000;
    const AtenValue &list = call.value("self");
    // Lists of lists stay as they are made: they could come to hold themselves.
    if (list.kind != Kind::List || list.items->size() > longest || call.value("item").items)
        return call.fails("its list is not known beforehand");
    list.items->push_back(call.value("item"));
    return list;
}

AtenValue setItem(AtenCall &call)
{
    const AtenValue &list = call.value("self");
    const auto size = list.kind == Kind::List ? static_cast<std::int64_t>(list.items->size()) : 0;
    std::int64_t index = call.integer("index", 0);
    index = index < 0 ? index + size : index;
    if (index < 0 || index >= size || call.value("item").items)
        return call.fails("its list is not known beforehand");
    (*list.items)[static_cast<std::size_t>(index)] = call.value("item");
    return list;
}

AtenValue contains(AtenCall &call)
{
    const AtenValue &list = call.value("self");
    if (!list.isSequence())
        return AtenValue::unknown();
    return AtenValue::ofBoolean(
        std::ranges::any_of(*list.items, [&](const AtenValue &item) { return compare(item, call.value("item")) == 0; }));
}

AtenValue find(AtenCall &call)
{
    const AtenValue &text = call.value("self"), &part = call.value("part");
    const auto place = text.text.find(part.text);
    return AtenValue::ofInteger(place == std::string::npos ? -1 : static_cast<std::int64_t>(place));
}

AtenValue range(AtenCall &call)
{
    constexpr std::int64_t longest = 10'000;
    const bool hasStart = call.has("b");
    const std::int64_t start = hasStart ? call.integer("a", 0) : 0;
    const std::int64_t end = call.integer(hasStart ? "b" : "a", 0), step = call.integer("step", 1);
    std::vector<AtenValue> numbers;
    for (std::int64_t number = start; step > 0 && number < end; number += step) {
        if (static_cast<std::int64_t>(numbers.size()) >= longest || step > longest)
            return call.fails("it counts too far");
        numbers.push_back(AtenValue::ofInteger(number));
    }
    return AtenValue::ofItems(Kind::List, std::move(numbers));
}

AtenValue yes(AtenCall &)
{
    return AtenValue::ofBoolean(true);
}

AtenValue no(AtenCall &)
{
    return AtenValue::ofBoolean(false);
}

AtenValue nothing(AtenCall &)
{
    return {};
}

AtenValue someText(AtenCall &call)
{
    return AtenValue::ofText(call.name() == "device" || call.name() == "str" ? "cpu" : "");
}

/// float32, as PyTorch numbers types.
AtenValue floatType(AtenCall &)
{
    return AtenValue::ofInteger(6);
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"size", "self dim", size},
    {"sym_size", "self dim", size},
    {"dim", "self", dimensions},
    {"len", "self", length},
    {"numel", "self", elements},
    {"eq", "a b", comparison},
    {"ne", "a b", comparison},
    {"lt", "a b", comparison},
    {"le", "a b", comparison},
    {"gt", "a b", comparison},
    {"ge", "a b", comparison},
    {"__is__", "a b", isSame},
    {"__isnot__", "a b", isSame},
    {"__not__", "a", logical},
    {"__and__", "a b", logical},
    {"__or__", "a b", logical},
    {"all", "self", quantified},
    {"any", "self", quantified},
    {"floordiv", "self other", floorDivide},
    {"floor_divide", "self other", floorDivide},
    {"remainder", "self other", remainder},
    {"floor", "self", rounded},
    {"ceil", "self", rounded},
    {"int", "self", toWhole},
    {"Int", "self", toWhole},
    {"IntImplicit", "self", toWhole},
    {"bool", "self", toBoolean},
    {"Bool", "self", toBoolean},
    {"Float", "self", toReal},
    {"FloatImplicit", "self", toReal},
    {"NumToTensor", "self", same},
    {"tensor", "self dtype device requires_grad", same},
    {"scalar_tensor", "self dtype layout device", same},
    {"append", "self item", append},
    {"_set_item", "self index item", setItem},
    {"__contains__", "self item", contains},
    {"find", "self part start end", find},
    {"range", "a b step", range},
    {"is_floating_point", "self", yes},
    {"is_grad_enabled", "", no},
    {"is_autocast_enabled", "", no},
    {"is_tracing", "", no},
    {"is_scripting", "", yes},
    {"is_cuda", "self", no},
    {"is_nested", "self", no},
    {"is_quantized", "self", no},
    {"requires_grad", "self", no},
    {"_assert", "condition message", nothing},
    {"warn", "message stacklevel", nothing},
    {"format", "a b c d e f g h", someText},
    {"str", "self", someText},
    {"device", "self", someText},
    {"dtype", "self", floatType},
    {"_has_torch_function", "self", no},
    {"has_torch_function", "self", no},
});

} // namespace

std::span<const AtenOperator> atenNumbers()
{
    return operators;
}

} // namespace graft
