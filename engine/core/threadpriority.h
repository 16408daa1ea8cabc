#pragma once

namespace graft {

/// How far the calling thread stands back behind others: 0 = not at all, 19 = most. Always 0 where the system has no such notion.
[[nodiscard]] int threadNiceness();
/// Lets the calling thread, and every thread that it starts from now on, stand back so far. What the processors have to do first is done
/// first, a window above all, while what comes behind keeps every core busy. A thread may not take it back.
void setThreadNiceness(int niceness);

} // namespace graft
