#pragma once
#include <QElapsedTimer>
#include <QWidget>

namespace graft {

/// Prints how long it took until `window` was painted and answered again, then quits: what `--measure-startup` shows.
/// `sinceMain` was started as main()'s first act; the time that the loader took before it is added from the system's books.
void measureStartup(QWidget &window, const QElapsedTimer &sinceMain);

} // namespace graft
