#include "data/picture.h"

#include "pythonscript.h"
#include "support/shareddata.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace graft;

namespace {

/// Everything that goes to standard error while it lives, libraries included.
class StandardErrorCapture {
public:
    explicit StandardErrorCapture(const QString &path) : m_path(path), m_saved(::dup(2))
    {
        const int file = ::open(path.toLocal8Bit().constData(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        ::dup2(file, 2);
        ::close(file);
    }
    ~StandardErrorCapture() { restore(); }
    QByteArray text()
    {
        restore();
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("the capture is lost");
    }

private:
    void restore()
    {
        if (m_saved < 0)
            return;
        ::dup2(m_saved, 2);
        ::close(m_saved);
        m_saved = -1;
    }
    QString m_path;
    int m_saved;
};

struct Difference {
    double mean = 1e9;
    int largest = 1000;
};

/// Against the raw RGB that Pillow wrote.
Difference difference(const Picture &picture, const QString &referencePath)
{
    QFile file(referencePath);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray raw = file.readAll();
    int size[2];
    std::memcpy(size, raw.constData(), sizeof(size));
    if (size[0] != picture.width || size[1] != picture.height)
        return {};
    const auto *expected = reinterpret_cast<const std::uint8_t *>(raw.constData()) + sizeof(size);
    Difference result{0, 0};
    for (std::size_t i = 0; i < picture.pixels->size(); ++i) {
        const int one = std::abs(int{(*picture.pixels)[i]} - int{expected[i]});
        result.mean += one;
        result.largest = std::max(result.largest, one);
    }
    result.mean /= static_cast<double>(picture.pixels->size());
    return result;
}

} // namespace

class PictureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyKindIsDecodedAsPillowDoes_data();
    void everyKindIsDecodedAsPillowDoes();
    void aBadPictureGivesOneSentence_data();
    void aBadPictureGivesOneSentence();
    void damagedFilesNeverCrashAndNothingIsSaidOnStandardError();
    void sizesAreRefusedBeforeDecoding();
    void aMissingFileIsNotCalledADamagedPicture();
    void aThumbnailFitsAndKeepsTheAspect();
    void writtenPicturesAreReadBack();
    void realPhotosAreDecodedAsPillowDoes();

private:
    QTemporaryDir m_folder;
};

void PictureTest::initTestCase()
{
    QVERIFY(QDir(m_folder.path()).mkdir("bad"));
    QVERIFY(QDir(m_folder.path()).mkdir("fuzzed"));
    const QString said = runPython("make_pictures.py", {m_folder.path()});
    QVERIFY2(said.isEmpty(), qPrintable(said));
}

void PictureTest::everyKindIsDecodedAsPillowDoes_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &reference : QDir(m_folder.path()).entryList({"*.rgb"}))
        QTest::newRow(qPrintable(reference.chopped(4))) << reference.chopped(4);
}

void PictureTest::everyKindIsDecodedAsPillowDoes()
{
    QFETCH(QString, name);
    const std::filesystem::path path = m_folder.filePath(name).toStdString();
    const auto picture = decodePicture(path);
    QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
    const Difference off = difference(*picture, m_folder.filePath(name + ".rgb"));
    QVERIFY2(off.largest <= 1, qPrintable(QStringLiteral("%1 at most, %2 on average").arg(off.largest).arg(off.mean)));
    QVERIFY(checkPicture(path));
}

void PictureTest::aBadPictureGivesOneSentence_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &file : QDir(m_folder.filePath("bad")).entryList(QDir::Files))
        QTest::newRow(qPrintable(file)) << file;
}

void PictureTest::aBadPictureGivesOneSentence()
{
    QFETCH(QString, name);
    const std::string path = m_folder.filePath("bad/" + name).toStdString();
    StandardErrorCapture capture(m_folder.filePath("stderr"));
    const auto picture = decodePicture(path);
    const auto checked = checkPicture(path);
    QCOMPARE(capture.text(), QByteArray());
    QVERIFY(!picture);
    QVERIFY(!checked);
    QCOMPARE(picture.error().code, ErrorCode::PictureUnreadable);
    QCOMPARE(checked.error(), picture.error());
    QCOMPARE(picture.error().subject, path);
    QVERIFY(picture.error().message.find(name.toStdString()) != std::string::npos);
    QVERIFY(picture.error().message.ends_with('.') && picture.error().message.find('\n') == std::string::npos);
    if (name.startsWith("cut") && name.endsWith(".jpg") && !name.startsWith("cut1.") && !name.startsWith("cut3"))
        QVERIFY2(picture.error().message.find("cut off") != std::string::npos, picture.error().message.c_str());
}

