#pragma once
#include "core/result.h"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace graft {

/// How a picture becomes the network's input. Belongs to the weights and travels with them everywhere.
/// Steps: decode to RGB → resize the shorter side to `resize` (antialiased `interpolation`) → centre crop `crop` × `crop`
/// → divide by 255 → channels in the order that the network was trained with → (x − mean) / standardDeviation per channel.
struct Preprocessing {
    int resize = 256; ///< pixels of the shorter side; 0 = resize straight to crop × crop
    int crop = 224; ///< pixels
    std::string interpolation = "bilinear"; ///< "bilinear" or "bicubic"
    std::array<double, 3> mean = {0.485, 0.456, 0.406};
    std::array<double, 3> standardDeviation = {0.229, 0.224, 0.225};
    std::string channelOrder = "RGB"; ///< of the three numbers above and of the input: "RGB", or "BGR" for networks from Caffe
    bool operator==(const Preprocessing &) const = default;
};

[[nodiscard]] nlohmann::json toJson(const Preprocessing &preprocessing);
/// SettingInvalid when a field is missing, of another type or out of range (sizes 1 … 4096, deviations > 0).
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const nlohmann::json &json);

} // namespace graft
