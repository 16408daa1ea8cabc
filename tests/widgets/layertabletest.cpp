#include "graph/layertable.h"
#include "graph/layertablemodel.h"
#include "graph/totalsrow.h"
#include "panelsamples.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QtTest>
#include <limits>

using namespace graft;

class LayerTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void totalsFollowTheFilterAndTheSelection();
    void theFilterSpeaksTheSearchLinesLanguage();
    void numbersSortAsNumbers();
    void columnsAreChosenFromTheMenuAndKept();
    void measuredTimesAppearOnceTheyAreKnown();
    void csvQuotesWhatNeedsIt();
    void ctrlCCopiesTheChosenRows();
    void clicksChooseLayersAndChoicesFromElsewhereAreShown();
};

namespace {

struct Filled {
    Filled()
    {
        network = panelsamples::network();
        table.setNetwork(network, analyse(network).value());
        table.resize(1000, 320);
        table.show();
        view = table.findChild<QTableView *>();
        search = table.findChild<QLineEdit *>();
    }
    QStringList totals() const { return table.findChild<TotalsRow *>()->texts(); }
    QStringList names() const
    {
        QStringList found;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            found << view->model()->index(row, 0).data().toString();
        return found;
    }

    Network network;
    LayerTable table;
    QTableView *view;
    QLineEdit *search;
};

} // namespace

void LayerTableTest::totalsFollowTheFilterAndTheSelection()
{
    Filled filled;
    // 3·16·3·3 + 2·16 + 16·12 + 12; the multiply-adds of the convolution and the Linear.
    QCOMPARE(filled.totals()[LayerTableModel::NameColumn], QStringLiteral("7 layers"));
    QCOMPARE(filled.totals()[LayerTableModel::ParametersColumn], QStringLiteral("668"));
    QTest::keyClicks(filled.search, "Linear");
    QCOMPARE(filled.totals()[LayerTableModel::NameColumn], QStringLiteral("1 layer shown"));
    QCOMPARE(filled.totals()[LayerTableModel::ParametersColumn], QStringLiteral("204"));
    filled.search->clear();
    filled.table.setSelection({LayerId{1}, LayerId{2}});
    QCOMPARE(filled.totals()[LayerTableModel::NameColumn], QStringLiteral("2 layers chosen"));
    QCOMPARE(filled.totals()[LayerTableModel::ParametersColumn], QStringLiteral("464"));
    QCOMPARE(filled.totals()[LayerTableModel::MemoryColumn], QStringLiteral("524 kB"));
}

void LayerTableTest::theFilterSpeaksTheSearchLinesLanguage()
{
    Filled filled;
    filled.network.find(LayerId{1})->frozen = true;
    filled.table.setNetwork(filled.network, analyse(filled.network).value());
    QTest::keyClicks(filled.search, "frozen");
    QCOMPARE(filled.names(), QStringList{"features.0.conv"});
    filled.search->clear();
    QTest::keyClicks(filled.search, "params>300");
    QCOMPARE(filled.names(), QStringList{"features.0.conv"});
}

void LayerTableTest::numbersSortAsNumbers()
{
    Filled filled;
    filled.view->sortByColumn(LayerTableModel::ParametersColumn, Qt::DescendingOrder);
    QCOMPARE(filled.names().mid(0, 3), (QStringList{"features.0.conv", "fc", "features.0.bn"}));
    filled.view->sortByColumn(LayerTableModel::NameColumn, Qt::AscendingOrder);
    QCOMPARE(filled.names().front(), QStringLiteral("input"));
}

void LayerTableTest::columnsAreChosenFromTheMenuAndKept()
{
    Filled filled;
    auto *menu = filled.table.findChild<QMenu *>();
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions())
        if (action->text() == QStringLiteral("Multiply-adds"))
            action->trigger();
    QVERIFY(filled.view->isColumnHidden(LayerTableModel::MultiplyAddsColumn));
    QVERIFY(!filled.table.selectedText().contains("Multiply-adds"));
    Filled another;
    another.table.restoreColumns(filled.table.columns());
    QVERIFY(another.view->isColumnHidden(LayerTableModel::MultiplyAddsColumn));
}

void LayerTableTest::measuredTimesAppearOnceTheyAreKnown()
{
    Filled filled;
    QVERIFY(filled.view->isColumnHidden(LayerTableModel::TimeColumn));
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    filled.table.setTimes({unknown, 0.002, 0.001, 0.0005, 0.0001, 0, 0.0004});
    QVERIFY(!filled.view->isColumnHidden(LayerTableModel::TimeColumn));
    QCOMPARE(filled.totals()[LayerTableModel::TimeColumn], QStringLiteral("4.000 ms"));
    Network shorter = filled.network;
    shorter.remove(LayerId{6});
    filled.table.setNetwork(shorter, analyse(shorter).value());
    QCOMPARE(filled.totals()[LayerTableModel::TimeColumn], QStringLiteral("3.600 ms"));
}

void LayerTableTest::csvQuotesWhatNeedsIt()
{
    Filled filled;
    filled.network.find(LayerId{6})->name = "a \"strange\", name";
    filled.table.setNetwork(filled.network, analyse(filled.network).value());
    QSignalSpy spy(&filled.table, &LayerTable::csvRequested);
    for (QToolButton *button : filled.table.findChildren<QToolButton *>())
        if (button->text().startsWith("Save as CSV"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    const QStringList lines = spy.front().front().toString().split("\r\n");
    QCOMPARE(lines[0], QStringLiteral("Layer,Type,Output shape,Parameters,Multiply-adds,Output memory (bytes),Frozen"));
    QCOMPARE(lines[7], QStringLiteral("\"a \"\"strange\"\", name\",Linear,12,204,192,48,0"));
    QCOMPARE(lines.size(), 9);
}

void LayerTableTest::ctrlCCopiesTheChosenRows()
{
    Filled filled;
    filled.table.setSelection({LayerId{6}});
    filled.table.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&filled.table));
    filled.view->setFocus();
    QTest::keySequence(filled.view, QKeySequence::Copy);
    QVERIFY(QApplication::clipboard()->text().endsWith("fc\tLinear\t12\t204\t192\t48\t0\n"));
}

void LayerTableTest::clicksChooseLayersAndChoicesFromElsewhereAreShown()
{
    Filled filled;
    std::vector<LayerId> chosen;
    connect(&filled.table, &LayerTable::selectionChanged, &filled.table, [&](const std::vector<LayerId> &layers) { chosen = layers; });
    const QModelIndex conv = filled.view->model()->index(1, 0);
    QTest::mouseClick(filled.view->viewport(), Qt::LeftButton, {}, filled.view->visualRect(conv).center());
    QCOMPARE(chosen, std::vector<LayerId>{LayerId{1}});
    chosen.clear();
    filled.table.setSelection({LayerId{4}});
    QVERIFY(chosen.empty());
    QCOMPARE(filled.table.selection(), std::vector<LayerId>{LayerId{4}});
}

QTEST_MAIN(LayerTableTest)
#include "layertabletest.moc"
