#include "data/transform.h"
#include "formats/format.h"
#include "nn/compilednetwork.h"
#include "support/shareddata.h"

#include <QDirIterator>
#include <QTest>

using namespace graft;

namespace {

/// What rounding to bf16 does to the logits of a set of pictures.
struct Rounding {
    double largest = 0; ///< of the differences, each as a share of its picture's largest logit
    double typical = 0; ///< their root mean square
    std::int64_t pictures = 0, sameClass = 0;
};

/// All pictures beneath a folder, as the model wants them.
std::vector<at::Tensor> batchesOf(const std::filesystem::path &folder, const Preprocessing &preprocessing)
{
    QStringList files;
    for (QDirIterator file(QString::fromStdString(folder.string()), QDir::Files, QDirIterator::Subdirectories); file.hasNext();)
        files.append(file.next());
    files.sort();
    std::vector<at::Tensor> batches, pictures;
    for (const QString &file : std::as_const(files)) {
        at::Tensor picture = at::empty({channelCount(preprocessing), preprocessing.crop, preprocessing.crop});
        const std::span<float> values(picture.data_ptr<float>(), static_cast<std::size_t>(picture.numel()));
        if (!evaluationTransform(std::filesystem::path(file.toStdString()), preprocessing, values))
            qFatal("no picture: %s", qPrintable(file));
        pictures.push_back(std::move(picture));
        if (pictures.size() == 50 || file == files.constLast())
            batches.push_back(at::stack(std::exchange(pictures, {})));
    }
    return batches;
}

Rounding roundingOf(const ModelPackage &package, const std::vector<at::Tensor> &batches)
{
    const auto compile = [&](bool bfloat16) {
        return CompiledNetwork::create(package.network, package.weights, {package.network.output()}, Device{}, bfloat16).value();
    };
    const CompiledNetwork plain = compile(false), rounded = compile(true);
    Rounding rounding;
    double squares = 0;
    for (const at::Tensor &batch : batches) {
        const at::Tensor expected = plain.run({batch}).front().flatten(1), actual = rounded.run({batch}).front().to(at::kFloat).flatten(1);
        const at::Tensor share = (actual - expected).abs() / expected.abs().amax(1, true);
        rounding.largest = std::max(rounding.largest, share.max().item<double>());
        squares += share.square().mean(1).sum().item<double>();
        rounding.pictures += batch.size(0);
        rounding.sameClass += (actual.argmax(1) == expected.argmax(1)).sum().item<std::int64_t>();
    }
    rounding.typical = std::sqrt(squares / static_cast<double>(rounding.pictures));
    return rounding;
}

} // namespace

/// Published weights on real photos, where they lie beside the checkout: bf16 against float32.
class RoundedLogitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void logitsInBf16AreThoseOfFloat32ToWhatIsPromised_data(); // in nn/compilednetwork.h
    void logitsInBf16AreThoseOfFloat32ToWhatIsPromised();
};

void RoundedLogitsTest::logitsInBf16AreThoseOfFloat32ToWhatIsPromised_data()
{
    QTest::addColumn<QString>("weights");
    QTest::addColumn<QString>("photos");
    QTest::addColumn<double>("largest");
    QTest::addColumn<double>("typical");
    QTest::addColumn<double>("sameClass"); // of all pictures
    const auto row = [](const char *name, const char *weights, const char *photos, double largest, double typical, double sameClass) {
        QTest::newRow(name) << weights << photos << largest << typical << sameClass;
    };
    row("MobileNetV2", "mobilenet_v2/mobilenet_v2_imagenet_f32.safetensors", "imagenet_samples", 0.06, 0.006, 0.98);
    row("SqueezeNet", "squeezenet1_1/squeezenet1_1_imagenet_f32.safetensors", "imagenet_samples", 0.06, 0.006, 0.98);
    row("ResNet-56", "cifar10_resnet/resnet56-4bfd9763.th", "cifar10/test", 0.06, 0.006, 0.98);
    // A quarter of the channels. The same rounding of weights and layers' outputs done in PyTorch: 16 %, 2.1 %, 229 of 250.
    row("MobileNetV1", "mobilenet_v1_025/mobilenet_v1_025_imagenet_f32.safetensors", "imagenet_samples", 0.20, 0.025, 0.90);
}

void RoundedLogitsTest::logitsInBf16AreThoseOfFloat32ToWhatIsPromised()
{
    QFETCH(QString, weights);
    QFETCH(QString, photos);
    QFETCH(double, largest);
    QFETCH(double, typical);
    QFETCH(double, sameClass);
    const auto data = sharedData();
    if (!data)
        QSKIP("no folder of real weights beside this checkout");
    const auto package = readModel(*data / "weights" / weights.toStdString());
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    const Rounding rounding = roundingOf(*package, batchesOf(*data / "photos" / photos.toStdString(), package->preprocessing));
    const QString found = QStringLiteral("largest %1, typical %2, %3 of %4 of the same class")
                              .arg(rounding.largest)
                              .arg(rounding.typical)
                              .arg(rounding.sameClass)
                              .arg(rounding.pictures);
    qInfo("%s", qPrintable(found));
    QVERIFY(rounding.pictures >= 250);
    QVERIFY2(rounding.largest > 1e-5, "nothing was rounded");
    QVERIFY2(rounding.largest < largest && rounding.typical < typical, qPrintable(found));
    QVERIFY2(static_cast<double>(rounding.sameClass) >= sameClass * static_cast<double>(rounding.pictures), qPrintable(found));
}

QTEST_GUILESS_MAIN(RoundedLogitsTest)
#include "roundedlogitstest.moc"
