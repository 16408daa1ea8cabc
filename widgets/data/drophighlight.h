#pragma once
#include <QString>
#include <QWidget>

class QMimeData;

namespace graft {

/// A frame over its parent that shows that something can be dropped there. Lets the mouse through.
class DropHighlight : public QWidget {
    Q_OBJECT

public:
    explicit DropHighlight(QWidget *parent);
    void setActive(bool active); ///< covers the parent while active

protected:
    void paintEvent(QPaintEvent *event) override;
};

enum class DroppedKind { Folder, File };
/// The first local path of that kind among what is dragged; empty when there is none.
[[nodiscard]] QString droppedPath(const QMimeData *data, DroppedKind kind);

} // namespace graft
