#pragma once

namespace graft {

/// Lets go from this process's memory what was read of its libraries' files so far: most of it served to load and to start them (symbols,
/// relocations, code that runs once) and is not needed again. What is, comes back from the system's cache, a page at a time. Takes a few
/// milliseconds; for a program to call once when it has started. Does nothing where that cannot be done, or under a debugger, whose
/// breakpoints stand in these pages. Any thread.
void letLoadedPagesGo();

} // namespace graft
