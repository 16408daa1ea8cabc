#pragma once
#include "formats/support/atengraph.h"
#include "formats/support/scriptarchive.h"

#include <span>

namespace graft {

/// A call of a module that is one layer of Graft's as a whole.
struct ScriptModuleCall {
    ScriptArchive &archive;
    AtenGraph &graph;
    const AtenValue &module;
    const std::string &method;
    std::span<const AtenValue> arguments; ///< without the module itself
};

/// What the module gives; nothing when it is not quite what the layer does, and its code must be gone through.
using ScriptModuleReader = Result<std::optional<AtenValue>> (*)(const ScriptModuleCall &call);

/// The reader of a class ("__torch__.torch.nn.modules.activation.MultiheadAttention"), or nullptr.
[[nodiscard]] ScriptModuleReader findScriptModule(const std::string &className);

} // namespace graft
