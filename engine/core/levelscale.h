#pragma once

namespace graft {

/// What makes a channel's number of its level of 0 … 255: level × factor + offset.
struct LevelScale {
    float factor = 1, offset = 0;
};

} // namespace graft
