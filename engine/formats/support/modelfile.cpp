#include "architectures/architecture.h"
#include "core/files.h"
#include "core/strangetext.h"
#include "formats/format.h"
#include "formats/support/detached.h"
#include "formats/support/filename.h"
#include "formats/support/modelcard.h"
#include "formats/support/modelfolder.h"
#include "formats/support/readinto.h"
#include "graph/analysis.h"

#include <algorithm>
#include <functional>
#include <new>

namespace graft {
namespace {

constexpr std::size_t headBytes = 4096;

const Format *formatOf(const MappedFile &file)
{
    const auto bytes = file.bytes();
    const auto head = bytes.first(std::min(bytes.size(), headBytes));
    for (const Format &format : formats().all())
        if (format.recognises && format.read && format.recognises(head, bytes.size()))
            return &format;
    return nullptr;
}

tl::unexpected<Error> unknownFormat(const std::filesystem::path &path, const MappedFile &file)
{
    const auto bytes = file.bytes();
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()), std::min(bytes.size(), headBytes));
    const std::string subject = path.string(), name = "'" + fileName(path) + "'";
    if (text.starts_with("version https://git-lfs"))
        return fail(ErrorCode::FormatUnknown, name + " only points to the real file; fetch that with `git lfs pull`.", subject);
    std::string kinds;
    for (const Format &format : formats().all())
        if (format.read)
            kinds += (kinds.empty() ? "." : ", .") + format.extensions.front();
    return fail(ErrorCode::FormatUnknown, name + " is no model file that Graft knows; choose one that ends in " + kinds + ".", subject);
}

/// From a file that carries its own graph.
Result<ModelPackage> packageOfGraph(const FileContents &contents, const std::filesystem::path &path)
{
    ModelPackage package;
    package.network = *contents.network;
    package.weights = contents.tensors;
    // What lies behind a step that Graft has no layer for has no shapes to compare with; such a network can be looked at only.
    if (analyse(package.network)) {
        auto weights = fitWeights(package.network, contents.tensors, path.string());
        if (!weights)
            return fail(weights.error());
        package.weights = std::move(*weights);
    }
    package.preprocessing = contents.preprocessing.value_or(Preprocessing{});
    package.classNames = contents.classNames;
    package.origin = fileName(path);
    return package;
}

Result<ModelPackage> packageOf(const FileContents &contents, const std::filesystem::path &path)
{
    if (contents.metadata.contains("graft"))
        return packageFromMetadata(contents, path.string());
    if (contents.network)
        return packageOfGraph(contents, path);
    auto known = recognise(contents.tensors, path.string());
    if (!known)
        return fail(known.error());
    ModelPackage package;
    package.network = std::move(known->network);
    package.weights = std::move(known->weights);
    package.preprocessing = known->architecture->preprocessing;
    package.origin = fileName(path);
    if (!takeModelCard(package, path) && !known->namedAs.empty())
        package.remarks.push_back("The tensors' names are " + known->namedAs
            + ", and nothing beside the file says its preprocessing; that of " + known->architecture->title + "'s usual weights is taken.");
    return package;
}

/// Turns what is in a file into a package.
using MakePackage = std::function<Result<ModelPackage>(const FileContents &contents, const std::filesystem::path &path)>;

Result<ModelPackage> packageIn(const std::filesystem::path &chosen, const MakePackage &make)
{
    const auto located = modelFileAt(chosen);
    if (!located)
        return fail(located.error());
    const std::filesystem::path &path = *located;
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    if ((*file)->bytes().empty())
        return fail(ErrorCode::FileCorrupt, "'" + fileName(path) + "' is empty; get the file again.", path.string());
    const Format *format = formatOf(**file);
    if (!format)
        return unknownFormat(path, **file);
    try {
        const auto contents = format->read(path);
        if (!contents)
            return fail(contents.error());
        if (auto finite = requireFinite(contents->tensors, fileName(path)); !finite)
            return fail(finite.error());
        auto package = make(*contents, path);
        if (package) {
            package->weights = detached(package->weights);
            package->remarks.insert(package->remarks.begin(), contents->remarks.begin(), contents->remarks.end());
        }
        return package;
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory,
            "There is not enough memory to open '" + fileName(path) + "'; close other programs and try again.", path.string());
    }
}

/// Finds the file, reads it and lets `make` have its contents.
Result<ModelPackage> readWith(const std::filesystem::path &chosen, const MakePackage &make)
{
    auto package = packageIn(chosen, make);
    if (!package)
        package.error().message = asSentence(std::move(package.error().message));
    return package;
}

} // namespace

Result<ModelPackage> readModel(const std::filesystem::path &path)
{
    return readWith(path, packageOf);
}

Result<ModelPackage> readInto(const Network &network, const std::filesystem::path &path)
{
    return readWith(path, [&network](const FileContents &contents, const std::filesystem::path &file) -> Result<ModelPackage> {
        auto weights = fitWeights(network, contents.tensors, file.string());
        if (!weights)
            return fail(weights.error());
        ModelPackage package;
        package.network = network;
        package.weights = std::move(*weights);
        package.origin = fileName(file);
        return package;
    });
}

Result<const Format *> writableFormat(const std::string &name)
{
    const Format *format = formats().find(name);
    if (format && format->write)
        return format;
    std::string choices;
    for (const Format &candidate : formats().all())
        if (candidate.write)
            choices += (choices.empty() ? "" : ", ") + candidate.name;
    return fail(ErrorCode::SettingInvalid, "There is no format '" + name + "' to write; choose one of " + choices + ".", name);
}

Result<void> writeModel(
    const std::filesystem::path &path, const std::string &formatName, const ModelPackage &package, const Attributes &options)
{
    const auto format = writableFormat(formatName);
    if (!format)
        return fail(format.error());
    const auto complete = completeOptions(**format, options);
    if (!complete)
        return fail(complete.error());
    return (*format)->write(path, package, *complete);
}

} // namespace graft
