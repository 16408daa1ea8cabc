#include "controllers/gallerycontroller.h"
#include "formats/format.h"
#include "gallery/gallerymodel.h"
#include "gallery/galleryview.h"
#include "gallery/loopbackserver.h"
#include "gallery/weightscache.h"
#include "graph/graphview.h"
#include "nn/model.h"
#include "plots/gallerychart.h"
#include "support/tourwindow.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace graft;

/// The gallery in the real window, with the mouse: chosen, measured, downloaded from a server on the loopback address, handed over, opened.
/// A picture of each step is kept beside the tour's.
class GalleryTourTest : public QObject, private TourWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_folder.path().toUtf8());
        qputenv("GRAFT_WEIGHTS_MIRROR", QByteArray::fromStdString(m_server.address()));
        openWindow(QStringLiteral("gallery"));
        m_gallery = m_window->findChild<GalleryView *>();
    }

    void startPageLeadsToTheGallery()
    {
        take(QStringLiteral("start"));
        hands::click(button("startGallery"));
        QTRY_COMPARE_WITH_TIMEOUT(std::size_t(m_gallery->shown().size()), publishedWeights().size(), 20'000);
        QVERIFY(m_gallery->isVisible());
        take(QStringLiteral("gallery"));
    }

    void bubbleIsChosen()
    {
        auto *chart = m_gallery->findChild<GalleryChart *>();
        hands::clickAt(chart->canvas(), chart->placeOf(m_weights));
        QCOMPARE(m_gallery->chosen(), m_weights);
        take(QStringLiteral("chosen"));
    }

    void speedIsMeasuredWhileTheWindowLives()
    {
        QTest::keyClicks(m_gallery->findChild<QLineEdit *>(QStringLiteral("gallerySearch")), QStringLiteral("squeezenet"));
        QCOMPARE(m_gallery->shown().size(), 2);
        hands::click(button("galleryMeasureAll"));
        QVERIFY(button("galleryCancelMeasuring")->isVisible());
        take(QStringLiteral("measuring"));
        QTRY_VERIFY_WITH_TIMEOUT(!button("galleryCancelMeasuring")->isVisible(), 60'000);
        auto *table = m_gallery->findChild<QTableView *>(QStringLiteral("galleryTable"));
        for (int row = 0; row < 2; ++row)
            QVERIFY(table->model()->index(row, GalleryModel::SpeedColumn).data(GalleryModel::SortRole).toDouble() > 0);
        take(QStringLiteral("measured"));
    }

    void measurementStopsWhenAsked()
    {
        m_gallery->findChild<QLineEdit *>(QStringLiteral("gallerySearch"))->clear();
        hands::click(button("galleryMeasureAll"));
        hands::click(button("galleryCancelMeasuring"));
        QVERIFY(!button("galleryCancelMeasuring")->isVisible());
        QVERIFY(!m_workbench.jobs().isRunning(GalleryController::speedLane));
    }

    void downloadIsCancelledAndGoneOnWith()
    {
        m_answer = Answer::Slow;
        m_gallery->choose(m_weights);
        hands::click(button("galleryDownload"));
        QTRY_VERIFY_WITH_TIMEOUT(bytesKept(weights(), weightsFolder()) == 1'000'000, 20'000);
        take(QStringLiteral("downloading"));
        hands::click(button("galleryCancelDownload"));
        QTRY_VERIFY(button("galleryDownload")->isVisible());
        take(QStringLiteral("cancelled"));
        QVERIFY(m_workbench.jobs().isRunning(GalleryController::downloadLane) == false);
    }

    void wrongFileIsRefusedWithAWord()
    {
        m_answer = Answer::Wrong;
        hands::click(button("galleryDownload"));
        auto *message = m_gallery->findChild<QLabel *>(QStringLiteral("galleryMessage"));
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QString::fromStdString(weights().checksum)), 20'000);
        take(QStringLiteral("wrong"));
    }

    void offlineIsSaid()
    {
        qputenv("GRAFT_WEIGHTS_MIRROR", "http://127.0.0.1:9/");
        hands::click(button("galleryDownload"));
        auto *message = m_gallery->findChild<QLabel *>(QStringLiteral("galleryMessage"));
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QString::fromStdString(weights().address)), 20'000);
        take(QStringLiteral("offline"));
    }

    void ownFileIsTakenAndOpened()
    {
        ModelPackage package;
        package.network = networkOf(weights()).value();
        package.weights = initialWeights(package.network, 1).value();
        const std::string file = path(QStringLiteral("own.pth")).toStdString();
        QVERIFY(writeModel(file, "pth", package).has_value());
        m_window->findChild<GalleryController *>()->adopt(m_weights, QString::fromStdString(file));
        QTRY_VERIFY_WITH_TIMEOUT(cachedFile(weights(), weightsFolder()).has_value(), 20'000);
        QTRY_VERIFY(!button("galleryDownload")->isEnabled());
        take(QStringLiteral("adopted"));
        hands::click(button("galleryOpen"));
        QTRY_VERIFY_WITH_TIMEOUT(m_document.hasModel(), 20'000);
        QCOMPARE(m_document.package().classNames.size(), 1000);
        QCOMPARE(m_document.package().licence, "BSD-3-Clause");
        QCOMPARE(m_document.modelTitle(), "squeezenet1_1 IMAGENET1K_V1");
        QTRY_VERIFY(m_window->findChild<GraphView *>()->isVisible());
        take(QStringLiteral("opened"));
    }

    void menuLeadsBackAndEscapeLeaves()
    {
        QTest::keyClick(m_window.get(), Qt::Key_G, Qt::ControlModifier);
        QTRY_VERIFY(m_gallery->isVisible());
        QTest::keyClick(m_gallery->findChild<QLineEdit *>(QStringLiteral("gallerySearch")), Qt::Key_Escape);
        QTRY_VERIFY(m_window->findChild<GraphView *>()->isVisible());
    }

private:
    enum class Answer { Slow, Wrong };

    PublishedWeights weights() const { return findWeights(m_weights.toStdString()).value(); }
    QPushButton *button(const char *name) const { return m_window->findChild<QPushButton *>(QString::fromLatin1(name)); }

    const QString m_weights = QStringLiteral("squeezenet1_1:IMAGENET1K_V1");
    std::atomic<Answer> m_answer = Answer::Slow;
    LoopbackServer m_server{[this](const LoopbackServer::Request &request, QTcpSocket &socket) {
        const QByteArray content(4'900'000, 'x');
        if (m_answer == Answer::Wrong)
            return LoopbackServer::serve(request, socket, content, "\"x\"");
        LoopbackServer::send(socket, LoopbackServer::head("200 OK", {"Content-Length: 4900000", "ETag: \"x\""}) + content.left(1'000'000));
        while (m_answer == Answer::Slow && socket.state() == QAbstractSocket::ConnectedState && !m_server.ended())
            socket.waitForDisconnected(50);
    }};
    GalleryView *m_gallery = nullptr;
};

int main(int argc, char **argv)
{
    return runTour<GalleryTourTest>(argc, argv, "gallery tour");
}

#include "gallerytourtest.moc"
