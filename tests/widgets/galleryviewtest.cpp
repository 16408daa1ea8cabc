#include "gallery/galleryview.h"
#include "common/theme.h"
#include "gallery/galleryfilter.h"
#include "gallery/gallerymodel.h"
#include "plots/gallerychart.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace graft;

namespace {

GalleryEntry entry(const QString &name, const QString &family, double top1, qint64 parameters, qint64 multiplyAdds, const QString &licence)
{
    GalleryEntry made;
    made.reference = name.toLower() + QStringLiteral(":IMAGENET1K_V1");
    made.title = name;
    made.weights = QStringLiteral("IMAGENET1K_V1");
    made.family = family;
    made.top1 = top1;
    made.top5 = top1 + 10;
    made.parameters = parameters;
    made.multiplyAdds = multiplyAdds;
    made.bytes = parameters * 4;
    made.pixels = 224;
    made.licence = licence;
    made.source = QStringLiteral("torchvision");
    made.address = QStringLiteral("https://example.org/") + name;
    return made;
}

std::vector<GalleryEntry> sample()
{
    std::vector<GalleryEntry> entries{entry("Small", "MobileNet", 60, 2'000'000, 60'000'000, "BSD-3-Clause"),
        entry("Middle", "ResNet", 76, 25'000'000, 4'000'000'000, "BSD-3-Clause"),
        entry("Large", "ViT", 88, 600'000'000, 160'000'000'000, "CC-BY-NC-4.0"),
        entry("Heavy", "ResNet", 78, 60'000'000, 11'000'000'000, "BSD-3-Clause")};
    entries[1].isHere = true;
    entries[3].bytesKept = 100'000'000;
    return entries;
}

} // namespace

class GalleryViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        m_view = std::make_unique<GalleryView>();
        m_view->resize(1200, 700);
        m_view->setEntries(sample());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_chart = m_view->findChild<GalleryChart *>();
        QTest::qWait(50); // the chart draws when the loop is idle
    }

    void modelKeepsItsPromises();
    void bestNetworkStandsFirst();
    void clickOnABubbleChoosesItEverywhere();
    void smallBubbleBeforeALargeOneIsTheOneThatIsHit();
    void clickOnARowMarksTheBubble();
    void filterTakesWordsInAnyOrder();
    void familyInTheLegendFilters();
    void headerSortsNumbersAsNumbers();
    void whatIsHereOpensAndWhatIsNotIsDownloaded();
    void brokenOffDownloadSaysHowFarItIs();
    void runningDownloadShowsProgressAndCanBeCancelled();
    void speedIsAskedForTheChosenOrForAllShown();
    void problemIsSaidUntilSomethingElseIsChosen();
    void keyboardGoesFromBubbleToBubble();
    void rowIsCopiedWithPlainDigits();
    void everythingHasANameForThoseWhoCannotSee();

private:
    QTableView *table() const { return m_view->findChild<QTableView *>("galleryTable"); }
    QPushButton *button(const char *name) const { return m_view->findChild<QPushButton *>(name); }
    void clickBubble(const QString &reference) const
    {
        QTest::mouseClick(m_chart->canvas(), Qt::LeftButton, {}, m_chart->placeOf(reference));
    }

    std::unique_ptr<GalleryView> m_view;
    GalleryChart *m_chart = nullptr;
};

void GalleryViewTest::modelKeepsItsPromises()
{
    GalleryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(sample());
    auto changed = sample();
    changed[0].picturesPerSecond = 12.5;
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setEntries(changed);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(model.index(0, GalleryModel::SpeedColumn).data().toString(), "12.5");
    model.setEntries({});
    QCOMPARE(model.rowCount(), 0);
}

void GalleryViewTest::bestNetworkStandsFirst()
{
    QCOMPARE(m_view->shown(), (QStringList{"large:IMAGENET1K_V1", "heavy:IMAGENET1K_V1", "middle:IMAGENET1K_V1", "small:IMAGENET1K_V1"}));
}

void GalleryViewTest::clickOnABubbleChoosesItEverywhere()
{
    clickBubble("middle:IMAGENET1K_V1");
    QCOMPARE(m_view->chosen(), "middle:IMAGENET1K_V1");
    QCOMPARE(table()->currentIndex().siblingAtColumn(0).data().toString(), "Middle");
    QTest::mouseClick(m_chart->canvas(), Qt::LeftButton, {}, QPoint(90, 40)); // nothing there: the choice stays
    QCOMPARE(m_view->chosen(), "middle:IMAGENET1K_V1");
}

void GalleryViewTest::smallBubbleBeforeALargeOneIsTheOneThatIsHit()
{
    auto entries = sample();
    entries[0].multiplyAdds = entries[2].multiplyAdds;
    entries[0].top1 = entries[2].top1;
    m_view->setEntries(entries);
    QTest::qWait(50);
    clickBubble("small:IMAGENET1K_V1");
    QCOMPARE(m_view->chosen(), "small:IMAGENET1K_V1");
    QTest::mouseClick(m_chart->canvas(), Qt::LeftButton, {}, m_chart->placeOf("large:IMAGENET1K_V1") + QPoint(-20, 0));
    QCOMPARE(m_view->chosen(), "large:IMAGENET1K_V1");
}

void GalleryViewTest::clickOnARowMarksTheBubble()
{
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(table()->model()->index(1, 0)).center());
    QCOMPARE(m_view->chosen(), "heavy:IMAGENET1K_V1");
    QVERIFY(button("galleryOpen")->isEnabled());
}

void GalleryViewTest::filterTakesWordsInAnyOrder()
{
    auto *search = m_view->findChild<QLineEdit *>("gallerySearch");
    QTest::keyClicks(search, "bsd resnet");
    QCOMPARE(m_view->shown(), (QStringList{"heavy:IMAGENET1K_V1", "middle:IMAGENET1K_V1"}));
    clickBubble("small:IMAGENET1K_V1"); // filtered out: it is not to be hit
    QCOMPARE(m_view->chosen(), QString());
    search->clear();
    QCOMPARE(m_view->shown().size(), 4);
}

void GalleryViewTest::familyInTheLegendFilters()
{
    Q_EMIT m_chart->familyChosen("ViT");
    QCOMPARE(m_view->shown(), QStringList{"large:IMAGENET1K_V1"});
}

void GalleryViewTest::headerSortsNumbersAsNumbers()
{
    table()->sortByColumn(GalleryModel::MultiplyAddsColumn, Qt::AscendingOrder);
    QCOMPARE(m_view->shown(), (QStringList{"small:IMAGENET1K_V1", "middle:IMAGENET1K_V1", "heavy:IMAGENET1K_V1", "large:IMAGENET1K_V1"}));
}

void GalleryViewTest::whatIsHereOpensAndWhatIsNotIsDownloaded()
{
    QVERIFY(!button("galleryOpen")->isEnabled());
    QSignalSpy opened(m_view.get(), &GalleryView::openRequested), fetched(m_view.get(), &GalleryView::downloadRequested),
        adopted(m_view.get(), &GalleryView::adoptRequested);
    m_view->choose("middle:IMAGENET1K_V1");
    QCOMPARE(button("galleryOpen")->text(), "Open");
    QVERIFY(!button("galleryDownload")->isEnabled());
    QTest::mouseClick(button("galleryOpen"), Qt::LeftButton);
    m_view->choose("large:IMAGENET1K_V1");
    QCOMPARE(button("galleryOpen")->text(), "Download and open");
    QTest::mouseClick(button("galleryDownload"), Qt::LeftButton);
    QTest::mouseClick(button("galleryAdopt"), Qt::LeftButton);
    QCOMPARE(opened.takeFirst().at(0).toString(), "middle:IMAGENET1K_V1");
    QCOMPARE(fetched.takeFirst().at(0).toString(), "large:IMAGENET1K_V1");
    QCOMPARE(adopted.takeFirst().at(0).toString(), "large:IMAGENET1K_V1");
}

void GalleryViewTest::brokenOffDownloadSaysHowFarItIs()
{
    m_view->choose("heavy:IMAGENET1K_V1");
    QCOMPARE(button("galleryDownload")->text(), "Go on with the download (100 MB of 240 MB)");
}

void GalleryViewTest::runningDownloadShowsProgressAndCanBeCancelled()
{
    m_view->choose("large:IMAGENET1K_V1");
    m_view->setDownload("large:IMAGENET1K_V1", 600'000'000, 2'400'000'000);
    QVERIFY(button("galleryCancelDownload")->isVisible());
    QVERIFY(!button("galleryDownload")->isVisible());
    const auto bars = m_view->findChildren<QProgressBar *>();
    QCOMPARE(std::ranges::count_if(bars, [](const QProgressBar *bar) { return bar->isVisible() && bar->value() == 250; }), 1);
    QVERIFY(m_view->findChild<QLabel *>("galleryMessage")->text().contains("600 MB of 2.40 GB"));
    QSignalSpy cancelled(m_view.get(), &GalleryView::cancelDownloadRequested);
    QTest::mouseClick(button("galleryCancelDownload"), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    m_view->clearDownload();
    QVERIFY(!button("galleryCancelDownload")->isVisible());
    QVERIFY(m_view->findChild<QLabel *>("galleryMessage")->text().isEmpty());
}

void GalleryViewTest::speedIsAskedForTheChosenOrForAllShown()
{
    QSignalSpy asked(m_view.get(), &GalleryView::measureRequested);
    m_view->choose("middle:IMAGENET1K_V1");
    QTest::mouseClick(button("galleryMeasure"), Qt::LeftButton);
    QCOMPARE(asked.takeFirst(), (QVariantList{QStringList{"middle:IMAGENET1K_V1"}, 1}));
    m_view->findChild<QComboBox *>("galleryBatch")->setCurrentIndex(1);
    Q_EMIT m_chart->familyChosen("ResNet");
    QTest::mouseClick(button("galleryMeasureAll"), Qt::LeftButton);
    QCOMPARE(asked.takeFirst(), (QVariantList{QStringList{"heavy:IMAGENET1K_V1", "middle:IMAGENET1K_V1"}, 32}));
    m_view->setMeasuring("heavy:IMAGENET1K_V1", 1, 2);
    QSignalSpy stopped(m_view.get(), &GalleryView::cancelMeasuringRequested);
    QTest::mouseClick(button("galleryCancelMeasuring"), Qt::LeftButton);
    QCOMPARE(stopped.size(), 1);
    auto entries = sample();
    entries[1].picturesPerSecond = 20;
    m_view->setEntries(entries);
    m_view->findChild<QComboBox *>("galleryAxis")->setCurrentIndex(1);
    QVERIFY(!m_chart->placeOf("middle:IMAGENET1K_V1").isNull());
    QVERIFY(m_chart->placeOf("heavy:IMAGENET1K_V1").isNull()); // not measured
}

void GalleryViewTest::problemIsSaidUntilSomethingElseIsChosen()
{
    m_view->choose("large:IMAGENET1K_V1");
    m_view->showProblem("The server cannot be reached", "There is no connection to example.org; try again later.");
    auto *message = m_view->findChild<QLabel *>("galleryMessage");
    QVERIFY(message->isVisible() && !message->text().isEmpty());
    QCOMPARE(message->palette().color(QPalette::WindowText), errorColor());
    QVERIFY(message->text().contains("example.org"));
    m_view->choose("small:IMAGENET1K_V1");
    QVERIFY(message->text().isEmpty());
}

void GalleryViewTest::keyboardGoesFromBubbleToBubble()
{
    QSignalSpy opened(m_view.get(), &GalleryView::openRequested);
    m_chart->canvas()->setFocus();
    QTest::keyClick(m_chart->canvas(), Qt::Key_Right);
    QCOMPARE(m_view->chosen(), "small:IMAGENET1K_V1");
    QTest::keyClick(m_chart->canvas(), Qt::Key_Right);
    QCOMPARE(m_view->chosen(), "middle:IMAGENET1K_V1");
    QTest::keyClick(m_chart->canvas(), Qt::Key_Left);
    QCOMPARE(m_view->chosen(), "small:IMAGENET1K_V1");
    QTest::keyClick(m_chart->canvas(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QSignalSpy left(m_view.get(), &GalleryView::backRequested);
    QTest::keyClick(table(), Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
}

void GalleryViewTest::rowIsCopiedWithPlainDigits()
{
    m_view->choose("middle:IMAGENET1K_V1");
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY2(QApplication::clipboard()->text().startsWith("Middle\tIMAGENET1K_V1\tBSD-3-Clause\t76\t25000000\t4000000000\t"),
        qPrintable(QApplication::clipboard()->text()));
}

void GalleryViewTest::everythingHasANameForThoseWhoCannotSee()
{
    for (const QWidget *widget : m_view->findChildren<QWidget *>()) {
        const bool takesKeys = widget->focusPolicy() & Qt::TabFocus;
        const auto *pushed = qobject_cast<const QAbstractButton *>(widget);
        if (takesKeys && !qobject_cast<const QLabel *>(widget) && widget->objectName() != "qt_spinbox_lineedit")
            QVERIFY2(!widget->accessibleName().isEmpty() || (pushed && !pushed->text().isEmpty()),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + ' ' + widget->objectName()));
    }
}

QTEST_MAIN(GalleryViewTest)
#include "galleryviewtest.moc"
