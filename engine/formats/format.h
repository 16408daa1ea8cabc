#pragma once
#include "core/registry.h"
#include "graph/layertype.h"
#include "graph/modelpackage.h"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace graft {

/// What a reader finds in a file before anything is made of it. Formats that carry a graph of their own fill in `network`; the others leave
/// it to be recognised from the tensors.
struct FileContents {
    StateDict tensors;
    std::map<std::string, std::string> metadata; ///< text fields of the file: safetensors' __metadata__, and so on
    std::optional<Network> network = {}; ///< `tensors` bear its names then
    std::optional<Preprocessing> preprocessing = {}; ///< when the file says so itself
    std::vector<std::string> classNames = {};
    std::vector<std::string> remarks = {}; ///< what a person should know of the reading, one sentence each: steps without a layer, …
};

/// One file format, reading and writing side by side. One file (or folder) in engine/formats per format, each defining
/// `void add(Formats &)` in a namespace of the file's name.
struct Format {
    std::string name; ///< "safetensors": what `--format` takes
    std::string title; ///< "safetensors", "PyTorch state dict"
    std::vector<std::string> extensions; ///< without dot, the usual one first
    /// Whether a file that starts so is of this format; `head` holds up to 4096 bytes, `fileSize` all. nullptr = cannot read.
    bool (*recognises)(std::span<const std::byte> head, std::uint64_t fileSize) = nullptr;
    Result<FileContents> (*read)(const std::filesystem::path &path) = nullptr;
    /// What a person may choose when a file of this format is written ("opset"); the window and the command line show what stands here.
    std::vector<AttributeSchema> options = {};
    /// Writes beside, syncs, renames. `options` is valid and holds every option of the schema. nullptr = cannot write.
    Result<void> (*write)(const std::filesystem::path &path, const ModelPackage &package, const Attributes &options) = nullptr;
    /// Endings of the files that `write` leaves beside `path`, each named as it with its last ending replaced: "weights.pth".
    std::vector<std::string> companions = {};
    /// Whether a file written with these options takes resized and cut pictures as they are, [N, height, width, 3] of RGB from 0 to 255,
    /// instead of preprocessed numbers. nullptr = never.
    bool (*takesPixels)(const Attributes &options) = nullptr;
};
using Formats = Registry<Format>;
[[nodiscard]] const Formats &formats();

/// Opens any model file: finds the format by content, reads it, and makes a package of it: from Graft's own metadata when the file
/// has it, else by recognising the architecture from the tensors. Weights are checked to be finite. `path` may also be a folder that holds
/// a model as HuggingFace's libraries write them, or one part of such a model beside its index.
/// FileNotFound, FormatUnknown, FileCorrupt, FileRefused, ArchitectureUnknown, WeightsNotFinite.
[[nodiscard]] Result<ModelPackage> readModel(const std::filesystem::path &path);

/// A format that can be written; SettingInvalid lists them.
[[nodiscard]] Result<const Format *> writableFormat(const std::string &name);
/// `options` holds what differs from the defaults of the format's schema. SettingInvalid for a format or an option that does not exist or
/// is out of range.
[[nodiscard]] Result<void> writeModel(
    const std::filesystem::path &path, const std::string &formatName, const ModelPackage &package, const Attributes &options = {});
/// The options with the defaults of those that are missing; SettingInvalid for an unknown one, another kind of value or one out of range.
[[nodiscard]] Result<Attributes> completeOptions(const Format &format, const Attributes &options);
/// The options of texts such as "opset=13", as the command line takes them.
[[nodiscard]] Result<Attributes> parseOptions(const Format &format, const std::vector<std::string> &texts);

/// Network, preprocessing, class names, origin, licence as text fields: {"graft": JSON}; for formats that carry metadata.
[[nodiscard]] std::map<std::string, std::string> packageMetadata(const ModelPackage &package);
/// The package of tensors whose metadata came from packageMetadata().
[[nodiscard]] Result<ModelPackage> packageFromMetadata(const FileContents &contents, const std::string &subject);

} // namespace graft
