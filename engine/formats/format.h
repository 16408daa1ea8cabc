#pragma once
#include "core/registry.h"
#include "graph/modelpackage.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace graft {

/// What a reader finds in a file before anything is made of it.
struct FileContents {
    StateDict tensors;
    std::map<std::string, std::string> metadata; ///< text fields of the file: safetensors' __metadata__, and so on
};

/// One file format, reading and writing side by side. One file (or folder) in engine/formats per format, each defining
/// `void add(Formats &)` in a namespace of the file's name.
struct Format {
    std::string name;  ///< "safetensors": what `--format` takes
    std::string title; ///< "safetensors", "PyTorch state dict"
    std::vector<std::string> extensions; ///< without dot, the usual one first
    /// Whether a file that starts so is of this format; `head` holds up to 4096 bytes, `fileSize` all. nullptr = cannot read.
    bool (*recognises)(std::span<const std::byte> head, std::uint64_t fileSize) = nullptr;
    Result<FileContents> (*read)(const std::filesystem::path &path) = nullptr;
    /// Writes beside, syncs, renames. nullptr = cannot write.
    Result<void> (*write)(const std::filesystem::path &path, const ModelPackage &package) = nullptr;
};
using Formats = Registry<Format>;
[[nodiscard]] const Formats &formats();

/// Opens any model file: finds the format by content, reads it, and makes a package of it: from Graft's own metadata when the file
/// has it, else by recognising the architecture from the tensors. Weights are checked to be finite.
/// FileNotFound, FormatUnknown, FileCorrupt, FileRefused, ArchitectureUnknown, WeightsNotFinite.
[[nodiscard]] Result<ModelPackage> readModel(const std::filesystem::path &path);

/// SettingInvalid lists the formats that can be written.
[[nodiscard]] Result<void> writeModel(const std::filesystem::path &path, const std::string &formatName, const ModelPackage &package);

/// Network, preprocessing, class names, origin, licence as text fields: {"graft": JSON}; for formats that carry metadata.
[[nodiscard]] std::map<std::string, std::string> packageMetadata(const ModelPackage &package);
/// The package of tensors whose metadata came from packageMetadata().
[[nodiscard]] Result<ModelPackage> packageFromMetadata(const FileContents &contents, const std::string &subject);

} // namespace graft
