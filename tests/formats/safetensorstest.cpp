#include "formats/safetensors.h"
#include "core/files.h"
#include "formats/python.h"
#include "support/shareddata.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>

using namespace graft;

namespace {

std::string withHeader(const std::string &json, const std::string &data)
{
    std::string text(8, '\0');
    const std::uint64_t length = json.size();
    std::memcpy(text.data(), &length, 8);
    return text + json + data;
}

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileBySpecificationIsReadExactly();
    void whatIsWrittenFollowsTheSpecification();
    void whatIsWrittenIsReadBackEqualAndInOrder();
    void aHeaderThatLiesIsRefused_data();
    void aHeaderThatLiesIsRefused();
    void aDeepHeaderIsRefusedAtOnce();
    void publishedWeightsAreRead();

private:
    [[nodiscard]] std::filesystem::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void SafetensorsTest::aFileBySpecificationIsReadExactly()
{
    const auto file = path("spec.safetensors");
    QVERIFY(runPython("safetensors_spec.py", {"write", QString::fromStdString(file.string())}));
    const auto contents = readSafetensors(file);
    QVERIFY2(contents, contents ? "" : contents.error().message.c_str());
    QCOMPARE(contents->tensors.size(), std::size_t{5});
    const Tensor *weight = contents->tensors.find("conv.weight");
    QVERIFY(weight && weight->shape() == Shape({2, 3, 4}));
    for (std::size_t i = 0; i < 24; ++i)
        QCOMPARE(weight->floats()[i], static_cast<float>(i) / 7.0F);
    QCOMPARE(contents->tensors.find("half")->toFloats(), std::vector<float>({0, 1, 2}));
    QCOMPARE(contents->tensors.find("counter")->toFloats(), std::vector<float>({7}));
    QCOMPARE(contents->tensors.find("nothing")->shape(), Shape({0, 5}));
    QCOMPARE(contents->tensors.find("flags")->toFloats(), std::vector<float>({1, 0, 1}));
    QCOMPARE(contents->metadata, (std::map<std::string, std::string>{{"made by", "a test"}, {"é", "ü"}}));
}

namespace {

FileContents someContents()
{
    FileContents contents;
    contents.tensors.set("b.flag", Tensor(DType::Bool, {3}, std::make_shared<const std::vector<std::byte>>(3, std::byte{1})));
    contents.tensors.set("b.weight", Tensor::fromFloats({2, 2}, std::vector<float>{1, -2, 3.5F, 0}));
    contents.tensors.set("a.count", Tensor::fromInt64s({}, std::vector<std::int64_t>{-5}));
    contents.metadata = {{"graft", "{\"x\":\"»\"}"}};
    return contents;
}

} // namespace

void SafetensorsTest::whatIsWrittenFollowsTheSpecification()
{
    const auto file = path("ours.safetensors");
    QVERIFY(writeSafetensors(file, someContents()));
    const auto said = runPython("safetensors_spec.py", {"check", QString::fromStdString(file.string())});
    QVERIFY(said);
    QCOMPARE(*said, QByteArray("a.count I64  2036\nb.weight F32 2,2 543\nb.flag BOOL 3 3\nmetadata graft {\"x\":\"»\"}\n"));
}

void SafetensorsTest::whatIsWrittenIsReadBackEqualAndInOrder()
{
    const auto file = path("round.safetensors");
    QVERIFY(writeSafetensors(file, someContents()));
    const auto contents = readSafetensors(file);
    QVERIFY(contents);
    QVERIFY(contents->tensors == someContents().tensors);
    QCOMPARE(contents->metadata, someContents().metadata);
}

void SafetensorsTest::aHeaderThatLiesIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("gap") << QByteArray(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})");
    QTest::newRow("overlap") << QByteArray(
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})");
    QTest::newRow("surplus data") << QByteArray(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})");
    QTest::newRow("out of range") << QByteArray(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})");
    QTest::newRow("backwards") << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})");
    QTest::newRow("wrong size") << QByteArray(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})");
    QTest::newRow("overflow") << QByteArray(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4,2],"data_offsets":[0,8]}})");
    QTest::newRow("overflow behind a zero") << QByteArray(
        R"({"z":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})");
    QTest::newRow("double name") << QByteArray(
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})");
    QTest::newRow("double field") << QByteArray(R"({"a":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}})");
    QTest::newRow("three offsets") << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}})");
    QTest::newRow("one offset") << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}})");
    QTest::newRow("negative") << QByteArray(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})");
    QTest::newRow("missing field") << QByteArray(R"({"a":{"dtype":"F32","shape":[2]}})");
    QTest::newRow("unknown field") << QByteArray(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}})");
    QTest::newRow("unknown type") << QByteArray(R"({"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}})");
    QTest::newRow("metadata that is no text") << QByteArray(
        R"({"__metadata__":{"a":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})");
    QTest::newRow("not an object") << QByteArray("[1,2]");
    QTest::newRow("not JSON") << QByteArray("{\"a\":");
    QTest::newRow("not UTF-8") << QByteArray("{\"\xff\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
}

void SafetensorsTest::aHeaderThatLiesIsRefused()
{
    QFETCH(QByteArray, json);
    const auto file = path("lie.safetensors");
    QVERIFY(writeText(file, withHeader(json.toStdString(), "12345678")));
    const auto contents = readSafetensors(file);
    QVERIFY(!contents);
    QVERIFY(contents.error().message.find("'lie.safetensors'") != std::string::npos && contents.error().message.ends_with('.'));
    QVERIFY(contents.error().code == ErrorCode::FileCorrupt || contents.error().code == ErrorCode::FormatUnknown);
}

void SafetensorsTest::aDeepHeaderIsRefusedAtOnce()
{
    const auto file = path("deep.safetensors");
    QVERIFY(writeText(file, withHeader("{\"a\":" + std::string(10'000'000, '['), "")));
    QVERIFY(!readSafetensors(file));
    QVERIFY(writeText(file, withHeader(R"({"a":{"dtype":"F32","data_offsets":[0,0],"shape":[)" + std::string(10'000'000, '['), "")));
    QVERIFY(!readSafetensors(file));
}

void SafetensorsTest::publishedWeightsAreRead()
{
    const auto data = sharedData();
    if (!data)
        QSKIP("the folder of real weights is not here");
    const auto contents = readSafetensors(*data / "weights/mobilenet_v2/mobilenet_v2_imagenet_f32.safetensors");
    QVERIFY2(contents, contents ? "" : contents.error().message.c_str());
    QCOMPARE(contents->tensors.size(), std::size_t{314});
    QCOMPARE(contents->tensors.find("classifier.1.weight")->shape(), Shape({1000, 1280}));
}

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "safetensorstest.moc"
