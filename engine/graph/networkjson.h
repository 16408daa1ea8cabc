#pragma once
#include "graph/network.h"

#include <nlohmann/json_fwd.hpp>

namespace graft {

/// The Network as JSON: {"format":"graft-network","version":1,"architecture":..,"output":name,"layers":[{"name","type",
/// "attributes","inputs":[names],"frozen","learningRateFactor"}]}. Defaults are left out.
[[nodiscard]] nlohmann::json toJson(const Network &network);

/// Reads it back from a file by a stranger: every field is checked, each layer is validated (types, attributes, order of the
/// inputs, unique names, one Input, an output); NetworkInvalid or AttributeInvalid with the layer's name. Inputs may be missing, as while
/// a network is edited: analyse() tells.
/// toJson → networkFromJson gives an equal network up to layer ids, which are renumbered in order.
[[nodiscard]] Result<Network> networkFromJson(const nlohmann::json &json);

} // namespace graft
