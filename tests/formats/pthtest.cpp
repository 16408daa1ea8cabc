#include "core/files.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "formats/support/legacytorch.h"
#include "formats/support/pickle.h"
#include "formats/support/torchzip.h"
#include "support/shareddata.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

namespace {

Result<FileContents> readTorch(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    return isPickle((*file)->bytes()) ? readLegacyTorch(*file, path.string()) : readTorchZip(*file, path.string());
}

bool isOneSentence(const Error &error, const std::string &fileName)
{
    const auto &text = error.message;
    return text.find("'" + fileName + "'") != std::string::npos && text.ends_with('.') && text.find(". ") == std::string::npos
        && text.find('\n') == std::string::npos;
}

} // namespace

class PthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatPythonSavesIsReadBitForBit();
    void whatIsUnsafeOrWrongIsRefusedInOneSentence_data();
    void whatIsUnsafeOrWrongIsRefusedInOneSentence();
    void nothingOfARefusedFileHasRun();
    void everyGlobalOutsideTheListIsRefusedByName_data();
    void everyGlobalOutsideTheListIsRefusedByName();
    void aPickleThatMisusesTheStackIsRefused_data();
    void aPickleThatMisusesTheStackIsRefused();
    void aPickleBombIsRefused();
    void aDeepPickleIsHarmless();
    void publishedFilesAreRead();

private:
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void PthTest::initTestCase()
{
    QVERIFY(runPython("make_pth.py", {m_folder.path()}));
}

void PthTest::whatPythonSavesIsReadBitForBit()
{
    int files = 0;
    for (QDirIterator it(m_folder.path(), {"*.pth"}); it.hasNext();) {
        const auto file = it.next().toStdString();
        const auto expected = readSafetensors(std::filesystem::path(file).replace_extension(".safetensors"));
        const auto read = readTorch(file);
        QVERIFY2(expected && read, read ? file.c_str() : read.error().message.c_str());
        QCOMPARE(read->tensors.size(), expected->tensors.size());
        for (const auto &[name, tensor] : expected->tensors.entries()) {
            const Tensor *found = read->tensors.find(name);
            QVERIFY2(found && *found == tensor, (file + ": " + name).c_str());
        }
        ++files;
    }
    QCOMPARE(files, 8 + 2 + 6 + 3);
}

void PthTest::whatIsUnsafeOrWrongIsRefusedInOneSentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("says");
    for (const char *suffix : {"", "-legacy"}) {
        QTest::addRow("system%s", suffix) << QString("posix.system") + suffix << ErrorCode::FileRefused
                                          << QByteArray("wants to run `posix.system`");
        QTest::addRow("eval%s", suffix) << QString("builtin.eval") + suffix << ErrorCode::FileRefused
                                        << QByteArray("wants to run `__builtin__.eval`");
        QTest::addRow("model%s", suffix) << QString("whole model") + suffix << ErrorCode::FileRefused
                                         << QByteArray("save `model.state_dict()`");
    }
    for (const char *name : {"no storage", "short storage", "too large", "offset out of range", "negative offset", "negative stride",
             "negative size", "overflowing size", "overflowing stride", "fewer strides", "many dimensions", "overflow behind a zero"})
        QTest::addRow("%s", name) << QString(name) << ErrorCode::FileCorrupt << QByteArray("damaged");
    QTest::addRow("bomb") << QString("expand bomb") << ErrorCode::FileRefused << QByteArray("more than its own size");
    QTest::addRow("compressed") << QString("compressed") << ErrorCode::FormatUnknown << QByteArray("compressed");
    QTest::addRow("big endian") << QString("big endian") << ErrorCode::FormatUnknown << QByteArray("big-endian");
    QTest::addRow("no tensors") << QString("no tensors") << ErrorCode::FormatUnknown << QByteArray("no state dict");
    QTest::addRow("plain pickle") << QString("plain pickle") << ErrorCode::FormatUnknown << QByteArray("not one that torch.save wrote");
    QTest::addRow("other zip") << QString("other zip") << ErrorCode::FormatUnknown << QByteArray("without a PyTorch model");
}

