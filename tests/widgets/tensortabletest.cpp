#include "properties/tensortable.h"

#include <QStyledItemDelegate>
#include <QtTest>

using namespace graft;

namespace {

class CountingDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++measured;
        return QStyledItemDelegate::sizeHint(option, index);
    }
    mutable int measured = 0;
};

std::vector<TensorTable::Row> rowsOf(int count)
{
    std::vector<TensorTable::Row> rows;
    for (int row = 0; row < count; ++row)
        rows.push_back({QStringLiteral("layer%1.weight").arg(row), QStringLiteral("64 × 64"), {.minimum = -1.0 * row, .maximum = 1}});
    return rows;
}

} // namespace

class TensorTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Filled cell by cell, the columns were once fitted at each of them: half a second of the window for a ResNet's block.
    void aCellIsMeasuredAFewTimesHoweverManyThereAre()
    {
        TensorTable table;
        auto *delegate = new CountingDelegate(&table);
        table.setItemDelegate(delegate);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        constexpr int rows = 200;
        table.setRows(rowsOf(rows));
        QTest::qWait(20);
        QVERIFY2(delegate->measured <= 4 * rows * table.columnCount(), qPrintable(QString::number(delegate->measured)));
        delegate->measured = 0;
        table.setRows(rowsOf(rows));
        QCOMPARE(delegate->measured, 0);
    }

    void columnsAreAsWideAsTheirTexts()
    {
        TensorTable table;
        table.setRows(rowsOf(3));
        for (int column = 0; column < table.columnCount(); ++column)
            QVERIFY(table.columnWidth(column) >= table.fontMetrics().horizontalAdvance(table.item(2, column)->text().section('\n', 0, 0)));
    }
};

QTEST_MAIN(TensorTableTest)
#include "tensortabletest.moc"
