#include "common/text.h"
#include "controllers/cachecontroller.h"
#include "data/drawnpictures.h"
#include "document/runplan.h"
#include "gui/messagebar.h"
#include "properties/foldingsection.h"
#include "properties/memorysection.h"
#include "properties/trainingpanel.h"
#include "support/demowindow.h"
#include "ui/hands.h"
#include "widgets/panelfinders.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>

using namespace graft;

/// «Memory and speed» in the real window, with the mouse: what is chosen there is what the next run does.
class MemoryWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void microBatchAndCheckpointingReachTheRunAndTheProject();
    void aChosenFolderHoldsTheFeaturesFromThenOn();
    void switchedOffNothingIsKept();
    void theLimitIsRememberedInBytes();
    void clearingAsksFirstAndLeavesOtherFiles();
    void picturesAreKeptUnpackedWhenAskedForOnly();
    void keptPicturesHaveALimitAndAFolderOfTheirOwn();
    void clearingPicturesAsksFirstAndLeavesFeatures();

private:
    [[nodiscard]] MemorySection &section() { return *m_graft.window->findChild<TrainingPanel *>()->memory(); }
    template <typename Widget>
    [[nodiscard]] Widget *field(const char *name)
    {
        return panelfinders::field<Widget>(section(), QString::fromLatin1(name));
    }
    void unfold();
    void openPictures();
    void type(QWidget *into, const QString &text);
    void chooseItem(const QString &text);
    void clickKeep(const char *what = "Keep features");
    void answer(const QString &button);
    void train();
    [[nodiscard]] QString cache() const { return m_root.filePath(QStringLiteral("cache/graft/features")); }
    [[nodiscard]] QString pictures() const { return m_root.filePath(QStringLiteral("cache/graft/decoded")); }
    [[nodiscard]] CacheController &controller(const char *name)
    {
        return *m_graft.window->findChild<CacheController *>(QLatin1String(name));
    }
    [[nodiscard]] static qint64 bytesIn(const QString &folder) { return featureCacheBytes(folder.toStdString()); }

    QTemporaryDir m_root;
    DemoWindow m_graft;
};

void MemoryWindowTest::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    qputenv("XDG_CACHE_HOME", m_root.filePath(QStringLiteral("cache")).toUtf8());
    QVERIFY(writeDrawnDataset(m_root.filePath(QStringLiteral("pictures")).toStdString(), DrawnSet::Demo, 4, 2, 64, {}).has_value());
}

void MemoryWindowTest::init()
{
    m_graft.open();
    for (const char *kept : {"featureCache", "decodedCache"})
        QSettings().remove(QLatin1String(kept));
    m_graft.open();
    openPictures();
    unfold();
}

void MemoryWindowTest::cleanup()
{
    m_graft.close();
    QDir(m_root.filePath(QStringLiteral("cache"))).removeRecursively();
}

void MemoryWindowTest::openPictures()
{
    QSignalSpy opened(m_graft.workbench.get(), &Workbench::dataOpened);
    m_graft.window->openData(m_root.filePath(QStringLiteral("pictures")));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
    m_graft.workbench->applyFreezeSetting(QStringLiteral("all-but-head"));
    TrainingConfig config;
    config.epochs = 1;
    config.batchSize = 16;
    m_graft.document().setTrainingConfig(config);
}

void MemoryWindowTest::unfold()
{
    m_graft.window->goTo(Step::Train);
    FoldingSection *folding = section().folding();
    QVERIFY(!folding->isOpen());
    hands::click(folding->findChild<QToolButton *>());
    QVERIFY(folding->isOpen());
    QTRY_VERIFY2(!section().visibleRegion().isEmpty(), "what was unfolded is scrolled into view");
}

