#pragma once
#include <filesystem> // first: moc cannot read <compare>, which core/digest.h includes, before any other header
#include <memory>

#include "core/digest.h"

namespace graft {

/// Digests of the content of a data set's files. Those of a folder that is remembered (see PictureCheck) are kept with what else is known
/// of it, so that each file is read for this once as long as it stays as it is. Any thread.
class ContentDigests {
public:
    /// Reads what is known of the folder when it is first asked.
    explicit ContentDigests(std::filesystem::path datasetFolder);
    ~ContentDigests(); ///< keeps what is new
    ContentDigests(const ContentDigests &) = delete;
    ContentDigests &operator=(const ContentDigests &) = delete;
    /// Null for a file that cannot be read.
    [[nodiscard]] Digest of(const std::filesystem::path &file);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace graft
