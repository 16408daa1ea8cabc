#include "common/text.h"
#include "controllers/featurecachecontroller.h"
#include "data/drawnpictures.h"
#include "document/runplan.h"
#include "gui/messagebar.h"
#include "properties/foldingsection.h"
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
    void clickKeep();
    void answer(const QString &button);
    void train();
    [[nodiscard]] QString cache() const { return m_root.filePath(QStringLiteral("cache/graft/features")); }
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
    QSettings().remove(QStringLiteral("featureCache"));
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

void MemoryWindowTest::clickKeep()
{
    auto *box = field<QCheckBox>("Keep features");
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
    QCOMPARE(
        m_graft.window->findChild<FeatureCacheController *>()->settings(), (FeatureCacheSettings{cache().toStdString(), 2'500'000'000}));
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

QTEST_MAIN(MemoryWindowTest)
#include "memorywindowtest.moc"
