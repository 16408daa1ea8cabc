#include "formats/support/atencall.h"

#include <array>
#include <cmath>

namespace graft {
namespace {

using Kind = AtenValue::Kind;

AtenValue scaled(AtenCall &call, std::string_view parameter, double factor, double offset)
{
    if (factor == 1 && offset == 0)
        return call.value(parameter);
    return call.step("Scale", {{"factor", factor}, {"offset", offset}}, {call.layer(parameter)});
}

/// Two tensors, or what is left of them.
AtenValue merged(AtenCall &call, const char *type)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    const std::size_t rank = std::max(call.rank(self), call.rank(other));
    const LayerId first = call.operand(self, rank);
    const LayerId second = call.operand(other, rank);
    return call.step(type, {}, {first, second});
}

/// Whole numbers; what 64 bits cannot hold, and what mixes the batch with other numbers, is not known.
AtenValue wholeResult(std::string_view name, const AtenValue &a, const AtenValue &b)
{
    AtenValue result = AtenValue::ofInteger(0);
    const bool isSum = name == "add" || name == "sub" || name == "rsub";
    if (isSum && a.isBatch != b.isBatch)
        return AtenValue::unknown();
    result.isBatch = isSum ? a.isBatch : a.isBatch || b.isBatch;
    if (!isSum && a.isBatch && b.isBatch)
        return AtenValue::unknown();
    bool isTooLarge = false;
    if (name == "add")
        isTooLarge = __builtin_add_overflow(a.integer, b.integer, &result.integer);
    else if (name == "sub")
        isTooLarge = __builtin_sub_overflow(a.integer, b.integer, &result.integer);
    else if (name == "rsub")
        isTooLarge = __builtin_sub_overflow(b.integer, a.integer, &result.integer);
    else
        isTooLarge = __builtin_mul_overflow(a.integer, b.integer, &result.integer);
    return isTooLarge ? AtenValue::unknown() : result;
}

AtenValue realResult(std::string_view name, double a, double b)
{
    if (name == "add")
        return AtenValue::ofReal(a + b);
    if (name == "sub")
        return AtenValue::ofReal(a - b);
    if (name == "rsub")
        return AtenValue::ofReal(b - a);
    if (name == "mul")
        return AtenValue::ofReal(a * b);
    return b == 0 ? AtenValue::unknown() : AtenValue::ofReal(a / b);
}

AtenValue wholeValue(const AtenValue &value)
{
    return value.kind == Kind::Integer ? value : AtenValue::ofInteger(value.whole().value_or(0));
}

AtenValue ofNumbers(AtenCall &call, const AtenValue &self, const AtenValue &other)
{
    const auto isWhole = [](const AtenValue &value) { return value.kind == Kind::Integer || value.whole(); };
    if (isWhole(self) && isWhole(other) && call.name() != "div")
        return wholeResult(call.name(), wholeValue(self), wholeValue(other));
    if (!self.number() || !other.number())
        return AtenValue::unknown();
    return realResult(call.name(), *self.number(), *other.number());
}

bool isNumber(const AtenValue &value)
{
    return value.kind == Kind::Integer || value.number();
}

/// Texts and lists are joined, within limits.
AtenValue joined(AtenCall &call, const AtenValue &self, const AtenValue &other)
{
    constexpr std::size_t longest = 100'000;
    if (self.kind == Kind::Text)
        return self.text.size() + other.text.size() < longest ? AtenValue::ofText(self.text + other.text) : AtenValue::unknown();
    if (self.items->size() + other.items->size() > longest)
        return call.fails("its list is too long");
    std::vector<AtenValue> items = *self.items;
    items.insert(items.end(), other.items->begin(), other.items->end());
    return AtenValue::ofItems(Kind::List, std::move(items));
}

AtenValue add(AtenCall &call)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    if ((self.kind == Kind::Text && other.kind == Kind::Text) || (self.kind == Kind::List && other.kind == Kind::List))
        return joined(call, self, other);
    if (isNumber(self) && isNumber(other))
        return ofNumbers(call, self, other);
    const double alpha = call.real("alpha", 1);
    const double sign = call.name() == "sub" ? -1 : 1;
    if (const auto number = other.number())
        return scaled(call, "self", 1, sign * alpha * *number);
    if (const auto number = self.number(); number && alpha == 1)
        return scaled(call, "other", sign, *number);
    if (alpha != 1)
        return call.fails("it scales besides");
    return merged(call, call.name() == "sub" ? "Subtract" : "Add");
}