void MemoryWindowTest::type(QWidget *into, const QString &text)
{
    auto *line = into->findChild<QLineEdit *>();
    QTest::mouseDClick(line, Qt::LeftButton, {}, QPoint(8, line->height() / 2));
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

void MemoryWindowTest::chooseItem(const QString &text)
{
    auto *box = field<QComboBox>("Folder");
    QTest::mouseClick(box, Qt::LeftButton);
    QTest::qWait(QApplication::doubleClickInterval() + 50); // until the list takes a click
    const int row = box->findText(text);
    QVERIFY2(row >= 0, qPrintable(text));
    QTest::mouseClick(box->view()->viewport(), Qt::LeftButton, {}, box->view()->visualRect(box->model()->index(row, 0)).center());
}

void MemoryWindowTest::clickKeep(const char *what)
{
    auto *box = field<QCheckBox>(what);
    QTRY_VERIFY(box->isVisible());
    m_graft.window->findChild<TrainingPanel *>()->findChild<QScrollArea *>()->ensureWidgetVisible(box);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

/// Presses what the message on top of the page offers.
void MemoryWindowTest::answer(const QString &button)
{
    auto *message = m_graft.window->findChild<MessageBar *>();
    QTRY_VERIFY(hands::buttonNamed(message, button));
    hands::click(hands::buttonNamed(message, button));
}

void MemoryWindowTest::train()
{
    QSignalSpy ended(&m_graft.window->runs(), &RunController::ended);
    hands::click(m_graft.window->findChild<QToolButton *>(QStringLiteral("trainButton")));
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
    QCOMPARE(*m_graft.document().history().ended, StopReason::Completed);
}

void MemoryWindowTest::microBatchAndCheckpointingReachTheRunAndTheProject()
{
    type(field<QSpinBox>("Pictures at once"), QStringLiteral("4"));
    auto *checkpointing = field<QComboBox>("Save memory");
    checkpointing->setFocus();
    QTest::keyClick(checkpointing, Qt::Key_Down);
    QCOMPARE(checkpointing->currentText(), QStringLiteral("always"));
    QCOMPARE(m_graft.document().trainingConfig().microBatchSize, 4);
    QCOMPARE(m_graft.document().project().config.microBatchSize, 4);
    train();
    const auto plan = readRunPlan(m_graft.document().history().runFolder);
    QVERIFY2(plan, plan ? "" : plan.error().message.c_str());
    QCOMPARE(plan->config.microBatchSize, 4);
    QCOMPARE(plan->config.activationCheckpointing, std::string("on"));
    QCOMPARE(m_graft.document().model().training->config.microBatchSize, 4);
}

void MemoryWindowTest::aChosenFolderHoldsTheFeaturesFromThenOn()
{
    const QString folder = m_root.filePath(QStringLiteral("fast disk"));
    QVERIFY(QDir().mkpath(folder));
    QTimer::singleShot(QApplication::doubleClickInterval() + 300, this, [folder] {
        auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        name->selectAll();
        QTest::keyClicks(name, folder);
        QTest::keyClick(name, Qt::Key_Return);
    });
    chooseItem(QStringLiteral("Choose a folder…"));
    auto *box = field<QComboBox>("Folder");
    QTRY_COMPARE(box->currentText(), QStringLiteral("fast disk"));
    QVERIFY(box->toolTip().contains(folder));
    train();
    QVERIFY(bytesIn(folder) > 0);
    QCOMPARE(bytesIn(cache()), qint64{0});
    QTRY_VERIFY(panelfinders::shows(section(), formatBytes(bytesIn(folder))));
    m_graft.open(); // another window on the same machine
    m_graft.window->goTo(Step::Train);
    QCOMPARE(field<QComboBox>("Folder")->currentText(), QStringLiteral("fast disk"));
    unfold();
    chooseItem(QStringLiteral("Default folder"));
    openPictures();
    m_graft.window->goTo(Step::Train);
    train();
    QVERIFY(bytesIn(cache()) > 0);
}

void MemoryWindowTest::switchedOffNothingIsKept()
{
    clickKeep();
    QVERIFY(!field<QComboBox>("Folder")->isVisible());
    train();
    QCOMPARE(bytesIn(cache()), qint64{0});
    QVERIFY(!QDir(cache()).exists());
    clickKeep();
    train();
    QVERIFY(bytesIn(cache()) > 0);
}

void MemoryWindowTest::theLimitIsRememberedInBytes()
{
    auto *limit = field<QDoubleSpinBox>("At most");
    QTRY_VERIFY2(limit->text().startsWith(QStringLiteral("automatic: ")), qPrintable(limit->text()));
    type(limit, QStringLiteral("2.5"));
    QCOMPARE(limit->text(), QStringLiteral("2.5 GB"));
    QCOMPARE(controller("featureCache").settings<FeatureCacheSettings>(), (FeatureCacheSettings{cache().toStdString(), 2'500'000'000}));
    m_graft.open();
    QCOMPARE(field<QDoubleSpinBox>("At most")->value(), 2.5);
}

void MemoryWindowTest::clearingAsksFirstAndLeavesOtherFiles()
{
    QPushButton *clear = panelfinders::button(section(), QStringLiteral("Clear…"));
    QTRY_VERIFY(!clear->isEnabled());
    train();
    QTRY_VERIFY(clear->isEnabled());
    const QString foreign = cache() + QStringLiteral("/notes.txt");
    QFile notes(foreign);
    QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("mine") == 4);
    notes.close();
    auto *message = m_graft.window->findChild<MessageBar *>();
    hands::click(clear);
    QVERIFY2(message->text().startsWith(QStringLiteral("Clear the ")), qPrintable(message->text()));
    answer(QStringLiteral("Keep"));
    QTest::qWait(100);
    QVERIFY(bytesIn(cache()) > 0);
    hands::click(clear);
    answer(QStringLiteral("Clear"));
    QTRY_VERIFY(!clear->isEnabled());
    QCOMPARE(bytesIn(cache()), qint64{0});
    QCOMPARE(QDir(cache()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("notes.txt")});
}

void MemoryWindowTest::picturesAreKeptUnpackedWhenAskedForOnly()
{
    train();
    QVERIFY(!QDir(pictures()).exists());
    QVERIFY(!field<QComboBox>("Picture folder")->isVisible());
    QVERIFY(!panelfinders::field<QWidget>(section(), QStringLiteral("Pictures in use"))->isVisible());
    clickKeep("Keep pictures");
    QVERIFY(field<QComboBox>("Picture folder")->isVisible());
    QVERIFY(QDir(cache()).removeRecursively()); // whoever has all features needs no picture
    train();
    const qint64 bytes = decodedCacheBytes(pictures().toStdString());
    QVERIFY(bytes > 64 * 64 * 3);
    QTRY_VERIFY(panelfinders::shows(section(), formatBytes(bytes)));
    m_graft.open(); // another window on the same machine
    QVERIFY(field<QCheckBox>("Keep pictures")->isChecked());
    QCOMPARE(controller("decodedCache").settings<DecodedCacheSettings>(), (DecodedCacheSettings{pictures().toStdString(), 0}));
    m_graft.window->goTo(Step::Train);
    unfold();
    clickKeep("Keep pictures");
    QCOMPARE(controller("decodedCache").settings<DecodedCacheSettings>(), DecodedCacheSettings());
    QVERIFY(!field<QComboBox>("Picture folder")->isVisible());
    QTRY_VERIFY2(panelfinders::field<QWidget>(section(), QStringLiteral("Pictures in use"))->isVisible(),
        "what was kept before can still be cleared");
}

void MemoryWindowTest::keptPicturesHaveALimitAndAFolderOfTheirOwn()
{
    clickKeep("Keep pictures");
    type(field<QDoubleSpinBox>("Pictures at most"), QStringLiteral("0.001"));
    QCOMPARE(field<QDoubleSpinBox>("At most")->value(), 0.0);
    QCOMPARE(controller("decodedCache").choice().limitBytes, qint64{1'000'000});
    const QString folder = m_root.filePath(QStringLiteral("pixels"));
    controller("decodedCache").setChoice({true, folder, 10'000}); // less than one picture
    QCOMPARE(field<QComboBox>("Picture folder")->currentText(), QStringLiteral("pixels"));
    QCOMPARE(field<QComboBox>("Folder")->currentText(), QStringLiteral("Default folder"));
    train();
    QVERIFY(QDir(folder).exists());
    QCOMPARE(decodedCacheBytes(folder.toStdString()), std::int64_t{0});
    QVERIFY(!QDir(pictures()).exists());
    QVERIFY(bytesIn(cache()) > 0);
}

void MemoryWindowTest::clearingPicturesAsksFirstAndLeavesFeatures()
{
    clickKeep("Keep pictures");
    train();
    auto *row = panelfinders::field<QWidget>(section(), QStringLiteral("Pictures in use"));
    auto *clear = row->findChild<QPushButton *>();
    QTRY_VERIFY(clear->isEnabled());
    const qint64 features = bytesIn(cache());
    hands::click(clear);
    const QString question = m_graft.window->findChild<MessageBar *>()->text();
    QVERIFY2(question.contains(QStringLiteral("unpacked pictures")) && question.contains(pictures()), qPrintable(question));
    answer(QStringLiteral("Keep"));
    QTest::qWait(100);
    QVERIFY(decodedCacheBytes(pictures().toStdString()) > 0);
    hands::click(clear);
    answer(QStringLiteral("Clear"));
    QTRY_VERIFY(!clear->isEnabled());
    QCOMPARE(decodedCacheBytes(pictures().toStdString()), std::int64_t{0});
    QVERIFY(features > 0);
    QCOMPARE(bytesIn(cache()), features);
}

QTEST_MAIN(MemoryWindowTest)
#include "memorywindowtest.moc"