void PthTest::whatIsUnsafeOrWrongIsRefusedInOneSentence()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, says);
    QVERIFY(readTorch(path("bad/fine.pth"))); // the same hand-made archive, with nothing wrong
    const auto contents = readTorch(path("bad/" + name + ".pth"));
    QVERIFY(!contents);
    QVERIFY2(contents.error().message.find(says.toStdString()) != std::string::npos, contents.error().message.c_str());
    QCOMPARE(contents.error().code, code);
    QVERIFY2(isOneSentence(contents.error(), (name + ".pth").toStdString()), contents.error().message.c_str());
}

void PthTest::nothingOfARefusedFileHasRun()
{
    QVERIFY(!std::filesystem::exists(path("bad/was-run")));
}

namespace {

/// A text that may hold zeros.
template <std::size_t size>
QByteArray literal(const char (&text)[size])
{
    return {text, size - 1};
}

Result<Pickle> parse(const QByteArray &text)
{
    return parsePickle(std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size()))), "a.pth");
}

} // namespace

void PthTest::everyGlobalOutsideTheListIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("called") << literal("\x80\x02"
                                       "cos\nsystem\nX\x02\x00\x00\x00ls\x85R.")
                            << QByteArray("os.system");
    QTest::newRow("only named") << QByteArray("\x80\x02"
                                              "cos\nsystem\n.")
                                << QByteArray("os.system");
    QTest::newRow("instance") << QByteArray("\x80\x02(ios\nsystem\n.") << QByteArray("os.system");
    QTest::newRow("stack global") << QByteArray("\x80\x04\x8c\x02os\x8c\x06system\x93.") << QByteArray("os.system");
    QTest::newRow("new object") << QByteArray("\x80\x02"
                                              "csubprocess\nPopen\n)\x81.")
                                << QByteArray("subprocess.Popen");
    QTest::newRow("built") << literal("\x80\x02"
                                      "ccollections\nOrderedDict\n)R}X\x01\x00\x00\x00"
                                      "acos\nsystem\nsb.")
                           << QByteArray("os.system");
    QTest::newRow("torch's own") << QByteArray("\x80\x02"
                                               "ctorch.hub\nload\n.")
                                 << QByteArray("torch.hub.load");
    QTest::newRow("getattr") << QByteArray("\x80\x02"
                                           "c__builtin__\ngetattr\n.")
                             << QByteArray("__builtin__.getattr");
    QTest::newRow("trick with a dot") << QByteArray("\x80\x04\x8c\x05torch\x8c\x10_utils.os.system\x93.")
                                      << QByteArray("torch._utils.os.system");
    QTest::newRow("control characters") << QByteArray("\x80\x02"
                                                      "cos\x1b[2J\nsystem\n.")
                                        << QByteArray("os?[2J.system");
}

void PthTest::everyGlobalOutsideTheListIsRefusedByName()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QByteArray, name);
    const auto parsed = parse(pickle);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::FileRefused);
    QCOMPARE(QByteArray::fromStdString(parsed.error().message),
        "'a.pth' wants to run `" + name + "`; Graft never runs code from a model file, so it was not opened.");
}

