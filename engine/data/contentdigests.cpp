#include "data/contentdigests.h"

#include "core/files.h"
#include "data/datasetindex.h"
#include "data/filecheck.h"

#include <mutex>
#include <optional>

namespace graft {

struct ContentDigests::Data {
    std::filesystem::path folder;
    std::mutex mutex;
    std::optional<DatasetIndex> known; ///< guarded by `mutex`, as what follows
    bool isNew = false;

    FileRecord *find(const std::string &name, const FileIdentity &identity)
    {
        if (!known)
            known = DatasetIndex::read(folder);
        return known->find(name, identity);
    }
};

ContentDigests::ContentDigests(std::filesystem::path datasetFolder) : m_data(std::make_unique<Data>())
{
    m_data->folder = std::move(datasetFolder);
}

ContentDigests::~ContentDigests()
{
    if (m_data->isNew)
        m_data->known->write();
}

Digest ContentDigests::of(const std::filesystem::path &file)
{
    const std::string name = nameWithin(m_data->folder, file);
    const auto identity = identityOf(file);
    if (!identity)
        return {};
    {
        const std::lock_guard lock(m_data->mutex);
        if (const FileRecord *record = m_data->find(name, *identity); record && !record->content.isNull())
            return record->content;
    }
    const auto bytes = readText(file);
    if (!bytes)
        return {};
    const Digest content = digestOf(*bytes);
    const std::lock_guard lock(m_data->mutex);
    if (FileRecord *record = m_data->find(name, *identity); record && identityOf(file) == identity) {
        record->content = content;
        m_data->isNew = true;
    }
    return content;
}

} // namespace graft
