#include "document/autosavefolder.h"
#include "formats/safetensors.h"
#include "formats/support/boundedjson.h"
#include "formats/support/detached.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

namespace graft {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr auto descriptionFile = "project.json";
constexpr auto format = "graft-autosave";
constexpr std::size_t largestDescription = 64 << 20; // two descriptions as text in it
constexpr std::size_t keptFolders = 5;

tl::unexpected<Error> damaged(const fs::path &folder)
{
    return fail(
        ErrorCode::FileCorrupt, "The unsaved work in '" + folder.string() + "' is damaged and cannot be restored.", folder.string());
}

/// Names a tensor's bytes as long as somebody keeps them.
std::pair<const std::byte *, Shape> addressOf(const Tensor &tensor)
{
    return {tensor.bytes().data(), tensor.shape()};
}

Result<json> readDescription(const fs::path &folder)
{
    const auto text = readText(folder / descriptionFile);
    if (!text)
        return fail(text.error());
    const auto description = parseBoundedJson(*text, largestDescription);
    if (!description || !description->is_object() || description->value("format", json()) != format)
        return damaged(folder);
    return *description;
}

Result<StateDict> readTensors(const json &places, const fs::path &folder)
{
    std::map<std::string, StateDict> files;
    StateDict tensors;
    for (const json &place : places) {
        const auto file = place.at(1).get<std::string>();
        if (fs::path(file).filename().string() != file)
            return damaged(folder);
        if (!files.contains(file)) {
            auto contents = readSafetensors(folder / file);
            if (!contents)
                return fail(contents.error());
            files.emplace(file, std::move(contents->tensors));
        }
        const Tensor *tensor = files.at(file).find(place.at(2).get<std::string>());
        if (!tensor)
            return damaged(folder);
        tensors.set(place.at(0).get<std::string>(), *tensor);
    }
    return detached(tensors);
}

UnsavedWork workOf(const json &description, const fs::path &folder)
{
    return {folder, description.at("projectFile").get<std::string>(), description.at("title").get<std::string>(),
        description.at("savedAt").get<std::int64_t>(), description.at("wasClosed").get<bool>()};
}

} // namespace

Result<AutosaveFolder> AutosaveFolder::create(const fs::path &base)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    std::int64_t number = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    fs::path folder = base / std::to_string(number);
    std::error_code error;
    while (fs::exists(folder, error))
        folder = base / std::to_string(++number);
    if (auto made = makeFolder(folder); !made)
        return fail(made.error());
    auto lock = FolderLock::acquire(folder);
    if (!lock)
        return fail(lock.error());
    return AutosaveFolder(std::move(folder), std::move(*lock));
}

Result<void> AutosaveFolder::writeNewTensors(const StateDict &weights)
{
    FileContents fresh;
    for (const auto &[name, tensor] : weights.entries())
        if (!m_places.contains(addressOf(tensor)))
            fresh.tensors.set(name, tensor);
    if (fresh.tensors.empty())
        return {};
    const std::string file = "weights-" + std::to_string(++m_lastFile) + ".safetensors";
    if (auto written = writeSafetensors(m_path / file, fresh); !written)
        return written;
    for (const auto &[name, tensor] : fresh.tensors.entries())
        m_places.emplace(addressOf(tensor), Place{tensor, file, name});
    return {};
}

void AutosaveFolder::forgetOthers(const StateDict &weights)
{
    std::set<Address> present;
    for (const auto &[name, tensor] : weights.entries())
        present.insert(addressOf(tensor));
    std::set<std::string> files;
    std::erase_if(m_places, [&](const auto &entry) { return !present.contains(entry.first); });
    for (const auto &[address, place] : m_places)
        files.insert(place.file);
    std::error_code error;
    for (int number = 1; number <= m_lastFile; ++number) {
        const std::string file = "weights-" + std::to_string(number) + ".safetensors";
        if (!files.contains(file))
            fs::remove(m_path / file, error);
    }
}

Result<void> AutosaveFolder::write(const Project &project, const UnsavedWork &about)
{
    const StateDict &weights = project.package.weights;
    if (auto written = writeNewTensors(weights); !written)
        return written;
    try {
        json places = json::array();
        for (const auto &[name, tensor] : weights.entries()) {
            const Place &place = m_places.at(addressOf(tensor));
            places.push_back({name, place.file, place.key});
        }
        const json description = {{"format", format}, {"savedAt", about.savedAt}, {"wasClosed", about.wasClosed}, {"title", about.title},
            {"projectFile", about.projectFile.string()}, {"metadata", projectMetadata(project, about.projectFile)}, {"tensors", places}};
        const auto text = description.dump(-1, ' ', false, json::error_handler_t::replace);
        if (auto written = writeText(m_path / descriptionFile, text); !written)
            return written;
    } catch (const json::exception &exception) {
        return fail(ErrorCode::Internal, std::string("The project cannot be written down: ") + exception.what(), m_path.string());
    }
    forgetOthers(weights);
    return {};
}

void AutosaveFolder::remove()
{
    m_places.clear();
    discard(m_path);
}

std::vector<UnsavedWork> AutosaveFolder::find(const fs::path &base)
{
    std::vector<UnsavedWork> found;
    std::vector<fs::path> useless;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(base, error)) {
        const auto lock = entry.is_directory(error) ? FolderLock::acquire(entry.path()) : fail(ErrorCode::Busy, {});
        if (!lock)
            continue;
        try {
            const auto description = readDescription(entry.path());
            if (description)
                found.push_back(workOf(*description, entry.path()));
            else if (!fs::exists(entry.path() / descriptionFile, error))
                useless.push_back(entry.path()); // what only cannot be read now is kept
        } catch (const json::exception &) {
            useless.push_back(entry.path());
        }
    }
    std::ranges::sort(found, std::ranges::greater(), &UnsavedWork::savedAt);
    while (found.size() > keptFolders) {
        useless.push_back(found.back().folder);
        found.pop_back();
    }
    for (const fs::path &folder : useless)
        discard(folder);
    return found;
}

Result<Project> AutosaveFolder::read(const fs::path &folder)
{
    const auto lock = FolderLock::acquire(folder);
    if (!lock)
        return fail(lock.error());
    try {
        const auto description = readDescription(folder);
        if (!description)
            return fail(description.error());
        auto tensors = readTensors(description->at("tensors"), folder);
        if (!tensors)
            return fail(tensors.error());
        const auto metadata = description->at("metadata").get<std::map<std::string, std::string>>();
        return projectFromMetadata(metadata, std::move(*tensors), folder / descriptionFile);
    } catch (const json::exception &) {
        return damaged(folder);
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory,
            "There is not enough memory to restore the work in '" + folder.string() + "'; close other programs.", folder.string());
    }
}

void AutosaveFolder::discard(const fs::path &folder)
{
    std::error_code error;
    fs::remove_all(folder, error);
}

} // namespace graft
