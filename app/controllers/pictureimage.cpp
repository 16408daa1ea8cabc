#include "controllers/pictureimage.h"

namespace graft {

QImage toImage(const Picture &picture)
{
    if (picture.isEmpty())
        return {};
    using Pixels = decltype(picture.pixels);
    auto *owner = new Pixels(picture.pixels); // freed by the image
    return QImage((*owner)->data(), picture.width, picture.height, 3 * picture.width, QImage::Format_RGB888,
        [](void *pixels) { delete static_cast<Pixels *>(pixels); }, owner);
}

} // namespace graft
