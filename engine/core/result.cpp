#include "core/result.h"

namespace graft {

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::FileNotFound: return "fileNotFound";
    case ErrorCode::FileUnreadable: return "fileUnreadable";
    case ErrorCode::FileUnwritable: return "fileUnwritable";
    case ErrorCode::DiskFull: return "diskFull";
    case ErrorCode::FileCorrupt: return "fileCorrupt";
    case ErrorCode::FileRefused: return "fileRefused";
    case ErrorCode::FormatUnknown: return "formatUnknown";
    case ErrorCode::ArchitectureUnknown: return "architectureUnknown";
    case ErrorCode::WeightsMismatch: return "weightsMismatch";
    case ErrorCode::WeightsNotFinite: return "weightsNotFinite";
    case ErrorCode::ShapeMismatch: return "shapeMismatch";
    case ErrorCode::NetworkInvalid: return "networkInvalid";
    case ErrorCode::AttributeInvalid: return "attributeInvalid";
    case ErrorCode::DataInvalid: return "dataInvalid";
    case ErrorCode::PictureUnreadable: return "pictureUnreadable";
    case ErrorCode::SettingInvalid: return "settingInvalid";
    case ErrorCode::DeviceUnavailable: return "deviceUnavailable";
    case ErrorCode::OutOfMemory: return "outOfMemory";
    case ErrorCode::LossNotFinite: return "lossNotFinite";
    case ErrorCode::Unreachable: return "unreachable";
    case ErrorCode::Busy: return "busy";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

} // namespace graft