void PictureTest::damagedFilesNeverCrashAndNothingIsSaidOnStandardError()
{
    int taken = 0, refused = 0;
    StandardErrorCapture capture(m_folder.filePath("stderr"));
    for (const QString &file : QDir(m_folder.filePath("fuzzed")).entryList(QDir::Files)) {
        const std::filesystem::path path = m_folder.filePath("fuzzed/" + file).toStdString();
        const bool good = decodePicture(path).has_value();
        ++(good ? taken : refused);
        if (file.endsWith(".jpg"))
            QCOMPARE(checkPicture(path).has_value(), good);
    }
    QCOMPARE(capture.text(), QByteArray());
    QVERIFY(taken > 0 && refused > 0);
}

void PictureTest::sizesAreRefusedBeforeDecoding()
{
    for (const char *name : {"wide.png", "huge.png", "many.png", "wide.jpg", "huge.jpg", "tall.tif", "wide.bmp", "wide.ppm"}) {
        const auto picture = decodePicture(m_folder.filePath(QString("bad/") + name).toStdString());
        QVERIFY(!picture);
        QVERIFY2(picture.error().message.find("20,000 a side") != std::string::npos, picture.error().message.c_str());
    }
}

void PictureTest::aMissingFileIsNotCalledADamagedPicture()
{
    const auto picture = decodePicture(m_folder.filePath("no such file.jpg").toStdString());
    QVERIFY(!picture);
    QCOMPARE(picture.error().code, ErrorCode::FileNotFound);
}

void PictureTest::aThumbnailFitsAndKeepsTheAspect()
{
    const auto picture = decodePicture(m_folder.filePath("rgb.png").toStdString());
    QVERIFY(picture);
    const Picture small = thumbnail(*picture, 20, 20);
    QCOMPARE(small.width, 20);
    QCOMPARE(small.height, 14); // 37 × 20 / 53 = 13.96
    const Picture same = thumbnail(*picture, 500, 500);
    QCOMPARE(same.width, 53);
    QVERIFY(thumbnail(Picture{}, 10, 10).isEmpty());
    const Picture line = thumbnail({1000, 1, std::make_shared<const std::vector<std::uint8_t>>(3000, std::uint8_t{9})}, 10, 10);
    QCOMPARE(line.height, 1);
    QCOMPARE(int{line.pixels->front()}, 9);
}

void PictureTest::writtenPicturesAreReadBack()
{
    const auto picture = decodePicture(m_folder.filePath("rgb.png").toStdString());
    QVERIFY(picture);
    const std::filesystem::path path = m_folder.filePath("写 的.png").toStdString();
    QVERIFY(writePicture(path, *picture));
    const auto back = decodePicture(path);
    QVERIFY(back);
    QCOMPARE(*back->pixels, *picture->pixels);
    QCOMPARE(writePicture(m_folder.filePath("a.gif").toStdString(), *picture).error().code, ErrorCode::FormatUnknown);
    QCOMPARE(writePicture("/no/such/folder/a.png", *picture).error().code, ErrorCode::FileUnwritable);
    QVERIFY(!writePicture(path, Picture{}));
}

void PictureTest::realPhotosAreDecodedAsPillowDoes()
{
    const auto data = sharedData();
    if (!data)
        QSKIP("the folder of real photos is not here");
    QStringList photos;
    for (const char *folder : {"photos/hymenoptera/val/ants", "photos/imagenet_samples"}) {
        const QDir directory(QString::fromStdString((*data / folder).string()));
        for (const QString &name : directory.entryList(QDir::Files).mid(0, 12))
            photos << directory.filePath(name);
    }
    const QString said = runPython("decode_pictures.py", QStringList{m_folder.path()} + photos);
    QVERIFY2(said.isEmpty(), qPrintable(said));
    for (int i = 0; i < photos.size(); ++i) {
        const auto picture = decodePicture(photos[i].toStdString());
        QVERIFY(picture);
        QVERIFY(difference(*picture, m_folder.filePath(QStringLiteral("photo%1.rgb").arg(i))).largest <= 1);
    }
}

QTEST_GUILESS_MAIN(PictureTest)
#include "picturetest.moc"
