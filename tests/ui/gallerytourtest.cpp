#include "controllers/gallerycontroller.h"
#include "formats/format.h"
#include "gallery/gallerymodel.h"
#include "gallery/galleryview.h"
#include "gallery/loopbackserver.h"
#include "gallery/weightscache.h"
#include "graph/graphview.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/stepbar.h"
#include "nn/model.h"
#include "plots/gallerychart.h"
#include "ui/hands.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// The gallery in the real window, with the mouse: chosen, measured, downloaded from a server on the loopback address, handed over, opened.
/// A picture of each step is kept beside the tour's.
class GalleryTourTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        qputenv("XDG_CACHE_HOME", m_folder.path().toUtf8());
        qputenv("GRAFT_WEIGHTS_MIRROR", QByteArray::fromStdString(m_server.address()));
        m_name = QStringLiteral("gallery-") + qEnvironmentVariable("GRAFT_TOUR_NAME", QStringLiteral("light"));
        QDir(pictureFolder()).removeRecursively();
        QVERIFY(QDir().mkpath(pictureFolder()));
        m_appearance.restore();
        Theme theme = Theme::Light;
        QVERIFY(Appearance::parseTheme(qEnvironmentVariable("GRAFT_TOUR_THEME", QStringLiteral("light")), theme));
        m_appearance.setTheme(theme);
        QVERIFY(m_appearance.setLanguage(qEnvironmentVariable("GRAFT_TOUR_LANGUAGE", QStringLiteral("en"))));
        m_window = std::make_unique<MainWindow>(m_workbench, m_appearance,
            Places{m_folder.filePath(QStringLiteral("runs")).toStdString(), m_folder.filePath(QStringLiteral("drawn pictures"))});
        m_window->resize(qEnvironmentVariableIsSet("QT_SCALE_FACTOR") ? QSize(1280, 800) : QSize(1440, 900));
        m_window->move(0, 0);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
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
        const std::string file = m_folder.filePath(QStringLiteral("own.pth")).toStdString();
        QVERIFY(writeModel(file, "pth", package).has_value());
        m_window->findChild<GalleryController *>()->adopt(m_weights, QString::fromStdString(file));
        QTRY_VERIFY_WITH_TIMEOUT(cachedFile(weights(), weightsFolder()).has_value(), 20'000);
        QTRY_VERIFY(!button("galleryDownload")->isEnabled());
        take(QStringLiteral("adopted"));
        hands::click(button("galleryOpen"));
        QTRY_VERIFY_WITH_TIMEOUT(m_workbench.document().hasModel(), 20'000);
        QCOMPARE(m_workbench.document().package().classNames.size(), 1000);
        QCOMPARE(m_workbench.document().package().licence, "BSD-3-Clause");
        QCOMPARE(m_workbench.document().modelTitle(), "squeezenet1_1 IMAGENET1K_V1");
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
    [[nodiscard]] QString pictureFolder() const { return QStringLiteral(GRAFT_TOUR_FOLDER "/") + m_name; }
    void take(const QString &what)
    {
        QTest::qWait(120);
        const QString file = QStringLiteral("%1/%2-%3.png").arg(pictureFolder()).arg(++m_number, 2, 10, QLatin1Char('0')).arg(what);
        QVERIFY2(m_window->grab().save(file), qPrintable(file));
    }

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
    QTemporaryDir m_folder;
    QString m_name;
    int m_number = 0;
    Appearance m_appearance;
    Workbench m_workbench;
    std::unique_ptr<MainWindow> m_window;
    GalleryView *m_gallery = nullptr;
};

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("gallery tour"));
    GalleryTourTest tour;
    return QTest::qExec(&tour, argc, argv);
}

#include "gallerytourtest.moc"
