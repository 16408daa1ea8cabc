#pragma once

namespace graft {

/// Lets the calling thread, and every thread that it starts from now on, stand back behind the window's: 0 = as the window, 19 = most.
/// The window stays smooth while the engine keeps every core busy. Without effect where the system has no such notion.
void setThreadNiceness(int niceness);

} // namespace graft
