#include <ATen/core/grad_mode.h>
#include <QTest>

#include "graph/limits.h"
#include "layercases.h"

#include <random>

using namespace graft;

namespace {

/// Layers as a file by a stranger may hold them: each attribute alone is allowed, together they may make no sense.
class Strange {
public:
    explicit Strange(unsigned seed) : m_engine(seed) { }

    std::int64_t between(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(m_engine() % static_cast<std::uint64_t>(most - least + 1));
    }
    Shape shape(std::int64_t dimensions, std::int64_t largest)
    {
        Shape result;
        for (std::int64_t index = 0; index < dimensions; ++index)
            result.push_back(between(1, largest));
        return result;
    }
    Attributes attributes(const LayerType &type)
    {
        Attributes result;
        for (const AttributeSchema &schema : type.schema)
            if (schema.required || between(0, 1) == 0)
                result[schema.name] = value(schema);
        return result;
    }

private:
    std::int64_t integer(const AttributeSchema &schema)
    {
        // Now and then as large as it may be.
        if (between(0, 40) == 0)
            return schema.maximum ? static_cast<std::int64_t>(*schema.maximum) : maximumDimension;
        const auto least = std::max<std::int64_t>(-4, static_cast<std::int64_t>(schema.minimum.value_or(-4)));
        const auto most = std::min<std::int64_t>(8, static_cast<std::int64_t>(schema.maximum.value_or(8)));
        return between(std::min(least, most), most);
    }
    AttributeValue value(const AttributeSchema &schema)
    {
        if (std::holds_alternative<bool>(schema.defaultValue))
            return between(0, 1) == 0;
        if (std::holds_alternative<std::int64_t>(schema.defaultValue))
            return integer(schema);
        if (std::holds_alternative<double>(schema.defaultValue))
            return std::clamp(static_cast<double>(between(-20, 30)) / 10, schema.minimum.value_or(-9), schema.maximum.value_or(9));
        if (std::holds_alternative<std::string>(schema.defaultValue))
            return schema.choices.empty()
                ? std::string("text")
                : schema.choices[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(schema.choices.size()) - 1))];
        std::vector<std::int64_t> values(schema.length == 0 ? static_cast<std::size_t>(between(1, 4)) : schema.length);
        for (std::int64_t &one : values)
            one = integer(schema);
        return values;
    }

    std::mt19937_64 m_engine;
};

std::string textOf(const Case &test)
{
    std::string text = test.type;
    for (const auto &[name, value] : test.attributes)
        text += " " + name + "=" + describe(value);
    for (const Shape &input : test.inputs)
        text += " [" + describe(input) + "]";
    return text;
}

bool isSmall(const cases::Prepared &prepared, const Shape &output)
{
    constexpr std::int64_t most = 200'000;
    return elementCount(output) <= most
        && std::ranges::all_of(prepared.specs, [](const TensorSpec &spec) { return elementCount(spec.shape) <= most; });
}

} // namespace

class LayerShapesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatShapeInferenceAcceptsRunsAndGivesThatShape();
};

void LayerShapesTest::whatShapeInferenceAcceptsRunsAndGivesThatShape()
{
    const at::NoGradGuard noGradients;
    QStringList wrong;
    int accepted = 0;
    for (const LayerType &type : layerTypes().all()) {
        Strange strange(1);
        for (int trial = 0; type.forward && trial < 300; ++trial) {
            Case test{type.name, strange.attributes(type), {}};
            const std::int64_t inputs = type.maximumInputs < 0 ? 3 : type.maximumInputs;
            for (std::int64_t index = 0; index < inputs; ++index)
                test.inputs.push_back(
                    strange.between(0, 2) == 0 && index > 0 ? test.inputs.front() : strange.shape(strange.between(0, 4), 8));
            if (type.name == "Input")
                test.inputs = {std::get<std::vector<std::int64_t>>(test.attributes.at("shape"))};
            cases::Prepared prepared = cases::described(test);
            prepared.layer.inputs.assign(type.name == "Input" ? 0 : test.inputs.size(), LayerId{0});
            if (!validate(prepared.layer))
                continue;
            const auto output = type.outputShape(prepared.layer, test.inputs, prepared.inputNames);
            if (!output || !isWithinLimits(*output))
                continue;
            if (type.tensors)
                prepared.specs = type.tensors(prepared.layer, test.inputs);
            if (!std::ranges::all_of(prepared.specs, [](const TensorSpec &spec) { return isWithinLimits(spec.shape); }))
                continue;
            if (type.multiplyAdds && type.multiplyAdds(prepared.layer, test.inputs, *output) < 0)
                wrong << QString::fromStdString(textOf(test) + ": fewer than no multiply-adds");
            if (!isSmall(prepared, *output))
                continue;
            cases::fill(prepared, test, 2);
            Shape expected = *output;
            expected.insert(expected.begin(), type.maximumInputs == 0 && type.name != "Input" ? 1 : 2);
            ++accepted;
            try {
                const Shape got = prepared.run(false).sizes().vec();
                if (got != expected)
                    wrong << QString::fromStdString(textOf(test) + ": " + describe(got) + " instead of " + describe(expected));
            } catch (const std::exception &error) {
                wrong << QString::fromStdString(textOf(test) + ": " + std::string(error.what()).substr(0, 150));
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(QString::number(wrong.size()) + "\n" + wrong.join('\n')));
    QVERIFY(accepted > 3000);
}

QTEST_GUILESS_MAIN(LayerShapesTest)
#include "layershapestest.moc"
