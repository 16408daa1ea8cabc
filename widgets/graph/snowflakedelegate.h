#pragma once
#include <QStyledItemDelegate>

namespace graft {

/// A snowflake in place of a check box: cool where frozen, half strength where partly, a faint outline where trainable. A click toggles it.
class SnowflakeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int columnWidth = 32; ///< of a column that holds nothing else

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;
};

} // namespace graft
