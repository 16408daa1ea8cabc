#include "gui/errortext.h"

#include <QCoreApplication>

namespace graft {
namespace {

const char *source(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return QT_TRANSLATE_NOOP("graft::Error", "Cancelled");
    case ErrorCode::FileNotFound: return QT_TRANSLATE_NOOP("graft::Error", "The file was not found");
    case ErrorCode::FileUnreadable: return QT_TRANSLATE_NOOP("graft::Error", "The file cannot be read");
    case ErrorCode::FileUnwritable: return QT_TRANSLATE_NOOP("graft::Error", "The file cannot be written");
    case ErrorCode::DiskFull: return QT_TRANSLATE_NOOP("graft::Error", "The disk is full");
    case ErrorCode::FileCorrupt: return QT_TRANSLATE_NOOP("graft::Error", "The file is damaged");
    case ErrorCode::FileRefused: return QT_TRANSLATE_NOOP("graft::Error", "The file is not safe to open");
    case ErrorCode::FormatUnknown: return QT_TRANSLATE_NOOP("graft::Error", "Graft does not know this kind of file");
    case ErrorCode::ArchitectureUnknown: return QT_TRANSLATE_NOOP("graft::Error", "Graft does not know this network");
    case ErrorCode::WeightsMismatch: return QT_TRANSLATE_NOOP("graft::Error", "The weights do not fit the network");
    case ErrorCode::WeightsNotFinite: return QT_TRANSLATE_NOOP("graft::Error", "The weights hold invalid numbers");
    case ErrorCode::ShapeMismatch: return QT_TRANSLATE_NOOP("graft::Error", "The layers do not fit together");
    case ErrorCode::NetworkInvalid: return QT_TRANSLATE_NOOP("graft::Error", "The network cannot be run");
    case ErrorCode::AttributeInvalid: return QT_TRANSLATE_NOOP("graft::Error", "A layer's setting is not valid");
    case ErrorCode::DataInvalid: return QT_TRANSLATE_NOOP("graft::Error", "This folder cannot be trained on");
    case ErrorCode::PictureUnreadable: return QT_TRANSLATE_NOOP("graft::Error", "The picture cannot be read");
    case ErrorCode::SettingInvalid: return QT_TRANSLATE_NOOP("graft::Error", "A setting is not valid");
    case ErrorCode::DeviceUnavailable: return QT_TRANSLATE_NOOP("graft::Error", "The device is not available");
    case ErrorCode::OutOfMemory: return QT_TRANSLATE_NOOP("graft::Error", "There is not enough memory");
    case ErrorCode::LossNotFinite: return QT_TRANSLATE_NOOP("graft::Error", "Training went astray");
    case ErrorCode::Unreachable: return QT_TRANSLATE_NOOP("graft::Error", "The server cannot be reached");
    case ErrorCode::Busy: return QT_TRANSLATE_NOOP("graft::Error", "Another Graft is at work here");
    case ErrorCode::Internal: break;
    }
    return QT_TRANSLATE_NOOP("graft::Error", "Something went wrong in Graft");
}

} // namespace

QString headline(ErrorCode code)
{
    return QCoreApplication::translate("graft::Error", source(code));
}

} // namespace graft
