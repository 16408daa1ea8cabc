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
    /// Of the three numbers above and of the input: "RGB", "BGR" for networks from Caffe, or "L" for one channel of grey (the first of the
    /// numbers above counts; colours become grey by 0.299 R + 0.587 G + 0.114 B).
    std::string channelOrder = "RGB";
    bool operator==(const Preprocessing &) const = default;
};

/// How many channels the input has then: 1 or 3.
[[nodiscard]] int channelCount(const Preprocessing &preprocessing);

[[nodiscard]] nlohmann::json toJson(const Preprocessing &preprocessing);
/// SettingInvalid when a field is missing, of another type or out of range (sizes 1 … 4096, deviations > 0).
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const nlohmann::json &json);

} // namespace graft
