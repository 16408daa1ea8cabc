#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "properties/preprocessingpanel.h"

#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace graft;

/// The preprocessing on the page Data of the real window.
class PreprocessingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }
    void nothingCanBeChosenWithoutAModel();
    void aRecipeIsOneStepThatCanBeUndone();
    void numbersTypedAreOneStepAndKeepTheRecipesDigits();

private:
    [[nodiscard]] QComboBox *preset() const { return m_window->findChild<QComboBox *>(QStringLiteral("preprocessingPreset")); }
    [[nodiscard]] QString warning() const { return m_window->findChild<QLabel *>(QStringLiteral("preprocessingWarning"))->text(); }
    void choose(const char *name);
    void openDemo();

    QTemporaryDir m_folder;
    Appearance m_appearance;
    Workbench m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

void PreprocessingTest::init()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    m_window = std::make_unique<MainWindow>(m_workbench, m_appearance,
        Places{m_folder.filePath(QStringLiteral("runs")).toStdString(), m_folder.filePath(QStringLiteral("drawn"))});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->goTo(Step::Data);
}

void PreprocessingTest::openDemo()
{
    QSignalSpy opened(&m_workbench, &Workbench::modelOpened);
    m_workbench.openModel(QStringLiteral("demo"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
    m_window->goTo(Step::Data);
}

void PreprocessingTest::choose(const char *name)
{
    QVERIFY(preset()->isVisible() && preset()->isEnabled());
    const int index = preset()->findData(QString::fromLatin1(name));
    preset()->setCurrentIndex(index);
    Q_EMIT preset()->activated(index);
}

void PreprocessingTest::nothingCanBeChosenWithoutAModel()
{
    QVERIFY(preset()->isVisible());
    QVERIFY(!preset()->isEnabled());
}

void PreprocessingTest::aRecipeIsOneStepThatCanBeUndone()
{
    openDemo();
    Document &document = m_workbench.document();
    const Preprocessing before = document.preprocessing();
    QVERIFY(warning().isEmpty());
    choose("caffe");
    QCOMPARE(document.preprocessing().channelOrder, std::string("BGR"));
    QCOMPARE(document.preprocessing().crop, before.crop);
    QVERIFY2(warning().contains(QStringLiteral("otherwise than the model's weights")), qPrintable(warning()));
    QCOMPARE(document.undoStack().count(), 1);
    document.undoStack().undo();
    QVERIFY(document.preprocessing() == before);
    QVERIFY(warning().isEmpty());
}

void PreprocessingTest::numbersTypedAreOneStepAndKeepTheRecipesDigits()
{
    openDemo();
    Document &document = m_workbench.document();
    choose("caffe");
    const auto mean = document.preprocessing().mean;
    QTest::mouseClick(m_window->findChild<QToolButton *>(QStringLiteral("preprocessingDetails")), Qt::LeftButton);
    auto *panel = m_window->findChild<PreprocessingPanel *>();
    QSpinBox *crop = nullptr;
    for (QSpinBox *box : panel->findChildren<QSpinBox *>())
        if (box->accessibleName() == QStringLiteral("Crop"))
            crop = box;
    QVERIFY(crop && crop->isVisible());
    crop->setFocus();
    crop->selectAll();
    QTest::keyClicks(crop, QStringLiteral("48"));
    QTest::keyClick(crop, Qt::Key_Return);
    QCOMPARE(document.preprocessing().crop, 48);
    QVERIFY(document.preprocessing().mean == mean);
    QCOMPARE(preset()->currentData().toString(), QStringLiteral("caffe"));
    QVERIFY2(warning().contains(QStringLiteral("Pictures are cut to 48 × 48 pixels")), qPrintable(warning()));
    QCOMPARE(document.undoStack().count(), 1);
}

QTEST_MAIN(PreprocessingTest)
#include "preprocessingtest.moc"
