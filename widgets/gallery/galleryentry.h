#pragma once
#include <QString>

namespace graft {

/// Published weights as the gallery shows them. Plain data.
struct GalleryEntry {
    QString reference; ///< "resnet50:IMAGENET1K_V2"; the entry's name towards others
    QString title; ///< "ResNet-50"
    QString weights; ///< "IMAGENET1K_V2"
    QString family; ///< "ResNet"
    double top1 = 0, top5 = 0; ///< percent
    qint64 parameters = 0;
    qint64 multiplyAdds = 0; ///< of one picture
    qint64 bytes = 0; ///< of the file, about
    int pixels = 0; ///< of the pictures' sides
    QString licence;
    QString source;
    QString address;
    QString remark; ///< on the file that is here; usually empty
    bool isHere = false; ///< the file is on this computer
    qint64 bytesKept = 0; ///< of a download that was broken off
    double picturesPerSecond = 0; ///< on this machine; 0 = not measured
};

} // namespace graft
