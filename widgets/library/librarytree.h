#pragma once
#include <QTreeView>

namespace graft {

/// The library's list. What is dragged from it stays beside the pointer, so that the place where it will go is seen.
class LibraryTree : public QTreeView {
    Q_OBJECT

public:
    using QTreeView::QTreeView;

protected:
    void startDrag(Qt::DropActions actions) override;
};

} // namespace graft
