#include "gallery/checksum.h"
#include "gallery/loopbackserver.h"
#include "gallery/weightscache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

using namespace graft;

namespace {

QByteArray someBytes(int count, int seed)
{
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = static_cast<quint32>(seed);
    for (char &byte : bytes)
        byte = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
    return bytes;
}

const QByteArray content = someBytes(300'000, 1);
const QByteArray tag = "\"first\"";

QByteArray read(const std::filesystem::path &path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

DownloadLimits quick()
{
    DownloadLimits limits;
    limits.pause = std::chrono::milliseconds(1);
    limits.stall = std::chrono::milliseconds(800);
    limits.connect = std::chrono::milliseconds(2000);
    return limits;
}

PublishedWeights weightsAt(const std::string &address, const QByteArray &bytes = content)
{
    PublishedWeights weights;
    weights.architecture = "resnet18";
    weights.name = "IMAGENET1K_V1";
    weights.address = address;
    weights.checksum = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(8).toStdString();
    weights.aboutBytes = bytes.size() - 1000;
    return weights;
}

} // namespace

class DownloadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("GRAFT_WEIGHTS_MIRROR"); }
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->filePath("weights").toStdString();
        m_progress.clear();
    }

    void checksumIsSha256OfTheFile();
    void fileArrivesWholeAndOnce();
    void brokenOffDownloadGoesOnWhereItWas();
    void cutConnectionIsTakenUpAgainByItself();
    void changedFileIsFetchedFromItsStart();
    void serverWithoutRangesIsServedFromTheStart();
    void serverThatAnswersAnotherRangeIsNotBelieved();
    void finishedPartIsNotFetchedAgain();
    void wrongChecksumIsRefusedAndRemoved();
    void piecesThatDoNotFitAreFetchedOnceMore();
    void missingFileSaysWhatElseCanBeDone();
    void busyServerIsAskedAgain();
    void stalledServerIsGivenUp();
    void redirectsAreFollowedAndEndlessOnesAreNot();
    void tooLargeAnswerIsRefusedUnread();
    void offlineNamesTheAddressAndTheWayOut();
    void cancelledDownloadKeepsWhatCame();
    void twoDownloadsOfOneFileFetchItOnce();
    void fullDiskIsSaidBeforeAnythingIsWritten();
    void mirrorHoldsTheSameFiles();

private:
    Result<std::filesystem::path> fetch(const PublishedWeights &weights, const Cancellation &cancellation = {})
    {
        return download(
            weights, m_folder, [this](DownloadProgress progress) { m_progress.push_back(progress); }, cancellation, quick());
    }
    /// What is left in the cache folder.
    QStringList left() const
    {
        return QDir(QString::fromStdString(m_folder.string()))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
    std::vector<DownloadProgress> m_progress;
};

