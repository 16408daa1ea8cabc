#include "common/emptystate.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "graph/graphitems.h"
#include "graph/graphpainter.h"

#include <QApplication>
#include <QDir>
#include <QPalette>
#include <QPushButton>
#include <QTest>
#include <cmath>

using namespace graft;

namespace {

/// WCAG 2's relative luminance and contrast.
double luminance(const QColor &color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &two)
{
    const double first = luminance(one), second = luminance(two);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

const QStringList categories{"convolution", "normalization", "activation", "pooling", "linear", "merge", "regularization", "shape",
    "elementwise", "attention", "parameter", "input", "of a plug-in"};

} // namespace

class LookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void numbersHaveSensibleDigitsAndUnits();
    void durationsReadLikeAClock();
    void everyTextReadsOnItsGround_data();
    void everyTextReadsOnItsGround();
    void themeChangesAtRunTime();
    void iconsFollowThePaletteAtAnySize();
    void emptyStateOffersItsActions();
};

void LookTest::numbersHaveSensibleDigitsAndUnits()
{
    QCOMPARE(formatCount(0), "0");
    QCOMPARE(formatCount(999), "999");
    QCOMPARE(formatCount(25'557'032), "25.6 M");
    QCOMPARE(formatCount(1'234), "1.23 K");
    QCOMPARE(formatCount(999'950), "1.00 M");
    QCOMPARE(formatMultiplyAdds(4'089'184'256), "4.09 GMACs");
    QCOMPARE(formatBytes(97'800'000), "97.8 MB");
    QCOMPARE(formatPercent(0.954), "95.4 %");
    QCOMPARE(formatPercent(1), "100 %");
    QCOMPARE(formatPercent(0.0001), "< 0.1 %");
    QCOMPARE(formatPercent(0.9999), "> 99.9 %");
    QCOMPARE(formatShape({64, 112, 112}), QString::fromUtf8("64 × 112 × 112"));
    QCOMPARE(formatShape({}), QString("?"));
}

void LookTest::durationsReadLikeAClock()
{
    QCOMPARE(formatDuration(0.42), "0.4 s");
    QCOMPARE(formatDuration(80), "1 min 20 s");
    QCOMPARE(formatDuration(7500), "2 h 5 min");
    QCOMPARE(formatDuration(std::nan("")), QString::fromUtf8("–"));
}

void LookTest::everyTextReadsOnItsGround_data()
{
    QTest::addColumn<int>("theme");
    QTest::addRow("light") << int(Theme::Light);
    QTest::addRow("dark") << int(Theme::Dark);
}

void LookTest::everyTextReadsOnItsGround()
{
    QFETCH(int, theme);
    applyTheme(*qApp, Theme(theme));
    QCOMPARE(isDark(), Theme(theme) == Theme::Dark);
    const QPalette palette = QApplication::palette();
    QList<QColor> onBoxes{palette.color(QPalette::Text), mutedTextColor()};
    for (const QString &category : categories)
        onBoxes << categoryColor(category);
    for (const QColor &ink : onBoxes) {
        for (const StateColors &box :
            {stateColors(true, true), stateColors(true, false), stateColors(false, true), stateColors(false, false)})
            QVERIFY2(contrast(ink, box.fill) >= 4.5, qPrintable(ink.name() + " on a box of " + box.fill.name()));
    }
    for (const QColor &ink :
        onBoxes + QList<QColor>{frozenColor(), trainableColor(), accentColor(), warningColor(), errorColor(), successColor()}) {
        for (const QPalette::ColorRole ground : {QPalette::Window, QPalette::Base, QPalette::AlternateBase})
            QVERIFY2(contrast(ink, palette.color(ground)) >= 4.5, qPrintable(ink.name() + " on " + palette.color(ground).name()));
    }
    QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
    QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 4.5);
    QVERIFY(contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)) >= 4.5);
}

void LookTest::themeChangesAtRunTime()
{
    applyTheme(*qApp, Theme::Light);
    QVERIFY(!isDark());
    applyTheme(*qApp, Theme::Dark);
    QVERIFY(isDark());
    applyTheme(*qApp, Theme::Light);
    QVERIFY(!isDark());
}

void LookTest::iconsFollowThePaletteAtAnySize()
{
    const QStringList names = (void(icon("open")), QDir(":/graft/icons").entryList());
    QVERIFY(names.size() > 20);
    const auto darkest = [](const QImage &image) {
        int least = 255;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qAlpha(image.pixel(x, y)) == 255)
                    least = std::min(least, qGray(image.pixel(x, y)));
            }
        }
        return least;
    };
    for (const QString &name : names) {
        const QIcon drawn = icon(name.chopped(4));
        applyTheme(*qApp, Theme::Light);
        const QPixmap light = drawn.pixmap(QSize(24, 24), 2.0);
        QCOMPARE(light.size(), QSize(48, 48));
        QVERIFY2(darkest(light.toImage()) < 60, qPrintable(name));
        applyTheme(*qApp, Theme::Dark);
        QVERIFY2(darkest(drawn.pixmap(QSize(24, 24), 2.0).toImage()) > 180, qPrintable(name));
    }
}

void LookTest::emptyStateOffersItsActions()
{
    EmptyState state("folder", "No pictures yet", "Drop a folder of pictures here, or choose one.");
    QPushButton *choose = state.addAction("Choose a folder");
    bool clicked = false;
    connect(choose, &QPushButton::clicked, this, [&] { clicked = true; });
    state.show();
    QTest::mouseClick(choose, Qt::LeftButton);
    QVERIFY(clicked);
}

QTEST_MAIN(LookTest)
#include "looktest.moc"
