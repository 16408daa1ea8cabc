#include "gui/exportpage.h"
#include "common/theme.h"
#include "gui/exportreport.h"
#include "ui/hands.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

namespace {

/// A format with options and a companion, beside those that Graft has.
std::vector<Format> formatsToChoose()
{
    std::vector<Format> all = formats().all();
    Format format;
    format.name = "sample";
    format.title = "Sample";
    format.extensions = {"sample"};
    format.write = [](const std::filesystem::path &, const ModelPackage &, const Attributes &) { return Result<void>(); };
    format.options = {{"opset", "The version.", std::int64_t{13}, false, 7, 17, {}, 0},
        {"preprocessing", "Whether it goes in.", false, false, {}, {}, {}, 0}};
    format.companions = {"weights"};
    all.push_back(format);
    return all;
}

ExportRecord record(bool pass, const QString &folder)
{
    ParityReport check;
    check.runtime = "OpenCV 4.6.0";
    check.pictures = 32;
    check.ownPictures = true;
    check.maxDifference = pass ? 1.4e-6 : 0.0312;
    check.top1Agreement = pass ? 1 : 0.875;
    check.originalMilliseconds = 18.4;
    check.exportedMilliseconds = 12.2;
    check.pass = pass;
    const std::filesystem::path wanted = (folder + QStringLiteral("/flowers.onnx")).toStdString();
    return {wanted, {pass ? wanted : failedCheckName(wanted), 8'912'345, check}, 1};
}

} // namespace

/// The page by itself, without a window around it.
class ExportPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_page = std::make_unique<ExportPage>();
        m_page->setFormats(m_formats);
        m_page->setSuggestedFile(m_folder.path(), QStringLiteral("flowers"));
        m_page->setContents(QStringLiteral("2.2 M parameters, 12 classes."));
        m_page->resize(900, 820);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void theFormatsOptionsAreShownAndHandedOn()
    {
        QSignalSpy requests(m_page.get(), &ExportPage::exportRequested);
        choose("sample");
        auto *opset = m_page->findChild<QSpinBox *>(QStringLiteral("exportOption_opset"));
        auto *preprocessing = m_page->findChild<QCheckBox *>(QStringLiteral("exportOption_preprocessing"));
        QVERIFY(opset && opset->isVisible() && preprocessing && preprocessing->isVisible());
        QCOMPARE(opset->minimum(), 7);
        QCOMPARE(opset->maximum(), 17);
        opset->setValue(11);
        preprocessing->setChecked(true);
        take("options");
        hands::click(button("exportButton"));
        QCOMPARE(requests.size(), 1);
        QCOMPARE(requests[0][0].toString(), m_folder.filePath(QStringLiteral("flowers.sample")));
        QCOMPARE(requests[0][1].toString(), QStringLiteral("sample"));
        const auto options = requests[0][2].value<Attributes>();
        QCOMPARE(std::get<std::int64_t>(options.at("opset")), std::int64_t{11});
        QVERIFY(std::get<bool>(options.at("preprocessing")));
        choose("pth");
        QVERIFY(!m_page->findChild<QSpinBox *>(QStringLiteral("exportOption_opset")));
        QCOMPARE(file()->text(), m_folder.filePath(QStringLiteral("flowers.pth")));
    }

    void aFileThatExistsIsAskedAbout_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("existing");
        QTest::addColumn<QString>("next");
        QTest::newRow("the file") << "safetensors"
                                  << "flowers.safetensors"
                                  << "flowers (2).safetensors";
        QTest::newRow("a companion") << "sample"
                                     << "flowers.weights"
                                     << "flowers (2).sample";
    }

    void aFileThatExistsIsAskedAbout()
    {
        QFETCH(QString, format);
        QFETCH(QString, existing);
        QFETCH(QString, next);
        QFile old(m_folder.filePath(existing));
        QVERIFY(old.open(QIODevice::WriteOnly));
        QSignalSpy requests(m_page.get(), &ExportPage::exportRequested);
        choose(qPrintable(format));
        hands::click(button("exportButton"));
        QVERIFY(requests.isEmpty());
        auto *question = m_page->findChild<QFrame *>(QStringLiteral("exportQuestion"));
        QVERIFY(question->isVisible());
        take("question");
        file()->setText(m_folder.filePath(QStringLiteral("other.") + format));
        QVERIFY(!question->isVisible());
        file()->setText(m_folder.filePath(QStringLiteral("flowers.") + format));
        hands::click(button("exportButton"));
        hands::click(button("exportReplace"));
        QCOMPARE(requests.takeFirst()[0].toString(), m_folder.filePath(QStringLiteral("flowers.") + format));
        hands::click(button("exportButton"));
        hands::click(button("exportKeepBoth"));
        QCOMPARE(requests.takeFirst()[0].toString(), m_folder.filePath(next));
        QVERIFY(!question->isVisible());
        old.remove();
    }

    void theReportSaysWhatTheCheckFound()
    {
        auto *report = m_page->findChild<ExportReport *>();
        QVERIFY(!report->isVisible());
        for (const bool pass : {true, false}) {
            m_page->setRecord(record(pass, m_folder.path()));
            QVERIFY(report->isVisible());
            auto *headline = report->findChild<QLabel *>(QStringLiteral("exportResult"));
            QCOMPARE(headline->palette().color(QPalette::WindowText) == errorColor(), !pass);
            QStringList texts;
            for (const QLabel *label : report->findChildren<QLabel *>())
                texts << label->text();
            const QString all = texts.join(QLatin1Char('\n'));
            QVERIFY2(all.contains(QLatin1String("OpenCV 4.6.0")), qPrintable(all));
            QVERIFY2(all.contains(pass ? QLatin1String("0.00014 %") : QLatin1String("3.1 %")), qPrintable(all));
            QVERIFY2(all.contains(pass ? QStringLiteral("1.5 ×") : QStringLiteral("87.5 %")), qPrintable(all));
            QCOMPARE(all.contains(QLatin1String("flowers.failed-check.onnx")), !pass);
            take(pass ? "passed" : "failed");
        }
        m_page->setRecord(std::nullopt);
        QVERIFY(!report->isVisible());
    }

private:
    [[nodiscard]] QAbstractButton *button(const char *name) const { return m_page->findChild<QAbstractButton *>(QLatin1String(name)); }
    [[nodiscard]] QLineEdit *file() const { return m_page->findChild<QLineEdit *>(QStringLiteral("exportFile")); }
    void choose(const char *format) { hands::click(button(qPrintable(QStringLiteral("exportFormat_") + QLatin1String(format)))); }

    /// Both looks of what is there.
    void take(const char *what)
    {
        QVERIFY(QDir().mkpath(QStringLiteral(GRAFT_TOUR_FOLDER)));
        for (const auto &[theme, name] : {std::pair(Theme::Dark, "dark"), std::pair(Theme::Light, "light")}) {
            applyTheme(*qobject_cast<QApplication *>(QCoreApplication::instance()), theme);
            QTest::qWait(50);
            QVERIFY(m_page->grab().save(QStringLiteral(GRAFT_TOUR_FOLDER "/%1-%2.png").arg(QLatin1String(what), QLatin1String(name))));
        }
    }

    const std::vector<Format> m_formats = formatsToChoose();
    QTemporaryDir m_folder;
    std::unique_ptr<ExportPage> m_page;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale::c());
    applyTheme(application, Theme::Light);
    ExportPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exportpagetest.moc"
