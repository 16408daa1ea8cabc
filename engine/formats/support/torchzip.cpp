#include "formats/support/torchzip.h"

#include "formats/support/filename.h"
#include "formats/support/picklewriter.h"
#include "formats/support/torchexportfile.h"
#include "formats/support/torchscriptfile.h"
#include "formats/support/torchtensors.h"
#include "formats/support/zipdirectory.h"

#include <caffe2/serialize/inline_container.h>

namespace graft {
namespace {

constexpr std::string_view metadataRecord = "extra/graft.json";
constexpr std::string_view metadataKey = "graft";

Result<void> requireStateDictArchive(const ZipDirectory &zip, const std::string &subject)
{
    if (zip.folder().empty())
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(subject) + "' is a zip archive without a PyTorch model; choose a .pth or .safetensors file.", subject);
    if (zip.contains("byteorder")) {
        const auto order = zip.record("byteorder");
        if (!order)
            return fail(order.error());
        if (std::string_view(reinterpret_cast<const char *>(order->data()), order->size()) != "little")
            return fail(ErrorCode::FormatUnknown,
                "'" + fileName(subject) + "' was written by a big-endian computer, which Graft cannot read; save it again on this one.",
                subject);
    }
    return {};
}

} // namespace

Result<FileContents> readTorchZip(const std::shared_ptr<const MappedFile> &file, const std::string &subject)
{
    const auto zip = ZipDirectory::open(file, subject);
    if (!zip)
        return fail(zip.error());
    if (isTorchExport(*zip))
        return readTorchExport(*zip, subject);
    if (zip->contains("constants.pkl"))
        return readTorchScript(*zip, subject);
    if (auto fit = requireStateDictArchive(*zip, subject); !fit)
        return fail(fit.error());
    const auto record = zip->record("data.pkl");
    if (!record)
        return fail(record.error());
    const auto pickle = parsePickle(*record, subject);
    if (!pickle)
        return fail(pickle.error());
    const auto storage = [&](const StorageReference &reference) -> Result<StorageBytes> {
        const auto bytes = zip->record("data/" + reference.key);
        if (!bytes)
            return fail(bytes.error());
        return StorageBytes{.owner = zip->file(), .bytes = *bytes};
    };
    auto tensors = stateDictOf(*pickle, storage, file->bytes().size(), subject);
    if (!tensors)
        return fail(tensors.error());
    FileContents contents{.tensors = std::move(*tensors), .metadata = {}};
    if (zip->contains(metadataRecord)) {
        const auto text = zip->record(metadataRecord);
        if (!text)
            return fail(text.error());
        contents.metadata.emplace(metadataKey, std::string(reinterpret_cast<const char *>(text->data()), text->size()));
    }
    return contents;
}

Result<void> writeTorchZip(const std::filesystem::path &path, const FileContents &contents)
{
    return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
        try {
            caffe2::serialize::PyTorchStreamWriter writer([&](const void *data, std::size_t size) {
                // LibTorch's writer ends the program when its sink fails, so the stream alone keeps the failure, for who opened it.
                stream.write(static_cast<const char *>(data), static_cast<std::streamsize>(size));
                return size;
            });
            const std::string pickle = pickleStateDict(contents.tensors);
            writer.writeRecord("data.pkl", pickle.data(), pickle.size());
            std::size_t index = 0;
            for (const auto &[name, tensor] : contents.tensors.entries()) {
                const auto bytes = tensor.bytes();
                writer.writeRecord("data/" + std::to_string(index++), bytes.data(), bytes.size());
            }
            if (const auto text = contents.metadata.find(std::string(metadataKey)); text != contents.metadata.end())
                writer.writeRecord(std::string(metadataRecord), text->second.data(), text->second.size());
            writer.writeEndOfFile();
        } catch (const c10::Error &error) {
            return fail(ErrorCode::Internal,
                "'" + fileName(path) + "' was not written: " + std::string(error.what_without_backtrace()) + ".", path.string());
        }
        return {};
    });
}

} // namespace graft
