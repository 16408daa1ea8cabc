#include "graph/networkjson.h"
#include "architectures/architecture.h"
#include "graph/analysis.h"
#include "graph/edits.h"
#include "graph/preprocessing.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <functional>
#include <nlohmann/json.hpp>

using namespace graft;
using namespace smallnetworks;
using Json = nlohmann::json;

class NetworkJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyArchitectureComesBackEqual();
    void whatAPersonChangedComesBack();
    void hostileNetworksAreRefusedInOneSentence_data();
    void hostileNetworksAreRefusedInOneSentence();
    void anyFieldOfAnyKindIsSurvived();
    void preprocessingComesBackEqual();
    void badPreprocessingIsRefused();
};

Q_DECLARE_METATYPE(std::function<void(Json &)>)

void NetworkJsonTest::everyArchitectureComesBackEqual()
{
    for (const Architecture &architecture : architectures().all()) {
        const Network network = architecture.build(12);
        const auto back = networkFromJson(Json::parse(toJson(network).dump()));
        QVERIFY2(back, back ? "" : back.error().message.c_str());
        QVERIFY2(*back == network, architecture.name.c_str());
    }
}

void NetworkJsonTest::whatAPersonChangedComesBack()
{
    Network network = convolutionalHead();
    network.architecture = "small";
    QVERIFY(freeze(network, "features"));
    network.find(network.find("classifier.1")->id)->learningRateFactor = 10;
    network.find(network.find("classifier.0")->id)->attributes["p"] = 1.0;
    network.setOutput(network.find("classifier.2")->id);
    network.auxiliaryOutputs = {{network.find("features.0")->id, 0.4}};
    network.tiedTensors = {{"classifier.1.bias", "features.0.bias"}};
    const auto back = networkFromJson(Json::parse(toJson(network).dump()));
    QVERIFY(back);
    QVERIFY(*back == network);
}