/// other − self.
AtenValue reverseSubtract(AtenCall &call)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    if (isNumber(self) && isNumber(other))
        return ofNumbers(call, self, other);
    const auto number = other.number();
    if (!number || call.real("alpha", 1) != 1)
        return call.fails("it scales besides");
    return scaled(call, "self", -1, *number);
}

AtenValue multiply(AtenCall &call)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    if (isNumber(self) && isNumber(other))
        return ofNumbers(call, self, other);
    if (const auto number = other.number())
        return scaled(call, "self", *number, 0);
    if (const auto number = self.number())
        return scaled(call, "other", *number, 0);
    return merged(call, "Multiply");
}

AtenValue divide(AtenCall &call)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    if (call.has("rounding_mode"))
        return call.fails("it rounds");
    if (isNumber(self) && isNumber(other))
        return ofNumbers(call, self, other);
    if (const auto number = other.number(); number && *number != 0)
        return scaled(call, "self", 1 / *number, 0);
    if (const auto number = self.number(); number && *number == 1)
        return call.step("Reciprocal", {}, {call.layer("other")});
    return merged(call, "Divide");
}

AtenValue extreme(AtenCall &call)
{
    const AtenValue &self = call.value("self"), &other = call.value("other");
    const bool isLargest = call.name().starts_with("max");
    if (self.whole() && other.whole())
        return AtenValue::ofInteger(isLargest ? std::max(*self.whole(), *other.whole()) : std::min(*self.whole(), *other.whole()));
    if (!self.isTensor() || !other.isTensor())
        return call.fails("it is given what is no tensor");
    return merged(call, isLargest ? "Maximum" : "Minimum");
}

AtenValue power(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    const double exponent = call.real("exponent", 1);
    if (const auto number = self.number())
        return AtenValue::ofReal(std::pow(*number, exponent));
    return call.step("Pow", {{"exponent", exponent}}, {call.layer("self")});
}

AtenValue square(AtenCall &call)
{
    return call.step("Pow", {{"exponent", 2.0}}, {call.layer("self")});
}

AtenValue squareRoot(AtenCall &call)
{
    if (const auto number = call.value("self").number())
        return AtenValue::ofReal(std::sqrt(*number));
    return call.step("Sqrt", {}, {call.layer("self")});
}

AtenValue negative(AtenCall &call)
{
    const AtenValue &self = call.value("self");
    if (const auto whole = self.whole())
        return wholeResult("rsub", AtenValue::ofInteger(*whole), AtenValue::ofInteger(0));
    if (const auto number = self.number())
        return AtenValue::ofReal(-*number);
    return call.step("Neg", {}, {call.layer("self")});
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"add", "self other alpha", add},
    {"sub", "self other alpha", add},
    {"rsub", "self other alpha", reverseSubtract},
    {"mul", "self other", multiply},
    {"div", "self other rounding_mode", divide},
    {"true_divide", "self other", divide},
    {"maximum", "self other", extreme},
    {"minimum", "self other", extreme},
    {"max", "self other", extreme},
    {"min", "self other", extreme},
    {"pow", "self exponent", power},
    {"square", "self", square},
    {"sqrt", "self", squareRoot},
    {"neg", "self", negative},
});

} // namespace

std::span<const AtenOperator> atenArithmetic()
{
    return operators;
}

} // namespace graft
