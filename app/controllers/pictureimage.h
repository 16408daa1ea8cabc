#pragma once
#include "data/picture.h"

#include <QImage>

namespace graft {

/// The same pixels as Qt's; they are shared, not copied.
[[nodiscard]] QImage toImage(const Picture &picture);

} // namespace graft
