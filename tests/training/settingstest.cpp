#include "training/config.h"

#include <QTest>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

using namespace graft;

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonKeepsEverySetting();
    void badSettingsGetOneSentenceThatNamesThem();
    void brokenJsonGetsASentence();
    void automaticPrecisionIsBfloat16WhereTheDeviceMultipliesIt();
};

void SettingsTest::jsonKeepsEverySetting()
{
    QVERIFY(validate(TrainingConfig{}));
    TrainingConfig config;
    config.epochs = 3;
    config.batchSize = 7;
    config.optimizer = "adamw";
    config.learningRate = 0.1 + 0.2;
    config.momentum = 0.5;
    config.nesterov = true;
    config.weightDecay = 1e-4;
    config.schedule = "onecycle";
    config.stepEpochs = 2;
    config.stepFactor = 0.25;
    config.warmupShare = 0.4;
    config.labelSmoothing = 0.1;
    config.seed = std::numeric_limits<std::uint64_t>::max();
    config.device.cudaIndex = 1;
    config.precision = "bf16";
    config.activationCheckpointing = "on";
    config.deterministic = false;
    config.cudaGraphs = true;
    const auto back = trainingConfigFromJson(nlohmann::json::parse(toJson(config).dump()));
    QVERIFY(back);
    QVERIFY(*back == config);
}

void SettingsTest::badSettingsGetOneSentenceThatNamesThem()
{
    const double nan = std::nan("");
    const std::pair<const char *, std::function<void(TrainingConfig &)>> cases[] = {
        {"epochs", [](TrainingConfig &c) { c.epochs = 0; }},
        {"batchSize", [](TrainingConfig &c) { c.batchSize = -1; }},
        {"learningRate", [](TrainingConfig &c) { c.learningRate = 0; }},
        {"learningRate", [nan](TrainingConfig &c) { c.learningRate = nan; }},
        {"learningRate", [](TrainingConfig &c) { c.learningRate = 1e9; }},
        {"momentum", [](TrainingConfig &c) { c.momentum = 1; }},
        {"nesterov",
            [](TrainingConfig &c) {
                c.momentum = 0;
                c.nesterov = true;
            }},
        {"weightDecay", [](TrainingConfig &c) { c.weightDecay = -0.1; }},
        {"stepEpochs", [](TrainingConfig &c) { c.stepEpochs = 0; }},
        {"stepFactor", [](TrainingConfig &c) { c.stepFactor = 0; }},
        {"warmupShare", [](TrainingConfig &c) { c.warmupShare = 1.5; }},
        {"labelSmoothing", [](TrainingConfig &c) { c.labelSmoothing = 1; }},
        {"optimizer", [](TrainingConfig &c) { c.optimizer = "lion"; }},
        {"schedule", [](TrainingConfig &c) { c.schedule = ""; }},
        {"precision", [](TrainingConfig &c) { c.precision = "fp8"; }},
        {"activationCheckpointing", [](TrainingConfig &c) { c.activationCheckpointing = ""; }},
    };
    for (const auto &[setting, change] : cases) {
        TrainingConfig config;
        change(config);
        const auto valid = validate(config);
        QVERIFY2(!valid, setting);
        QCOMPARE(valid.error().code, ErrorCode::SettingInvalid);
        QCOMPARE(valid.error().subject, std::string(setting));
        QVERIFY(valid.error().message.ends_with("."));
    }
}

void SettingsTest::brokenJsonGetsASentence()
{
    for (const char *text : {"{}", "[]", "3", R"({"epochs":"many"})"})
        QCOMPARE(trainingConfigFromJson(nlohmann::json::parse(text)).error().code, ErrorCode::SettingInvalid);
    nlohmann::json json = toJson(TrainingConfig{});
    json["device"] = "cuda:-3";
    QCOMPARE(trainingConfigFromJson(json).error().code, ErrorCode::SettingInvalid);
}

void SettingsTest::automaticPrecisionIsBfloat16WhereTheDeviceMultipliesIt()
{
    const Device cpu, cuda{0};
    for (const Device device : {cpu, cuda}) {
        QVERIFY(usesBfloat16("bf16", device));
        QVERIFY(!usesBfloat16("fp32", device));
    }
    QVERIFY(usesBfloat16("auto", cuda));
    std::ifstream processors("/proc/cpuinfo");
    if (!processors)
        QSKIP("this system does not list its processors' features");
    const std::string features((std::istreambuf_iterator(processors)), {});
    QCOMPARE(usesBfloat16("auto", cpu), features.find("avx512_bf16") != std::string::npos);
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settingstest.moc"
