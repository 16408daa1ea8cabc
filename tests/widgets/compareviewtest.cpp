#include "compare/compareview.h"
#include "compare/comparemodel.h"
#include "graph/totalsrow.h"
#include "panelfinders.h"
#include "panelsamples.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLineEdit>
#include <QTableView>
#include <QtTest>
#include <cmath>

using namespace graft;
using namespace panelfinders;

class CompareViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void equalModelsSaySo();
    void differencesAreSaidInWords();
    void whichSideIsFrozenIsSaid();
    void oneLayerWithAnotherShapeIsOneLayer();
    void driftIsTheChangesShareOfTheWeights();
    void onlyDifferencesAreShownUnlessAskedOtherwise();
    void totalsCountBothSides();
    void doubleClickAsksForTheLayer();
    void theModelKeepsTheRulesOfItemModels();
};

namespace {

/// The sample network with weights that are all 2.
ModelPackage package()
{
    ModelPackage model;
    model.network = panelsamples::network();
    const auto expected = expectedTensors(model.network).value();
    for (const auto &[name, specification] : expected)
        if (specification.type == DType::Float32)
            model.weights.set(
                name, Tensor::fromFloats(specification.shape, std::vector<float>(std::size_t(elementCount(specification.shape)), 2)));
    return model;
}

struct Shown {
    Shown(const ModelPackage &left, const ModelPackage &right)
    {
        difference = compareModels(left, right);
        rows = compareRows(left.network, right.network, difference);
        view.setComparison({left.network, QStringLiteral("before"), QStringLiteral("Before")},
            {right.network, QStringLiteral("now"), QStringLiteral("Now")}, difference);
        view.resize(1200, 500);
        view.show();
        table = view.findChild<QTableView *>();
    }
    const CompareRow &row(const QString &leftName) const
    {
        return *std::find_if(rows.begin(), rows.end(), [&](const CompareRow &one) { return one.leftName == leftName; });
    }

    ModelDifference difference;
    std::vector<CompareRow> rows;
    CompareView view;
    QTableView *table;
};

/// A stride, a renamed layer, an added one, a removed one, other weights in one.
ModelPackage edited()
{
    ModelPackage model = package();
    model.network.find(LayerId{1})->attributes["stride"] = std::vector<std::int64_t>{2, 2};
    const LayerId last{6};
    const LayerId extra = model.network.add("head.extra", "ReLU", {}, {last});
    model.network.setOutput(extra);
    model.weights.set("fc.weight", Tensor::fromFloats({12, 16}, std::vector<float>(12 * 16, 2.5F)));
    return model;
}

} // namespace

void CompareViewTest::equalModelsSaySo()
{
    const Shown shown(package(), package());
    QVERIFY(panelfinders::shows(shown.view, "The layers are the same."));
    QVERIFY(panelfinders::shows(shown.view, "equal, number for number"));
    QCOMPARE(shown.table->model()->rowCount(), 0);
}

void CompareViewTest::differencesAreSaidInWords()
{
    const Shown shown(package(), edited());
    QCOMPARE(shown.rows.size(), std::size_t{8});
    QVERIFY(shown.row("features.0.conv").mark == CompareRow::Mark::Changed);
    QCOMPARE(shown.row("features.0.conv").differences, QStringList{QString::fromUtf8("stride: 1 × 1 → 2 × 2")});
    QVERIFY(shown.rows.back().mark == CompareRow::Mark::Added);
    QCOMPARE(shown.rows.back().rightName, QStringLiteral("head.extra"));
    const Shown back(edited(), package());
    QVERIFY(back.row("head.extra").mark == CompareRow::Mark::Removed);
    QVERIFY(shows(shown.view, "1 added, 0 removed, 1 changed"));
}

void CompareViewTest::whichSideIsFrozenIsSaid()
{
    ModelPackage frozen = package();
    frozen.network.find(LayerId{1})->frozen = true;
    const Shown shown(package(), frozen), back(frozen, package());
    QCOMPARE(shown.row("features.0.conv").differences, QStringList{QString::fromUtf8("frozen: no → yes")});
    QCOMPARE(back.row("features.0.conv").differences, QStringList{QString::fromUtf8("frozen: yes → no")});
    const QAbstractItemModel &model = *shown.table->model();
    QCOMPARE(model.headerData(CompareModel::LeftColumn, Qt::Horizontal).toString(), QStringLiteral("Before"));
    QCOMPARE(model.headerData(CompareModel::RightColumn, Qt::Horizontal).toString(), QStringLiteral("Now"));
}

void CompareViewTest::oneLayerWithAnotherShapeIsOneLayer()
{
    ModelPackage other = package();
    other.weights.set("fc.weight", Tensor::fromFloats({6, 16}, std::vector<float>(6 * 16, 2)));
    QVERIFY(shows(Shown(package(), other).view, "The weights of 1 layer have another shape."));
}

void CompareViewTest::driftIsTheChangesShareOfTheWeights()
{
    const Shown shown(package(), edited());
    // Each of the weights went from 2 to 2.5: a quarter.
    QVERIFY(std::abs(shown.row("fc").drift.value() - 0.25) < 1e-9);
    QCOMPARE(shown.row("fc").weights, QStringList{"weight: 25.0 %"});
    QCOMPARE(shown.row("features.0.bn").drift.value(), 0.0);
    QVERIFY(!shown.row("flatten").drift);
    QVERIFY(shows(shown.view, "most in fc (25.0 %)"));
}

void CompareViewTest::onlyDifferencesAreShownUnlessAskedOtherwise()
{
    Shown shown(package(), edited());
    QCOMPARE(shown.table->model()->rowCount(), 3);
    auto *only = shown.view.findChild<QCheckBox *>();
    only->setFocus();
    QTest::keyClick(only, Qt::Key_Space);
    QCOMPARE(shown.table->model()->rowCount(), 8);
    QTest::keyClicks(shown.view.findChild<QLineEdit *>(), "stride");
    QCOMPARE(shown.table->model()->rowCount(), 1);
    QVERIFY(shown.view.text().contains(QString::fromUtf8("stride: 1 × 1 → 2 × 2")));
}

void CompareViewTest::totalsCountBothSides()
{
    Shown shown(package(), edited());
    auto *only = shown.view.findChild<QCheckBox *>();
    only->setChecked(false);
    const QStringList totals = shown.view.findChild<TotalsRow *>()->texts();
    QCOMPARE(totals[CompareModel::LeftColumn], QStringLiteral("7 layers"));
    QCOMPARE(totals[CompareModel::LeftTypeColumn], QStringLiteral("668 parameters"));
    QCOMPARE(totals[CompareModel::RightColumn], QStringLiteral("8 layers"));
}

void CompareViewTest::doubleClickAsksForTheLayer()
{
    Shown shown(package(), edited());
    QSignalSpy spy(&shown.view, &CompareView::layerRequested);
    const QPoint place = shown.table->visualRect(shown.table->model()->index(0, 0)).center();
    QTest::mouseClick(shown.table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(shown.table->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.front().at(1).toString(), QStringLiteral("features.0.conv"));
}

void CompareViewTest::theModelKeepsTheRulesOfItemModels()
{
    CompareModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const ModelPackage left = package(), right = edited();
    model.setRows(compareRows(left.network, right.network, compareModels(left, right)));
    model.refresh();
    QCOMPARE(model.rowCount(), 8);
}

QTEST_MAIN(CompareViewTest)
#include "compareviewtest.moc"
