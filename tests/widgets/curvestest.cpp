#undef QT_NO_KEYWORDS // qcustomplot.h uses them
#include "plots/curvesview.h"

#include <QTest>
#include <qcustomplot.h>

class CurvesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachLabelSetHasItsCurves();
};

void CurvesTest::eachLabelSetHasItsCurves()
{
    graft::CurvesView view;
    auto *plot = view.findChild<QCustomPlot *>();
    const int before = plot->graphCount();
    graft::EpochResult epoch;
    for (epoch.epoch = 1; epoch.epoch <= 3; ++epoch.epoch) {
        const double figure = epoch.epoch;
        epoch.train = {2, 0.5, {{"shape", 1.5, 0.25}, {"a \"b\"", 0.5, 0.75}}};
        epoch.validation = {figure, 0.5, {{"shape", figure / 2, 0.1 * figure}, {"a \"b\"", 0.25, 0.9}}};
        view.addEpoch(epoch);
    }
    using Values = QList<QList<double>>; // of the charts of loss and accuracy
    const auto values = [plot](const QString &name) {
        Values all;
        for (int index = 0; index < plot->graphCount(); ++index)
            if (plot->graph(index)->name() == name) {
                all.append(QList<double>());
                for (const QCPGraphData &point : *plot->graph(index)->data())
                    all.last() << point.key << point.value;
            }
        return all;
    };
    QCOMPARE(plot->graphCount(), before + 4);
    QCOMPARE(values(QStringLiteral("Validation: shape")), (Values{{1, 0.5, 2, 1, 3, 1.5}, {1, 10, 2, 20, 3, 0.1 * 3 * 100}}));
    QCOMPARE(values(QStringLiteral("Validation: a \"b\"")), (Values{{1, 0.25, 2, 0.25, 3, 0.25}, {1, 90, 2, 90, 3, 90}}));
    const QStringList csv = view.epochsAsCsv().split(QLatin1Char('\n'));
    QVERIFY2(
        csv[0].endsWith(QStringLiteral(",seconds,train_loss shape,train_accuracy shape,validation_loss shape,validation_accuracy shape,"
                                       "\"train_loss a \"\"b\"\"\",\"train_accuracy a \"\"b\"\"\",\"validation_loss a \"\"b\"\"\","
                                       "\"validation_accuracy a \"\"b\"\"\"")),
        qPrintable(csv[0]));
    QCOMPARE(csv[2], QStringLiteral("2,2,0.5,2,0.5,0,1.5,0.25,1,0.2,0.5,0.75,0.25,0.9"));
    view.reset(2); // for a run with one set
    QCOMPARE(plot->graphCount(), before);
    epoch.train.labelSets.clear();
    epoch.validation.reset();
    view.addEpoch(epoch);
    QCOMPARE(plot->graphCount(), before);
    view.reset(2); // without validation
    epoch.train.labelSets = {{"age", 1, 0.5}, {"place", 1, 0.5}};
    view.addEpoch(epoch);
    QCOMPARE(values(QStringLiteral("Training: age")).size(), 2);
    QVERIFY(!view.grabCurves().isNull());
}

QTEST_MAIN(CurvesTest)
#include "curvestest.moc"
