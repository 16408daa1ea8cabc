#include "graph/layertype.h"
#include "library/librarymodel.h"
#include "library/libraryview.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>
#include <QtTest>
#include <set>

using namespace graft;

class LibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRunnableLayerTypeIsOfferedOnce();
    void theModelKeepsTheRulesOfItemModels();
    void aTypeIsDraggedByItsName();
    void searchLooksAtNamesHelpAndCategories();
    void doubleClickEnterAndButtonInsertBehindTheChosenLayer();
    void nothingIsInsertedDuringTraining();
};

namespace {

QStringList shownTypes(const QTreeView &tree)
{
    QStringList types;
    const QAbstractItemModel &model = *tree.model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex category = model.index(row, 0);
        for (int entry = 0; entry < model.rowCount(category); ++entry)
            types << model.index(entry, 0, category).data(LibraryModel::TypeRole).toString();
    }
    return types;
}

QModelIndex indexOf(const QTreeView &tree, const QString &type)
{
    const auto found
        = tree.model()->match(tree.model()->index(0, 0), LibraryModel::TypeRole, type, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QModelIndex() : found.front();
}

} // namespace

void LibraryTest::everyRunnableLayerTypeIsOfferedOnce()
{
    LibraryView view;
    const QStringList offered = shownTypes(*view.findChild<QTreeView *>());
    const std::set<QString> once(offered.begin(), offered.end());
    QCOMPARE(qsizetype(once.size()), offered.size());
    for (const LayerType &type : layerTypes().all()) {
        const bool wanted = type.name != "Input" && type.name != "Opaque";
        QVERIFY2(once.contains(QString::fromStdString(type.name)) == wanted, type.name.c_str());
    }
}

void LibraryTest::theModelKeepsTheRulesOfItemModels()
{
    LibraryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.refresh();
    QVERIFY(model.rowCount() > 5);
}

void LibraryTest::aTypeIsDraggedByItsName()
{
    LibraryModel model;
    const QModelIndex category = model.index(0, 0);
    QVERIFY(!(model.flags(category) & Qt::ItemIsDragEnabled));
    const QModelIndex first = model.index(0, 0, category);
    QVERIFY(model.flags(first) & Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> data(model.mimeData({first}));
    QCOMPARE(data->data("application/x-graft-layer-type"), first.data(LibraryModel::TypeRole).toString().toUtf8());
}

void LibraryTest::searchLooksAtNamesHelpAndCategories()
{
    LibraryView view;
    view.show();
    const auto *tree = view.findChild<QTreeView *>();
    auto *search = view.findChild<QLineEdit *>();
    QTest::keyClicks(search, "conv2d");
    QVERIFY(shownTypes(*tree).contains("Conv2d"));
    QVERIFY(!shownTypes(*tree).contains("ReLU"));
    QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("Conv2d"));
    search->clear();
    QTest::keyClicks(search, "slides learned");
    QVERIFY(shownTypes(*tree).contains("Conv2d"));
    search->clear();
    QTest::keyClicks(search, "activation");
    QVERIFY(shownTypes(*tree).contains("ReLU"));
    QVERIFY(!shownTypes(*tree).contains("Linear"));
    search->clear();
    QVERIFY(shownTypes(*tree).contains("Linear"));
}

void LibraryTest::doubleClickEnterAndButtonInsertBehindTheChosenLayer()
{
    LibraryView view;
    view.resize(300, 800);
    view.setTarget("features.0.conv");
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy spy(&view, &LibraryView::insertAfterRequested);
    auto *tree = view.findChild<QTreeView *>();
    const QModelIndex relu = indexOf(*tree, "ReLU");
    tree->scrollTo(relu);
    const QPoint place = tree->visualRect(relu).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.count(), 0);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(spy.count(), 1);
    QTest::keyClick(tree, Qt::Key_Return);
    QTest::mouseClick(view.findChild<QPushButton *>(), Qt::LeftButton);
    auto *search = view.findChild<QLineEdit *>();
    QTest::keyClicks(search, "ReLU");
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(spy.count(), 4);
    for (const auto &arguments : spy)
        QCOMPARE(arguments.front().toString(), QStringLiteral("ReLU"));
}

void LibraryTest::nothingIsInsertedDuringTraining()
{
    LibraryView view;
    view.show();
    QSignalSpy spy(&view, &LibraryView::insertAfterRequested);
    auto *tree = view.findChild<QTreeView *>();
    tree->setCurrentIndex(indexOf(*tree, "ReLU"));
    view.setTarget("fc");
    view.setEditable(false);
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    view.setEditable(true);
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
}

QTEST_MAIN(LibraryTest)
#include "librarytest.moc"