void PthTest::aPickleThatMisusesTheStackIsRefused_data()
{
    QTest::addColumn<QByteArray>("pickle");
    for (const char *text : {"", "\x80", "\x80\x02", "\x80\x06N.", "\x80\x02.", "\x80\x02(.", "\x80\x02N",
             "\x80\x02"
             "0.",
             "\x80\x02"
             "2.",
             "\x80\x02R.", "\x80\x02)R.", "\x80\x02))R.", "\x80\x02Na.", "\x80\x02]a.", "\x80\x02}NNNu.", "\x80\x02}(Nu.", "\x80\x02}Ns.",
             "\x80\x02t.", "\x80\x02(}u.", "\x80\x02h\x05.", "\x80\x02q\x05.", "\x80\x02N(q\x05.", "\x80\x02N\x85", "\x80\x02\x85.",
             "\x80\x02N(\x85.", "\x80\x02]Nb.", "\x80\x02Nb.", "\x80\x02NQ.", "\x80\x02)Q.", "\x80\x02(NNNNNtQ.", "\x80\x02Pstorage\n.",
             "\x80\x02oN.",
             "\x80\x02"
             "ccollections\nOrderedDict\n)o.",
             "\x80\x02"
             "cos\n",
             "\x80\x02"
             "ctorch\nFloatStorage\n)R.",
             "\x80\x02"
             "ccollections\nOrderedDict\n]\x85R]R.",
             "\x80\x02"
             "ccollections\nOrderedDict\n]Na\x85R.",
             "\x80\x04\x93.", "\x80\x04NN\x93.", "\x80\x02I12x\n.", "\x80\x02U\xffx.", "\x80\x02\x82\x01.", "\x80\x05\x97.",
             "\x80\x02(ictorch\nSize\n."})
        QTest::addRow("%s", QByteArray(text).toPercentEncoding().constData()) << QByteArray(text);
    QTest::newRow("endless text") << literal("\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\xff.");
    QTest::newRow("endless integer") << literal("\x80\x02\x8b\xff\xff\xff\xff.");
    QTest::newRow("far memo") << literal("\x80\x02Nr\xff\xff\xff\xff.");
}

void PthTest::aPickleThatMisusesTheStackIsRefused()
{
    QFETCH(QByteArray, pickle);
    const auto parsed = parse(pickle);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().code == ErrorCode::FileCorrupt || parsed.error().code == ErrorCode::FileRefused);
}

void PthTest::aPickleBombIsRefused()
{
    QVERIFY(!parse("\x80\x02" + QByteArray(20'000'000, 'N') + "."));
    QVERIFY(!parse("\x80\x02" + QByteArray(20'000'000, '(') + "."));
    // One long list of pairs, made a dictionary over and over.
    QByteArray pairs = "\x80\x02](";
    for (int i = 0; i < 10'000; ++i)
        pairs += "NN\x86";
    pairs += "eq\x01"
             "0ccollections\nOrderedDict\nq\x02"
             "0";
    for (int i = 0; i < 100'000; ++i)
        pairs += "h\x02h\x01\x85R0";
    QVERIFY(!parse(pairs + "N."));
}

void PthTest::aDeepPickleIsHarmless()
{
    const int depth = 1'000'000;
    QVERIFY(parse("\x80\x02" + QByteArray(depth, ']') + QByteArray(depth - 1, 'a') + "."));
    QVERIFY(parse("\x80\x02)" + QByteArray(depth, '\x85') + "."));
    QVERIFY(parse("\x80\x02]q\x01h\x01"
                  "a.")); // a list that holds itself
}

void PthTest::publishedFilesAreRead()
{
    const auto data = sharedData();
    if (!data)
        QSKIP("the folder of real weights is not here");
    const auto weights = *data / "weights";
    const auto old = readTorch(weights / "cifar10_resnet/resnet20-12fca82f.th");
    const auto same = readSafetensors(weights / "cifar10_resnet/resnet20-12fca82f.safetensors");
    QVERIFY2(old && same, old ? "" : old.error().message.c_str());
    for (const auto &[name, tensor] : same->tensors.entries()) {
        const Tensor *found = old->tensors.find("module." + name);
        QVERIFY2(found && *found == tensor, name.c_str());
    }
    const std::vector<std::pair<std::string, std::string>> pairs
        = {{"mobilenet_v2/mobilenet_v2_imagenet_f32_with_metadata.pth", "mobilenet_v2/mobilenet_v2_imagenet_f32.safetensors"},
            {"squeezenet1_1/squeezenet1_1_imagenet_f32.pth", "squeezenet1_1/squeezenet1_1_imagenet_f32.safetensors"}};
    for (const auto &[zipped, plain] : pairs) {
        const auto read = readTorch(weights / zipped);
        const auto expected = readSafetensors(weights / plain);
        QVERIFY2(read && expected, read ? "" : read.error().message.c_str());
        for (const auto &[name, tensor] : expected->tensors.entries())
            QVERIFY2(read->tensors.find(name) && *read->tensors.find(name) == tensor, name.c_str());
    }
}

QTEST_GUILESS_MAIN(PthTest)
#include "pthtest.moc"
