#pragma once
#include <QObject>

namespace graft {

/// Breaks long tool tips into lines, where Qt would run them across the whole screen. To be installed as the application's event filter.
class ToolTipWrapper : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace graft