void DownloadTest::checksumIsSha256OfTheFile()
{
    QFile file(m_temporary->filePath("abc"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc"); // FIPS 180-2, appendix B.1
    file.close();
    QCOMPARE(sha256(file.fileName().toStdString()).value(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QCOMPARE(sha256(m_temporary->filePath("none").toStdString()).error().code, ErrorCode::FileNotFound);
}

void DownloadTest::fileArrivesWholeAndOnce()
{
    LoopbackServer server([](const auto &request, QTcpSocket &socket) { LoopbackServer::serve(request, socket, content, tag); });
    const PublishedWeights weights = weightsAt(server.address("models/a.pth"));
    QVERIFY(!cachedFile(weights, m_folder));
    const auto file = fetch(weights);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(m_progress.back().done, content.size());
    QCOMPARE(m_progress.back().total, content.size());
    QCOMPARE(left(), QStringList{"a.pth"});
    QCOMPARE(cachedFile(weights, m_folder), std::optional(*file));
    QVERIFY(fetch(weights).has_value());
    QCOMPARE(server.requests().size(), 1);
}

void DownloadTest::brokenOffDownloadGoesOnWhereItWas()
{
    std::atomic<bool> whole = false;
    LoopbackServer server([&](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (whole)
            return LoopbackServer::serve(request, socket, content, tag);
        if (request.rangeStart() == 0)
            LoopbackServer::send(
                socket, LoopbackServer::head("200 OK", {"Content-Length: 300000", "ETag: " + tag}) + content.left(100'000));
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    const auto broken = fetch(weights);
    QCOMPARE(broken.error().code, ErrorCode::Unreachable);
    QCOMPARE(bytesKept(weights, m_folder), 100'000);
    whole = true;
    const auto asked = server.requests().size();
    const auto file = fetch(weights);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(server.requests().size(), asked + 1);
    QCOMPARE(server.requests().back().header("Range"), "bytes=100000-");
    QCOMPARE(server.requests().back().header("If-Range"), tag);
    QCOMPARE(left(), QStringList{"a.pth"});
}

void DownloadTest::cutConnectionIsTakenUpAgainByItself()
{
    LoopbackServer server([](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (request.rangeStart() < 200'000) { // sends 100,000 bytes and hangs up
            const qsizetype start = request.rangeStart();
            const QByteArray size = QByteArray::number(300'000 - start);
            const QByteArray range = "Content-Range: bytes " + QByteArray::number(start) + "-299999/300000";
            LoopbackServer::send(socket,
                LoopbackServer::head(start ? "206 Partial Content" : "200 OK", {"Content-Length: " + size, "ETag: " + tag, range})
                    + content.mid(start, 100'000));
        } else {
            LoopbackServer::serve(request, socket, content, tag);
        }
    });
    const auto file = fetch(weightsAt(server.address("a.pth")));
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(server.requests().size(), 3);
}

void DownloadTest::changedFileIsFetchedFromItsStart()
{
    std::atomic<bool> changed = false;
    const QByteArray other = someBytes(250'000, 2);
    LoopbackServer server([&](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (changed)
            return LoopbackServer::serve(request, socket, other, "\"second\"");
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000", "ETag: " + tag}) + content.left(50'000));
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"), other);
    QVERIFY(!fetch(weights).has_value());
    changed = true;
    const auto file = fetch(weights);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), other);
}

void DownloadTest::serverWithoutRangesIsServedFromTheStart()
{
    std::atomic<int> count = 0;
    LoopbackServer server([&](const LoopbackServer::Request &, QTcpSocket &socket) {
        const bool cut = count++ == 0;
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000"}) + (cut ? content.left(70'000) : content));
    });
    const auto file = fetch(weightsAt(server.address("a.pth")));
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(count.load(), 2);
}

void DownloadTest::serverThatAnswersAnotherRangeIsNotBelieved()
{
    LoopbackServer server([](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (request.rangeStart() == 0)
            LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000"}) + content.left(60'000));
        else
            LoopbackServer::send(socket,
                LoopbackServer::head("206 Partial Content", {"Content-Length: 300000", "Content-Range: bytes 0-299999/300000"}) + content);
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    const auto file = fetch(weights);
    QVERIFY(!file.has_value());
    QVERIFY(!cachedFile(weights, m_folder));
}

void DownloadTest::finishedPartIsNotFetchedAgain()
{
    LoopbackServer server([](const auto &request, QTcpSocket &socket) { LoopbackServer::serve(request, socket, content, tag); });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    const QString part = QString::fromStdString((m_folder / "a.pth.part").string());
    QVERIFY(QDir().mkpath(part));
    QFile data(part + "/data"), about(part + "/about.json");
    QVERIFY(data.open(QIODevice::WriteOnly) && about.open(QIODevice::WriteOnly));
    data.write(content);
    about.write(
        QStringLiteral(R"({"address": "%1", "total": 300000, "validator": ""})").arg(QString::fromStdString(weights.address)).toUtf8());
    data.close();
    about.close();
    const auto file = fetch(weights);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QVERIFY(server.requests().empty());
}

void DownloadTest::wrongChecksumIsRefusedAndRemoved()
{
    const QByteArray other = someBytes(300'000, 3);
    LoopbackServer server([&](const auto &request, QTcpSocket &socket) { LoopbackServer::serve(request, socket, other, tag); });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    const auto file = fetch(weights);
    QCOMPARE(file.error().code, ErrorCode::FileCorrupt);
    QVERIFY2(file.error().message.find(weights.checksum) != std::string::npos, file.error().message.c_str());
    QVERIFY(file.error().message.ends_with('.'));
    QVERIFY(!cachedFile(weights, m_folder));
    QCOMPARE(bytesKept(weights, m_folder), 0);
    QCOMPARE(server.requests().size(), 1);
}

void DownloadTest::piecesThatDoNotFitAreFetchedOnceMore()
{
    // The first half is of another file, and the server gives no tag by which one could know.
    std::atomic<int> count = 0;
    LoopbackServer server([&](const LoopbackServer::Request &request, QTcpSocket &socket) {
        const qsizetype start = request.rangeStart();
        if (count++ == 0)
            return LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000"}) + someBytes(100'000, 9));
        if (start == 0)
            return LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000"}) + content);
        LoopbackServer::send(socket,
            LoopbackServer::head("206 Partial Content",
                {"Content-Length: " + QByteArray::number(300'000 - start),
                    "Content-Range: bytes " + QByteArray::number(start) + "-299999/300000"})
                + content.mid(start));
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    DownloadLimits once = quick();
    once.attempts = 1;
    QVERIFY(!download(weights, m_folder, {}, {}, once).has_value());
    const auto file = fetch(weights);
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(count.load(), 3);
}

void DownloadTest::missingFileSaysWhatElseCanBeDone()
{
    LoopbackServer server([](const auto &, QTcpSocket &socket) {
        LoopbackServer::send(socket, LoopbackServer::head("404 Not Found", {"Content-Length: 9"}) + "not here\n");
    });
    const PublishedWeights weights = weightsAt(server.address("gone.pth"));
    const auto file = fetch(weights);
    QCOMPARE(file.error().code, ErrorCode::Unreachable);
    QVERIFY2(file.error().message.find(weights.address) != std::string::npos, file.error().message.c_str());
    QVERIFY(file.error().message.find("404") != std::string::npos);
    QVERIFY(file.error().message.find("I already have the file") != std::string::npos);
    QCOMPARE(bytesKept(weights, m_folder), 0);
    QCOMPARE(server.requests().size(), 1);
}

void DownloadTest::busyServerIsAskedAgain()
{
    std::atomic<int> count = 0;
    LoopbackServer server([&](const auto &request, QTcpSocket &socket) {
        if (count++ < 2)
            LoopbackServer::send(socket, LoopbackServer::head("503 Service Unavailable", {"Content-Length: 4"}) + "busy");
        else
            LoopbackServer::serve(request, socket, content, tag);
    });
    QVERIFY(fetch(weightsAt(server.address("a.pth"))).has_value());
    QCOMPARE(count.load(), 3);
}

void DownloadTest::stalledServerIsGivenUp()
{
    LoopbackServer server([](const auto &, QTcpSocket &socket) {
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000"}) + content.left(1000));
        socket.waitForDisconnected(4000);
    });
    DownloadLimits limits = quick();
    limits.attempts = 1;
    QElapsedTimer clock;
    clock.start();
    const auto file = download(weightsAt(server.address("a.pth")), m_folder, {}, {}, limits);
    QCOMPARE(file.error().code, ErrorCode::Unreachable);
    QVERIFY2(clock.elapsed() < 4000, qPrintable(QString::number(clock.elapsed())));
}

void DownloadTest::redirectsAreFollowedAndEndlessOnesAreNot()
{
    LoopbackServer server([&](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (request.path == "/a.pth")
            LoopbackServer::send(socket, LoopbackServer::head("302 Found", {"Location: /elsewhere/b", "Content-Length: 3"}) + "see");
        else if (request.path == "/elsewhere/b")
            LoopbackServer::serve(request, socket, content, tag);
        else if (request.path == "/file.pth")
            LoopbackServer::send(socket, LoopbackServer::head("302 Found", {"Location: file:///etc/passwd", "Content-Length: 0"}));
        else
            LoopbackServer::send(socket, LoopbackServer::head("302 Found", {"Location: /loop.pth", "Content-Length: 0"}));
    });
    const auto file = fetch(weightsAt(server.address("a.pth")));
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(read(*file), content);
    QCOMPARE(fetch(weightsAt(server.address("loop.pth"))).error().code, ErrorCode::Unreachable);
    QCOMPARE(fetch(weightsAt(server.address("file.pth"))).error().code, ErrorCode::Unreachable);
    QVERIFY(server.requests().size() < 15);
}

void DownloadTest::tooLargeAnswerIsRefusedUnread()
{
    LoopbackServer server([](const auto &, QTcpSocket &socket) {
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 900000000000"}) + content);
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    const auto file = fetch(weights);
    QCOMPARE(file.error().code, ErrorCode::Unreachable);
    QVERIFY2(file.error().message.find("900000000000") != std::string::npos, file.error().message.c_str());
    QCOMPARE(bytesKept(weights, m_folder), 0);
}

void DownloadTest::offlineNamesTheAddressAndTheWayOut()
{
    std::string nobody;
    {
        LoopbackServer gone([](const auto &, QTcpSocket &) {});
        nobody = gone.address("a.pth");
    }
    const auto file = fetch(weightsAt(nobody));
    QCOMPARE(file.error().code, ErrorCode::Unreachable);
    for (const std::string &part : {nobody, std::string("There is no connection to 127.0.0.1"), std::string("I already have the file")})
        QVERIFY2(file.error().message.find(part) != std::string::npos, file.error().message.c_str());
}

void DownloadTest::cancelledDownloadKeepsWhatCame()
{
    Cancellation cancellation;
    LoopbackServer server([&](const LoopbackServer::Request &request, QTcpSocket &socket) {
        if (cancellation.requested())
            return LoopbackServer::serve(request, socket, content, tag);
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 300000", "ETag: " + tag}) + content.left(90'000));
        QThread::msleep(50);
        cancellation.request();
        socket.waitForDisconnected(3000);
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    QCOMPARE(fetch(weights, cancellation).error().code, ErrorCode::Cancelled);
    QCOMPARE(bytesKept(weights, m_folder), 90'000);
    const auto file = fetch(weights);
    QVERIFY(file.has_value());
    QCOMPARE(read(*file), content);
    QCOMPARE(server.requests().back().header("Range"), "bytes=90000-");
}

void DownloadTest::twoDownloadsOfOneFileFetchItOnce()
{
    LoopbackServer server([](const auto &request, QTcpSocket &socket) {
        QThread::msleep(300);
        LoopbackServer::serve(request, socket, content, tag);
    });
    const PublishedWeights weights = weightsAt(server.address("a.pth"));
    Result<std::filesystem::path> one, two;
    std::thread first([&] { one = download(weights, m_folder, {}, {}, quick()); });
    std::thread second([&] { two = download(weights, m_folder, {}, {}, quick()); });
    first.join();
    second.join();
    QVERIFY(one.has_value() && two.has_value());
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(read(*two), content);
    QCOMPARE(left(), QStringList{"a.pth"});
}

void DownloadTest::fullDiskIsSaidBeforeAnythingIsWritten()
{
    LoopbackServer server([](const auto &, QTcpSocket &socket) {
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 4000000000000000000"}) + content);
    });
    PublishedWeights weights = weightsAt(server.address("a.pth"));
    weights.aboutBytes = 4'000'000'000'000'000'000;
    const auto file = fetch(weights);
    QCOMPARE(file.error().code, ErrorCode::DiskFull);
    QCOMPARE(bytesKept(weights, m_folder), 0);
}

void DownloadTest::mirrorHoldsTheSameFiles()
{
    LoopbackServer server([](const auto &request, QTcpSocket &socket) { LoopbackServer::serve(request, socket, content, tag); });
    const PublishedWeights weights = weightsAt("https://nowhere.invalid/models/a.pth");
    qputenv("GRAFT_WEIGHTS_MIRROR", QByteArray::fromStdString(server.address("mirror")));
    const auto file = fetch(weights);
    qunsetenv("GRAFT_WEIGHTS_MIRROR");
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(server.requests().back().path, "/mirror/a.pth");
}

QTEST_GUILESS_MAIN(DownloadTest)
#include "downloadtest.moc"