void NetworkJsonTest::hostileNetworksAreRefusedInOneSentence_data()
{
    QTest::addColumn<std::function<void(Json &)>>("spoil");
    const auto row = [](const char *name, std::function<void(Json &)> spoil) { QTest::newRow(name) << spoil; };
    row("no object", [](Json &json) { json = Json::array(); });
    row("null", [](Json &json) { json = nullptr; });
    row("another format", [](Json &json) { json["format"] = "other"; });
    row("an auxiliary output that is none", [](Json &json) { json["auxiliaryOutputs"] = {{{"layer", "nowhere"}, {"lossWeight", 0.3}}}; });
    row("an auxiliary output without a weight", [](Json &json) { json["auxiliaryOutputs"] = {{{"layer", "input"}}}; });
    row("tied tensors that are a list", [](Json &json) { json["tiedTensors"] = Json::array({"weight"}); });
    row("another version", [](Json &json) { json["version"] = 2; });
    row("no layers", [](Json &json) { json["layers"] = Json::array(); });
    row("layers of another kind", [](Json &json) { json["layers"] = "many"; });
    row("layer of another kind", [](Json &json) { json["layers"][1] = 7; });
    row("no name", [](Json &json) { json["layers"][1].erase("name"); });
    row("empty name", [](Json &json) { json["layers"][1]["name"] = ""; });
    row("control characters", [](Json &json) { json["layers"][1]["name"] = "a\nb"; });
    row("long name", [](Json &json) { json["layers"][1]["name"] = std::string(100'000, 'a'); });
    row("duplicate name", [](Json &json) { json["layers"][2]["name"] = "conv1"; });
    row("unknown type", [](Json &json) { json["layers"][1]["type"] = "Conv9d"; });
    row("unknown input", [](Json &json) { json["layers"][1]["inputs"] = {"nowhere"}; });
    row("cycle", [](Json &json) { json["layers"][1]["inputs"] = {"fc"}; });
    row("own input", [](Json &json) { json["layers"][1]["inputs"] = {"conv1"}; });
    row("inputs of another kind", [](Json &json) { json["layers"][1]["inputs"] = {1}; });
    row("too many inputs", [](Json &json) { json["layers"][1]["inputs"] = {"input", "input"}; });
    row("no Input first", [](Json &json) { json["layers"].erase(0); });
    row("second Input", [](Json &json) {
        json["layers"].push_back({{"name", "in2"}, {"type", "Input"}, {"attributes", {{"shape", {1}}}}});
    });
    row("no output", [](Json &json) { json.erase("output"); });
    row("unknown output", [](Json &json) { json["output"] = "nowhere"; });
    row("unknown attribute", [](Json &json) { json["layers"][1]["attributes"]["colour"] = 1; });
    row("attribute of another kind", [](Json &json) { json["layers"][1]["attributes"]["out_channels"] = "8"; });
    row("fraction for a whole number", [](Json &json) { json["layers"][1]["attributes"]["out_channels"] = 8.5; });
    row("number beyond 64 bits", [](Json &json) { json["layers"][1]["attributes"]["out_channels"] = UINT64_MAX; });
    row("giant number", [](Json &json) { json["layers"][1]["attributes"]["out_channels"] = INT64_MAX; });
    row("negative number", [](Json &json) { json["layers"][1]["attributes"]["out_channels"] = -8; });
    row("list of texts", [](Json &json) { json["layers"][1]["attributes"]["stride"] = {"1", "1"}; });
    row("attributes of another kind", [](Json &json) { json["layers"][1]["attributes"] = {1, 2}; });
    row("frozen of another kind", [](Json &json) { json["layers"][1]["frozen"] = "yes"; });
    row("negative factor", [](Json &json) { json["layers"][1]["learningRateFactor"] = -1; });
}

void NetworkJsonTest::hostileNetworksAreRefusedInOneSentence()
{
    QFETCH(std::function<void(Json &)>, spoil);
    Json json = toJson(residual());
    QVERIFY(networkFromJson(json));
    spoil(json);
    const auto result = networkFromJson(json);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::NetworkInvalid || result.error().code == ErrorCode::AttributeInvalid);
    QVERIFY(result.error().message.ends_with('.') && result.error().message.size() < 2000);
}

void NetworkJsonTest::anyFieldOfAnyKindIsSurvived()
{
    const Json good = toJson(convolutionalHead());
    const std::vector<Json> values
        = {nullptr, true, -1, 1e300, UINT64_MAX, "", "fc", Json::array(), Json::object(), {INT64_MAX, INT64_MAX}};
    const Json fields = good.flatten();
    for (const auto &[pointer, old] : fields.items())
        for (const Json &value : values) {
            Json json = good;
            json[Json::json_pointer(pointer)] = value;
            // Right or wrong, it must come back with an answer, and what is accepted must be safe to analyse.
            if (const auto network = networkFromJson(json))
                static_cast<void>(analyse(*network));
        }
}

void NetworkJsonTest::preprocessingComesBackEqual()
{
    const Preprocessing value{0, 32, "bicubic", {0.5, 0.25, 0.125}, {1, 2, 0.1}};
    QVERIFY(preprocessingFromJson(Json::parse(toJson(value).dump())).value() == value);
    QVERIFY(preprocessingFromJson(toJson(Preprocessing())).value() == Preprocessing());
}

void NetworkJsonTest::badPreprocessingIsRefused()
{
    const Json good = toJson(Preprocessing());
    const std::vector<std::pair<std::string, Json>> spoilt = {{"crop", 0}, {"crop", 4097}, {"crop", UINT64_MAX}, {"crop", "224"},
        {"resize", -1}, {"resize", 0.5}, {"mean", {1, 2}}, {"mean", {1, 2, "3"}}, {"mean", "grey"}, {"standardDeviation", 1},
        {"interpolation", ""}, {"standardDeviation", {1, 0, 1}}, {"interpolation", 3}};
    for (const auto &[field, value] : spoilt) {
        Json json = good;
        json[field] = value;
        QVERIFY(!preprocessingFromJson(json));
        json.erase(field);
        const auto missing = preprocessingFromJson(json);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::SettingInvalid);
    }
    QVERIFY(!preprocessingFromJson(Json::array()));
}

QTEST_GUILESS_MAIN(NetworkJsonTest)
#include "networkjsontest.moc"
